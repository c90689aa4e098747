"""Endpoints of codes of an organisation's own system."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django_filters import rest_framework as filters

from catalogue import actions
from catalogue.api.access import READ
from catalogue.models import OwnCode
from catalogue.serializers import OwnCodeSerializer, OwnCodesSerializer, SetOwnCodesSerializer
from core.api import ReadingMany, Setting


class OwnCodeFilters(filters.FilterSet):
    code = filters.CharFilter()
    item = filters.CharFilter("item__reference")
    product = filters.CharFilter("product__reference")


class OwnCodes(ReadingMany, Setting):
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


urlpatterns = [
    path("own-codes/", OwnCodes.as_view(), name="api-own-codes"),
]
