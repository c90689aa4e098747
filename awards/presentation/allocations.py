"""What each winner supplies: its share and regions in a line for all, hospital by hospital for those concerned."""

from collections import defaultdict
from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Allocation, Award, Decision
from core.shell import per_cent
from core.tables import Column, Empty, Filter, Table
from core.templatetags.ui import DASH, quantity
from selection.ruleset import from_json
from tenders.models import Lot


class AllocationTable(Table):
    """A decision's allocations that a seat may read."""

    name = "allocations"
    caption = _("Allocation by hospital")
    default_sort = "hospital"
    columns = (
        Column("hospital", _("Hospital"), value="hospital.name", sort="hospital__name"),
        Column("region", _("Region"), value="region.full_name", sort="region"),
        Column("winner", _("Winner"), value=lambda row: row.award.supplier.name if row.award else DASH),
        Column("year", _("Year"), value=lambda row: str(row.year)),
        Column("quantity", _("Quantity"), kind="quantity", sort="quantity"),
    )
    filters = (Filter("hospital", forms.CharField(label=_("Hospital")), "hospital__name__icontains"),)
    empty = Empty(_("Nothing is allocated"), _("A proposal divides the volume of its lot among the winners."))


def with_shares(decision: Decision) -> list[Award]:
    """The winners of a decision, each with its ``share`` of the volume in words; without where one has it all."""
    winners = list(decision.awards.winners().with_units().select_related("supplier").order_by("place"))
    regions = _regions_of(winners) if len(winners) > 1 and by_regions(decision.lot) else {}
    total = sum(award.units for award in winners)
    for award in winners:
        parts = [f"{quantity(award.units)} ({per_cent(award.units, total)}%)", *regions.get(award.pk, ())]
        award.share = str(_(", ")).join(parts) if len(winners) > 1 else ""
    return winners


def by_regions(lot: Lot) -> bool:
    return from_json(lot.tender.rules).allocation.method == "regions"


def _regions_of(awards: Sequence[Award]) -> dict[int, list[str]]:
    """The names of the regions in which each award supplies."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Allocation.objects.filter(award__in=awards).order_by("award", "region")
    for award, region in rows.values_list("award", "region__full_name").distinct():
        found[award].append(region)
    return found
