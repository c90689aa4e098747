"""Endpoints of the catalogue, the price register and imports."""

from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.permissions import Permission
from accounts.serializers import FaultSerializer
from catalogue import actions
from catalogue.forms import KeptInMemory
from catalogue.models import Authorisation, CatalogueImport, Item, PriceEntry, Product, StagedRow
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
    PriceSerializer,
    RecordPriceSerializer,
    StageImportSerializer,
)

READ = {"GET": (Permission.READ_CATALOGUE,)}
IMPORT = (Permission.IMPORT_CATALOGUE, Permission.RECORD_PRICE)
MOST_FAULTS = 1000


def _text(name: str, description: str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, description=description, **options)


@extend_schema(
    parameters=[
        _text("q", "Part of a name, its pinyin or initials, or the beginning of a code."),
        _text("kind", "drug or consumable", enum=Item.Kind.values),
    ],
    responses={200: ItemSerializer(many=True), **READ_ERRORS},
)
class Items(ListAPIView):
    """Items in the order of their pinyin."""

    permission_classes = (SeatMay,)
    permissions = READ
    queryset = Item.objects.none()  # for the description of the API only
    serializer_class = ItemSerializer

    def get_queryset(self) -> Any:
        asked = self.request.query_params
        items = Item.objects.visible_to(seat_of(self.request)).matching(asked.get("q", ""))
        return items.filter(kind=asked["kind"]) if asked.get("kind") in Item.Kind.values else items


@extend_schema(responses={200: ItemSerializer, **READ_ERRORS})
class OneItem(RetrieveAPIView):
    permission_classes = (SeatMay,)
    permissions = READ
    queryset = Item.objects.none()  # for the description of the API only
    serializer_class = ItemSerializer
    lookup_field = "reference"

    def get_queryset(self) -> Any:
        return Item.objects.visible_to(seat_of(self.request))


@extend_schema(
    parameters=[_text("item", "Reference of the item.")],
    responses={200: CatalogueProductSerializer(many=True), **READ_ERRORS},
)
class Products(ListAPIView):
    """Products with all their versions, by reference of the item."""

    permission_classes = (SeatMay,)
    permissions = READ
    queryset = Product.objects.none()  # for the description of the API only
    serializer_class = CatalogueProductSerializer

    def get_queryset(self) -> Any:
        products = Product.objects.visible_to(seat_of(self.request)).order_by("pk")
        item = self.request.query_params.get("item")
        products = products.filter(item__reference=item) if item else products
        return products.select_related("item", "maker").prefetch_related("versions__holder")


@extend_schema(responses={200: CatalogueProductSerializer, **READ_ERRORS})
class OneProduct(RetrieveAPIView):
    permission_classes = (SeatMay,)
    permissions = READ
    queryset = Product.objects.none()  # for the description of the API only
    serializer_class = CatalogueProductSerializer
    lookup_field = "reference"

    def get_queryset(self) -> Any:
        products = Product.objects.visible_to(seat_of(self.request))
        return products.select_related("item", "maker").prefetch_related("versions__holder")


class EditItem(APIView):
    """Let an item be what is sent from a day on; what it was stays as a version."""

    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.IMPORT_CATALOGUE,)}

    @extend_schema(request=EditItemSerializer, responses={200: ItemSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        item = get_object_or_404(Item.objects.visible_to(seat_of(request)), reference=reference)
        asked = EditItemSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        act = {"by": seat_of(request), "now": timezone.now()}
        return Response(ItemSerializer(actions.edit_item(item=item, facts=asked.facts, edit=asked.edit, **act)).data)


class EditProduct(APIView):
    """Begin a new version of a product; everything that is left out as empty is empty from then on."""

    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.IMPORT_CATALOGUE,)}

    @extend_schema(request=EditProductSerializer, responses={200: CatalogueProductSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        products = Product.objects.visible_to(seat_of(request)).select_related("item", "maker")
        product = get_object_or_404(products, reference=reference)
        asked = EditProductSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        act = {"by": seat_of(request), "now": timezone.now()}
        actions.edit_product(product=product, facts=asked.facts, edit=asked.edit, **act)
        return Response(CatalogueProductSerializer(products.get(pk=product.pk)).data)


class LinkMaker(APIView):
    """Say which registered supplier the maker of a product is; once, and for all of its products."""

    permission_classes = (SeatMay,)
    permissions = {"POST": IMPORT}

    @extend_schema(request=LinkMakerSerializer, responses={200: CatalogueProductSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        products = Product.objects.visible_to(seat_of(request)).select_related("item", "maker")
        product = get_object_or_404(products, reference=reference)
        asked = LinkMakerSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        act = {"by": seat_of(request), "now": timezone.now()}
        actions.link_maker(maker=product.maker, organisation=asked.validated_data["supplier"], **act)
        return Response(CatalogueProductSerializer(product).data)


class Authorisations(ListAPIView):
    """Letters by which a supplier may offer what another makes, the latest first; posting records one."""

    permission_classes = (SeatMay,)
    permissions = {**READ, "POST": IMPORT}
    queryset = Authorisation.objects.none()  # for the description of the API only
    serializer_class = AuthorisationSerializer

    def get_queryset(self) -> Any:
        letters = Authorisation.objects.visible_to(seat_of(self.request))
        return letters.select_related("supplier", "maker", "product").order_by("-valid_from", "-pk")

    @extend_schema(responses={200: AuthorisationSerializer(many=True), **READ_ERRORS})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(request=AuthoriseSerializer, responses={201: AuthorisationSerializer, **WRITE_ERRORS})
    def post(self, request: Request) -> Response:
        asked = AuthoriseSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        act = {"by": seat_of(request), "now": timezone.now()}
        made = actions.authorise(letter=asked.letter, supplier=asked.validated_data["supplier"], **act)
        return Response(AuthorisationSerializer(made).data, status=201)


class EndAuthorisation(APIView):
    """End an authorisation before its last day."""

    permission_classes = (SeatMay,)
    permissions = {"POST": IMPORT}

    @extend_schema(request=EndAuthorisationSerializer, responses={200: AuthorisationSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        letters = Authorisation.objects.visible_to(seat_of(request)).select_related("supplier", "maker", "product")
        letter = get_object_or_404(letters, reference=reference)
        asked = EndAuthorisationSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        act = {"by": seat_of(request), "now": timezone.now()}
        ended = actions.end_authorisation(authorisation=letter, **asked.validated_data, **act)
        return Response(AuthorisationSerializer(ended).data)


class Prices(ListAPIView):
    """The price register, the latest entries first; posting records a price."""

    permission_classes = (SeatMay,)
    permissions = {**READ, "POST": (Permission.RECORD_PRICE,)}
    queryset = PriceEntry.objects.none()  # for the description of the API only
    serializer_class = PriceSerializer

    def get_queryset(self) -> Any:
        asked = self.request.query_params
        entries = PriceEntry.objects.visible_to(seat_of(self.request)).select_related("item", "product")
        wanted = Q(item__reference=asked["item"]) if asked.get("item") else Q()
        wanted &= Q(kind=asked["kind"]) if asked.get("kind") in PriceEntry.Kind.values else Q()
        return entries.filter(wanted).order_by("-valid_from", "-pk")

    @extend_schema(
        parameters=[
            _text("item", "Reference of the item."),
            _text("kind", "Kind of price.", enum=PriceEntry.Kind.values),
        ],
        responses={200: PriceSerializer(many=True), **READ_ERRORS},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        actions.note_price_search(asked=request.query_params.dict(), by=seat_of(request), now=timezone.now())
        return super().get(request, *args, **kwargs)

    @extend_schema(request=RecordPriceSerializer, responses={201: PriceSerializer, **WRITE_ERRORS})
    def post(self, request: Request) -> Response:
        asked = RecordPriceSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        kind, supersede = asked.validated_data["kind"], asked.validated_data["supersede"]
        entry = actions.record_price(
            fact=asked.fact, kind=kind, supersede=supersede, by=seat_of(request), now=timezone.now()
        )
        return Response(PriceSerializer(entry).data, status=201)


class EndPrice(APIView):
    """End an entry of the price register."""

    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.RECORD_PRICE,)}

    @extend_schema(request=EndPriceSerializer, responses={200: PriceSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        readable = PriceEntry.objects.visible_to(seat_of(request)).select_related("item", "product")
        entry = get_object_or_404(readable, reference=reference)
        asked = EndPriceSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        actions.end_price(entry=entry, **asked.validated_data, by=seat_of(request), now=timezone.now())
        return Response(PriceSerializer(entry).data)


class Imports(ListAPIView):
    """Imports, the latest first; posting a CSV or XLSX file has it read."""

    permission_classes = (SeatMay,)
    permissions = {"GET": IMPORT, "POST": IMPORT}
    parser_classes = (MultiPartParser,)
    queryset = CatalogueImport.objects.none()  # for the description of the API only
    serializer_class = ImportSerializer

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        request.upload_handlers = [KeptInMemory(request)]
        return super().initialize_request(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return _readable(self.request).order_by("-pk")

    @extend_schema(responses={200: ImportSerializer(many=True), **READ_ERRORS})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        request={"multipart/form-data": StageImportSerializer}, responses={202: ImportSerializer, **WRITE_ERRORS}
    )
    def post(self, request: Request) -> Response:
        asked = StageImportSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        file = asked.validated_data["file"]
        batch = actions.stage_import(file_name=file.name, content=file.read(), by=seat_of(request), now=timezone.now())
        return Response(ImportSerializer(batch).data, status=202)


@extend_schema(responses={200: ImportSerializer, **READ_ERRORS})
class OneImport(RetrieveAPIView):
    """How far an import is, and what it would do or did."""

    permission_classes = (SeatMay,)
    permissions = {"GET": IMPORT}
    queryset = CatalogueImport.objects.none()  # for the description of the API only
    serializer_class = ImportSerializer
    lookup_field = "reference"

    def get_queryset(self) -> Any:
        return _readable(self.request)


class ImportFaults(APIView):
    """What is wrong with the rows of an import: the first thousand rows with errors."""

    permission_classes = (SeatMay,)
    permissions = {"GET": IMPORT}

    @extend_schema(responses={200: FaultSerializer(many=True), **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        batch = get_object_or_404(_readable(request), reference=reference)
        rows = StagedRow.objects.filter(batch=batch).faulty().order_by("number")[:MOST_FAULTS]
        faults = [fault for row in rows for fault in row.told()]
        return Response(FaultSerializer(faults, many=True).data)


class MergeImport(APIView):
    """Decide that a file without errors goes into the catalogue; a worker then writes all of it, or nothing."""

    permission_classes = (SeatMay,)
    permissions = {"POST": IMPORT}

    @extend_schema(request=None, responses={202: ImportSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        batch = get_object_or_404(_readable(request), reference=reference)
        actions.merge_import(batch=batch, by=seat_of(request), now=timezone.now())
        return Response(ImportSerializer(batch).data, status=202)


class DiscardImport(APIView):
    """Lay a file aside that has not been merged."""

    permission_classes = (SeatMay,)
    permissions = {"POST": IMPORT}

    @extend_schema(request=None, responses={200: ImportSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        batch = get_object_or_404(_readable(request), reference=reference)
        actions.discard_import(batch=batch, by=seat_of(request), now=timezone.now())
        return Response(ImportSerializer(batch).data)


def _readable(request: Any) -> Any:
    batches = CatalogueImport.objects.visible_to(seat_of(request))
    return batches.select_related("uploaded_by__person", "uploaded_by__organisation")


urlpatterns = [
    path("items/", Items.as_view(), name="api-items"),
    path("items/<str:reference>/", OneItem.as_view(), name="api-item"),
    path("items/<str:reference>/edit/", EditItem.as_view(), name="api-edit-item"),
    path("products/", Products.as_view(), name="api-products"),
    path("products/<str:reference>/", OneProduct.as_view(), name="api-product"),
    path("products/<str:reference>/edit/", EditProduct.as_view(), name="api-edit-product"),
    path("products/<str:reference>/link-maker/", LinkMaker.as_view(), name="api-link-maker"),
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
