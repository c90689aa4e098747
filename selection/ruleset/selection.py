"""Who wins of those whose price is valid: steps, in the order in which the rule set names them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from selection.ruleset.evaluation import ENDS
from selection.ruleset.faults import Fault
from selection.ruleset.numbers import HowMany, at_most

MODES = ("competition", "negotiation", "commitment")
COUNTS = ("bids", "companies")
STEPS = ("number", "conditions", "revival", "second_quotes", "matching")
REVIVED = ("tripped", "beyond")
SINGLE = ("winner", "anchor")


@dataclass(frozen=True)
class Anchor:
    """What conditions measure by: the lowest comparable price, or, if that is higher, ``mean_share`` of the mean of
    those still in (None: the lowest)."""

    mean_share: Decimal | None = None


@dataclass(frozen=True)
class Conditions:
    """A bid stays in that meets any of these; None is not asked.

    - ``within``: its comparable price is at most so many times the anchor.
    - ``low_price``: its comparable price is at most so much: a low price is always in.
    - ``cut``: it is at least this share below the ceiling: a cut is always in.
    - ``up_to_class``: its comparable price is at most the price that the notice publishes for this class.
    """

    within: Decimal | None = None
    low_price: Decimal | None = None
    cut: Decimal | None = None
    up_to_class: str = ""


@dataclass(frozen=True)
class Revival:
    """Who may come back by accepting a price within ``hours``.

    - ``who``: ``tripped``: out by a condition; ``beyond``: out by the number, with at least the mean reported demand of
      a brand, and not the highest quote.
    - ``single``: the price is the highest of those that won by then; where only one did, so many times its price, or
      the anchor (``single_of``).
    - ``regions``: whether those of ``beyond`` choose regions; those of ``tripped`` do.
    """

    who: tuple[str, ...]
    single: Decimal
    single_of: str
    regions: bool
    hours: int


@dataclass(frozen=True)
class SecondQuotes:
    """Those out by the number quote once more, sealed, within ``hours``: at most ``ceiling`` times the highest price
    that won by then. The ``places`` lowest win."""

    places: int
    ceiling: Decimal
    hours: int


@dataclass(frozen=True)
class Matching:
    """The next ``places`` by rank may win at the lowest price, which they accept within ``hours``."""

    places: int
    hours: int


@dataclass(frozen=True)
class Groups:
    """Bids compete in two groups. A: the company is inside the first ``demand_share`` of cumulated reported demand,
    sorted down; it promises full supply; and it has the feature that the notice asks for. Fewer than ``least`` are
    filled up by demand from those that meet the last two. B: all others, of whom ``winners`` win; with ``under_first``
    at no price above the highest that won in A."""

    demand_share: Decimal
    least: int
    winners: HowMany
    under_first: bool


@dataclass(frozen=True)
class Classes:
    """Winners are named by class: the first of ``names`` whose published price is at least the bid's comparable price,
    and the last above all. The lowest of the first class has the name ``lowest``."""

    names: tuple[str, ...]
    lowest: str


@dataclass(frozen=True)
class SelectionRules:
    """
    - ``mode``: ``competition``: prices compete; ``negotiation``: the lot's price is negotiated; ``commitment``: prices
      compete, and the winner is the only supplier of a quantity that cannot be known.
    - ``no_price``: what becomes of a lot without a valid price.
    - ``steps``: what follows the ranking, in this order; what is not named does not happen. Without ``number`` everyone
      still in wins.
    - ``count``: what the table of winners is entered with: bids whose price is valid, or their companies, of which
      those under common control, and firms without a plant that share a contract maker, count once.
    - ``winners``: how many win, by that number. ``per_company``: at most so many of one company; None: any number.
    - ``standbys``: how many of those after the winners stand by.
    - ``highest_out``: in so many lots, those in which the highest price is most times the lowest, the highest is out.
    """

    mode: str = "competition"
    no_price: str = "failed"
    steps: tuple[str, ...] = ("number",)
    count: str = "bids"
    winners: HowMany = field(default_factory=partial(at_most, 1))
    per_company: int | None = None
    standbys: int = 0
    highest_out: int = 0
    anchor: Anchor = field(default_factory=Anchor)
    conditions: Conditions | None = None
    revival: Revival | None = None
    second_quotes: SecondQuotes | None = None
    matching: Matching | None = None
    groups: Groups | None = None
    classes: Classes | None = None

    @property
    def adds(self) -> bool:
        """Whether more may win than the table says, so that no table of shares covers them."""
        return bool(self.groups or "number" not in self.steps or {*STEPS[2:]} & {*self.steps})

    def faults(self) -> Iterator[Fault]:
        for key, words in (("mode", MODES), ("no_price", ENDS), ("count", COUNTS)):
            if getattr(self, key) not in words:
                yield Fault("selection", key, "choice")
        yield from self._faults_of_steps()
        yield from self.winners.faults("selection", "winners")
        for key in ("standbys", "highest_out"):
            if getattr(self, key) < 0:
                yield Fault("selection", key, "range")
        if self.per_company is not None and self.per_company < 1:
            yield Fault("selection", "per_company", "range")
        yield from self._faults_of_prices()
        yield from self._faults_of_more()
        yield from self._faults_of_groups()

    def _faults_of_steps(self) -> Iterator[Fault]:
        for place, step in enumerate(self.steps, start=1):
            before = self.steps[: place - 1]
            if step not in STEPS or step in before:
                yield Fault("selection", "steps", "choice", str(place))
            elif step != "number" and getattr(self, step) is None:
                yield Fault("selection", step, "missing")
            elif step in STEPS[2:] and "number" not in before:
                yield Fault("selection", "steps", "unfit", str(place))
        for step in STEPS[1:]:
            if getattr(self, step) is not None and step not in self.steps:
                yield Fault("selection", step, "unfit")

    def _faults_of_prices(self) -> Iterator[Fault]:
        share, told = self.anchor.mean_share, self.conditions
        if share is not None and not 0 < share <= 1:
            yield Fault("selection", "anchor.mean_share", "range")
        if told is None:
            return
        if told.within is None and told.low_price is None and told.cut is None and not told.up_to_class:
            yield Fault("selection", "conditions", "missing")
        if told.within is not None and told.within < 1:
            yield Fault("selection", "conditions.within", "range")
        if told.low_price is not None and told.low_price <= 0:
            yield Fault("selection", "conditions.low_price", "range")
        if told.cut is not None and not 0 < told.cut < 1:
            yield Fault("selection", "conditions.cut", "range")
        if told.up_to_class and (self.classes is None or told.up_to_class not in self.classes.names[:-1]):
            yield Fault("selection", "conditions.up_to_class", "unfit")

    def _faults_of_more(self) -> Iterator[Fault]:
        if told := self.revival:
            for place, who in enumerate(told.who, start=1):
                if who not in REVIVED or who in told.who[: place - 1]:
                    yield Fault("selection", "revival.who", "choice", str(place))
                elif who == "tripped" and "conditions" not in self.steps[: self.steps.index("revival")]:
                    yield Fault("selection", "revival.who", "unfit", str(place))
            if not told.who:
                yield Fault("selection", "revival.who", "missing")
            if told.single_of not in SINGLE:
                yield Fault("selection", "revival.single_of", "choice")
            if told.single < 1:
                yield Fault("selection", "revival.single", "range")
        if self.second_quotes and self.second_quotes.ceiling <= 0:
            yield Fault("selection", "second_quotes.ceiling", "range")
        for key in ("second_quotes", "matching"):
            if (step := getattr(self, key)) and step.places < 1:
                yield Fault("selection", f"{key}.places", "range")
        for key in ("revival", "second_quotes", "matching"):
            if (step := getattr(self, key)) and step.hours < 1:
                yield Fault("selection", f"{key}.hours", "range")

    def _faults_of_groups(self) -> Iterator[Fault]:
        if told := self.groups:
            if not 0 < told.demand_share <= 1:
                yield Fault("selection", "groups.demand_share", "range")
            if told.least < 0:
                yield Fault("selection", "groups.least", "range")
            yield from told.winners.faults("selection", "groups.winners")
        if named := self.classes:
            if len(named.names) < 2 or len(set(named.names)) < len(named.names):
                yield Fault("selection", "classes.names", "choice")
            if named.lowest in named.names:
                yield Fault("selection", "classes.lowest", "choice")
