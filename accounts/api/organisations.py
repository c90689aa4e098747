"""Endpoints about organisations and the acting seat."""

from django.db.models import QuerySet
from django.urls import path
from rest_framework.filters import SearchFilter

from accounts.models import Organisation, Seat
from accounts.permissions import Permission
from accounts.serializers import OrganisationSerializer, SeatSerializer
from core.api import Listing, Reading


class Me(Reading):
    """Who am I: the seat that this token or session acts for."""

    permissions = {"GET": (Permission.READ_CATALOGUE,)}
    serializer_class = SeatSerializer

    def load(self) -> Seat:
        return self.seat


class Organisations(Listing):
    """Organisations by name; ``search`` narrows by name or unified social credit code."""

    model = Organisation
    permissions = {"GET": (Permission.READ_CATALOGUE,)}
    serializer_class = OrganisationSerializer
    filter_backends = (SearchFilter,)
    search_fields = ("name", "credit_code")

    def rows(self) -> QuerySet[Organisation]:
        return Organisation.objects.visible_to(self.seat).order_by("name", "credit_code")


urlpatterns = [
    path("me/", Me.as_view(), name="api-me"),
    path("organisations/", Organisations.as_view(), name="api-organisations"),
]
