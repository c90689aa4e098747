"""Shape of a head for programs."""

from rest_framework import serializers

from oversight.models import TrailHead


class HeadSerializer(serializers.ModelSerializer):
    document = serializers.CharField(source="text", help_text="Signed document trail-head/1, as it was signed.")

    class Meta:
        model = TrailHead
        fields = ("hash", "signed_at", "sha256", "document")
