"""Everything that changes organisations, seats, tokens and sent."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import searching
from accounts.actions.standing import require_standing
from accounts.models import (
    InboxMessage,
    Invitation,
    Organisation,
    OrganisationVersion,
    Person,
    Region,
    Seat,
    SeatToken,
    Verb,
)
from accounts.permissions import EXCLUSIVE_IN_ONE_SEAT, ROLES, Permission, exclusive_pair, permissions_of
from accounts.rules import clean_uscc
from core import search
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.events import record
from core.outbox import queue_each

INVITATION_LASTS = timedelta(days=7)
MOST_TOKENS = 2  # of a program


@action
def register_organisation(
    *,
    kind: str,
    name: str,
    credit_code: str,
    region: Region,
    by: Seat | None,
    now: datetime,
) -> Organisation:
    """Register an organisation under its unified social credit code. ``by`` is None at installation only."""
    permit(by, Permission.MANAGE_ORGANISATIONS)
    try:
        code = clean_uscc(credit_code)
    except ValueError as error:
        raise Refused(
            _("Check the unified social credit code: %(why)s.") % {"why": error}, field="credit_code", code="invalid"
        ) from None
    organisation = Organisation(
        kind=kind,
        name=name.strip(),
        credit_code=code,
        region=region,
        registered_at=now,
        registered_by=by,
    )
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
    except IntegrityError:
        raise Conflict(
            _("An organisation with this unified social credit code is registered already."), code="registered"
        ) from None
    OrganisationVersion.objects.create(organisation=organisation, name=organisation.name, valid_from=legal_date(now))
    record(Verb.ORGANISATION_REGISTERED, organisation.credit_code, by=by, now=now, name=organisation.name)
    search.index([searching.of_organisation(organisation)])
    return organisation


@action
def give_seat(
    *,
    person: Person,
    organisation: Organisation,
    roles: Sequence[str],
    starts_on: date,
    by: Seat | None,
    now: datetime,
) -> Seat:
    """Give a person a seat. Refused for roles that the organisation's kind does not have or that exclude each other."""
    permit_within(by, organisation)
    require_standing(organisation)
    _check_roles(roles, organisation)
    seat = Seat(person=person, organisation=organisation, roles=sorted(set(roles)), starts_on=starts_on)
    try:
        with transaction.atomic():
            seat.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("This person already has a seat in the organisation."), code="registered") from None
    record(
        Verb.SEAT_GIVEN,
        organisation.credit_code,
        by=by,
        now=now,
        organisations=[organisation.pk],
        person=person.name,
        roles=seat.roles,
    )
    return seat


@action
def end_seat(*, seat: Seat, reason: str, by: Seat, now: datetime) -> None:
    """End a leaver's seat at once: its sessions and tokens stop working with it."""
    permit_within(by, seat.organisation)
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    ended = Seat.objects.filter(pk=seat.pk, ended_at=None).update(ended_at=now, ended_by=by, end_reason=reason)
    if ended != 1:
        raise Conflict(_("This seat has ended already."), code="already_done")
    seat.refresh_from_db()
    record(
        Verb.SEAT_ENDED,
        seat.organisation.credit_code,
        by=by,
        now=now,
        organisations=[seat.organisation_id],
        person=seat.person.name,
        reason=reason,
    )


@action
def invite(
    *, email: str, name: str, organisation: Organisation, roles: Sequence[str], by: Seat | None, now: datetime
) -> tuple[Invitation, str]:
    """Offer somebody a seat. Returns the invitation and the secret of its link, which is kept nowhere."""
    permit_within(by, organisation)
    require_standing(organisation)
    _check_roles(roles, organisation)
    secret = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        name=name.strip(),
        organisation=organisation,
        roles=sorted(set(roles)),
        secret_hash=digest_of(secret),
        expires_at=now + INVITATION_LASTS,
        invited_at=now,
        invited_by=by,
    )
    record(
        Verb.PERSON_INVITED,
        organisation.credit_code,
        by=by,
        now=now,
        organisations=[organisation.pk],
        email=invitation.email,
        roles=invitation.roles,
    )
    return invitation, secret


def invited_person(secret: str) -> Person | None:
    """Who has an account already, of those who were invited with this secret."""
    invited = Invitation.objects.filter(secret_hash=digest_of(secret)).values("email")
    return Person.objects.filter(email__in=invited).first()


@action
def accept_invitation(*, secret: str, password: str, now: datetime) -> Seat:
    """Take up an invitation once: makes the person where the e-mail address is new, and the seat.

    A person who exists already keeps the password; ``password`` must then be theirs.
    """
    invitation = Invitation.objects.select_for_update().filter(secret_hash=digest_of(secret)).first()
    if invitation is None or invitation.accepted_at or invitation.expires_at <= now:
        raise Refused(_("This invitation was used or has expired. Ask for a new one."), code="invitation")
    person = Person.objects.filter(email=invitation.email).first()
    if person is None:
        person = Person.objects.create_user(invitation.email, invitation.name, password)
    elif not person.check_password(password):
        raise Refused(_("You have an account already: enter its password."), field="password", code="password")
    seat = give_seat(
        person=person,
        organisation=invitation.organisation,
        roles=invitation.roles,
        starts_on=legal_date(now),
        by=None,
        now=now,
    )
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=now, accepted_by=seat)
    record(Verb.INVITATION_ACCEPTED, invitation.organisation.credit_code, by=seat, now=now)
    return seat


@action
def make_token(*, label: str, by: Seat, now: datetime, seat: Seat | None = None) -> tuple[SeatToken, str]:
    """Make an access token for the acting seat, or for that of a program of its organisation. Returns it and its
    secret, which is kept nowhere. A program has two at most, so that one can take the place of the other."""
    if seat is not None:
        permit_within(by, seat.organisation)
        if seat.person.email is not None:
            raise Refused(_("A person makes its own tokens."), code="for_people")
        Seat.objects.select_for_update().get(pk=seat.pk)
        if seat.ended_at or seat.tokens.filter(revoked_at=None).count() >= MOST_TOKENS:
            message = _("A system in force has %(most)s tokens at most: revoke one first.")
            raise Refused(message % {"most": MOST_TOKENS}, code="two_tokens")
    secret = secrets.token_urlsafe(32)
    token = SeatToken.objects.create(
        seat=seat or by, label=label.strip(), secret_hash=digest_of(secret), made_at=now, made_by=by
    )
    record(Verb.TOKEN_MADE, by.organisation.credit_code, by=by, now=now, label=token.label)
    return token, secret


@action
def revoke_token(*, token: SeatToken, by: Seat, now: datetime) -> None:
    """Make a token useless. Its seat may do so, and whoever manages the seats of its organisation."""
    if token.seat_id != by.pk:
        permit_within(by, token.seat.organisation)
    if SeatToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now, revoked_by=by) != 1:
        raise Conflict(_("This token was revoked already."), code="already_done")
    record(Verb.TOKEN_REVOKED, by.organisation.credit_code, by=by, now=now, label=token.label)


@action
def notify(
    *,
    seats: Sequence[Seat],
    subject: str,
    text: str,
    path: str,
    about: str,
    now: datetime,
    data: dict[str, str] | None = None,
) -> int:
    """Put a message into inboxes, once a seat for each ``about``. Mail follows through the outbox.

    Returns how many messages are new.
    """
    known = set(InboxMessage.objects.filter(seat__in=seats, about=about).values_list("seat_id", flat=True))
    sent = [
        InboxMessage(seat=seat, subject=subject, text=text, data=data or {}, path=path, about=about, sent_at=now)
        for seat in seats
        if seat.pk not in known
    ]
    InboxMessage.objects.bulk_create(sent, ignore_conflicts=True)
    new = InboxMessage.objects.filter(seat__in=[message.seat for message in sent], about=about)
    queue_each("accounts.tasks.mail_message", new.values_list("pk"), now=now)
    return len(sent)


@action
def mark_read(*, messages: Sequence[InboxMessage], by: Seat, now: datetime) -> None:
    """Mark messages of the acting seat as read."""
    InboxMessage.objects.visible_to(by).unread().filter(pk__in=[message.pk for message in messages]).update(read_at=now)


def digest_of(secret: str) -> str:
    """How secrets of links and tokens are stored. They are random and long, so one plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def permit(by: Seat | None, permission: Permission) -> None:
    """Raise Denied unless the seat may; the installation itself, which has none, may."""
    if by is not None and not by.may(permission):
        raise Denied(permission)


def permit_within(by: Seat | None, organisation: Organisation) -> None:
    """Seats are managed by the organisation's own administrator; the agency's registrar makes the first ones."""
    if by is None or by.may(Permission.MANAGE_ORGANISATIONS):
        return
    if not by.may(Permission.MANAGE_SEATS) or by.organisation_id != organisation.pk:
        raise Denied(Permission.MANAGE_SEATS)


def _check_roles(roles: Sequence[str], organisation: Organisation) -> None:
    unknown = [role for role in roles if role not in ROLES or organisation.kind not in ROLES[role].kinds]
    if unknown or not roles:
        raise Refused(
            _("Choose roles that exist in a %(kind)s.") % {"kind": organisation.get_kind_display()},
            field="roles",
            code="invalid_choice",
        )
    pair = exclusive_pair(permissions_of(list(roles)), EXCLUSIVE_IN_ONE_SEAT)
    if pair:
        first, second = sorted(str(permission.label) for permission in pair)
        raise Refused(
            _("One person must not “%(first)s” and “%(second)s”.") % {"first": first, "second": second},
            field="roles",
            code="roles_exclude",
        )
