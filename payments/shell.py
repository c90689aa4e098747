"""What this room shows on pages of the whole: its part of the navigation, what is to be paid, related payments."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Seat
from accounts.permissions import Permission
from contracts.models import Payable
from contracts.querysets import DUE_SOON
from contracts.rules import Clock, clock_of
from core.clock import end_of, legal_date
from core.shell import NavEntry, Related, Todo
from core.templatetags.ui import money
from payments.ahead import ahead
from payments.figures import figures
from payments.models import Payment, Verb

VERBS = Verb
__all__ = ["VERBS", "ahead", "figures", "nav", "related", "todos"]

MOST_RELATED = 50
PAY_WORDS = {
    Clock.OVERDUE: gettext_lazy("Pay what is overdue: %(amount)s"),
    Clock.DUE_TODAY: gettext_lazy("Pay what is due today: %(amount)s"),
    Clock.DUE_SOON: gettext_lazy("Due within 7 days: %(amount)s"),
}


def nav(seat: Seat) -> list[NavEntry]:
    if not seat.may(Permission.READ_PAYABLES):
        return []
    return [NavEntry(_("Payables"), reverse("payments:payables"), "yuan", also=reverse("payments:payments"))]


def todos(seat: Seat, now: datetime) -> list[Todo]:
    return list(_to_pay(seat, legal_date(now))) if seat.may(Permission.PAY) else []


def related(reference: str, seat: Seat) -> list[Related]:
    """The payments that settled what an order owed."""
    if not (reference.startswith("O-") and seat.may(Permission.READ_PAYABLES)):
        return []
    paid = Payment.objects.visible_to(seat).of_order(reference)
    return [Related(_("Payment"), row.reference, row.get_absolute_url()) for row in paid[:MOST_RELATED]]


def _to_pay(seat: Seat, today: date) -> Iterable[Todo]:
    owed = Payable.objects.filter(payer=seat.organisation_id, due_on__lte=today + DUE_SOON).unpaid()
    by_day = (
        owed.order_by("due_on")
        .values("due_on")
        .annotate(total=Sum(F("amount") - F("reversed") - F("paid")), count=Count("pk"))
    )
    groups: dict[Clock, list[dict[str, Any]]] = {}
    for day in by_day:
        groups.setdefault(clock_of(day["due_on"], day["total"], today), []).append(day)
    for clock, days in groups.items():
        count = sum(day["count"] for day in days)
        yield Todo(
            what=str(PAY_WORDS[clock]) % {"amount": money(sum(day["total"] for day in days))},
            where=ngettext("%(n)s payable", "%(n)s payables", count) % {"n": count},
            url=f"{reverse('payments:payables')}?clock={clock}",
            action=_("Pay"),
            until_at=end_of(days[0]["due_on"]),
            count=count,
        )
