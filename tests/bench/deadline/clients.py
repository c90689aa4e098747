"""Bidders' programs on bad lines: they stall, are cut off, and send the same again until there is an answer."""

import base64
import http.client
import json
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from django.db import connections

from accounts.actions import make_token
from accounts.models import Seat
from sealing.envelope import Requirements, Slot, seal
from sealing.offers import Offer
from sealing.payloads import commercial_payload, technical_payload
from tenders.actions.bidding import sealing_notice
from tenders.models import Bid
from tests.tenders.bids import offered
from tests.world import NOW

LONGEST_STALL = 0.36  # seconds
PATIENCE = 60  # seconds for one answer
GIVE_UP = 300  # seconds for an answer at all
# Who is told to come back in a moment does so sooner than a polite program would.
PAUSE = 0.2


@dataclass(frozen=True)
class Sealed:
    """One version of one bid, sealed and ready to be sent."""

    bid: str
    number: int
    hashes: tuple[str, ...]
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Answered:
    """What a client was told about one submission in the end."""

    key: str
    sealed: Sealed
    status: int
    content: bytes = field(repr=False)
    attempts: int
    seconds: float  # from the last byte sent to the answer, of the attempt that was answered
    whole: float  # from the first byte of the first attempt


@dataclass
class Bidder:
    """A supplier's program: a token, and for each of its bids the versions that it will submit in turn."""

    secret: str
    bids: list[list[Sealed]]


def answers_of(bid: str, number: int) -> dict[str, str]:
    """What the technical envelope of a version says: which one it is, so that an opening can be held against it."""
    return {"C-01": f"{bid} version {number}", "C-02": "24 of 24 samples passed", "C-03": "98.2 percent"}


def programs(seats: Sequence[Seat], bids: Sequence[Bid], versions: int) -> list[Bidder]:
    """Programs for these seats, with so many versions of each bid sealed on all cores."""
    notices = {bid.lot_id: [sealing_notice(bid.lot, kind) for kind in ("technical", "commercial")] for bid in bids}
    to_seal = [
        (notices[bid.lot_id], bid.supplier.credit_code, bid.reference, offered(bid, "13.50"), number)
        for bid in bids
        for number in range(1, versions + 1)
    ]
    tokens = {seat.pk: make_token(label="bench", by=seat, now=NOW)[1] for seat in seats}
    connections.close_all()
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
        sealed = list(pool.map(_seal, to_seal, chunksize=20))
    of_bid = {bid.reference: sealed[place * versions :][:versions] for place, bid in enumerate(bids)}
    return [
        Bidder(secret, [of_bid[bid.reference] for bid in bids if bid.prepared_by_id == seat])
        for seat, secret in tokens.items()
    ]


def _seal(task: tuple[list[Requirements], str, str, Offer, int]) -> Sealed:
    notices, supplier, bid, offer, number = task
    payloads = {
        "technical": technical_payload(answers_of(bid, number)),
        "commercial": commercial_payload(offer),
    }
    files = {
        kind: seal(payload, notice, Slot(supplier, bid, number, kind)).file
        for (kind, payload), notice in zip(payloads.items(), notices, strict=True)
    }
    body = json.dumps({kind: base64.b64encode(file).decode() for kind, file in files.items()}).encode()
    return Sealed(bid, number, tuple(sha256(file).hexdigest() for file in files.values()), body)


class Line:
    """The connection of one client to the web server. Whatever happens to it, it begins anew."""

    def __init__(self, port: int, secret: str, chance: random.Random) -> None:
        self.port, self.secret, self.chance = port, secret, chance
        self.connection: http.client.HTTPConnection | None = None
        self.lost: Counter[str] = Counter()

    def deliver(self, sealed: Sealed, key: str, *, longest_stall: float = LONGEST_STALL) -> Answered:
        """Send a submission under its key until it is answered with a verdict."""
        began, attempts = time.monotonic(), 0
        while time.monotonic() - began < GIVE_UP:
            attempts += 1
            try:
                status, content, seconds = self._send(sealed, key, longest_stall)
            except (OSError, http.client.HTTPException) as error:
                self.close()
                self.lost[type(error).__name__] += 1
                time.sleep(self.chance.uniform(0, PAUSE))
                continue
            if status in (201, 422) or (status == 409 and b'"busy"' not in content):
                return Answered(key, sealed, status, content, attempts, seconds, time.monotonic() - began)
            self.lost[str(status)] += 1
            time.sleep(self.chance.uniform(0, PAUSE))
        raise TimeoutError(f"no verdict on {sealed.bid} version {sealed.number} in {GIVE_UP} s: {dict(self.lost)}")

    def _send(self, sealed: Sealed, key: str, longest_stall: float) -> tuple[int, bytes, float]:
        """One attempt, stalling before it, between its headers and its body, or in the middle of the body."""
        stall, place = self.chance.uniform(0, longest_stall), self.chance.randrange(3)
        if place == 0:
            time.sleep(stall)
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self.connection.putrequest("POST", f"/api/v1/bids/{sealed.bid}/versions/")
        for name, value in (
            ("Authorization", f"Token {self.secret}"),
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(sealed.body))),
            ("Idempotency-Key", key),
        ):
            self.connection.putheader(name, value)
        self.connection.endheaders()
        if place == 1:
            time.sleep(stall)
        half = len(sealed.body) // 2
        self.connection.send(sealed.body[:half])
        if place == 2:
            time.sleep(stall)
        self.connection.send(sealed.body[half:])
        sent = time.monotonic()
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.will_close:
            self.close()
        return answer.status, content, time.monotonic() - sent

    def close(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None


@dataclass
class Crowd:
    """All clients at once: each submits its share, one submission after the other, over its bids in random order.

    An accepted version is followed by the next one. A refused one is submitted again, as a new submission.
    """

    port: int
    bidders: Sequence[Bidder]
    share: int
    seed: int
    longest_stall: float = LONGEST_STALL
    answered: list[Answered] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    clients: list[Future[None]] = field(default_factory=list)

    def start(self) -> None:
        pool = ThreadPoolExecutor(len(self.bidders))
        self.clients = [pool.submit(self._submit, number) for number in range(len(self.bidders))]
        pool.shutdown(wait=False)

    @property
    def busy(self) -> bool:
        return not all(client.done() for client in self.clients)

    def end(self) -> None:
        """Wait for everybody. Raises what a client met with."""
        for client in self.clients:
            client.result()

    def _submit(self, number: int) -> None:
        chance = random.Random(f"{self.seed}-{number}")
        bidder = self.bidders[number]
        line = Line(self.port, bidder.secret, chance)
        waiting = [list(versions) for versions in bidder.bids]
        for _submission in range(self.share):
            left = [versions for versions in waiting if versions]
            if not left:
                break
            versions = chance.choice(left)
            key = str(UUID(int=chance.getrandbits(128), version=4))
            answer = line.deliver(versions[0], key, longest_stall=self.longest_stall)
            if answer.status == 201:
                versions.pop(0)
            self.answered.append(answer)
        line.close()
        self.lost.update(line.lost)

    def ask_again(self, how_many: int | None) -> list[Answered]:
        """Submissions once more, all or so many at random, under their keys and without stalls."""
        asked = random.Random(self.seed).sample(self.answered, how_many or len(self.answered))
        secrets = {versions[0].bid: bidder.secret for bidder in self.bidders for versions in bidder.bids}

        def again(share: Sequence[Answered]) -> list[Answered]:
            lines: dict[str, Line] = {}
            told = []
            for one in share:
                secret = secrets[one.sealed.bid]
                line = lines.setdefault(secret, Line(self.port, secret, random.Random(self.seed)))
                told.append(line.deliver(one.sealed, one.key, longest_stall=0))
            for line in lines.values():
                line.close()
            return told

        with ThreadPoolExecutor(8) as pool:
            return [one for told in pool.map(again, [asked[place::8] for place in range(8)]) for one in told]
