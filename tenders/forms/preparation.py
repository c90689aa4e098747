"""A tender in preparation as officers type it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Region, Seat
from catalogue.models import Item
from core.errors import Refused
from core.money import PRICE_DECIMALS
from tenders.actions.preparation import MOST_CRITERIA, CriterionPlan, LotItemPlan, LotPlan, TenderPlan
from tenders.models import Criterion, DemandWindow, RuleSet, Tender
from tenders.proposals import ProposedLot

BLANK_CRITERIA = 5


class PlanForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Item.Kind, widget=forms.RadioSelect)
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.all(), help_text=_("Where the prices will apply.")
    )
    window = forms.ModelChoiceField(
        label=_("Demand window"),
        queryset=DemandWindow.objects.none(),
        required=False,
        help_text=_("Its numbers become the volumes of the lots; it must be locked before publication."),
    )
    envelopes = forms.TypedChoiceField(
        label=_("Envelopes"),
        coerce=int,
        choices=((2, _("two: technical, then commercial")), (1, _("one: commercial only"))),
        widget=forms.RadioSelect,
        initial=2,
    )
    rule_set = forms.ModelChoiceField(label=_("Rule set"), queryset=RuleSet.objects.none())
    openers_needed = forms.IntegerField(
        label=_("Openers needed to open"),
        initial=3,
        min_value=2,
        max_value=14,
        help_text=_("Usually 3 of 5: fewer cannot open an envelope, and two may be absent."),
    )
    summary = forms.CharField(
        label=_("Summary"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, agency: Organisation, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["window"].queryset = DemandWindow.objects.filter(agency=agency)  # type: ignore[attr-defined]
        rule_sets = RuleSet.objects.in_force(today)
        self.fields["rule_set"].queryset = rule_sets  # type: ignore[attr-defined]
        self.fields["rule_set"].label_from_instance = lambda rules: rules.title  # type: ignore[attr-defined]

    @property
    def plan(self) -> TenderPlan:
        return TenderPlan(**self.cleaned_data)


def plan_values(tender: Tender) -> dict[str, Any]:
    """The plan of a tender as initial values of the form."""
    return {name: getattr(tender, name) for name in PlanForm.base_fields}


class ScheduleForm(forms.Form):
    deadline = forms.DateTimeField(
        label=_("Deadline"),
        widget=forms.DateTimeInput,
        help_text=_("A bid received before this instant is in time; one at this instant is late."),
    )
    supply_from = forms.DateField(label=_("First day of supply"), widget=forms.DateInput)
    supply_to = forms.DateField(label=_("Last day of supply"), widget=forms.DateInput)


class LotsForm(forms.Form):
    """A grid with one row an item of the demand: taken or not, ceiling, price before, quality requirement."""

    def __init__(self, proposed: Sequence[ProposedLot], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposed = proposed
        for lot in proposed:
            for name, field in self._fields_of(lot).items():
                self.fields[f"{name}-{lot.number}"] = field

    def _fields_of(self, lot: ProposedLot) -> dict[str, forms.Field]:
        unit = {"data-unit": lot.item.base_unit and f"/ {lot.item.base_unit}", "class": "numeric"}
        price = {"required": False, "max_digits": 18, "decimal_places": PRICE_DECIMALS, "min_value": 0}
        return {
            "take": forms.BooleanField(label=str(lot.item), required=False, initial=lot.taken),
            "ceiling": forms.DecimalField(
                label=_("Ceiling price"), initial=lot.ceiling_price, widget=forms.NumberInput(attrs=unit), **price
            ),
            "before": forms.DecimalField(
                label=_("Price before"), initial=lot.price_before, widget=forms.NumberInput(attrs=unit), **price
            ),
            "quality": forms.CharField(
                label=_("Quality requirement"), required=False, max_length=300, initial=lot.quality_requirement
            ),
        }

    @property
    def rows(self) -> list[dict[str, Any]]:
        names = ("take", "ceiling", "before", "quality")
        return [{"lot": lot, **{name: self[f"{name}-{lot.number}"] for name in names}} for lot in self.proposed]

    @property
    def taken(self) -> list[ProposedLot]:
        return [lot for lot in self.proposed if self.cleaned_data[f"take-{lot.number}"]]

    @property
    def lots(self) -> list[LotPlan]:
        return [self._plan_of(lot) for lot in self.taken]

    def _plan_of(self, lot: ProposedLot) -> LotPlan:
        given = {name: self.cleaned_data[f"{name}-{lot.number}"] for name in ("ceiling", "before", "quality")}
        return LotPlan(
            title=lot.title,
            items=(LotItemPlan(lot.item),),
            ceiling_price=given["ceiling"],
            price_before=given["before"],
            quality_requirement=given["quality"],
        )

    def refuse(self, refusal: Refused) -> None:
        """Put what the action refused beside the row that it is about."""
        columns = {"ceiling_price": "ceiling", "price_before": "before", "items": "take"}
        for fault in refusal.faults:
            row = self.taken[fault.row - 1].number if fault.row else None
            field = f"{columns.get(fault.field, fault.field)}-{row}"
            self.add_error(field if field in self.fields else None, fault.message)


class CriteriaForm(forms.Form):
    """A grid of criteria; rows without a title are left out."""

    def __init__(self, criteria: Sequence[CriterionPlan], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(1, min(MOST_CRITERIA, len(criteria) + BLANK_CRITERIA) + 1)
        for number in self.numbers:
            given = criteria[number - 1] if number <= len(criteria) else CriterionPlan(Criterion.Kind.SCORED, "")
            for name, field in self._fields_of(given).items():
                self.fields[f"{name}-{number}"] = field

    def _fields_of(self, given: CriterionPlan) -> dict[str, forms.Field]:
        return {
            "kind": forms.ChoiceField(label=_("Kind"), choices=Criterion.Kind, initial=given.kind),
            "title": forms.CharField(label=_("Criterion"), required=False, max_length=200, initial=given.title),
            "guidance": forms.CharField(label=_("Guidance"), required=False, max_length=500, initial=given.guidance),
            "points": forms.IntegerField(
                label=_("Points"), required=False, min_value=0, max_value=100, initial=given.max_points or None
            ),
        }

    @property
    def rows(self) -> list[dict[str, Any]]:
        names = ("kind", "title", "guidance", "points")
        return [{"number": number, **{name: self[f"{name}-{number}"] for name in names}} for number in self.numbers]

    @property
    def given(self) -> list[int]:
        return [number for number in self.numbers if self.cleaned_data[f"title-{number}"]]

    @property
    def criteria(self) -> list[CriterionPlan]:
        return [
            CriterionPlan(
                kind=self.cleaned_data[f"kind-{number}"],
                title=self.cleaned_data[f"title-{number}"],
                guidance=self.cleaned_data[f"guidance-{number}"],
                max_points=self.cleaned_data[f"points-{number}"] or 0,
            )
            for number in self.given
        ]

    def refuse(self, refusal: Refused) -> None:
        """Put what the action refused beside the row that it is about."""
        for fault in refusal.faults:
            row = self.given[fault.row - 1] if fault.row else None
            field = f"{'points' if fault.field == 'max_points' else fault.field}-{row}"
            self.add_error(field if field in self.fields else None, fault.message)


class NameForm(forms.Form):
    """Somebody for a place: seats that hold the role today."""

    seat = forms.ModelChoiceField(label=_("Person"), queryset=Seat.objects.none())

    def __init__(self, role: str, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = Seat.objects.current(today).with_role(role).select_related("person", "organisation")
        self.fields["seat"].queryset = seats.order_by("organisation__name", "person__name")  # type: ignore[attr-defined]


class ReplaceForm(NameForm):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept for the record."))


class ProveKeyForm(forms.Form):
    key_file = forms.FileField(label=_("Key file"), help_text=_("The file that you saved when you made the key."))
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("16 letters and digits in groups of four."),
    )


class DeclarationForm(forms.Form):
    has_interest = forms.TypedChoiceField(
        label=_("Your declaration"),
        coerce=lambda value: value == "yes",
        choices=(
            ("no", _("I have no interest in this tender and no tie to anybody who may bid in it.")),
            ("yes", _("I have an interest or a tie, and must be replaced.")),
        ),
        widget=forms.RadioSelect,
    )


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Published with the cancellation."))
