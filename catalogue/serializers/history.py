"""Shape of what happened to an item or a product."""

from rest_framework import serializers

from catalogue.presentation.history import Sort


class HappeningSerializer(serializers.Serializer):
    """What began on ``day`` and, where it has an end, held through ``until``; in words, with why and who."""

    day = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    sort = serializers.ChoiceField(choices=Sort.choices)
    what = serializers.CharField()
    why = serializers.CharField()
    who = serializers.CharField()
