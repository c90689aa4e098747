"""Lists of varieties, of their items with what each is of the main specification, and of the steps between two."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.converting import STEP_NAMES, InVariety, converted, told_factor, told_gaps, told_steps
from catalogue.models import Item, PriceEntry, Variety
from catalogue.tables.items import item_url
from catalogue.tables.prices import ItemPriceTable
from core.tables import Column, Empty, Filter, Table

STANDING = (("yes", _("standing")), ("no", _("ended")))


def variety_status(variety: Variety) -> str | Promise:
    return _("ended") if variety.ended_at else _("standing")


def variety_tone(variety: Variety) -> str:
    return "quiet" if variety.ended_at else "good"


def _standing(varieties: QuerySet, answer: str) -> QuerySet:
    return varieties.filter(ended_at__isnull=answer == "yes")


class VarietyTable(Table):
    name = "varieties"
    caption = _("Varieties")
    default_sort = "name"
    columns = (
        Column("reference", _("Variety"), kind="reference", url=Variety.get_absolute_url),
        Column("name", _("Name"), sort="name", url=Variety.get_absolute_url),
        Column("form", _("Dosage form"), sort="form"),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
        Column("main", _("Main specification"), value=lambda one: one.main_item or _("not named yet")),
        Column("items", _("Items"), value="item_count", kind="number"),
        Column("rules", _("Rules"), value="get_rules_display"),
        Column("status", _("Status"), value=variety_status, kind="status", tone=variety_tone),
    )
    filters = (
        Filter(
            "q",
            forms.CharField(label=_("Name, strength, code, maker or brand")),
            lambda rows, text: rows.matching(text),
        ),
        Filter("kind", forms.ChoiceField(label=_("Kind"), choices=Item.Kind), "kind"),
        Filter("rules", forms.ChoiceField(label=_("Rules"), choices=Variety.Rules), "rules"),
        Filter("standing", forms.ChoiceField(label=_("Status"), choices=STANDING), _standing),
    )
    empty = Empty(
        _("No variety yet"),
        _("A variety groups the items of one medicine, so that prices and volumes are compared and converted."),
    )


class EditableVarietyTable(VarietyTable):
    """The same for who keeps the catalogue."""

    empty = Empty(
        VarietyTable.empty.title, VarietyTable.empty.text, _("Make a variety"), reverse_lazy("catalogue:make-variety")
    )


class VarietyItemTable(Table):
    """The items of a variety; ``variety`` is that of all rows."""

    name = "variety-items"
    caption = _("Items")
    page_size = 100
    default_sort = "item"
    empty = Empty(_("No item in it yet"), _("Put items in by name, code or reference, typed, pasted or from a file."))

    def __init__(self, *args: Any, variety: Variety, picking: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.variety, self._known = variety, dict[int, InVariety]()
        self.pick = "reference" if picking else ""
        self.columns = (
            Column("item", _("Item"), sort="pinyin", url=item_url, note=self._main),
            Column("strength", _("Strength or specification")),
            Column("quantities", _("In quantities")),
            Column("form", _("Dosage form"), sort="form"),
            Column("base_unit", _("Counted in")),
            Column("price", _("Factor of the price"), value=self._price, kind="number", url=self._url),
            Column("volume", _("Factor of the volume"), value=self._volume, kind="number", url=self._url),
            Column("missing", _("What is missing"), value=self._missing, kind="prose"),
            Column("products", _("Products"), value="product_count", kind="number"),
        )

    def _of(self, item: Item) -> InVariety:
        if item.pk not in self._known:
            [self._known[item.pk]] = converted(self.variety, [item])
        return self._known[item.pk]

    def _main(self, item: Item) -> str | Promise:
        return _("main specification") if item.pk == self.variety.main_item_id else ""

    def _price(self, item: Item) -> Any:
        return told_factor(self._of(item).price.factor)

    def _volume(self, item: Item) -> Any:
        return told_factor(self._of(item).volume.factor)

    def _missing(self, item: Item) -> str:
        return told_gaps(self._of(item).price) or told_gaps(self._of(item).volume)

    def _url(self, item: Item) -> str:
        return reverse("catalogue:conversion", args=[self.variety.reference, item.reference])


def guide_note(entry: PriceEntry) -> str | Promise:
    """The class of a guide price, beside its kind."""
    return entry.get_guide_class_display() if entry.guide_class else ""


class VarietyPriceTable(ItemPriceTable):
    """The price register of all items of a variety."""

    name = "variety-prices"
    columns = (
        Column("item", _("Item"), sort="item__pinyin", url=lambda entry: item_url(entry.item)),
        *(
            Column("kind", _("Kind"), value="get_kind_display", kind="status", sort="kind", note=guide_note)
            if one.key == "kind"
            else one
            for one in ItemPriceTable.columns
        ),
    )


class StepTable(Table):
    """The steps of one conversion, in their order."""

    name = "steps"
    exports = ()
    key = "name"
    columns = (
        Column("name", _("Step"), value=lambda step: STEP_NAMES.get(step.name, step.name)),
        Column("ratio", _("Ratio"), value=lambda step: told_factor(step.ratio), kind="number"),
        Column(
            "factor", pgettext_lazy("conversion", "Factor"), value=lambda step: told_factor(step.factor), kind="number"
        ),
        Column(
            "plus", _("Added, in yuan"), value=lambda step: told_factor(step.plus) if step.plus else "", kind="number"
        ),
    )
    empty = Empty(_("No step"))


class GuideLineTable(Table):
    """Guide prices that would follow from a representative, or why one does not."""

    name = "guide-lines"
    caption = _("Guide prices that follow")
    exports = ()
    key = "item.reference"
    row_tone = staticmethod(lambda line: "" if line.found.price else "warn")
    columns = (
        Column("item", _("Item"), url=lambda line: item_url(line.item)),
        Column("of", _("Of"), value=lambda line: line.product.maker if line.product else _("any maker")),
        Column("per", _("Per"), value=lambda line: f"{line.units} {line.item.base_unit}".strip()),
        Column("exact", _("Before rounding"), value="found.unrounded", kind="price", unit=settings.CURRENCY),
        Column("price", _("Price"), value="found.price", kind="price", unit=settings.CURRENCY),
        Column("how", _("How it follows"), value=lambda line: told_steps(line.steps), kind="prose"),
        Column("missing", _("What is missing"), kind="prose"),
    )
    empty = Empty(_("No item in it yet"))
