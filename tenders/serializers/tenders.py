"""Shapes of the API about tenders in preparation and in public."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Region, Seat
from catalogue.models import Item
from core.api import StrictSerializer
from core.clock import legal_date
from core.money import PRICE_DECIMALS
from demand.models import DemandWindow
from tenders.actions.preparation import CriterionPlan, LotItemPlan, LotPartPlan, LotPlan, TenderPlan
from tenders.models import Criterion, Evaluator, Lot, LotItem, LotPart, RuleSet, Tender
from tenders.rules.preparation import MOST_CEILING_UNITS
from tenders.volumes import volume_of

CEILING_UNITS = "Base units of the first item that the ceiling price is for: 7 for a pack of 7 tablets."
PRICE = {"max_digits": 18, "decimal_places": PRICE_DECIMALS, "required": False, "allow_null": True}


class TenderSerializer(serializers.ModelSerializer):
    """A tender as a list shows it."""

    agency = serializers.CharField(source="agency.credit_code")

    class Meta:
        model = Tender
        fields = ("reference", "title", "kind", "status", "agency", "region", "deadline", "published_at", "demo")


class LotItemSerializer(serializers.ModelSerializer):
    item = serializers.CharField(source="item.reference")
    name = serializers.CharField(source="item.name")
    strength = serializers.CharField(source="item.strength")
    unit = serializers.CharField(source="item.base_unit")

    class Meta:
        model = LotItem
        fields = ("item", "name", "strength", "unit", "factor", "volume_factor")


class LotPartSerializer(serializers.ModelSerializer):
    """A part of a set, and how many base units of it a set has."""

    item = serializers.CharField(source="item.reference")
    name = serializers.CharField(source="item.name")
    unit = serializers.CharField(source="item.base_unit")

    class Meta:
        model = LotPart
        fields = ("number", "item", "name", "unit", "quantity")


class LotSerializer(serializers.ModelSerializer):
    """A lot; its ceiling is for ``ceiling_units`` base units of its first item, and ``volume`` counts such units."""

    items = LotItemSerializer(source="lot_items", many=True)
    parts = LotPartSerializer(many=True)
    volume = serializers.SerializerMethodField()

    class Meta:
        model = Lot
        fields = (
            "number",
            "title",
            "status",
            "ending",
            "quality_requirement",
            "offered",
            "with_service_fee",
            "ceiling_price",
            "ceiling_units",
            "volume",
            "items",
            "parts",
        )

    def get_volume(self, lot: Lot) -> str:
        return f"{volume_of(lot.lot_items.all(), self.context['volumes']):f}"


class CriterionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Criterion
        fields = ("number", "kind", "title", "guidance", "max_points")


class TenderDetailSerializer(TenderSerializer):
    """A tender with its lots, criteria, rules and keys."""

    lots = serializers.SerializerMethodField()
    criteria = CriterionSerializer(many=True)
    rules = serializers.JSONField(help_text="The rule set as frozen at publication; before it, empty.")
    openers = serializers.SerializerMethodField()

    class Meta:
        model = Tender
        fields = (
            *TenderSerializer.Meta.fields,
            "summary",
            "envelopes",
            "openers_needed",
            "prepared_at",
            "supply_from",
            "supply_to",
            "terms",
            "cancel_reason",
            "rules",
            "lots",
            "criteria",
            "openers",
        )

    @extend_schema_field(LotSerializer(many=True))
    def get_lots(self, tender: Tender) -> Any:
        lots = tender.lots.prefetch_related("lot_items__item", "parts__item").order_by("number")
        return LotSerializer(lots, many=True, context=self.context).data

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_openers(self, tender: Tender) -> list[str]:
        """The openers' public keys by place, as they stand in the header of every bid."""
        named = tender.openers.filter(replaced_at=None).order_by("place")
        return list(named.values_list("public_key", flat=True))


class ProcedureSerializer(StrictSerializer):
    """How a tender runs; ``rule_set`` is code and version, as ``double-envelope-threshold/1``."""

    title = serializers.CharField(max_length=200)
    rule_set = serializers.CharField(max_length=50)
    envelopes = serializers.IntegerField(min_value=1, max_value=2, default=2)
    openers_needed = serializers.IntegerField(min_value=2, max_value=14, default=3)
    summary = serializers.CharField(max_length=2000, required=False, allow_blank=True)

    def validate_rule_set(self, text: str) -> RuleSet:
        code, _slash, version = text.partition("/")
        sets = RuleSet.objects.in_force(legal_date(timezone.now()))
        found = sets.filter(code=code, version=version).first() if version.isdecimal() else None
        if found is None:
            raise serializers.ValidationError("Give the code and version of a rule set in force.")
        return found


class TenderPlanSerializer(ProcedureSerializer):
    """What a tender is about and how it runs."""

    kind = serializers.ChoiceField(choices=Item.Kind.choices)
    region = serializers.SlugRelatedField(slug_field="code", queryset=Region.objects.all())
    window = serializers.SlugRelatedField(
        slug_field="reference", queryset=DemandWindow.objects.all(), required=False, allow_null=True
    )

    @property
    def plan(self) -> TenderPlan:
        return TenderPlan(**self.validated_data)


class LotItemPlanSerializer(StrictSerializer):
    item = serializers.SlugRelatedField(slug_field="reference", queryset=Item.objects.all())
    factor = serializers.DecimalField(max_digits=18, decimal_places=9, default=Decimal(1))
    volume_factor = serializers.DecimalField(
        max_digits=18,
        decimal_places=9,
        default=None,
        allow_null=True,
        help_text="For volumes; the factor unless given.",
    )


class LotPartPlanSerializer(StrictSerializer):
    item = serializers.SlugRelatedField(slug_field="reference", queryset=Item.objects.all())
    quantity = serializers.IntegerField(min_value=1, default=1, help_text="Base units of it in a set.")


class LotPlanSerializer(StrictSerializer):
    title = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    items = LotItemPlanSerializer(many=True)
    ceiling_price = serializers.DecimalField(**PRICE)
    ceiling_units = serializers.IntegerField(
        min_value=1, max_value=MOST_CEILING_UNITS, default=1, help_text=CEILING_UNITS
    )
    price_before = serializers.DecimalField(**PRICE)
    quality_requirement = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    offered = serializers.ChoiceField(choices=Lot.Offered.choices, default=Lot.Offered.PRODUCT)
    parts = LotPartPlanSerializer(many=True, default=list, help_text="Of a set, the main part first.")
    with_service_fee = serializers.BooleanField(default=False)


class SetLotsSerializer(StrictSerializer):
    """All lots anew, numbered in their order; the first item of a lot is its reference with the factor 1."""

    lots = LotPlanSerializer(many=True)

    @property
    def plans(self) -> list[LotPlan]:
        return [
            LotPlan(
                **{
                    **lot,
                    "items": tuple(LotItemPlan(**part) for part in lot["items"]),
                    "parts": tuple(LotPartPlan(**part) for part in lot["parts"]),
                }
            )
            for lot in self.validated_data["lots"]
        ]


class SetScheduleSerializer(StrictSerializer):
    deadline = serializers.DateTimeField(help_text="A bid received before this instant is in time.")
    supply_from = serializers.DateField()
    supply_to = serializers.DateField()


class PublishSerializer(StrictSerializer):
    prepared_at = serializers.DateTimeField(help_text="Of the draft as you read it; 409 if it was changed since.")


class CriterionPlanSerializer(StrictSerializer):
    kind = serializers.ChoiceField(choices=Criterion.Kind.choices)
    title = serializers.CharField(max_length=200)
    guidance = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    max_points = serializers.IntegerField(min_value=0, max_value=100, default=0)


class SetCriteriaSerializer(StrictSerializer):
    criteria = CriterionPlanSerializer(many=True)

    @property
    def plans(self) -> list[CriterionPlan]:
        return [CriterionPlan(**criterion) for criterion in self.validated_data["criteria"]]


class NameSerializer(StrictSerializer):
    """Somebody by e-mail address and the credit code of the organisation in which they have the seat."""

    email = serializers.EmailField()
    organisation = serializers.CharField(max_length=18)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        seats = Seat.objects.current(legal_date(timezone.now())).select_related("person", "organisation")
        seat = seats.filter(
            person__email=given.pop("email").lower(), organisation__credit_code=given.pop("organisation")
        )
        if not seat:
            raise serializers.ValidationError({"email": ["Nobody with this address has a seat there."]})
        return {**given, "seat": seat[0]}


class ReplaceSerializer(NameSerializer):
    reason = serializers.CharField(max_length=300)


class EvaluatorSerializer(serializers.ModelSerializer):
    person = serializers.CharField(source="seat.person.name")
    organisation = serializers.CharField(source="seat.organisation.credit_code")

    class Meta:
        model = Evaluator
        fields = ("person", "organisation", "declared_at", "has_interest")


class DeclarationSerializer(StrictSerializer):
    has_interest = serializers.BooleanField()
