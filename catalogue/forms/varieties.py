"""Varieties as officers type them, and items put into them line by line or from a file."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.forms import RegionField
from catalogue.actions import (
    GroupedItem,
    GuideTerms,
    NationalPrice,
    Representative,
    StatedFactor,
    VarietyFacts,
)
from catalogue.forms.entries import entered_things
from catalogue.forms.grouping import Grouped, grouped, grouped_file
from catalogue.forms.lines import MOST_TOLD, LinesForm
from catalogue.models import Item, PriceEntry, ProductVersion, Variety
from catalogue.rules import Ground
from core.grids import Grid, GridRow
from core.money import PRICE_DECIMALS

_REASON = gettext_lazy("Kept for the record.")
_LINES = gettext_lazy(
    "One a line: a name with its strength, a national code or its beginning, or a number such as I-12."
)


class ReasonedForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, help_text=_REASON)


class ChangeVarietyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=300, help_text=gettext_lazy("The generic name."))
    form = forms.CharField(
        label=gettext_lazy("Dosage form"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Empty where its items have several forms."),
    )
    rules = forms.ChoiceField(
        label=gettext_lazy("Rules"),
        choices=Variety.Rules,
        help_text=gettext_lazy("By which its items are converted to the main specification."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, help_text=_REASON)

    @property
    def facts(self) -> VarietyFacts:
        return VarietyFacts(**{name: self.cleaned_data[name] for name in ("name", "form", "rules")})


class ItemLines(forms.CharField):
    """Items, one a line, however somebody names them; each once."""

    widget = forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})

    def clean(self, value: Any) -> list[Item]:
        found, faults = entered_things(super().clean(value) or "")
        if faults:
            told = [_("Line %(number)d: %(text)s") % vars(fault) for fault in faults[:MOST_TOLD]]
            raise forms.ValidationError(told)
        return list(dict.fromkeys(item for item, _product in found))


class MakeVarietyForm(ChangeVarietyForm):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Item.Kind)
    items = ItemLines(label=gettext_lazy("Items"), required=False, help_text=_LINES)

    field_order = ("kind", "name", "form", "rules", "items")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]


class PutItemsForm(forms.Form):
    items = ItemLines(label=gettext_lazy("Items"), help_text=_LINES)


class GroupItemsForm(LinesForm):
    """Items with the varieties that they belong to, typed, pasted from a spreadsheet, or as a file."""

    says = (
        gettext_lazy("Items with their varieties"),
        gettext_lazy(
            "One a line, copied from a spreadsheet: the variety, its dosage form where it has one, and the item by name"
            " and strength, national code or number. Headings: variety, variety form, item, strength, main"
            " specification (yes or no)."
        ),
        gettext_lazy("The same from a file"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grouped = Grouped()

    def read(self, text: str, file: Any) -> list[tuple[int, str]]:
        self.grouped = grouped_file(file) if file else grouped(text)
        return self.grouped.faults

    @property
    def rows(self) -> list[GroupedItem]:
        return self.grouped.rows


class FactorRow(GridRow):
    price_factor = forms.DecimalField(
        label=gettext_lazy("Factor of the price"), min_value=0, max_digits=18, decimal_places=9, required=False
    )
    volume_factor = forms.DecimalField(
        label=gettext_lazy("Factor of the volume"), min_value=0, max_digits=18, decimal_places=9, required=False
    )

    def begin(self) -> dict[str, Any]:
        return {name: _shown(getattr(self.thing, name)) for name in ("price_factor", "volume_factor")}

    @property
    def is_taken(self) -> bool:
        return bool(self.changed_data)

    @property
    def said(self) -> StatedFactor:
        return StatedFactor(self.thing, self.cleaned_data["price_factor"], self.cleaned_data["volume_factor"])


class FactorsForm(Grid):
    """What documents state of the items of a variety; an empty cell leaves a factor to the rules."""

    row = FactorRow
    name = "factors"
    caption = gettext_lazy("Stated factors")
    heading = gettext_lazy("Item")
    key_headings = (pgettext_lazy("of a table", "Number"),)

    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=300, help_text=gettext_lazy("Notice, contract or page that says so.")
    )

    def key_of(self, thing: Any) -> str:
        return str(thing.reference)

    @property
    def factors(self) -> list[StatedFactor]:
        return [row.said for row in self.taken]


class _ForRegionForm(forms.Form):
    """Where and from when prices hold, and why."""

    region = RegionField()
    valid_from = forms.DateField(label=gettext_lazy("First day"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=300, help_text=gettext_lazy("Notice, contract or page that says so.")
    )

    @property
    def ground(self) -> Ground:
        return Ground(self.cleaned_data["reason"], self.cleaned_data["source"])


class GuidePricesForm(_ForRegionForm):
    """The guide price of a representative, from which those of the rest of a variety follow."""

    representative = forms.ChoiceField(
        label=gettext_lazy("Representative"),
        help_text=gettext_lazy("One base unit of an item, or the pack of one product."),
    )
    price = forms.DecimalField(
        label=gettext_lazy("Price"),
        min_value=Decimal("0.000001"),
        max_digits=18,
        decimal_places=PRICE_DECIMALS,
        required=False,
        widget=forms.NumberInput({"data-unit": settings.CURRENCY}),
        help_text=gettext_lazy(
            "As exact as it was decided: it is published rounded, and the others follow from the exact one. Empty: the"
            " guide price in force, before it was rounded."
        ),
    )
    guide_class = forms.ChoiceField(
        label=gettext_lazy("Class of a guide price"),
        choices=PriceEntry.GuideClass.choices[1:],
        help_text=gettext_lazy("Above a fixed or highest price nothing is bid, listed or ordered."),
    )
    valid_to = forms.DateField(label=gettext_lazy("Last day"), required=False)
    cuts = forms.BooleanField(
        label=gettext_lazy("Let listings above them fall"),
        required=False,
        help_text=gettext_lazy("A cut by decision: every listing that costs more falls from the first day."),
    )
    leaves_out = forms.BooleanField(
        label=gettext_lazy("Leave out what cannot be converted"),
        required=False,
        help_text=gettext_lazy("Otherwise nothing is proposed before every item says what conversion needs."),
    )

    field_order = ("representative", "price", "guide_class", "region", "valid_from", "valid_to")

    def __init__(self, variety: Variety, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = list(variety.items.order_by("pinyin", "strength", "pk"))
        versions = ProductVersion.objects.current().filter(product__item__variety=variety, pack_size__isnull=False)
        rows = versions.select_related("product__item", "product__maker").order_by("product__item", "pack_size", "pk")
        packs = {version.product.reference: version for version in rows}
        self.known: dict[str, Item | ProductVersion] = {**{item.reference: item for item in items}, **packs}
        told = [(item.reference, f"{item} · 1 {item.base_unit}") for item in items]
        told += [(reference, version.label) for reference, version in packs.items()]
        self.fields["representative"].choices = told
        if variety.main_item and not self.is_bound:
            self.initial.setdefault("representative", variety.main_item.reference)

    @property
    def chosen(self) -> Representative:
        meant, price = self.known[self.cleaned_data["representative"]], self.cleaned_data["price"]
        if isinstance(meant, Item):
            return Representative(meant, price=price)
        return Representative(meant.product.item, meant.product, price)

    @property
    def terms(self) -> GuideTerms:
        names = ("region", "valid_from", "guide_class", "valid_to", "cuts", "leaves_out")
        return GuideTerms(**{name: self.cleaned_data[name] for name in names})


class NationalPriceForm(_ForRegionForm):
    """One price of a whole variety, by its main specification."""

    price = forms.DecimalField(
        label=gettext_lazy("Price of one base unit of the main specification"),
        min_value=Decimal("0.000001"),
        max_digits=18,
        decimal_places=PRICE_DECIMALS,
        widget=forms.NumberInput({"data-unit": settings.CURRENCY}),
    )
    supply_rate = forms.DecimalField(
        label=gettext_lazy("Supply rate"),
        min_value=0,
        max_value=1,
        required=False,
        help_text=gettext_lazy("Which part of what was ordered came, such as 0.95."),
    )

    field_order = ("price", "supply_rate", "region", "valid_from")

    @property
    def national_price(self) -> NationalPrice:
        names = ("region", "valid_from", "price", "supply_rate")
        return NationalPrice(**{name: self.cleaned_data[name] for name in names})


def _shown(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
