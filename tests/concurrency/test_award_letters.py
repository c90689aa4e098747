"""A winner signs while the agency ends its award, on two real connections: one of both is written, never both."""

from datetime import timedelta

import pytest

from awards.actions import accept_offer, award_next, lapse_award, offer_next
from awards.models import Award, AwardLetter
from contracts.actions import sign_contract
from contracts.models import Contract
from core.errors import Conflict, Refused
from tests.awards.test_after_the_decision import (
    AWARDED,
    DAY,
    ONE,
    awarded_lot,
    presented,
    refused,
    signatory,
    the_award,
)
from tests.concurrency.test_award import at_once
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    return World()


def test_of_a_signature_and_an_end_at_once_one_is_written_and_the_other_is_told(world):
    awarded_lot(world, ONE)
    contract = presented(world, the_award())
    until, seat = the_award().letter.sign_until, signatory(world, the_award().supplier)
    awarder = world.awarder
    signed, lapsed = at_once(
        lambda: sign_contract(contract=contract, by=seat, now=until - timedelta(microseconds=1)),
        lambda: lapse_award(award=the_award(), by=awarder, now=until),
    )
    assert isinstance(signed, Refused) != isinstance(lapsed, Refused)
    letter = AwardLetter.objects.get()
    assert (letter.signed_at is None) != (letter.ended_at is None)
    assert (Contract.objects.get().signed_by_supplier_at is None) == (letter.signed_at is None)


def test_of_two_officers_who_award_to_the_next_at_once_one_does(world):
    awarded_lot(world, ONE)
    refused(world)
    offer = offer_next(award=the_award(), by=world.awarder, now=AWARDED + DAY)
    accept_offer(offer=offer, by=signatory(world, offer.supplier), now=AWARDED + DAY)
    officers = [world.seat(world.agency, "awarder") for _two in range(2)]
    outcomes = at_once(*(lambda by=by: award_next(award=the_award(), by=by, now=AWARDED + 2 * DAY) for by in officers))
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 1
    assert Award.objects.filter(replaces__isnull=False).count() == 1
