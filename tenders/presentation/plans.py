"""What the pages of purchase plans show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.models import Item, PriceEntry
from core.shell import Decided
from core.tables import Column, Empty, Filter, Table
from core.templatetags.ui import quantity
from tenders.actions.planning import missing_of_plan
from tenders.models import PlanLine, PurchasePlan
from tenders.presentation.ceilings import as_published

TONES: Mapping[str, str] = {
    PurchasePlan.Status.DRAFT: "quiet",
    PurchasePlan.Status.DECIDED: "good",
    PurchasePlan.Status.DROPPED: "bad",
}


@dataclass(frozen=True)
class PlannedItem:
    """A row of the page that sets the lines of a plan: an item of the window, and what the draft says of it already."""

    number: int
    item: Item
    volume: int
    price_before: Decimal | None
    lane: str = ""
    reason: str = ""
    quality_requirement: str = ""
    ceiling_price: Decimal | None = None
    ceiling_units: int | None = None
    ceiling_basis: str = ""


def planned_items(plan: PurchasePlan, *, today: date) -> list[PlannedItem]:
    """An entry for each item of the plan's kind in its window, in the order of its lines.

    A plan without lines tenders everything of which there is a need.
    """
    lines = [line for line in plan.window.totals() if line.item.kind == plan.kind]
    said = {line.number: line for line in plan.lines.all()}
    known = PriceEntry.objects.prices_before([line.item for line in lines], plan.region, today)
    names = ("lane", "reason", "quality_requirement", "ceiling_price", "ceiling_basis")

    def begun(number: int, volume: int) -> dict[str, Any]:
        if line := said.get(number):
            units = None if line.ceiling_units == 1 else line.ceiling_units
            return {name: getattr(line, name) for name in names} | {"ceiling_units": units}
        return {"lane": PlanLine.Lane.TENDER if volume and not said else ""}

    return [
        PlannedItem(
            line.number,
            line.item,
            volume := int(line.total or 0),
            known.get(line.item_id),
            **begun(line.number, volume),
        )
        for line in lines
    ]


class PlanTable(Table):
    name = "plans"
    caption = gettext_lazy("Purchase plans")
    key = "reference"
    default_sort = "-reference"
    columns = (
        Column(
            "reference",
            gettext_lazy("Plan"),
            kind="reference",
            url=lambda plan: reverse("tenders:plan", args=[plan.reference]),
            sort="reference",
        ),
        Column("title", gettext_lazy("Title"), sort="title"),
        Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
        Column(
            "status",
            gettext_lazy("Status"),
            value="get_status_display",
            kind="status",
            tone=lambda plan: TONES[plan.status],
        ),
        Column("lines", gettext_lazy("Lines"), value="line_count", kind="number", sort="line_count"),
        Column("waiting", gettext_lazy("Not yet tendered"), value="waiting_count", kind="number", sort="waiting_count"),
        Column("window", gettext_lazy("Demand"), value="window.reference", kind="reference"),
        Column("decided", gettext_lazy("Decided"), value="decided_at", kind="instant", sort="decided_at"),
    )
    filters = (
        Filter("q", forms.CharField(label=gettext_lazy("Title")), "title__icontains"),
        Filter("status", forms.ChoiceField(label=gettext_lazy("Status"), choices=PurchasePlan.Status), "status"),
        Filter("kind", forms.ChoiceField(label=gettext_lazy("Kind"), choices=Item.Kind), "kind"),
    )
    empty = Empty(
        gettext_lazy("No purchase plan yet"),
        gettext_lazy("A plan gives each item of the demand its lane, its quality and its ceiling."),
    )


def _with_words(lines: Any, text: str) -> QuerySet:
    return lines.filter(item__in=Item.objects.matching(text))


class PlanLineTable(Table):
    name = "lines"
    caption = gettext_lazy("Lines of the plan")
    key = "number"
    default_sort = "number"
    columns = (
        Column("number", gettext_lazy("Line"), kind="number", sort="number"),
        Column("item", gettext_lazy("Item"), value="item.name", sort="item__pinyin"),
        Column("form", gettext_lazy("Form"), value="item.form"),
        Column("strength", gettext_lazy("Strength"), value="item.strength"),
        Column("unit", gettext_lazy("Unit"), value="item.base_unit"),
        Column("volume", gettext_lazy("Quantity a year"), kind="quantity", sort="volume"),
        Column("lane", gettext_lazy("Lane"), value="get_lane_display", sort="lane"),
        Column("reason", gettext_lazy("Reason"), kind="prose"),
        Column("quality", gettext_lazy("Quality requirement"), value="quality_requirement"),
        Column(
            "ceiling",
            gettext_lazy("Ceiling price"),
            value=lambda line: as_published(line.ceiling, line.item.base_unit),
            sort="ceiling_price",
            numeric=True,
        ),
        Column("basis", gettext_lazy("Basis of the ceiling"), value="get_ceiling_basis_display"),
        Column("before", gettext_lazy("Price before"), value="price_before", kind="price", sort="price_before"),
        Column(
            "tender",
            gettext_lazy("Tender"),
            kind="reference",
            url=lambda line: reverse("tenders:tender", args=[line.tender]) if line.tender else "",
            sort="tender",
        ),
    )
    filters = (
        Filter("q", forms.CharField(label=gettext_lazy("Item")), _with_words),
        Filter("lane", forms.ChoiceField(label=gettext_lazy("Lane"), choices=PlanLine.Lane), "lane"),
        Filter(
            "state",
            forms.ChoiceField(
                label=gettext_lazy("Tender"),
                choices=(("waiting", gettext_lazy("not yet tendered")), ("tendered", gettext_lazy("tendered"))),
            ),
            lambda lines, state: lines.not_yet_tendered() if state == "waiting" else lines.exclude(tender=None),
        ),
    )
    empty = Empty(
        gettext_lazy("Nothing is planned yet"),
        gettext_lazy("Give the items of the demand a lane, typed, pasted or from a file."),
    )


def plan_context(plan: PurchasePlan, seat: Seat) -> dict[str, Any]:
    """A plan, and what the seat may do with it."""
    own = seat.organisation_id == plan.agency_id
    draft = plan.status == PurchasePlan.Status.DRAFT
    prepares = own and seat.may(Permission.PREPARE_TENDER)
    return {
        "plan": plan,
        "tone": TONES[plan.status],
        "changes": prepares and draft,
        "decides": draft and own and seat.may(Permission.PUBLISH_TENDER),
        "prepared_last": plan.prepared_by.person_id == seat.person_id,
        "tenders": prepares and plan.lines.not_yet_tendered().exists(),
        "facts": _facts(plan),
    }


def _facts(plan: PurchasePlan) -> list[dict[str, Any]]:
    people = (
        (_("Prepared by"), plan.prepared_by),
        (_("Decided by"), plan.decided_by),
        (_("Dropped by"), plan.dropped_by),
    )
    return [
        {"label": _("Agency"), "value": plan.agency.name},
        {"label": _("Kind"), "value": plan.get_kind_display()},
        {"label": _("Region"), "value": plan.region.full_name},
        {
            "label": _("Demand"),
            "value": str(plan.window),
            "url": reverse("demand:window", args=[plan.window.reference]),
        },
        *({"label": label, "value": seat.signature} for label, seat in people if seat),
        *([{"label": _("Reason"), "value": plan.drop_reason}] if plan.drop_reason else []),
    ]


def decision_context(plan: PurchasePlan, seat: Seat) -> dict[str, Any]:
    """What a decision will do, in sentences, or what keeps it from happening."""
    lanes = plan.lines.order_by("lane").values_list("lane").annotate(count=Count("pk"))
    words = dict(PlanLine.Lane.choices)
    rows = [(words[lane], quantity(count)) for lane, count in lanes]
    return {
        "faults": missing_of_plan(plan),
        "prepared_last": plan.prepared_by.person_id == seat.person_id,
        "effects": [
            _("The plan stays as it is; what changes later is another plan."),
            _("What is to be tendered waits as a task until it stands in a tender."),
            _("Your name and that of %(person)s stand on record.") % {"person": plan.prepared_by.signature},
        ],
        "decided": [Decided(_("Lanes"), (_("Lane"), _("Lines")), rows, figures=1)],
    }


def drop_context(plan: PurchasePlan) -> dict[str, Any]:
    """What dropping a draft will do."""
    return {
        "title": _("Drop the plan “%(title)s”") % {"title": plan.title},
        "effects": [_("Nothing is bought by this plan. It stays on record with the reason.")],
        "submit": _("Drop the plan"),
        "danger": True,
        "cancel_url": reverse("tenders:plan", args=[plan.reference]),
    }
