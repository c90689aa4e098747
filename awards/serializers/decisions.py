"""Shapes of the API about decisions and awards. Prices are texts."""

from rest_framework import serializers

from accounts.serializers import OrganisationSerializer
from awards.models import Allocation, Award, AwardProduct, Decision
from core.api import StrictSerializer
from tenders.serializers.results import AnswerObjectionSerializer


class AwardProductSerializer(serializers.ModelSerializer):
    product = serializers.CharField(source="product_version.product.reference")

    class Meta:
        model = AwardProduct
        fields = ("number", "product", "price", "service_fee", "pack_size", "factor", "volume_factor", "quantity")


class AwardSerializer(serializers.ModelSerializer):
    """One supplier's share in a decision."""

    supplier = OrganisationSerializer()
    region = serializers.CharField(source="region_id")
    products = AwardProductSerializer(many=True)

    class Meta:
        model = Award
        fields = (
            "place",
            "kind",
            "supplier",
            "bid",
            "price",
            "pack_size",
            "region",
            "starts_on",
            "ends_on",
            "products",
        )


class AllocationSerializer(serializers.ModelSerializer):
    """What a hospital gets of a lot in a year, in base units of the main specification; ``place`` is its winner's,
    None where nobody supplies it."""

    place = serializers.IntegerField(source="award.place", default=None, allow_null=True)
    region = serializers.CharField(source="region_id")
    hospital = OrganisationSerializer()

    class Meta:
        model = Allocation
        fields = ("place", "region", "hospital", "year", "quantity")


class ProposeAwardSerializer(StrictSerializer):
    """``regions``: the place of the winner by the region's code, where the rules give regions to winners."""

    regions = serializers.DictField(child=serializers.IntegerField(min_value=1), default=dict)


class DecisionSerializer(serializers.ModelSerializer):
    """What is decided on a lot's opened prices, binding from ``awarded_at`` on."""

    tender = serializers.CharField(source="lot.tender.reference")
    lot = serializers.IntegerField(source="lot.number")
    awards = AwardSerializer(many=True)

    class Meta:
        model = Decision
        fields = ("tender", "lot", "number", "status", "standstill_until", "proposed_at", "awarded_at", "awards")


class AnswerAwardObjectionSerializer(AnswerObjectionSerializer):
    set_aside = serializers.IntegerField(
        default=None,
        allow_null=True,
        min_value=1,
        max_value=32767,
        help_text="Upheld only: the lot goes on without the proposed bid at this place, which is not proposed again.",
    )
