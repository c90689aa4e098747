"""Endpoints of the catalogue, the price register and imports."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django_filters import rest_framework as filters
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Seat
from accounts.permissions import Permission
from catalogue import actions
from catalogue.forms import KeptInMemory
from catalogue.models import Authorisation, CatalogueImport, Item, OwnCode, PriceEntry, Product, StagedRow
from catalogue.serializers import (
    AuthorisationSerializer,
    AuthoriseSerializer,
    CatalogueProductSerializer,
    EditItemSerializer,
    EditProductSerializer,
    EndAuthorisationSerializer,
    EndPriceSerializer,
    ImportSerializer,
    ItemSerializer,
    LinkMakerSerializer,
    OwnCodeSerializer,
    OwnCodesSerializer,
    PriceSerializer,
    RecordPriceSerializer,
    SetOwnCodesSerializer,
    StageImportSerializer,
)
from core.api import Act, Endpoint, FaultSerializer, Listing, Reading, Setting

READ = {"GET": (Permission.READ_CATALOGUE,)}
IMPORT = (Permission.IMPORT_CATALOGUE, Permission.RECORD_PRICE)
MOST_FAULTS = 1000


# --- Items and products -----------------------------------------------------------------------------------------
class ItemFilters(filters.FilterSet):
    q = filters.CharFilter(method="named", help_text="Part of a name, its pinyin or initials, or how a code begins.")
    kind = filters.ChoiceFilter(choices=Item.Kind.choices)

    def named(self, rows: Any, name: str, value: str) -> QuerySet:
        return rows.matching(value)


class Items(Listing):
    """Items in the order of their pinyin."""

    model = Item
    permissions = READ
    slow = True
    serializer_class = ItemSerializer
    filterset_class = ItemFilters

    def rows(self) -> QuerySet[Item]:
        return Item.objects.visible_to(self.seat)


class OfAnItem(Endpoint):
    serializer_class = ItemSerializer

    def load(self, reference: str) -> Item:
        return self.one(Item.objects.visible_to(self.seat), reference=reference)


class OneItem(OfAnItem, Reading):
    """One item."""

    permissions = READ
    slow = True


class EditItem(OfAnItem, Act):
    """Let an item be what is sent from a day on; what it was stays as a version."""

    permissions = {"POST": (Permission.IMPORT_CATALOGUE,)}
    takes = EditItemSerializer

    def act(self, item: Item, asked: Any) -> Item:
        return actions.edit_item(item=item, facts=asked.facts, edit=asked.edit, **self.by)


def products_of(seat: Seat) -> QuerySet[Product]:
    return Product.objects.visible_to(seat).select_related("item", "maker").prefetch_related("versions__holder")


class ProductFilters(filters.FilterSet):
    item = filters.CharFilter("item__reference", help_text="Reference of the item.")


class Products(Listing):
    """Products with all their versions, by reference of the item."""

    model = Product
    permissions = READ
    slow = True
    serializer_class = CatalogueProductSerializer
    filterset_class = ProductFilters

    def rows(self) -> QuerySet[Product]:
        return products_of(self.seat).order_by("pk")


class OfAProduct(Endpoint):
    """Of the product at the address; answers with it as it is then."""

    serializer_class = CatalogueProductSerializer

    def load(self, reference: str) -> Product:
        return self.one(products_of(self.seat), reference=reference)


class OneProduct(OfAProduct, Reading):
    """One product with all its versions."""

    permissions = READ
    slow = True


class EditProduct(OfAProduct, Act):
    """Begin a new version of a product; everything that is left out as empty is empty from then on."""

    permissions = {"POST": (Permission.IMPORT_CATALOGUE,)}
    takes = EditProductSerializer

    def act(self, product: Product, asked: Any) -> Product:
        actions.edit_product(product=product, facts=asked.facts, edit=asked.edit, **self.by)
        return self.load(product.reference)


class LinkMaker(OfAProduct, Act):
    """Say which registered supplier the maker of a product is; once, and for all of its products."""

    permissions = {"POST": IMPORT}
    takes = LinkMakerSerializer

    def act(self, product: Product, asked: Any) -> Product:
        actions.link_maker(maker=product.maker, organisation=asked.validated_data["supplier"], **self.by)
        return product


# --- Codes of an organisation's own system ----------------------------------------------------------------------
class OwnCodeFilters(filters.FilterSet):
    code = filters.CharFilter()
    item = filters.CharFilter("item__reference")
    product = filters.CharFilter("product__reference")


class OwnCodes(Listing, Setting):
    """What the organisation's own system calls items and products, by code."""

    model = OwnCode
    permissions = {**READ, "PUT": actions.MAPPERS}
    slow = True
    serializer_class = OwnCodeSerializer
    filterset_class = OwnCodeFilters
    takes, gives = SetOwnCodesSerializer, OwnCodesSerializer
    example = {"codes": [{"code": "HIS-4711", "product": "PD-2026-0003"}]}

    def rows(self) -> QuerySet[OwnCode]:
        return OwnCode.objects.visible_to(self.seat).select_related("item", "product").order_by("code", "pk")

    def act(self, thing: None, asked: Any) -> dict[str, Any]:
        """Set some codes, and leave the others as they are; answers with those that name something now."""
        return {"codes": actions.set_own_codes(rows=asked.validated_data["codes"], **self.by)}


# --- Who may offer ----------------------------------------------------------------------------------------------
def letters_of(seat: Seat) -> QuerySet[Authorisation]:
    return Authorisation.objects.visible_to(seat).select_related("supplier", "maker", "product")


class Authorisations(Listing, Act):
    """Letters by which a supplier may offer what another makes, the latest first; posting records one."""

    model = Authorisation
    permissions = {**READ, "POST": IMPORT}
    slow = True
    serializer_class = AuthorisationSerializer
    takes, status = AuthoriseSerializer, 201

    def rows(self) -> QuerySet[Authorisation]:
        return letters_of(self.seat).order_by("-valid_from", "-pk")

    def act(self, thing: None, asked: Any) -> Authorisation:
        return actions.authorise(letter=asked.letter, supplier=asked.validated_data["supplier"], **self.by)


class EndAuthorisation(Act):
    """End an authorisation before its last day."""

    permissions = {"POST": IMPORT}
    serializer_class = AuthorisationSerializer
    takes = EndAuthorisationSerializer

    def load(self, reference: str) -> Authorisation:
        return self.one(letters_of(self.seat), reference=reference)

    def act(self, letter: Authorisation, asked: Any) -> Authorisation:
        return actions.end_authorisation(authorisation=letter, **asked.validated_data, **self.by)


# --- The price register -----------------------------------------------------------------------------------------
def entries_of(seat: Seat) -> QuerySet[PriceEntry]:
    return PriceEntry.objects.visible_to(seat).select_related("item", "product")


class PriceFilters(filters.FilterSet):
    item = filters.CharFilter("item__reference", help_text="Reference of the item.")
    kind = filters.ChoiceFilter(choices=PriceEntry.Kind.choices)


class Prices(Listing, Act):
    """The price register, the latest entries first; posting records a price."""

    model = PriceEntry
    permissions = {**READ, "POST": (Permission.RECORD_PRICE,)}
    slow = True
    serializer_class = PriceSerializer
    filterset_class = PriceFilters
    takes, status = RecordPriceSerializer, 201

    def rows(self) -> QuerySet[PriceEntry]:
        return entries_of(self.seat).order_by("-valid_from", "-pk")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        actions.note_price_search(asked=request.query_params.dict(), **self.by)
        return super().get(request, *args, **kwargs)

    def act(self, thing: None, asked: Any) -> PriceEntry:
        given = {name: asked.validated_data[name] for name in ("kind", "supersede")}
        return actions.record_price(fact=asked.fact, **given, **self.by)


class EndPrice(Act):
    """End an entry of the price register."""

    permissions = {"POST": (Permission.RECORD_PRICE,)}
    serializer_class = PriceSerializer
    takes = EndPriceSerializer

    def load(self, reference: str) -> PriceEntry:
        return self.one(entries_of(self.seat), reference=reference)

    def act(self, entry: PriceEntry, asked: Any) -> PriceEntry:
        actions.end_price(entry=entry, **asked.validated_data, **self.by)
        return entry


# --- Imports ----------------------------------------------------------------------------------------------------
def imports_of(seat: Seat) -> QuerySet[CatalogueImport]:
    return CatalogueImport.objects.visible_to(seat).select_related("uploaded_by__person", "uploaded_by__organisation")


class Imports(Listing, Act):
    """Imports, the latest first; posting a CSV or XLSX file has it read."""

    model = CatalogueImport
    permissions = {"GET": IMPORT, "POST": IMPORT}
    parser_classes = (MultiPartParser,)
    serializer_class = ImportSerializer
    takes, status = StageImportSerializer, 202

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        request.upload_handlers = [KeptInMemory(request)]
        return super().initialize_request(request, *args, **kwargs)

    def rows(self) -> QuerySet[CatalogueImport]:
        return imports_of(self.seat).order_by("-pk")

    def act(self, thing: None, asked: Any) -> CatalogueImport:
        file = asked.validated_data["file"]
        return actions.stage_import(file_name=file.name, content=file.read(), **self.by)


class OfAnImport(Endpoint):
    serializer_class = ImportSerializer

    def load(self, reference: str) -> CatalogueImport:
        return self.one(imports_of(self.seat), reference=reference)


class OneImport(OfAnImport, Reading):
    """How far an import is, and what it would do or did."""

    permissions = {"GET": IMPORT}


class ImportFaults(OfAnImport, Reading):
    """What is wrong with the rows of an import: the first thousand rows with errors."""

    permissions = {"GET": IMPORT}
    serializer_class, many = FaultSerializer, True

    def shape(self, found: CatalogueImport) -> Any:
        rows = StagedRow.objects.filter(batch=found).faulty().order_by("number")[:MOST_FAULTS]
        return super().shape([fault for row in rows for fault in row.told()])


class MergeImport(OfAnImport, Act):
    """Decide that a file without errors goes into the catalogue; a worker then writes all of it, or nothing."""

    permissions = {"POST": IMPORT}
    status = 202

    def act(self, batch: CatalogueImport, asked: Any) -> CatalogueImport:
        actions.merge_import(batch=batch, **self.by)
        return batch


class DiscardImport(OfAnImport, Act):
    """Lay a file aside that has not been merged."""

    permissions = {"POST": IMPORT}

    def act(self, batch: CatalogueImport, asked: Any) -> CatalogueImport:
        actions.discard_import(batch=batch, **self.by)
        return batch


urlpatterns = [
    path("items/", Items.as_view(), name="api-items"),
    path("items/<str:reference>/", OneItem.as_view(), name="api-item"),
    path("items/<str:reference>/edit/", EditItem.as_view(), name="api-edit-item"),
    path("products/", Products.as_view(), name="api-products"),
    path("products/<str:reference>/", OneProduct.as_view(), name="api-product"),
    path("products/<str:reference>/edit/", EditProduct.as_view(), name="api-edit-product"),
    path("products/<str:reference>/link-maker/", LinkMaker.as_view(), name="api-link-maker"),
    path("own-codes/", OwnCodes.as_view(), name="api-own-codes"),
    path("authorisations/", Authorisations.as_view(), name="api-authorisations"),
    path("authorisations/<str:reference>/end/", EndAuthorisation.as_view(), name="api-end-authorisation"),
    path("prices/", Prices.as_view(), name="api-prices"),
    path("prices/<str:reference>/end/", EndPrice.as_view(), name="api-end-price"),
    path("imports/", Imports.as_view(), name="api-imports"),
    path("imports/<str:reference>/", OneImport.as_view(), name="api-import"),
    path("imports/<str:reference>/errors/", ImportFaults.as_view(), name="api-import-faults"),
    path("imports/<str:reference>/merge/", MergeImport.as_view(), name="api-merge-import"),
    path("imports/<str:reference>/discard/", DiscardImport.as_view(), name="api-discard-import"),
]
