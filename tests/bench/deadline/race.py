"""One race from the first submission to the reckoning."""

import math
import os
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.bench.deadline import field
from tests.bench.deadline.clients import Answered, Crowd
from tests.bench.deadline.havoc import Havoc, Target
from tests.bench.deadline.reckoning import faults
from tests.tenders.stage import Stage

VERSIONS = 5  # of each bid
IN_TIME = 0.6  # of all submissions are answered when the deadline is so many seconds away:
NOTICE = 0.5
MARGIN = 0.25  # of all submissions: what may come within these seconds
DEATHS = (0.62, 0.2, 0.4, 0.8)  # of PostgreSQL, by the share of submissions answered; the first is near the deadline


@dataclass(frozen=True)
class Race:
    """How many submissions by how many clients, and how many of them are asked for again (all where None).

    Each time that ``worker_step`` of them are answered a web worker is killed, but ``every`` so many seconds at most
    (``worker_step`` 0: never), and PostgreSQL ``deaths`` times.
    """

    submissions: int
    clients: int
    again: int | None = None
    worker_step: float = 0
    every: float = 0.2
    deaths: int = 0

    @property
    def share(self) -> int:
        """Submissions of one client."""
        return -(-self.submissions // self.clients)

    @property
    def bids(self) -> int:
        """Bids of one client, enough for all that it will submit in time."""
        return math.ceil(self.share * (IN_TIME + MARGIN) / VERSIONS)


def run(race: Race, target: Target) -> Iterator[str]:
    """The sentences to print, as they become known. Raises AssertionError where something does not agree."""
    yield f"Load of the machine: {_load()}."
    prepared = field.prepare(clients=race.clients, bids=race.bids, versions=VERSIONS)
    stage = prepared.stage
    crowd = Crowd(target.port, prepared.bidders, race.share, seed=race.submissions)
    yield f"{race.bids * race.clients:,} bids by {race.clients} clients are sealed, {VERSIONS} versions of each."
    havoc = Havoc(target, step=race.worker_step, every=race.every, at=DEATHS[: race.deaths])
    start = time.monotonic()
    _race(stage, crowd, havoc, race.share * race.clients)
    yield from _figures(crowd, time.monotonic() - start)
    yield from _deaths(havoc)
    target.wait_until_healthy()
    start = time.monotonic()
    field.open_technical(stage, target.port)
    yield f"Closed, and opened by three openers' programs over HTTP, in {time.monotonic() - start:.1f} s."
    again = crowd.ask_again(race.again)
    seen = field.seen(stage)
    found = [*_differing(crowd.answered, again), *faults(crowd.answered, seen), *field.faults_of_the_trail(prepared)]
    assert not found, "\n".join(found[:20])
    accepted, told = len(seen.versions), len(crowd.answered)
    yield (
        f"{accepted:,} acknowledged, as many stored, {len(seen.opened):,} bids counted and opened as sealed; "
        f"{told - accepted:,} refused as late. 0 late, 0 lost, 0 twice; {told:,} receipts hold; "
        f"{len(again):,} asked for again, the same bytes; the trail has no fault."
    )
    yield f"Load of the machine: {_load()}."


def _race(stage: Stage, crowd: Crowd, havoc: Havoc, total: int) -> None:
    """Let the crowd submit until everybody has submitted everything, the deadline coming meanwhile."""
    crowd.start()
    announced = False
    while crowd.busy:
        done = len(crowd.answered) / total
        havoc.strike(done)
        if done >= IN_TIME and not announced:
            field.move_deadline(stage, NOTICE)
            announced = True
        time.sleep(0.02)
    crowd.end()
    assert any(one.status != 201 for one in crowd.answered), "nobody came after the deadline"


def _differing(answered: Sequence[Answered], again: Sequence[Answered]) -> list[str]:
    first = {one.key: (one.status, one.content) for one in answered}
    return [f"{one.key}: another answer" for one in again if first[one.key] != (one.status, one.content)]


def _load() -> str:
    minutes = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return f"{minutes} (1, 5, 15 minutes) on {os.cpu_count()} cores"


def _figures(crowd: Crowd, took: float) -> Iterator[str]:
    answered = crowd.answered
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
