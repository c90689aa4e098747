"""A payment: one transfer, and how much of it goes to which payable."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.forms.grid import NUMBER, Grid
from contracts.models import Payable
from payments.actions import PaymentRow
from payments.models import BANK_REFERENCE_LENGTH


class PaymentForm(Grid):
    """Amounts for a payee's open payables. A row without an amount is not paid."""

    bank_reference = forms.CharField(
        label=gettext_lazy("Bank reference"),
        max_length=BANK_REFERENCE_LENGTH,
        help_text=gettext_lazy("As on the bank's statement; it is recorded only once."),
    )
    paid_on = forms.DateField(label=gettext_lazy("Paid on"))
    reason = forms.CharField(
        label=gettext_lazy("Why only now"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only for a payment of more than a month ago."),
    )

    def key_of(self, thing: Payable) -> str:
        return thing.reference

    def name_of(self, thing: Payable) -> str:
        return thing.reference

    def cells(self, thing: Payable) -> dict[str, forms.Field]:
        amount = forms.DecimalField(
            label=_("Amount"),
            required=False,
            min_value=0,
            max_digits=18,
            decimal_places=2,
            widget=forms.NumberInput(NUMBER),
        )
        return {"amount": amount}

    @property
    def payment_rows(self) -> list[PaymentRow]:
        paid: dict[str, Any] = {key: self.values(key)["amount"] for key in self.things}
        self.taken = [key for key, amount in paid.items() if amount]
        return [PaymentRow(key, paid[key]) for key in self.taken]
