"""The check of the whole trail: read-only, streaming, naming each fault.

It trusts no function and no view of the database, whose owner could have changed them: hashes of the chain and
signatures are computed here, fingerprints by PostgreSQL's own functions alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from psycopg.errors import InsufficientPrivilege

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
    heads, looked_at = Heads(), report.looked_at
    parts = {
        "heads": heads.read_stored(looked_at),
        "heads from outside": heads.read_outside(outside, looked_at),
        "chain": chain.verify(heads, looked_at),
        "rows": rows.verify(looked_at),
        "acts": acts.verify(looked_at),
        "guards": guards.verify(looked_at),
        "documents": documents.verify(looked_at),
    }
    with reading():
        for name, part in parts.items():
            yield from _done(name, part)


def _done(name: str, part: Iterator[Fault]) -> Iterator[Fault]:
    """One part, or that it could not be done: whoever breaks a table stops no other part of the check."""
    try:
        with transaction.atomic():
            yield from part
    except Exception as error:  # whatever somebody made of the database, the other parts have to be looked at
        if isinstance(error, OSError) or isinstance(error.__cause__, InsufficientPrivilege):
            raise
        yield Fault("the check", name, f"could not be done ({type(error).__name__}: {str(error).strip()})")
