"""Shapes of the API about orders. Prices and amounts are strings."""

from typing import Any

from rest_framework import serializers

from accounts.serializers import OrganisationSerializer
from contracts.actions import OrderRow
from contracts.models import Order, OrderLine
from contracts.rules import MAX_PACKS
from contracts.serializers.contracts import ProductSerializer
from core.api import StrictSerializer

OWN_NUMBER: dict[str, Any] = {"max_length": 60, "default": "", "allow_blank": True}
MOST_ROWS = 500  # of one order or delivery


# --- What is answered -------------------------------------------------------------------------------------
class NumberedLineSerializer(serializers.Serializer):
    """How a line is named from now on, beside what its sender calls it."""

    line = serializers.IntegerField(source="number")
    own_number = serializers.CharField()
    packs = serializers.IntegerField()


class PlacedOrderSerializer(serializers.ModelSerializer):
    """The answer to a placed or changed order: how it stands."""

    lines = NumberedLineSerializer(many=True)

    class Meta:
        model = Order
        fields = ("reference", "own_number", "status", "amount", "placed_at", "reason", "lines")


class OrderSerializer(serializers.ModelSerializer):
    contract = serializers.CharField(source="contract.reference")
    hospital = OrganisationSerializer()
    deliverer = OrganisationSerializer()
    to_send = serializers.IntegerField(help_text="Packs confirmed and not sent.")
    under_way = serializers.IntegerField(help_text="Packs sent and not accepted.")

    class Meta:
        model = Order
        fields = (
            "reference",
            "own_number",
            "status",
            "stage",
            "contract",
            "hospital",
            "deliverer",
            "amount",
            "to_send",
            "under_way",
            "placed_at",
            "approved_at",
            "answered_at",
            "ended_at",
            "reason",
            "note",
            "latest_arrival_on",
            "closing",
            "close_reason",
        )


class OrderLineSerializer(serializers.ModelSerializer):
    line = serializers.IntegerField(source="number", help_text="Names it in confirmations and deliveries.")
    contract_line = serializers.IntegerField(source="volume.line.number")
    contract_product = serializers.IntegerField(source="product.number", help_text="Its number in that line.")
    product = ProductSerializer(source="product.product_version")

    class Meta:
        model = OrderLine
        fields = (
            "line",
            "own_number",
            "contract_line",
            "contract_product",
            "product",
            "packs",
            "price",
            "service_fee",
            "pack_size",
            "units",
            "amount",
            "fee",
            "confirmed",
            "released",
            "closed",
            "delivered",
            "accepted",
        )


class OrderDetailSerializer(OrderSerializer):
    lines = OrderLineSerializer(many=True)

    class Meta(OrderSerializer.Meta):
        fields = (*OrderSerializer.Meta.fields, "lines")


# --- What is asked ----------------------------------------------------------------------------------------
class OrderRowSerializer(StrictSerializer):
    line = serializers.IntegerField(min_value=1, max_value=32767, help_text="Number of the contract line.")
    packs = serializers.IntegerField(min_value=1, max_value=MAX_PACKS, help_text="Of a line of sets, sets.")
    product = serializers.IntegerField(
        min_value=1,
        max_value=32767,
        allow_null=True,
        default=None,
        help_text="Number of the product in its line, where that has several.",
    )
    own_number = serializers.CharField(**OWN_NUMBER, help_text="Of the row in your system.")


class PlaceOrderSerializer(StrictSerializer):
    contract = serializers.CharField(max_length=20)
    lines = OrderRowSerializer(many=True, allow_empty=False, max_length=MOST_ROWS)
    note = serializers.CharField(max_length=300, default="", allow_blank=True)
    own_number = serializers.CharField(**OWN_NUMBER, help_text="Of the order in your system.")

    @property
    def rows(self) -> list[OrderRow]:
        return [OrderRow(**row) for row in self.validated_data["lines"]]


class PromiseSerializer(StrictSerializer):
    line = serializers.IntegerField(min_value=1, max_value=32767, help_text="Number of the order line.")
    packs = serializers.IntegerField(min_value=0, max_value=MAX_PACKS)


class ConfirmOrderSerializer(StrictSerializer):
    """Every line with the packs that are promised; without ``lines``, everything is."""

    lines = PromiseSerializer(many=True, required=False, allow_empty=False, max_length=MOST_ROWS)

    @property
    def packs(self) -> dict[int, int] | None:
        lines = self.validated_data.get("lines")
        return {row["line"]: row["packs"] for row in lines} if lines else None


class CloseRestSerializer(StrictSerializer):
    closing = serializers.ChoiceField([Order.Closing.LATE, Order.Closing.NOT_WANTED, Order.Closing.BY_DELIVERER])
    reason = serializers.CharField(max_length=300)
