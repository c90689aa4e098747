"""Endpoints of imports."""

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db.models import QuerySet
from django.urls import path
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from accounts.models import Seat
from catalogue import actions
from catalogue.api.access import IMPORT, RELEASE
from catalogue.forms import KeptInMemory
from catalogue.models import CatalogueImport, ReleaseRow, StagedRow
from catalogue.serializers import ImportSerializer, StageImportSerializer, StageReleaseSerializer
from core.api import Act, Endpoint, FaultSerializer, Reading, ReadingMany

MOST_FAULTS = 1000


def imports_of(seat: Seat) -> QuerySet[CatalogueImport]:
    people = ("uploaded_by__person", "uploaded_by__organisation")
    return CatalogueImport.objects.visible_to(seat).select_related("run", *people)


class Imports(ReadingMany, Act):
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


class StageRelease(Act):
    """Post the national release of consumables, CSV (packed or not) or XLSX: workers read and compare it. ``classes``
    are beginnings of codes that alone are taken."""

    permissions = {"POST": RELEASE}
    parser_classes = (MultiPartParser,)
    serializer_class = ImportSerializer
    takes, status = StageReleaseSerializer, 202

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        request.upload_handlers = [TemporaryFileUploadHandler(request)]
        return super().initialize_request(request, *args, **kwargs)

    def act(self, thing: None, asked: Any) -> CatalogueImport:
        file, classes = asked.validated_data["file"], asked.validated_data["classes"]
        return actions.stage_release(file_name=file.name, file=file, classes=classes, **self.by)


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
        if found.is_release:
            released = ReleaseRow.objects.filter(batch=found, effect=ReleaseRow.Effect.FAULTY)
            return super().shape([fault for row in released.order_by("number")[:MOST_FAULTS] for fault in row.told()])
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
    path("imports/", Imports.as_view(), name="api-imports"),
    path("imports/release/", StageRelease.as_view(), name="api-stage-release"),
    path("imports/<str:reference>/", OneImport.as_view(), name="api-import"),
    path("imports/<str:reference>/errors/", ImportFaults.as_view(), name="api-import-faults"),
    path("imports/<str:reference>/merge/", MergeImport.as_view(), name="api-merge-import"),
    path("imports/<str:reference>/discard/", DiscardImport.as_view(), name="api-discard-import"),
]
