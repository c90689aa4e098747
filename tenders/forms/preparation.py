"""A tender in preparation as officers type it."""

import re
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms import RegionField
from accounts.models import Organisation, Seat
from catalogue.models import Item
from core.grids import Grid, GridRow, GrowingGrid
from core.money import PRICE_DECIMALS
from core.templatetags.ui import quantity
from demand.models import DemandWindow
from tenders.actions.preparation import MOST_CRITERIA, CriterionPlan, LotItemPlan, LotPartPlan, LotPlan, TenderPlan
from tenders.models import Criterion, Lot, RuleSet, Tender
from tenders.wording import kept, shown


class PlanForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Item.Kind, widget=forms.RadioSelect)
    region = RegionField(help_text=_("Where the prices will apply."))
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
        self.fields["window"].queryset = DemandWindow.objects.filter(agency=agency)
        rule_sets = RuleSet.objects.in_force(today)
        self.fields["rule_set"].queryset = rule_sets
        self.fields["rule_set"].label_from_instance = lambda rules: gettext(rules.title)

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


def price_field(label: Promise, *, required: bool = False) -> forms.DecimalField:
    """The price of one base unit."""
    unit = forms.NumberInput(attrs={"data-unit": settings.CURRENCY})
    return forms.DecimalField(
        label=label, required=required, max_digits=18, decimal_places=PRICE_DECIMALS, min_value=0, widget=unit
    )


class PartsField(forms.CharField):
    """The parts of a set in one cell, as a person or a spreadsheet writes them: I-0001; I-0002 × 2."""

    def __init__(self, **kwargs: Any) -> None:
        hint = {"placeholder": "I-0001; I-0002 × 2"}
        super().__init__(max_length=2000, widget=forms.TextInput(attrs=hint), **kwargs)

    def clean(self, value: Any) -> tuple[LotPartPlan, ...]:
        return tuple(self._part(one.strip()) for one in re.split("[;；\n]", super().clean(value)) if one.strip())

    def _part(self, text: str) -> LotPartPlan:
        reference, _sign, quantity = (one.strip() for one in text.replace("x", "×").replace("*", "×").partition("×"))
        item = Item.objects.filter(reference=reference).first()
        if item is None:
            raise forms.ValidationError(
                _("The catalogue has no item “%(reference)s”."), params={"reference": reference}
            )
        if quantity and not (quantity.isascii() and quantity.isdecimal() and len(quantity) < 6):
            raise forms.ValidationError(_("Say how many of each part a set has, 1 or more."))
        return LotPartPlan(item, int(quantity or 1))


class LotPlanRow(GridRow):
    """An item of the demand: taken as a lot or not, and at what ceiling."""

    take = forms.BooleanField(label=_("Take"), required=False)
    ceiling_price = price_field(_("Ceiling price"))
    price_before = price_field(_("Price before"))
    quality_requirement = forms.CharField(label=_("Quality requirement"), required=False, max_length=300)
    offered = forms.ChoiceField(label=_("A bid is of"), choices=Lot.Offered, required=False)
    parts = PartsField(label=_("Parts of a set"), required=False)
    with_service_fee = forms.BooleanField(label=_("Service fee"), required=False)

    @property
    def row_label(self) -> str:
        return str(self.thing.item)

    @property
    def row_cells(self) -> list[dict[str, Any]]:
        unit = self.thing.item.base_unit
        return [{"label": _("Volume"), "value": quantity(self.thing.volume), "note": unit, "numeric": True}]

    @property
    def is_taken(self) -> bool:
        return self.cleaned_data.get("take", False)

    def begin(self) -> dict[str, Any]:
        return {name: getattr(self.thing, name) for name in self.base_fields}

    @property
    def plan(self) -> LotPlan:
        given = {name: self.cleaned_data[name] for name in self.fields if name != "take"}
        given["offered"] = given["offered"] or Lot.Offered.PRODUCT
        return LotPlan(title=self.thing.title, items=(LotItemPlan(self.thing.item),), **given)


class LotsForm(Grid):
    """The items of the demand as lots of one item each."""

    row = LotPlanRow
    caption = _("Items of the demand")
    heading = _("Item")
    whole = True

    @property
    def lots(self) -> list[LotPlan]:
        return [row.plan for row in self.taken]


class CriterionRow(GridRow):
    """A criterion; without a title the row is left out."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Criterion.Kind, initial=Criterion.Kind.SCORED)
    title = forms.CharField(
        label=_("Criterion"), required=False, max_length=200, widget=forms.TextInput(attrs={"size": 45})
    )
    guidance = forms.CharField(
        label=_("Guidance"), required=False, max_length=500, widget=forms.TextInput(attrs={"size": 45})
    )
    max_points = forms.IntegerField(
        label=_("Points"), required=False, min_value=0, max_value=100, widget=forms.NumberInput(attrs={"size": 3})
    )

    @property
    def row_label(self) -> str:
        return self.key

    @property
    def is_taken(self) -> bool:
        return bool(self.cleaned_data.get("title"))

    def begin(self) -> dict[str, Any]:
        words = {name: shown(getattr(self.thing, name)) for name in ("title", "guidance")}
        return {**vars(self.thing), **words, "max_points": self.thing.max_points or None}

    @property
    def plan(self) -> CriterionPlan:
        words = {name: kept(self.cleaned_data[name]) for name in ("title", "guidance")}
        return CriterionPlan(**{**self.cleaned_data, **words, "max_points": self.cleaned_data["max_points"] or 0})


class CriteriaForm(GrowingGrid):
    """Criteria with some blank rows for more; the rows are their numbers."""

    row = CriterionRow
    caption = _("Criteria")
    heading = _("Number")
    whole = True
    borrows = True  # what was asked for in another tender may be asked for here
    most = MOST_CRITERIA
    spare = 5

    @property
    def criteria(self) -> list[CriterionPlan]:
        return [row.plan for row in self.taken]


class NameForm(forms.Form):
    """Somebody for a place: seats that hold the role today."""

    seat = forms.ModelChoiceField(label=_("Person"), queryset=Seat.objects.none())

    def __init__(self, role: str, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = Seat.objects.current(today).with_role(role).select_related("person", "organisation")
        self.fields["seat"].queryset = seats.order_by("organisation__name", "person__name")


class ReplaceForm(NameForm):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept for the record."))


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
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept for the record."))
