"""Shapes of the API about purchase plans."""

from rest_framework import serializers

from accounts.models import Region
from catalogue.models import Item
from core.api import StrictSerializer
from demand.models import DemandWindow
from tenders.actions.planning import LinePlan, PlanFacts
from tenders.actions.preparation import TenderPlan
from tenders.models import PlanLine, PurchasePlan
from tenders.rules.preparation import MOST_CEILING_UNITS
from tenders.serializers.tenders import CEILING_UNITS, PRICE, ProcedureSerializer


class PurchasePlanSerializer(serializers.ModelSerializer):
    """A plan, with how many lines it has and how many of them are to be tendered and are not yet."""

    agency = serializers.CharField(source="agency.credit_code")
    window = serializers.CharField(source="window.reference")
    lines = serializers.IntegerField(source="line_count")
    waiting = serializers.IntegerField(source="waiting_count")

    class Meta:
        model = PurchasePlan
        fields = (
            "reference",
            "title",
            "kind",
            "status",
            "agency",
            "region",
            "window",
            "lines",
            "waiting",
            "prepared_at",
            "decided_at",
            "dropped_at",
            "drop_reason",
        )


class PlanLineSerializer(serializers.ModelSerializer):
    """A line: its number is that of the window; ``tender`` is where it is tendered, if it is."""

    item = serializers.CharField(source="item.reference")
    name = serializers.CharField(source="item.name")
    unit = serializers.CharField(source="item.base_unit")
    volume = serializers.IntegerField(help_text="What all hospitals reported, in base units a year.")
    tender = serializers.CharField(allow_null=True)

    class Meta:
        model = PlanLine
        fields = (
            "number",
            "item",
            "name",
            "unit",
            "volume",
            "lane",
            "reason",
            "quality_requirement",
            "ceiling_price",
            "ceiling_units",
            "ceiling_basis",
            "price_before",
            "tender",
        )


class PreparePlanSerializer(StrictSerializer):
    title = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=Item.Kind.choices)
    region = serializers.SlugRelatedField(slug_field="code", queryset=Region.objects.all())
    window = serializers.SlugRelatedField(slug_field="reference", queryset=DemandWindow.objects.all())

    @property
    def facts(self) -> PlanFacts:
        return PlanFacts(**self.validated_data)


class LinePlanSerializer(StrictSerializer):
    number = serializers.IntegerField(min_value=1, help_text="Of the line in the demand window.")
    lane = serializers.ChoiceField(choices=PlanLine.Lane.choices)
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    quality_requirement = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    ceiling_price = serializers.DecimalField(**PRICE)
    ceiling_units = serializers.IntegerField(
        min_value=1, max_value=MOST_CEILING_UNITS, default=1, help_text=CEILING_UNITS
    )
    ceiling_basis = serializers.ChoiceField(
        choices=PlanLine.Basis.choices, required=False, allow_blank=True, default=""
    )


class SetPlanLinesSerializer(StrictSerializer):
    """All lines anew; what is not named is not planned."""

    lines = LinePlanSerializer(many=True)

    @property
    def plans(self) -> list[LinePlan]:
        return [LinePlan(**line) for line in self.validated_data["lines"]]


class DecidePlanSerializer(StrictSerializer):
    prepared_at = serializers.DateTimeField(help_text="Of the plan as you read it; 409 if it was changed since.")


class TenderFromPlanSerializer(ProcedureSerializer):
    """How the tender runs; what it is about stands in the plan."""

    def terms(self, plan: PurchasePlan) -> TenderPlan:
        return TenderPlan(kind=plan.kind, region=plan.region, window=plan.window, **self.validated_data)
