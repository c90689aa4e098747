"""A payment: one transfer, and how much of it goes to which payable."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from contracts.models import Payable
from core.grids import Grid, GridRow
from core.templatetags.ui import amount, currency
from payments.actions import PaymentRow, Transfer
from payments.models import BANK_REFERENCE_LENGTH


class PayableRow(GridRow):
    """An open payable; without an amount it is not paid."""

    amount = forms.DecimalField(
        label=gettext_lazy("Amount"),
        required=False,
        min_value=0,
        max_digits=18,
        decimal_places=2,
        widget=forms.NumberInput({"data-unit": settings.CURRENCY}),
    )

    @property
    def row_label(self) -> str:
        return self.thing.reference

    @property
    def row_note(self) -> str:
        return str(self.thing.acceptance.line.order_line.product.product_version.product.item)

    @property
    def row_cells(self) -> list[dict[str, Any]]:
        owed = {
            "label": _("Open"),
            "unit": currency(),
            "value": amount(self.thing.open_amount),
            "numeric": True,
            "changes": True,
        }
        return [
            {"label": _("Hospital"), "value": self.thing.hospital.name},
            {"label": pgettext("date", "Accepted"), "value": self.thing.owed_from, "kind": "date"},
            {"label": _("Due"), "value": self.thing.due_on, "kind": "due", "changes": True},
            owed,
        ]

    @property
    def is_taken(self) -> bool:
        return bool(self.cleaned_data.get("amount"))


class PayeeRow(GridRow):
    """What is chosen of a payee; without the bank's reference nothing of it is recorded."""

    bank_reference = forms.CharField(
        label=gettext_lazy("Bank reference"), required=False, max_length=BANK_REFERENCE_LENGTH
    )

    @property
    def row_label(self) -> str:
        return str(self.thing.payee.name)

    @property
    def row_cells(self) -> list[dict[str, Any]]:
        account = self.thing.account
        return [
            {"label": _("Account"), "value": account.number if account else _("none in use"), "changes": True},
            {
                "label": _("Payables"),
                "value": len(self.thing.rows),
                "kind": "quantity",
                "numeric": True,
                "changes": True,
            },
            {
                "label": _("Open"),
                "unit": currency(),
                "value": amount(self.thing.total),
                "numeric": True,
                "changes": True,
            },
        ]

    @property
    def is_taken(self) -> bool:
        return bool(self.cleaned_data.get("bank_reference"))


class PaymentsForm(Grid):
    """The bank's references of the transfers of a day, one for each payee, which pay what was chosen whole."""

    row = PayeeRow
    caption = gettext_lazy("Payees")
    heading = gettext_lazy("Payee")
    key_headings = (gettext_lazy("Unified social credit code"),)

    paid_on = forms.DateField(label=gettext_lazy("Paid on"))
    reason = forms.CharField(
        label=gettext_lazy("Why only now"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only for a payment of more than a month ago."),
    )

    def key_of(self, thing: Any) -> str:
        return str(thing.payee.credit_code)

    @property
    def transfers(self) -> list[Transfer]:
        return [Transfer(row.thing.payee, row.cleaned_data["bank_reference"], row.thing.rows) for row in self.taken]


class PaymentForm(Grid):
    """Amounts for a payee's open payables."""

    row = PayableRow
    caption = gettext_lazy("Open payables")
    heading = gettext_lazy("Payable")
    key_headings = (gettext_lazy("Payable"),)

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

    @property
    def made_for(self) -> str:
        """The payee: what was ticked and what is all of it are one table."""
        return "/".join(self.draft.split("/")[:2])

    def key_of(self, thing: Payable) -> str:
        return thing.reference

    @property
    def payment_rows(self) -> list[PaymentRow]:
        return [PaymentRow(row.key, row.cleaned_data["amount"]) for row in self.taken]
