"""The yardstick is fair: the hand-written SQL leaves the rows that the API leaves."""

import pytest
from django.db import connection
from rest_framework.test import APIClient

from accounts.actions import make_token
from contracts.models import AgreedVolume, Order, OrderLine
from core.models import Event, IdempotencyKey, OutboxMessage
from tests.bench.by_hand import place_by_hand
from tests.bench.ordering import body
from tests.contracts.builders import contract_in_force
from tests.world import NOW

# What differs between any two orders, and the answer, of which the yardstick keeps the reference only.
OWN = {
    "id",
    "reference",
    "subject",
    "order_id",
    "placed_at",
    "at",
    "due_at",
    "created_at",
    "key",
    "fingerprint",
    "answer",
}


def rows(model) -> list[dict]:
    return [{name: value for name, value in row.items() if name not in OWN} for row in model.objects.values()]


@pytest.mark.django_db
def test_an_order_by_hand_leaves_the_rows_of_an_order_over_http(world):
    contract = contract_in_force(world, volumes={world.hospital: 7000})
    _token, secret = make_token(label="bench", by=world.pharmacist, now=NOW)
    events, messages = Event.objects.count(), OutboxMessage.objects.count()
    volumes = list(AgreedVolume.objects.order_by("pk").values_list("pk", "line__price", "line__pack_size"))

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
    assert [row["task"] for row in rows(OutboxMessage)[messages:]] == ["contracts.tasks.tell_of_order"] * 2
    assert rows(IdempotencyKey)[0] == rows(IdempotencyKey)[1]
