"""Shapes of the price register. Prices travel as text."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from accounts.models import Organisation, Region
from catalogue.models import Item, PriceEntry, Product
from catalogue.rules import PriceFact
from core.api import StrictSerializer
from core.money import PRICE_DECIMALS


class PriceSerializer(serializers.ModelSerializer):
    """``price`` is that of ``units`` base units, in the installation's currency."""

    item = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    product = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    hospital = serializers.SlugRelatedField(slug_field="credit_code", read_only=True)

    class Meta:
        model = PriceEntry
        fields = (
            "reference",
            "item",
            "product",
            "kind",
            "guide_class",
            "region",
            "hospital",
            "price",
            "units",
            "valid_from",
            "valid_to",
            "source",
            "unverified",
            "visibility",
            "public_from",
        )


class RecordPriceSerializer(StrictSerializer):
    """A price to record; ``currency`` may be left out and must otherwise be the installation's."""

    item = serializers.SlugRelatedField(slug_field="reference", queryset=Item.objects.all())
    product = serializers.SlugRelatedField(slug_field="reference", queryset=Product.objects.all(), required=False)
    kind = serializers.ChoiceField(choices=PriceEntry.Kind.choices)
    region = serializers.PrimaryKeyRelatedField(queryset=Region.objects.all())
    price = serializers.DecimalField(max_digits=18, decimal_places=PRICE_DECIMALS)
    currency = serializers.ChoiceField(choices=[settings.CURRENCY], required=False)
    units = serializers.IntegerField(min_value=1, max_value=1_000_000)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(required=False, allow_null=True)
    source = serializers.CharField(max_length=300)
    parties = serializers.SlugRelatedField(
        slug_field="credit_code",
        queryset=Organisation.objects.all(),
        many=True,
        allow_null=True,
        default=None,
        help_text="Shown to these organisations, the agency and auditors only; null: to everybody.",
    )
    public_from = serializers.DateField(required=False, allow_null=True)
    supersede = serializers.BooleanField(default=False, help_text="End the running price the day before.")

    @property
    def fact(self) -> PriceFact:
        given: dict[str, Any] = self.validated_data
        product = given.get("product")
        return PriceFact(
            item_id=given["item"].pk,
            product_id=product.pk if product else None,
            region_code=given["region"].pk,
            price=given["price"],
            units=given["units"],
            valid_from=given["valid_from"],
            valid_to=given.get("valid_to"),
            source=given["source"],
            parties=None if given["parties"] is None else tuple(party.pk for party in given["parties"]),
            public_from=given.get("public_from"),
        )


class EndPriceSerializer(StrictSerializer):
    last_day = serializers.DateField()
