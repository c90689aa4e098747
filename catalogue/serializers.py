"""Shapes of the API about items, products, prices and imports. Prices travel as text."""

from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from accounts.models import Organisation, Region
from accounts.permissions import OrganisationKind
from catalogue.actions import Edit, ItemFacts, Letter, OwnCodeRow, ProductFacts
from catalogue.models import Authorisation, CatalogueImport, Item, OwnCode, PriceEntry, Product, ProductVersion
from catalogue.rules import LARGEST_PACK, PriceFact
from core.api import StrictSerializer
from core.money import PRICE_DECIMALS

MOST_CODES = 500  # of one request


class ItemSerializer(serializers.ModelSerializer):
    """``contents`` are strength and fill as quantities; ``lacks`` what an item must say before it is asked for."""

    lacks = serializers.ListField(child=serializers.CharField(), read_only=True)

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
            "lacks",
            "code_prefix",
            "pinyin",
            "initials",
            "source",
            "unverified",
        )


class VersionSerializer(serializers.ModelSerializer):
    holder = serializers.SlugRelatedField(slug_field="name", read_only=True)

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
            "pack_size",
            "pack_unit",
            "containers",
            "valid_from",
            "valid_to",
            "source",
            "unverified",
            "reason",
        )


class CatalogueProductSerializer(serializers.ModelSerializer):
    """A product with its versions, the oldest first."""

    item = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    maker = serializers.CharField(source="maker.name")
    maker_code = serializers.CharField(source="maker.code")
    versions = VersionSerializer(many=True)

    class Meta:
        model = Product
        fields = ("reference", "item", "maker", "maker_code", "versions")


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


class EditItemSerializer(EditSerializer):
    name = serializers.CharField(max_length=300)
    strength = _text(200)
    fill = serializers.CharField(max_length=30, allow_blank=True, default="")
    form = _text(100)
    route = _text(100)
    base_unit = _text(20)

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

    @property
    def facts(self) -> ProductFacts:
        return ProductFacts(**self.given())


class LinkMakerSerializer(StrictSerializer):
    supplier = serializers.SlugRelatedField(
        "credit_code", queryset=Organisation.objects.of_kind(OrganisationKind.SUPPLIER)
    )


class OwnCodeSerializer(serializers.ModelSerializer):
    """A code of one's own system, and the item or the product that it names."""

    item = serializers.SlugRelatedField(slug_field="reference", read_only=True, allow_null=True)
    product = serializers.SlugRelatedField(slug_field="reference", read_only=True, allow_null=True)

    class Meta:
        model = OwnCode
        fields = ("code", "item", "product", "set_at")


class OwnCodesSerializer(serializers.Serializer):
    codes = OwnCodeSerializer(many=True)


class OwnCodeRowSerializer(StrictSerializer):
    """``item`` or ``product`` by its reference; neither takes the code away."""

    code = serializers.CharField(max_length=80)
    item = serializers.CharField(max_length=20, allow_null=True, default=None)
    product = serializers.CharField(max_length=20, allow_null=True, default=None)


class SetOwnCodesSerializer(StrictSerializer):
    codes = OwnCodeRowSerializer(many=True, allow_empty=False, max_length=MOST_CODES)

    def validate_codes(self, rows: list[dict[str, Any]]) -> list[OwnCodeRow]:
        """The things by their references, in two questions whatever the number of rows."""
        items, products = self._known(Item, rows, "item"), self._known(Product, rows, "product")
        return [OwnCodeRow(row["code"], items.get(row["item"]), products.get(row["product"])) for row in rows]

    def _known(self, model: Any, rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
        found = {thing.reference: thing for thing in model.objects.filter(reference__in={row[name] for row in rows})}
        unknown = ErrorDetail("There is nothing of this reference.", code="does_not_exist")
        wrong = [{name: [unknown]} if row[name] and row[name] not in found else {} for row in rows]
        if any(wrong):
            raise serializers.ValidationError(wrong)
        return found


class AuthorisationSerializer(serializers.ModelSerializer):
    supplier = serializers.SlugRelatedField(slug_field="credit_code", read_only=True)
    maker = serializers.SlugRelatedField(slug_field="name", read_only=True)
    product = serializers.SlugRelatedField(slug_field="reference", read_only=True, allow_null=True)

    class Meta:
        model = Authorisation
        fields = (
            "reference",
            "kind",
            "supplier",
            "maker",
            "product",
            "valid_from",
            "valid_to",
            "evidence",
            "end_reason",
        )


class AuthoriseSerializer(LinkMakerSerializer):
    """``product`` names the maker too; ``alone``: for this product and no other of the maker's."""

    kind = serializers.ChoiceField(Authorisation.Kind)
    product = serializers.SlugRelatedField("reference", queryset=Product.objects.select_related("item", "maker"))
    alone = serializers.BooleanField(default=False)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField()
    evidence = serializers.CharField(max_length=300)

    @property
    def letter(self) -> Letter:
        said = {name: self.validated_data[name] for name in ("kind", "valid_from", "valid_to", "evidence")}
        product = self.validated_data["product"]
        return Letter(maker=product.maker, product=product if self.validated_data["alone"] else None, **said)


class EndAuthorisationSerializer(StrictSerializer):
    last_day = serializers.DateField()
    reason = serializers.CharField(max_length=300)


class PriceSerializer(serializers.ModelSerializer):
    """``price`` is that of ``units`` base units, in the installation's currency."""

    item = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    product = serializers.SlugRelatedField(slug_field="reference", read_only=True)

    class Meta:
        model = PriceEntry
        fields = (
            "reference",
            "item",
            "product",
            "kind",
            "region",
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


class StageImportSerializer(StrictSerializer):
    file = serializers.FileField(max_length=200)


class ImportSerializer(serializers.ModelSerializer):
    """An import and how far it is. ``rows`` is a guess while the status is ``staging``."""

    uploaded_by = serializers.CharField(source="uploaded_by.signature")
    notes = serializers.ListField(child=serializers.CharField(), source="told")

    class Meta:
        model = CatalogueImport
        fields = (
            "reference",
            "status",
            "layout",
            "file_name",
            "sha256",
            "rows",
            "rows_done",
            "new",
            "changed",
            "same",
            "faulty",
            "notes",
            "uploaded_at",
            "uploaded_by",
            "merged_at",
        )
