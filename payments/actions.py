"""What the payer transferred to a supplier, and which payables it settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Organisation, Seat
from accounts.permissions import Permission
from contracts.actions import settle_debts
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Fault, Refused
from core.events import record
from core.money import quantize_amount
from core.outbox import queue
from core.references import next_reference
from payments.models import BANK_REFERENCE_LENGTH, Payment, PaymentLine, Verb


@dataclass(frozen=True)
class PaymentRow:
    """How much of a payment goes to which payable, by its reference."""

    payable: str
    amount: Decimal


@action
def record_payment(
    *,
    supplier: Organisation,
    rows: Sequence[PaymentRow],
    bank_reference: str,
    paid_on: date,
    by: Seat,
    now: datetime,
) -> Payment:
    """Record one transfer to a supplier's account as it is now, against what the seat's organisation owes it.

    A payable may be paid in parts and never gets more than is open. A bank reference is recorded once:
    Conflict for the second time.
    """
    require(by, Permission.PAY)
    bank_reference = bank_reference.strip()
    _check(supplier, rows, bank_reference, paid_on, legal_date(now))
    payables = settle_debts(supplier=supplier, amounts={row.payable: row.amount for row in rows}, by=by, now=now)
    payment = Payment(
        reference=next_reference("payment", "P", now),
        payer_id=by.organisation_id,
        supplier=supplier,
        amount=sum(row.amount for row in rows),
        account=supplier.bank_account,
        bank_reference=bank_reference,
        paid_on=paid_on,
        paid_at=now,
        paid_by=by,
    )
    try:
        with transaction.atomic():
            payment.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("A payment with this bank reference is recorded already.")) from None
    PaymentLine.objects.bulk_create(
        PaymentLine(payment=payment, payable=payables[row.payable], amount=row.amount) for row in rows
    )
    record(
        Verb.PAYMENT_RECORDED,
        payment.reference,
        by=by,
        now=now,
        organisations=[supplier.pk],
        amount=f"{payment.amount:,}",
        supplier=supplier.name,
    )
    queue("payments.tasks.tell_of_payment", payment.pk, now=now)
    return payment


def _check(supplier: Organisation, rows: Sequence[PaymentRow], bank_reference: str, paid_on: date, today: date) -> None:
    faults = []
    if not supplier.bank_account:
        faults.append(Fault(_("%(supplier)s has no bank account on record.") % {"supplier": supplier.name}))
    if not bank_reference:
        faults.append(Fault(_("Enter the bank's reference of the transfer."), "bank_reference"))
    if len(bank_reference) > BANK_REFERENCE_LENGTH:
        most = {"most": BANK_REFERENCE_LENGTH}
        faults.append(Fault(_("A bank reference has at most %(most)s characters.") % most, "bank_reference"))
    if paid_on > today:
        faults.append(Fault(_("A payment is recorded once it was made: the date cannot lie ahead."), "paid_on"))
    if not rows:
        faults.append(Fault(_("Choose what is paid.")))
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        if not _is_amount(row.amount):
            faults.append(Fault(_("Enter an amount above zero with at most two decimals."), "amount", number))
        if row.payable in seen:
            message = _("%(payable)s stands there twice.") % {"payable": row.payable}
            faults.append(Fault(message, "payable", number))
        seen.add(row.payable)
    if faults:
        raise Refused(faults[0].message, faults=faults)


def _is_amount(amount: Decimal) -> bool:
    return amount.is_finite() and 0 < amount < Decimal(10) ** 16 and amount == quantize_amount(amount)
