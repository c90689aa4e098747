"""Decisions and awards, to look at."""

from django.contrib import admin

from awards.models import Award, Decision
from core.admin import ReadOnlyAdmin


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ("lot", "number", "status", "standstill_until", "proposed_at", "awarded_at")
    list_filter = ("status",)
    list_select_related = ("lot__tender",)


@admin.register(Award)
class AwardAdmin(ReadOnlyAdmin):
    list_display = ("source", "place", "supplier", "price", "starts_on", "ends_on")
    search_fields = ("source", "supplier__name")
    list_select_related = ("supplier",)
