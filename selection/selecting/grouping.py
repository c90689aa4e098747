"""Which bids compete in the first group, and which in the second (joints 2021)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from selection.ruleset.selection import Groups
from selection.selecting.facts import Candidate, Line, exact


def grouped(
    candidates: Iterable[Candidate], companies: Mapping[str, str], rules: Groups
) -> Mapping[str, tuple[str, Line]]:
    """By bid its group and why. The demand of a company is that of all its bids; companies of one demand stand
    together, so that none of them is inside without the others."""
    candidates = sorted(candidates, key=lambda one: one.bid)
    demand: dict[str, Decimal] = {}
    for one in candidates:
        demand[companies[one.bid]] = demand.get(companies[one.bid], Decimal(0)) + one.demand
    total = sum(demand.values(), Decimal(0))
    before = {
        name: sum((other for other in demand.values() if other > own), Decimal(0)) for name, own in demand.items()
    }
    limit = Fraction(rules.demand_share) * Fraction(total)
    inside = {name for name in demand if Fraction(before[name]) < limit}
    able = [one for one in candidates if one.full_supply and one.featured]
    first = {one.bid for one in able if companies[one.bid] in inside}
    others = sorted((one for one in able if one.bid not in first), key=lambda one: (-one.demand, one.bid))
    filled = {one.bid for one in others[: max(0, rules.least - len(first))]}

    def why(one: Candidate) -> tuple[str, Line]:
        company = companies[one.bid]
        numbers = {
            "demand": str(demand[company]),
            "before": str(before[company]),
            "limit": exact(limit),
            "full_supply": one.full_supply,
            "featured": one.featured,
        }
        code = "by_demand" if one.bid in first else "filled_up" if one.bid in filled else "not_first"
        return "B" if code == "not_first" else "A", Line("group", code, numbers)

    return {one.bid: why(one) for one in candidates}
