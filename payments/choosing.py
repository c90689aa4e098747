"""What somebody chose to pay: payables that were ticked, or all that the filters of the list leave, by payee."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import BankAccount, Organisation
from contracts.querysets import PayableQuerySet
from core.clock import end_of, legal_date
from core.errors import Conflict, Refused
from payments.actions import PaymentRow

MOST_AT_ONCE = 10_000  # payables of one act


@dataclass(frozen=True)
class Owed:
    """What is chosen of one payee, to be paid whole, and where to."""

    payee: Organisation
    account: BankAccount | None
    rows: Sequence[PaymentRow]

    @property
    def total(self) -> Decimal:
        return sum((row.amount for row in self.rows), Decimal("0.00"))


def by_payee(payables: PayableQuerySet, day: date, now: datetime) -> list[Owed]:
    """What is chosen of each payee, by name, with the account of a day. Refused where it is more than one act takes."""
    rows: dict[int, list[PaymentRow]] = defaultdict(list)
    listed = payables.order_by("due_on", "pk").values_list("payee", "reference", "open")
    for payee, reference, amount in listed[: MOST_AT_ONCE + 1]:
        rows[payee].append(PaymentRow(reference, amount))
    if sum(map(len, rows.values())) > MOST_AT_ONCE:
        most = {"most": f"{MOST_AT_ONCE:,}"}
        message = _("More than %(most)s payables are chosen. Narrow the list with its filters.") % most
        raise Refused(message, code="out_of_range")
    accounts = BankAccount.objects.paid_at_each(rows, min(end_of(day), now))
    payees = Organisation.objects.filter(pk__in=rows).order_by("name", "pk")
    return [Owed(payee, accounts.get(payee.pk), rows[payee.pk]) for payee in payees]


def mark_of(owed: Sequence[Owed]) -> str:
    """What a page saw of what is chosen, so that nobody pays what has become more or less meanwhile."""
    return " ".join(f"{one.payee.credit_code}:{len(one.rows)}:{one.total}" for one in owed)


def require_unchanged(owed: Sequence[Owed], seen: str) -> None:
    if seen != mark_of(owed):
        raise Conflict(_("What is chosen has changed meanwhile. Look at the amounts again."), code="conflict")


def day_typed(text: str, now: datetime) -> date:
    """The day of the transfers as it was typed, or today while it is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return legal_date(now)
