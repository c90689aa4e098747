"""Which bids are of one company: what counts once where rules count companies."""

from collections.abc import Iterable, Mapping, Sequence

from selection.selecting.facts import Candidate


def bidders(candidates: Iterable[Candidate], one_company: Sequence[frozenset[str]]) -> Mapping[str, str]:
    """By bid the first bid, by reference, that is of the same company: of a company itself, of one under common control
    or with the same contract maker, or of a consortium with such a member."""
    found: list[tuple[set[str], list[str]]] = []
    for candidate in sorted(candidates, key=lambda one: one.bid):
        companies = set(candidate.companies)
        for group in one_company:
            if group & {*candidate.companies}:
                companies |= group
        bids = [candidate.bid]
        apart = []
        for other, theirs in found:
            if other & companies:
                companies, bids = companies | other, theirs + bids
            else:
                apart.append((other, theirs))
        found = [*apart, (companies, bids)]
    return {bid: min(bids) for _companies, bids in found for bid in bids}
