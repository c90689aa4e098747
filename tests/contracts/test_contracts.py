"""A contract follows from binding awards, is signed by both sides, and names who delivers."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from awards.models import Award, Decision
from contracts.actions import DistributionTerms, name_deliverer, prepare_contract, sign_contract, terminate_contract
from contracts.models import AgreedVolume, Contract, ContractLine
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from tests.contracts.builders import TERMS, awarded_tender, contract_in_force
from tests.world import NOW


def prepared(world, terms=TERMS, **tender):
    return prepared_of(world, awarded_tender(world, **tender), terms)


def prepared_of(world, tender, terms=TERMS):
    return prepare_contract(source=tender.reference, supplier=world.supplier, terms=terms, by=world.officer, now=NOW)


@action
def _bind(award):
    facts = {"awarded_at": NOW, "awarded_by": award.decision.proposed_by}
    Decision.objects.filter(pk=award.decision_id).update(status="awarded", **facts)


def test_lines_carry_the_awarded_price_and_the_version_that_was_bid(world):
    contract = prepared(world)
    assert contract.status == Contract.Status.DRAFT
    assert (contract.agency, contract.supplier) == (world.agency, world.supplier)
    lines = list(contract.lines.order_by("number"))
    products = [line.products.get() for line in lines]
    assert [line.price for line in lines] == [Decimal("6.600000"), Decimal("17.810000")]
    assert [(one.number, one.price, one.pack_size) for one in products] == [
        (1, Decimal("6.600000"), 7),
        (1, Decimal("17.810000"), 7),
    ]
    assert [one.product_version for one in products] == [line.award.products.get().product_version for line in lines]


def test_each_hospital_agrees_to_its_frozen_volume_and_a_maximum_where_there_is_one(world):
    second = world.organisation("hospital")
    volumes = {world.hospital: 7000, second: 101}
    contract = prepared(world, replace(TERMS, maximum_percent=120), volumes=volumes, prices=("1.00",))
    agreed = AgreedVolume.objects.filter(line__contract=contract).order_by("-agreed")
    assert list(agreed.values_list("hospital", "agreed", "maximum")) == [
        (world.hospital.pk, 7000, 8400),
        (second.pk, 101, 121),
    ]


@pytest.mark.parametrize(("factor", "agreed", "units"), [("1", 101, "7"), ("2", 202, "14"), ("0.5", 51, "3.5")])
def test_volumes_count_the_main_specification_and_a_pack_draws_what_it_is_of_it(world, factor, agreed, units):
    """101 tablets that count as a half each are 51 of the main specification; a pack of 7 of them draws 3.5."""
    contract = prepared(world, prices=("1.00",), volumes={world.hospital: 101}, factor=factor)
    assert AgreedVolume.objects.get(line__contract=contract).agreed == agreed
    assert contract.lines.get().products.get().units == Decimal(units)


def test_an_award_in_standstill_waits_and_gets_a_contract_of_its_own_later(world):
    tender = awarded_tender(world, binding=False)
    with pytest.raises(Refused, match="no award"):
        prepared_of(world, tender)
    first, second = Award.objects.order_by("pk")
    _bind(first)
    one = prepared_of(world, tender)
    _bind(second)
    two = prepared_of(world, tender)
    assert [line.award for line in (one.lines.get(), two.lines.get())] == [first, second]
    with pytest.raises(Refused, match="no award"):
        prepared_of(world, tender)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_on": TERMS.starts_on - timedelta(days=1)}, "ends_on"),
        ({"starts_on": TERMS.starts_on - timedelta(days=9), "ends_on": TERMS.starts_on - timedelta(days=1)}, "ends_on"),
        ({"payment_days": 366}, "payment_days"),
        ({"payment_days": None}, "payment_days"),
        ({"payment_rule": "end_of_next_month"}, "payment_days"),
        ({"payment_cap": 45}, "cap_policy"),
        ({"payment_cap": 61, "cap_policy": "Order 802"}, "payment_cap"),
        ({"minimum_shelf_life": -1}, "minimum_shelf_life"),
        ({"maximum_percent": 99}, "maximum_percent"),
    ],
)
def test_terms_that_make_no_sense_are_refused_at_their_field(world, change, field):
    with pytest.raises(Refused) as refusal:
        prepared(world, replace(TERMS, **change))
    assert [fault.field for fault in refusal.value.faults] == [field]
    assert not ContractLine.objects.exists()


def test_it_is_in_force_when_both_sides_have_signed_in_either_order(world):
    contract = prepared(world)
    half = sign_contract(contract=contract, by=world.awarder, now=NOW)
    assert half.status == Contract.Status.DRAFT
    with pytest.raises(Conflict, match="signed this contract already"):
        sign_contract(contract=contract, by=world.awarder, now=NOW)
    whole = sign_contract(contract=contract, by=world.bid_manager, now=NOW)
    assert whole.status == Contract.Status.SIGNED
    verbs = Event.objects.filter(subject=contract.reference).values_list("verb", flat=True)
    assert list(verbs) == [
        "contract.prepared",
        "contract.signed_by_agency",
        "contract.signed_by_supplier",
        "contract.in_force",
    ]


def test_only_the_two_sides_sign_and_only_who_may(world):
    contract = prepared(world)
    rival = world.seat(world.organisation("supplier"), "signatory")
    for seat in (world.officer, world.dispatcher, rival, world.pharmacist):
        with pytest.raises(Denied):
            sign_contract(contract=contract, by=seat, now=NOW)


def test_the_agency_terminates_with_a_reason_and_only_what_is_in_force(world):
    with pytest.raises(Refused, match="to be signed"):
        terminate_contract(contract=prepared(world), reason="breach", by=world.awarder, now=NOW)
    contract = contract_in_force(world)
    with pytest.raises(Refused, match="reason"):
        terminate_contract(contract=contract, reason="", by=world.awarder, now=NOW)
    with pytest.raises(Denied):
        terminate_contract(contract=contract, reason="breach", by=world.bid_manager, now=NOW)
    terminate_contract(contract=contract, reason="breach", by=world.awarder, now=NOW)
    terms = DistributionTerms(world.supplier, legal_date(NOW))
    with pytest.raises(Refused, match="terminated"):
        name_deliverer(contract=contract, terms=terms, by=world.bid_manager, now=NOW)


def test_a_contract_is_seen_by_its_parties_only(world):
    contract = contract_in_force(world)
    for seat in (world.officer, world.finance, world.auditor, world.bid_manager, world.pharmacist):
        assert contract in Contract.objects.visible_to(seat)
    for kind, role in (("hospital", "pharmacist"), ("supplier", "signatory"), ("distributor", "dispatcher")):
        stranger = world.seat(world.organisation(kind), role)
        assert contract not in Contract.objects.visible_to(stranger)
