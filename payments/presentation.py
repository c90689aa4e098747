"""How money looks: what is owed, since when, until when, and what was paid."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Organisation, Seat
from accounts.permissions import Permission
from contracts.models import Payable
from contracts.querysets import DELIVERING_KINDS, PayableQuerySet
from contracts.rules import Clock, clock_of
from core.templatetags.ui import DASH, money, quantity
from payments.actions import account_on
from payments.choosing import Owed
from payments.forms import PaymentForm, PaymentsForm
from payments.models import Payment
from payments.rules import AGE_BANDS, ageing

CLOCKS: dict[Clock, tuple[str | Promise, str]] = {
    Clock.OVERDUE: (gettext_lazy("overdue"), "bad"),
    Clock.DUE_TODAY: (gettext_lazy("due today"), "warn"),
    Clock.DUE_SOON: (gettext_lazy("due within 7 days"), "warn"),
    Clock.NOT_YET: (gettext_lazy("not yet due"), ""),
    Clock.PAID: (gettext_lazy("paid"), "good"),
    Clock.REVERSED: (gettext_lazy("reversed"), ""),
}
BANDS = (
    (gettext_lazy("More than 7 days left"), "quiet"),
    (gettext_lazy("Due within 7 days"), "warn"),
    (gettext_lazy("1 to 30 days overdue"), "bad"),
    (gettext_lazy("31 to 60 days overdue"), "bad"),
    (gettext_lazy("61 to 90 days overdue"), "bad"),
    (gettext_lazy("More than 90 days overdue"), "bad"),
)


# The views of the payables: what is to be paid comes first.
VIEWS = {"": gettext_lazy("To be paid"), "paid": gettext_lazy("Paid"), "all": gettext_lazy("All")}


def tabs(chosen: str) -> list[dict[str, Any]]:
    address = reverse("payments:payables")
    current = chosen if chosen in VIEWS else ""
    return [
        {
            "label": words,
            "url": f"{address}?show={view}" if view else address,
            "current": view == current,
            "count": None,
        }
        for view, words in VIEWS.items()
    ]


def shown(payables: PayableQuerySet, chosen: str) -> PayableQuerySet:
    match chosen:
        case "paid":
            return payables.settled()
        case "all":
            return payables
    return payables.unpaid()


def tick_of(seat: Seat) -> Callable[[Payable], str] | str:
    """What a ticked row sends: only what the seat's own organisation owes, and nothing twice."""
    if not seat.may(Permission.PAY):
        return ""
    return lambda owed: "" if owed.is_settled or owed.payer_id != seat.organisation_id else owed.reference


def row_tone(payable: Payable, today: date) -> str:
    """The edge of a row: only what is near or past its day is marked."""
    tone = CLOCKS[payable.clock(today)][1]
    return tone if tone in ("warn", "bad") else ""


def page(open_by_due_date: Mapping[date, Decimal], seat: Seat, today: date) -> dict[str, Any]:
    return {
        "figures": figures(open_by_due_date, today),
        "bars": bars(open_by_due_date, today) if open_by_due_date else [],
        "total": sum(open_by_due_date.values(), Decimal("0.00")),
        "may_pay": seat.may(Permission.PAY),
        "owed_to_us": seat.organisation.kind in DELIVERING_KINDS,
    }


def figures(open_by_due_date: Mapping[date, Decimal], today: date) -> list[dict[str, Any]]:
    """Overdue, due today, due within seven days, not yet due; each leads to its rows."""
    sums = dict.fromkeys((Clock.OVERDUE, Clock.DUE_TODAY, Clock.DUE_SOON, Clock.NOT_YET), Decimal("0.00"))
    for due_on, amount in open_by_due_date.items():
        sums[clock_of(due_on, amount, today)] += amount
    address = reverse("payments:payables")
    return [
        {
            "label": str(CLOCKS[clock][0]).capitalize(),
            "value": money(amount),
            "url": f"{address}?clock={clock}",
            "tone": CLOCKS[clock][1] if amount else "",
        }
        for clock, amount in sums.items()
    ]


def bars(open_by_due_date: Mapping[date, Decimal], today: date) -> list[dict[str, Any]]:
    """What is open by days overdue; the longest bar is the largest amount."""
    sums = ageing(open_by_due_date, today)
    most = max(sums.values())
    return [
        {
            "label": words,
            "value": money(sums[band]),
            "position": int(sums[band] * 1000 / most) if most else 0,
            "tone": tone,
        }
        for band, (words, tone) in zip(AGE_BANDS, BANDS, strict=True)
    ]


def facts(payment: Payment, seat: Seat) -> list[dict[str, Any]]:
    late = [{"label": _("Recorded late because"), "value": payment.reason}] if payment.reason else []
    return [
        {"label": _("Payee"), "value": payment.payee.name},
        {"label": _("Payer"), "value": payment.payer.name},
        {"label": _("Amount"), "value": money(payment.amount)},
        {"label": _("Paid on"), "value": payment.paid_on.isoformat()},
        {"label": _("Account"), "value": payment.account.number_for(seat), "note": payment.account.bank},
        {"label": _("Bank reference"), "value": payment.bank_reference},
        {"label": _("Recorded by"), "value": payment.paid_by.person.name},
        *late,
    ]


def totals(payables: PayableQuerySet) -> dict[str, Any]:
    """The last line of the list, over all of its pages."""
    sums = payables.aggregate(sum_owed=Sum("owed"), sum_paid=Sum("paid"), sum_open=Sum("open"))
    return {"amount": sums["sum_owed"], "paid": sums["sum_paid"], "open": sums["sum_open"]}


def matching(payables: PayableQuerySet, seat: Seat) -> dict[str, Any]:
    """What of the list the seat's organisation has to pay, to be chosen as a whole."""
    own = payables.filter(payer=seat.organisation_id).unpaid()
    return own.aggregate(count=Count("pk"), total=Sum("open"))


def chosen(owed: Sequence[Owed]) -> dict[str, Any]:
    """What was chosen to be paid, over all payees."""
    return {"count": sum(len(one.rows) for one in owed), "total": sum((one.total for one in owed), Decimal("0.00"))}


def transfers(form: PaymentsForm) -> dict[str, Any]:
    """What recording the transfers in a valid form will do, one summary of all."""
    taken = [row.thing for row in form.taken]
    payables, total = sum(len(one.rows) for one in taken), sum((one.total for one in taken), Decimal("0.00"))
    told = [
        ngettext("%(n)s transfer is recorded for %(day)s.", "%(n)s transfers are recorded for %(day)s.", len(taken))
        % {"n": len(taken), "day": form.cleaned_data["paid_on"]},
        ngettext("%(n)s payable is settled.", "%(n)s payables are settled.", payables) % {"n": quantity(payables)},
    ]
    if left := len(form.rows) - len(taken):
        told.append(
            ngettext(
                "%(n)s payee without a bank reference is left out.",
                "%(n)s payees without a bank reference are left out.",
                left,
            )
            % {"n": left}
        )
    told.append(_("The payees see it at once. It cannot be changed or deleted."))
    return {"effects": told, "total": total}


def effects(form: PaymentForm, payee: Organisation, now: datetime) -> dict[str, Any]:
    """What recording the payment in a valid form will do."""
    rows = form.payment_rows
    account = account_on(payee, form.cleaned_data["paid_on"], now)
    whole = sum(row.cleaned_data["amount"] == row.thing.open_amount for row in form.taken)
    total = sum((row.amount for row in rows), Decimal("0.00"))
    told = [
        _("A transfer of %(amount)s to %(payee)s, account %(account)s, is recorded for %(day)s.")
        % {
            "amount": money(total),
            "payee": payee.name,
            "account": account.number if account else DASH,
            "day": form.cleaned_data["paid_on"],
        },
        ngettext("%(n)s payable is settled.", "%(n)s payables are settled.", whole) % {"n": whole},
    ]
    if len(rows) > whole:
        part = len(rows) - whole
        told.append(ngettext("%(n)s payable is paid in part.", "%(n)s payables are paid in part.", part) % {"n": part})
    told.append(_("The payee sees it at once. It cannot be changed or deleted."))
    return {"effects": told, "total": total}
