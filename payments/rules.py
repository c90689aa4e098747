"""The arithmetic of what is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.calendar import days_left, month_before


def needs_reason(paid_on: date, today: date) -> bool:
    """Whether a payment lies so far back, more than a month, that recording it only now needs a reason."""
    return paid_on < month_before(today)


@dataclass(frozen=True)
class AgeBand:
    """Days overdue from ``first`` to ``last``, both included; a negative number is days left, None is open-ended."""

    first: int | None
    last: int | None


AGE_BANDS = (AgeBand(None, -8), AgeBand(-7, 0), AgeBand(1, 30), AgeBand(31, 60), AgeBand(61, 90), AgeBand(91, None))


def ageing(open_by_due_date: Mapping[date, Decimal], today: date) -> dict[AgeBand, Decimal]:
    """What is open by days overdue: not yet due, due within a week, 1 to 30 days late, to 60, to 90, and later."""
    sums = dict.fromkeys(AGE_BANDS, Decimal("0.00"))
    for due_on, amount in open_by_due_date.items():
        days = -days_left(due_on, today)
        sums[next(band for band in AGE_BANDS if band.last is None or days <= band.last)] += amount
    return sums
