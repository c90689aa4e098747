"""After the decision: days within which a contract is signed and an offer answered, and what the next in rank costs
more. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.money import quantize_amount

# Tendering law, article 46, and the measures for medicines: the contract is signed within 30 days of the letter. The
# others are the platform's own, which no source gives.
SIGNATURE_DAYS = 30
PRESENTED_DAYS = 3  # that a winner has at least from the day on which the contract was laid before it
ANSWER_DAYS = 5  # for the next in rank to accept or decline

MOST_CHARACTERS = 300  # of a reason


@dataclass(frozen=True)
class Priced:
    """A price a pack, the base units in it, and how many of the lot's reference item one of them counts as."""

    price: Decimal
    pack_size: int
    factor: Decimal

    @property
    def comparable(self) -> Fraction:
        """What one base unit of the reference item costs."""
        return Fraction(self.price) / (self.pack_size * Fraction(self.factor))


def extra_cost(units: int, before: Priced, after: Priced) -> Decimal:
    """What ``units`` base units of the reference item cost more after than before, rounded once.

    >>> extra_cost(1000, Priced(Decimal("12.00"), 10, Decimal(1)), Priced(Decimal("13.50"), 10, Decimal(1)))
    Decimal('150.00')
    """
    return quantize_amount(units * (after.comparable - before.comparable))
