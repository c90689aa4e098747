"""The yardstick is fair: the hand-written SQL leaves the rows that the API leaves."""

from datetime import timedelta

import pytest
from django.db import connection
from rest_framework.test import APIClient

from accounts.actions import make_token
from contracts.models import AgreedVolume, Order, OrderLine
from core.clock import database_clock
from core.models import Event, IdempotencyKey, OutboxMessage, SearchEntry
from tenders.models import BidVersion, Receipt
from tests.bench.by_hand import place_by_hand, submit_by_hand
from tests.bench.ordering import body
from tests.contracts.builders import contract_in_force
from tests.tenders.bids import a_bid, moved_deadline, sealed
from tests.tenders.stage import published_tender
from tests.tenders.test_bidding_api import files
from tests.world import NOW

# What differs between any two orders, and the answer, of which the yardstick keeps the reference only.
OWN = {
    "id",
    "mac",
    "reference",
    "subject",
    "order_id",
    "placed_at",
    "at",
    "due_at",
    "created_at",
    "key",
    "request",
    "fingerprint",
    "answer",
    "basket",  # its own reference
}


def rows(model, own=frozenset(OWN)) -> list[dict]:
    found = model.objects.order_by("pk").values()
    return [{name: value for name, value in row.items() if name not in own} for row in found]


@pytest.mark.django_db
def test_an_order_by_hand_leaves_the_rows_of_an_order_over_http(world):
    contract = contract_in_force(world, volumes={world.hospital: 7000})
    _token, secret = make_token(label="bench", by=world.pharmacist, now=NOW)
    events, messages = Event.objects.count(), OutboxMessage.objects.count()
    volumes = list(
        AgreedVolume.objects.order_by("pk").values_list(
            "pk", "line__products", "line__price", "line__products__pack_size"
        )
    )

    client = APIClient(headers={"Authorization": f"Token {secret}"})
    answer = client.post("/api/v1/orders/", body(contract, 2), headers={"Idempotency-Key": "0123456789"})
    assert answer.status_code == 201, answer.content
    place_by_hand(connection.connection, contract, world.pharmacist, volumes)

    by_api, by_hand = sorted(rows(Order), key=lambda row: row["amount"])
    assert by_api == by_hand
    lines = rows(OrderLine)
    assert lines[:2] == lines[2:]
    assert {volume.ordered for volume in AgreedVolume.objects.all()} == {2 * 7, 2 * 2 * 7}
    assert rows(Event)[events] == rows(Event)[events + 1]
    by_api, by_hand = rows(SearchEntry, OWN | {"url", "organisations", "tokens", "names"})[-2:]
    assert by_api == by_hand
    assert [row["task"] for row in rows(OutboxMessage)[messages:]] == ["contracts.tasks.tell_of_order"] * 2
    assert rows(IdempotencyKey)[0] == rows(IdempotencyKey)[1]


# What differs between two versions of one bid.
OF_A_VERSION = OWN | {"number", "data", "submission_key", "received_at", "version_id"}


@pytest.mark.django_db
def test_a_submission_by_hand_leaves_the_rows_of_a_submission_over_http(world):
    stage = published_tender(world, lots=("20.00",), suppliers=1)
    moved_deadline(stage.tender, database_clock() + timedelta(hours=1))
    bid = a_bid(stage)
    _token, secret = make_token(label="bench", by=bid.prepared_by, now=NOW)
    events = Event.objects.count()

    client = APIClient(headers={"Authorization": f"Token {secret}"})
    path = f"/api/v1/bids/{bid.reference}/versions/"
    answer = client.post(path, files(sealed(bid, "13.50")), headers={"Idempotency-Key": "0123456789"})
    assert answer.status_code == 201, answer.content
    submit_by_hand(connection.connection, BidVersion.objects.get(), key="9876543210")

    assert [version.number for version in BidVersion.objects.all()] == [1, 2]
    for model, before in ((BidVersion, 0), (Receipt, 0), (IdempotencyKey, 0), (Event, events)):
        by_api, by_hand = rows(model, OF_A_VERSION)[before:]
        assert by_api == by_hand
