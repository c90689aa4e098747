"""Who judges the technical envelopes, and how often a bidder is asked again."""

from collections.abc import Iterator
from dataclasses import dataclass

from selection.ruleset.faults import Fault

FORMAL_BY = ("majority", "everyone")


@dataclass(frozen=True)
class CommitteeRules:
    """
    - ``minimum_evaluators``: least number of evaluators, all of whom score and sign.
    - ``drawn``: whether they are drawn from a pool of experts; else they are named.
    - ``pool``: how many experts a draw needs for each place.
    - ``formal_by``: whose finding decides a formal requirement.
    - ``cures``, ``cure_hours``: how often a bid is asked for missing documents, never for a price, and how long.
    - ``names_published``: whether the members' names are published with the result.
    """

    minimum_evaluators: int = 5
    drawn: bool = False
    pool: int = 3
    formal_by: str = "majority"
    cures: int = 1
    cure_hours: int = 24
    names_published: bool = True

    def faults(self) -> Iterator[Fault]:
        for key, least in (("minimum_evaluators", 0), ("pool", 1), ("cures", 0), ("cure_hours", 1)):
            if getattr(self, key) < least:
                yield Fault("committee", key, "range")
        if self.formal_by not in FORMAL_BY:
            yield Fault("committee", "formal_by", "choice")
