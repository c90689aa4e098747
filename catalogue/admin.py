"""The catalogue for operators, to look at only."""

from django.contrib import admin

from catalogue.models import CatalogueImport, Item, Maker, PriceEntry, Product, ProductVersion
from core.admin import ReadOnlyAdmin


@admin.register(Item)
class ItemAdmin(ReadOnlyAdmin):
    list_display = ("reference", "name", "strength", "kind", "code_prefix", "unverified")
    list_filter = ("kind", "unverified")
    search_fields = ("name", "pinyin", "code_prefix")


@admin.register(Maker)
class MakerAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "organisation")
    list_select_related = ("organisation",)
    search_fields = ("name", "code")


@admin.register(Product)
class ProductAdmin(ReadOnlyAdmin):
    list_display = ("reference", "item", "maker", "key")
    list_select_related = ("item", "maker")
    search_fields = ("key", "item__name")


@admin.register(ProductVersion)
class ProductVersionAdmin(ReadOnlyAdmin):
    list_display = ("product", "number", "national_code", "pack_size", "pack_unit", "valid_from", "valid_to")
    list_select_related = ("product__item", "product__maker")


@admin.register(PriceEntry)
class PriceEntryAdmin(ReadOnlyAdmin):
    list_display = ("reference", "item", "kind", "price", "units", "region", "valid_from", "valid_to")
    list_filter = ("kind",)
    list_select_related = ("item", "region")


@admin.register(CatalogueImport)
class CatalogueImportAdmin(ReadOnlyAdmin):
    list_display = ("reference", "file_name", "layout", "status", "rows", "uploaded_at")
    list_filter = ("status", "layout")
    exclude = ("content",)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")
