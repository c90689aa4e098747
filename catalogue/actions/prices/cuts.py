"""What prices bind: every listing of a product that costs more falls to them, from their day on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.rules import region_prefix
from catalogue.actions.prices.recording import write
from catalogue.models import PriceChange, PriceEntry, PriceLine
from catalogue.rules import PriceFact
from core.errors import Fault, Refused
from core.money import PRICE_DECIMALS, unit_price


@dataclass(frozen=True)
class Falling:
    """A listing price that a line lets fall: to ``price`` for the same units, from ``day`` on."""

    entry: PriceEntry
    line: PriceLine
    price: Decimal

    @property
    def day(self) -> date:
        return self.line.valid_from


def bound_by(act: str, lines: Sequence[PriceLine]) -> list[Falling]:
    """The listings that would fall, each to the lowest line that binds it, in the order of the register."""
    if act not in (PriceChange.Act.CUT, PriceChange.Act.UNIFY):
        return []
    first = min(line.valid_from for line in lines)
    listings = PriceEntry.objects.for_list().filter(
        Q(valid_to=None) | Q(valid_to__gte=first),
        kind=PriceEntry.Kind.LISTING,
        item__in={one.item_id for one in lines},
    )
    by_item: dict[int, list[PriceLine]] = {}
    for line in sorted(lines, key=lambda one: unit_price(one.price, one.units)):
        by_item.setdefault(line.item_id, []).append(line)
    found = []
    for entry in listings.order_by("pk"):
        deepest = next((one for one in by_item[entry.item_id] if _reaches(one, entry)), None)
        if deepest is not None:
            found.append(Falling(entry, deepest, _fitting(unit_price(deepest.price, deepest.units), entry.units)))
    return found


def require_touchable(act: str, lines: Sequence[PriceLine]) -> None:
    """Refuse a cut of listings that touches none, and one that would have to change a listing which begins later."""
    found = bound_by(act, lines)
    for bound in found:
        if bound.entry.valid_from >= bound.day:
            later = _("The listing %(entry)s of %(item)s begins on %(day)s only: begin with a day after that.")
            told = {"entry": bound.entry.reference, "item": bound.entry.item, "day": bound.entry.valid_from}
            raise in_row(bound.line.number, later % told, "valid_from", code="starts_later")
    touched = {bound.line.number for bound in found}
    for line in lines:
        if act == PriceChange.Act.CUT and line.kind == PriceEntry.Kind.LISTING and line.number not in touched:
            raise in_row(line.number, _("No listing of this product costs more."), "price", code="touches_none")


def in_row(row: int, message: str, field: str, code: str) -> Refused:
    """A refusal of one of many prices."""
    return Refused(message, faults=[Fault(message, field, row, code=code)])


def bind_listings(change: PriceChange, lines: Sequence[PriceLine], *, by: Seat, now: datetime) -> int:
    """Let every listing above the lines fall from their day on; answers with how many did."""
    require_touchable(change.act, lines)
    facts = [_fallen(change, bound) for bound in bound_by(change.act, lines)]
    return len(write(facts, PriceEntry.Kind.LISTING.value, supersede=True, by=by, now=now)) if facts else 0


def _reaches(line: PriceLine, entry: PriceEntry) -> bool:
    """Whether the line is about the entry and lower than it, on a day on which the entry holds."""
    return (
        line.product_id in (None, entry.product_id)
        and entry.region_id.startswith(region_prefix(line.region_id))
        and (entry.valid_to is None or entry.valid_to >= line.valid_from)
        and (line.valid_to is None or entry.valid_from <= line.valid_to)
        and unit_price(entry.price, entry.units) > unit_price(line.price, line.units)
    )


def _fitting(per_unit: Fraction, units: int) -> Decimal:
    """The highest price of so many units that is not above, in the decimals of a price."""
    exact = per_unit * units * 10**PRICE_DECIMALS
    return Decimal(exact.numerator // exact.denominator).scaleb(-PRICE_DECIMALS)


def _fallen(change: PriceChange, bound: Falling) -> PriceFact:
    """The listing as it was, with its parties, at the price that binds it."""
    entry = bound.entry
    hidden = entry.visibility == PriceEntry.Visibility.PARTIES
    return PriceFact(
        item_id=entry.item_id,
        product_id=entry.product_id,
        region_code=entry.region_id,
        price=bound.price,
        units=entry.units,
        valid_from=bound.day,
        valid_to=entry.valid_to,
        source=f"{change.reference}: {change.source}"[:300],
        parties=tuple(entry.parties) if hidden else None,
        public_from=entry.public_from,
    )
