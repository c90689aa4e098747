"""Shapes of the API about contracts, orders, deliveries and what they owe. Prices and amounts are strings."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Organisation, Region
from accounts.permissions import OrganisationKind
from accounts.serializers import OrganisationSerializer
from catalogue.models import Product
from contracts.actions import Batch, ContractTerms, DistributionTerms, OrderRow, Verdict
from contracts.models import (
    Acceptance,
    AgreedVolume,
    Contract,
    ContractLine,
    ContractProduct,
    Correction,
    Delivery,
    DeliveryLine,
    Distribution,
    Order,
    OrderLine,
    Payable,
    PayerRule,
)
from contracts.rules import LATEST_ARRIVAL_DAYS, LONGEST_CAP, MAX_PACKS, MOST_DELAY, PAYMENT_LIMIT, PaymentRule
from core.api import StrictSerializer
from core.clock import legal_date

OWN_NUMBER: dict[str, Any] = {"max_length": 60, "default": "", "allow_blank": True}
MOST_ROWS = 500  # of one order or delivery


# --- What is answered -------------------------------------------------------------------------------------
class ProductSerializer(serializers.Serializer):
    """The product version that a line is about, with the references of its item and product in the catalogue."""

    item = serializers.CharField(source="product.item.reference")
    reference = serializers.CharField(source="product.reference")
    name = serializers.CharField(source="product.item")
    maker = serializers.CharField(source="product.maker")
    national_code = serializers.CharField()
    approval_number = serializers.CharField()
    base_unit = serializers.CharField(source="product.item.base_unit")


class UnitsField(serializers.DecimalField):
    """Units of a volume as a text, because a pack may draw a part of one: "700", "3.5"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=38, decimal_places=9, normalize_output=True, read_only=True, **kwargs)


class DistributionSerializer(serializers.ModelSerializer):
    """Who delivers, where and what; without a row the supplier does."""

    deliverer = OrganisationSerializer()
    area = serializers.CharField(source="area_id", allow_null=True)
    product = serializers.SlugRelatedField("reference", read_only=True, allow_null=True)

    class Meta:
        model = Distribution
        fields = ("number", "deliverer", "area", "product", "valid_from", "valid_to")


class ContractSerializer(serializers.ModelSerializer):
    agency = OrganisationSerializer()
    supplier = OrganisationSerializer()
    distribution = DistributionSerializer(many=True)
    payer_rule = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = Contract
        fields = (
            "reference",
            "status",
            "source",
            "title",
            "agency",
            "supplier",
            "distribution",
            "starts_on",
            "ends_on",
            "payment_rule",
            "payment_days",
            "payment_cap",
            "cap_policy",
            "payer_rule",
            "agreed_delay",
            "minimum_shelf_life",
            "signed_by_supplier_at",
            "signed_by_agency_at",
        )


class ContractProductSerializer(serializers.ModelSerializer):
    """A product that can be ordered; ``units`` are what one pack draws of the agreed volume."""

    product = ProductSerializer(source="product_version")
    units = UnitsField()
    quantity = serializers.IntegerField(help_text="Base units of it in a set; 1 otherwise.")

    class Meta:
        model = ContractProduct
        fields = ("number", "product", "price", "service_fee", "pack_size", "units", "quantity")


class ContractLineSerializer(serializers.ModelSerializer):
    products = ContractProductSerializer(many=True)
    agreed = serializers.IntegerField(help_text="In the line's unit, over the hospitals that the seat may see.")
    ordered = UnitsField()
    accepted = UnitsField(source="accepted_units")

    class Meta:
        model = ContractLine
        fields = ("number", "name", "unit", "is_set", "price", "products", "agreed", "ordered", "accepted")


class ContractDetailSerializer(ContractSerializer):
    lines = ContractLineSerializer(many=True, source="counted_lines")

    class Meta(ContractSerializer.Meta):
        fields = (*ContractSerializer.Meta.fields, "lines")


class OrderableSerializer(serializers.Serializer):
    """What one row of an order may be of: a product, counted in packs, or the parts of a set, counted in sets."""

    product = serializers.IntegerField(
        source="number", allow_null=True, help_text="Names the product in a row; null where the line has one, or sets."
    )
    price = serializers.DecimalField(max_digits=18, decimal_places=6)
    products = ContractProductSerializer(many=True)
    packs_to_agreed = serializers.IntegerField()
    packs_to_maximum = serializers.IntegerField(allow_null=True)


class VolumeSerializer(serializers.ModelSerializer):
    """What a hospital agreed to buy of a contract line, in the line's unit, and what remains, in packs or sets."""

    contract = serializers.CharField(source="line.contract.reference")
    line = serializers.IntegerField(source="line.number")
    name = serializers.CharField(source="line.name")
    unit = serializers.CharField(source="line.unit")
    is_set = serializers.BooleanField(source="line.is_set")
    hospital = serializers.CharField(source="hospital.credit_code")
    ordered = UnitsField()
    orderable = OrderableSerializer(many=True, source="orderables")

    class Meta:
        model = AgreedVolume
        fields = (
            "contract",
            "line",
            "name",
            "unit",
            "is_set",
            "hospital",
            "agreed",
            "maximum",
            "ordered",
            "orderable",
        )


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
class PrepareContractSerializer(StrictSerializer):
    source = serializers.CharField(max_length=40, help_text="Reference of the procedure that the awards came from.")
    supplier = serializers.SlugRelatedField(
        "credit_code", queryset=Organisation.objects.of_kind(OrganisationKind.SUPPLIER)
    )
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    payment_rule = serializers.ChoiceField(Contract.DueBy.choices, default=PaymentRule.DAYS)
    payment_days = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=365, help_text="30 where days are counted."
    )
    payment_cap = serializers.IntegerField(default=PAYMENT_LIMIT, min_value=1, max_value=LONGEST_CAP)
    cap_policy = serializers.CharField(default="", allow_blank=True, max_length=200)
    payer_rule = serializers.CharField(default=PayerRule.ORDINARY, max_length=40)
    minimum_shelf_life = serializers.IntegerField(default=180, min_value=0, max_value=3650)
    latest_arrival_days = serializers.IntegerField(default=LATEST_ARRIVAL_DAYS, min_value=0, max_value=365)
    agreed_delay = serializers.IntegerField(default=0, min_value=0, max_value=MOST_DELAY)
    maximum_percent = serializers.IntegerField(default=None, allow_null=True, min_value=100, max_value=1000)

    @property
    def terms(self) -> ContractTerms:
        facts = {name: value for name, value in self.validated_data.items() if name not in ("source", "supplier")}
        if facts["payment_rule"] == PaymentRule.DAYS:
            facts.setdefault("payment_days", PAYMENT_LIMIT)
        return ContractTerms(**{"payment_days": None, **facts})


class NameDelivererSerializer(StrictSerializer):
    """``area`` is a region's code, none for everywhere; ``product`` none for all; ``valid_from`` today if left out."""

    deliverer = serializers.SlugRelatedField("credit_code", queryset=Organisation.objects.all())
    area = serializers.SlugRelatedField("code", queryset=Region.objects.all(), allow_null=True, default=None)
    product = serializers.SlugRelatedField("reference", queryset=Product.objects.all(), allow_null=True, default=None)
    valid_from = serializers.DateField(required=False)

    @property
    def terms(self) -> DistributionTerms:
        return DistributionTerms(**{"valid_from": legal_date(timezone.now()), **self.validated_data})


class LastDaySerializer(StrictSerializer):
    last_day = serializers.DateField()


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


class CloseRestSerializer(StrictSerializer):
    closing = serializers.ChoiceField([Order.Closing.LATE, Order.Closing.NOT_WANTED, Order.Closing.BY_DELIVERER])
    reason = serializers.CharField(max_length=300)
