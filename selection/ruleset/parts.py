"""The parts of the rules of one procedure. Each is data: what a ministry may change, frozen onto a tender.

Whether parts are whole and fit each other is what ``selection.ruleset.completeness`` asks; a draft may lack something.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

TIE_KEYS = ("score", "lots_drawn")
COUNTED = ("bids", "companies")
METHODS = ("whole", "shares", "regions")
Rest = tuple[Decimal, int]


def of_table(number: int, table: Mapping[int, int], rest: Rest | None) -> int:
    """What a table by number says; beyond its highest row ``rest``, a share rounded up with a cap, else that row.

    Raises KeyError for a number that the table leaves out.

    >>> of_table(9, {7: 4}, (Decimal("0.5"), 5)), of_table(9, {7: 4}, None)
    (5, 4)
    """
    highest = max(table, default=0)
    if rest and number > highest:
        share, cap = rest
        return min(int((share * number).to_integral_value(ROUND_CEILING)), cap)
    return table[min(number, highest)]


@dataclass(frozen=True)
class EvaluationRules:
    """Who passes the technical envelope.

    - ``pass_mark``: a technical score below it is not qualified; None where there is no mark.
    - ``shortlist``: how many go on to the commercial envelope, by number of bids that reached the mark. Empty: all.
    - ``shortlist_rest``: beyond the table, the share that goes on (rounded up) and its cap.
    - ``minimum_for_competition``: with fewer bids that reached the pass mark the lot goes to negotiation; what the
      shortlist leaves out was qualified too.
    - ``dealers``: whether an authorised dealer may bid; the maker, the holder and a sole agent always may.
    """

    pass_mark: Decimal | None = None
    shortlist: Mapping[int, int] = field(default_factory=dict)
    shortlist_rest: Rest | None = None
    minimum_for_competition: int = 3
    dealers: bool = False


@dataclass(frozen=True)
class SelectionRules:
    """How many win, and at what prices.

    - ``counted``: what the number of competitors counts: ``bids``, or ``companies``, of which those under common
      control, and firms that share a contract maker, are one. Of one company the best ranked bid competes.
    - ``places``: how many may win, by that number. ``places_rest``: beyond the table, the share of the number that may
      win (rounded up) and its cap.
    - ``standbys``: how many of those after the winners stand by.
    - ``anchor_mean``: the anchor is the larger of the lowest comparable price and this share of the mean of those that
      have a place; None: the lowest.
    - ``limit``: a price above this many times the anchor does not win. None: none.
    - ``low_price``: a comparable price up to this amount is never out for the limit.
    - ``cut``: nor is one that lies this share or more below its ceiling.
    - ``not_highest``: whether the highest of several that have a place is out.
    """

    counted: str = "bids"
    places: Mapping[int, int] = field(default_factory=dict)
    places_rest: Rest | None = (Decimal(1), 1)
    standbys: int = 0
    anchor_mean: Decimal | None = None
    limit: Decimal | None = None
    low_price: Decimal | None = None
    cut: Decimal | None = None
    not_highest: bool = False

    def places_for(self, number: int) -> int:
        """How many of so many competitors may win. Raises KeyError for a number that the table leaves out."""
        return of_table(number, self.places, self.places_rest) if number else 0


@dataclass(frozen=True)
class TieRules:
    """What decides between equal comparable prices, in this order.

    - ``score``: the higher technical score. ``lots_drawn``: the lower SHA-256 of the tender's close root and the bid's
      reference, which nobody could know or steer before the deadline.
    """

    order: tuple[str, ...] = ("score", "lots_drawn")


@dataclass(frozen=True)
class AllocationRules:
    """How the volume is divided.

    - ``method``: ``whole``: the only winner has all; ``shares``: each has its share by place; ``regions``: each region
      of the lot goes whole to one winner.
    - ``shares``: for each number of winners their shares by place, which add up to 1.
    - ``agreed``: by number of winners, the share of what was reported that is agreed; beyond the table as in its
      highest row. Empty: all of it. What is not agreed stays free.
    """

    method: str = "whole"
    shares: Mapping[int, tuple[Decimal, ...]] = field(default_factory=dict)
    agreed: Mapping[int, Decimal] = field(default_factory=dict)

    def agreed_for(self, winners: int) -> Decimal:
        """The share of the need that is agreed with so many winners. Raises KeyError for a number left out."""
        return self.agreed[min(winners, max(self.agreed))] if self.agreed else Decimal(1)


@dataclass(frozen=True)
class CommitteeRules:
    """Who judges. ``members``: least number of evaluators, all of whom review, score and sign."""

    members: int = 5


@dataclass(frozen=True)
class PeriodRules:
    """Days, by the legal calendar.

    - ``notice``: least days from publication to deadline; ``amendment``: least days from an amendment to the deadline,
      which is extended where they do not lie between; ``objection``: days in which a technical result can be challenged
      before prices are opened; ``standstill``: days between proposed award and award.
    """

    notice: int = 20
    amendment: int = 15
    objection: int = 3
    standstill: int = 3
