"""The check of the whole trail: read-only, streaming, naming each fault.

It trusts no function and no view of the database, whose owner could have changed them: hashes of the chain and
signatures are computed here, fingerprints by PostgreSQL's own functions alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from oversight.verification import acts, chain, documents, guards, rows
from oversight.verification.heads import Heads
from oversight.verification.reading import Fault, reading

__all__ = ["Fault", "Report", "verify"]


@dataclass
class Report:
    """What was looked at, so that "no faults" is not said of nothing: names and numbers."""

    looked_at: dict[str, int] = field(default_factory=dict)


def verify(outside: Iterable[bytes] = (), report: Report | None = None) -> Iterator[Fault]:
    """All faults of the trail of this database. ``outside`` are heads that were kept elsewhere, as documents.

    Everything is read in one snapshot, so that what goes on meanwhile is no fault. Needs the rights of the database's
    owner, from whom no row is kept.
    """
    report = report or Report()
    with reading():
        heads = Heads()
        yield from heads.read_stored(report.looked_at)
        yield from heads.read_outside(outside, report.looked_at)
        yield from chain.verify(heads, report.looked_at)
        yield from rows.verify(report.looked_at)
        yield from acts.verify(report.looked_at)
        yield from guards.verify(report.looked_at)
        yield from documents.verify(report.looked_at)
