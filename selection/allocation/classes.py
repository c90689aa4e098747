"""Insulin: products are in classes by price, and each class has its agreed part of what hospitals reported for it.

Renewal 2024: class A is below a published threshold of the group, its lowest price is A1, then B up to the published
price of class B, and C above it. A1 has 100 %, A 80 %, B 55 %, C 45 %. How much of the rest hospitals may move, and to
which classes, is unpublished for 2024: the rule has it as figures, and the shipped set moves nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from selection.allocation.ranks import BasicVolumes, Parts, ProductNeed, in_parts

CLASSES = ("A1", "A", "B", "C")


@dataclass(frozen=True)
class ClassRules:
    """The parts of each class: agreed, and for the hospital to move. ``receivers`` are the classes it may move to.
    ``lost`` is for products that were not selected."""

    FORMAT: ClassVar[str] = "allocation-classes/1"

    parts: Mapping[str, Parts]
    lost: Parts
    receivers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if set(self.parts) != set(CLASSES) or not set(self.receivers) <= set(CLASSES):
            raise ValueError(f"the classes are {', '.join(CLASSES)}")
        if self.lost.basic:
            raise ValueError("what was not selected has no part of its own")


INSULIN_2024 = ClassRules(
    {
        "A1": Parts(Decimal(1), Decimal(0)),
        "A": Parts(Decimal("0.8"), Decimal(0)),
        "B": Parts(Decimal("0.55"), Decimal(0)),
        "C": Parts(Decimal("0.45"), Decimal(0)),
    },
    Parts(Decimal(0), Decimal(0)),
)


@dataclass(frozen=True)
class PriceGroup:
    """A quotation group: class A is below one price, class B at most the other; both in yuan of the group's unit."""

    a_below: Decimal
    b_at_most: Decimal

    def __post_init__(self) -> None:
        if not 0 < self.a_below <= self.b_at_most:
            raise ValueError("class A is below class B")


def classes_of(group: PriceGroup, prices: Mapping[str, Decimal]) -> dict[str, str]:
    """The class of each selected product of a group by its price. All that are lowest in A alike are A1."""
    lowest = min((price for price in prices.values() if price < group.a_below), default=None)
    return {product: _class(group, prices[product], lowest) for product in sorted(prices)}


def by_class(rules: ClassRules, classes: Mapping[str, str], asked: Iterable[ProductNeed]) -> BasicVolumes:
    """The volumes of products, those without a class not selected. What is to be moved is in the hospitals' pools."""
    return in_parts(lambda product: rules.parts[classes[product]] if product in classes else rules.lost, asked)


def receivers(rules: ClassRules, classes: Mapping[str, str]) -> tuple[str, ...]:
    """The products to which hospitals may move volume."""
    return tuple(product for product in sorted(classes) if classes[product] in rules.receivers)


def _class(group: PriceGroup, price: Decimal, lowest: Decimal | None) -> str:
    if price < group.a_below:
        return "A1" if price == lowest else "A"
    return "B" if price <= group.b_at_most else "C"
