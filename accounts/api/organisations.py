"""Endpoints about organisations and the acting seat."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django_filters import rest_framework as filters

from accounts.models import Organisation, Seat
from accounts.permissions import OrganisationKind, Permission
from accounts.serializers import OrganisationSerializer, SeatSerializer
from core.api import Listing, Reading


class Me(Reading):
    """Who am I: the seat that this token or session acts for."""

    permissions = {"GET": (Permission.READ_CATALOGUE,)}
    serializer_class = SeatSerializer

    def load(self) -> Seat:
        return self.seat


class OrganisationFilters(filters.FilterSet):
    search = filters.CharFilter(method="named", help_text="Part of a name, also of one before, or the whole code.")
    kind = filters.ChoiceFilter(choices=OrganisationKind.choices)

    def named(self, rows: Any, name: str, value: str) -> QuerySet:
        return rows.named(value)


class Organisations(Listing):
    """Organisations by name."""

    model = Organisation
    permissions = {"GET": (Permission.READ_CATALOGUE,)}
    slow = True
    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilters

    def rows(self) -> QuerySet[Organisation]:
        return Organisation.objects.visible_to(self.seat).order_by("name", "credit_code")


urlpatterns = [
    path("me/", Me.as_view(), name="api-me"),
    path("organisations/", Organisations.as_view(), name="api-organisations"),
]
