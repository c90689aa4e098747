"""How far the evaluation of lots is, and what an evaluator has before them: a constant number of queries."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Seat
from tenders.actions.rounds import carried
from tenders.models import (
    Bid,
    Criterion,
    EnvelopeKind,
    EvaluationSignature,
    Evaluator,
    FormalReview,
    Lot,
    OpenedEnvelope,
    Score,
)
from tenders.presentation.attachments import opened_attachments
from tenders.wording import shown

TONES = {"waiting": "quiet", "review": "warn", "score": "warn", "sign": "accent", "signed": "info", "ready": "good"}


@dataclass(frozen=True)
class LotDesk:
    """One lot under evaluation as a seat sees it; ``scored`` and ``mine`` are that seat's own."""

    lot: Lot
    bids: int
    readable: int
    shut: int
    reviewed: int
    passed: int
    scored: int
    points: bool
    evaluators: int
    signed: int
    mine: bool

    @property
    def to_review(self) -> int:
        return self.readable - self.reviewed

    @property
    def to_score(self) -> int:
        return self.passed - self.scored if self.points else 0

    @property
    def steps(self) -> tuple[int, int]:
        """Done and all of what this seat has to do in the lot: a review and a score a bid, and the signature."""
        total = self.readable + (self.passed if self.points else 0) + 1
        return self.reviewed + (self.scored if self.points else 0) + self.mine, total

    @property
    def url(self) -> str:
        return reverse("tenders:evaluate-lot", args=[self.lot.tender.reference, self.lot.number])

    @property
    def reviewed_of(self) -> str:
        return f"{self.reviewed} / {self.readable}"

    @property
    def scored_of(self) -> str:
        return f"{self.scored} / {self.passed}" if self.points else "–"

    @property
    def signed_of(self) -> str:
        return f"{self.signed} / {self.evaluators}"

    @property
    def complete(self) -> bool:
        """Whether every evaluator has signed, so that the result can be published."""
        return self.evaluators > 0 and self.signed == self.evaluators

    @property
    def state(self) -> str:
        if self.lot.status != Lot.Status.OPEN:
            return "done"
        if self.complete:
            return "ready"
        if self.mine:
            return "signed"
        if self.shut or not self.readable:
            return "waiting"
        return "review" if self.to_review else "score" if self.to_score else "sign"

    @property
    def label(self) -> str:
        return {
            "done": str(self.lot.standing),
            "ready": _("all have signed"),
            "signed": _("signed by you"),
            "waiting": _("envelopes are shut"),
            "review": _("to review"),
            "score": _("to score"),
            "sign": _("to sign"),
        }[self.state]

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "")


def desks(lots: QuerySet, seat: Seat) -> list[LotDesk]:
    """The desk of each of these lots in their order; only bids that the seat may see are counted."""
    found = list(lots.select_related("tender").order_by("tender", "number"))
    keys = [lot.pk for lot in found]
    tenders = {lot.tender_id for lot in found}
    seen = Bid.objects.visible_to(seat).standing().filter(lot__in=keys)
    standing, readable, shut = map(_by_lot, (seen, seen.to_evaluate(), seen.with_technical_envelope_shut()))
    reviews = FormalReview.objects.standing().filter(bid__lot__in=keys).order_by().values("bid__lot")
    counted = reviews.annotate(reviewed=Count("pk"), passed=Count("pk", Q(passed=True)))
    reviewed = {lot: counts for lot, *counts in counted.values_list("bid__lot", "reviewed", "passed")}
    own = Score.objects.standing().filter(
        bid__lot__in=keys, bid__in=Bid.objects.reviewed(passed=True), evaluator__seat=seat, evaluator__replaced_at=None
    )
    judged = own.order_by().values_list("bid__lot", "bid").distinct()
    scored = Counter(lot for lot, _bid in judged)
    signed: dict[int, set[int]] = defaultdict(set)
    signatures = EvaluationSignature.objects.standing().filter(lot__in=keys, evaluator__replaced_at=None)
    for lot, signer in signatures.values_list("lot", "evaluator__seat"):
        signed[lot].add(signer)
    evaluators = Counter(
        Evaluator.objects.filter(tender__in=tenders, replaced_at=None).values_list("tender", flat=True)
    )
    with_points = set(
        Criterion.objects.filter(tender__in=tenders, kind=Criterion.Kind.SCORED).values_list("tender", flat=True)
    )
    return [
        LotDesk(
            lot=lot,
            bids=standing.get(lot.pk, 0),
            readable=readable.get(lot.pk, 0),
            shut=shut.get(lot.pk, 0),
            reviewed=reviewed.get(lot.pk, (0, 0))[0],
            passed=reviewed.get(lot.pk, (0, 0))[1],
            scored=scored[lot.pk],
            points=lot.tender_id in with_points,
            evaluators=evaluators[lot.tender_id],
            signed=len(signed[lot.pk]),
            mine=seat.pk in signed[lot.pk],
        )
        for lot in found
    ]


def _by_lot(bids: QuerySet) -> dict[int, int]:
    counted = bids.order_by().values("lot").annotate(count=Count("pk", distinct=True))
    return dict(counted.values_list("lot", "count"))


@dataclass(frozen=True)
class BidDesk:
    """One bid of a lot under evaluation: its review, and the points of the seat that looks; ``kept``, whether the
    review stays as the round before found it."""

    bid: Bid
    readable: bool
    review: FormalReview | None
    scores: bool
    points: dict[str, Decimal] = field(default_factory=dict)
    kept: bool = False

    @property
    def url(self) -> str:
        return reverse(
            "tenders:scoring-desk", args=[self.bid.tender.reference, self.bid.lot.number, self.bid.reference]
        )

    @property
    def total(self) -> Decimal | None:
        return sum(self.points.values(), Decimal()) if self.points else None

    @property
    def state(self) -> str:
        if not self.readable:
            return "shut"
        if self.review is None:
            return "review"
        if not self.review.passed:
            return "formal"
        if not self.scores:
            return "met"
        return "scored" if self.points else "score"

    @property
    def label(self) -> str:
        return {
            "shut": _("not readable or shut"),
            "met": _("formal requirements met"),
            "review": _("to review"),
            "formal": _("formal requirement not met"),
            "scored": _("scored"),
            "score": _("to score"),
        }[self.state]

    @property
    def tone(self) -> str:
        tones = {"review": "warn", "score": "warn", "formal": "bad", "scored": "good", "met": "good"}
        return tones.get(self.state, "quiet")


def bid_desks(lot: Lot, seat: Seat) -> list[BidDesk]:
    """The bids of a lot that a seat may see, each with its review and the seat's own points."""
    product = "product_version__product"
    related = (
        "tender",
        "lot",
        "supplier",
        f"{product}__item",
        f"{product}__maker",
    )
    bids = Bid.objects.visible_to(seat).standing().filter(lot=lot).select_related(*related).order_by("reference")
    readable = set(Bid.objects.to_evaluate().filter(lot=lot).values_list("pk", flat=True))
    points: dict[int, dict[str, Decimal]] = defaultdict(dict)
    own = Score.objects.standing().filter(bid__lot=lot, evaluator__seat=seat, evaluator__replaced_at=None)
    for score in own.select_related("criterion"):
        points[score.bid_id][score.criterion.key] = score.points
    scores = Criterion.objects.filter(tender=lot.tender_id, kind=Criterion.Kind.SCORED).exists()
    found = FormalReview.objects.standing().filter(bid__lot=lot).select_related("reviewed_by__person")
    reviews, kept = {review.bid_id: review for review in found}, carried(lot)
    return [
        BidDesk(bid, bid.pk in readable, reviews.get(bid.pk), scores, points[bid.pk], bid.pk in kept) for bid in bids
    ]


@dataclass(frozen=True)
class CriterionAnswer:
    """What a technical envelope says to one criterion, as text; empty where it says nothing."""

    criterion: Criterion | None
    title: str
    text: str


def envelope_of(bid: Bid, criteria: Sequence[Criterion]) -> dict[str, Any]:
    """The answers of a bid's opened technical envelope in the order of the criteria, and its attachments."""
    opened = OpenedEnvelope.objects.filter(bid=bid, envelope=EnvelopeKind.TECHNICAL).first()
    if opened is None or not opened.payload:
        return {"answers": [], "attachments": []}
    payload = json.loads(opened.payload)
    given = {answer["criterion"]: _text(answer["value"]) for answer in payload["answers"]}
    asked = [CriterionAnswer(criterion, shown(criterion.title), given.pop(criterion.key, "")) for criterion in criteria]
    more = [CriterionAnswer(None, name, text) for name, text in given.items()]
    return {"answers": asked + more, "attachments": opened_attachments(bid, EnvelopeKind.TECHNICAL)}


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return ", ".join(map(_text, value)) if isinstance(value, list) else json.dumps(value, ensure_ascii=False)


def next_bid(desks: Iterable[BidDesk], after: str = "") -> BidDesk | None:
    """The next bid on which this seat has something to do, going round from the one after ``after``."""
    found = list(desks)
    here = next((place for place, desk in enumerate(found) if desk.bid.reference == after), -1)
    waiting = [desk for desk in [*found[here + 1 :], *found[: here + 1]] if desk.state in ("review", "score")]
    return next((desk for desk in waiting if desk.bid.reference != after), None)


def evaluator_of(lot: Lot, seat: Seat) -> Evaluator | None:
    """The seat as a current evaluator of the lot's tender."""
    return Evaluator.objects.filter(tender=lot.tender_id, seat=seat, replaced_at=None).first()


def scored_criteria(lot: Lot) -> list[Criterion]:
    return list(Criterion.objects.filter(tender=lot.tender_id, kind=Criterion.Kind.SCORED))


def may_evaluate(evaluator: Evaluator | None) -> bool:
    return evaluator is not None and evaluator.declared_at is not None and not evaluator.has_interest


def signatures_of(lot: Lot) -> list[tuple[Evaluator, datetime | None]]:
    """Every current evaluator of a lot, and when they signed it."""
    signed = dict(lot.signatures.standing().values_list("evaluator", "signed_at"))
    current = Evaluator.objects.filter(tender=lot.tender_id, replaced_at=None).select_related("seat__person")
    return [(evaluator, signed.get(evaluator.pk)) for evaluator in current.order_by("pk")]
