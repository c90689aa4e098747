"""What is owed becomes less: debts are settled by whoever pays them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Organisation, Seat
from accounts.permissions import Permission
from contracts.models import Payable
from core.actions import action
from core.errors import Fault, Refused


@action
def settle_debts(
    *, payee: Organisation, amounts: Mapping[str, Decimal], paid_on: date, by: Seat, now: datetime
) -> dict[str, Payable]:
    """Count amounts as paid of what the seat's organisation owes somebody, by reference of the payable.

    Never more than is open, and never before it was owed: refused row by row, in the order given. Whoever pays
    records the event.
    """
    require(by, Permission.PAY)
    payables = _lock_payables(payee, by, amounts)
    _check_open(amounts, payables, paid_on)
    keys = {payables[reference].pk: amount for reference, amount in amounts.items()}
    Payable.objects.filter(pk__in=keys).update(last_paid_on=Greatest("last_paid_on", Value(paid_on)))
    Payable.objects.add(paid=keys)
    return payables


def _lock_payables(payee: Organisation, by: Seat, references: Mapping[str, Decimal]) -> dict[str, Payable]:
    """What the seat's organisation owes this payee, among the references given, locked in key order."""
    wanted = Payable.objects.filter(reference__in=list(references), payee=payee, payer=by.organisation_id)
    return {payable.reference: payable for payable in wanted.locked()}


def _check_open(amounts: Mapping[str, Decimal], payables: Mapping[str, Payable], paid_on: date) -> None:
    faults = []
    for row, (reference, amount) in enumerate(amounts.items(), start=1):
        payable = payables.get(reference)
        if payable is None:
            message = _("You owe this organisation nothing under %(payable)s.") % {"payable": reference}
            faults.append(Fault(message, "payable", row, code="unknown_payable"))
        elif amount > payable.open_amount:
            message = _("%(open)s is open of %(payable)s, not more.")
            names = {"open": f"{payable.open_amount:,}", "payable": reference}
            faults.append(Fault(message % names, "amount", row, code="more_than_owed"))
        elif paid_on < payable.owed_from:
            message = _("%(payable)s is owed from %(day)s: nothing was paid of it before.")
            faults.append(
                Fault(
                    message % {"payable": reference, "day": payable.owed_from}, "paid_on", row, code="date_out_of_range"
                )
            )
    if faults:
        raise Refused(faults[0].message, faults=faults)
