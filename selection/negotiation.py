"""The rules of a negotiation as plain values: how often the supplier may offer, and how near it has to come."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class NegotiationRules:
    """How a price is negotiated. The defaults are those of Liaoning 2016: two rounds, each answered by the table.

    - ``rounds``: how many offers the supplier may make in all.
    - ``quotes``: after so many of them the last is held against the reserve, if experts have sealed one and rounds are
      left: the talk goes on only where it is at most ``within`` times the reserve (national access: two quotes, then a
      talk within 115 %).
    - ``offer_days`` and ``answer_days``: full legal days in which the supplier offers, and in which experts and table
      answer.
    """

    rounds: int = 2
    quotes: int = 2
    within: Decimal = Decimal("1.15")
    offer_days: int = 3
    answer_days: int = 5

    def near(self, quote: Decimal, reserve: Decimal) -> bool:
        """Whether a talk may go on from a quote: 115 of a reserve of 100 at 1.15 may, 115.000001 may not."""
        return quote <= self.within * reserve

    def to_be_compared(self, offers: int) -> bool:
        """Whether the offer just made is the one that is held against the reserve."""
        return offers == self.quotes < self.rounds

    def over(self, offers: int) -> bool:
        """Whether no further offer may follow."""
        return offers >= self.rounds


NATIONAL_ACCESS = NegotiationRules(rounds=5, quotes=2, within=Decimal("1.15"))
