"""A succession meets another one, an order or a report: whoever comes second waits and finds what is so by then."""

import pytest

from accounts.models import Filing, Organisation, Seat
from contracts.actions import OrderRow, place_order, planning
from contracts.actions import orders as ordering
from contracts.actions import successions as passing
from contracts.models import AgreedVolume, Contract, Order
from contracts.querysets import AgreedVolumeQuerySet
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from demand import actions as demanding
from demand.actions import ReportedLine, open_window, report_demand
from demand.models import DemandReport
from tests.concurrency.meeting import at_once, come_upon, held_up
from tests.contracts.builders import contract_in_force
from tests.contracts.crowd import check_volumes
from tests.demand.stage import item_of, window_plan
from tests.procurement.successions import LATER, Register
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def register(world):
    return Register(world)


@pytest.fixture
def contract(world):
    return contract_in_force(world, prices=("6.60",), volumes={world.hospital: 700})


def placing(world, contract):
    buyer = world.pharmacist
    return lambda: place_order(contract=Contract.objects.get(pk=contract.pk), rows=[OrderRow(1, 3)], by=buyer, now=NOW)


def test_of_two_successors_one_takes_the_place(world, register, contract):
    filings = [
        register.file(world.hospital, world.organisation("hospital", name), kind)
        for name, kind in (("One", Filing.Kind.MERGER), ("Two", Filing.Kind.SUCCESSION))
    ]
    outcomes = at_once(*[lambda filing=filing: register.confirm(filing) for filing in filings])
    (lost,) = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert isinstance(lost, Conflict)
    heir = Organisation.objects.get(pk=world.hospital.pk).succeeded_by
    assert AgreedVolume.objects.get().hospital == heir
    assert Seat.objects.filter(organisation__name__in=("One", "Two")).values("organisation").distinct().count() <= 1
    assert sorted(Filing.objects.values_list("status", flat=True)) == ["confirmed", "proposed"]


def test_a_filing_is_confirmed_once_by_two_at_once(world, register, contract):
    filing = register.file(world.hospital, world.organisation("hospital", "One"))
    outcomes = at_once(*[lambda: register.confirm(filing)] * 2)
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 1
    assert AgreedVolume.objects.count() == 1


def test_an_order_that_holds_its_volume_is_waited_for_and_passes(world, register, contract, monkeypatch):
    after = world.organisation("hospital", "Successor")
    filing = register.file(world.hospital, after)
    place, signals = placing(world, contract), held_up(monkeypatch, planning, "_require_open")
    placed, done, waited = come_upon(signals, place, lambda: register.confirm(filing))
    assert waited
    assert not isinstance(placed, Exception)
    assert not isinstance(done, Exception)
    assert Order.objects.get().hospital == after
    assert AgreedVolume.objects.get().hospital == after
    check_volumes()


def test_an_order_that_comes_later_finds_the_volume_gone(world, register, contract, monkeypatch):
    after = world.organisation("hospital", "Successor")
    filing = register.file(world.hospital, after)
    place, signals = placing(world, contract), held_up(monkeypatch, passing, "_pass_orders")
    done, refused, waited = come_upon(signals, lambda: register.confirm(filing), place)
    assert waited
    assert not isinstance(done, Exception)
    assert isinstance(refused, Refused)
    assert not Order.objects.exists()
    check_volumes()


@pytest.mark.parametrize("held", [(planning, "_require_open"), (passing, "_pass_orders")])
def test_an_order_of_a_supplier_that_is_succeeded_goes_to_its_successor(world, register, contract, monkeypatch, held):
    after = world.organisation("supplier", "Successor")
    filing = register.file(world.supplier, after)
    acts = [placing(world, contract), lambda: register.confirm(filing)]
    signals = held_up(monkeypatch, *held)
    outcomes = come_upon(signals, *(acts if held[0] is planning else reversed(acts)))
    assert not any(isinstance(outcome, Exception) for outcome in outcomes)
    assert Order.objects.get().deliverer == after
    assert Contract.objects.get().supplier == after


@pytest.mark.parametrize("locks", [True, False])
def test_without_the_lock_on_volumes_an_order_would_stay_with_who_is_no_more(
    world, register, contract, monkeypatch, locks
):
    after = world.organisation("supplier", "Successor")
    filing, place = register.file(world.supplier, after), placing(world, contract)
    if not locks:
        monkeypatch.setattr(AgreedVolumeQuerySet, "touched_by", lambda rows, *_both: rows.none())
    signals = held_up(monkeypatch, ordering, "_record")
    placed, done, waited = come_upon(signals, place, lambda: register.confirm(filing))
    assert not isinstance(placed, Exception)
    assert not isinstance(done, Exception)
    assert (waited, Order.objects.get().deliverer == after) == (locks, locks)


@pytest.mark.parametrize("report_first", [True, False])
def test_a_report_that_meets_a_succession_passes_or_is_denied(world, register, monkeypatch, report_first):
    after, reporter = world.organisation("hospital", "Successor"), world.pharmacist
    plan = window_plan(closes_on=legal_date(LATER))
    window = open_window(
        plan=plan, items=[item_of(world, "Alpha")], hospitals=[world.hospital], by=world.officer, now=NOW
    )
    filing = register.file(world.hospital, after)
    acts = [
        lambda: report_demand(window=window, lines=[ReportedLine(1, 10)], by=reporter, now=NOW),
        lambda: register.confirm(filing),
    ]
    signals = held_up(monkeypatch, demanding, "_check_open" if report_first else "_pass_report")
    first, second, waited = come_upon(signals, *(acts if report_first else reversed(acts)))
    assert waited
    assert not isinstance(first, Exception)
    assert isinstance(second, Denied) != report_first
    reports = DemandReport.objects.values_list("hospital", flat=True)
    assert list(reports) == ([after.pk] if report_first else [])


def test_nobody_gets_a_seat_in_an_organisation_that_is_just_ending(world, register, monkeypatch):
    after, person = world.organisation("hospital", "Successor"), world.pharmacist.person
    filing = register.file(world.hospital, after)
    signals = held_up(monkeypatch, passing, "_pass_orders")
    done, refused, waited = come_upon(
        signals,
        lambda: register.confirm(filing),
        lambda: world.seat(Organisation.objects.get(pk=world.hospital.pk), "receiver"),
    )
    assert waited
    assert not isinstance(done, Exception)
    assert isinstance(refused, Refused)
    assert Seat.objects.filter(person=person, organisation=after).exists()
