"""What decides between equal comparable prices."""

from collections.abc import Iterator
from dataclasses import dataclass

from selection.ruleset.faults import Fault

TIE_KEYS = ("score", "cut", "demand", "coverage", "sales", "sampling", "approval", "lots_drawn")


@dataclass(frozen=True)
class TieRules:
    """``order``: what decides, the first before the next.

    ``score``: the higher technical score; ``cut``: the larger cut from the price before; ``demand``: more reported by
    hospitals; ``coverage``: more places supplied; ``sales``: the larger sales; ``sampling``: fewer failed samplings;
    ``approval``: the earlier approval; ``lots_drawn``: the lower SHA-256 of the tender's close root and the bid's
    reference, which nobody could know or steer before the deadline. A fact that nobody gave is worse than any given.
    """

    order: tuple[str, ...] = ("score", "lots_drawn")

    def faults(self) -> Iterator[Fault]:
        for place, key in enumerate(self.order, start=1):
            if key not in TIE_KEYS or key in self.order[: place - 1]:
                yield Fault("ties", "order", "choice", str(place))
        if self.order[-1:] != ("lots_drawn",):
            yield Fault("ties", "order", "undecided")
