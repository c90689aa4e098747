"""What this room shows on pages of the whole."""

from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Filing, Invitation, Organisation, Seat, Verb
from accounts.permissions import Permission
from core.clock import legal_date
from core.shell import Ahead, Figure, NavEntry, Related, Todo
from core.templatetags.ui import quantity

VERBS = Verb


def nav(seat: Seat) -> list[NavEntry]:
    entries = []
    if seat.may(Permission.MANAGE_ORGANISATIONS):
        waiting = Filing.objects.waiting_for(seat).count()
        entries.append(NavEntry(_("Organisations"), reverse("accounts:organisations"), "building", waiting))
    if seat.may(Permission.MANAGE_SEATS):
        entries.append(NavEntry(_("People"), reverse("accounts:people"), "users"))
    return entries


def todos(seat: Seat, now: datetime) -> list[Todo]:
    """What another registrar has filed."""
    waiting = Filing.objects.waiting_for(seat).defer("document").select_related("organisation").order_by("pk")
    return [
        Todo(
            what=_("Confirm what was filed: %(what)s") % {"what": filing.get_kind_display()},
            where=f"{filing.reference} · {filing.organisation.name}",
            url=filing.get_absolute_url(),
            action=_("Check it"),
            since=filing.proposed_at,
        )
        for filing in waiting
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
    people = Seat.objects.current(legal_date(now)).filter(organisation=seat.organisation_id).count()
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


def related(reference: str, seat: Seat) -> list[Related]:
    return []
