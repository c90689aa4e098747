"""Above which price an offer is out. All are compared exactly: a price equal to a ceiling is valid."""

from collections.abc import Iterator
from dataclasses import dataclass

from selection.ruleset.faults import Fault

CEILINGS = ("published", "own_lowest")


@dataclass(frozen=True)
class CeilingRules:
    """``kinds``: the ceilings that hold, each by itself. ``published``: the lot's, as the notice has it for a pack or
    a unit; ``own_lowest``: the lowest price at which the bidder sells the product elsewhere, where one is known."""

    kinds: tuple[str, ...] = ("published",)

    def faults(self) -> Iterator[Fault]:
        for place, kind in enumerate(self.kinds, start=1):
            if kind not in CEILINGS or kind in self.kinds[: place - 1]:
                yield Fault("ceiling", "kinds", "choice", str(place))
