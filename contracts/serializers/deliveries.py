"""Shapes of the API about deliveries, verdicts, and what they owe. Amounts are strings."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.serializers import OrganisationSerializer
from contracts.actions import Batch, Verdict
from contracts.models import Acceptance, Correction, Delivery, DeliveryLine, Payable
from contracts.rules import MAX_PACKS
from contracts.serializers.contracts import ProductSerializer
from contracts.serializers.orders import MOST_ROWS, OWN_NUMBER, NumberedLineSerializer
from core.api import StrictSerializer


# --- What is answered -------------------------------------------------------------------------------------
class DeliverySerializer(serializers.ModelSerializer):
    order = serializers.CharField(source="order.reference")
    hospital = OrganisationSerializer()
    deliverer = OrganisationSerializer()
    waits = serializers.BooleanField(help_text="Whether a batch has no verdict that stands.")

    class Meta:
        model = Delivery
        fields = ("reference", "own_number", "order", "hospital", "deliverer", "sent_at", "note", "waits")


class AcceptanceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Acceptance
        fields = (
            "number",
            "accepted",
            "rejected",
            "short",
            "rejection",
            "note",
            "replacement",
            "own_number",
            "accepted_on",
            "accepted_at",
        )


class CorrectionSerializer(serializers.ModelSerializer):
    """What waits for a second person's answer."""

    class Meta:
        model = Correction
        fields = ("kind", "arrived_on", "reason", "asked_at", "lapses_at")


class DeliveryLineSerializer(serializers.ModelSerializer):
    line = serializers.IntegerField(source="number", help_text="Its place on the delivery note.")
    order_line = serializers.IntegerField(source="order_line.number")
    product = ProductSerializer(source="order_line.product.product_version")
    batch = serializers.CharField(source="batch.number")
    expires_on = serializers.DateField(source="batch.expires_on")
    verdict = serializers.SerializerMethodField()
    correction = serializers.SerializerMethodField()

    class Meta:
        model = DeliveryLine
        fields = (
            "line",
            "own_number",
            "order_line",
            "product",
            "batch",
            "expires_on",
            "packs",
            "arrived_on",
            "verdict",
            "correction",
        )

    @extend_schema_field(AcceptanceSerializer(allow_null=True))
    def get_verdict(self, line: Any) -> AcceptanceSerializer | None:
        """The verdict that stands."""
        return AcceptanceSerializer(line.standing[0]).data if line.standing else None

    @extend_schema_field(CorrectionSerializer(allow_null=True))
    def get_correction(self, line: Any) -> CorrectionSerializer | None:
        """The correction that waits for an answer."""
        return CorrectionSerializer(line.asked[0]).data if line.asked else None


class DeliveryDetailSerializer(DeliverySerializer):
    lines = DeliveryLineSerializer(many=True, source="judged_lines")

    class Meta(DeliverySerializer.Meta):
        fields = (*DeliverySerializer.Meta.fields, "lines")


class SentDeliverySerializer(serializers.ModelSerializer):
    lines = NumberedLineSerializer(many=True)

    class Meta:
        model = Delivery
        fields = ("reference", "own_number", "sent_at", "lines")


class OwedSerializer(serializers.ModelSerializer):
    """What an acceptance brought about."""

    line = serializers.IntegerField(source="acceptance.line.number")

    class Meta:
        model = Payable
        fields = ("line", "reference", "amount", "fee", "due_on")


class AcceptedSerializer(serializers.Serializer):
    payables = OwedSerializer(many=True)


# --- What is asked ----------------------------------------------------------------------------------------
class BatchSerializer(StrictSerializer):
    line = serializers.IntegerField(min_value=1, max_value=32767, help_text="Number of the order line.")
    batch = serializers.CharField(max_length=40)
    expires_on = serializers.DateField()
    packs = serializers.IntegerField(min_value=1, max_value=MAX_PACKS)
    own_number = serializers.CharField(**OWN_NUMBER, help_text="Of the row in your system.")


class SendDeliverySerializer(StrictSerializer):
    lines = BatchSerializer(many=True, allow_empty=False, max_length=MOST_ROWS)
    note = serializers.CharField(max_length=200, default="", allow_blank=True)
    own_number = serializers.CharField(**OWN_NUMBER, help_text="Of the delivery in your system.")

    @property
    def batches(self) -> list[Batch]:
        return [Batch(**row) for row in self.validated_data["lines"]]


class VerdictSerializer(StrictSerializer):
    line = serializers.IntegerField(min_value=1, max_value=32767, help_text="Its place on the delivery note.")
    accepted = serializers.IntegerField(min_value=0, max_value=MAX_PACKS)
    rejected = serializers.IntegerField(min_value=0, max_value=MAX_PACKS, default=0)
    short = serializers.IntegerField(min_value=0, max_value=MAX_PACKS, default=0)
    rejection = serializers.ChoiceField(Acceptance.Rejection.choices, default="", allow_blank=True)
    note = serializers.CharField(max_length=300, default="", allow_blank=True)
    replacement = serializers.BooleanField(default=True, help_text="Deliver again what is missing.")


class AcceptDeliverySerializer(StrictSerializer):
    lines = VerdictSerializer(many=True, allow_empty=False, max_length=MOST_ROWS)
    own_number = serializers.CharField(**OWN_NUMBER, help_text="Of the verdict in your system.")

    @property
    def verdicts(self) -> list[Verdict]:
        return [Verdict(**row) for row in self.validated_data["lines"]]


class LaterArrivalSerializer(StrictSerializer):
    arrived_on = serializers.DateField(help_text="After the day from which the goods are owed now.")
    reason = serializers.CharField(max_length=300)


class CorrectExpirySerializer(StrictSerializer):
    expires_on = serializers.DateField()
    reason = serializers.CharField(max_length=300)
