"""Tenders for operators, to look at only. Nothing about bids stands in any admin."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from tenders.models import (
    Criterion,
    Evaluator,
    Lot,
    LotItem,
    LotPart,
    LotVolume,
    Opener,
    RuleSet,
    Tender,
)


@admin.register(RuleSet)
class RuleSetAdmin(ReadOnlyAdmin):
    list_display = ("code", "version", "title", "valid_from", "valid_to")


@admin.register(Tender)
class TenderAdmin(ReadOnlyAdmin):
    list_display = ("reference", "title", "kind", "status", "deadline", "published_at")
    list_filter = ("status", "kind")
    search_fields = ("reference", "title")
    exclude = ("notice",)


@admin.register(Lot)
class LotAdmin(ReadOnlyAdmin):
    list_display = ("tender", "number", "title", "status", "ending", "ceiling_price")
    list_filter = ("status", "ending")
    list_select_related = ("tender",)


@admin.register(LotItem)
class LotItemAdmin(ReadOnlyAdmin):
    list_display = ("lot", "item", "factor")
    list_select_related = ("lot__tender", "item")


@admin.register(LotPart)
class LotPartAdmin(ReadOnlyAdmin):
    list_display = ("lot", "number", "item", "quantity")
    list_select_related = ("lot__tender", "item")


@admin.register(LotVolume)
class LotVolumeAdmin(ReadOnlyAdmin):
    list_display = ("lot", "hospital", "item", "quantity")
    list_select_related = ("lot__tender", "hospital", "item")


@admin.register(Criterion)
class CriterionAdmin(ReadOnlyAdmin):
    list_display = ("tender", "number", "kind", "title", "max_points")
    list_select_related = ("tender",)


@admin.register(Opener)
class OpenerAdmin(ReadOnlyAdmin):
    list_display = ("tender", "place", "seat", "key_made_at", "key_proved_at", "replaced_at")
    list_select_related = ("tender", "seat__person", "seat__organisation")


@admin.register(Evaluator)
class EvaluatorAdmin(ReadOnlyAdmin):
    list_display = ("tender", "seat", "declared_at", "has_interest", "replaced_at")
    list_select_related = ("tender", "seat__person", "seat__organisation")
