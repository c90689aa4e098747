"""Endpoints of items and products."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import path
from django.utils import timezone
from django_filters import rest_framework as filters

from accounts.permissions import Permission
from catalogue import actions
from catalogue.api.access import IMPORT, ON, READ, day_asked
from catalogue.models import CatalogueList, Item, PriceEntry, Product, ProductVersion
from catalogue.rules.bands import BANDS
from catalogue.scanning import SearchFilter
from catalogue.serializers import (
    CatalogueProductSerializer,
    EditItemSerializer,
    EditProductSerializer,
    EditSerializer,
    ItemSerializer,
    LinkMakerSerializer,
)
from core.api import Act, Endpoint, Reading, ReadingMany, ReasonSerializer
from core.clock import legal_date


class ItemFilters(filters.FilterSet):
    q = SearchFilter(
        method="named",
        help_text="Words of names, pinyin, initials, strengths, codes, makers or brands; or a barcode as scanned.",
    )
    kind = filters.ChoiceFilter(choices=Item.Kind.choices)
    form = filters.CharFilter("form")
    maker = filters.CharFilter(method="made", help_text="What the name of a maker of one of its products holds.")
    cost = filters.ChoiceFilter(
        choices=[(key, band.label) for key, band in BANDS.items()],
        method="priced",
        help_text="Range of what a base unit costs by a price in force: "
        + "; ".join(f"{key}: {band.label}" for key, band in BANDS.items()),
    )
    region = filters.CharFilter(method="priced", help_text="Code or name of a region of such a price.")
    list = filters.CharFilter(method="listed", help_text="Reference of a list on which the items stand today.")

    def named(self, rows: Any, name: str, value: str) -> QuerySet:
        return rows.matching(value)

    def made(self, rows: Any, name: str, value: str) -> QuerySet:
        return rows.of_maker(value)

    def priced(self, rows: Any, name: str, value: str) -> QuerySet:
        """Both as one condition: one price has to be in the range and of the region."""
        asked = {key: self.form.cleaned_data.get(key) or "" for key in ("cost", "region")}
        prices = PriceEntry.objects.visible_to(self.request._request.seat).in_force(legal_date(timezone.now()))
        return rows.filter(Exists(prices.asked_for(**asked).filter(item=OuterRef("pk"))))

    def listed(self, rows: Any, name: str, value: str) -> QuerySet:
        of_list = CatalogueList.objects.filter(reference=value).first()
        return rows.on_list(of_list, legal_date(timezone.now())) if of_list else rows.none()


class Items(ReadingMany):
    """Items in the order of their pinyin."""

    model = Item
    permissions = READ
    slow = True
    serializer_class = ItemSerializer
    filterset_class = ItemFilters
    asks = ON

    def rows(self) -> QuerySet[Item]:
        return items_of(self)


def items_of(endpoint: Endpoint) -> QuerySet[Item]:
    """What the seat may see, as it stood on the day that is asked for."""
    items, day = Item.objects.visible_to(endpoint.seat).select_related("variety"), day_asked(endpoint)
    return items.as_of(day) if day else items


class OfAnItem(Endpoint):
    serializer_class = ItemSerializer

    def load(self, reference: str) -> Item:
        return self.one(items_of(self), reference=reference)


class OneItem(OfAnItem, Reading):
    """One item."""

    permissions = READ
    slow = True
    asks = ON


class EditItem(OfAnItem, Act):
    """Let an item be what is sent from a day on; what it was stays as a version."""

    permissions = {"POST": (Permission.IMPORT_CATALOGUE,)}
    takes = EditItemSerializer

    def act(self, item: Item, asked: Any) -> Item:
        return actions.edit_item(item=item, facts=asked.facts, edit=asked.edit, **self.by)


def products_of(endpoint: Endpoint) -> QuerySet[Product]:
    """What the seat may see: with all versions, or with that of the day that is asked for."""
    products = Product.objects.visible_to(endpoint.seat).select_related("item", "maker").prefetch_related("codes")
    day = day_asked(endpoint)
    return products.as_of(day) if day else products.prefetch_related("versions__holder", "versions__commissioned_maker")


class ProductFilters(filters.FilterSet):
    q = SearchFilter(method="named", help_text="Words of the item, maker, brand, codes and approval number.")
    item = filters.CharFilter("item__reference", help_text="Reference of the item.")
    code = filters.CharFilter(method="coded", help_text="A national code, also one in whose place another stands.")

    def named(self, rows: Any, name: str, value: str) -> QuerySet:
        return rows.filter(versions__in=ProductVersion.objects.current().matching(value))

    def coded(self, rows: Any, name: str, value: str) -> QuerySet:
        return rows.filter(pk__in=Product.objects.coded(value).values("pk"))


class Products(ReadingMany):
    """Products with all their versions, by reference of the item."""

    model = Product
    permissions = READ
    slow = True
    serializer_class = CatalogueProductSerializer
    filterset_class = ProductFilters
    asks = ON

    def rows(self) -> QuerySet[Product]:
        return products_of(self).order_by("pk")


class OfAProduct(Endpoint):
    """Of the product at the address; answers with it as it is then."""

    serializer_class = CatalogueProductSerializer

    def load(self, reference: str) -> Product:
        return self.one(products_of(self), reference=reference)


class OneProduct(OfAProduct, Reading):
    """One product with all its versions, or with that of a day."""

    permissions = READ
    slow = True
    asks = ON


class EditProduct(OfAProduct, Act):
    """Begin a new version of a product; everything that is left out as empty is empty from then on."""

    permissions = {"POST": (Permission.IMPORT_CATALOGUE,)}
    takes = EditProductSerializer

    def act(self, product: Product, asked: Any) -> Product:
        actions.edit_product(product=product, facts=asked.facts, edit=asked.edit, **self.by)
        return self.load(product.reference)


class WithdrawProduct(OfAProduct, Act):
    """Let nothing new be bid, listed or ordered of a product from a day on; what was ordered before stands."""

    permissions = {"POST": (Permission.IMPORT_CATALOGUE,)}
    takes = EditSerializer

    def act(self, product: Product, asked: Any) -> Product:
        actions.withdraw_product(product=product, **asked.validated_data, **self.by)
        return product


class RestoreProduct(OfAProduct, Act):
    """Take a withdrawn product up again."""

    permissions = {"POST": (Permission.IMPORT_CATALOGUE,)}
    takes = ReasonSerializer

    def act(self, product: Product, asked: Any) -> Product:
        actions.restore_product(product=product, **asked.validated_data, **self.by)
        return product


class LinkMaker(OfAProduct, Act):
    """Say which registered supplier the maker of a product is; once, and for all of its products."""

    permissions = {"POST": IMPORT}
    takes = LinkMakerSerializer

    def act(self, product: Product, asked: Any) -> Product:
        actions.link_maker(maker=product.maker, organisation=asked.validated_data["supplier"], **self.by)
        return product


urlpatterns = [
    path("items/", Items.as_view(), name="api-items"),
    path("items/<str:reference>/", OneItem.as_view(), name="api-item"),
    path("items/<str:reference>/edit/", EditItem.as_view(), name="api-edit-item"),
    path("products/", Products.as_view(), name="api-products"),
    path("products/<str:reference>/", OneProduct.as_view(), name="api-product"),
    path("products/<str:reference>/edit/", EditProduct.as_view(), name="api-edit-product"),
    path("products/<str:reference>/withdraw/", WithdrawProduct.as_view(), name="api-withdraw-product"),
    path("products/<str:reference>/restore/", RestoreProduct.as_view(), name="api-restore-product"),
    path("products/<str:reference>/link-maker/", LinkMaker.as_view(), name="api-link-maker"),
]
