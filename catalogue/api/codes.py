"""Endpoints of what became of national codes."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django_filters import rest_framework as filters

from accounts.permissions import Permission
from catalogue import actions
from catalogue.api.access import ON, READ, day_asked
from catalogue.models import ProductCode
from catalogue.serializers.codes import CodeSerializer, CodesSerializer, SetCodesSerializer
from core.api import Act, ReadingMany


class CodeFilters(filters.FilterSet):
    code = filters.CharFilter()
    status = filters.ChoiceFilter(choices=ProductCode.Status.choices)


class Codes(ReadingMany, Act):
    """Codes that are disabled or in whose place others stand."""

    model = ProductCode
    permissions = {**READ, "POST": (Permission.IMPORT_CATALOGUE,)}
    serializer_class = CodeSerializer
    filterset_class = CodeFilters
    takes, gives, status = SetCodesSerializer, CodesSerializer, 201
    example = {"codes": [{"code": "XL02BBB085A001010100662", "new_code": "XL02BBB085A001010200662", "reason": "…"}]}
    asks = ON

    def rows(self) -> QuerySet[ProductCode]:
        codes, day = ProductCode.objects.visible_to(self.seat).select_related("product"), day_asked(self)
        return (codes.in_force(day) if day else codes).order_by("code", "pk")

    def act(self, thing: None, asked: Any) -> dict[str, Any]:
        """Disable or remap some codes: all of them, or none with what is wrong in each row."""
        return {"codes": actions.set_codes(rows=asked.validated_data["codes"], **self.by)}


urlpatterns = [path("codes/", Codes.as_view(), name="api-codes")]
