"""Shapes of whether something may be ordered. Prices are strings."""

from dataclasses import dataclass
from datetime import date

from rest_framework import serializers

from accounts.models import Organisation, Region
from catalogue.models import PriceEntry, Product, SingleSource
from catalogue.ordering import Answer


@dataclass(frozen=True)
class OrderAnswer:
    """What was asked of a product, and what the register answers."""

    product: Product
    hospital: Organisation
    region: Region
    day: date
    answer: Answer

    @property
    def may_order(self) -> bool:
        return self.answer.entry is not None


class CommitmentSerializer(serializers.ModelSerializer):
    """Of whom the hospital buys such products, and until when."""

    supplier = serializers.SlugRelatedField("credit_code", read_only=True)

    class Meta:
        model = SingleSource
        fields = ("reference", "supplier", "valid_to")


class MayOrderSerializer(serializers.Serializer):
    """Whether a hospital may order a product, at which entry of the price register; or why not."""

    product = serializers.CharField(source="product.reference")
    hospital = serializers.CharField(source="hospital.credit_code")
    region = serializers.CharField(source="region.code")
    day = serializers.DateField()
    may_order = serializers.BooleanField()
    code = serializers.CharField(source="answer.code", allow_blank=True, help_text="Why not, for programs.")
    why = serializers.CharField(source="answer.why", allow_blank=True, help_text="Why not, for people.")
    kind = serializers.ChoiceField(PriceEntry.Kind.choices, source="answer.entry.kind", default=None, allow_null=True)
    entry = serializers.CharField(source="answer.entry.reference", default=None, allow_null=True)
    price = serializers.DecimalField(
        source="answer.entry.price",
        max_digits=18,
        decimal_places=6,
        default=None,
        allow_null=True,
        help_text="Of so many base units as `units` says.",
    )
    units = serializers.IntegerField(source="answer.entry.units", default=None, allow_null=True)
    listing = serializers.CharField(source="answer.listing.reference", default=None, allow_null=True)
    bound = serializers.CharField(
        source="answer.bound.reference",
        default=None,
        allow_null=True,
        help_text="Entry of the guide or unified price that it was held against.",
    )
    commitment = CommitmentSerializer(source="answer.commitment", allow_null=True)
    needs_departure = serializers.BooleanField(
        source="answer.needs_departure",
        help_text="Whether an order of it takes a `departure`, because the hospital is committed to another supplier.",
    )
