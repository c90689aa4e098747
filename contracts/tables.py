"""The lists of this room."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.measures import late
from contracts.models import Contract, ContractProduct, Order, PayerRow
from contracts.models.payer import RuleRow
from contracts.presentation import contracts as contract_look
from contracts.presentation import deliveries as delivery_look
from contracts.presentation import orders as order_look
from contracts.rules import Stage
from core.calendar import start_of
from core.clock import zone
from core.search import holding
from core.tables import Column, Empty, Filter, Table

UNSENT, LATE = "unsent", "late"
ORDER_STATES = [
    *((value, label) for value, label in Order.Status.choices if value != Order.Status.CONFIRMED),
    *((f"stage-{stage}", words) for stage, (words, _tone) in order_look.STAGES.items()),
    (UNSENT, _("to be confirmed or sent")),
    (LATE, _("sent late or not yet, last 90 days")),
]


def by_name(path: str) -> Callable[[QuerySet, str], QuerySet]:
    """Rows of an organisation, found as search finds it: by name, former name, pinyin or initials."""
    return lambda rows, text: rows.filter(**{f"{path}__credit_code__in": holding("organisation", text)})


def by_supplier(rows: QuerySet, text: str) -> QuerySet:
    """Rows with this in their number, or of a supplier that search finds by it."""
    return rows.filter(Q(reference__icontains=text) | Q(supplier__credit_code__in=holding("organisation", text)))


def by_hospital(rows: QuerySet, text: str) -> QuerySet:
    """Rows with this in their number or as what the sender calls them, or of a hospital that search finds by it."""
    named = Q(hospital__credit_code__in=holding("organisation", text))
    return rows.filter(named | Q(reference__icontains=text) | Q(own_number=text))


def product_filter() -> Filter:
    """By a medicine, its maker or a code: ``with_product`` of the queryset."""
    field = forms.CharField(label=_("Medicine or maker"), help_text=_("Also by pinyin, initials or code."))
    return Filter("product", field, lambda rows, text: rows.with_product(text))


def product_column(product: Callable[[Any], ContractProduct]) -> Column:
    """The first product of a row that was fetched ``with_first``, with its maker, and how many others there are."""
    return Column(
        "product",
        _("Product"),
        value=lambda row: str(product(row.firsts[0]).product_version.product) if row.firsts else "",
        note=lambda row: f"+{row.line_count - 1}" if row.line_count > 1 else "",
    )


def at_state(rows: Any, state: str, today: date) -> QuerySet:
    if state == LATE:
        return late(rows, today)
    if state == UNSENT:
        return rows.unsent()
    stage = state.removeprefix("stage-")
    return rows.filter(status=state) if stage == state else rows.at_stage(Stage(stage))


def placed_from(rows: QuerySet, day: date) -> QuerySet:
    return rows.filter(placed_at__gte=start_of(day, zone()))


def placed_until(rows: QuerySet, day: date) -> QuerySet:
    return rows.filter(placed_at__lt=start_of(day + timedelta(days=1), zone()))


def prepare_url(row: Any) -> str:
    return reverse("contracts:prepare-contract", args=[row["source"], row["supplier__credit_code"]])


class DatedTable(Table):
    """A list whose words depend on the day. ``today`` is needed."""

    today: date

    def __init__(self, request: HttpRequest, source: QuerySet | Sequence[Any], *, today: date) -> None:
        super().__init__(request, source, today=today)


class ContractTable(DatedTable):
    name = "contracts"
    caption = _("Contracts")
    key = "reference"
    default_sort = "-reference"
    filters = (
        Filter("q", forms.CharField(label=_("Contract or supplier")), by_supplier),
        product_filter(),
        Filter("status", forms.ChoiceField(label=_("Status"), choices=Contract.Status), "status"),
        Filter("until", forms.DateField(label=_("Ends until")), "ends_on__lte"),
    )

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column("reference", _("Contract"), kind="reference", url="get_absolute_url", sort="reference"),
            product_column(lambda line: line.products.all()[0]),
            Column("title", _("Title")),
            Column("supplier", _("Supplier"), value="supplier.name", sort="supplier__name"),
            Column("lines", _("Lines"), value="line_count", kind="number"),
            Column("starts_on", _("From"), kind="date", sort="starts_on"),
            Column("ends_on", _("Until"), kind="date", sort="ends_on"),
            Column(
                "status",
                _("Status"),
                value=lambda contract: contract_look.status(contract, self.today)[0],
                kind="status",
                tone=lambda contract: contract_look.status(contract, self.today)[1],
                sort="status",
            ),
        )

    empty = Empty(_("No contract yet"), _("A contract is prepared from the awards of a tender."))


class OrderTable(DatedTable):
    name = "orders"
    caption = _("Orders")
    key = "reference"
    default_sort = "-placed"
    columns = (
        Column("reference", _("Order"), kind="reference", url="get_absolute_url", sort="reference"),
        product_column(lambda line: line.product),
        Column("hospital", _("Hospital"), value="hospital.name", sort="hospital__name"),
        Column("deliverer", _("Deliverer"), value="deliverer.name", sort="deliverer__name"),
        Column("placed", _("Placed"), value="placed_at", kind="instant", sort="placed_at"),
        Column("amount", _("Amount"), kind="amount", unit=settings.CURRENCY, sort="amount"),
        Column("to_send", _("To be sent"), kind="quantity", unit=_("packs")),
        Column("under_way", _("On the way"), kind="quantity", unit=_("packs")),
        Column(
            "status",
            _("Status"),
            value=lambda order: order_look.status(order)[0],
            kind="status",
            tone=lambda order: order_look.status(order)[1],
            sort="status",
        ),
    )

    @property
    def filters(self) -> tuple[Filter, ...]:
        state = forms.ChoiceField(label=_("Status"), choices=ORDER_STATES)
        return (
            Filter("q", forms.CharField(label=_("Order or hospital")), by_hospital),
            product_filter(),
            Filter("state", state, lambda rows, chosen: at_state(rows, chosen, self.today)),
            Filter("contract", forms.CharField(label=_("Contract")), "contract__reference"),
            Filter("since", forms.DateField(label=_("Placed from")), placed_from),
            Filter("until", forms.DateField(label=_("Placed until")), placed_until),
        )

    empty = Empty(_("No orders yet"), _("Hospitals order from the contracts that name them."))


class DeliveryTable(Table):
    name = "deliveries"
    caption = _("Deliveries")
    key = "reference"
    default_sort = "-sent"
    columns = (
        Column("reference", _("Delivery"), kind="reference", url="get_absolute_url", sort="reference"),
        product_column(lambda line: line.order_line.product),
        Column("hospital", _("Hospital"), value="hospital.name", sort="hospital__name"),
        Column("deliverer", _("Deliverer"), value="deliverer.name", sort="deliverer__name"),
        Column("sent", _("Sent"), value="sent_at", kind="instant", sort="sent_at"),
        Column("packs", _("Packs"), kind="quantity"),
        Column(
            "status",
            _("Status"),
            value=lambda delivery: delivery_look.status(delivery)[0],
            kind="status",
            tone=lambda delivery: delivery_look.status(delivery)[1],
        ),
    )
    filters = (
        Filter(
            "q",
            forms.CharField(label=_("Delivery or hospital"), help_text=_("A scanned delivery note fits too.")),
            by_hospital,
        ),
        product_filter(),
        Filter(
            "waits",
            forms.ChoiceField(label=_("Acceptance"), choices=[("yes", _("waits")), ("no", _("verdict given"))]),
            lambda rows, choice: rows.filter(waits=choice == "yes"),
        ),
        Filter("order", forms.CharField(label=_("Order")), "order__reference"),
    )
    empty = Empty(_("No deliveries yet"), _("The deliverer sends them once an order is confirmed."))


class AwardTable(Table):
    """Suppliers with awards that wait for a contract, by tender."""

    name = "awards"
    caption = _("Awards without a contract")
    columns = (
        Column("tender", _("Tender"), value="source", url=prepare_url, note="source_title"),
        Column("supplier", _("Supplier"), value="supplier__name"),
        Column("lots", _("Lots"), kind="number"),
        Column("since", _("Awarded"), kind="instant"),
        Column("act", _("Action"), kind="act", value=lambda row: _("Prepare the contract"), url=prepare_url),
    )
    exports = ()
    empty = Empty(_("Every award has its contract"), _("When a lot is awarded, its supplier appears here."))


def plain(units: Decimal) -> Decimal:
    """Units without the decimals that say nothing: 700, and 3.5 where a pack draws a part of one."""
    whole = units.to_integral_value()
    return whole if whole == units else units.normalize()


class VolumeTable(Table):
    name = "volumes"
    caption = _("Agreed volumes by hospital")
    columns = (
        Column("line", _("Line"), value="line.number", kind="number", sort="line__number"),
        Column("product", _("Product"), value="line.name"),
        Column("hospital", _("Hospital"), value="hospital.name", sort="hospital__name"),
        Column("unit", _("Unit"), value="line.unit"),
        Column("agreed", _("Agreed"), kind="quantity", sort="agreed"),
        Column("maximum", _("Maximum"), kind="quantity"),
        Column("ordered", _("Ordered"), value=lambda row: plain(row.ordered), kind="quantity", sort="ordered"),
        Column(
            "accepted",
            _("Accepted"),
            value=lambda row: plain(row.accepted_units),
            kind="quantity",
            sort="accepted_units",
        ),
    )
    filters = (
        Filter("hospital", forms.CharField(label=_("Hospital")), "hospital__name__icontains"),
        Filter("line", forms.IntegerField(label=_("Line"), min_value=1, max_value=32767), "line__number"),
    )
    default_sort = "line"
    page_size = 30
    empty = Empty(_("No volume"), _("Nothing of the lots is allocated to this contract."))


class RunningVolumeTable(DatedTable):
    """What was agreed under contracts that run, whatever contract it stands in, beside what a steady fulfilment would
    have taken by today."""

    name = "running-volumes"
    caption = _("Agreed volumes")
    default_sort = "behind"
    columns = (
        Column("product", _("Product"), value=lambda row: _said(row.line)),
        Column(
            "contract",
            _("Contract"),
            value="line.contract.reference",
            kind="reference",
            url="line.contract.get_absolute_url",
        ),
        Column("hospital", _("Hospital"), value="hospital.name", sort="hospital__name"),
        Column("agreed", _("Agreed"), kind="quantity", sort="agreed"),
        Column("unit", _("Unit"), value="line.unit"),
        Column(
            "accepted",
            _("Accepted"),
            value=lambda row: plain(row.accepted_units),
            kind="quantity",
            sort="accepted_units",
        ),
        Column("expected", _("Expected by today"), kind="quantity"),
        Column("behind", _("Ahead or behind"), value=lambda row: plain(row.ahead), kind="quantity", sort="ahead"),
        Column("ends_on", _("Until"), value="line.contract.ends_on", kind="date", sort="line__contract__ends_on"),
    )
    filters = (
        product_filter(),
        Filter("hospital", forms.CharField(label=_("Hospital")), by_name("hospital")),
        Filter("contract", forms.CharField(label=_("Contract")), "line__contract__reference"),
        Filter(
            "behind",
            forms.ChoiceField(label=_("Time"), choices=[("yes", _("behind"))]),
            lambda rows, _choice: rows.behind(),
        ),
    )
    empty = Empty(
        _("No volume is running"), _("Contracts that are signed by both sides appear here during their term.")
    )


def _said(line: Any) -> str:
    first = line.products.all()[0].product_version.product
    return str(first) if len(line.products.all()) == 1 else line.name


def end_url(row: RuleRow) -> str:
    page = "contracts:end-payer" if isinstance(row, PayerRow) else "contracts:end-payee"
    return "" if row.valid_to else reverse(page, args=[row.reference])


class MovedDaysTable(Table):
    """How often, and by how much, the first day of a debt was moved later, by hospital."""

    name = "moved"
    caption = _("First days moved later")
    columns = (
        Column("hospital", _("Hospital")),
        Column("credit_code", _("Unified social credit code")),
        Column("times", _("Times"), kind="number"),
        Column("days", _("Days in all"), kind="number"),
    )
    empty = Empty(_("No first day was moved"), _("Only the deliverer can confirm that goods came later."))


class _RuleRowTable(Table):
    """Rows of the agency's rules, the latest first."""

    key = "reference"
    default_sort = "-from"
    said: Column

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column("reference", _("Row"), kind="reference", sort="reference"),
            Column("rule", _("Rule"), value="rule.code", sort="rule__code"),
            self.said,
            Column("region", _("Region"), value="region.name"),
            Column("institution", _("Hospital"), value="institution.name"),
            Column("product_list", _("List of products")),
            Column("from", _("From"), value="valid_from", kind="date", sort="valid_from"),
            Column("until", _("Until"), value="valid_to", kind="date", sort="valid_to"),
            Column("act", _("Action"), kind="act", value=lambda row: "" if row.valid_to else _("End"), url=end_url),
        )


class PayerTable(_RuleRowTable):
    name = "payers"
    caption = _("Who pays")
    said = Column("who", _("Who pays"), value=lambda row: row.payer.name if row.payer else row.get_who_display())
    empty = Empty(_("The agency pays everything"), _("A row names another payer for a region, a hospital or a list."))


class PayeeTable(_RuleRowTable):
    name = "payees"
    caption = _("Who is paid")
    said = Column("whom", _("Who is paid"), value="get_whom_display")
    empty = Empty(_("Whoever delivers is paid"), _("A row lets the supplier be paid, whoever delivers."))
