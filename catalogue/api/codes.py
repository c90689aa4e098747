"""Endpoints of what became of national codes."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from rest_framework.exceptions import ErrorDetail, ValidationError

from accounts.permissions import Permission
from catalogue import actions
from catalogue.api.access import ON, READ, day_asked
from catalogue.models import Product, ProductCode, ProductVersion
from catalogue.presentation import explaining
from catalogue.rules import CodeError
from catalogue.serializers.codes import (
    CodeReadSerializer,
    CodeSerializer,
    CodesSerializer,
    SetCodesSerializer,
    TakeBackCodeSerializer,
)
from core.api import Act, Reading, ReadingMany


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


class ReadCode(Reading):
    """What a code or a scanned barcode says, part by part, and the products that have it, the first fifty.

    National codes, standard codes, approval numbers, GTINs and GS1 barcodes, as a scanner sends them or as they are
    printed. A code that is damaged is refused with the place that is wrong.
    """

    permissions = READ
    serializer_class = CodeReadSerializer
    asks = {"text": "The code, or all that the scanner sent."}

    def load(self) -> dict[str, Any]:
        text = self.request.query_params.get("text", "")
        try:
            parts = explaining.asked(text)
        except CodeError as error:
            raise ValidationError({"text": [ErrorDetail(error.told(_), code="invalid")]}) from None
        found = Product.objects.visible_to(self.seat).filter(versions__in=ProductVersion.objects.matching(text))
        return {"parts": parts, "products": found.order_by("pk").distinct().values_list("reference", flat=True)[:50]}


class TakeBackCode(Act):
    """Let what was said of a code hold until a day only; a product that took the new code has its old one again."""

    permissions = {"POST": (Permission.IMPORT_CATALOGUE,)}
    serializer_class = CodeSerializer
    takes = TakeBackCodeSerializer
    example = {"last_day": "2026-03-31", "reason": "…"}

    def load(self, code: str, status: str) -> ProductCode:
        return self.one(ProductCode.objects.visible_to(self.seat).for_list().said(code, status))

    def act(self, code: ProductCode, asked: Any) -> ProductCode:
        return actions.take_back_code(code=code, **asked.validated_data, **self.by)


urlpatterns = [
    path("codes/", Codes.as_view(), name="api-codes"),
    path("codes/read/", ReadCode.as_view(), name="api-read-code"),
    path("codes/<str:code>/<str:status>/take-back/", TakeBackCode.as_view(), name="api-take-back-code"),
]
