"""Lists of results and objections, and the files in which everybody may take results along."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Seat
from accounts.permissions import Permission
from core.tables import Column, Empty, Filter, Table
from core.templatetags.ui import price
from tenders.actions.objections import open_stage
from tenders.models import Bid, Lot, Qualification, TechnicalResult, Tender
from tenders.presentation.desk import evaluator_of
from tenders.presentation.tenders import TIES, rules_of

LOT_TONES = {"open": "quiet", "evaluated": "info", "ranked": "info", "proposed": "accent", "awarded": "good"}
FIELDS = (
    "tender",
    "lot",
    "title",
    "status",
    "reason",
    "bid",
    "supplier",
    "supplier_code",
    "product",
    "technical_verdict",
    "score",
    "price_verdict",
    "price",
    "pack_size",
    "comparable_exact",
    "rank",
    "awarded",
)


def lot_tone(lot: Lot) -> str:
    return LOT_TONES.get(lot.status, "warn" if lot.status == Lot.Status.NEGOTIATION else "bad")


def with_results() -> QuerySet:
    """Tenders of which at least one lot has a published result, with how many lots are decided."""
    published = TechnicalResult.objects.filter(lot__tender=OuterRef("pk"))
    ended = Q(lots__status__in=(Lot.Status.AWARDED, Lot.Status.NEGOTIATION, Lot.Status.FAILED))
    return (
        Tender.objects.published()
        .filter(Exists(published))
        .annotate(
            lot_count=Count("lots"), decided=Count("lots", ended), awarded=Count("lots", Q(lots__status="awarded"))
        )
    )


class ResultTable(Table):
    name = "results"
    caption = gettext_lazy("Results")
    key = "reference"
    default_sort = "-deadline"
    columns = (
        Column(
            "reference",
            gettext_lazy("Tender"),
            kind="reference",
            url=lambda tender: reverse("tenders:result", args=[tender.reference]),
            sort="reference",
        ),
        Column("title", gettext_lazy("Title"), sort="title"),
        Column("region", gettext_lazy("Region"), value="region.full_name"),
        Column("lots", gettext_lazy("Lots"), value="lot_count", kind="number", sort="lot_count"),
        Column("decided", gettext_lazy("Decided"), kind="number", sort="decided"),
        Column("awarded", gettext_lazy("Awarded"), kind="number", sort="awarded"),
        Column("deadline", gettext_lazy("Bids closed"), kind="instant", sort="deadline"),
    )
    filters = (Filter("q", forms.CharField(label=gettext_lazy("Title")), "title__icontains"),)
    empty = Empty(
        gettext_lazy("No result yet"),
        gettext_lazy("A result appears here when the technical evaluation of a lot is published."),
    )


def _counted(name: str) -> Callable[[Lot], int | None]:
    """A count of verdicts, or nothing where no verdict is published: then nobody says how many bids there are."""
    return lambda lot: getattr(lot, name) if hasattr(lot, "technical_result") else None


class LotResultTable(Table):
    """The lots of one tender for the world."""

    name = "lots"
    caption = gettext_lazy("Lots")
    exports = ()
    columns: Sequence[Column] = (
        Column("number", gettext_lazy("Lot"), kind="number"),
        Column(
            "title",
            gettext_lazy("Title"),
            url=lambda lot: reverse("tenders:result-lot", args=[lot.tender.reference, lot.number]),
        ),
        Column(
            "status",
            gettext_lazy("Status"),
            value="get_status_display",
            kind="status",
            tone=lot_tone,
            note=lambda lot: lot.get_reason_display() if lot.reason else "",
        ),
        Column("bids", gettext_lazy("Bids"), value=_counted("bid_count"), kind="number"),
        Column("passed", gettext_lazy("Qualified"), value=_counted("passed_count"), kind="number"),
        Column("winner", gettext_lazy("Proposed or awarded to"), value="award.bid.supplier.name"),
        Column("price", gettext_lazy("Price a pack"), value="award.price", kind="price"),
    )
    empty = Empty(gettext_lazy("This tender has no lot"))


def lots_with_result(tender: Tender) -> QuerySet:
    """The lots of a tender with their verdicts counted; before a result is published nothing is counted."""
    passed = Q(technical_result__qualifications__verdict=Qualification.Verdict.QUALIFIED)
    counted = tender.lots.annotate(
        bid_count=Count("technical_result__qualifications"),
        passed_count=Count("technical_result__qualifications", passed),
    )
    return counted.select_related("tender", "technical_result", "award__bid__supplier").order_by("number")


def exported(tender: Tender) -> Iterator[dict[str, Any]]:
    """One record a bid, with everything that is public about it; prices as texts, absent where they stay sealed."""
    verdicts = Qualification.objects.filter(result__lot__tender=tender).select_related(
        "bid__lot__award",
        "bid__supplier",
        "bid__ranking",
        "bid__product_version__product__item",
        "bid__product_version__product__maker",
    )
    for verdict in verdicts.order_by("bid__lot__number", "bid__ranking__rank", "bid__reference"):
        bid, lot, ranking = verdict.bid, verdict.bid.lot, getattr(verdict.bid, "ranking", None)
        award = getattr(lot, "award", None)
        values = (
            tender.reference,
            lot.number,
            lot.title,
            lot.status,
            lot.reason,
            bid.reference,
            bid.supplier.name,
            bid.supplier.credit_code,
            str(bid.product_version),
            verdict.verdict,
            None if verdict.score is None else str(verdict.score),
            ranking and ranking.verdict,
            str(ranking.price) if ranking and ranking.price is not None else None,
            ranking and ranking.pack_size,
            ranking and ranking.arithmetic["comparable_exact"],
            ranking and ranking.rank,
            bool(award and award.awarded_at and award.bid_id == bid.pk),
        )
        yield dict(zip(FIELDS, values, strict=True))


class ObjectionTable(Table):
    name = "objections"
    caption = gettext_lazy("Objections")
    key = "reference"
    default_sort = "-filed"
    columns = (
        Column(
            "reference",
            gettext_lazy("Objection"),
            kind="reference",
            url=lambda objection: reverse("tenders:objection", args=[objection.reference]),
            sort="reference",
        ),
        Column("tender", gettext_lazy("Tender"), value="lot.tender.reference", kind="reference"),
        Column("lot", gettext_lazy("Lot"), value="lot.number", kind="number"),
        Column("stage", gettext_lazy("Against"), value="get_stage_display"),
        Column("supplier", gettext_lazy("Bidder"), value="supplier.name", sort="supplier__name"),
        Column("filed", gettext_lazy("Filed"), value="filed_at", kind="instant", sort="filed_at"),
        Column(
            "answer",
            gettext_lazy("Answer"),
            value="get_answer_display",
            kind="status",
            tone=lambda objection: {"": "warn", "upheld": "bad"}.get(objection.answer, "good"),
        ),
    )
    filters = (
        Filter(
            "state",
            forms.ChoiceField(
                label=gettext_lazy("Answer"),
                choices=(("waiting", gettext_lazy("waiting")), ("answered", gettext_lazy("answered"))),
            ),
            lambda objections, state: objections.filter(answered_at__isnull=state == "waiting"),
        ),
        Filter("tender", forms.CharField(label=gettext_lazy("Tender")), "lot__tender__reference__icontains"),
    )
    empty = Empty(
        gettext_lazy("No objection"),
        gettext_lazy("A bidder may object to a technical result or a proposed award. The lot waits for the answer."),
    )


def lot_acts(lot: Lot, seat: Seat, now: datetime, *, waiting: bool) -> dict[str, bool]:
    """Which buttons a seat finds on the page of a lot."""
    own = seat.organisation_id == lot.tender.agency_id
    bidder = seat.may(Permission.OBJECT) and Bid.objects.standing().filter(lot=lot, supplier=seat.organisation_id)
    over = lot.status == Lot.Status.PROPOSED and lot.award.standstill_until <= now
    return {
        "proposes": own and seat.may(Permission.PUBLISH_RESULT) and lot.status == Lot.Status.RANKED,
        "awards": own and seat.may(Permission.AWARD) and over and not waiting,
        "objects": bool(open_stage(lot, now) and bidder and bidder.exists()),
        "evaluates": (own and seat.may(Permission.PUBLISH_RESULT)) or evaluator_of(lot, seat) is not None,
        "reads_objections": own or seat.reads_the_trail,
    }


def lot_facts(lot: Lot) -> list[dict[str, Any]]:
    """What was asked for and under which rules, in two columns."""
    rules = rules_of(lot.tender)
    return [
        {"label": _("Tender"), "value": lot.tender.title},
        {
            "label": _("Ceiling price"),
            "value": price(lot.ceiling_price),
            "note": _("a base unit of the reference item"),
        },
        {"label": _("Pass mark"), "value": rules.pass_mark if rules.pass_mark is not None else _("none")},
        {"label": _("Competition from"), "value": rules.minimum_for_competition, "unit": _("qualified bids")},
        {"label": _("Equal prices"), "value": _(", ").join(str(TIES[key]) for key in rules.tie_order)},
        {"label": _("Quality requirement"), "value": lot.quality_requirement or "–"},
    ]
