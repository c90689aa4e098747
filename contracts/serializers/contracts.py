"""Shapes of the API about contracts: what is sold at which price, to whom, and who delivers. Prices are strings."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from accounts.models import Organisation, Region
from accounts.permissions import OrganisationKind
from accounts.serializers import OrganisationSerializer
from catalogue.models import Product
from contracts.actions import ContractTerms, DistributionTerms
from contracts.models import AgreedVolume, Contract, ContractLine, ContractProduct, Distribution, PayerRule
from contracts.rules import LATEST_ARRIVAL_DAYS, LONGEST_CAP, MOST_DELAY, PAYMENT_LIMIT, PaymentRule
from core.api import StrictSerializer
from core.clock import legal_date


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
