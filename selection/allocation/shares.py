"""How much of what is needed is agreed, and for how long: by the number of winners and the class of medicine.

National round 7 (2022) states share and term in one table; its five published totals fit one rounding: each region's
base by the share, half up, in integers, then summed. Where only a price is agreed the share is empty, and so is every
quantity: empty, not zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from selection.allocation.dividing import Need
from selection.allocation.units import Unallocated, by_remainder, hospitals_by_region, listed
from selection.rounding import half_up


@dataclass(frozen=True)
class ShareTier:
    """From so many winners on: the yearly share of the need that is agreed, None where only the price is, and the term
    in years."""

    winners: int
    share: Decimal | None
    years: int


@dataclass(frozen=True)
class ShareRules:
    """The tiers of each class of medicine, from 1 winner upwards. ``last_day`` is a stated end of supply, which stands
    for the tiers' years (round 11: 2028-12-31)."""

    FORMAT: ClassVar[str] = "allocation-shares/1"

    classes: Mapping[str, tuple[ShareTier, ...]]
    last_day: date | None = None

    def __post_init__(self) -> None:
        for tiers in self.classes.values():
            starts = [tier.winners for tier in tiers]
            if not starts or starts[0] != 1 or starts != sorted(set(starts)):
                raise ValueError("tiers go upwards from 1 winner")
            if any(tier.share is not None and not 0 < tier.share <= 1 for tier in tiers):
                raise ValueError("a share is above 0 and at most 1")
            if any(tier.years < 1 for tier in tiers):
                raise ValueError("a term has one year or more")

    def tier(self, medicine: str, winners: int) -> ShareTier:
        """The tier of a class for so many winners, one or more. Raises KeyError for a class without tiers."""
        if winners < 1:
            raise ValueError("there is no winner")
        return [tier for tier in self.classes[medicine] if tier.winners <= winners][-1]


ROUND_7 = ShareRules(
    {
        "most": (
            ShareTier(1, Decimal("0.5"), 1),
            ShareTier(2, Decimal("0.6"), 1),
            ShareTier(3, Decimal("0.7"), 2),
            ShareTier(4, Decimal("0.8"), 3),
        ),
        "antimicrobial": (
            ShareTier(1, Decimal("0.3"), 1),
            ShareTier(2, Decimal("0.4"), 1),
            ShareTier(3, Decimal("0.5"), 2),
        ),
    }
)


@dataclass(frozen=True)
class SupplyYear:
    """A year of supply, from 1, and its days; a whole one would have ``of_days``."""

    year: int
    first: date
    last: date
    days: int
    of_days: int


@dataclass(frozen=True)
class AgreedRegion:
    """What a region needs in a year of supply, and what of it is agreed: None where only the price is."""

    year: int
    region: str
    need: int
    agreed: int | None


@dataclass(frozen=True)
class AgreedHospital:
    """What of a region's year is a hospital's."""

    year: int
    region: str
    hospital: str
    need: int
    agreed: int | None


@dataclass(frozen=True)
class Missed:
    """What hospitals of a year of supply were not given."""

    year: int
    rows: tuple[Unallocated, ...]


@dataclass(frozen=True)
class AgreedVolumes:
    """The volumes of a whole supply period, year by year, with the tier that they follow."""

    tier: ShareTier
    years: tuple[SupplyYear, ...]
    regions: tuple[AgreedRegion, ...]
    hospitals: tuple[AgreedHospital, ...]
    unallocated: tuple[Missed, ...]

    def total(self, year: int) -> int | None:
        """The sum of the regions in a year, as it is published; None where only the price is agreed."""
        parts = [row.agreed for row in self.regions if row.year == year]
        return None if self.tier.share is None else sum(part for part in parts if part is not None)


def agree(rules: ShareRules, medicine: str, winners: int, first_day: date, needs: Iterable[Need]) -> AgreedVolumes:
    """The agreed volumes of a lot, whose hospitals need so much in a year. Each hospital has one need."""
    tier = rules.tier(medicine, winners)
    last_day = rules.last_day or anniversary(first_day, tier.years) - timedelta(days=1)
    years = supply_years(first_day, last_day)
    by_region = hospitals_by_region(needs)
    found = [_of_year(tier, year, region, by_region[region]) for year in years for region in sorted(by_region)]
    return AgreedVolumes(
        tier,
        years,
        tuple(region for region, _rows in found),
        tuple(row for _region, rows in found for row in rows),
        tuple(Missed(year.year, _beyond(year.year, found)) for year in years),
    )


def supply_years(first_day: date, last_day: date) -> tuple[SupplyYear, ...]:
    """The years from a day to a last day, the last of them short where the days end before it does."""
    if last_day < first_day:
        raise ValueError("supply ends before it begins")
    found: list[SupplyYear] = []
    first = first_day
    while first <= last_day:
        number = len(found) + 1
        following = anniversary(first_day, number)
        last = min(last_day, following - timedelta(days=1))
        found.append(SupplyYear(number, first, last, (last - first).days + 1, (following - first).days))
        first = following
    return tuple(found)


def anniversary(day: date, years: int) -> date:
    """The same day so many years later; of 29 February, 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _of_year(
    tier: ShareTier, year: SupplyYear, region: str, needs: Mapping[str, int]
) -> tuple[AgreedRegion, list[AgreedHospital]]:
    """A region's year: rounded once, then divided. The hospitals' agreed parts follow their needs of that year."""
    base, part = sum(needs.values()), Fraction(year.days, year.of_days)
    whole = by_remainder(half_up(base * part), needs)
    agreed = None if tier.share is None else half_up(base * Fraction(tier.share) * part)
    parts = dict.fromkeys(whole) if agreed is None else by_remainder(agreed, whole)
    rows = [AgreedHospital(year.year, region, code, whole[code], parts[code]) for code in sorted(whole)]
    return AgreedRegion(year.year, region, sum(whole.values()), agreed), rows


def _beyond(year: int, found: list[tuple[AgreedRegion, list[AgreedHospital]]]) -> tuple[Unallocated, ...]:
    """What was needed in a year and is not agreed; nothing can be said where only the price is."""
    return tuple(
        missed
        for _region, rows in found
        for row in rows
        if row.year == year and row.agreed is not None
        for missed in listed(row.region, row.hospital, row.need - row.agreed, "beyond_share")
    )
