"""Shapes of listings and of commitments to one supplier. Prices are strings."""

from typing import Any

from rest_framework import serializers

from accounts.models import Organisation, Region
from accounts.permissions import OrganisationKind
from catalogue.actions import Commitment, ListingApplication
from catalogue.models import Item, Listing, ListingStep, Product, SingleSource, Variety
from core.api import ReasonSerializer, StrictSerializer

MOST_ROWS = 500
PRICE: dict[str, Any] = {"max_digits": 18, "decimal_places": 6}


class ListingStepSerializer(serializers.ModelSerializer):
    """How it stood from a day on, and why."""

    class Meta:
        model = ListingStep
        fields = ("status", "day", "reason")


class ListingSerializer(serializers.ModelSerializer):
    product = serializers.SlugRelatedField("reference", read_only=True)
    supplier = serializers.SlugRelatedField("credit_code", read_only=True)
    region = serializers.CharField(source="region_id")
    steps = ListingStepSerializer(many=True)

    class Meta:
        model = Listing
        fields = (
            "reference",
            "status",
            "product",
            "supplier",
            "region",
            "basis",
            "price",
            "pack_size",
            "valid_from",
            "evidence",
            "applied_at",
            "listed_at",
            "steps",
        )


class AppliedSerializer(serializers.Serializer):
    """The applications that were made, one a product and region."""

    listings = ListingSerializer(many=True)


class ListingApplicationSerializer(StrictSerializer):
    product = serializers.SlugRelatedField("reference", queryset=Product.objects.select_related("item", "maker"))
    price = serializers.DecimalField(**PRICE)
    regions = serializers.SlugRelatedField("code", queryset=Region.objects.all(), many=True, allow_empty=False)
    valid_from = serializers.DateField()
    basis = serializers.ChoiceField(Listing.Basis.choices)
    evidence = serializers.CharField(max_length=500)


class ApplySerializer(StrictSerializer):
    applications = ListingApplicationSerializer(many=True, allow_empty=False, max_length=MOST_ROWS)

    @property
    def asked(self) -> list[ListingApplication]:
        return [ListingApplication(**row) for row in self.validated_data["applications"]]


class AnswerListingSerializer(StrictSerializer):
    price = serializers.DecimalField(**PRICE)
    valid_from = serializers.DateField()
    evidence = serializers.CharField(max_length=500)


class ReviewListingSerializer(StrictSerializer):
    valid_from = serializers.DateField(required=False, help_text="The day that was applied for if left out.")


class SingleSourceSerializer(serializers.ModelSerializer):
    item = serializers.SlugRelatedField("reference", read_only=True, allow_null=True)
    variety = serializers.SlugRelatedField("reference", read_only=True, allow_null=True)
    supplier = serializers.SlugRelatedField("credit_code", read_only=True)
    hospital = serializers.SlugRelatedField("credit_code", read_only=True, allow_null=True)
    region = serializers.CharField(source="region_id")

    class Meta:
        model = SingleSource
        fields = (
            "reference",
            "item",
            "variety",
            "supplier",
            "region",
            "hospital",
            "valid_from",
            "valid_to",
            "source",
            "end_reason",
        )


class RecordSingleSourceSerializer(StrictSerializer):
    """An item or a variety; without a hospital, all of the region."""

    item = serializers.SlugRelatedField("reference", queryset=Item.objects.all(), default=None, allow_null=True)
    variety = serializers.SlugRelatedField("reference", queryset=Variety.objects.all(), default=None, allow_null=True)
    supplier = serializers.SlugRelatedField(
        "credit_code", queryset=Organisation.objects.of_kind(OrganisationKind.SUPPLIER)
    )
    hospital = serializers.SlugRelatedField(
        "credit_code",
        queryset=Organisation.objects.of_kind(OrganisationKind.HOSPITAL),
        default=None,
        allow_null=True,
    )
    region = serializers.SlugRelatedField("code", queryset=Region.objects.all())
    valid_from = serializers.DateField()
    valid_to = serializers.DateField()
    source = serializers.CharField(max_length=300)

    @property
    def commitment(self) -> Commitment:
        return Commitment(**self.validated_data)


class EndSingleSourceSerializer(ReasonSerializer):
    last_day = serializers.DateField()
