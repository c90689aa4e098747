"""Demand for operators, to look at only."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from demand.models import DemandReport, DemandUse, DemandWindow, Mandate


@admin.register(DemandWindow)
class DemandWindowAdmin(ReadOnlyAdmin):
    list_display = ("reference", "title", "year", "opens_on", "closes_on", "locked_at")
    list_filter = ("year",)


@admin.register(DemandReport)
class DemandReportAdmin(ReadOnlyAdmin):
    list_display = ("window", "hospital", "reported_at")
    list_select_related = ("window", "hospital")


@admin.register(DemandUse)
class DemandUseAdmin(ReadOnlyAdmin):
    list_display = ("window", "reference", "used_at", "released_at")
    list_select_related = ("window",)


@admin.register(Mandate)
class MandateAdmin(ReadOnlyAdmin):
    list_display = ("reference", "giver", "status", "first_year", "last_year")
    list_select_related = ("giver",)
    exclude = ("document",)
