"""Contracts, orders, deliveries and debts, to look at."""

from django.contrib import admin

from contracts.models import (
    Acceptance,
    AgreedVolume,
    Contract,
    ContractLine,
    ContractProduct,
    Correction,
    Delivery,
    DeliveryLine,
    Order,
    OrderLine,
    Payable,
    PayerRow,
    PayerRule,
    ProductBatch,
)
from core.admin import ReadOnlyAdmin


@admin.register(Contract)
class ContractAdmin(ReadOnlyAdmin):
    list_display = ("reference", "supplier", "starts_on", "ends_on", "status")
    list_filter = ("status",)
    search_fields = ("reference", "supplier__name")
    list_select_related = ("supplier",)


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    list_display = ("reference", "hospital", "deliverer", "amount", "status", "placed_at")
    list_filter = ("status",)
    search_fields = ("reference", "hospital__name")
    list_select_related = ("hospital", "deliverer")


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ("reference", "hospital", "deliverer", "sent_at")
    search_fields = ("reference", "hospital__name")
    list_select_related = ("hospital", "deliverer")


@admin.register(Payable)
class PayableAdmin(ReadOnlyAdmin):
    list_display = ("reference", "supplier", "hospital", "amount", "reversed", "paid", "due_on")
    search_fields = ("reference", "supplier__name")
    list_select_related = ("supplier", "hospital")


admin.site.register(
    [
        AgreedVolume,
        ContractLine,
        ContractProduct,
        OrderLine,
        DeliveryLine,
        Acceptance,
        Correction,
        PayerRow,
        PayerRule,
        ProductBatch,
    ],
    ReadOnlyAdmin,
)
