"""Lists of results, and the files in which everybody may take results along."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.actions.awarding import names_of
from awards.models import Award, Decision
from awards.record import has_ended
from core.tables import Column, Empty, Filter, Table
from core.templatetags.ui import price
from tenders.models import Lot, Qualification, TechnicalResult, Tender
from tenders.presentation.tenders import lot_tone

FIELDS = (
    "tender",
    "lot",
    "title",
    "status",
    "ending",
    "bid",
    "supplier",
    "supplier_code",
    "product",
    "technical_verdict",
    "score",
    "price_verdict",
    "price",
    "pack_size",
    "service_fee",
    "comparable_exact",
    "rank",
    "awarded",
    "standby",
    "allocated",
)


DECISION_TONES = {Decision.Status.PROPOSED: "accent", Decision.Status.AWARDED: "good"}


def standing_of(lot: Lot) -> str:
    """How far a lot is, in words: with what is decided on its prices, where that is more than the lot says."""
    decision = lot.decision
    return decision.get_status_display() if decision and not lot.ending else lot.standing


def tone_of(lot: Lot) -> str:
    decision = lot.decision
    return DECISION_TONES[decision.status] if decision and not lot.ending else lot_tone(lot)


def with_results() -> QuerySet:
    """Tenders of which at least one lot has a published result, with how many lots are decided and when the last was
    published."""
    published = TechnicalResult.objects.filter(lot__tender=OuterRef("pk")).order_by("-published_at")
    ended = Q(lots__status=Lot.Status.ENDED)
    return (
        Tender.objects.published()
        .filter(Exists(published))
        .annotate(
            lot_count=Count("lots"),
            decided=Count("lots", ended),
            awarded=Count("lots", Q(lots__ending=Lot.Ending.AWARDED)),
            latest=Subquery(published.values("published_at")[:1]),
        )
    )


def _matching(tenders: Any, text: str) -> QuerySet:
    return tenders.matching(text)


class ResultTable(Table):
    name = "results"
    caption = gettext_lazy("Results")
    key = "reference"
    default_sort = "-latest"
    columns = (
        Column(
            "reference",
            gettext_lazy("Tender"),
            kind="reference",
            url=lambda tender: reverse("awards:result", args=[tender.reference]),
            sort="reference",
        ),
        Column("title", gettext_lazy("Title"), sort="title"),
        Column("region", gettext_lazy("Region"), value="region.full_name"),
        Column("lots", gettext_lazy("Lots"), value="lot_count", kind="number", sort="lot_count"),
        Column("decided", gettext_lazy("Decided"), kind="number", sort="decided"),
        Column("awarded", gettext_lazy("Awarded"), kind="number", sort="awarded"),
        Column("deadline", gettext_lazy("Bids closed"), kind="instant", sort="deadline"),
        Column("latest", gettext_lazy("Last result"), kind="instant", sort="latest"),
    )
    filters = (Filter("q", forms.CharField(label=gettext_lazy("Title, number or medicine")), _matching),)
    empty = Empty(
        gettext_lazy("No result yet"),
        gettext_lazy("A result appears here when the technical evaluation of a lot is published."),
    )


def _counted(name: str) -> Callable[[Lot], int | None]:
    """A count of verdicts, or nothing where no verdict is published: then nobody says how many bids there are."""
    return lambda lot: getattr(lot, name) if lot.technical_result_id else None


def _winners(lot: Lot) -> str:
    return names_of(lot.awards)


def _standbys(lot: Lot) -> str:
    return _("standby: %(names)s") % {"names": names_of(lot.standbys)} if lot.standbys else ""


def _highest(lot: Lot) -> str:
    """The highest price of the winners, where it is another than the lowest."""
    prices = {award.price for award in lot.awards}
    return _("to %(price)s") % {"price": price(max(prices))} if len(prices) > 1 else ""


def _price(lot: Lot) -> Decimal | None:
    """The lowest price of the winners."""
    return lot.awards[0].price if lot.awards else None


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
            url=lambda lot: reverse("awards:result-lot", args=[lot.tender.reference, lot.number]),
        ),
        Column(
            "status",
            gettext_lazy("Status"),
            value=standing_of,
            kind="status",
            tone=tone_of,
        ),
        Column("bids", gettext_lazy("Bids"), value=_counted("bid_count"), kind="number"),
        Column("passed", gettext_lazy("Qualified"), value=_counted("passed_count"), kind="number"),
        Column("winner", gettext_lazy("Proposed or awarded to"), value=_winners, note=_standbys),
        Column("price", gettext_lazy("Price a pack"), value=_price, kind="price", note=_highest),
    )
    empty = Empty(gettext_lazy("This tender has no lot"))


def lots_with_result(tender: Tender) -> list[Lot]:
    """The lots of a tender with their verdicts counted, each with its ``decision`` and ``awards``; before a result is
    published nothing is counted."""
    passed = Q(technical_result__qualifications__verdict=Qualification.Verdict.QUALIFIED)
    counted = tender.lots.annotate(
        bid_count=Count("technical_result__qualifications"),
        passed_count=Count("technical_result__qualifications", passed),
    )
    lots = list(counted.select_related("tender", "technical_result").order_by("number"))
    standing = Decision.objects.standing().filter(lot__in=lots).prefetch_related("awards__supplier", "awards__letter")
    decisions = {decision.lot_id: decision for decision in standing}
    for lot in lots:
        lot.decision = decisions.get(lot.pk)
        awards = list(lot.decision.awards.all()) if lot.decision else []
        lot.awards = [award for award in awards if award.kind == Award.Kind.WINNER and not has_ended(award)]
        lot.standbys = [award for award in awards if award.kind == Award.Kind.STANDBY]
    return lots


def exported(tender: Tender) -> Iterator[dict[str, Any]]:
    """One record a bid, with everything that is public about it; prices as texts, absent where they stay sealed."""
    verdicts = (
        Qualification.objects.standing()
        .filter(bid__tender=tender)
        .select_related(
            "bid__lot",
            "bid__supplier",
            "bid__ranking",
        )
    )
    product = "bid__products__product_version__product"
    verdicts = verdicts.prefetch_related(f"{product}__item", f"{product}__maker")
    awarded = Award.objects.filter(decision__lot__tender=tender, decision__status=Decision.Status.AWARDED)
    # A standby that replaces a winner is one: its later award is read.
    awards = {award.bid: award for award in awarded.standing().with_units().order_by("place")}
    for verdict in verdicts.order_by("bid__lot__number", "bid__ranking__rank", "bid__reference"):
        bid, lot, ranking = verdict.bid, verdict.bid.lot, getattr(verdict.bid, "ranking", None)
        award = awards.get(bid.reference)
        values = (
            tender.reference,
            lot.number,
            lot.title,
            lot.status,
            lot.ending,
            bid.reference,
            bid.supplier.name,
            bid.supplier.credit_code,
            "; ".join(str(row.product_version) for row in bid.products.all()),
            verdict.verdict,
            None if verdict.score is None else str(verdict.score),
            ranking and ranking.verdict,
            str(ranking.price) if ranking and ranking.price is not None else None,
            ranking and ranking.pack_size,
            str(ranking.service_fee) if ranking and ranking.service_fee is not None else None,
            ranking and ranking.arithmetic["comparable_exact"],
            ranking and ranking.rank,
            bool(award and award.kind == Award.Kind.WINNER),
            bool(award and award.kind == Award.Kind.STANDBY),
            award and award.units,
        )
        yield dict(zip(FIELDS, values, strict=True))
