"""What the register says of the prices of an order: from which entry each came, and what patients bear of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from accounts.models import Organisation, Seat
from catalogue.models import PriceEntry
from catalogue.reckoning import Bought, reckon
from contracts.models import OrderLine


def with_register(
    lines: Iterable[OrderLine], *, hospital: Organisation, at: datetime, seat: Seat
) -> Sequence[OrderLine]:
    """The lines with ``reckoned``: the entry that set the price of each, if the seat may see it, and what the register
    said beside it when the line was placed, or says of what would be."""
    found = list(lines)
    bought = [Bought(line.product.product_version.product, line.price, line.pack_size) for line in found]
    keys = {line.price_entry_id for line in found}
    entries = PriceEntry.objects.visible_to(seat).filter(pk__in=keys).in_bulk()
    for line, reckoned in zip(found, reckon(bought, hospital=hospital, at=at, seat=seat), strict=True):
        told = replace(reckoned, entry=entries.get(line.price_entry_id))
        line.reckoned = told  # type: ignore[attr-defined]  # for the page and the endpoint alone
    return found
