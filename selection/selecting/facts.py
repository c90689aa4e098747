"""What selection is told, and what it says: of every bid where it stands, and each step of its way there in numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from selection.ranking import Priced


@dataclass(frozen=True)
class Candidate:
    """A bid whose technical envelope was judged.

    ``companies``: who bids, of a consortium its leader first and then all members. ``qualified``: whether it goes on
    to prices. ``full_supply`` and ``featured``: whether it meets what the notice asks of the first group.
    """

    offer: Priced
    companies: tuple[str, ...]
    qualified: bool = True
    full_supply: bool = True
    featured: bool = True

    @property
    def bid(self) -> str:
        return self.offer.bid

    @property
    def demand(self) -> Decimal:
        """What hospitals reported for it."""
        return self.offer.facts.get("demand", Decimal(0))


@dataclass(frozen=True)
class Terms:
    """What the notice and the record say of a lot.

    ``ceiling``: of a base unit, exactly. ``class_prices``: the published price of each class but the last.
    ``close_root``: the root of all receipts, from which lots are drawn. ``one_company``: sets of companies that count
    as one by the affiliations in force at the close, or by a contract maker that firms without a plant share.
    ``reached``: how many bids reached the pass mark, where more did than go on. ``highest_out``: whether the highest
    price is out by the rule on the widest spreads (``widest``).
    """

    ceiling: Fraction | None
    currency: str
    close_root: str
    class_prices: Mapping[str, Fraction] = field(default_factory=dict)
    one_company: Sequence[frozenset[str]] = ()
    reached: int | None = None
    highest_out: bool = False


@dataclass(frozen=True)
class Answers:
    """What bidders answered, by bid: whether they accept a price, or their second quote for a pack (None: none)."""

    revival: Mapping[str, bool] = field(default_factory=dict)
    second_quotes: Mapping[str, Decimal | None] = field(default_factory=dict)
    matching: Mapping[str, bool] = field(default_factory=dict)


class End(StrEnum):
    """What a lot comes to. A lot that waits has people to be asked."""

    SELECTED = "selected"
    WAITING = "waiting"
    NEGOTIATION = "negotiation"
    FAILED = "failed"


class Standing(StrEnum):
    """Where a bid stands; while its lot waits, no bid with a valid price has won or lost."""

    PENDING = "pending"
    WINNER = "winner"
    STANDBY = "standby"
    OUT = "out"


@dataclass(frozen=True)
class Line:
    """One step of a bid's way: a code, and every number that a bidder needs to follow it with a pocket calculator.
    Exact numbers are written as fractions."""

    step: str
    code: str
    numbers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """Somebody who has to answer before selection goes on: to accept ``price`` (comparable), or to quote at most it."""

    step: str
    bid: str
    price: Fraction
    hours: int


@dataclass(frozen=True)
class Placed:
    """Where a bid stands, and why: ``way`` is every step, and the last says why a bid that is out is out.

    ``place`` counts winners from 1 within their group, and standbys after them; ``price`` is the comparable price at
    which it wins. ``regions``: whether it chooses regions. ``named``: its class, where there are classes.
    """

    bid: str
    standing: Standing
    place: int | None
    group: str
    price: Fraction | None
    regions: bool
    named: str
    way: tuple[Line, ...]


@dataclass(frozen=True)
class Selection:
    """What becomes of a lot: its end with a code, whom it waits for, and every bid, winners by place first."""

    end: End
    code: str
    placed: tuple[Placed, ...]
    asked: tuple[Asked, ...] = ()

    @property
    def winners(self) -> list[Placed]:
        return [one for one in self.placed if one.standing is Standing.WINNER]

    @property
    def standbys(self) -> list[Placed]:
        return [one for one in self.placed if one.standing is Standing.STANDBY]


def exact(value: Fraction | int) -> str:
    """A number as a fraction in lowest terms: ``33/35``."""
    value = Fraction(value)
    return f"{value.numerator}/{value.denominator}"
