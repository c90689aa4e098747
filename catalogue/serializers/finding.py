"""Shapes of what helps to find."""

from typing import Any

from rest_framework import serializers


class FacetOptionSerializer(serializers.Serializer):
    """One value of a filter: ``count`` rows have it, or, with ``more``, at least so many."""

    value = serializers.CharField(help_text="What the filter takes.")
    label = serializers.CharField()
    count = serializers.IntegerField()
    more = serializers.BooleanField()


class FacetSerializer(serializers.Serializer):
    """One filter of a list and the values that its rows have."""

    key = serializers.CharField(help_text="The name of the filter.")
    label = serializers.CharField()
    options = FacetOptionSerializer(many=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        facet, options = instance
        return super().to_representation({"key": facet.key, "label": facet.label, "options": options})


class SpeltLikeSerializer(serializers.Serializer):
    """A name that is there."""

    name = serializers.CharField()
