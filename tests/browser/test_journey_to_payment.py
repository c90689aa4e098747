"""From an award to a payment, page by page: contract, order, delivery, acceptance, a bank account, and what is owed to
it."""

import pytest

from contracts.models import Payable
from tests.browser import stretches
from tests.contracts.builders import awarded_tender
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_awarded_is_ordered_delivered_and_paid(walk, world, travel):
    awarded_tender(world, prices=("6.60",))
    supplier = world.seat(world.supplier, "bid_manager", "signatory", "dispatcher")
    travel(NOW)
    stretches.conclude_contract(walk, world, supplier)
    stretches.order_and_receive(walk, world, supplier)
    stretches.say_where_to_pay(walk, world, supplier)
    stretches.settle(walk, world, supplier, travel)
    assert not Payable.objects.filter(settled_on=None).exists()
    assert walk.problems == []
