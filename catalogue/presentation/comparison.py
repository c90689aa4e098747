"""Products side by side: all that is said of each, and what a base unit of it costs today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from catalogue.converting import converted
from catalogue.models import PriceEntry, ProductVersion, Variety
from core.money import quantize_price

FEWEST, MOST = 2, 6
Label = str | Promise


@dataclass(frozen=True)
class ComparedFact:
    """One fact of each product; ``differs`` where they do not all say the same."""

    label: Label
    values: Sequence[Any]

    @property
    def differs(self) -> bool:
        return len({str(value) for value in self.values}) > 1


_FACTS: tuple[tuple[Label, Any], ...] = (
    (_("Item"), lambda version: version.product.item.name),
    (_("Strength or specification"), lambda version: version.product.item.strength),
    (_("Form"), lambda version: version.product.item.form),
    (_("Route"), lambda version: version.product.item.route),
    (_("Maker"), lambda version: version.product.maker),
    (_("Holder"), lambda version: version.holder or ""),
    (_("Brand"), lambda version: version.brand),
    (_("Quality level"), lambda version: version.get_quality_level_display() if version.quality_level else ""),
    (_("Quality standard"), lambda version: version.quality_standard),
    (_("Storage"), lambda version: version.get_storage_display() if version.storage else ""),
    (_("Shelf life in months"), lambda version: version.shelf_life_months or ""),
    (_("Container"), lambda version: version.container),
    (_("Specification of the maker"), lambda version: version.specification),
    (_("Model"), lambda version: version.model),
    (_("Pack"), lambda version: version.pack),
    (_("Packaging"), lambda version: version.packaging),
    (_("National code"), lambda version: version.national_code),
    (_("Approval number"), lambda version: version.approval_number),
    (_("Standard code"), lambda version: version.standard_code),
    (_("Registration ends"), lambda version: version.registration_expires_on or ""),
    (_("Device identifier"), lambda version: version.udi_di),
)


def facts(versions: Sequence[ProductVersion]) -> list[ComparedFact]:
    """What is said of at least one of the products."""
    lines = [ComparedFact(label, [read(version) for version in versions]) for label, read in _FACTS]
    return [line for line in lines if any(line.values)]


def prices(versions: Sequence[ProductVersion], seat: Seat, day: date) -> list[ComparedFact]:
    """Prices in force that the seat may see, of a base unit and, where it converts, of a base unit of the
    main specification of its variety: a line for each kind and region. A product's own price goes before its item's.
    """
    items = {version.product.item_id for version in versions}
    entries = PriceEntry.objects.visible_to(seat).in_force(day).filter(item__in=items, hospital=None)
    known = list(entries.select_related("region").order_by("kind", "region__code", "pk"))
    lines, variety = [], _variety_of(versions)
    for kind, region in dict.fromkeys((entry.kind, entry.region) for entry in known):
        of_line = [entry for entry in known if (entry.kind, entry.region) == (kind, region)]
        label = f"{PriceEntry.Kind(kind).label} · {region.full_name}"
        costs = [_cost(version, of_line) for version in versions]
        if any(cost is not None for cost in costs):
            lines.append(ComparedFact(label, [_printed(cost) for cost in costs]))
            lines += _converted(label, variety, versions, costs)
    return lines


def _cost(version: ProductVersion, entries: Iterable[PriceEntry]) -> Fraction | None:
    """Of one base unit of a product."""
    of_item = [entry for entry in entries if entry.item_id == version.product.item_id]
    fitting = [entry for entry in of_item if entry.product_id in (version.product_id, None)]
    own = sorted(fitting, key=lambda entry: entry.product_id is None)
    return Fraction(own[0].price) / own[0].units if own else None


def _variety_of(versions: Sequence[ProductVersion]) -> Variety | None:
    """The variety that all are of, where they are of several items of it."""
    items = {version.product.item for version in versions}
    varieties = {item.variety_id for item in items}
    if len(items) < FEWEST or len(varieties) > 1:
        return None
    return Variety.objects.select_related("main_item").filter(pk__in=varieties - {None}).first()


def _converted(
    label: str, variety: Variety | None, versions: Sequence[ProductVersion], costs: Sequence[Fraction | None]
) -> list[ComparedFact]:
    """What a base unit of the main specification costs by each."""
    if variety is None:
        return []
    told = _("%(price)s, as of the main specification") % {"price": label}
    factors = [one.price.factor for one in converted(variety, (version.product.item for version in versions))]
    values = [cost / by if cost and by else None for cost, by in zip(costs, factors, strict=True)]
    return [ComparedFact(told, [_printed(value) for value in values])] if any(values) else []


def _printed(cost: Fraction | None) -> Decimal | str:
    return "" if cost is None else quantize_price(cost)
