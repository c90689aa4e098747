"""The agency's pool of experts: one person proposes, another admits; who leaves it is drawn no more."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Fault, Refused
from core.events import record
from core.moves import move
from core.references import next_reference
from tenders.models import Expert, Verb


@action
def propose_experts(
    *,
    seats: Sequence[Seat],
    speciality: str,
    available_from: date | None = None,
    available_to: date | None = None,
    by: Seat,
    now: datetime,
) -> list[Expert]:
    """Propose people with an evaluator's seat for the pool, all of them or none."""
    require(by, Permission.PREPARE_TENDER)
    if not seats:
        raise Refused(_("Choose at least one person."), field="seats", code="required")
    if speciality not in Expert.Speciality:
        raise Refused(_("Choose a speciality."), field="speciality", code="invalid_choice")
    if available_from and available_to and available_to < available_from:
        raise Refused(_("The last day lies before the first."), field="available_to", code="out_of_range")
    _check_seats(seats, by, legal_date(now))
    return [_propose(seat, speciality, (available_from, available_to), by, now) for seat in seats]


@action
def admit_experts(*, experts: Sequence[Expert], by: Seat, now: datetime) -> list[Expert]:
    """Admit experts whom somebody else proposed, all of them or none."""
    for expert in experts:
        _own(expert, by)
        if expert.proposed_by.person_id == by.person_id:
            raise Refused(_("You proposed this yourself: somebody else approves it."), code="two_people")
        move(expert, Expert.Status.ADMITTED, admitted_at=now, admitted_by=by)
        record(Verb.EXPERT_ADMITTED, expert.reference, by=by, now=now, person=expert.seat.person.name)
    return list(experts)


@action
def decline_expert(*, expert: Expert, reason: str, by: Seat, now: datetime) -> Expert:
    """Decline a proposal, or take back one's own, with the reason."""
    return _end(expert, Expert.Status.DECLINED, Verb.EXPERT_DECLINED, reason, by, now)


@action
def end_expert(*, expert: Expert, reason: str, by: Seat, now: datetime) -> Expert:
    """Let an expert leave the pool, with the reason. In draws of pools frozen before it counts as excluded."""
    return _end(expert, Expert.Status.ENDED, Verb.EXPERT_ENDED, reason, by, now)


def _check_seats(seats: Sequence[Seat], by: Seat, today: date) -> None:
    current = set(Seat.objects.current(today).with_role("evaluator").values_list("pk", flat=True))
    waiting = Expert.objects.filter(agency=by.organisation_id, status__in=("proposed", "admitted"))
    known = set(waiting.values_list("seat", flat=True))
    faults = []
    for row, seat in enumerate(seats, start=1):
        if seat.pk not in current:
            faults.append(Fault(_("Choose somebody whose seat has this role today."), "seats", row, "no_seat"))
        elif seat.pk in known:
            words = _("This person is in the pool, or waits for it, already.")
            faults.append(Fault(words, "seats", row, "already_done"))
    if faults:
        raise Refused(_("Nobody was proposed."), faults=faults)


def _propose(seat: Seat, speciality: str, days: tuple[date | None, date | None], by: Seat, now: datetime) -> Expert:
    expert = Expert.objects.create(
        reference=next_reference("expert", "E", now),
        agency=by.organisation,
        seat=seat,
        speciality=speciality,
        available_from=days[0],
        available_to=days[1],
        proposed_at=now,
        proposed_by=by,
    )
    record(
        Verb.EXPERT_PROPOSED,
        expert.reference,
        by=by,
        now=now,
        organisations=[seat.organisation_id],
        person=seat.person.name,
        speciality=expert.get_speciality_display(),
    )
    return expert


def _end(expert: Expert, status: str, verb: Verb, reason: str, by: Seat, now: datetime) -> Expert:
    _own(expert, by)
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    move(expert, status, ended_at=now, ended_by=by, end_reason=reason.strip())
    record(verb, expert.reference, by=by, now=now, person=expert.seat.person.name, reason=reason.strip())
    return expert


def _own(expert: Expert, by: Seat) -> None:
    require(by, Permission.PREPARE_TENDER)
    if expert.agency_id != by.organisation_id:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
