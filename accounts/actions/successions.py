"""The later life of an organisation: succeeded by another, split from another, in liquidation, closed.

What a successor takes over is each room's own action ``succeed``, which ``procurement`` calls in one transaction with
the confirmation; here are the people and what belongs together.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import searching
from accounts.actions.filings import Basis, file
from accounts.models import Affiliation, Filing, Invitation, Organisation, Seat, Verb
from accounts.permissions import (
    EXCLUSIVE_IN_ONE_SEAT,
    ROLES,
    OrganisationKind,
    Permission,
    exclusive_pair,
    permissions_of,
)
from core import search
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event

# What people do in procedures under way, which no successor can do for them: sealed bids and shares of keys are of
# one organisation for good.
_STAYS = frozenset({Permission.BID, Permission.OPEN_ENVELOPES, Permission.EVALUATE})


@dataclass(frozen=True)
class Succession:
    """Who takes whose place, by which confirmed filing. What was open of ``before`` is of ``after`` from today on."""

    before: Organisation
    after: Organisation
    filing: Filing

    @classmethod
    def of(cls, filing: Filing) -> "Succession":
        return cls(*filing.both, filing)

    @property
    def told(self) -> dict[str, str]:
        """How events say it."""
        return {"before": self.before.name, "after": self.after.name, "filing": self.filing.reference}

    def parted(self, today: date) -> date:
        """The last day of rows that hold for the one who is succeeded: those of the successor begin today."""
        return today - timedelta(days=1)


@action
def propose_succession(
    *, kind: str, organisation: Organisation, other: Organisation, basis: Basis, by: Seat, now: datetime
) -> Filing:
    """File that an organisation was merged into another or succeeded by it, or that it split from another.

    Refused for an agency, whose tenders hang on its keys; for two of different kinds; and where one has ended.
    """
    if kind not in (*Filing.SUCCESSIONS, Filing.Kind.SPLIT):
        raise Refused(_("Choose one of the values offered."), field="kind", code="invalid_choice")
    if organisation.pk == other.pk:
        raise Refused(_("Name two organisations."), field="other", code="two_different")
    if organisation.kind != other.kind:
        raise Refused(_("Both have to be of one kind."), field="other", code="wrong_kind")
    _require_life(organisation, other)
    return file(Filing(kind=kind, organisation=organisation, other=other), basis, by=by, now=now)


@action
def propose_liquidation(
    *, organisation: Organisation, administrator: Seat, basis: Basis, by: Seat, now: datetime
) -> Filing:
    """File that an organisation is in liquidation, and which of its seats acts for it until its end."""
    _require_life(organisation)
    own = Seat.objects.current(legal_date(now)).filter(organisation=organisation, pk=administrator.pk)
    if not own.exists():
        raise Refused(
            _("The administrator needs a seat in the organisation first."), field="administrator", code="no_seat"
        )
    filing = Filing(kind=Filing.Kind.LIQUIDATION, organisation=organisation, administrator=administrator)
    return file(filing, basis, by=by, now=now)


@action
def propose_closure(*, organisation: Organisation, basis: Basis, by: Seat, now: datetime) -> Filing:
    """File that an organisation is no more, and nobody takes its place."""
    _require_life(organisation)
    return file(Filing(kind=Filing.Kind.CLOSURE, organisation=organisation), basis, by=by, now=now)


@action
def succeed(*, succession: Succession, by: Seat, now: datetime) -> None:
    """Give the people of one organisation seats in its successor, and let invitations and affiliations pass to it.

    A seat that bids, opens or evaluates stays beside, for that alone, until what is sealed is decided.
    """
    before, after = succession.before, succession.after
    today = legal_date(now)
    rows = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), organisation=before, ended_at=None)
    seats = list(rows.select_for_update(of=("self",)).order_by("pk"))
    passed = sum(_pass_seat(seat, after, today) for seat in seats)
    _end_seats(seats, succession.filing, by=by, now=now)
    waiting = Invitation.objects.filter(organisation=before, accepted_at=None, expires_at__gt=now)
    waiting.update(organisation=after)
    _pass_affiliations(succession, today)
    told: dict[str, Any] = {**succession.told, "seats": passed}
    for one in (before, after):
        record(Verb.SEATS_PASSED, one.credit_code, by=by, now=now, organisations=[before.pk, after.pk], **told)


def take_place(filing: Filing, *, by: Seat, now: datetime) -> None:
    """One organisation ends and another stands in its place. Conflict where either has ended meanwhile."""
    before, after = _held(*(one.pk for one in filing.both))
    before.ended_on, before.succeeded_by = filing.day, after
    before.save(update_fields=["ended_on", "succeeded_by"])
    after.predecessors = [*after.predecessors, *before.lineage()]
    after.save(update_fields=["predecessors"])
    filing.organisation, filing.other = before, after
    _tell(Verb.ORGANISATION_SUCCEEDED, filing, by, now, before=before.name, after=after.name)
    search.index(map(searching.of_organisation, (before, after)))


def split(filing: Filing, *, by: Seat, now: datetime) -> None:
    """One organisation came out of another, which goes on: what passes between them people decide."""
    filing.organisation, filing.other = before, after = _held(*(one.pk for one in filing.both))
    names = {"before": before.name, "after": after.name}
    _tell(Verb.ORGANISATION_SPLIT, filing, by, now, **names)


def liquidate(filing: Filing, *, by: Seat, now: datetime) -> None:
    """From now on the administrator alone acts for the organisation."""
    (organisation,) = _held(filing.organisation_id)
    administrator = Seat.objects.current(legal_date(now)).filter(pk=filing.administrator_id).first()
    if administrator is None:
        raise Conflict(_("The seat of the administrator has ended."), code="no_seat")
    organisation.administrator = administrator
    organisation.save(update_fields=["administrator"])
    filing.organisation = organisation
    others = Seat.objects.current(legal_date(now)).filter(organisation=organisation).exclude(pk=administrator.pk)
    _end_seats(list(others), filing, by=by, now=now)
    _tell(Verb.ORGANISATION_IN_LIQUIDATION, filing, by, now, administrator=administrator.person.name)


def close(filing: Filing, *, by: Seat, now: datetime) -> None:
    """An organisation ends, and nobody acts for it any more."""
    (organisation,) = _held(filing.organisation_id)
    organisation.ended_on = filing.day
    organisation.save(update_fields=["ended_on"])
    filing.organisation = organisation
    _end_seats(list(Seat.objects.filter(organisation=organisation, ended_at=None)), filing, by=by, now=now)
    _tell(Verb.ORGANISATION_CLOSED, filing, by, now)


def _require_life(*organisations: Organisation) -> None:
    if any(one.kind == OrganisationKind.AGENCY for one in organisations):
        raise Refused(
            _("A procurement agency is not succeeded here: its tenders hang on its people and keys."), code="wrong_kind"
        )
    ended = next((one for one in organisations if one.ended_on), None)
    if ended is not None:
        raise Refused(_("%(name)s has ended.") % {"name": ended.name}, code="ended")


def _held(*keys: int) -> list[Organisation]:
    """Organisations as they are now, held until commit in key order; Conflict where one has ended.

    Held so that whoever begins something for them waits (``require_standing``), and rows that point at them do not.
    """
    rows = Organisation.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    found = {one.pk: one for one in rows.select_related("region")}
    ended = next((one for one in found.values() if one.ended_on), None)
    if ended is not None:
        raise Conflict(_("%(name)s has ended.") % {"name": ended.name}, code="ended")
    return [found[key] for key in keys]


def _pass_seat(seat: Seat, after: Organisation, today: date) -> bool:
    """Give a person what it may do in the successor too; not where one person must not hold all that together."""
    there = Seat.objects.filter(person=seat.person_id, organisation=after, ended_at=None).first()
    roles = sorted({*seat.roles, *(there.roles if there else ())})
    if exclusive_pair(permissions_of(roles), EXCLUSIVE_IN_ONE_SEAT):
        return False
    if there is None:
        Seat.objects.create(
            person_id=seat.person_id,
            organisation=after,
            roles=roles,
            starts_on=max(today, seat.starts_on),
            ends_on=seat.ends_on,
        )
    else:
        Seat.objects.filter(pk=there.pk).update(roles=roles)
    return True


def _end_seats(seats: list[Seat], filing: Filing, *, by: Seat, now: datetime) -> None:
    for seat in seats:
        stays = [role for role in seat.roles if not ROLES[role].permissions.isdisjoint(_STAYS)]
        if stays:
            Seat.objects.filter(pk=seat.pk).update(roles=stays)
        else:
            facts = {"ended_at": now, "ended_by": by, "end_reason": filing.reference}
            Seat.objects.filter(pk=seat.pk, ended_at=None).update(**facts)


def _pass_affiliations(succession: Succession, today: date) -> None:
    """Whoever belonged together with the one who is succeeded does so with the successor from today on."""
    before, after = succession.before, succession.after
    rows = Affiliation.objects.on(today).filter(Q(organisation=before) | Q(other=before))
    for row in rows.select_for_update(of=("self",)):
        ends = [after if one == before.pk else one for one in (row.organisation_id, row.other_id)]
        Affiliation.objects.filter(pk=row.pk).update(
            valid_to=max(row.valid_from, succession.parted(today)), ending=succession.filing
        )
        first, second = (one.pk if isinstance(one, Organisation) else one for one in ends)
        if row.kind == Affiliation.Kind.CONTROL:
            first, second = sorted((first, second))
        new = Affiliation(kind=row.kind, organisation_id=first, other_id=second, share=row.share, valid_from=today)
        known = Affiliation.objects.on(today).filter(kind=row.kind, organisation=first, other=second)
        if first != second and not known.exists():
            new.filing = succession.filing
            new.save(force_insert=True)


def _tell(verb: Verb, filing: Filing, by: Seat, now: datetime, **data: str) -> None:
    """To everybody, on the page of each organisation."""
    told: dict[str, Any] = {"filing": filing.reference, "day": filing.day.isoformat(), **data}
    for one in filter(None, (filing.organisation, filing.other)):
        record(verb, one.credit_code, by=by, now=now, audience=Event.Audience.PUBLIC, **told)
