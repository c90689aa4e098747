"""Sealed submissions: through the HTTP API, through the action alone, and the same guarded rows by hand-written SQL."""

import base64
import json
import random
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from core.clock import database_clock
from procurement import embedded
from tenders.actions.bidding import Submission, submit_bid
from tenders.models import Bid, BidVersion
from tests.bench.by_hand import submit_by_hand
from tests.bench.deadline.clients import Bidder, Crowd, Sealed, programs
from tests.bench.ordering import WORKERS, web_server
from tests.tenders.bids import a_bid, moved_deadline
from tests.tenders.stage import published_tender
from tests.world import World

CLIENTS = 8
SHARE = 100  # submissions a client over HTTP, and of the action
BIDS = 5  # of each client
BY_HAND = 2000
AIM = 0.1


def report(world: World) -> Iterator[str]:
    """The sentences to print, as they become known."""
    stage = published_tender(world, lots=("20.00",), suppliers=CLIENTS + 2)
    moved_deadline(stage.tender, database_clock() + timedelta(hours=5))
    bids = [a_bid(stage, supplier=supplier) for supplier in stage.suppliers for _bid in range(BIDS)]
    *crowd, one, first = programs(stage.suppliers, bids, SHARE // BIDS)
    yield f"A submission takes {_statements(first)} statements over HTTP."
    with web_server() as port:
        start = time.monotonic()
        race = Crowd(port, crowd, SHARE, seed=1, longest_stall=0)
        race.start()
        race.end()
        per_second = len(race.answered) / (time.monotonic() - start)
    assert {answer.status for answer in race.answered} == {201}
    seconds = [answer.seconds for answer in race.answered]
    yield (
        f"Sealed submissions over HTTP, {WORKERS} web workers, {CLIENTS} clients on the same machine: "
        f"{per_second:.0f} a second, half within {statistics.median(seconds) * 1000:.0f} ms, "
        f"95 % within {statistics.quantiles(seconds, n=20)[-1] * 1000:.0f} ms."
    )
    by_action = _by_action(one)
    yield f"Through the action alone, on one connection: {by_action:.0f} a second."
    by_hand = _by_hand(BidVersion.objects.order_by("pk").first())
    yield f"The same guarded rows by hand-written SQL on one connection: {by_hand:.0f} a second."
    yield f"Ratio: {per_second / by_hand:.2f} over HTTP (aim: {AIM}), {by_action / by_hand:.2f} by the action."


def _statements(bidder: Bidder) -> int:
    """Of a second submission: the first one finds nothing in memory yet."""
    client = APIClient(headers={"Authorization": f"Token {bidder.secret}", "Host": "localhost"})
    for version in bidder.bids[0][:2]:
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(
                f"/api/v1/bids/{version.bid}/versions/",
                version.body,
                content_type="application/json",
                headers={"Idempotency-Key": uuid4().hex},
            )
        assert answer.status_code == 201, answer.content
    return len(queries)


def _by_action(bidder: Bidder) -> float:
    submissions = [(version, _submission(version)) for versions in bidder.bids for version in versions]
    related = Bid.objects.select_related("tender", "lot__tender", "supplier", "prepared_by__organisation")
    start = time.monotonic()
    for version, submission in submissions:
        bid = related.get(reference=version.bid)
        submit_bid(bid=bid, submission=submission, by=bid.prepared_by, now=timezone.now())
    return len(submissions) / (time.monotonic() - start)


def _submission(version: Sealed) -> Submission:
    files = {kind: base64.b64decode(text) for kind, text in json.loads(version.body).items()}
    return Submission(uuid4().hex, **files)


def _by_hand(version: BidVersion) -> float:
    """Submissions a second on one connection of the web role."""
    chance = random.Random(1)
    with psycopg.connect(embedded.environment(embedded.folder())["DATABASE_URL"]) as web:
        start = time.monotonic()
        for _submission in range(BY_HAND):
            submit_by_hand(web, version, key=f"{chance.getrandbits(128):032x}")
        return BY_HAND / (time.monotonic() - start)
