"""Endpoints of a supplier's shelf: what stands there, and how its own systems fill it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from rest_framework.parsers import MultiPartParser

from accounts.permissions import Permission
from accounts.serializers import PaperSerializer
from catalogue.actions.shelf import attach_to_shelf, shelve, take_off_shelf
from catalogue.forms.shelf_files import rows_of
from catalogue.models import ShelfDocument
from catalogue.serializers.shelf import (
    FillShelfSerializer,
    ShelfDocumentSerializer,
    ShelfFileSerializer,
    ShelvedSerializer,
    ShelveSerializer,
    TakeOffShelfSerializer,
)
from core.api import Act, Endpoint, Reading, ReadingMany

SHELF_READERS = (Permission.BID, Permission.IMPORT_CATALOGUE, Permission.EVALUATE, Permission.READ_TRAIL)
_READ, _FILL = {"GET": SHELF_READERS}, {"POST": (Permission.BID,)}


class OfShelves(Endpoint):
    """What the seat may see of shelves."""

    serializer_class = ShelfDocumentSerializer

    def seen(self) -> QuerySet[ShelfDocument]:
        return ShelfDocument.objects.visible_to(self.seat).with_products()

    def shelved(self, made: list[ShelfDocument]) -> dict[str, Any]:
        return {"documents": self.seen().filter(pk__in=[one.pk for one in made]).order_by("pk")}


class Shelf(OfShelves, ReadingMany, Act):
    """Documents on shelves, the latest first; posting puts several on the supplier's own."""

    model = ShelfDocument
    permissions = {**_READ, **_FILL}
    filterset_fields = ("kind", "number", "supplier__credit_code", "uses__product__reference", "valid_until")
    takes, gives, status = ShelveSerializer, ShelvedSerializer, 201

    def rows(self) -> QuerySet[ShelfDocument]:
        return self.seen().order_by("-pk")

    def act(self, thing: None, asked: Any) -> dict[str, Any]:
        """Put documents on the shelf: all of them, or none."""
        return self.shelved(shelve(rows=asked.rows, **self.by))


class FillShelf(OfShelves, Act):
    """Put the documents that a spreadsheet names on the shelf: all of them, or none. Their files are attached after."""

    permissions = _FILL
    parser_classes = (MultiPartParser,)
    takes, gives, status = FillShelfSerializer, ShelvedSerializer, 201

    def act(self, thing: None, asked: Any) -> dict[str, Any]:
        file = asked.validated_data["file"]
        return self.shelved(shelve(rows=rows_of(file, file.name), **self.by))


class OfADocument(OfShelves):
    """Of the document at the address; answers with it as it is then."""

    def load(self, reference: str) -> ShelfDocument:
        return self.one(self.seen(), reference=reference)

    def shape(self, found: ShelfDocument) -> Any:
        return super().shape(self.load(**self.kwargs))


class OneDocument(OfADocument, Reading):
    """One document of a shelf."""

    permissions = _READ


class DocumentFile(OfADocument, Reading):
    """The file of a document as it was uploaded; 404 where it has none yet."""

    permissions = _READ
    serializer_class = ShelfFileSerializer

    def seen(self) -> QuerySet[ShelfDocument]:
        return super().seen().exclude(document_name="")


class AttachToDocument(OfADocument, Act):
    """Give a document that came without one its file."""

    permissions = _FILL
    takes = PaperSerializer

    def act(self, document: ShelfDocument, asked: Any) -> ShelfDocument:
        return attach_to_shelf(document=document, paper=PaperSerializer.paper(asked.validated_data), **self.by)


class TakeOffShelf(OfADocument, Act):
    """Take a document off the shelf, its own supplier or an officer of the catalogue."""

    permissions = {"POST": (Permission.BID, Permission.IMPORT_CATALOGUE)}
    takes = TakeOffShelfSerializer

    def act(self, document: ShelfDocument, asked: Any) -> ShelfDocument:
        return take_off_shelf(document=document, **asked.validated_data, **self.by)


_ONE = "shelf/<str:reference>/"
urlpatterns = [
    path("shelf/", Shelf.as_view(), name="api-shelf"),
    path("shelf/fill/", FillShelf.as_view(), name="api-fill-shelf"),
    path(_ONE, OneDocument.as_view(), name="api-shelf-document"),
    path(f"{_ONE}file/", DocumentFile.as_view(), name="api-shelf-file"),
    path(f"{_ONE}attach/", AttachToDocument.as_view(), name="api-attach-to-document"),
    path(f"{_ONE}withdraw/", TakeOffShelf.as_view(), name="api-take-off-shelf"),
]
