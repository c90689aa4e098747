"""Whatever people do in whatever order: volumes, packs and money add up after every step."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from contracts.models import Acceptance, Order
from payments.models import PaymentLine
from tests.contracts.builders import TERMS, contract_in_force
from tests.contracts.crowd import STEPS, Crowd, check_everything

pytestmark = pytest.mark.django_db


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_volumes_packs_and_money_add_up_after_every_step(world, contract, steps):
    with transaction.atomic():
        crowd = Crowd(world, contract)
        for step in steps:
            with transaction.atomic():
                crowd.step(*step)
            check_everything()
        transaction.set_rollback(True)


@pytest.fixture
def contract(world):
    terms = TERMS.__class__(TERMS.starts_on, TERMS.ends_on, minimum_shelf_life=30, maximum_percent=150)
    made = contract_in_force(world, terms=terms, prices=("0.335", "17.815"), volumes={world.hospital: 100})
    for seat in (world.pharmacist, world.order_approver, world.dispatcher, world.receiver, world.finance):
        assert seat.pk
    return made


def test_the_walk_reaches_every_act(world, contract):
    """The random steps above prove nothing about an act that is always refused: here each succeeds once."""
    crowd = Crowd(world, contract)
    for step in (
        ("place", 0, 8),
        ("place", 0, 2),
        ("place", 0, 2),
        ("place", 0, 2),
        ("approve", 0, 0),
        ("confirm", 0, 2),
        ("send_back", 0, 0),
        ("approve", 0, 0),
        ("refuse", 0, 0),
        ("cancel", 0, 0),
        ("deliver", 0, 4),
        ("accept", 1, 1),
        ("accept", 2, 0),
        ("reverse", 0, 0),
        ("accept", 2, 0),
        ("pay", 0, 0),
    ):
        crowd.step(*step)
        check_everything()
    assert set(Order.objects.values_list("status", flat=True)) == {"confirmed", "sent_back", "cancelled", "refused"}
    assert Acceptance.objects.filter(reverses__isnull=False).count() == 1
    assert PaymentLine.objects.count() == 1
