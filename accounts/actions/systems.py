"""An organisation's programs: proposed by one person, confirmed by another, each with tokens of its own."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from accounts.actions.seats import give_seat, permit_within
from accounts.actions.standing import require_standing
from accounts.models import Organisation, Person, Seat, SeatToken, System, TokenUse, Verb
from accounts.permissions import ROLES, SYSTEM_MAY
from core.actions import action
from core.clock import legal_date
from core.errors import Refused
from core.events import record
from core.moves import move
from core.references import next_reference

LONGEST = timedelta(days=366)


@action
def propose_system(
    *, organisation: Organisation, name: str, roles: Sequence[str], ends_on: date, by: Seat, now: datetime
) -> System:
    """Propose that a program act for an organisation until a day, a year ahead at most. Refused for roles that are
    left to people."""
    permit_within(by, organisation)
    require_standing(organisation)
    today = legal_date(now)
    if not today <= ends_on <= today + LONGEST:
        raise Refused(_("A system ends within a year, and is confirmed anew then."), field="ends_on", code="too_long")
    kept = [role for role in roles if role not in ROLES or not ROLES[role].permissions <= SYSTEM_MAY]
    if kept or not roles:
        raise Refused(_("Choose roles that are open to programs."), field="roles", code="for_people")
    system = System.objects.create(
        reference=next_reference("system", "SY", now),
        organisation=organisation,
        name=name.strip(),
        roles=sorted(set(roles)),
        ends_on=ends_on,
        proposed_at=now,
        proposed_by=by,
    )
    _record(Verb.SYSTEM_PROPOSED, system, by=by, now=now)
    return system


@action
def confirm_system(*, system: System, by: Seat, now: datetime) -> System:
    """Let a program act, as another person than the one who proposed it: it gets its seat."""
    permit_within(by, system.organisation)
    _require_another(system, by)
    person = Person.objects.create(name=system.name, email=None, password="")
    seat = give_seat(
        person=person, organisation=system.organisation, roles=system.roles, starts_on=legal_date(now), by=by, now=now
    )
    Seat.objects.filter(pk=seat.pk).update(ends_on=system.ends_on)
    move(system, System.Status.CONFIRMED, confirmed_at=now, confirmed_by=by, seat=seat)
    _record(Verb.SYSTEM_CONFIRMED, system, by=by, now=now)
    return system


@action
def decline_system(*, system: System, by: Seat, now: datetime) -> System:
    """Do not let a program act. Whoever proposed it may take it back so."""
    permit_within(by, system.organisation)
    move(system, System.Status.DECLINED, declined_at=now, declined_by=by)
    _record(Verb.SYSTEM_DECLINED, system, by=by, now=now)
    return system


@action
def note_use(*, token: SeatToken, place: str, now: datetime) -> None:
    """Keep on which day a token was used last, so that whoever manages seats finds those that nobody uses."""
    use = TokenUse(token=token, last_on=legal_date(now), place=place)
    TokenUse.objects.bulk_create(
        [use], update_conflicts=True, unique_fields=["token"], update_fields=["last_on", "place"]
    )


def _require_another(system: System, by: Seat) -> None:
    if by.person_id == system.proposed_by.person_id:
        raise Refused(_("Somebody else than the person who proposed the system confirms it."), code="same_person")


def _record(verb: Verb, system: System, *, by: Seat, now: datetime) -> None:
    told = {"name": system.name, "row": system.reference, "until": str(system.ends_on)}
    record(verb, system.reference, by=by, now=now, organisations=[system.organisation_id], **told)
