"""The rules of one procedure as data: what a ministry may change, frozen onto the tender at publication."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from selection.frozen import frozen, names_of, thawed

FORMAT = "tender-rules/1"
MOST_BIDS = 60  # a table that covers so many bids of one lot covers any lot
TIE_KEYS = ("score", "lots_drawn")


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

    def __post_init__(self) -> None:
        if not set(self.tie_order) <= set(TIE_KEYS) or self.tie_order[-1:] != ("lots_drawn",):
            raise ValueError(f"tie_order takes {TIE_KEYS} and ends with lots_drawn, which always decides")
        if any(not 0 < going_on <= bids for bids, going_on in self.shortlist.items()):
            raise ValueError("a shortlist has at least one bid, and no more than it is made from")
        if self.shortlist_rest and not (0 < self.shortlist_rest[0] <= 1 and self.shortlist_rest[1] > 0):
            raise ValueError("beyond the table a share above 0 and up to 1 goes on, with a cap of at least one")
        days = (self.notice_days, self.amendment_days, self.objection_days, self.standstill_days)
        if min(*days, self.minimum_evaluators) < 0:
            raise ValueError("days and numbers of people cannot be below zero")


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
    return frozen(FORMAT, body)


def from_json(body: Mapping[str, Any]) -> TenderRules:
    """Read stored rules, all of them and no others. Raises ValueError for a body that is not one."""
    values = thawed(body, FORMAT, names_of(TenderRules))
    values["pass_mark"] = None if values["pass_mark"] is None else Decimal(values["pass_mark"])
    values["shortlist"] = {int(bids): int(going_on) for bids, going_on in values["shortlist"].items()}
    rest = values["shortlist_rest"]
    values["shortlist_rest"] = rest and (Decimal(rest[0]), int(rest[1]))
    values["tie_order"] = tuple(values["tie_order"])
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


PRESETS = (
    Preset(
        "double-envelope-threshold",
        _("Double envelope, pass mark 60 of 100"),
        _(
            "State Council document GBF[2010]56 asks for the double envelope; the mark of 60 is an editable default,"
            " unverified"
        ),
        date(2010, 11, 19),
        TenderRules(pass_mark=Decimal(60)),
    ),
    Preset(
        "double-envelope-shortlist",
        _("Double envelope, shortlist by number of bids"),
        _(
            "Sichuan 2011 as reported by People's Daily on 2011-07-14: 7 to 4, 6 to 3, 4 to 2; other numbers are an"
            " editable default, unverified"
        ),
        date(2011, 7, 14),
        TenderRules(
            shortlist={1: 1, 2: 2, 3: 2, 4: 2, 5: 3, 6: 3, 7: 4},
            shortlist_rest=(Decimal("0.5"), 5),
        ),
    ),
    Preset(
        "one-envelope-lowest",
        _("One envelope, lowest price"),
        _(
            "Volume-based procurement since 2018: eligibility first, then prices; times are an editable default,"
            " unverified"
        ),
        date(2018, 11, 15),
        TenderRules(minimum_evaluators=3, objection_days=0),
    ),
)
