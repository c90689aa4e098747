"""Endpoints of what happens to organisations: filed by one person with its document, confirmed by another."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import actions
from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.models import Filing, Organisation
from accounts.permissions import Permission
from accounts.serializers import (
    AffiliationSerializer,
    BasisSerializer,
    FilingSerializer,
    OneOrganisationSerializer,
    ReasonSerializer,
    RenamingSerializer,
    TieSerializer,
)

REGISTER, WATCH = (Permission.MANAGE_ORGANISATIONS,), (Permission.MANAGE_ORGANISATIONS, Permission.READ_TRAIL)


@extend_schema(responses={200: OneOrganisationSerializer, **READ_ERRORS})
class OneOrganisation(RetrieveAPIView):
    """An organisation, and every name and licence that it has had."""

    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_CATALOGUE,)}
    queryset = Organisation.objects.none()  # for the description of the API only
    serializer_class = OneOrganisationSerializer
    lookup_field = "credit_code"

    def get_queryset(self) -> Any:
        seen = Organisation.objects.visible_to(seat_of(self.request))
        return seen.select_related("region").prefetch_related("versions__filing")


@extend_schema(responses={200: FilingSerializer(many=True), **READ_ERRORS})
class Filings(ListAPIView):
    """What was filed of organisations, the latest first."""

    permission_classes = (SeatMay,)
    permissions = {"GET": WATCH}
    queryset = Filing.objects.none()  # for the description of the API only
    serializer_class = FilingSerializer

    def get_queryset(self) -> Any:
        return Filing.objects.visible_to(seat_of(self.request)).with_people().order_by("-pk")


@extend_schema(responses={200: FilingSerializer, **READ_ERRORS})
class OneFiling(RetrieveAPIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": WATCH}
    queryset = Filing.objects.none()  # for the description of the API only
    serializer_class = FilingSerializer
    lookup_field = "reference"

    def get_queryset(self) -> Any:
        return Filing.objects.visible_to(seat_of(self.request)).with_people()


class FileRenaming(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": REGISTER}
    fresh = ("POST",)
    parser_classes = (MultiPartParser,)

    @extend_schema(
        request={"multipart/form-data": RenamingSerializer}, responses={201: FilingSerializer, **WRITE_ERRORS}
    )
    def post(self, request: Request) -> Response:
        """File another name or licence of an organisation; another person confirms it."""
        return _filed(request, RenamingSerializer, actions.propose_renaming)


class FileAffiliation(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": REGISTER}
    fresh = ("POST",)
    parser_classes = (MultiPartParser,)

    @extend_schema(
        request={"multipart/form-data": AffiliationSerializer}, responses={201: FilingSerializer, **WRITE_ERRORS}
    )
    def post(self, request: Request) -> Response:
        """File that two organisations belong together; another person confirms it."""
        return _filed(request, AffiliationSerializer, actions.propose_affiliation)


class FileSeparation(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": REGISTER}
    fresh = ("POST",)
    parser_classes = (MultiPartParser,)

    @extend_schema(request={"multipart/form-data": TieSerializer}, responses={201: FilingSerializer, **WRITE_ERRORS})
    def post(self, request: Request) -> Response:
        """File the last day on which two organisations belong together; another person confirms it."""
        return _filed(request, TieSerializer, actions.propose_separation)


class DeclineFiling(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": REGISTER}

    @extend_schema(request=ReasonSerializer, responses={200: FilingSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Leave everything as it is, with the reason."""
        seat = seat_of(request)
        filing = get_object_or_404(Filing.objects.visible_to(seat), reference=reference)
        asked = ReasonSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        declined = actions.decline_filing(filing=filing, **asked.validated_data, by=seat, now=timezone.now())
        return Response(FilingSerializer(declined).data)


def _filed(request: Request, kind: type[BasisSerializer], propose: Any) -> Response:
    asked = kind(data=request.data)
    asked.is_valid(raise_exception=True)
    filing = propose(**asked.said, basis=asked.basis, by=seat_of(request), now=timezone.now())
    return Response(FilingSerializer(filing).data, status=201)


urlpatterns = [
    path("organisations/<str:credit_code>/", OneOrganisation.as_view(), name="api-organisation"),
    path("filings/", Filings.as_view(), name="api-filings"),
    path("filings/renamings/", FileRenaming.as_view(), name="api-file-renaming"),
    path("filings/affiliations/", FileAffiliation.as_view(), name="api-file-affiliation"),
    path("filings/separations/", FileSeparation.as_view(), name="api-file-separation"),
    path("filings/<str:reference>/", OneFiling.as_view(), name="api-filing"),
    path("filings/<str:reference>/decline/", DeclineFiling.as_view(), name="api-decline-filing"),
]
