"""Shapes of the price register. Prices travel as text."""

from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from accounts.models import Organisation, Region
from catalogue.models import Item, PriceChange, PriceEntry, PriceLine, Product
from catalogue.rules import Ground, PlannedPrice, PriceFact
from core.api import StrictSerializer
from core.money import PRICE_DECIMALS

MOST_PRICES = 500  # of one request


class PriceSerializer(serializers.ModelSerializer):
    """``price`` is that of ``units`` base units, in the installation's currency."""

    item = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    product = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    hospital = serializers.SlugRelatedField(slug_field="credit_code", read_only=True)
    borne_by_patient = serializers.DecimalField(
        max_digits=20,
        decimal_places=2,
        read_only=True,
        allow_null=True,
        help_text="What lies above the payment standard of the same thing, of a price at which is bought.",
    )

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
            "unrounded",
            "valid_from",
            "valid_to",
            "source",
            "unverified",
            "visibility",
            "public_from",
            "borne_by_patient",
        )


class PriceLineSerializer(serializers.ModelSerializer):
    """A price of a change; ``entry`` is what came of it, ``ends`` the entry that it ends. ``steps`` are how it was
    converted: name, ratio, factor, and what was added."""

    item = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    product = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    entry = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    ends = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    hospital = serializers.SlugRelatedField(slug_field="credit_code", read_only=True)

    class Meta:
        model = PriceLine
        fields = (
            "number",
            "kind",
            "guide_class",
            "item",
            "product",
            "region",
            "hospital",
            "price",
            "units",
            "unrounded",
            "steps",
            "valid_from",
            "valid_to",
            "visibility",
            "public_from",
            "entry",
            "ends",
        )


class PriceChangeSerializer(serializers.ModelSerializer):
    """Prices that one person proposed and another confirms."""

    proposed_by = serializers.CharField(source="proposed_by.signature")
    decided_by = serializers.CharField(source="decided_by.signature", default=None)
    lines = PriceLineSerializer(many=True)

    class Meta:
        model = PriceChange
        fields = (
            "reference",
            "act",
            "status",
            "reason",
            "source",
            "question",
            "answer",
            "refusal",
            "proposed_at",
            "proposed_by",
            "decided_at",
            "decided_by",
            "lines",
        )


class AskedBackSerializer(StrictSerializer):
    question = serializers.CharField(max_length=500)


class AnsweredSerializer(StrictSerializer):
    answer = serializers.CharField(max_length=500)


class RecordPriceSerializer(StrictSerializer):
    """A price to propose; ``currency`` may be left out and must otherwise be the installation's."""

    cut = serializers.BooleanField(default=False, help_text="Let every listing that costs more fall to this price.")
    reason = serializers.CharField(max_length=300)
    guide_class = serializers.ChoiceField(choices=PriceEntry.GuideClass.choices, default="", allow_blank=True)
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
            guide_class=given["guide_class"],
        )

    @property
    def ground(self) -> Ground:
        return Ground(self.validated_data["reason"], self.validated_data["source"])


class PlannedPriceSerializer(StrictSerializer):
    """One of many prices; without a product it is of the item, of any maker."""

    kind = serializers.ChoiceField(choices=PriceEntry.Kind.choices)
    guide_class = serializers.ChoiceField(choices=PriceEntry.GuideClass.choices, default="", allow_blank=True)
    item = serializers.CharField(max_length=20)
    product = serializers.CharField(max_length=20, default="", allow_blank=True)
    region = serializers.CharField(max_length=6)
    price = serializers.DecimalField(max_digits=18, decimal_places=PRICE_DECIMALS)
    units = serializers.IntegerField(min_value=1, max_value=1_000_000)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(required=False, allow_null=True, default=None)


class ProposePricesSerializer(StrictSerializer):
    """Many prices as one change, for one reason and from one source; everybody may see them."""

    cut = serializers.BooleanField(default=False, help_text="Let every listing that costs more fall to these prices.")
    reason = serializers.CharField(max_length=300)
    source = serializers.CharField(max_length=300)
    prices = PlannedPriceSerializer(many=True, allow_empty=False, max_length=MOST_PRICES)

    def validate_prices(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """With the things that each row names, all in three queries."""
        known = {
            "item": dict(
                Item.objects.filter(reference__in=[row["item"] for row in rows]).values_list("reference", "pk")
            ),
            "product": dict(
                Product.objects.filter(reference__in=[row["product"] for row in rows]).values_list("reference", "pk")
            ),
            "region": dict(Region.objects.filter(pk__in=[row["region"] for row in rows]).values_list("pk", "pk")),
        }
        known["product"][""] = None
        wrong = [
            {
                name: [ErrorDetail("Nothing has this reference or code.", code="does_not_exist")]
                for name in known
                if row[name] not in known[name]
            }
            for row in rows
        ]
        if any(wrong):
            raise serializers.ValidationError(wrong)
        return [row | {name: known[name][row[name]] for name in known} for row in rows]

    @property
    def planned(self) -> list[PlannedPrice]:
        source = self.validated_data["source"]
        return [PlannedPrice(row["kind"], _fact(row, source)) for row in self.validated_data["prices"]]

    @property
    def ground(self) -> Ground:
        return Ground(self.validated_data["reason"], self.validated_data["source"])


def _fact(row: dict[str, Any], source: str) -> PriceFact:
    names = ("price", "units", "valid_from", "valid_to", "guide_class")
    same = {name: row[name] for name in names}
    return PriceFact(item_id=row["item"], product_id=row["product"], region_code=row["region"], source=source, **same)


class EndPriceSerializer(StrictSerializer):
    last_day = serializers.DateField()
    reason = serializers.CharField(max_length=300)
    source = serializers.CharField(max_length=300)

    @property
    def given(self) -> dict[str, Any]:
        said: dict[str, Any] = self.validated_data
        return {"last_day": said["last_day"], "ground": Ground(said["reason"], said["source"])}
