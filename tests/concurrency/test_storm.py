"""A storm: fifty clients submit, withdraw and extend in random order, all at once, through the API.

Nobody meets anything but success, a conflict or a refusal, nothing that was acknowledged is lost, and no two wait for
each other for ever.
"""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Lock

import pytest
from django.db import connection
from rest_framework.test import APIClient

from accounts.actions import make_token
from core.clock import database_clock, legal_date
from tenders.models import Bid, BidVersion, Change, Receipt, Tender
from tests.concurrency.test_bidding_races import is_one_chain
from tests.tenders.bids import a_bid, by_hand, fresh, moved_deadline, sealed
from tests.tenders.stage import published_tender
from tests.tenders.test_bidding_api import files
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, ACTS, BIDS = 50, 4, 6
PATIENCE = 60


@pytest.fixture
def stage(transactional_db):
    stage = published_tender(World(), lots=("20.00",), suppliers=2)
    moved_deadline(stage.tender, database_clock() + timedelta(hours=1))
    supply = legal_date(database_clock()) + timedelta(days=60)
    columns = {"supply_from": supply, "supply_to": supply + timedelta(days=364)}
    by_hand(lambda: Tender.objects.filter(pk=stage.tender.pk).update(**columns))
    stage.tender = fresh(stage.tender)
    return stage


class Storm:
    """What fifty clients do to the bids of two suppliers and to the deadline of their tender."""

    def __init__(self, stage) -> None:
        self.tender = stage.tender
        self.bids = [a_bid(stage, supplier=stage.suppliers[number % 2]) for number in range(BIDS)]
        self.submissions = {bid.pk: [sealed(bid, "13.50", version=n) for n in range(1, ACTS + 1)] for bid in self.bids}
        self.officers = stage.world.preparer, stage.officer
        seats = [*stage.suppliers, *self.officers]
        self.secrets = {seat.pk: make_token(label="storm", by=seat, now=NOW)[1] for seat in seats}
        self.told: Counter[tuple[int, str]] = Counter()
        self.receipts: list[bytes] = []
        self.lock = Lock()
        self.gate = Barrier(CLIENTS)

    def run(self) -> None:
        with ThreadPoolExecutor(CLIENTS) as pool:
            for client in [pool.submit(self.client, number) for number in range(CLIENTS)]:
                client.result(PATIENCE * 3)

    def client(self, number: int) -> None:
        chance = random.Random(number)
        try:
            self.gate.wait(PATIENCE)
            for act in range(ACTS):
                self.act(chance, f"client-{number}-act-{act}")
        finally:
            connection.close()

    def act(self, chance: random.Random, key: str) -> None:
        bid = chance.choice(self.bids)
        what = chance.choices((self.submit, self.withdraw, self.extend), (5, 3, 2))[0]
        what(bid, chance, key)

    def submit(self, bid: Bid, chance: random.Random, key: str) -> None:
        body = files(chance.choice(self.submissions[bid.pk]))
        self.keep_receipt(self.send(bid.prepared_by_id, f"bids/{bid.reference}/versions/", body, key))

    def withdraw(self, bid: Bid, chance: random.Random, key: str) -> None:
        self.keep_receipt(self.send(bid.prepared_by_id, f"bids/{bid.reference}/withdrawal/", {}, key))

    def extend(self, bid: Bid, chance: random.Random, key: str) -> None:
        """One officer proposes, the other one approves what that made."""
        later = self.tender.deadline + timedelta(seconds=chance.randrange(1, 10_000))
        proposal = {"deadline": later.isoformat(), "reason": "A storm"}
        proposer, approver = self.officers
        made = self.send(proposer.pk, f"tenders/{self.tender.reference}/extensions/", proposal, key)
        if "number" in made:
            self.send(approver.pk, f"tenders/{self.tender.reference}/changes/{made['number']}/approve/", {}, key)

    def send(self, seat: int, path: str, body: dict, key: str) -> dict:
        client = APIClient(raise_request_exception=False)
        headers = {"Authorization": f"Token {self.secrets[seat]}", "Idempotency-Key": key}
        answer = client.post(f"/api/v1/{path}", body, headers=headers)
        told = answer.json()
        with self.lock:
            self.told[answer.status_code, told.get("code", "")] += 1
        return told

    def keep_receipt(self, told: dict) -> None:
        receipt = told.get("receipt", told)
        if "document" in receipt:
            with self.lock:
                self.receipts.append(receipt["document"].encode())


def test_fifty_clients_at_once_are_told_yes_conflict_or_no_and_nothing_is_lost(stage):
    storm = Storm(stage)
    storm.run()
    assert {status for status, _code in storm.told} <= {200, 201, 409, 422}
    assert not any(code == "busy" for _status, code in storm.told), "somebody waited in vain, or in a circle"
    assert sorted(storm.receipts) == sorted(bytes(receipt.document) for receipt in Receipt.objects.all())
    assert all(is_one_chain(bid) for bid in storm.bids)
    kinds = set(BidVersion.objects.values_list("kind", flat=True))
    approved = Change.objects.filter(status="approved").order_by("approved_at")
    assert kinds == {"bid", "withdrawal"}
    assert approved
    assert fresh(stage.tender).deadline == max(change.deadline for change in approved)
