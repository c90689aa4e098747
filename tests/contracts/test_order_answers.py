"""Between placing and delivery: approved by another person, confirmed whole or in part, refused, taken back."""

import pytest

from accounts.actions import give_seat
from contracts.actions import (
    DistributionTerms,
    approve_order,
    cancel_order,
    confirm_order,
    name_deliverer,
    refuse_order,
    send_back_order,
)
from contracts.models import AgreedVolume, Order
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from tests.contracts.builders import contract_in_force, order
from tests.world import NOW


def drawn(contract):
    return list(AgreedVolume.objects.filter(line__contract=contract).order_by("line").values_list("ordered", flat=True))


@pytest.fixture
def contract(world):
    return contract_in_force(world)


def approved(world, contract, *packs):
    return approve_order(order=order(world, contract, *packs), by=world.order_approver, now=NOW)


def test_an_order_is_approved_by_another_person_of_the_hospital(world, contract):
    placed = order(world, contract, 5)
    elsewhere = world.seat(world.organisation("hospital"), "order_approver")
    for seat in (world.pharmacist, elsewhere, world.officer):
        with pytest.raises(Denied):
            approve_order(order=placed, by=seat, now=NOW)
    assert approve_order(order=placed, by=world.order_approver, now=NOW).status == Order.Status.APPROVED


def test_a_person_with_two_seats_does_not_approve_the_own_order(world, contract):
    placed = order(world, contract, 5)
    other = world.organisation("hospital")
    approver = give_seat(
        person=placed.placed_by.person,
        organisation=other,
        roles=["order_approver"],
        starts_on=legal_date(NOW),
        by=None,
        now=NOW,
    )
    with pytest.raises(Refused, match="somebody else"):
        approve_order(order=_moved(placed, other), by=approver, now=NOW)


@action
def _moved(order, hospital):
    Order.objects.filter(pk=order.pk).update(hospital=hospital)
    return Order.objects.get(pk=order.pk)


def test_an_order_not_approved_ends_with_its_reason_and_draws_nothing(world, contract):
    placed = order(world, contract, 5, 2)
    with pytest.raises(Refused, match="reason"):
        send_back_order(order=placed, reason=" ", by=world.order_approver, now=NOW)
    send_back_order(order=placed, reason="over budget", by=world.order_approver, now=NOW)
    assert placed.status == Order.Status.SENT_BACK
    assert drawn(contract) == [0, 0]
    with pytest.raises(Refused, match="not approved"):
        approve_order(order=placed, by=world.order_approver, now=NOW)


def test_confirming_all_promises_every_pack(world, contract):
    placed = confirm_order(order=approved(world, contract, 5, 2), by=world.dispatcher, now=NOW)
    assert list(placed.lines.order_by("pk").values_list("confirmed", "released")) == [(5, 0), (2, 0)]
    assert drawn(contract) == [35, 14]


def test_confirming_a_part_releases_the_rest(world, contract):
    placed = confirm_order(order=approved(world, contract, 5, 2), packs={1: 3, 2: 0}, by=world.dispatcher, now=NOW)
    assert list(placed.lines.order_by("pk").values_list("confirmed", "released")) == [(3, 2), (0, 2)]
    assert drawn(contract) == [21, 0]
    assert Event.objects.get(subject=placed.reference, verb="order.confirmed").data == {"confirmed": 3, "ordered": 7}


@pytest.mark.parametrize(
    ("packs", "words"),
    [
        ({1: 6, 2: 2}, "Line 1: confirm 0 to 5"),
        ({1: -1, 2: 2}, "Line 1: confirm 0 to 5"),
        ({1: 5}, "every line"),
        ({1: 5, 2: 2, 3: 1}, "every line"),
        ({1: 0, 2: 0}, "Refuse the order instead"),
    ],
)
def test_a_confirmation_that_does_not_fit_the_order_is_refused(world, contract, packs, words):
    waiting = approved(world, contract, 5, 2)
    with pytest.raises(Refused, match=words):
        confirm_order(order=waiting, packs=packs, by=world.dispatcher, now=NOW)
    assert Order.objects.get(pk=waiting.pk).status == Order.Status.APPROVED
    assert drawn(contract) == [35, 14]


def test_the_deliverer_refuses_with_a_reason(world, contract):
    waiting = approved(world, contract, 5)
    with pytest.raises(Refused, match="reason"):
        refuse_order(order=waiting, reason="", by=world.dispatcher, now=NOW)
    refuse_order(order=waiting, reason="out of stock", by=world.dispatcher, now=NOW)
    assert (waiting.status, waiting.reason, drawn(contract)) == (Order.Status.REFUSED, "out of stock", [0, 0])


def test_an_order_is_cancelled_before_the_deliverer_answers_and_not_after(world, contract):
    waiting = approved(world, contract, 5)
    cancel_order(order=waiting, reason="typed wrongly", by=world.pharmacist, now=NOW)
    assert drawn(contract) == [0, 0]
    promised = confirm_order(order=approved(world, contract, 5), by=world.dispatcher, now=NOW)
    with pytest.raises(Refused, match="confirmed"):
        cancel_order(order=promised, reason="too late", by=world.pharmacist, now=NOW)
    assert drawn(contract) == [35, 0]


def test_what_one_page_read_another_has_changed(world, contract):
    waiting = approved(world, contract, 5)
    stale = Order.objects.get(pk=waiting.pk)
    confirm_order(order=waiting, by=world.dispatcher, now=NOW)
    with pytest.raises(Conflict):
        cancel_order(order=stale, reason="typed wrongly", by=world.pharmacist, now=NOW)
    assert drawn(contract) == [35, 0]


def test_orders_go_to_the_deliverer_named_when_they_were_placed(world, contract):
    before = approved(world, contract, 1)
    distributor = world.organisation("distributor")
    driver = world.seat(distributor, "dispatcher")
    terms = DistributionTerms(distributor, legal_date(NOW))
    name_deliverer(contract=contract, terms=terms, by=world.bid_manager, now=NOW)
    after = approved(world, contract, 2)
    assert (before.deliverer, after.deliverer) == (world.supplier, distributor)
    with pytest.raises(Denied):
        confirm_order(order=after, by=world.dispatcher, now=NOW)
    confirm_order(order=after, by=driver, now=NOW)
    confirm_order(order=before, by=world.dispatcher, now=NOW)
