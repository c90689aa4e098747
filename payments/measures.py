"""What is counted of paying for the public: what a ministry could decide differently stands here and in no page."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, Q, QuerySet, Sum

from contracts.rules import PAYMENT_LIMIT

OWED = F("amount") - F("reversed")
LIMIT_DAY = ExpressionWrapper(F("owed_from") + PAYMENT_LIMIT, output_field=DateField())
AGREED_DAY = F("due_on")
LATELY = timedelta(days=30)
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Paid:
    """Amounts whose day is over or that were settled before, and what of them was settled by that day."""

    whole: Decimal
    in_time: Decimal


def paid_within_limit(payables: QuerySet, today: date) -> Paid:
    """Paid within 30 calendar days from the first day, for every debt alike, whatever its contract agreed.

    By amount. What is unpaid after its day counts as late, so that not paying at all never makes a share better.
    """
    return _paid(payables.annotate(day=LIMIT_DAY), today)


def paid_by_agreed_day(payables: QuerySet, today: date) -> Paid:
    """Paid by the day on which each debt was due under its own contract; counted as above."""
    return _paid(payables.annotate(day=AGREED_DAY), today)


def paid_within_limit_lately(payables: QuerySet, today: date) -> Paid:
    """The same of the debts whose 30 days ended in the last 30 days."""
    return _paid(payables.annotate(day=LIMIT_DAY).filter(day__gt=today - LATELY, day__lte=today), today)


def _paid(payables: Any, today: date) -> Paid:
    known = payables.exclude(amount=F("reversed")).filter(Q(settled_on__isnull=False) | Q(day__lt=today))
    sums = known.aggregate(whole=Sum(OWED), in_time=Sum(OWED, filter=Q(settled_on__lte=F("day"))))
    return Paid(sums["whole"] or NOTHING, sums["in_time"] or NOTHING)
