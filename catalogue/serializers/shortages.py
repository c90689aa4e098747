"""Shapes of the API about shortages, substitutes and designated production."""

from rest_framework import serializers

from accounts.models import Region
from catalogue.actions import Commission, ReportedShortage
from catalogue.models import DesignatedProduction, Item, Product, Shortage, Substitute
from core.api import StrictSerializer

MOST_REPORTS = 200  # of one request


class SubstituteSerializer(serializers.ModelSerializer):
    item = serializers.SlugRelatedField("reference", read_only=True)
    product = serializers.SlugRelatedField("reference", read_only=True)
    same_variety = serializers.BooleanField(source="is_same_variety")

    class Meta:
        model = Substitute
        fields = ("item", "product", "same_variety", "reason", "named_at")


class ShortageSerializer(serializers.ModelSerializer):
    """A shortage with the substitutes that stand; without a product it is of every maker."""

    item = serializers.SlugRelatedField("reference", read_only=True)
    product = serializers.SlugRelatedField("reference", read_only=True)
    reporter = serializers.SlugRelatedField("credit_code", read_only=True)
    substitutes = SubstituteSerializer(many=True, source="standing_substitutes", read_only=True)

    class Meta:
        model = Shortage
        fields = (
            "reference",
            "item",
            "product",
            "region",
            "status",
            "valid_from",
            "valid_to",
            "evidence",
            "reporter",
            "reported_at",
            "decision_reason",
            "end_reason",
            "substitutes",
        )


class ReportedSerializer(StrictSerializer):
    item = serializers.SlugRelatedField("reference", queryset=Item.objects.all())
    product = serializers.SlugRelatedField(
        "reference", queryset=Product.objects.select_related("item", "maker"), allow_null=True, default=None
    )
    region = serializers.PrimaryKeyRelatedField(queryset=Region.objects.all())
    valid_from = serializers.DateField()
    evidence = serializers.CharField(max_length=1000)


class ReportShortagesSerializer(StrictSerializer):
    """What is short; all of it is reported or, where one is refused, none."""

    shortages = ReportedSerializer(many=True, allow_empty=False, max_length=MOST_REPORTS)

    @property
    def reports(self) -> list[ReportedShortage]:
        return [ReportedShortage(**row) for row in self.validated_data["shortages"]]


class ReportedShortagesSerializer(serializers.Serializer):
    shortages = ShortageSerializer(many=True)


class EndShortageSerializer(StrictSerializer):
    last_day = serializers.DateField()
    reason = serializers.CharField(max_length=300)


class NameSubstituteSerializer(StrictSerializer):
    item = serializers.SlugRelatedField("reference", queryset=Item.objects.all())
    product = serializers.SlugRelatedField(
        "reference", queryset=Product.objects.select_related("item", "maker"), allow_null=True, default=None
    )
    reason = serializers.CharField(max_length=300)


class DesignatedSerializer(serializers.ModelSerializer):
    """A maker commissioned with an item; without a region by the state."""

    item = serializers.SlugRelatedField("reference", read_only=True)
    maker = serializers.CharField(source="maker.name")
    maker_code = serializers.CharField(source="maker.code")

    class Meta:
        model = DesignatedProduction
        fields = (
            "reference",
            "item",
            "maker",
            "maker_code",
            "region",
            "valid_from",
            "valid_to",
            "source",
            "end_reason",
        )


class DesignateSerializer(StrictSerializer):
    """``product`` names the item and its maker."""

    product = serializers.SlugRelatedField("reference", queryset=Product.objects.select_related("item", "maker"))
    region = serializers.PrimaryKeyRelatedField(queryset=Region.objects.all(), allow_null=True, default=None)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField()
    source = serializers.CharField(max_length=300)

    @property
    def commission(self) -> Commission:
        product = self.validated_data["product"]
        said = {name: self.validated_data[name] for name in ("region", "valid_from", "valid_to", "source")}
        return Commission(item=product.item, maker=product.maker, **said)
