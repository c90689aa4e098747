"""What the page of a lot and the pages of objections show."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Affiliation, Seat
from accounts.permissions import Permission
from core.clock import legal_date
from core.tables import Column, Empty, Filter, Table
from core.templatetags.ui import price
from tenders.actions.objections import may_object
from tenders.models import Bid, Hold, Lot
from tenders.presentation.desk import evaluator_of
from tenders.presentation.tenders import TIES, rules_of


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


def bids_in(lot: Lot, seat: Seat) -> bool:
    """Whether the seat may object for a bidder of the lot."""
    own = Bid.objects.standing().filter(lot=lot, supplier=seat.organisation_id)
    return seat.may(Permission.OBJECT) and own.exists()


def lot_acts(lot: Lot, seat: Seat, now: datetime) -> dict[str, bool]:
    """Which buttons of this room a seat finds on the page of a lot."""
    own = seat.organisation_id == lot.tender.agency_id
    return {
        "objects": may_object(lot, now) and bids_in(lot, seat),
        "evaluates": (own and seat.may(Permission.PUBLISH_RESULT)) or evaluator_of(lot, seat) is not None,
        "reads_objections": own or seat.reads_the_trail,
        "stops": own and seat.may(Permission.ANSWER_OBJECTION),
        "releases": own
        and seat.may(Permission.ANSWER_OBJECTION)
        and lot.holds.standing().exclude(code=Hold.Code.OBJECTION).exists(),
    }


def parts_in_words(lot: Lot) -> str:
    """The parts of a set with their quantities; empty where a bid is of no set."""
    return _(", ").join(str(part) for part in lot.parts.select_related("item"))


def affiliated_bidders(lot: Lot, seat: Seat) -> list[list[str]]:
    """The bidders of the lot that belonged together at the close, by name; for who runs the tender or watches it, and
    only of bids that were opened."""
    runs = seat.organisation_id == lot.tender.agency_id and seat.may(Permission.PREPARE_TENDER)
    if not runs and not seat.reads_the_trail:
        return []
    opened = Bid.objects.filter(lot=lot, opened__isnull=False).select_related("supplier")
    names = {bid.supplier_id: bid.supplier.name for bid in opened}
    groups = Affiliation.objects.groups_of(names, legal_date(lot.tender.deadline))
    return [sorted(names[one] for one in group) for group in groups]


def lot_facts(lot: Lot) -> list[dict[str, Any]]:
    """What was asked for and under which rules, in two columns."""
    rules = rules_of(lot.tender)
    evaluation = rules.evaluation
    return [
        {"label": _("Tender"), "value": lot.tender.title},
        {
            "label": _("Ceiling price"),
            "value": price(lot.ceiling_price),
            "note": _("a base unit of the reference item"),
        },
        {
            "label": _("Pass mark"),
            "value": rules.evaluation.pass_mark if rules.evaluation.pass_mark is not None else _("none"),
        },
        {
            "label": _("Competition from"),
            "value": evaluation.minimum_for_competition,
            "unit": _("qualified bids"),
        },
        {"label": _("Equal prices"), "value": _(", ").join(str(TIES[key]) for key in rules.ties.order)},
        {"label": _("Quality requirement"), "value": lot.quality_requirement or "–"},
        {"label": _("A bid is of"), "value": lot.get_offered_display(), "note": parts_in_words(lot)},
        {"label": _("Service fee"), "value": _("may be asked beside the price") if lot.with_service_fee else _("none")},
    ]
