"""Lists that people read: columns, sorting, filters, pages and export, declared once on a class.

    class OrderTable(Table):
        name = "orders"
        caption = _("Orders")
        key = "reference"
        default_sort = "-placed"
        columns = (
            Column("reference", _("Order"), kind="reference", url="get_absolute_url", sort="reference"),
            Column("supplier", _("Supplier"), value="contract.supplier.name"),
            Column("placed", _("Placed"), value="placed_at", kind="instant", sort="placed_at"),
            Column("amount", _("Amount"), kind="amount", unit=settings.CURRENCY, sort="amount"),
            Column("status", _("Status"), value="get_status_display", kind="status", tone="status_tone"),
        )
        filters = (
            Filter("q", forms.CharField(label=_("Search")), "reference__icontains"),
            Filter("status", forms.ChoiceField(label=_("Status"), choices=Order.Status), "status"),
        )

    table = OrderTable(request, Order.objects.visible_to(request.seat).select_related("contract__supplier"))
    if table.export:
        return table.export_response()
    return render(request, "contracts/orders.html", {"table": table})

The page costs one query whatever the number of rows: pages go forward and back by key, and nothing is
counted. What the address may ask for is what the class declares; anything else is ignored.
"""

from core.tables.declared import Column, Empty, Filter, Head, read
from core.tables.table import Table

__all__ = ["Column", "Empty", "Filter", "Head", "Table", "read"]
