"""Shapes of what became of national codes."""

from typing import Any

from rest_framework import serializers

from catalogue.models import ProductCode
from catalogue.rules import ParsedCode
from core.api import StrictSerializer

MOST_CODES = 500  # of one request


class CodeSerializer(serializers.ModelSerializer):
    """A code and the product that it means; ``leads_to`` is the code at the end of the chain."""

    product = serializers.SlugRelatedField(slug_field="reference", read_only=True, allow_null=True)

    class Meta:
        model = ProductCode
        fields = ("code", "status", "remapped_to", "leads_to", "product", "valid_from", "valid_to", "reason", "source")


class CodePartSerializer(serializers.Serializer):
    """Some signs of a code: which code, which part of it, the place of the first of them (from 1), and what they mean
    in words, empty where nobody says."""

    code = serializers.CharField()
    part = serializers.CharField()
    text = serializers.CharField()
    first = serializers.IntegerField()
    means = serializers.CharField()


class CodeReadSerializer(serializers.Serializer):
    """A code or barcode in its parts, and the references of the products that have it."""

    parts = CodePartSerializer(many=True)
    products = serializers.ListField(child=serializers.CharField())


class TakeBackCodeSerializer(StrictSerializer):
    last_day = serializers.DateField()
    reason = serializers.CharField(max_length=300)


class CodesSerializer(serializers.Serializer):
    codes = CodeSerializer(many=True)


class CodeRowSerializer(StrictSerializer):
    """``new_code`` stands in place of ``code``; without it the code is disabled. Without a day: from today."""

    code = serializers.CharField(max_length=40)
    new_code = serializers.CharField(max_length=40, allow_blank=True, default="")
    valid_from = serializers.DateField(allow_null=True, default=None)
    reason = serializers.CharField(max_length=300)
    source = serializers.CharField(max_length=300, allow_blank=True, default="")


class SetCodesSerializer(StrictSerializer):
    codes = CodeRowSerializer(many=True, allow_empty=False, max_length=MOST_CODES)

    def validate_codes(self, rows: list[dict[str, Any]]) -> list[ParsedCode]:
        return [ParsedCode(**row) for row in rows]
