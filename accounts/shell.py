"""What this room shows on pages of the whole."""

from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import BankAccount, Filing, Invitation, Organisation, Seat, System, Verb
from accounts.permissions import Permission
from core.clock import legal_date
from core.shell import Ahead, Figure, NavEntry, Passing, Related, Todo
from core.templatetags.ui import quantity

VERBS = Verb


def nav(seat: Seat) -> list[NavEntry]:
    entries = []
    if seat.may(Permission.MANAGE_ORGANISATIONS):
        waiting = Filing.objects.waiting_for(seat).count()
        entries.append(NavEntry(_("Organisations"), reverse("accounts:organisations"), "building", waiting))
    if seat.may(Permission.MANAGE_SEATS):
        entries.append(NavEntry(_("People"), reverse("accounts:people"), "users"))
    if seat.may(Permission.SET_BANK_ACCOUNT):
        entries.append(NavEntry(_("Bank accounts"), reverse("accounts:bank-accounts"), "money"))
    return entries


def todos(seat: Seat, now: datetime) -> list[Todo]:
    """What another registrar has filed, and a bank account or a system that somebody else proposed."""
    found = [
        Todo(
            what=_("Confirm what was filed: %(what)s") % {"what": filing.get_kind_display()},
            where=f"{filing.reference} · {filing.organisation.name}",
            url=filing.get_absolute_url(),
            action=_("Check it"),
            since=filing.proposed_at,
        )
        for filing in Filing.objects.waiting_for(seat).defer("document").select_related("organisation").order_by("pk")
    ]
    return [*found, *_to_confirm(seat, now), *_systems(seat)]


def _systems(seat: Seat) -> list[Todo]:
    return [
        Todo(
            what=_("Confirm the system, or decline it"),
            where=f"{system.reference} · {system}",
            url=system.get_absolute_url(),
            action=_("Look at it"),
            since=system.proposed_at,
        )
        for system in System.objects.to_confirm(seat)
    ]


def _to_confirm(seat: Seat, now: datetime) -> list[Todo]:
    if not seat.may(Permission.SET_BANK_ACCOUNT):
        return []
    return [
        Todo(
            what=_("Confirm the bank account, or withdraw it"),
            where=f"{account.reference} · {account}",
            url=account.get_absolute_url(),
            action=_("Look at it"),
            until_at=account.lapses_at,
            since=account.proposed_at,
        )
        for account in BankAccount.objects.to_confirm(seat, now)
    ]


def figures(seat: Seat, now: datetime) -> list[Figure]:
    """Who takes part, for the registrar; who sits here, for the administrator of an organisation."""
    found: list[Figure] = []
    if seat.may(Permission.MANAGE_ORGANISATIONS):
        found += _organisations(legal_date(now))
    if seat.may(Permission.MANAGE_SEATS):
        found += _people(seat, now)
    return found


def _organisations(today: date) -> list[Figure]:
    kinds = dict(Organisation.objects.order_by().values_list("kind").annotate(Count("pk")))
    seats = Seat.objects.current(today).filter(organisation=OuterRef("pk"))
    empty = Organisation.objects.filter(~Exists(seats)).count()
    url = reverse("accounts:organisations")
    return [
        Figure(
            _("Organisations"),
            quantity(sum(kinds.values())),
            parts=tuple(f"{kind.label}: {quantity(kinds[kind])}" for kind in Organisation.Kind if kind in kinds),
            url=url,
        ),
        Figure(
            _("Organisations without a person"),
            quantity(empty),
            normal=_("nobody can act for them") if empty else "",
            tone="warn" if empty else "",
            url=url,
        ),
    ]


def _people(seat: Seat, now: datetime) -> list[Figure]:
    """People and invitations of the seat's own organisation."""
    own = Seat.objects.current(legal_date(now)).filter(organisation=seat.organisation_id)
    people = own.exclude(person__email=None).count()
    waiting = Invitation.objects.filter(organisation=seat.organisation_id, accepted_at=None)
    invited = waiting.aggregate(open=Count("pk", Q(expires_at__gt=now)), over=Count("pk", Q(expires_at__lte=now)))
    url = reverse("accounts:people")
    return [
        Figure(_("People with a seat"), quantity(people), url=url),
        Figure(
            _("Invitations not taken up"),
            quantity(invited["open"]),
            normal=_("expired: %(n)s") % {"n": quantity(invited["over"])} if invited["over"] else "",
            url=url,
        ),
    ]


def ahead(seat: Seat, now: datetime) -> list[Ahead]:
    """Nothing here has a date that waits for anybody."""
    return []


def succession(organisation: Organisation, now: datetime) -> list[Passing]:
    """Its people, and invitations that are not taken up."""
    seats = Seat.objects.current(legal_date(now)).filter(organisation=organisation)
    waiting = Invitation.objects.filter(organisation=organisation, accepted_at=None, expires_at__gt=now)
    return [
        Passing(
            _("people with a seat"),
            seats.count(),
            note=_("who bids, opens or evaluates keeps that seat for what is sealed already"),
            held=False,
        ),
        Passing(_("invitations not taken up"), waiting.count(), held=False),
    ]


def related(reference: str, seat: Seat) -> list[Related]:
    return []
