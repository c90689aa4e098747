"""Endpoints about documents of a tender: read them, attach, take off a draft."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path

from accounts.serializers import PaperSerializer
from core.api import Act, Reading
from tenders.actions import documents as actions
from tenders.api.tenders import PREPARE, READ, OfATender
from tenders.models import Tender, TenderDocument
from tenders.presentation.attached import attached_to
from tenders.serializers.documents import AttachDocumentSerializer, DocumentFileSerializer, TenderDocumentSerializer


class OfDocuments(OfATender):
    """Answers with the documents of the tender that the seat may see."""

    serializer_class = TenderDocumentSerializer
    many = True

    def shape(self, found: Any) -> Any:
        return super().shape(attached_to(self.load(self.kwargs["reference"]), self.seat))


class Documents(OfDocuments, Reading, Act):
    """The documents of a tender; the agency attaches more, which an amendment names where it is published."""

    permissions = {"GET": READ, "POST": PREPARE}
    takes = AttachDocumentSerializer

    def act(self, tender: Tender, asked: Any) -> None:
        given = asked.validated_data
        paper = PaperSerializer.paper(given["document"])
        actions.attach_document(tender=tender, kind=given["kind"], paper=paper, **self.by)


class OneDocument(OfATender, Reading):
    """A document with its bytes."""

    permissions = {"GET": READ}
    serializer_class = DocumentFileSerializer

    def load(self, reference: str, number: int) -> TenderDocument:  # type: ignore[override]  # one of the tender's
        tender = super().load(reference)
        shown = {one.number for one in attached_to(tender, self.seat)}
        return get_object_or_404(tender.documents.filter(number__in=shown), number=number)


class RemoveDocument(OfDocuments, Act):
    """Take a document off a draft."""

    permissions = {"POST": PREPARE}

    def load(self, reference: str, number: int = 0) -> Tender:
        return super().load(reference)

    def act(self, tender: Tender, asked: Any) -> None:
        actions.remove_document(tender=tender, number=self.kwargs["number"], **self.by)


urlpatterns = [
    path("tenders/<str:reference>/documents/", Documents.as_view(), name="api-documents"),
    path("tenders/<str:reference>/documents/<int:number>/", OneDocument.as_view(), name="api-document"),
    path(
        "tenders/<str:reference>/documents/<int:number>/remove/", RemoveDocument.as_view(), name="api-remove-document"
    ),
]
