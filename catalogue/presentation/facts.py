"""What pages, forms and files call the facts of items and products, and which of them each kind has."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.models import Item, ProductVersion
from catalogue.rules import print_part

Label = str | Promise
ITEM_LABELS: dict[str, Label] = {
    "name_en": _("English name"),
    "atc_code": _("ATC class"),
    "population": _("For whom"),
    "category_code": _("Class of the national list"),
    "category": _("Levels of the class"),
    "generic_class": _("Generic class"),
    "material": _("Material"),
    "feature": _("Feature"),
}
PRODUCT_LABELS: dict[str, Label] = {
    "quality_level": _("Quality level"),
    "quality_standard": _("Quality standard"),
    "container": _("Container"),
    "storage": _("Storage"),
    "shelf_life_months": _("Shelf life in months"),
    "specification": _("Specification of the maker"),
    "model": _("Model"),
    "registration_expires_on": _("Registration ends"),
    "udi_di": _("Device identifier"),
    "high_value": _("High-value consumable"),
}
QUANTITY_LABELS: dict[str, Label] = {
    "strengths": _("Active contents"),
    "pieces": _("Tablets or pills in one"),
    "dose": _("Single dose"),
    "daily_dose": _("Daily dose"),
    "units_a_day": _("Taken in a day"),
    "sugar_free": _("Without sugar"),
    "container_material": _("Material of an infusion's container"),
}
MATERIAL_NAMES: dict[str, Label] = {
    "glass": _("glass bottle"),
    "plastic": _("plastic bottle"),
    "soft_bag": _("soft bag"),
}
_OF_DRUGS = ("name_en", "atc_code", "population")
_OF_DEVICES = ("name_en", "category_code", "category", "generic_class", "material", "feature")
_OF_DRUG_PRODUCTS = (
    "quality_level",
    "quality_standard",
    "container",
    "storage",
    "shelf_life_months",
    "registration_expires_on",
)
_OF_DEVICE_PRODUCTS = (
    "specification",
    "model",
    "registration_expires_on",
    "udi_di",
    "high_value",
    "quality_standard",
    "storage",
    "shelf_life_months",
)


def item_names(kind: str) -> tuple[str, ...]:
    """The further facts that an item of a kind has."""
    return _OF_DRUGS if kind == Item.Kind.DRUG else _OF_DEVICES


def product_names(kind: str) -> tuple[str, ...]:
    """The further facts that a product of an item of a kind has."""
    return _OF_DRUG_PRODUCTS if kind == Item.Kind.DRUG else _OF_DEVICE_PRODUCTS


def item_facts(item: Item) -> list[tuple[Label, Any]]:
    """What else a page says of an item: its quantities, and its details."""
    return [*_quantities(item), *_facts(item, item_names(item.kind), ITEM_LABELS)]


def product_facts(version: ProductVersion, kind: str) -> list[tuple[Label, Any]]:
    """What else a page says of a product."""
    return _facts(version, product_names(kind), PRODUCT_LABELS)


def stated_quantities(item: Item) -> dict[str, Any]:
    """The quantities as a form begins with them, by the names of ``QUANTITY_LABELS``."""
    said = item.quantities
    return {
        "strengths": "\n".join(map(print_part, said.parts)),
        "pieces": str(said.count or ""),
        "dose": str(said.use.dose or ""),
        "daily_dose": str(said.use.daily_dose or ""),
        "units_a_day": f"{said.use.units_a_day:f}" if said.use.units_a_day else "",
        "sugar_free": said.use.sugar_free,
        "container_material": said.use.material,
    }


def _quantities(item: Item) -> list[tuple[Label, Any]]:
    if item.kind != Item.Kind.DRUG:
        return []
    said, told = item.quantities, stated_quantities(item)
    rows: list[tuple[Label, Any]] = [
        (QUANTITY_LABELS["strengths"], " + ".join(map(print_part, said.parts))),
        (_("Fill"), str(said.fill or "")),
    ]
    rest = [(QUANTITY_LABELS[name], told[name]) for name in ("pieces", "dose", "daily_dose", "units_a_day")]
    rest += [(QUANTITY_LABELS["sugar_free"], _("yes") if said.use.sugar_free else "")]
    rest += [(QUANTITY_LABELS["container_material"], MATERIAL_NAMES.get(said.use.material, ""))]
    return rows + [(label, value) for label, value in rest if value]


def _facts(thing: Any, names: Iterable[str], labels: dict[str, Label]) -> list[tuple[Label, Any]]:
    return [(labels[name], shown(thing, name)) for name in names]


def shown(thing: Any, name: str) -> Any:
    """A detail in words: a choice by its label, a yes, a number or day as it is; empty where nothing is said."""
    value = getattr(thing, name)
    if value in ("", None, False):
        return ""
    if value is True:
        return _("yes")
    named = getattr(thing, f"get_{name}_display", None)
    return named() if named else value
