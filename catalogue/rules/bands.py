"""Ranges of what a base unit costs, by which a list is narrowed: each ten times the one before."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from catalogue.rules.wording import marked as _


class Band(NamedTuple):
    """From ``low`` on, and under ``high``; none: without an end. In yuan a base unit."""

    label: str
    low: Decimal | None
    high: Decimal | None


_ENDS = (Decimal("0.1"), Decimal(1), Decimal(10), Decimal(100), Decimal(1000))
BANDS: Mapping[str, Band] = {
    "0": Band(_("under 0.10 yuan"), None, _ENDS[0]),
    "1": Band(_("0.10 to 1 yuan"), _ENDS[0], _ENDS[1]),
    "2": Band(_("1 to 10 yuan"), _ENDS[1], _ENDS[2]),
    "3": Band(_("10 to 100 yuan"), _ENDS[2], _ENDS[3]),
    "4": Band(_("100 to 1,000 yuan"), _ENDS[3], _ENDS[4]),
    "5": Band(_("1,000 yuan and more"), _ENDS[4], None),
}
"""By what stands in an address."""
