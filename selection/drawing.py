"""The draw of a committee, as `docs/rules-committee.md` says it: an order that nobody could know before the close.

The order of the experts is that of SHA-256 over the committed seed, the root of the close and the expert's number.
Each speciality has its places; what one cannot fill goes to the first of all who are left.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

LEAST_MEMBERS = 5


def mark(seed: str, root: str, number: str) -> str:
    """By what an expert stands in the order: hex of SHA-256 over seed and root, 32 bytes each, and the number."""
    return sha256(bytes.fromhex(seed) + bytes.fromhex(root) + number.encode()).hexdigest()


@dataclass(frozen=True)
class Ballot:
    """What a draw is made from: seed and root in hex, and the speciality of each expert of the frozen pool."""

    seed: str
    root: str
    experts: Mapping[str, str]

    def order(self) -> list[str]:
        """All numbers of the pool in the order of the draw."""
        return sorted(self.experts, key=lambda number: mark(self.seed, self.root, number))

    def drawn(self, places: Mapping[str, int], excluded: Collection[str]) -> list[str]:
        """Who sits, in the order of the draw; fewer than there are places where too few experts are left."""
        eligible = [number for number in self.order() if number not in excluded]
        sitting: set[str] = set()
        for speciality, count in places.items():
            sitting.update([number for number in eligible if self.experts[number] == speciality][:count])
        missing = sum(places.values()) - len(sitting)
        sitting.update([number for number in eligible if number not in sitting][:missing])
        return [number for number in eligible if number in sitting]

    def following(self, leaving: str, used: Collection[str], excluded: Collection[str]) -> str | None:
        """Who takes the place of ``leaving``: the next of the same speciality, else the next of all; None: nobody is
        left. ``used`` are all who were ever drawn."""
        left = [number for number in self.order() if number not in excluded and number not in used]
        alike = [number for number in left if self.experts[number] == self.experts[leaving]]
        return next(iter([*alike, *left]), None)


def fits(places: Mapping[str, int], experts: Sequence[str], least: int = LEAST_MEMBERS) -> bool:
    """Whether places, by speciality, make an odd committee of at least ``least`` that a pool with ``experts`` (the
    speciality of each) can fill."""
    size = sum(places.values())
    enough = all(experts.count(speciality) >= count for speciality, count in places.items())
    return size % 2 == 1 and size >= least and min(places.values(), default=0) >= 0 and enough
