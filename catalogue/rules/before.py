"""Which entry of the price register says what an item cost before a tender."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.money import quantize_price, unit_price

# What was agreed comes before what was only published. Not among them: what nobody paid (a ceiling), what one hospital
# agreed for itself, and one national price, which is tendered no more.
KINDS_BEFORE = ("award", "negotiated", "listing", "payment_standard", "guide")


@dataclass(frozen=True, slots=True)
class KnownPrice:
    """A price in force, of ``units`` base units; of one product of the item, or of the item itself."""

    kind: str
    price: Decimal
    units: int
    of_product: bool = False

    @property
    def of_one(self) -> Decimal:
        """The price of one base unit."""
        return quantize_price(unit_price(self.price, self.units))


def price_before(known: Iterable[KnownPrice]) -> Decimal | None:
    """What one base unit of an item cost before; None where nothing says so.

    The first of award, negotiated price, listing, payment standard and guide price; of one kind the item's own entry
    before those of single products, then the lowest. A price that rounds to nought says nothing.
    """
    usable = [price for price in known if price.kind in KINDS_BEFORE and price.of_one]
    in_order = sorted(usable, key=lambda price: (KINDS_BEFORE.index(price.kind), price.of_product, price.of_one))
    return in_order[0].of_one if in_order else None
