"""A competition under way: who is still in, who is out by what, and each bid's way so far."""

from collections.abc import Mapping
from fractions import Fraction

from selection.ranking import Comparison
from selection.ruleset.selection import SelectionRules
from selection.selecting.facts import Answers, Asked, Candidate, Line, exact

TRIPPED, BEYOND = "tripped", "beyond"


class Run:
    """``quoted``: the valid comparable prices by bid, the lowest first; ``ranked``: those bids.
    ``still_in``: who wins as things stand, by place.
    ``out``: by bid the code for which it is out."""

    def __init__(
        self,
        rules: SelectionRules,
        candidates: Mapping[str, Candidate],
        quoted: Mapping[str, Fraction],
        companies: Mapping[str, str],
        comparison: Comparison,
        answers: Answers,
        class_prices: Mapping[str, Fraction],
    ) -> None:
        self.rules, self.comparison, self.answers, self.class_prices = rules, comparison, answers, class_prices
        self.candidates, self.quoted, self.price = candidates, quoted, dict(quoted)
        self.ranked = list(self.quoted)
        self.still_in = list(self.ranked)
        self.out: dict[str, str] = {}
        self.companies = companies
        self.asked: list[Asked] = []
        self.way: dict[str, list[Line]] = {bid: [] for bid in self.ranked}
        self.no_region: set[str] = set()

    @property
    def highest(self) -> Fraction:
        """The highest price that wins as things stand."""
        return max(self.price[bid] for bid in self.still_in)

    def anchor(self) -> Fraction:
        """The lowest price, or the rule's share of the mean of those still in, if that is higher."""
        lowest, share = min(self.quoted.values()), self.rules.anchor.mean_share
        if share is None or not self.still_in:
            return lowest
        mean = sum((self.price[bid] for bid in self.still_in), Fraction(0)) / len(self.still_in)
        return max(lowest, Fraction(share) * mean)

    def count(self) -> int:
        """What the table of winners is entered with."""
        counted = {self.companies[bid] for bid in self.ranked} if self.rules.count == "companies" else self.ranked
        return len(counted)

    def tell(self, bid: str, step: str, code: str, **numbers: object) -> None:
        told = {name: exact(value) if isinstance(value, Fraction) else value for name, value in numbers.items()}
        self.way[bid].append(Line(step, code, told))

    def leave(self, bid: str, step: str, code: str, **numbers: object) -> None:
        self.still_in.remove(bid)
        self.out[bid] = code
        self.tell(bid, step, code, **numbers)

    def come_back(self, bid: str, step: str, code: str, price: Fraction) -> None:
        self.still_in.append(bid)
        del self.out[bid]
        self.price[bid] = price
        self.tell(bid, step, code, price=price)

    def out_by(self, *codes: str) -> list[str]:
        """Who is out by these codes, by rank."""
        return [bid for bid in self.ranked if self.out.get(bid) in codes]

    def ask(self, step: str, bid: str, price: Fraction, hours: int) -> None:
        self.asked.append(Asked(step, bid, price, hours))
        self.tell(bid, step, "asked", price=price, hours=hours)
