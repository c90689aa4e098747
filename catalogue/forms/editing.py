"""Items and products as officers edit them: every fact that identifies or describes one."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.actions import Edit, ItemFacts, ProductFacts
from catalogue.models import Item, Product, ProductVersion
from catalogue.presentation.facts import (
    ITEM_LABELS,
    MATERIAL_NAMES,
    PRODUCT_LABELS,
    QUANTITY_LABELS,
    item_names,
    product_names,
    stated_quantities,
)
from catalogue.rules import LARGEST_PACK
from catalogue.rules.details import LONGEST_SHELF_LIFE


class EditForm(forms.Form):
    """What is edited, since when, and why; ``facts`` are what the action takes."""

    starts_on = forms.DateField(label=_("Holds from"), help_text=_("Until the day before it stays as it was."))
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept for the record."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in EditForm.base_fields])

    @property
    def edit(self) -> Edit:
        return Edit(self.cleaned_data["starts_on"], self.cleaned_data["reason"])

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in EditForm.base_fields}


class EditItemForm(EditForm):
    name = forms.CharField(label=_("Name"), max_length=300)
    strength = forms.CharField(label=_("Strength or specification"), max_length=200, required=False)
    fill = forms.CharField(
        label=_("Fill"),
        max_length=30,
        required=False,
        help_text=_("What one bag, bottle or ampoule holds, such as 5ml, where the strength does not say it."),
    )
    form = forms.CharField(label=_("Dosage form"), max_length=100, required=False)
    route = forms.CharField(label=_("Route"), max_length=100, required=False)
    base_unit = forms.CharField(
        label=_("Counted in"), max_length=20, required=False, help_text=_("Tablet, vial, stent: what demand counts.")
    )
    strengths = forms.CharField(
        label=QUANTITY_LABELS["strengths"],
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_(
            "What one base unit holds, one ingredient a line: 氨氯地平 5mg, or 50mg/5ml for a concentration. Empty: as"
            " the printed strength says."
        ),
    )
    pieces = forms.CharField(
        label=QUANTITY_LABELS["pieces"],
        max_length=20,
        required=False,
        help_text=_("Where a bottle or bag of them is counted as one: 64丸."),
    )
    dose = forms.CharField(
        label=QUANTITY_LABELS["dose"],
        max_length=30,
        required=False,
        help_text=_("How much of the fill is taken at once, such as 10ml. The whole fill of a single-dose pack."),
    )
    daily_dose = forms.CharField(
        label=QUANTITY_LABELS["daily_dose"],
        max_length=30,
        required=False,
        help_text=_("How much of the fill is taken in a day of treatment, such as 18g."),
    )
    units_a_day = forms.CharField(
        label=QUANTITY_LABELS["units_a_day"],
        max_length=10,
        required=False,
        help_text=_("Base units in a day of treatment, where there is no fill."),
    )
    sugar_free = forms.BooleanField(label=QUANTITY_LABELS["sugar_free"], required=False)
    container_material = forms.ChoiceField(
        label=QUANTITY_LABELS["container_material"],
        choices=[("", _("not said")), *MATERIAL_NAMES.items()],
        required=False,
    )

    def __init__(self, item: Item, today: date, *args: Any, **kwargs: Any) -> None:
        said = {name: getattr(item, name) for name in ("name", "strength", "form", "route", "base_unit")}
        said |= {"fill": item.quantities.fill or "", "starts_on": today, **stated_quantities(item)}
        names = item_names(item.kind)
        super().__init__(*args, initial={**said, **_held(item, names)}, **kwargs)
        if item.kind != Item.Kind.DRUG:
            for name in ("fill", *QUANTITY_LABELS):
                del self.fields[name]
        _add(self, _details(Item, names, ITEM_LABELS))

    @property
    def facts(self) -> ItemFacts:
        said = self.given()
        details = {name: said.pop(name) for name in ITEM_LABELS if name in said}
        quantities = {name: _text(said.pop(name)) for name in QUANTITY_LABELS if name in said}
        if "strengths" not in self.changed_data and "strength" in self.changed_data:
            quantities.pop("strengths", None)  # what stood there is of the strength that was printed before
        return ItemFacts(**said, quantities=quantities, details=details)


class EditProductForm(EditForm):
    brand = forms.CharField(label=_("Brand"), max_length=200, required=False)
    holder = forms.CharField(
        label=_("Marketing authorisation holder"),
        max_length=200,
        required=False,
        help_text=_("Where it is not the maker."),
    )
    commissioned_maker = forms.CharField(
        label=_("Commissioned maker"),
        max_length=200,
        required=False,
        help_text=_("Who makes it by order of the maker or holder."),
    )
    national_code = forms.CharField(label=_("National code"), max_length=40, required=False)
    approval_number = forms.CharField(label=_("Approval number"), max_length=60, required=False)
    standard_code = forms.CharField(label=_("Standard code"), max_length=20, required=False)
    pack_size = forms.IntegerField(
        label=_("Base units in one pack"), min_value=1, max_value=LARGEST_PACK, required=False
    )
    pack_unit = forms.CharField(
        label=_("Unit of the pack"), max_length=20, required=False, help_text=_("Box, bottle, piece.")
    )
    packaging = forms.CharField(
        label=_("Packaging"), max_length=60, required=False, help_text=_("How the pack is made up: 12片/板×2板/盒.")
    )
    source = forms.CharField(
        label=_("Source"), max_length=300, required=False, help_text=_("Notice, contract or page that says so.")
    )

    def __init__(self, product: Product, current: ProductVersion, today: date, *args: Any, **kwargs: Any) -> None:
        said = {name: getattr(current, name) or "" for name in EditProductForm.base_fields if hasattr(current, name)}
        names = product_names(product.item.kind)
        begins = {**said, "starts_on": today, "reason": "", **_held(current, names)}
        super().__init__(*args, initial=begins, **kwargs)
        _add(self, _details(ProductVersion, names, PRODUCT_LABELS))

    @property
    def facts(self) -> ProductFacts:
        said = self.given()
        details = {name: said.pop(name) for name in PRODUCT_LABELS if name in said}
        return ProductFacts(**said, details=details)


def _held(thing: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def _details(model: Any, names: Iterable[str], labels: Mapping[str, Any]) -> dict[str, forms.Field]:
    """The fields of details as the model has them, under the labels of pages."""
    found: dict[str, forms.Field] = forms.fields_for_model(model, list(names))
    for name, field in found.items():
        field.label, field.required = labels[name], False
    if "shelf_life_months" in found:
        limits = {"min_value": 1, "max_value": LONGEST_SHELF_LIFE}
        found["shelf_life_months"] = forms.IntegerField(label=labels["shelf_life_months"], required=False, **limits)
    return found


def _add(form: EditForm, fields: Mapping[str, forms.Field]) -> None:
    """Put further fields before the day and the reason."""
    form.fields.update(fields)
    form.order_fields([name for name in form.fields if name not in EditForm.base_fields])


def _text(value: Any) -> str:
    """A stated quantity as text; a tick is a yes or a no."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
