"""Payments, to look at."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from payments.models import Payment, PaymentLine


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ("reference", "payee", "amount", "bank_reference", "paid_on")
    search_fields = ("reference", "bank_reference")
    list_select_related = ("payee",)


admin.site.register(PaymentLine, ReadOnlyAdmin)
