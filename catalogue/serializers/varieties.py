"""Shapes of the API about varieties. Factors travel as text."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Region
from catalogue.actions import GuideTerms, NationalPrice, Representative, StatedFactor, VarietyFacts
from catalogue.converting import InVariety, converted, steps_of, told_factor, told_gaps
from catalogue.models import Item, PriceEntry, Product, Variety
from catalogue.rules import Ground
from catalogue.rules.specifications import Converted
from core.api import StrictSerializer
from core.money import PRICE_DECIMALS

MOST_ITEMS = 1_000  # of one request


class VarietySerializer(serializers.ModelSerializer):
    """Items of one generic name; ``main_item`` is the main specification, to which the others are converted."""

    main_item = serializers.SlugRelatedField("reference", read_only=True)
    item_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Variety
        fields = (
            "reference",
            "kind",
            "name",
            "form",
            "rules",
            "main_item",
            "item_count",
            "made_at",
            "ended_at",
            "end_reason",
        )


class ConversionStepSerializer(serializers.Serializer):
    name = serializers.CharField()
    ratio = serializers.CharField()
    factor = serializers.CharField()
    plus = serializers.CharField(required=False, help_text="What is added in yuan, where something is.")


class ConversionSerializer(serializers.Serializer):
    """From the main specification: the factor to six decimals with its steps, or what is missing for it."""

    factor = serializers.CharField(allow_null=True)
    stated = serializers.BooleanField(help_text="Whether a document states it; else it follows from the rules.")
    steps = ConversionStepSerializer(many=True)
    missing = serializers.CharField()


class VarietyItemSerializer(serializers.Serializer):
    """An item of a variety, with what its price and its volume are of the main specification's."""

    item = serializers.CharField()
    name = serializers.CharField()
    strength = serializers.CharField()
    form = serializers.CharField()
    price = ConversionSerializer()
    volume = ConversionSerializer()
    factor_source = serializers.CharField()


class FullVarietySerializer(VarietySerializer):
    """A variety with all of its items."""

    items = serializers.SerializerMethodField()

    class Meta(VarietySerializer.Meta):
        fields = (*VarietySerializer.Meta.fields, "items")

    @extend_schema_field(VarietyItemSerializer(many=True))
    def get_items(self, variety: Variety) -> list[dict[str, Any]]:
        return [_told(one) for one in converted(variety, variety.items.order_by("pk"))]


def _told(one: InVariety) -> dict[str, Any]:
    said = {name: getattr(one.item, name) for name in ("name", "strength", "form", "factor_source")}
    return {"item": one.item.reference, **said, "price": _way(one.price), "volume": _way(one.volume)}


def _way(found: Converted) -> dict[str, Any]:
    factor = told_factor(found.factor)
    steps = steps_of(found.conversion) if found.conversion else ()
    told = {"factor": None if factor is None else f"{factor:f}", "stated": found.stated}
    return {**told, "steps": list(steps), "missing": told_gaps(found)}


def _item(**more: Any) -> serializers.SlugRelatedField:
    return serializers.SlugRelatedField(slug_field="reference", queryset=Item.objects.all(), **more)


class VarietyFactsSerializer(StrictSerializer):
    name = serializers.CharField(max_length=300)
    form = serializers.CharField(max_length=100, allow_blank=True, default="")
    rules = serializers.ChoiceField(choices=Variety.Rules.choices, default=Variety.Rules.NDRC)

    @property
    def facts(self) -> VarietyFacts:
        return VarietyFacts(**{name: self.validated_data[name] for name in ("name", "form", "rules")})


class MakeVarietySerializer(VarietyFactsSerializer):
    kind = serializers.ChoiceField(choices=Item.Kind.choices)
    items = _item(many=True, required=False)


class ChangeVarietySerializer(VarietyFactsSerializer):
    reason = serializers.CharField(max_length=300)


class PutItemsSerializer(StrictSerializer):
    items = _item(many=True, allow_empty=False)


class TakeItemsSerializer(PutItemsSerializer):
    reason = serializers.CharField(max_length=300)


class NameMainItemSerializer(StrictSerializer):
    item = _item()
    reason = serializers.CharField(max_length=300)


class StatedFactorSerializer(StrictSerializer):
    """An empty factor is left to the rules."""

    item = _item()
    price_factor = serializers.DecimalField(max_digits=18, decimal_places=9, allow_null=True, default=None)
    volume_factor = serializers.DecimalField(max_digits=18, decimal_places=9, allow_null=True, default=None)


class StateFactorsSerializer(StrictSerializer):
    factors = StatedFactorSerializer(many=True, allow_empty=False, max_length=MOST_ITEMS)
    source = serializers.CharField(max_length=300)

    @property
    def given(self) -> dict[str, Any]:
        said = self.validated_data
        return {"factors": [StatedFactor(**row) for row in said["factors"]], "source": said["source"]}


class _GroundedSerializer(StrictSerializer):
    region = serializers.PrimaryKeyRelatedField(queryset=Region.objects.all())
    valid_from = serializers.DateField()
    reason = serializers.CharField(max_length=300)
    source = serializers.CharField(max_length=300)

    @property
    def ground(self) -> Ground:
        return Ground(self.validated_data["reason"], self.validated_data["source"])


def _price(**more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=18, decimal_places=PRICE_DECIMALS, **more)


class GuidePricesSerializer(_GroundedSerializer):
    """``price`` is that of one base unit of the representative item, or of the pack of the product that is named, as
    exact as it was decided; null: that of the guide price in force."""

    item = _item()
    product = serializers.SlugRelatedField(
        slug_field="reference", queryset=Product.objects.select_related("item"), allow_null=True, default=None
    )
    price = _price(allow_null=True, default=None)
    guide_class = serializers.ChoiceField(choices=PriceEntry.GuideClass.choices[1:])
    valid_to = serializers.DateField(allow_null=True, default=None)
    cuts = serializers.BooleanField(default=False, help_text="Let every listing that costs more fall.")
    leaves_out = serializers.BooleanField(default=False, help_text="Leave out what cannot be converted.")

    @property
    def representative(self) -> Representative:
        return Representative(**{name: self.validated_data[name] for name in ("item", "product", "price")})

    @property
    def terms(self) -> GuideTerms:
        names = ("region", "valid_from", "guide_class", "valid_to", "cuts", "leaves_out")
        return GuideTerms(**{name: self.validated_data[name] for name in names})


class NationalPriceSerializer(_GroundedSerializer):
    """``price`` is that of one base unit of the main specification."""

    price = _price()
    supply_rate = serializers.DecimalField(max_digits=5, decimal_places=4, allow_null=True, default=None)

    @property
    def national_price(self) -> NationalPrice:
        names = ("region", "valid_from", "price", "supply_rate")
        return NationalPrice(**{name: self.validated_data[name] for name in names})
