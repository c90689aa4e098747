"""When a variety is proposed for one national price, after which it is not tendered any more.

The price reform asks for one price of drugs of a single maker and of those whose price has settled. No published text
gives the numbers: the defaults are this platform's, and stand in every proposal beside what they were held against.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Doubt(StrEnum):
    """Why a variety is not proposed."""

    FEW_AWARDS = "few_awards"
    WIDE_SPREAD = "wide_spread"
    LOW_SUPPLY = "low_supply"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class UnifiedRule:
    """``awards`` last award prices, none above ``spread`` times the lowest, and ``supply_rate`` of what was ordered
    delivered. One maker's variety needs a single award."""

    awards: int = 3
    spread: Decimal = Decimal("1.10")
    supply_rate: Decimal = Decimal("0.90")


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a variety: its award prices of one base unit, the latest first, how many makers it has, and
    which part of what was ordered came (None: nobody says)."""

    awards: Sequence[Fraction]
    makers: int
    supply_rate: Decimal | None


def doubts(record: Record, price: Fraction, rule: UnifiedRule | None = None) -> list[Doubt]:
    """What speaks against one national price; empty: nothing."""
    rule = rule or UnifiedRule()
    wanted = 1 if record.makers == 1 else rule.awards
    last = list(record.awards[: rule.awards])
    found = []
    if len(last) < wanted:
        found.append(Doubt.FEW_AWARDS)
    if last and max(last) > min(last) * Fraction(rule.spread):
        found.append(Doubt.WIDE_SPREAD)
    if record.supply_rate is None or record.supply_rate < rule.supply_rate:
        found.append(Doubt.LOW_SUPPLY)
    if last and not min(last) <= price <= max(last):
        found.append(Doubt.OUTSIDE)
    return found
