"""What the register says of the prices of an order: from which entry each came, and what patients bear of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from accounts.models import Organisation, Seat
from catalogue.reckoning import Bought, reckon
from contracts.models import OrderLine


def with_register(
    lines: Iterable[OrderLine], *, hospital: Organisation, at: datetime, seat: Seat
) -> Sequence[OrderLine]:
    """The lines with ``reckoned``: what the register said of each when it was placed, or says of what would be."""
    found = list(lines)
    bought = [Bought(line.product.product_version.product, line.price, line.pack_size) for line in found]
    for line, reckoned in zip(found, reckon(bought, hospital=hospital, at=at, seat=seat), strict=True):
        line.reckoned = reckoned  # type: ignore[attr-defined]  # for the page and the endpoint alone
    return found
