"""What pages show of the pool of experts and of drawn committees."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Seat
from accounts.permissions import Permission
from core.clock import legal_date
from core.skins import why_not
from core.tables import Column, Empty, Filter, Table
from tenders.actions.drawing import check_drawing
from tenders.models import Committee, Expert, Tender

TONES = {"proposed": "warn", "admitted": "good"}


class ExpertTable(Table):
    name = "experts"
    caption = gettext_lazy("Experts")
    key = "pk"
    default_sort = "reference"
    columns = (
        Column("reference", gettext_lazy("Number"), kind="reference", sort="reference"),
        Column("person", gettext_lazy("Person"), value="seat.person.name", sort="seat__person__name"),
        Column("organisation", gettext_lazy("Organisation"), value="seat.organisation.name"),
        Column("speciality", gettext_lazy("Speciality"), value="get_speciality_display", sort="speciality"),
        Column("available_from", gettext_lazy("Available from"), kind="date"),
        Column("available_to", gettext_lazy("Available until"), kind="date"),
        Column(
            "status",
            gettext_lazy("Status"),
            value="get_status_display",
            kind="status",
            tone=lambda expert: TONES.get(expert.status, "quiet"),
        ),
    )
    filters = (
        Filter("status", forms.ChoiceField(label=gettext_lazy("Status"), choices=Expert.Status), "status"),
        Filter(
            "speciality", forms.ChoiceField(label=gettext_lazy("Speciality"), choices=Expert.Speciality), "speciality"
        ),
    )
    empty = Empty(
        gettext_lazy("Nobody is in the pool"),
        gettext_lazy("Experts have an evaluator's seat. One person proposes them, another admits them."),
    )


def _act_url(expert: Expert) -> str:
    """Where a person's proposal is declined, or the expert taken out of the pool; empty for who has left it."""
    names = {"proposed": "tenders:decline-expert", "admitted": "tenders:end-expert"}
    return reverse(names[expert.status], args=[expert.reference]) if expert.status in names else ""


class KeptExpertTable(ExpertTable):
    """The same for who keeps the pool: several are admitted at once."""

    pick = "reference"
    columns = (
        Column("reference", gettext_lazy("Number"), kind="reference", sort="reference", url=_act_url),
        *ExpertTable.columns[1:],
    )


def expert_table(seat: Seat) -> tuple[type[Table], QuerySet[Expert]]:
    """The pool as a seat sees it, and its rows."""
    rows = Expert.objects.visible_to(seat).select_related("seat__person", "seat__organisation")
    return (KeptExpertTable if seat.may(Permission.PREPARE_TENDER) else ExpertTable), rows


def candidates_for_pool(seat: Seat, now: Any) -> QuerySet[Seat]:
    """Who may be proposed today: with an evaluator's seat, and neither in the agency's pool nor waiting for it."""
    known = Expert.objects.filter(agency=seat.organisation_id, status__in=("proposed", "admitted"))
    seats = Seat.objects.current(legal_date(now)).with_role("evaluator").exclude(pk__in=known.values("seat"))
    return seats.select_related("person", "organisation").order_by("organisation__name", "person__name")


def committee_context(tender: Tender, seat: Seat) -> dict[str, Any]:
    """What the page of people says of a drawn committee: its places, what keeps it from being drawn, the draws."""
    committee = Committee.objects.filter(tender=tender).first()
    own = seat.organisation_id == tender.agency_id
    draws = list(tender.draws.order_by("number")) if committee else []
    hindrance = why_not(lambda: check_drawing(tender)) if committee and not draws else ""
    return {
        "committee": committee,
        "places": places_in_words(committee) if committee else "",
        "draws": draws,
        "hindrance": hindrance,
        "draws_now": committee is not None
        and own
        and seat.may(Permission.PUBLISH_TENDER)
        and not draws
        and not hindrance,
    }


def places_in_words(committee: Committee) -> str:
    """The places by speciality: clinical medicine 3, pharmacy 2."""
    words = Expert.Speciality
    return _(", ").join(f"{words(speciality).label} {count}" for speciality, count in committee.places.items())
