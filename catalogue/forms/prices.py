"""Many prices as one change: typed row by row, pasted from a spreadsheet, or read from a file."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import RegionField
from accounts.models import Region
from catalogue.actions.prices import RECORDED
from catalogue.models import Item, PriceChange, PriceEntry, Product, ProductCode
from catalogue.rules import Ground, PlannedPrice, PriceFact, normalise
from core.errors import Fault
from core.grids import GridRow, GrowingGrid
from core.money import PRICE_DECIMALS

Thing = Item | Product
# A hospital's own agreement names a hospital, and is recorded one by one.
MANY = tuple(kind for kind in RECORDED if kind != PriceEntry.Kind.OWN)


class PriceRow(GridRow):
    """One price; a row in which nothing stands is left out."""

    of = forms.CharField(
        label=gettext_lazy("Item or product"), max_length=60, required=False, widget=forms.TextInput({"size": 26})
    )
    price = forms.DecimalField(
        label=gettext_lazy("Price"),
        required=False,
        max_digits=18,
        decimal_places=PRICE_DECIMALS,
        widget=forms.NumberInput({"data-unit": settings.CURRENCY}),
    )
    units = forms.IntegerField(
        label=gettext_lazy("Of how many base units"), required=False, min_value=1, max_value=1_000_000
    )
    region = forms.CharField(label=gettext_lazy("Another region"), max_length=120, required=False)

    @property
    def row_label(self) -> str:
        return _("Row %(number)s") % {"number": self.key}

    @property
    def row_heading(self) -> str:
        return self.key

    @property
    def is_taken(self) -> bool:
        return any(self.cleaned_data.get(name) not in (None, "") for name in self.fields)

    def clean(self) -> None:
        super().clean()
        if self.is_taken:
            for name in ("of", "price"):
                if self.cleaned_data.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, _("Fill this in, or empty the row."))


class PricesForm(GrowingGrid):
    """Prices of one kind, from one day on, for one reason: each row an item or a product of it, by its reference or its
    national code. A row may name a region of its own."""

    row = PriceRow
    caption = gettext_lazy("Prices")
    heading = gettext_lazy("Number")
    borrows = True
    most = 500
    spare = 8

    act = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[(act, PriceChange.Act(act).label) for act in ("record", "cut")],
        initial="record",
        help_text=gettext_lazy("A cut binds every listing that costs more, from its first day."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[(kind.value, kind.label) for kind in MANY])
    guide_class = forms.ChoiceField(
        label=gettext_lazy("Class of a guide price"),
        choices=PriceEntry.GuideClass,
        required=False,
        help_text=gettext_lazy("Above a fixed or highest price nothing is bid, listed or ordered."),
    )
    region = RegionField()
    valid_from = forms.DateField(label=gettext_lazy("First day"))
    valid_to = forms.DateField(label=gettext_lazy("Last day"), required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=300, help_text=gettext_lazy("Notice, contract or page that says so.")
    )

    def clean(self) -> None:
        super().clean()
        faulty = [row for row in self.rows if row.errors]
        if not faulty and not self.taken:
            self.add_error(None, _("Enter at least one price."))
        self.named = things_named(row.cleaned_data.get("of", "") for row in self.rows)
        self.regions: dict[str, Region | None] = {}
        for row in self.rows:
            given = row.cleaned_data
            if given.get("of") and given["of"] not in self.named:
                row.add_error("of", _("No item or product has this reference or code."))
            if text := given.get("region", ""):
                try:
                    self.regions[text] = self.regions.get(text) or RegionField().clean(text)
                except forms.ValidationError as error:
                    row.add_error("region", error)

    def place(self, fault: Fault) -> None:
        """Beside the cell that it is about; what is said of the price as a whole, beside what it is of."""
        row = fault.row or (1 if len(self.taken) == 1 and fault.field not in self.fields else None)
        field = fault.field if fault.field in self.row.base_fields or row is None else "of"
        super().place(replace(fault, row=row, field=field))

    @property
    def planned(self) -> list[PlannedPrice]:
        return [PlannedPrice(self.cleaned_data["kind"], self._fact(row.cleaned_data)) for row in self.taken]

    def _fact(self, row: Mapping[str, Any]) -> PriceFact:
        given, thing = self.cleaned_data, self.named[row["of"]]
        region = self.regions[row["region"]] if row["region"] else given["region"]
        of = {"item_id": thing.pk} if isinstance(thing, Item) else {"item_id": thing.item_id, "product_id": thing.pk}
        return PriceFact(
            **of,
            region_code=region.pk,
            price=row["price"],
            units=row["units"] or 1,
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
            source=given["source"],
            guide_class=given["guide_class"] if given["kind"] == PriceEntry.Kind.GUIDE else "",
        )

    @property
    def ground(self) -> Ground:
        return Ground(self.cleaned_data["reason"], self.cleaned_data["source"])


def things_named(texts: Iterable[str]) -> dict[str, Thing]:
    """The one item or product that each text names, in three queries; texts that name none are left out."""
    asked = {text: normalise(text) for text in texts if text}
    names = set(asked.values())
    items: dict[str, Thing] = {item.reference: item for item in Item.objects.filter(reference__in=names)}
    found = Product.objects.filter(Q(reference__in=names) | Q(key__in=names))
    products: dict[str, Thing] = {}
    for product in found:
        products |= {product.reference: product, product.key: product}
    remapped = ProductCode.objects.running().remapped().filter(code__in=names - products.keys()).exclude(product=None)
    products |= {said.code: said.product for said in remapped.select_related("product") if said.product}
    known = items | products
    return {text: known[name] for text, name in asked.items() if name in known}
