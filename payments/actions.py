"""What the payer transferred to a payee, and which payables it settled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import BankAccount, Organisation, Seat
from accounts.permissions import Permission
from contracts.actions import settle_debts
from core import search
from core.actions import action
from core.clock import end_of, legal_date
from core.errors import Conflict, Fault, Refused
from core.events import record
from core.folding import fold
from core.money import quantize_amount
from core.outbox import queue
from core.references import next_reference
from payments import searching
from payments.models import BANK_REFERENCE_LENGTH, Payment, PaymentLine, Verb
from payments.rules import needs_reason


@dataclass(frozen=True)
class PaymentRow:
    """How much of a payment goes to which payable, by its reference."""

    payable: str
    amount: Decimal


@dataclass(frozen=True)
class Transfer:
    """One transfer of several: to whom, the bank's reference, and which payables it settles."""

    payee: Organisation
    bank_reference: str
    rows: Sequence[PaymentRow]


@action
def record_payments(
    *, transfers: Sequence[Transfer], paid_on: date, reason: str = "", by: Seat, now: datetime
) -> list[Payment]:
    """Record the transfers of a day, each to one payee: all of them or, where one is refused, none.

    A fault names its transfer by its place.
    """
    payments = []
    for place, transfer in sorted(enumerate(transfers, start=1), key=lambda each: each[1].payee.pk):
        try:
            payments.append(
                record_payment(
                    payee=transfer.payee,
                    rows=transfer.rows,
                    bank_reference=transfer.bank_reference,
                    paid_on=paid_on,
                    reason=reason,
                    by=by,
                    now=now,
                )
            )
        except Refused as refusal:
            faults = [replace(fault, row=place) for fault in refusal.faults]
            raise Refused(refusal.message, code=refusal.code, faults=faults) from refusal
    return payments


@action
def record_payment(
    *,
    payee: Organisation,
    rows: Sequence[PaymentRow],
    bank_reference: str,
    paid_on: date,
    reason: str = "",
    by: Seat,
    now: datetime,
) -> Payment:
    """Record one transfer to a payee's account as it was on the day, against what the seat's organisation owes it.

    A payable may be paid in parts and never gets more than is open. The day lies between its first day and today,
    further back than a month only with a reason. A bank reference is recorded once, however it is spelt: Conflict
    for the second time.
    """
    require(by, Permission.PAY)
    bank_reference, reason = bank_reference.strip(), reason.strip()
    account = account_on(payee, paid_on, now)
    of_transfer, of_day = _of_transfer(payee, account, bank_reference), _of_day(paid_on, reason, legal_date(now))
    if faults := [*of_transfer, *of_day, *_of_rows(rows)]:
        raise Refused(faults[0].message, faults=faults)
    amounts = {row.payable: row.amount for row in rows}
    payables = settle_debts(payee=payee, amounts=amounts, paid_on=paid_on, by=by, now=now)
    payment = Payment(
        reference=next_reference("payment", "P", now),
        payer=by.organisation,
        payee=payee,
        amount=sum(row.amount for row in rows),
        account=account,
        bank_reference=bank_reference,
        bank_reference_key=fold(bank_reference),
        paid_on=paid_on,
        reason=reason,
        paid_at=now,
        paid_by=by,
    )
    try:
        with transaction.atomic():
            payment.save(force_insert=True)
    except IntegrityError:
        raise Conflict(
            _("A payment with this bank reference is recorded already."), code="bank_reference_taken"
        ) from None
    PaymentLine.objects.bulk_create(
        PaymentLine(payment=payment, payable=payables[row.payable], amount=row.amount) for row in rows
    )
    record(
        Verb.PAYMENT_RECORDED,
        payment.reference,
        by=by,
        now=now,
        organisations=[payee.pk],
        amount=f"{payment.amount:,}",
        payee=payee.name,
    )
    search.index(searching.of_payments([payment]))
    queue("payments.tasks.tell_of_payment", payment.pk, now=now)
    return payment


def account_on(payee: Organisation, day: date, now: datetime) -> BankAccount | None:
    """The account to which a transfer of a day went: the one in use at its end, or now where it is today."""
    return BankAccount.objects.paid_at(payee.pk, min(end_of(day), now))


def _of_transfer(payee: Organisation, account: BankAccount | None, bank_reference: str) -> Iterator[Fault]:
    if account is None:
        yield Fault(_("%(payee)s has no bank account in use on this day.") % {"payee": payee.name}, code="no_account")
    if not fold(bank_reference):
        yield Fault(_("Enter the bank's reference of the transfer."), "bank_reference", code="required")
    if max(len(bank_reference), len(fold(bank_reference))) > BANK_REFERENCE_LENGTH:
        most = {"most": BANK_REFERENCE_LENGTH}
        yield Fault(_("A bank reference has at most %(most)s characters.") % most, "bank_reference", code="max_length")


def _of_day(paid_on: date, reason: str, today: date) -> Iterator[Fault]:
    if paid_on > today:
        yield Fault(
            _("A payment is recorded once it was made: the date cannot lie ahead."), "paid_on", code="date_out_of_range"
        )
    if needs_reason(paid_on, today) and not reason:
        yield Fault(_("This is more than a month ago: say why it is recorded only now."), "reason", code="required")


def _of_rows(rows: Sequence[PaymentRow]) -> Iterator[Fault]:
    if not rows:
        yield Fault(_("Choose what is paid."), code="empty")
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        if not _is_amount(row.amount):
            yield Fault(_("Enter an amount above zero with at most two decimals."), "amount", number, code="amount")
        if row.payable in seen:
            yield Fault(
                _("%(payable)s stands there twice.") % {"payable": row.payable}, "payable", number, code="twice"
            )
        seen.add(row.payable)


def _is_amount(amount: Decimal) -> bool:
    return amount.is_finite() and 0 < amount < Decimal(10) ** 16 and amount == quantize_amount(amount)
