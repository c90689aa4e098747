"""Endpoints about organisations and the acting seat."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.filters import SearchFilter
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api_access import SeatMay, seat_of
from accounts.models import Organisation
from accounts.permissions import Permission
from accounts.serializers import ErrorSerializer, OrganisationSerializer, SeatSerializer

# What every reading endpoint may answer besides its data; writing ones add 400, 409 and 422.
READ_ERRORS = {401: ErrorSerializer, 403: ErrorSerializer, 404: ErrorSerializer}
WRITE_ERRORS = {400: ErrorSerializer, **READ_ERRORS, 409: ErrorSerializer, 422: ErrorSerializer}


class Me(APIView):
    """Who am I: the seat that this token or session acts for."""

    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_CATALOGUE,)}

    @extend_schema(responses={200: SeatSerializer, **READ_ERRORS})
    def get(self, request: Request) -> Response:
        return Response(SeatSerializer(seat_of(request)).data)


@extend_schema(responses={200: OrganisationSerializer(many=True), **READ_ERRORS})
class Organisations(ListAPIView):
    """Organisations by name; ``search`` narrows by name or unified social credit code."""

    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_CATALOGUE,)}
    serializer_class = OrganisationSerializer
    filter_backends = (SearchFilter,)
    search_fields = ("name", "credit_code")

    def get_queryset(self) -> Any:
        return Organisation.objects.visible_to(seat_of(self.request)).order_by("name", "credit_code")


urlpatterns = [
    path("me/", Me.as_view(), name="api-me"),
    path("organisations/", Organisations.as_view(), name="api-organisations"),
]
