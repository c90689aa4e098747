"""How a price is negotiated where prices do not compete."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from selection.ruleset.faults import Fault


@dataclass(frozen=True)
class NegotiationRules:
    """
    - ``quotes``: how often the supplier quotes before the table talks.
    - ``within``: it talks on where the last quote is at most so many times the reserve price; None: always.
    - ``hours``: how long an offer waits for its answer.
    """

    quotes: int = 2
    within: Decimal | None = Decimal("1.15")
    hours: int = 24

    def faults(self) -> Iterator[Fault]:
        for key in ("quotes", "hours"):
            if getattr(self, key) < 1:
                yield Fault("negotiation", key, "range")
        if self.within is not None and self.within < 1:
            yield Fault("negotiation", "within", "range")
