"""How money stands for a seat: what is owed and paid, to or by its own organisation."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import F, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Seat
from accounts.permissions import OrganisationKind, Permission
from contracts.models import Contract, Payable
from contracts.querysets import DELIVERING_KINDS, DUE_SOON
from contracts.rules import Clock
from core.calendar import days_left
from core.clock import legal_date
from core.shell import Figure, per_cent, thousandths
from core.templatetags.ui import money, quantity
from payments.measures import paid_by_agreed_day, paid_within_limit, paid_within_limit_lately

FOUR_WEEKS = timedelta(days=27)  # today and the 27 days after it
NOTHING = Decimal("0.00")


def figures(seat: Seat, now: datetime) -> list[Figure]:
    """By what the seat does: pays, looks on, is paid, or runs tenders. Nothing is owed by or to the others."""
    today = legal_date(now)
    if seat.may(Permission.PAY):
        return [_paid_in_time(seat, today), *_to_pay(seat, today)]
    if not seat.may(Permission.READ_CONTRACTS) or seat.organisation.kind == OrganisationKind.HOSPITAL:
        return []
    if seat.reads_the_trail:
        return [_paid_in_time(seat, today), _overdue(_open_by_due_date(seat), today)]
    if seat.organisation.kind in DELIVERING_KINDS:
        return _owed_to(seat, today)
    return [_paid_in_time(seat, today)]


def _owed_to(seat: Seat, today: date) -> list[Figure]:
    """What a supplier waits for, once it has a contract; and a distributor, once something was owed to it."""
    if not seat.may(Permission.READ_PAYABLES):
        return []
    if seat.may(Permission.BID) and not Contract.objects.visible_to(seat).exists():
        return []
    if seat.organisation.kind == OrganisationKind.DISTRIBUTOR and not Payable.objects.of_own(seat).exists():
        return []
    open_amounts = _open_by_due_date(seat)
    return [_owed(open_amounts, today), _overdue(open_amounts, today)]


def _paid_in_time(seat: Seat, today: date) -> Figure:
    rows = Payable.objects.of_own(seat)
    paid, agreed = paid_within_limit(rows, today), paid_by_agreed_day(rows, today)
    lately = paid_within_limit_lately(rows, today)
    turn = lately.in_time * paid.whole - paid.in_time * lately.whole
    share = {"share": per_cent(lately.in_time, lately.whole)}
    return Figure(
        _("Paid within 30 days"),
        per_cent(paid.in_time, paid.whole),
        unit="%" if paid.whole else "",
        trend=_("last 30 days: %(share)s%%") % share if lately.whole else "",
        direction=("up" if turn > 0 else "down") if turn else "",
        tone="good" if turn >= 0 else "bad",
        parts=(_("by the agreed day: %(share)s%%") % {"share": per_cent(agreed.in_time, agreed.whole)},)
        if agreed.whole
        else (),
        normal=_("target: %(share)s%%") % {"share": 100} if paid.whole else _("nothing was due yet"),
        done=thousandths(paid.in_time, paid.whole) if paid.whole else None,
        url=reverse("payments:payables") if seat.may(Permission.READ_PAYABLES) else "",
    )


def _to_pay(seat: Seat, today: date) -> list[Figure]:
    """Due within seven days, overdue, and what the coming four weeks need."""
    open_amounts = _open_by_due_date(seat)
    starts = [today + timedelta(days=7 * n) for n in range(4)]
    weeks = [_sum_of(open_amounts, start, start + timedelta(days=6)) for start in starts]
    soon, address = today + DUE_SOON, reverse("payments:payables")
    return [
        Figure(
            _("Due within 7 days"),
            money(_sum_of(open_amounts, today, soon)),
            normal=_("today: %(amount)s") % {"amount": money(_sum_of(open_amounts, today, today))},
            url=f"{address}?due_from={today}&due_until={soon}",
        ),
        _overdue(open_amounts, today),
        Figure(
            _("Cash need in 4 weeks"),
            money(sum(weeks, NOTHING)),
            parts=tuple(
                _("week %(n)s: %(amount)s") % {"n": n, "amount": money(week)} for n, week in enumerate(weeks, 1)
            ),
            url=f"{address}?due_from={today}&due_until={today + FOUR_WEEKS}",
        ),
    ]


def _owed(open_amounts: Mapping[date, Decimal], today: date) -> Figure:
    coming = min((day for day in open_amounts if day >= today), default=None)
    next_words = {"amount": money(open_amounts[coming]), "day": coming} if coming else {}
    return Figure(
        _("Owed to you"),
        money(sum(open_amounts.values(), NOTHING)),
        normal=_("next: %(amount)s on %(day)s") % next_words if coming else "",
        url=reverse("payments:payables"),
    )


def _overdue(open_amounts: Mapping[date, Decimal], today: date) -> Figure:
    late = [day for day in open_amounts if day < today]
    days = days_left(today, min(late, default=today))
    longest = ngettext("longest: %(n)s day", "longest: %(n)s days", days) % {"n": quantity(days)}
    return Figure(
        _("Overdue"),
        money(sum((open_amounts[day] for day in late), NOTHING)),
        trend=longest if late else "",
        tone="bad" if late else "",
        normal=_("target: %(amount)s") % {"amount": money(NOTHING)},
        url=f"{reverse('payments:payables')}?clock={Clock.OVERDUE}",
    )


def _open_by_due_date(seat: Seat) -> dict[date, Decimal]:
    rows = Payable.objects.of_own(seat).unpaid().order_by().values_list("due_on")
    return dict(rows.annotate(open=Sum(F("amount") - F("reversed") - F("paid"))))


def _sum_of(amounts: Mapping[date, Decimal], first: date, last: date) -> Decimal:
    return sum((amount for day, amount in amounts.items() if first <= day <= last), NOTHING)
