"""Shapes of what an opener's program sends and gets. Documents travel as the text that was signed, shares in hex."""

from typing import Any

from rest_framework import serializers

from core.api import StrictSerializer
from tenders.actions.opening import Released
from tenders.models import Opener

LONGEST_DOCUMENT = 1_000_000
MOST_LOTS = 1000


class DocumentField(serializers.CharField):
    """A signed document, byte for byte."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LONGEST_DOCUMENT, "trim_whitespace": False, **kwargs})

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(data).encode()


class RegisterKeySerializer(StrictSerializer):
    """Public keys that the opener's own program made: the private ones never leave it."""

    public_key = serializers.RegexField(r"\A04[0-9a-f]{128}\Z", help_text="P-256 point, uncompressed, hex.")
    signing_key = serializers.RegexField(r"\A[0-9a-f]{64}\Z", help_text="Ed25519 public key, hex.")


class OpenerSerializer(serializers.ModelSerializer):
    person = serializers.CharField(source="seat.person.name")
    organisation = serializers.CharField(source="seat.organisation.credit_code")

    class Meta:
        model = Opener
        fields = (
            "place",
            "person",
            "organisation",
            "public_key",
            "signing_key",
            "key_made_at",
            "key_proved_at",
            "lost_at",
        )


class ChallengeSerializer(serializers.Serializer):
    """What an opener proves its key with: a canary (document and seal), and the key list to be signed."""

    document = serializers.CharField()
    seal = serializers.CharField(help_text="113 bytes in hex.")
    server = serializers.CharField(help_text="The platform's public signing key, hex.")
    key_list = serializers.CharField(help_text="Body of sealed-bid-keys/1; empty while a key is missing.")


class ProveKeySerializer(StrictSerializer):
    answer = DocumentField(help_text="Signed answer to the canary, sealed-bid-canary-answer/1.")
    signed_list = DocumentField(help_text="The key list with this opener's signature.")


class ReleasedSerializer(StrictSerializer):
    document = DocumentField(help_text="Signed document sealed-bid-release/1.")
    shares = serializers.ListField(
        child=serializers.RegexField(r"\A(?:[0-9a-f]{64})?\Z", allow_blank=True),
        help_text="Shares in hex, in the order of the request's list; empty where a seal did not open.",
    )


class ReleaseSerializer(StrictSerializer):
    """An opener's answers to one request a lot."""

    releases = serializers.ListField(child=ReleasedSerializer(), min_length=1, max_length=MOST_LOTS)

    @property
    def answers(self) -> list[Released]:
        return [
            Released(one["document"], tuple(bytes.fromhex(share) for share in one["shares"]))
            for one in self.validated_data["releases"]
        ]


class SignMinutesSerializer(StrictSerializer):
    minutes = serializers.ListField(child=DocumentField(), min_length=1, max_length=2 * MOST_LOTS)


class DestructionSerializer(StrictSerializer):
    document = DocumentField(help_text="Signed document sealed-bid-destruction/1.")
