"""Shapes of the API about revealing seeds after lost keys."""

from typing import Any

from rest_framework import serializers

from accounts.serializers import StrictSerializer
from tenders.actions.bidding import Seeds
from tenders.serializers.bids import SealedFileField


class RevealTermsSerializer(serializers.Serializer):
    """What a bidder's program needs to reveal: signed documents as texts, and which envelopes are still shut."""

    call = serializers.CharField()
    close = serializers.CharField()
    version = serializers.IntegerField(help_text="The version that stands.")
    envelopes = serializers.ListField(child=serializers.CharField())


class RevealSerializer(StrictSerializer):
    """The seeds of the envelopes that are still shut, each sealed to the openers of the call."""

    technical = SealedFileField(required=False, allow_null=True, default=None)
    commercial = SealedFileField(required=False, allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {"seeds": Seeds(**attrs)}


class RevealReceiptSerializer(serializers.Serializer):
    receipt = serializers.CharField(help_text="Signed document sealed-bid-reveal/1.")
