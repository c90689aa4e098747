"""The rules of one procedure as data: what a ministry may change, frozen onto the tender at publication."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from selection.frozen import frozen, names_of, thawed

FORMAT = "tender-rules/2"
MOST_BIDS = 60  # a table that covers so many bids of one lot covers any lot
TIE_KEYS = ("score", "lots_drawn")
ALLOCATIONS = ("whole", "shares", "regions")


class Unfit(ValueError):
    """Rules that do not hold together: ``field`` names the one at fault."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field


@dataclass(frozen=True)
class TenderRules:
    """How bids of a tender are qualified, ranked and awarded.

    - ``pass_mark``: a technical score below it is not qualified; None where there is no mark.
    - ``shortlist``: how many go on to the commercial envelope, by number of bids that reached the
      pass mark. A table has an entry for every number that may occur (``uncovered``). Empty: no shortlist.
    - ``shortlist_rest``: beyond the table, the share that goes on (rounded up) and its cap.
    - ``minimum_for_competition``: with fewer bids that reached the pass mark the lot goes to negotiation; what the
      shortlist leaves out was qualified too.
    - ``tie_order``: what decides between equal comparable prices, in this order. ``score`` is the
      higher technical score; ``lots_drawn`` is the lower SHA-256 of the tender's close root and
      the bid's reference, which nobody could know or steer before the deadline.
    - ``notice_days``: least days from publication to deadline; ``amendment_days``: least days from an
      amendment to the deadline, which is extended where they do not lie between; ``objection_days``: days in which a
      technical result can be challenged before prices are opened; ``standstill_days``: days
      between proposed award and award.
    - ``minimum_evaluators``: least number of evaluators, all of whom score and sign.
    - ``dealers``: whether an authorised dealer may bid; the maker, the holder and a sole agent always may.
    - ``winners``: how many ranked bids win at most; ``standbys``: how many of those after them stand by.
    - ``allocation``: how the volume is divided. ``whole``: the only winner has all; ``shares``: each has its share by
      place; ``regions``: each region of the lot goes whole to one winner.
    - ``shares``: for each number of winners their shares by place, which add up to 1.
    """

    pass_mark: Decimal | None = None
    shortlist: Mapping[int, int] = field(default_factory=dict)
    shortlist_rest: tuple[Decimal, int] | None = None
    minimum_for_competition: int = 3
    tie_order: tuple[str, ...] = TIE_KEYS
    notice_days: int = 20
    amendment_days: int = 15
    objection_days: int = 3
    standstill_days: int = 3
    minimum_evaluators: int = 5
    dealers: bool = False
    winners: int = 1
    standbys: int = 0
    allocation: str = "whole"
    shares: Mapping[int, tuple[Decimal, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not set(self.tie_order) <= set(TIE_KEYS) or self.tie_order[-1:] != ("lots_drawn",):
            raise Unfit("tie_order", f"takes {TIE_KEYS} and ends with lots_drawn, which always decides")
        if any(not 0 < going_on <= bids for bids, going_on in self.shortlist.items()):
            raise Unfit("shortlist", "has at least one bid, and no more than it is made from")
        if self.shortlist_rest and not (0 < self.shortlist_rest[0] <= 1 and self.shortlist_rest[1] > 0):
            raise Unfit("shortlist_rest", "a share above 0 and up to 1 goes on, with a cap of at least one")
        for name in ("notice_days", "amendment_days", "objection_days", "standstill_days", "minimum_evaluators"):
            if getattr(self, name) < 0:
                raise Unfit(name, "cannot be below zero")
        self._check_allocation()

    @property
    def selected(self) -> int:
        """How many ranked bids are winners or standbys at most."""
        return self.winners + self.standbys

    def _check_allocation(self) -> None:
        if not 1 <= self.winners <= MOST_BIDS:
            raise Unfit("winners", f"from 1 to {MOST_BIDS}")
        if not 0 <= self.standbys <= MOST_BIDS:
            raise Unfit("standbys", f"from 0 to {MOST_BIDS}")
        if self.allocation not in ALLOCATIONS:
            raise Unfit("allocation", f"one of {ALLOCATIONS}")
        if self.allocation == "whole" and self.winners != 1:
            raise Unfit("allocation", "several winners need shares or regions")
        covered = set(range(1, self.winners + 1)) if self.allocation == "shares" else set()
        if set(self.shares) != covered:
            raise Unfit("shares", f"given for {sorted(self.shares)} winners, and needed for {sorted(covered)}")
        for winners, shares in self.shares.items():
            if len(shares) != winners or min(shares) <= 0 or sum(map(Fraction, shares)) != 1:
                raise Unfit("shares", f"of {winners}: one above zero a winner, which add up to 1")


def uncovered(rules: TenderRules) -> list[int]:
    """From how many bids, 1 to 60, the shortlist does not say how many go on; empty where it says all.

    >>> uncovered(TenderRules(shortlist={3: 2, 5: 3}, shortlist_rest=(Decimal("0.5"), 5)))
    [1, 2, 4]
    """
    if not rules.shortlist:
        return []
    last = max(rules.shortlist) if rules.shortlist_rest else MOST_BIDS
    return [bids for bids in range(1, last + 1) if bids not in rules.shortlist]


def to_json(rules: TenderRules) -> dict[str, Any]:
    """The rules as the JSON that is stored and frozen. Decimals become strings."""
    body = asdict(rules)
    body["pass_mark"] = None if rules.pass_mark is None else str(rules.pass_mark)
    body["shortlist"] = {str(bids): going_on for bids, going_on in rules.shortlist.items()}
    body["shortlist_rest"] = rules.shortlist_rest and [str(rules.shortlist_rest[0]), rules.shortlist_rest[1]]
    body["tie_order"] = list(rules.tie_order)
    body["shares"] = {str(winners): [str(share) for share in shares] for winners, shares in rules.shares.items()}
    return frozen(FORMAT, body)


def from_json(body: Mapping[str, Any]) -> TenderRules:
    """Read stored rules, all of them and no others. Raises ValueError for a body that is not one."""
    values = thawed(body, FORMAT, names_of(TenderRules))
    values["pass_mark"] = None if values["pass_mark"] is None else Decimal(values["pass_mark"])
    values["shortlist"] = {int(bids): int(going_on) for bids, going_on in values["shortlist"].items()}
    rest = values["shortlist_rest"]
    values["shortlist_rest"] = rest and (Decimal(rest[0]), int(rest[1]))
    values["tie_order"] = tuple(values["tie_order"])
    values["shares"] = {int(winners): tuple(map(Decimal, shares)) for winners, shares in values["shares"].items()}
    return TenderRules(**values)


def _(sentence: str) -> str:
    """Mark a sentence for the translation catalogue, unchanged."""
    return sentence


@dataclass(frozen=True)
class Preset:
    """A rule set that ships with the product; ``since`` is the day of its source. Pages translate its words."""

    code: str
    title: str
    source: str
    since: date
    rules: TenderRules


# What a source leaves open (the mark of 60, other numbers of bids, times) is a default that nobody has verified.
PRESETS = (
    Preset(
        "double-envelope-threshold",
        _("Double envelope, pass mark 60 of 100"),
        _("State Council document GBF[2010]56, for the double envelope"),
        date(2010, 11, 19),
        TenderRules(pass_mark=Decimal(60)),
    ),
    Preset(
        "double-envelope-shortlist",
        _("Double envelope, shortlist by number of bids"),
        _("Sichuan 2011, as reported by People's Daily on 2011-07-14: 7 to 4, 6 to 3, 4 to 2"),
        date(2011, 7, 14),
        TenderRules(
            shortlist={1: 1, 2: 2, 3: 2, 4: 2, 5: 3, 6: 3, 7: 4},
            shortlist_rest=(Decimal("0.5"), 5),
        ),
    ),
    Preset(
        "one-envelope-lowest",
        _("One envelope, lowest price"),
        _("Volume-based procurement since 2018: eligibility first, then prices"),
        date(2018, 11, 15),
        TenderRules(minimum_evaluators=3, objection_days=0),
    ),
    Preset(
        "two-winners-by-shares",
        _("Two winners, 60 and 40 percent by rank"),
        _("Intraocular lenses, alliance of 2020: of two winners the first has at least 60 %, the second the rest"),
        date(2020, 11, 1),
        TenderRules(
            minimum_evaluators=3,
            objection_days=0,
            winners=2,
            allocation="shares",
            shares={1: (Decimal(1),), 2: (Decimal("0.6"), Decimal("0.4"))},
        ),
    ),
    Preset(
        "two-winners-by-regions",
        _("Two winners, each region to its main supplier, with a standby"),
        _(
            "National volume-based procurement, rounds 7 to 10: two of three companies win, and a region's volume goes"
            " whole to its main supplier"
        ),
        date(2022, 7, 12),
        TenderRules(minimum_evaluators=3, objection_days=0, winners=2, standbys=1, allocation="regions"),
    ),
)
