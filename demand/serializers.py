"""Shapes of the API about demand."""

from typing import Any

from rest_framework import serializers

from accounts.documents import Paper
from accounts.models import Organisation
from accounts.permissions import OrganisationKind
from catalogue.models import Item
from core.api import StrictSerializer
from demand.actions import LARGEST_QUANTITY, MOST_ITEMS, MandatePlan, ReportedLine, WindowPlan
from demand.models import DemandLine, DemandWindow, Mandate


class WindowSerializer(serializers.ModelSerializer):
    """A window, with how many hospitals are asked and have reported."""

    agency = serializers.CharField(source="agency.credit_code")
    asked = serializers.IntegerField(source="asked_count")
    reported = serializers.IntegerField(source="reported_count")

    class Meta:
        model = DemandWindow
        fields = ("reference", "title", "year", "agency", "opens_on", "closes_on", "locked_at", "asked", "reported")


class DemandLineSerializer(serializers.ModelSerializer):
    """A line of a window and what all hospitals that the seat may read reported for it."""

    item = serializers.CharField(source="item.reference")
    name = serializers.CharField(source="item.name")
    strength = serializers.CharField(source="item.strength")
    unit = serializers.CharField(source="item.base_unit")
    quantity = serializers.SerializerMethodField()

    class Meta:
        model = DemandLine
        fields = ("number", "item", "name", "strength", "unit", "quantity")

    def get_quantity(self, line: DemandLine) -> int:
        return int(self.context["quantities"].get(line.item_id, 0))


class OpenWindowSerializer(StrictSerializer):
    """Items and hospitals by their public references; the lines are numbered in the order of the items."""

    title = serializers.CharField(max_length=200)
    year = serializers.IntegerField(min_value=2000, max_value=2200)
    opens_on = serializers.DateField()
    closes_on = serializers.DateField()
    items = serializers.ListField(child=serializers.CharField(max_length=20), max_length=MOST_ITEMS)
    hospitals = serializers.ListField(
        child=serializers.CharField(max_length=18), required=False, help_text="Credit codes; left out: all hospitals."
    )

    def validate_items(self, references: list[str]) -> list[Item]:
        found = {item.reference: item for item in Item.objects.filter(reference__in=references)}
        return _all_found(references, found)

    def validate_hospitals(self, codes: list[str]) -> list[Organisation]:
        hospitals = Organisation.objects.standing().of_kind(OrganisationKind.HOSPITAL).filter(credit_code__in=codes)
        return _all_found(codes, {hospital.credit_code: hospital for hospital in hospitals})

    @property
    def plan(self) -> WindowPlan:
        return WindowPlan(**{name: self.validated_data[name] for name in ("title", "year", "opens_on", "closes_on")})


class ReportedLineSerializer(StrictSerializer):
    line = serializers.IntegerField(min_value=1, help_text="Number of the line in the window.")
    quantity = serializers.IntegerField(
        min_value=0, max_value=LARGEST_QUANTITY, help_text="Base units a year; 0 is no need."
    )


class ReportDemandSerializer(StrictSerializer):
    """A whole report: it replaces the one before."""

    lines = ReportedLineSerializer(many=True)

    @property
    def reported(self) -> list[ReportedLine]:
        given = enumerate(self.validated_data["lines"], start=1)
        return [ReportedLine(line["line"], line["quantity"], row) for row, line in given]


class UnlockDemandSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=300)
    closes_on = serializers.DateField(required=False, help_text="New last day, where the old one is over.")


class MandateSerializer(serializers.ModelSerializer):
    """A mandate, with how many institutions it lists and the hash of its document."""

    giver = serializers.CharField(source="giver.credit_code")
    institutions = serializers.IntegerField(source="institution_count")

    class Meta:
        model = Mandate
        fields = (
            "reference", "status", "giver", "institutions", "reports", "signs", "pays", "goods", "first_year",
            "last_year", "document_name", "sha256", "given_at", "signed_at", "ended_at", "end_reason",
        )  # fmt: skip


class GiveMandateSerializer(StrictSerializer):
    """What is entrusted, for whom, and the document that says so."""

    reports = serializers.BooleanField(default=False)
    signs = serializers.BooleanField(default=False)
    pays = serializers.BooleanField(default=False)
    goods = serializers.ChoiceField(Item.Kind.choices, required=False, default=None, help_text="Left out: all goods.")
    first_year = serializers.IntegerField(min_value=2000, max_value=2200)
    last_year = serializers.IntegerField(min_value=2000, max_value=2200)
    institutions = serializers.ListField(
        child=serializers.CharField(max_length=18), required=False, help_text="Credit codes; left out: your own alone."
    )
    document = serializers.FileField(max_length=200)

    def validate_institutions(self, codes: list[str]) -> list[Organisation]:
        hospitals = Organisation.objects.standing().of_kind(OrganisationKind.HOSPITAL).filter(credit_code__in=codes)
        return _all_found(codes, {hospital.credit_code: hospital for hospital in hospitals})

    @property
    def plan(self) -> MandatePlan:
        return MandatePlan(**{name: self.validated_data[name] for name in MandatePlan.__dataclass_fields__})

    @property
    def paper(self) -> Paper:
        file = self.validated_data["document"]
        return Paper(file.name, file.read())


def _all_found(asked: list[str], found: dict[str, Any]) -> list[Any]:
    unknown = [reference for reference in asked if reference not in found]
    if unknown:
        raise serializers.ValidationError(f"Not known: {', '.join(unknown[:10])}")
    return [found[reference] for reference in dict.fromkeys(asked)]
