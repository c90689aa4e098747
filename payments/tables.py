"""The lists of this room."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contracts.rules import Clock
from contracts.tables import DatedTable, by_name, product_filter
from core.folding import fold
from core.tables import Column, Empty, Filter, Table
from payments import presentation as payment_look

# Payables have a view of their own for what is paid.
UNPAID = (Clock.OVERDUE, Clock.DUE_TODAY, Clock.DUE_SOON, Clock.NOT_YET)
CLOCK_STATES = [(clock.value, payment_look.CLOCKS[clock][0]) for clock in UNPAID]


def delivery_url(payable: Any) -> str:
    return payable.acceptance.line.delivery.get_absolute_url()


def product_of(payable: Any) -> str:
    return str(payable.acceptance.line.order_line.product.product_version.product)


class PayableTable(DatedTable):
    name = "payables"
    caption = _("Payables")
    key = "reference"
    default_sort = "due"
    wide = True
    empty = Empty(_("Nothing is owed"), _("What a hospital accepts is owed from that day on and appears here."))

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column("reference", _("Payable"), kind="reference", url=delivery_url, sort="reference"),
            Column("product", _("Product"), value=product_of),
            Column("payee", _("Payee"), value="payee.name", sort="payee__name"),
            Column("open", _("Open"), kind="amount", unit=settings.CURRENCY, sort="open"),
            Column("due", _("Due"), value="due_on", kind="due", sort="due_on", settled="is_settled"),
            Column("hospital", _("Hospital"), value="hospital.name", sort="hospital__name"),
            Column("since", pgettext_lazy("date", "Accepted"), value="owed_from", kind="date", sort="owed_from"),
            Column("amount", _("Owed"), value="owed", kind="amount", unit=settings.CURRENCY, sort="amount"),
            Column(
                "fee", _("Of it service fee"), value=lambda row: row.fee or None, kind="amount", unit=settings.CURRENCY
            ),
            Column("paid", _("Paid"), kind="amount", unit=settings.CURRENCY),
            Column("supplier", _("Supplier"), value="supplier.name", sort="supplier__name"),
            Column("payer", _("Payer"), value="payer.name", sort="payer__name"),
            *self._in_words(),
        )

    @property
    def filters(self) -> tuple[Filter, ...]:
        clock = forms.ChoiceField(label=_("Clock"), choices=CLOCK_STATES)
        return (
            product_filter(),
            Filter("clock", clock, lambda rows, chosen: rows.at(chosen, self.today)),
            Filter("payee", forms.CharField(label=_("Payee")), by_name("payee")),
            Filter("hospital", forms.CharField(label=_("Hospital")), by_name("hospital")),
            Filter("payer", forms.CharField(label=_("Payer")), by_name("payer")),
            Filter("supplier", forms.CharField(label=_("Supplier")), by_name("supplier")),
            Filter("due_from", forms.DateField(label=_("Due from")), "due_on__gte"),
            Filter("due_until", forms.DateField(label=_("Due until")), "due_on__lte"),
            Filter("q", forms.CharField(label=_("Reference")), "reference__icontains"),
        )

    def _in_words(self) -> tuple[Column, ...]:
        """A file has no chips: there the state of each payable stands in a column."""
        if not self.export:
            return ()
        return (Column("clock", _("Clock"), value=lambda payable: payment_look.CLOCKS[payable.clock(self.today)][0]),)

    def row_tone(self, payable: Any) -> str:
        return payment_look.row_tone(payable, self.today)


def spelt(rows: QuerySet, text: str) -> QuerySet:
    """Payments whose bank reference holds a text, however either is spelt."""
    return rows.filter(bank_reference_key__contains=fold(text))


class PaymentTable(Table):
    name = "payments"
    caption = _("Payments")
    key = "reference"
    default_sort = "-paid_on"
    filters = (
        Filter("payee", forms.CharField(label=_("Payee")), by_name("payee")),
        Filter("q", forms.CharField(label=_("Bank reference")), spelt),
        Filter("since", forms.DateField(label=_("Paid from")), "paid_on__gte"),
        Filter("until", forms.DateField(label=_("Paid until")), "paid_on__lte"),
    )
    empty = Empty(_("No payments yet"), _("A payment is recorded against what is due."))

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column("reference", _("Payment"), kind="reference", url="get_absolute_url", sort="reference"),
            Column("payee", _("Payee"), value="payee.name", sort="payee__name"),
            Column("payer", _("Payer"), value="payer.name"),
            Column("paid_on", _("Paid on"), kind="date", sort="paid_on"),
            Column("bank_reference", _("Bank reference"), sort="bank_reference"),
            Column("account", _("Account"), value=lambda payment: payment.account.number_for(self.request.seat)),
            Column("amount", _("Amount"), kind="amount", unit=settings.CURRENCY, sort="amount"),
        )
