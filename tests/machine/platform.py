"""The real side: the same acts as the model's, through the platform's own actions, each answered with one word."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import DatabaseError

from accounts.models import Seat
from awards import actions as awarding
from awards.models import Decision
from core.clock import mark_installation, set_database_clock
from core.errors import Denied, Refused
from sealing import ceremony, primitives
from sealing.canonical import format_time, read_canonical
from sealing.documents import read_document, sign_document
from sealing.envelope import Requirements, SealedEnvelope, Slot, body_key, parse, seal
from sealing.offers import offer_of_product
from sealing.payloads import commercial_payload, technical_payload
from tenders.actions import evaluation, objections
from tenders.actions.bidding import Submission, prepare_bid, submit_or_record_refusal, withdraw_or_record_refusal
from tenders.actions.changes import (
    approve_change,
    decline_change,
    propose_amendment,
    propose_cancellation,
    propose_extension,
)
from tenders.actions.opening import (
    Released,
    close_tender,
    conclude_opening,
    declare_key_destroyed,
    release_shares,
    request_opening,
)
from tenders.keylist import current_openers, fingerprint
from tenders.models import Bid, Change, Close, Lot, Objection, Opener, OpeningRequest, Receipt, Tender
from tenders.notice import PublishedNotice
from tenders.presentation.package import opener_package
from tenders.signing import server_public
from tests.machine import facts
from tests.machine.facts import COMMERCIAL, TECHNICAL, Sealed
from tests.ruling import ruled
from tests.tenders.bids import ANSWERS
from tests.tenders.changing import new_terms
from tests.tenders.judging import points as totalling
from tests.tenders.stage import Holder, Stage, published_tender
from tests.world import NOW, World

RULES = ruled(
    pass_mark=Decimal(facts.PASS_MARK),
    minimum_for_competition=facts.LEAST_BIDS,
    amendment_days=facts.AMENDMENT_DAYS,
    objection_days=facts.OBJECTION_DAYS,
    standstill_days=facts.STANDSTILL_DAYS,
    minimum_evaluators=facts.EVALUATORS,
)
# The web servers' clocks are wrong; where the law asks for the instant, only the database's counts.
SLOW, FAST = timedelta(hours=-1), timedelta(days=1)
BOX = 10  # base units in a pack


@dataclass
class Setting:
    """What is made once: a published tender, and a prepared bid of every supplier in every lot."""

    stage: Stage
    tender: int
    lots: list[int]
    bids: list[Bid]
    evaluators: list[Seat]
    seats: dict[str, Seat]
    stranger: Seat

    @property
    def holders(self) -> list[Holder]:
        return self.stage.holders


def make_setting() -> Setting:
    world = World()
    stage = published_tender(
        world,
        lots=("1000.00",) * facts.LOTS,
        openers=facts.OPENERS,
        evaluators=facts.EVALUATORS,
        suppliers=facts.SUPPLIERS,
        rules=RULES,
    )
    bids = [
        prepare_bid(lot=lot, product_version=stage.product(lot, supplier, pack_size=BOX), by=supplier, now=NOW)
        for lot in stage.lots
        for supplier in stage.suppliers
    ]
    seats = {"officer": stage.officer, "preparer": world.preparer, "awarder": world.awarder}
    stranger = world.seat(world.regulator, "opener")
    evaluators = [evaluator.seat for evaluator in stage.evaluators]
    return Setting(stage, stage.tender.pk, [lot.pk for lot in stage.lots], bids, evaluators, seats, stranger)


@lru_cache(maxsize=2000)
def sealed_file(sealed: Sealed, product: str, notice: Requirements, slot: Slot) -> bytes:
    """A file sealed for this place, made once: no file is ever submitted for two places."""
    payload = technical_payload(ANSWERS)
    if slot.envelope == COMMERCIAL:
        payload = commercial_payload(offer_of_product(currency="CNY", product=product, pack=BOX, price=sealed.price))
    envelope = seal(payload, notice, slot)
    return crooked_file(envelope) if sealed.flaw == slot.envelope else envelope.file


def crooked_file(envelope: SealedEnvelope) -> bytes:
    """It opens with every share, and sealed again it is another file: something is hidden behind the payload."""
    parsed = parse(envelope.file)
    key = body_key(envelope.seed, parsed.head)
    plain = primitives.decrypt(key, parsed.body)
    assert plain is not None
    return parsed.head + primitives.encrypt(key, plain[:-1] + b"!")


class Platform:
    def __init__(self, setting: Setting, now: datetime) -> None:
        self.setting = setting
        self.notices = {1: PublishedNotice.of(setting.stage.tender)}
        self.changes: list[int] = []
        self.objections: list[int] = []
        self.receipts: dict[tuple[int, str], bytes] = {}
        self.last: dict[int, str] = {}
        mark_installation("test")
        self.tick(now)

    def tick(self, now: datetime) -> None:
        self.now = now
        set_database_clock(now)

    def answer(self, act: str, **given: Any) -> str:
        """What the platform answers to an act: its word, or the code of its refusal."""
        try:
            return getattr(self, act)(**given)
        except Refused as refusal:
            return refusal.code
        except Denied:
            return "denied"
        except DatabaseError as error:
            return f"refused by the database alone: {error}"

    # Bidding

    def submit(self, bid: int, supplier: int, sealed: Sealed, key: str) -> str:
        submission = Submission(key, self._sealed(sealed, TECHNICAL), self._sealed(sealed, COMMERCIAL))
        return self._received(bid, supplier, key, submit_or_record_refusal, submission=submission)

    def withdraw(self, bid: int, supplier: int, key: str) -> str:
        return self._received(bid, supplier, key, withdraw_or_record_refusal, submission_key=key)

    def _received(self, bid: int, supplier: int, key: str, act: Callable[..., Receipt], **given: Any) -> str:
        """The kind or reason of a receipt that is signed, dated by the database's clock, and chained to the last."""
        own = Bid.objects.select_related("lot__tender", "tender", "supplier").get(pk=self.setting.bids[bid].pk)
        receipt = act(bid=own, by=self.setting.stage.suppliers[supplier], now=self.now + SLOW, **given)
        document = bytes(receipt.document)
        if (bid, key) in self.receipts:
            return "again" if document == self.receipts[bid, key] else "another receipt under the same key"
        found = read_document(document, [server_public()])
        said = found.body
        expected = {"received_at": format_time(self.now), "prev": self.last.get(bid, ""), "bid": own.reference}
        assert expected.items() <= said.items(), (expected, said)
        self.receipts[bid, key], self.last[bid] = document, found.hash
        return said.get("reason") or said["kind"]

    def _sealed(self, sealed: Sealed, envelope: str) -> bytes:
        bid, notice = self.setting.bids[sealed.bid], self.notices[sealed.notice]
        asked = Requirements(
            tender=bid.tender.reference,
            lot=bid.lot.key,
            terms=notice.terms,
            k=notice.body["k"],
            openers=notice.openers,
            minimum_pad=notice.minimum_pad(envelope),
        )
        slot = Slot(bid.supplier.credit_code, bid.reference, sealed.number, envelope)
        return sealed_file(sealed, bid.product_version.product.reference, asked, slot)

    # Changes

    def propose(self, kind: str, by: str, deadline: datetime | None, ceiling: bool) -> str:
        given: dict[str, Any] = {"tender": self._tender(), "by": self.setting.seats[by], "now": self.now}
        reason = "The market has moved"
        if kind == "extension":
            change = propose_extension(**given, deadline=deadline, reason=reason)
        elif kind == "amendment":
            price = f"{1000 + len(self.notices)}.00" if ceiling else ""
            terms = new_terms(given["tender"], ceiling_price=price)
            change = propose_amendment(**given, terms=terms, deadline=deadline, reason=reason)
        else:
            change = propose_cancellation(**given, reason=reason)
        self.changes.append(change.pk)
        return "done"

    def approve(self, change: int, by: str) -> str:
        asked = self._change(change)
        approve_change(change=asked, by=self.setting.seats[by], now=self.now + SLOW)
        if asked.kind == "amendment":
            self.notices[len(self.notices) + 1] = PublishedNotice.of(self._tender())
        return "done"

    def decline(self, change: int, by: str) -> str:
        decline_change(change=self._change(change), reason="No", by=self.setting.seats[by], now=self.now)
        return "done"

    def _change(self, change: int) -> Change:
        return Change.objects.select_related("tender", "proposed_by").get(pk=self.changes[change])

    # Close and opening

    def close(self) -> str:
        close_tender(tender=self._tender(), now=self.now + FAST)
        return "done"

    def ask(self, lot: int, envelope: str, by: str) -> str:
        asked = request_opening(lot=self._lot(lot), envelope=envelope, by=self.setting.seats[by], now=self.now)
        return "done" if asked else "no_bid"

    def release(self, opener: int, trick: str) -> str:
        tender, holder = self._tender(), self.setting.holders[opener]
        seat = self.setting.stranger if trick == "stranger" else holder.seat
        answers = [self._crooked(answer, opener, trick) for answer in self._answers(tender, opener)]
        release_shares(tender=tender, answers=answers or [Released(b"", ())], by=seat, now=self.now)
        return "done"

    def _answers(self, tender: Tender, opener: int) -> list[ceremony.Answer]:
        """What the opener's own program answers, after its own checks."""
        close = Close.objects.filter(tender=tender).first()
        if close is None:
            return []
        holder = self.setting.holders[opener]
        place = Opener.objects.select_related("tender").get(pk=holder.opener.pk)
        asked = ceremony.check_package(opener_package(place), holder.pair, root=close.root, now=self.now)
        return [ceremony.release(one, holder.pair, at=self.now) for one in asked]

    def _crooked(self, answer: ceremony.Answer, opener: int, trick: str) -> Released:
        """The answer as a crooked opener sends it: another share that it signs, or one that it did not sign."""
        document, shares = answer.document, answer.shares
        if trick in ("wrong_share", "other_hash"):
            # Each opener spoils another byte: the same error at two places can cancel out, and the seed comes right.
            spoiling = 1 << 8 * opener
            shares = tuple(
                (int.from_bytes(share, "little") ^ spoiling).to_bytes(len(share), "little") for share in shares
            )
        body = read_canonical(document.partition(b"\n")[0])
        if trick == "wrong_share":
            body["shares"] = [primitives.sha256(share) for share in shares]
            document = sign_document(body, self.setting.holders[opener].pair.sign)
        if trick == "other_key":
            document = sign_document(body, self.setting.holders[opener - 1].pair.sign)
        return Released(document, shares)

    def conclude(self, lot: int, envelope: str, by: str) -> str:
        requests = OpeningRequest.objects.select_related("tender", "lot__tender")
        asked = requests.get(lot=self.setting.lots[lot], envelope=envelope)
        conclude_opening(request=asked, by=self.setting.seats[by], now=self.now)
        return "done"

    # Evaluation

    def review(self, bid: int, by: str, passed: bool) -> str:
        own = Bid.objects.select_related("lot__tender").get(pk=self.setting.bids[bid].pk)
        reason = "" if passed else "The licence has expired"
        evaluation.review_bid(bid=own, passed=passed, reason=reason, by=self._judge(by), now=self.now)
        return "done"

    def score(self, lot: int, evaluator: int, points: Mapping[int, int]) -> str:
        given = {self.setting.bids[bid]: totalling(str(total)) for bid, total in points.items()}
        evaluation.score_bids(lot=self._lot(lot), points=given, by=self._evaluator(evaluator), now=self.now)
        return "done"

    def sign(self, lot: int, evaluator: int) -> str:
        evaluation.sign_evaluation(lot=self._lot(lot), by=self._evaluator(evaluator), now=self.now)
        return "done"

    def publish(self, lot: int, by: str) -> str:
        evaluation.publish_result(lot=self._lot(lot), by=self.setting.seats[by], now=self.now)
        return "done"

    def _judge(self, by: str) -> Seat:
        return self._evaluator(0) if by == "evaluator" else self.setting.seats[by]

    def _evaluator(self, evaluator: int) -> Seat:
        return self.setting.evaluators[evaluator]

    # Objections and award

    def object(self, lot: int, supplier: int) -> str:
        seat, asked = self.setting.stage.suppliers[supplier], self._lot(lot)
        room = awarding if Decision.objects.proposed().filter(lot=asked).exists() else objections
        objection = room.file_objection(lot=asked, text="Our score is wrong", by=seat, now=self.now)
        self.objections.append(objection.pk)
        return "done"

    def answer_objection(self, objection: int, by: str, upheld: bool, again: bool) -> str:
        asked = Objection.objects.select_related("lot__tender").get(pk=self.objections[objection])
        room = awarding if asked.stage == Objection.Stage.AWARD else objections
        answer = "upheld" if upheld else "rejected"
        seat = self.setting.seats[by]
        more = {}
        if again and upheld and room is objections:
            own = Bid.objects.standing().filter(lot=asked.lot, supplier=asked.supplier)
            more["again"] = [bid.reference for bid in own]
        room.answer_objection(objection=asked, answer=answer, text="Three agreed", by=seat, now=self.now, **more)
        return "done"

    def propose_award(self, lot: int, by: str) -> str:
        proposed = awarding.propose_award(lot=self._lot(lot), by=self.setting.seats[by], now=self.now)
        return f"to {[bid.reference for bid in self.setting.bids].index(proposed.awards.get().bid)}"

    def fail(self, lot: int, by: str) -> str:
        awarding.fail_lot(lot=self._lot(lot), by=self.setting.seats[by], now=self.now)
        return "done"

    def award(self, lot: int, by: str) -> str:
        awarding.award_lot(lot=self._lot(lot), by=self.setting.seats[by], now=self.now)
        return "done"

    # The end of the keys

    def destroy(self, opener: int, place: int) -> str:
        tender, holder = self._tender(), self.setting.holders[opener]
        printed = fingerprint(tender, current_openers(tender))
        stated = ceremony.declare_destroyed(holder.pair, place=place + 1, key_list_hash=printed, at=self.now)
        declare_key_destroyed(tender=tender, document=stated, by=holder.seat, now=self.now)
        return "done"

    def _tender(self) -> Tender:
        return Tender.objects.get(pk=self.setting.tender)

    def _lot(self, lot: int) -> Lot:
        return Lot.objects.select_related("tender").get(pk=self.setting.lots[lot])
