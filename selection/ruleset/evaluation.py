"""Who may bid, and who passes the technical envelope."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from selection.ruleset.faults import Fault
from selection.ruleset.numbers import HowMany

ENDS = ("negotiation", "failed")


@dataclass(frozen=True)
class EvaluationRules:
    """
    - ``criteria``: the template of criteria that a tender begins with: a kind of item, or empty for that of the tender.
    - ``pass_mark``: a technical score below it is not qualified; None where there is no mark.
    - ``shortlist``: how many go on to the commercial envelope, by number of bids that reached the pass mark. None: all.
    - ``minimum_for_competition``: with fewer bids that reached the pass mark the lot does not compete; what the
      shortlist leaves out was qualified too.
    - ``too_few``: what becomes of a lot that does not compete.
    - ``dealers``: whether an authorised dealer may bid; the maker, the holder and a sole agent always may.
    """

    criteria: str = ""
    pass_mark: Decimal | None = None
    shortlist: HowMany | None = None
    minimum_for_competition: int = 3
    too_few: str = "negotiation"
    dealers: bool = False

    def faults(self) -> Iterator[Fault]:
        if self.pass_mark is not None and not 0 <= self.pass_mark <= 100:
            yield Fault("evaluation", "pass_mark", "range")
        if self.shortlist:
            yield from self.shortlist.faults("evaluation", "shortlist")
        if self.minimum_for_competition < 1:
            yield Fault("evaluation", "minimum_for_competition", "range")
        if self.too_few not in ENDS:
            yield Fault("evaluation", "too_few", "choice")
