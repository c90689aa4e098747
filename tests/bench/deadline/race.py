"""One race from the first submission to the reckoning."""

import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.bench.deadline import field
from tests.bench.deadline.clients import Answered, Crowd
from tests.bench.deadline.havoc import Havoc
from tests.bench.deadline.reckoning import faults
from tests.procurement.installation import Installation

VERSIONS = 5  # of each bid
IN_TIME = 0.6  # of all submissions are answered when the deadline is so many seconds away:
NOTICE = 2
DEATHS = (0.62, 0.2, 0.4, 0.8)  # of PostgreSQL, by the share of submissions answered; the first is near the deadline


@dataclass(frozen=True)
class Race:
    """How many submissions by how many clients; whether web workers are killed, and how often PostgreSQL."""

    submissions: int
    clients: int
    workers_die: bool = False
    deaths: int = 0

    @property
    def share(self) -> int:
        """Submissions of one client."""
        return -(-self.submissions // self.clients)

    @property
    def bids(self) -> int:
        """Bids of one client, enough for every submission to be accepted."""
        return -(-self.share // VERSIONS)


def run(race: Race, installation: Installation) -> Iterator[str]:
    """The sentences to print, as they become known. Raises AssertionError where something does not agree."""
    stage, bidders = field.prepare(clients=race.clients, bids=race.bids, versions=VERSIONS)
    crowd = Crowd(installation.port, bidders, race.share, seed=race.submissions)
    total = race.share * race.clients
    yield f"{total:,} submissions of {race.bids * race.clients:,} bids by {race.clients} clients are sealed."

    def progress() -> float:
        return len(crowd.answered) / total

    def announce() -> None:
        while progress() < IN_TIME and not crowd.over.is_set():
            time.sleep(0.02)
        field.move_deadline(stage, NOTICE)

    announcer = threading.Thread(target=announce)
    announcer.start()
    start = time.monotonic()
    with Havoc(installation, progress, workers=race.workers_die, at=sorted(DEATHS[: race.deaths])) as havoc:
        answered = crowd.run()
        took = time.monotonic() - start
    announcer.join()
    yield from _figures(answered, took, crowd)
    yield from _deaths(havoc)
    installation.wait_until_healthy()
    start = time.monotonic()
    field.open_technical(stage, installation.port)
    yield f"Closed, and opened by three openers' programs over HTTP, in {time.monotonic() - start:.1f} s."
    again = crowd.ask_again()
    first = {one.key: (one.status, one.content) for one in answered}
    differing = [one.key for one in again if first[one.key] != (one.status, one.content)]
    seen = field.seen(stage)
    found = faults(answered, seen)
    assert not (found or differing), "\n".join([*differing[:10], *found[:20]])
    accepted = len(seen.versions)
    yield (
        f"{accepted:,} acknowledged, as many stored, {len(seen.opened):,} bids counted and opened as sealed; "
        f"{total - accepted:,} refused as late. 0 late, 0 lost, 0 twice; {total:,} receipts hold, and are the same "
        "bytes when asked for again."
    )


def _figures(answered: Sequence[Answered], took: float, crowd: Crowd) -> Iterator[str]:
    yield f"{len(answered):,} answers in {took:.1f} s: {len(answered) / took:.0f} a second."
    for name, seconds in (
        ("From the last byte sent to the answer", [one.seconds for one in answered]),
        ("With stalls and everything sent again", [one.whole for one in answered]),
    ):
        parts = statistics.quantiles(seconds, n=100)
        yield (
            f"{name}: half within {parts[49] * 1000:,.0f} ms, 95 % within {parts[94] * 1000:,.0f} ms, "
            f"99 % within {parts[98] * 1000:,.0f} ms, all within {max(seconds) * 1000:,.0f} ms."
        )
    again = sum(one.attempts > 1 for one in answered)
    yield f"Sent more than once: {again:,}. Attempts without a verdict: {dict(crowd.lost.most_common()) or 'none'}."


def _deaths(havoc: Havoc) -> Iterator[str]:
    if havoc.workers_killed:
        yield f"Web workers killed: {havoc.workers_killed}."
    if havoc.away:
        seconds = ", ".join(f"{seconds:.1f}" for seconds in havoc.away)
        yield f"PostgreSQL killed {len(havoc.away)} times; it answered again after {seconds} s."
