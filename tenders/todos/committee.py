"""What waits around experts and drawn committees: proposals for a second person, committees to draw."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Seat
from accounts.permissions import Permission
from core.shell import NavEntry, Related, Todo
from core.skins import why_not
from tenders.actions.drawing import check_drawing
from tenders.models import Committee, Expert, Tender


def nav(seat: Seat) -> list[NavEntry]:
    if not seat.may(Permission.PREPARE_TENDER):
        return []
    return [NavEntry(gettext_lazy("Experts"), reverse("tenders:expert-pool"), "people")]


def related(reference: str, seat: Seat) -> list[Related]:
    return []


def todos(seat: Seat, now: datetime) -> list[Todo]:
    found: list[Todo] = []
    if seat.may(Permission.PREPARE_TENDER):
        found += _experts_to_admit(seat)
    if seat.may(Permission.PUBLISH_TENDER):
        found += _committees_to_draw(seat)
    return found


def _experts_to_admit(seat: Seat) -> Iterator[Todo]:
    waiting = Expert.objects.waiting().filter(agency=seat.organisation_id).exclude(proposed_by__person=seat.person_id)
    for expert in waiting.select_related("seat__person", "seat__organisation"):
        yield Todo(
            what=_("Decide as the second person: an expert for the pool"),
            where=f"{expert.reference} {expert.seat.person.name} ({expert.seat.organisation.name})",
            url=f"{reverse('tenders:expert-pool')}?status=proposed",
            action=_("Decide"),
            since=expert.proposed_at,
        )


def _committees_to_draw(seat: Seat) -> Iterator[Todo]:
    own = Committee.objects.filter(tender__agency=seat.organisation_id, tender__status=Tender.Status.PUBLISHED)
    ready = own.filter(tender__close__isnull=False, tender__draws=None).select_related("tender__close")
    for committee in ready:
        if not why_not(lambda tender=committee.tender: check_drawing(tender)):
            yield Todo(
                what=_("Draw the committee"),
                where=f"{committee.tender.reference} {committee.tender.title}",
                url=reverse("tenders:draw-committee", args=[committee.tender.reference]),
                action=_("Draw"),
                since=committee.tender.close.closed_at,
            )
