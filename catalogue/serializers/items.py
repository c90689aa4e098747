"""Shapes of items and products, and of what they are edited to."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Organisation
from accounts.permissions import OrganisationKind
from catalogue.actions import Edit, ItemFacts, ProductFacts
from catalogue.models import Item, Product, ProductCode, ProductVersion
from catalogue.models.details import ItemDetails, ProductDetails
from catalogue.presentation import explaining
from catalogue.rules import LARGEST_PACK
from catalogue.rules.contents import MATERIALS
from catalogue.serializers.codes import CodePartSerializer
from core.api import StrictSerializer


class ItemSerializer(serializers.ModelSerializer):
    """``contents`` are strength and fill as quantities; ``lacks`` what an item must say before it is asked for."""

    lacks = serializers.ListField(child=serializers.CharField(), read_only=True)
    variety = serializers.SlugRelatedField("reference", read_only=True)
    code_parts = serializers.SerializerMethodField()

    class Meta:
        model = Item
        fields = (
            "reference",
            "kind",
            "name",
            "strength",
            "form",
            "route",
            "base_unit",
            "contents",
            "variety",
            "price_factor",
            "volume_factor",
            "factor_source",
            *ItemDetails.NAMES,
            "lacks",
            "code_prefix",
            "code_parts",
            "pinyin",
            "initials",
            "source",
            "unverified",
        )

    @extend_schema_field(CodePartSerializer(many=True))
    def get_code_parts(self, item: Item) -> Any:
        return CodePartSerializer(explaining.of_item(item), many=True).data


class VersionSerializer(serializers.ModelSerializer):
    holder = serializers.SlugRelatedField(slug_field="name", read_only=True)
    commissioned_maker = serializers.SlugRelatedField(slug_field="name", read_only=True)
    code_parts = serializers.SerializerMethodField()

    class Meta:
        model = ProductVersion
        fields = (
            "number",
            "maker_name",
            "holder",
            "brand",
            "national_code",
            "approval_number",
            "standard_code",
            "code_parts",
            "pack_size",
            "pack_unit",
            "containers",
            "commissioned_maker",
            *ProductDetails.NAMES,
            "valid_from",
            "valid_to",
            "source",
            "unverified",
            "reason",
        )

    @extend_schema_field(CodePartSerializer(many=True))
    def get_code_parts(self, version: ProductVersion) -> Any:
        return CodePartSerializer(explaining.of_version(version), many=True).data


class ProductCodeSerializer(serializers.ModelSerializer):
    """What became of a national code: disabled, or another stands in its place; ``leads_to`` ends the chain."""

    class Meta:
        model = ProductCode
        fields = ("code", "status", "remapped_to", "leads_to", "valid_from", "valid_to", "reason", "source")


class CatalogueProductSerializer(serializers.ModelSerializer):
    """A product with its versions, the oldest first."""

    item = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    maker = serializers.CharField(source="maker.name")
    maker_code = serializers.CharField(source="maker.code")
    versions = VersionSerializer(many=True)
    codes = ProductCodeSerializer(many=True)

    class Meta:
        model = Product
        fields = ("reference", "item", "maker", "maker_code", "versions", "codes")


class EditSerializer(StrictSerializer):
    """What a thing is from a day on, and why; ``facts`` are what the action takes."""

    starts_on = serializers.DateField()
    reason = serializers.CharField(max_length=300)

    @property
    def edit(self) -> Edit:
        return Edit(self.validated_data["starts_on"], self.validated_data["reason"])

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.validated_data.items() if name not in ("starts_on", "reason")}


def _text(limit: int) -> serializers.CharField:
    return serializers.CharField(max_length=limit, allow_blank=True)


class ItemDetailsSerializer(serializers.ModelSerializer):
    """What is left out stays as it is."""

    class Meta:
        model = Item
        fields = ItemDetails.NAMES


class ProductDetailsSerializer(serializers.ModelSerializer):
    """What is left out stays as it is."""

    class Meta:
        model = ProductVersion
        fields = ProductDetails.NAMES


class StatedQuantitiesSerializer(StrictSerializer):
    """What is left out stays; an empty text takes it away, and of strengths lets the printed one be read."""

    strengths = serializers.CharField(max_length=1_000, allow_blank=True, required=False, help_text="One a line.")
    pieces = serializers.CharField(max_length=20, allow_blank=True, required=False, help_text="Such as 64丸.")
    dose = serializers.CharField(max_length=30, allow_blank=True, required=False)
    daily_dose = serializers.CharField(max_length=30, allow_blank=True, required=False)
    units_a_day = serializers.CharField(max_length=10, allow_blank=True, required=False)
    sugar_free = serializers.ChoiceField(choices=["yes", "no"], required=False)
    container_material = serializers.ChoiceField(choices=MATERIALS, allow_blank=True, required=False)


class EditItemSerializer(EditSerializer):
    name = serializers.CharField(max_length=300)
    strength = _text(200)
    fill = serializers.CharField(max_length=30, allow_blank=True, default="")
    form = _text(100)
    route = _text(100)
    base_unit = _text(20)
    quantities = StatedQuantitiesSerializer(required=False)
    details = ItemDetailsSerializer(required=False)

    @property
    def facts(self) -> ItemFacts:
        return ItemFacts(**self.given())


class EditProductSerializer(EditSerializer):
    brand = _text(200)
    holder = serializers.CharField(max_length=200, allow_blank=True, default="")
    national_code = _text(40)
    approval_number = _text(60)
    standard_code = _text(20)
    pack_size = serializers.IntegerField(min_value=1, max_value=LARGEST_PACK, allow_null=True)
    pack_unit = _text(20)
    packaging = serializers.CharField(max_length=60, allow_blank=True, default="")
    source = serializers.CharField(max_length=300, allow_blank=True, default="")
    commissioned_maker = serializers.CharField(max_length=200, allow_blank=True, allow_null=True, default=None)
    details = ProductDetailsSerializer(required=False)

    @property
    def facts(self) -> ProductFacts:
        return ProductFacts(**self.given())


class LinkMakerSerializer(StrictSerializer):
    supplier = serializers.SlugRelatedField(
        "credit_code", queryset=Organisation.objects.of_kind(OrganisationKind.SUPPLIER)
    )
