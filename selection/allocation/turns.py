"""Regions chosen in turns: the first by rank begins, and all follow, one region a turn, until none is left.

National round 7 (2022): when every region has its main supplier, each winner chooses in the same order, in turns,
regions for which it stands by, never one of its own. Who passes loses the turn and not the right; where all pass one
after another, the choice of that kind ends, and what is left is listed. The state is always the moves played again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from selection.allocation.units import Refused

HOW = ("chosen", "proxy", "passed", "lapsed")
_TAKES = ("chosen", "proxy")


@dataclass(frozen=True)
class TurnRules:
    """How many suppliers stand by in each region, besides its main one."""

    FORMAT: ClassVar[str] = "allocation-turns/1"

    standbys: int = 1

    def __post_init__(self) -> None:
        if self.standbys < 0:
            raise ValueError("standbys are not below zero")


@dataclass(frozen=True)
class Move:
    """What a supplier did at its turn: took a region itself (``chosen``) or by others (``proxy``), or took none
    (``passed``, or the time ran out: ``lapsed``)."""

    supplier: str
    how: str
    region: str | None = None

    def __post_init__(self) -> None:
        if self.how not in HOW or (self.how in _TAKES) != (self.region is not None):
            raise ValueError("a move takes a region or passes")


@dataclass(frozen=True)
class Turn:
    """Whose turn it is, and what it may take. ``place`` is 0 for main suppliers, 1 for first standbys, and so on;
    ``left`` are all regions without a supplier at that place. At the end there is no supplier."""

    place: int
    supplier: str | None
    may_take: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True)
class Taken:
    """A region, and who is its supplier at a place, by which move, from 1; 0 where there was nothing to choose."""

    place: int
    region: str
    supplier: str
    move: int
    how: str


@dataclass(frozen=True)
class Untaken:
    """A region without a supplier at a place, and why: nobody took it (``nobody_chose``), all who are left have it
    already (``own``), or there is one winner only (``one_winner``)."""

    place: int
    region: str
    reason: str


@dataclass(frozen=True)
class Choice:
    """Where a choice of regions stands after its moves."""

    turn: Turn
    taken: tuple[Taken, ...]
    untaken: tuple[Untaken, ...]


def play(rules: TurnRules, suppliers: tuple[str, ...], regions: Iterable[str], moves: Iterable[Move] = ()) -> Choice:
    """The choice of so many regions by suppliers in the order of their rank, after these moves.

    What is untaken is listed for each place that ended. Raises Refused with a code: ``not_its_turn``, ``unknown``
    (no such region), ``taken``, ``own`` (a supplier stands by for others only), ``ended``.
    """
    if not suppliers or len(set(suppliers)) != len(suppliers):
        raise ValueError("suppliers are told apart, and there is one at least")
    codes = tuple(sorted(set(regions)))
    if len(suppliers) == 1:
        if tuple(moves):
            raise Refused("ended")
        return _alone(rules, suppliers[0], codes)
    table = _Table(rules, suppliers, codes)
    for move in moves:
        table.make(move)
    return Choice(table.turn(), tuple(table.taken), tuple(table.untaken))


def _alone(rules: TurnRules, supplier: str, regions: tuple[str, ...]) -> Choice:
    """One winner has every region, and nobody stands by."""
    return Choice(
        Turn(rules.standbys, None, (), ()),
        tuple(Taken(0, region, supplier, 0, "chosen") for region in regions),
        tuple(Untaken(place, region, "one_winner") for place in range(1, rules.standbys + 1) for region in regions),
    )


class _Table:
    """The moves so far: ``next`` is the seat whose turn it would be, ``passes`` how many passed one after another."""

    def __init__(self, rules: TurnRules, suppliers: tuple[str, ...], regions: tuple[str, ...]) -> None:
        self.rules, self.suppliers, self.regions = rules, suppliers, regions
        self.place = self.next = self.passes = self.moves = 0
        self.taken: list[Taken] = []
        self.untaken: list[Untaken] = []
        self.settle()

    def left(self) -> tuple[str, ...]:
        gone = {row.region for row in self.taken if row.place == self.place}
        return tuple(region for region in self.regions if region not in gone)

    def may_take(self, supplier: str) -> tuple[str, ...]:
        """Regions left at this place that the supplier has at none."""
        own = {row.region for row in self.taken if row.supplier == supplier}
        return tuple(region for region in self.left() if region not in own)

    def turn(self) -> Turn:
        if self.ended():
            return Turn(self.rules.standbys, None, (), ())
        supplier = self.suppliers[self.next]
        return Turn(self.place, supplier, self.may_take(supplier), self.left())

    def ended(self) -> bool:
        return self.place > self.rules.standbys

    def make(self, move: Move) -> None:
        """Make a move, if it may be made."""
        if self.ended():
            raise Refused("ended")
        if move.supplier != self.suppliers[self.next]:
            raise Refused("not_its_turn")
        self.moves += 1
        if move.region is None:
            self.passes += 1
        else:
            self.take(move.supplier, move.region, move.how)
        self.next = (self.next + 1) % len(self.suppliers)
        self.settle()

    def take(self, supplier: str, region: str, how: str) -> None:
        if region not in self.regions:
            raise Refused("unknown")
        if region not in self.left():
            raise Refused("taken")
        if region not in self.may_take(supplier):
            raise Refused("own")
        self.taken.append(Taken(self.place, region, supplier, self.moves, how))
        self.passes = 0

    def settle(self) -> None:
        """Go to the next who may take something; where nobody may or all have passed, to the next place."""
        while not self.ended():
            able = [supplier for supplier in self.suppliers if self.may_take(supplier)]
            if able and self.passes < len(able):
                while self.suppliers[self.next] not in able:
                    self.next = (self.next + 1) % len(self.suppliers)
                return
            reason = "nobody_chose" if able else "own"
            self.untaken += [Untaken(self.place, region, reason) for region in self.left()]
            self.place, self.next, self.passes = self.place + 1, 0, 0
