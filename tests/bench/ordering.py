"""Ten-line orders: through the HTTP API with two web workers, and the same rows by hand-written SQL."""

import http.client
import json
import os
import signal
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import make_token
from accounts.models import Seat
from contracts.actions import ContractTerms
from contracts.models import AgreedVolume, Contract, Order
from core.clock import legal_date
from procurement import children, embedded
from tests.bench.by_hand import place_by_hand
from tests.contracts.builders import contract_in_force
from tests.world import World

LINES = 10
HOSPITALS = 20
CLIENTS = 8
SECONDS = 10
WORKERS = 2


@dataclass(frozen=True)
class Buyer:
    """A hospital's pharmacist, with the secret of an API token."""

    seat: Seat
    secret: str


def report(world: World) -> Iterator[str]:
    """The sentences to print, as they become known."""
    contract, buyers = _prepare(world)
    few, many = _statements(contract, buyers[0], 1), _statements(contract, buyers[0], LINES)
    yield f"An order of 1 line takes {few} statements over HTTP, one of {LINES} lines {many}."
    with web_server() as port:
        per_second, latencies = _over_http(port, contract, buyers)
    p95 = statistics.quantiles(latencies, n=20)[-1]
    yield (
        f"Orders of {LINES} lines over HTTP, {WORKERS} web workers, {CLIENTS} clients on the same machine: "
        f"{per_second:.0f} a second, half within {statistics.median(latencies) * 1000:.0f} ms, "
        f"95 % within {p95 * 1000:.0f} ms."
    )
    by_hand = _by_hand(contract, buyers)
    yield f"The same rows by hand-written SQL on one connection: {by_hand:.0f} orders a second."
    yield f"Ratio: {per_second / by_hand:.2f} (aim: 0.15)."


def _prepare(world: World) -> tuple[Contract, list[Buyer]]:
    """A contract of ten lines in force today, and hospitals that buy by it."""
    hospitals = [world.organisation("hospital") for _ in range(HOSPITALS)]
    today = legal_date(timezone.now())
    contract = contract_in_force(
        world,
        terms=ContractTerms(starts_on=today, ends_on=today + timedelta(days=364)),
        prices=tuple(f"{number}.60" for number in range(1, LINES + 1)),
        volumes=dict.fromkeys(hospitals, 700000000),
    )
    buyers = []
    for hospital in hospitals:
        seat = world.seat(hospital, "pharmacist")
        _token, secret = make_token(label="bench", by=seat, now=timezone.now())
        buyers.append(Buyer(seat, secret))
    return contract, buyers


def body(contract: Contract, lines: int = LINES) -> dict:
    return {"contract": contract.reference, "lines": [{"line": n, "packs": n} for n in range(1, lines + 1)]}


def _statements(contract: Contract, buyer: Buyer, lines: int) -> int:
    client = APIClient(headers={"Authorization": f"Token {buyer.secret}", "Host": "localhost"})
    with CaptureQueriesContext(connection) as queries:
        answer = client.post("/api/v1/orders/", body(contract, lines), headers={"Idempotency-Key": uuid4().hex})
    assert answer.status_code == 201, answer.content
    return len(queries)


@contextmanager
def web_server() -> Iterator[int]:
    """The production web server with the web role's rights, on a free port."""
    port = embedded.choose_port(0)
    command = [
        sys.executable, "-m", "gunicorn", "procurement.wsgi", f"--bind=127.0.0.1:{port}", f"--workers={WORKERS}",
        "--worker-class=gthread", "--threads=4", "--no-control-socket", "--log-level=warning",
    ]  # fmt: skip
    server = children.start(command, env={**os.environ, "DB_ROLE": "web"}, cwd=embedded.PROJECT)
    try:
        _wait_until_it_answers(port)
        yield port
    finally:
        children.stop(server, (signal.SIGTERM, 5))


def _wait_until_it_answers(port: int) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            asked.request("GET", "/healthz")
            asked.getresponse()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def _over_http(port: int, contract: Contract, buyers: list[Buyer]) -> tuple[float, list[float]]:
    """Orders a second, and each order's seconds."""
    latencies: list[float] = []
    text = json.dumps(body(contract))
    before = Order.objects.count()
    end = time.monotonic() + SECONDS

    def buy(mine: list[Buyer]) -> None:
        shop = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < end:
            for buyer in mine:
                headers = {
                    "Authorization": f"Token {buyer.secret}",
                    "Content-Type": "application/json",
                    "Idempotency-Key": uuid4().hex,
                }
                start = time.monotonic()
                shop.request("POST", "/api/v1/orders/", text, headers)
                answer = shop.getresponse()
                said = answer.read()
                assert answer.status == 201, said
                latencies.append(time.monotonic() - start)

    start = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(buy, [buyers[number::CLIENTS] for number in range(CLIENTS)]))
    took = time.monotonic() - start
    placed = Order.objects.count() - before
    assert placed == len(latencies), f"{len(latencies)} orders were answered and {placed} are stored"
    return placed / took, latencies


def _by_hand(contract: Contract, buyers: list[Buyer]) -> float:
    """Orders a second on one connection of the web role."""
    volumes = {
        buyer.seat.pk: list(
            AgreedVolume.objects.filter(hospital=buyer.seat.organisation_id)
            .order_by("pk")
            .values_list("pk", "line__products", "line__price", "line__products__pack_size")
        )
        for buyer in buyers
    }
    placed = 0
    with psycopg.connect(embedded.environment(embedded.folder())["DATABASE_URL"]) as web:
        start = time.monotonic()
        while time.monotonic() - start < SECONDS:
            for buyer in buyers:
                place_by_hand(web, contract, buyer.seat, volumes[buyer.seat.pk])
                placed += 1
        return placed / (time.monotonic() - start)
