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
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Seat
from core.tables import Column, Empty, Table
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
    def reason(self) -> str:
        return str(self.lot.get_reason_display()) if self.lot.reason else ""

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
            "done": str(self.lot.get_status_display()),
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
    reviews = FormalReview.objects.filter(bid__lot__in=keys).order_by().values("bid__lot")
    reviewed = {
        row["bid__lot"]: row for row in reviews.annotate(reviewed=Count("pk"), passed=Count("pk", Q(passed=True)))
    }
    own = Score.objects.filter(
        bid__lot__in=keys, bid__formal_review__passed=True, evaluator__seat=seat, evaluator__replaced_at=None
    )
    judged = own.order_by().values_list("bid__lot", "bid").distinct()
    scored = Counter(lot for lot, _bid in judged)
    signed: dict[int, set[int]] = defaultdict(set)
    signatures = EvaluationSignature.objects.filter(lot__in=keys, evaluator__replaced_at=None)
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
            reviewed=reviewed.get(lot.pk, {}).get("reviewed", 0),
            passed=reviewed.get(lot.pk, {}).get("passed", 0),
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
    """One bid of a lot under evaluation: its review, and the points of the seat that looks."""

    bid: Bid
    readable: bool
    review: FormalReview | None
    scores: bool
    points: dict[str, Decimal] = field(default_factory=dict)

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
        "formal_review__reviewed_by__person",
    )
    bids = Bid.objects.visible_to(seat).standing().filter(lot=lot).select_related(*related).order_by("reference")
    readable = set(Bid.objects.to_evaluate().filter(lot=lot).values_list("pk", flat=True))
    points: dict[int, dict[str, Decimal]] = defaultdict(dict)
    own = Score.objects.filter(bid__lot=lot, evaluator__seat=seat, evaluator__replaced_at=None)
    for score in own.select_related("criterion"):
        points[score.bid_id][score.criterion.key] = score.points
    scores = Criterion.objects.filter(tender=lot.tender_id, kind=Criterion.Kind.SCORED).exists()
    return [
        BidDesk(bid, bid.pk in readable, getattr(bid, "formal_review", None), scores, points[bid.pk]) for bid in bids
    ]


@dataclass(frozen=True)
class Answer:
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
    asked = [Answer(criterion, criterion.title, given.pop(criterion.key, "")) for criterion in criteria]
    more = [Answer(None, name, text) for name, text in given.items()]
    return {"answers": asked + more, "attachments": payload["attachments"]}


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
    signed = dict(EvaluationSignature.objects.filter(lot=lot).values_list("evaluator", "signed_at"))
    current = Evaluator.objects.filter(tender=lot.tender_id, replaced_at=None).select_related("seat__person")
    return [(evaluator, signed.get(evaluator.pk)) for evaluator in current.order_by("pk")]


class LotDeskTable(Table):
    name = "evaluation"
    caption = gettext_lazy("Lots")
    exports = ()
    columns = (
        Column("number", gettext_lazy("Lot"), value="lot.number", kind="number", url="url"),
        Column("title", gettext_lazy("Title"), value="lot.title", url="url"),
        Column("state", gettext_lazy("Status"), value="label", kind="status", tone="tone", note="reason"),
        Column("bids", gettext_lazy("Bids"), kind="number"),
        Column("reviewed", gettext_lazy("Reviewed"), value="reviewed_of"),
        Column("scored", gettext_lazy("Scored by you"), value="scored_of"),
        Column("signed", gettext_lazy("Signatures"), value="signed_of"),
    )
    empty = Empty(gettext_lazy("This tender has no lot"))


class BidDeskTable(Table):
    name = "bids"
    caption = gettext_lazy("Bids to evaluate")
    exports = ()
    columns = (
        Column("reference", gettext_lazy("Bid"), value="bid.reference", kind="reference", url="url"),
        Column("supplier", pgettext_lazy("tender", "Supplier"), value="bid.supplier.name"),
        Column("product", gettext_lazy("Product"), value="bid.product_version"),
        Column("state", gettext_lazy("Status"), value="label", kind="status", tone="tone", note="review.reason"),
        Column("total", gettext_lazy("Your points"), kind="number", value=lambda desk: desk.total),
    )
    empty = Empty(
        gettext_lazy("There is nothing to see yet"),
        gettext_lazy("Bids appear here when the deadline has passed and the openers are asked for them."),
    )


def scoring_context(bid: Bid, seat: Seat) -> dict[str, Any]:
    """What the scoring desk shows of one bid: its envelope, its review, where it stands among the others."""
    lot = bid.lot
    found = bid_desks(lot, seat)
    place = next((place for place, desk in enumerate(found) if desk.bid == bid), 0)
    desk = found[place]
    criteria = list(lot.tender.criteria.all())
    evaluator = evaluator_of(lot, seat)
    signatures = [at for _evaluator, at in signatures_of(lot)]
    return envelope_of(bid, criteria) | {
        "bid": desk.bid,
        "lot": lot,
        "tender": lot.tender,
        "desk": desk,
        "formal": [criterion for criterion in criteria if criterion.kind == Criterion.Kind.FORMAL],
        "scored": [criterion for criterion in criteria if criterion.kind == Criterion.Kind.SCORED],
        "place": place + 1,
        "bids": len(found),
        "done": sum(one.state in ("scored", "formal", "met") for one in found),
        "previous": found[place - 1].bid if place else None,
        "following": found[place + 1].bid if place + 1 < len(found) else None,
        "evaluates": may_evaluate(evaluator) and lot.status == Lot.Status.OPEN and desk.readable,
        "signed": evaluator is not None and evaluator.signatures.filter(lot=lot).exists(),
        "review_fixed": any(signatures),
    }


def sign_effects(desk: LotDesk) -> list[str]:
    """What signing will do, in sentences."""
    return [
        _("Your reviews and points of %(bids)d bids in lot %(lot)d stay as they are for ever.")
        % {"bids": desk.readable, "lot": desk.lot.number},
        _("Your name stands under the technical result. Your points are published in it without your name."),
        _("When all %(all)d evaluators have signed, the agency can publish the result. %(signed)d have signed so far.")
        % {"all": desk.evaluators, "signed": desk.signed},
    ]


def publish_effects(lots: Sequence[LotDesk], days: int) -> list[str]:
    """What publishing the results of these lots will do, in sentences."""
    return [
        _("The verdict on each of %(bids)d bids becomes public, with its reason and arithmetic.")
        % {"bids": sum(desk.bids for desk in lots)},
        _("Prices of bids that did not pass stay sealed for ever: no opener is ever asked for them."),
        _("A lot in which nobody passed ends as failed; with too few for a competition it goes to negotiation."),
        _("Bidders are told, and may object for %(days)d full days. Then the openers can be asked for prices.")
        % {"days": days}
        if days
        else _("Bidders are told, and the openers can be asked for prices at once."),
    ]
