"""Items of a variety as its main specification: how their prices and volumes follow from it, step by step."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalogue.models import Item, Variety
from catalogue.rules.specifications import Converted, Described, by_price, by_volume
from core.money import quantize_price
from selection.conversion import Conversion, Step

STEP_NAMES: dict[str, str | Promise] = {
    "form": gettext_lazy("Dosage form"),
    "content": gettext_lazy("Active content"),
    "fill": gettext_lazy("Fill"),
    "pack": gettext_lazy("Pack count"),
    "sugar_free": gettext_lazy("Without sugar"),
    "material": gettext_lazy("Material of the container"),
    "presentation": gettext_lazy("Published presentation"),
    "treatment_days": gettext_lazy("Days of treatment"),
    "stated": pgettext_lazy("conversion", "Stated by a document"),
}


@dataclass(frozen=True)
class InVariety:
    """An item of a variety, with what its price and its volume are of the main specification's."""

    item: Item
    price: Converted
    volume: Converted

    @property
    def pk(self) -> Any:
        return self.item.pk


def described(item: Item, pack: int | None = 1) -> Described:
    """What the catalogue says of an item, as conversion reads it, in a pack of so many base units."""
    return Described(item.form, item.base_unit, item.quantities, pack, item.price_factor, item.volume_factor)


def converted(variety: Variety, items: Iterable[Item]) -> list[InVariety]:
    """Each item by its base unit, from the base unit of the main specification."""
    main = described(variety.main_item) if variety.main_item else None
    return [_one(main, item, variety) for item in items]


def _one(main: Described | None, item: Item, variety: Variety) -> InVariety:
    if main is None:
        return InVariety(item, Converted(), Converted())
    other = described(item)
    return InVariety(item, by_price(main, other, variety.conversion), by_volume(main, other, variety.conversion))


def told_gaps(found: Converted) -> str:
    """What keeps a conversion from being done, in one line; empty where nothing does."""
    return " ".join(_(gap.sentence) for gap in found.gaps)


def told_factor(factor: Fraction | None) -> Decimal | None:
    """A factor as pages and programs show it: to six decimals, half up. What is reckoned with stays exact."""
    return None if factor is None else quantize_price(factor).normalize()


def steps_of(conversion: Conversion) -> tuple[dict[str, str], ...]:
    """The steps as a price line keeps them: name, ratio, factor, and what is added where something is."""
    return tuple(_step(step) for step in conversion.steps if step.changes or step.ratio != 1)


def _step(step: Step) -> dict[str, str]:
    told = {"name": step.name, "ratio": _plain(step.ratio), "factor": _plain(step.factor)}
    return {**told, **({"plus": _plain(step.plus)} if step.plus else {})}


def _plain(number: Fraction) -> str:
    return f"{quantize_price(number).normalize():f}"


def told_steps(steps: Iterable[Any]) -> str:
    """Kept steps in one line: Fill × 1.9 · Pack count × 2."""
    return " · ".join(
        f"{STEP_NAMES.get(step['name'], step['name'])} × {step['factor']}"
        + (f" + {step['plus']}" if "plus" in step else "")
        for step in steps
    )
