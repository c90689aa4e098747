"""Purchase plans as officers type them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import RegionField
from accounts.models import Organisation
from catalogue.models import Item
from core.grids import Grid, GridRow
from core.templatetags.ui import price, quantity
from demand.models import DemandWindow
from tenders.actions.planning import LinePlan, PlanFacts
from tenders.forms.preparation import price_field, units_field
from tenders.models import PlanLine


class PurchasePlanForm(forms.Form):
    if_empty = {"window": _("No demand window yet. Open one first, let hospitals report, and lock it.")}

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Item.Kind, widget=forms.RadioSelect)
    region = RegionField(help_text=_("Where the prices will apply."))
    window = forms.ModelChoiceField(
        label=_("Demand window"),
        queryset=DemandWindow.objects.none(),
        help_text=_("Its items are planned: each gets a lane."),
    )

    def __init__(self, agency: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["window"].queryset = DemandWindow.objects.filter(agency=agency)

    @property
    def facts(self) -> PlanFacts:
        return PlanFacts(**self.cleaned_data)


class PlanLineRow(GridRow):
    """An item of the demand: on which way it is bought; without a lane it is left out."""

    on_demand = ("reason", "quality_requirement", "ceiling_units")

    lane = forms.ChoiceField(label=_("Lane"), choices=(("", "–"), *PlanLine.Lane.choices), required=False)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)
    quality_requirement = forms.CharField(label=_("Quality requirement"), required=False, max_length=300)
    ceiling_price = price_field(_("Ceiling price"))
    ceiling_units = units_field()
    ceiling_basis = forms.ChoiceField(label=_("Basis of the ceiling"), choices=PlanLine.Basis, required=False)

    @property
    def row_label(self) -> str:
        return str(self.thing.item)

    @property
    def row_cells(self) -> list[dict[str, Any]]:
        volume, unit = self.thing.volume, self.thing.item.base_unit
        return [
            {"label": _("Volume"), "value": quantity(volume) if volume else "–", "note": unit, "numeric": True},
            {"label": _("Price before"), "value": price(self.thing.price_before), "numeric": True},
        ]

    @property
    def is_taken(self) -> bool:
        return bool(self.cleaned_data.get("lane"))

    def begin(self) -> dict[str, Any]:
        return {name: getattr(self.thing, name) for name in self.base_fields}

    @property
    def plan(self) -> LinePlan:
        said = self.cleaned_data | {"ceiling_units": self.cleaned_data["ceiling_units"] or 1}
        return LinePlan(self.thing.number, **said)


class PlanLinesForm(Grid):
    """The items of the demand, each with its lane, quality and ceiling."""

    row = PlanLineRow
    caption = _("Items of the demand")
    heading = _("Item")
    ask_for_all = _("Reasons, quality and packs")
    whole = True
    wide = True

    @property
    def lines(self) -> list[LinePlan]:
        return [row.plan for row in self.taken]


class DropPlanForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept for the record."))
