"""From an imported catalogue to a payment through the pages, in one run: everybody finds the way from the list of what
to do, every opener and evaluator does their part, and axe looks at every page that is passed."""

from datetime import timedelta

import pytest

from accounts.permissions import OrganisationKind
from catalogue.actions import link_maker
from catalogue.models import Maker
from tests.browser import stretches
from tests.tenders.stage import rule_set
from tests.world import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.nightly]

# Maker, price a pack and points: the cheapest fails the technical envelope, the first wins.
BIDS = (
    ("Demo maker 1", "6.60", "90"),
    ("Demo maker 2", "7.10", "85"),
    ("Demo maker 3", "8.00", "80"),
    ("Demo maker 4", "5.00", "30"),
)


def test_a_medicine_goes_from_catalogue_to_payment_in_a_browser(walk, world, travel, tmp_path):
    travel(NOW)
    rule_set()
    stretches.import_catalogue(walk, world)
    stretches.report_demand(walk, world, travel)
    stretches.prepare_tender(walk, world)
    keys, evaluators = _named(walk, world)
    stretches.publish_tender(walk, world)
    bidders = [_bidder(world, maker) for maker, _price, _points in BIDS]
    for bidder, (maker, price, _points) in zip(bidders, BIDS, strict=True):
        stretches.seal_bid(walk, bidder, maker, price, tmp_path)
    travel(NOW + timedelta(days=40))
    stretches.ask_openers(walk, world, "technical envelopes")
    stretches.release_and_sign(walk, keys[:3])
    given = {bidder.organisation.name: [points] for bidder, (_, _, points) in zip(bidders, BIDS, strict=True)}
    for evaluator in evaluators:
        stretches.evaluate(walk, evaluator, given)
    stretches.publish_result(walk, world, rejected=bidders[3])
    travel(NOW + timedelta(days=45))
    stretches.ask_openers(walk, world, "prices")
    stretches.release_and_sign(walk, keys[2:])
    stretches.award_lot(walk, world, bidders, travel, at=NOW + timedelta(days=52))
    stretches.read_why(walk, bidders, "阿托伐他汀钙片", "6.60")
    stretches.conclude_contract(walk, world, bidders[0])
    stretches.order_and_receive(walk, world, bidders[0])
    stretches.say_where_to_pay(walk, world, bidders[0])
    stretches.settle(walk, world, bidders[0], travel)
    assert walk.problems == []


def _named(walk, world):
    """Five openers of three organisations and five evaluators, each of whom does their part."""
    homes = (world.agency, world.regulator, world.hospital)
    openers = [world.seat(homes[number % 3], "opener") for number in range(5)]
    evaluators = [world.seat(world.hospital, "evaluator") for _number in range(5)]
    stretches.name_people(walk, openers, evaluators)
    keys = [stretches.make_key(walk, opener) for opener in openers]
    for key in keys:
        stretches.prove_key(walk, key)
    for evaluator in evaluators:
        stretches.declare(walk, evaluator)
    return keys, evaluators


def _bidder(world, maker):
    organisation = world.organisation(OrganisationKind.SUPPLIER)
    link_maker(maker=Maker.objects.get(name=maker), organisation=organisation, by=world.cataloguer, now=NOW)
    return world.seat(organisation, "bid_manager", "signatory", "dispatcher")
