"""Decisions and awards, to look at."""

from django.contrib import admin

from awards.models import Award, AwardLetter, Decision, NextOffer
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


@admin.register(AwardLetter)
class AwardLetterAdmin(ReadOnlyAdmin):
    list_display = ("award", "sign_until", "presented_at", "signed_at", "end", "ended_at", "given_up_at")
    list_filter = ("end",)
    list_select_related = ("award",)


@admin.register(NextOffer)
class NextOfferAdmin(ReadOnlyAdmin):
    list_display = ("letter", "number", "supplier", "price", "extra", "answer_until", "accepted_at", "declined_at")
    list_select_related = ("letter__award", "supplier")
