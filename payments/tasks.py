"""Notices about what is owed and paid. They tell; what is due or overdue follows from dates."""

from datetime import date, datetime
from functools import cache
from typing import Any

from celery import shared_task
from django.db.models import Count, F, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.actions import notify
from accounts.models import Seat
from accounts.permissions import Permission
from contracts.models import Payable
from contracts.querysets import DUE_SOON
from contracts.rules import Clock, clock_of
from core.clock import legal_date
from payments.models import Payment

PAYABLE_NEWS = {
    Clock.DUE_SOON: gettext_noop("%(amount)s to %(payees)s payee(s) is due on %(due_on)s"),
    Clock.DUE_TODAY: gettext_noop("%(amount)s to %(payees)s payee(s) is due today, %(due_on)s"),
    Clock.OVERDUE: gettext_noop("%(amount)s to %(payees)s payee(s) was due on %(due_on)s and is overdue"),
}


@shared_task
def tell_of_payment(payment_id: int) -> None:
    """Tell the payee that money was sent."""
    payment = Payment.objects.get(pk=payment_id)
    now = timezone.now()
    notify(
        seats=Seat.objects.that_may(Permission.READ_PAYABLES, [payment.payee_id], legal_date(now)),
        subject=payment.reference,
        text=gettext_noop("%(amount)s was transferred to you with reference %(bank_reference)s"),
        data={"amount": f"{payment.amount:,}", "bank_reference": payment.bank_reference},
        path=reverse("payments:payment", args=[payment.reference]),
        about=f"payment.recorded:{payment.reference}",
        now=now,
    )


@shared_task
def remind_payables() -> int:
    """Remind every payer, once a due date and state: due within seven days, due today, overdue.

    Returns how many messages are new. A day on which nobody ran this is caught up by the next one.
    """
    now = timezone.now()
    today = legal_date(now)
    due = (
        Payable.objects.unpaid()
        .filter(due_on__lte=today + DUE_SOON)
        .order_by("payer", "due_on")
        .values("payer", "due_on")
        .annotate(total=Sum(F("amount") - F("reversed") - F("paid")), payees=Count("payee", distinct=True))
    )
    payers = cache(lambda payer: Seat.objects.that_may(Permission.PAY, [payer], today))
    return sum(_remind(group, payers(group["payer"]), today, now) for group in due)


def _remind(group: dict[str, Any], seats: list[Seat], today: date, now: datetime) -> int:
    clock = clock_of(group["due_on"], group["total"], today)
    return notify(
        seats=seats,
        subject=group["due_on"].isoformat(),
        text=PAYABLE_NEWS[clock],
        data={
            "amount": f"{group['total']:,}",
            "payees": str(group["payees"]),
            "due_on": group["due_on"].isoformat(),
        },
        path=f"{reverse('payments:payables')}?clock={clock}",
        about=f"payables.{clock}:{group['due_on']}",
        now=now,
    )
