"""Shapes of codes of an organisation's own system."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from catalogue.actions import OwnCodeRow
from catalogue.models import Item, OwnCode, Product
from core.api import StrictSerializer

MOST_CODES = 500  # of one request


class OwnCodeSerializer(serializers.ModelSerializer):
    """A code of one's own system, and the item or the product that it names."""

    item = serializers.SlugRelatedField(slug_field="reference", read_only=True, allow_null=True)
    product = serializers.SlugRelatedField(slug_field="reference", read_only=True, allow_null=True)

    class Meta:
        model = OwnCode
        fields = ("code", "item", "product", "set_at")


class OwnCodesSerializer(serializers.Serializer):
    codes = OwnCodeSerializer(many=True)


class OwnCodeRowSerializer(StrictSerializer):
    """``item`` or ``product`` by its reference; neither takes the code away."""

    code = serializers.CharField(max_length=80)
    item = serializers.CharField(max_length=20, allow_null=True, default=None)
    product = serializers.CharField(max_length=20, allow_null=True, default=None)


class SetOwnCodesSerializer(StrictSerializer):
    codes = OwnCodeRowSerializer(many=True, allow_empty=False, max_length=MOST_CODES)

    def validate_codes(self, rows: list[dict[str, Any]]) -> list[OwnCodeRow]:
        """The things by their references, in two questions whatever the number of rows."""
        items, products = self._known(Item, rows, "item"), self._known(Product, rows, "product")
        return [OwnCodeRow(row["code"], items.get(row["item"]), products.get(row["product"])) for row in rows]

    def _known(self, model: Any, rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
        found = {thing.reference: thing for thing in model.objects.filter(reference__in={row[name] for row in rows})}
        unknown = ErrorDetail("There is nothing of this reference.", code="does_not_exist")
        wrong = [{name: [unknown]} if row[name] and row[name] not in found else {} for row in rows]
        if any(wrong):
            raise serializers.ValidationError(wrong)
        return found
