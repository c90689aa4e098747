"""Shapes that every room's endpoints share: what may be sent, and how an error looks."""

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail


class StrictSerializer(serializers.Serializer):
    """Refuses fields that it does not know, so that a misspelt one is told and never ignored."""

    def to_internal_value(self, data: object) -> dict[str, object]:
        if isinstance(data, dict):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                raise serializers.ValidationError(
                    {name: [ErrorDetail("This field is not known.", code="unknown")] for name in unknown}
                )
        return super().to_internal_value(data)


class NothingSerializer(StrictSerializer):
    """An act that takes nothing but who does it."""


class ReasonSerializer(StrictSerializer):
    """Why something is ended, refused, replaced or taken back."""

    reason = serializers.CharField(max_length=300)


class FaultSerializer(serializers.Serializer):
    field = serializers.CharField(help_text="Path of the field, such as lines.packs, or empty.")
    row = serializers.IntegerField(allow_null=True, help_text="Row from 1, where the field lies in a list.")
    code = serializers.CharField(allow_blank=True, help_text="What is wrong, from the published list.")
    message = serializers.CharField()


class ErrorSerializer(serializers.Serializer):
    """Every error has this shape."""

    code = serializers.CharField()
    message = serializers.CharField()
    faults = FaultSerializer(many=True)
