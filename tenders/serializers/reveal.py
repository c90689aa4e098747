"""Shapes of the API about revealing seeds after lost keys."""

from typing import Any

from rest_framework import serializers

from core.api import StrictSerializer
from tenders.actions.bidding import Seeds
from tenders.models import RevealCall
from tenders.serializers.bids import SealedFileField


class PrepareCallSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=300, help_text="Published with the call.")
    due_at = serializers.DateTimeField(help_text="Seeds come before this hour, at least 24 hours after publication.")


class PublishCallSerializer(StrictSerializer):
    called_at = serializers.DateTimeField(help_text="Of the call as you read it; 409 if it was made anew since.")


class CallSerializer(serializers.ModelSerializer):
    """A call to reveal with both people. Until it is published only the agency and auditors read it."""

    called_by = serializers.CharField(source="called_by.signature")
    published_by = serializers.SerializerMethodField()
    document = serializers.SerializerMethodField(help_text="Signed document sealed-bid-call/1; before it, empty.")

    class Meta:
        model = RevealCall
        fields = ("reason", "due_at", "called_at", "called_by", "published_at", "published_by", "sha256", "document")

    def get_published_by(self, call: RevealCall) -> str:
        return call.published_by.signature if call.published_by else ""

    def get_document(self, call: RevealCall) -> str:
        return bytes(call.document or b"").decode()


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
