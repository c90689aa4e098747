"""The demo's tenders: demand, preparation, sealed bids, openings, evaluation and award."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Organisation, Seat
from awards.actions import award_lot, propose_award
from catalogue.models import Item, Maker, Product, ProductVersion
from catalogue.rules import fold
from core.actions import action
from core.clock import legal_date
from demand.actions import ReportedLine, WindowPlan, lock_demand, open_window, report_demand
from demand.models import DemandWindow
from procurement.demo.stage import Hospital, Province
from sealing import ceremony, offers
from sealing.envelope import Slot, seal
from sealing.keys import OpenerKeys, answer_canary, generate_code, lock, make_key_pair
from sealing.payloads import commercial_payload, technical_payload
from selection.conversion import converted_price
from tenders.actions.bidding import Submission, prepare_bid, sealing_notice, submit_or_record_refusal
from tenders.actions.evaluation import publish_result, review_bid, score_bids, sign_evaluation
from tenders.actions.keys import issue_canary, prove_key, register_key
from tenders.actions.opening import (
    Released,
    declare_key_destroyed,
    release_shares,
    request_openings,
    sign_minutes,
)
from tenders.actions.people import declare_interest, name_evaluator, name_opener
from tenders.actions.preparation import (
    LotItemPlan,
    LotPartPlan,
    LotPlan,
    TenderPlan,
    prepare_tender,
    set_criteria,
    set_lots,
    set_schedule,
)
from tenders.actions.publication import publish_tender
from tenders.actions.rule_sets import install_rule_sets, propose_rule_set, put_rule_set_in_force
from tenders.coverage import coverage_of
from tenders.keylist import current_openers, fingerprint, key_list_of
from tenders.models import Bid, Criterion, Evaluator, Lot, Opener, RuleSet, RuleSetDraft, Tender
from tenders.presentation.package import opener_package
from tenders.presentation.proposals import usual_criteria
from tenders.signing import server_public
from tenders.wording import shown

# Shares of a criterion's points that a bid gets: all evaluators of the demo think much alike.
GOOD, FAIR, POOR = Decimal("0.9"), Decimal("0.75"), Decimal("0.4")
FEN = Decimal("0.01")
RULES_FROM = 255  # days before today
STILL_WAITING = "national-round-11"


@dataclass(frozen=True)
class Schedule:
    """Days before today on which the steps of a tender happen; None: not yet. Negative: still to come."""

    demand: int
    published: int
    deadline: int
    opened: int | None = None
    evaluated: int | None = None
    priced: int | None = None
    proposed: int | None = None
    awarded: int | None = None


@dataclass(frozen=True)
class LotPlanned:
    """One lot of the demo: an item, the yearly need of a hospital, ceiling and price before (a base unit)."""

    item: Item
    need: int
    ceiling: Decimal
    before: Decimal | None
    offered: str = Lot.Offered.PRODUCT
    parts: tuple[LotPartPlan, ...] = ()
    others: tuple[LotItemPlan, ...] = ()

    @property
    def items(self) -> tuple[LotItemPlan, ...]:
        return LotItemPlan(self.item), *self.others


@dataclass(frozen=True)
class Planned:
    """A tender of the demo."""

    title: str
    summary: str
    kind: str
    lots: Sequence[LotPlanned]
    schedule: Schedule
    rule_set: str = "double-envelope-threshold"


@dataclass
class Running:
    """A tender under way, with the openers' keys, which only the demo's own memory holds."""

    tender: Tender
    plan: Planned
    keys: list[tuple[Opener, OpenerKeys, str]] = field(default_factory=list)

    @property
    def lots(self) -> list[Lot]:
        return list(self.tender.lots.select_related("tender").order_by("number"))


def put_rules_in_force(province: Province) -> None:
    """The rules of the release as one officer proposes them and another puts them in force; the newest still waits."""
    now = province.cast.clock.at(RULES_FROM, 9)
    install_rule_sets(now=now)
    facts = {"valid_from": legal_date(now), "reason": _("Rules that came with the platform"), "now": now}
    for draft in RuleSetDraft.objects.to_take_up().order_by("pk"):
        propose_rule_set(draft=draft, by=province.preparer, **facts)
        if draft.code != STILL_WAITING:
            put_rule_set_in_force(draft=draft, by=province.officer, now=now)


def publish(plan: Planned, province: Province) -> Running:
    """Demand, draft, people and publication."""
    clock, days = province.cast.clock, plan.schedule
    tender = draft(plan, province)
    now = clock.at(days.published, 9)
    deadline = clock.at(days.deadline, 14)
    supply_from = legal_date(deadline) + timedelta(days=30)
    set_schedule(
        tender=tender,
        deadline=deadline,
        supply_from=supply_from,
        supply_to=supply_from + timedelta(days=364),
        by=province.preparer,
        now=now,
    )
    set_criteria(tender=tender, criteria=usual_criteria(plan.kind), by=province.preparer, now=now)
    running = Running(tender, plan)
    _name_people(running, province, clock.at(days.published, 10))
    running.tender = publish_tender(
        tender=Tender.objects.get(pk=tender.pk), by=province.officer, now=clock.at(days.published, 15)
    )
    return running


def draft(plan: Planned, province: Province) -> Tender:
    """Demand that is locked, and a tender in preparation with its lots."""
    title = _("Demand for: %(title)s") % {"title": plan.title}
    window = ask_need(title, plan.lots, province, opened=plan.schedule.demand)
    lock_demand(window=window, by=province.preparer, now=province.cast.clock.at(plan.schedule.demand - 12, 18))
    now = province.cast.clock.at(plan.schedule.published, 9)
    tender_plan = TenderPlan(
        plan.title,
        plan.kind,
        province.cast.region,
        RuleSet.objects.filter(code=plan.rule_set).latest("version"),
        window,
        summary=plan.summary,
    )
    tender = prepare_tender(plan=tender_plan, by=province.preparer, now=now)
    lots = [
        LotPlan(
            "",
            lot.items,
            lot.ceiling,
            lot.before,
            _("Quality consistency evaluated, or original") if plan.kind == Item.Kind.DRUG else "",
            offered=lot.offered,
            parts=lot.parts,
        )
        for lot in plan.lots
    ]
    set_lots(tender=tender, lots=lots, by=province.preparer, now=now)
    return tender


def ask_need(
    title: str,
    lots: Sequence[LotPlanned],
    province: Province,
    *,
    opened: int,
    silent: Sequence[Hospital] = (),
) -> DemandWindow:
    """A demand window of 12 days, opened so many days ago, in which all but the silent hospitals have reported."""
    clock = province.cast.clock
    now = clock.at(opened, 9)
    today = legal_date(now)
    window = open_window(
        plan=WindowPlan(title, today.year + 1, today, today + timedelta(days=12)),
        items=[one.item for lot in lots for one in lot.items],
        hospitals=[hospital.organisation for hospital in province.hospitals],
        by=province.preparer,
        now=now,
    )
    needs = [lot.need for lot in lots for _item in lot.items]
    for number, hospital in enumerate(province.hospitals, start=1):
        if hospital not in silent:
            lines = [ReportedLine(line, need * number) for line, need in enumerate(needs, start=1)]
            report_demand(window=window, lines=lines, by=hospital.pharmacist, now=clock.at(opened - number, 11))
    return window


def bid(
    lot: Lot,
    products: Sequence[ProductVersion],
    price: Decimal,
    *,
    further: Sequence[ProductVersion] = (),
    by: Seat,
    at: datetime,
) -> Bid:
    """One sealed bid with answers to every criterion: of a product, or of a set with its main part first."""
    main, *parts = products
    prepared = prepare_bid(lot=lot, product_version=main, parts=parts, further=further, by=by, now=at)
    answer = _("Demo answer to “%(criterion)s”")
    answers = {one.key: answer % {"criterion": shown(one.title)} for one in lot.tender.criteria.all()}
    contents = {
        "technical": technical_payload(answers),
        "commercial": commercial_payload(_offer(prepared, price)),
    }
    # The demo plays the bidder too: it seals here what a bidder seals on its own machine.
    files = {
        kind: seal(
            payload,
            sealing_notice(prepared.lot, kind),
            Slot(prepared.supplier.credit_code, prepared.reference, 1, kind),
        ).file
        for kind, payload in contents.items()
    }
    submission = Submission(f"demo-{prepared.reference}", **files)
    submit_or_record_refusal(bid=prepared, submission=submission, by=by, now=at)
    return prepared


def _offer(bid: Bid, price: Decimal) -> offers.Offer:
    """All that the bid covers at one price; of a set each further part costs a tenth, the main part the rest."""
    covered = coverage_of(bid)
    main, *others = covered.products
    if covered.kind is not offers.OfferKind.SYSTEM:
        part = offers.Part(tuple(sorted(one.product for one in covered.products)), main.pack, price)
        counts = main.pack * Fraction(covered.factor)
        further = tuple(
            offers.Further(one.product, one.pack, converted_price(price, counts, one.counts)) for one in covered.further
        )
        registration = covered.registration
        return offers.Offer(covered.kind, settings.CURRENCY, price, (part,), registration, further)
    tenth = (price / 10).quantize(FEN)
    parts = [offers.Part((one.product,), one.pack, tenth, one.quantity) for one in others]
    rest = price - sum(part.price * part.quantity for part in parts)
    return offers.Offer(covered.kind, settings.CURRENCY, price, (offers.Part((main.product,), main.pack, rest), *parts))


def open_envelopes(running: Running, province: Province, envelope: str, days_ago: int) -> None:
    """The officer asks, and three of the five openers release."""
    clock = province.cast.clock
    request_openings(tender=running.tender, envelope=envelope, by=province.preparer, now=clock.at(days_ago, 14, 30))
    openers = running.tender.openers.select_related("tender", "seat__person", "seat__organisation")
    present = [(openers.get(pk=opener.pk), keys) for opener, keys, _code in running.keys[:3]]
    for minute, (opener, keys) in enumerate(present, start=1):
        _release(opener, keys, clock.at(days_ago, 15, minute))
    for opener, keys in present:
        documents = ceremony.sign_minutes(opener_package(opener), keys)
        sign_minutes(tender=running.tender, documents=documents, by=opener.seat, now=clock.at(days_ago, 16))


def _release(opener: Opener, keys: OpenerKeys, now: datetime) -> None:
    """What an opener's own program does: check what is asked for, unlock, sign, send."""
    asked = ceremony.check_package(opener_package(opener), keys, root=opener.tender.close.root, now=now)
    answers = [ceremony.release(one, keys, at=now) for one in asked]
    sent = [Released(answer.document, answer.shares) for answer in answers]
    release_shares(tender=opener.tender, answers=sent, by=opener.seat, now=now)


def evaluate(running: Running, province: Province, share_of: Callable[[Bid], Decimal]) -> None:
    """Formal review, scores and signatures of every lot, and the published results."""
    now = province.cast.clock.at(running.plan.schedule.evaluated or 0, 16)
    evaluators = list(Evaluator.objects.filter(tender=running.tender).select_related("seat__person"))
    scored = running.tender.criteria.filter(kind=Criterion.Kind.SCORED).values_list("number", "max_points")
    for lot in running.lots:
        bids = list(Bid.objects.filter(lot=lot).select_related("lot__tender", "supplier"))
        for found in bids:
            review_bid(bid=found, passed=True, reason="", by=evaluators[0].seat, now=now)
        for place, evaluator in enumerate(evaluators):
            points = {
                found: {number: most * (share_of(found) - Decimal(place % 3) / 100) for number, most in scored}
                for found in bids
            }
            score_bids(lot=lot, points=points, by=evaluator.seat, now=now)
            sign_evaluation(lot=lot, by=evaluator.seat, now=now)
        publish_result(lot=lot, by=province.preparer, now=now)


def award(running: Running, province: Province, regions: Mapping[str, int] | None = None) -> None:
    """Propose every ranked lot, and award it after the standstill; ``regions`` names the winners' places by region."""
    clock, days = province.cast.clock, running.plan.schedule
    proposed, awarded = clock.at(days.proposed or 0), clock.at(days.awarded or 0)
    for lot in running.lots:
        propose_award(lot=lot, regions=regions, by=province.preparer, now=proposed)
    for lot in running.lots:
        award_lot(lot=lot, by=province.awarder, now=awarded)
    _destroy_keys(running, clock.at((days.awarded or 0) - 1))


def _destroy_keys(running: Running, now: datetime) -> None:
    """The tender is over: every opener signs that the key is destroyed."""
    printed = fingerprint(running.tender, current_openers(running.tender))
    for opener, keys, _code in running.keys:
        statement = ceremony.declare_destroyed(keys, place=opener.place, key_list_hash=printed, at=now)
        declare_key_destroyed(tender=running.tender, document=statement, by=opener.seat, now=now)


def product_of(item: Item, maker: Organisation, pack_size: int, pack_unit: str) -> ProductVersion:
    """A demo product of an item by a demo maker, in the same pack as the published one. It carries no code."""
    return _demo_product(item, maker, pack_size, pack_unit)


def times(price: Decimal, factor: str) -> Decimal:
    """A competitor's made-up price: the published one times a factor, to the fen and never below one."""
    return max((price * Decimal(factor)).quantize(FEN, ROUND_HALF_UP), FEN)


def _name_people(running: Running, province: Province, now: datetime) -> None:
    for seat in province.openers:
        opener = name_opener(tender=running.tender, seat=seat, by=province.preparer, now=now)
        pair = make_key_pair(running.tender.reference)
        register_key(opener=opener, public_key=pair.ecdh_public, signing_key=pair.sign_public, by=seat, now=now)
        running.keys.append((opener, pair, generate_code()))
    for opener, pair, _code in running.keys:
        canary = issue_canary(opener=opener, by=opener.seat, now=now)
        answer = answer_canary(bytes(canary.document), bytes(canary.seal), pair, server=server_public())
        signed = ceremony.sign_key_list(key_list_of(running.tender, current_openers(running.tender)), pair)
        prove_key(opener=opener, answer=answer, signed_list=signed, by=opener.seat, now=now)
    for seat in province.evaluators:
        evaluator = name_evaluator(tender=running.tender, seat=seat, by=province.preparer, now=now)
        declare_interest(evaluator=evaluator, has_interest=False, by=seat, now=now)


def key_files(running: Running) -> dict[str, tuple[bytes, str]]:
    """The first three openers' locked key files and codes by file name, so that a visitor can play an opener."""
    return {
        f"{running.tender.reference}-place-{opener.place}.json": (lock(keys.secret(), code, "opener"), code)
        for opener, keys, code in running.keys[:3]
    }


@action
def _demo_product(item: Item, maker: Organisation, pack_size: int, pack_unit: str) -> ProductVersion:
    made_by, _new = Maker.objects.get_or_create(name=maker.name, name_key=fold(maker.name), organisation=maker)
    product = Product.objects.create(item=item, maker=made_by, key=f"demo-{item.pk}-{made_by.pk}-{pack_size}")
    return ProductVersion.objects.create(
        product=product, pack_size=pack_size, pack_unit=pack_unit, source=_("Demo product, made up")
    )
