"""What is open of an organisation passes to its successor in one act; what is past keeps its party; nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import F, Q, Sum
from hypothesis import HealthCheck, given, settings

from accounts.actions import Basis, Tie, give_seat, invite, propose_affiliation, propose_succession
from accounts.models import Affiliation, Filing, Invitation, Organisation, Seat
from awards.models import Award
from catalogue.actions import Letter, authorise, record_price
from catalogue.models import Authorisation, Maker, PriceEntry, ProductVersion
from catalogue.rules import PriceFact
from contracts.actions import (
    DistributionTerms,
    OrderRow,
    PayerTerms,
    Verdict,
    accept_delivery,
    approve_order,
    confirm_order,
    name_deliverer,
    place_order,
    prepare_contract,
    set_payer,
    sign_contract,
)
from contracts.figures import figures
from contracts.models import AgreedVolume, Contract, Delivery, Distribution, Order, OrderLine, Payable, PayerRow
from contracts.presentation.contracts import letter
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from core.search import find
from demand.actions import ReportedLine, open_window, report_demand
from demand.models import DemandEntry, DemandReport
from procurement import shell
from tests.contracts.builders import (
    TERMS,
    awarded_tender,
    contract_in_force,
    order,
    product,
    trade,
)
from tests.contracts.crowd import STEPS, Crowd, check_everything
from tests.demand.stage import item_of, window_plan
from tests.procurement.successions import LATER, PAPER, Register
from tests.roles import as_web
from tests.world import NOW

TODAY = legal_date(NOW)
THEN = legal_date(LATER)
OPEN = F("amount") - F("reversed") - F("paid")


@pytest.fixture
def register(world):
    return Register(world)


def another(world, like: Organisation, name: str = "Successor") -> Organisation:
    return world.organisation(like.kind, name)


def now_of(organisation: Organisation) -> Organisation:
    return Organisation.objects.get(pk=organisation.pk)


# --- Nothing is lost ---------------------------------------------------------------------------------------
def sums(*organisations: Organisation) -> dict[str, object]:
    """What is agreed, drawn, under way and owed, of some organisations together."""
    volumes = AgreedVolume.objects.filter(hospital__in=organisations)
    lines = OrderLine.objects.filter(order__hospital__in=organisations)
    debts = Payable.objects.filter(hospital__in=organisations)
    packs = ("packs", "released", "delivered", "accepted")
    return {
        "volumes": volumes.aggregate(Sum("agreed"), Sum("maximum"), Sum("ordered")),
        "packs": lines.aggregate(*map(Sum, packs)),
        "amounts": Order.objects.filter(hospital__in=organisations).aggregate(Sum("amount")),
        "debts": debts.aggregate(
            Sum("amount"), Sum("reversed"), Sum("paid"), open=Sum(F("amount") - F("reversed") - F("paid"))
        ),
        "days": sorted(debts.values_list("reference", "owed_from", "due_on", "amount", "paid")),
    }


def open_of(organisation: Organisation) -> list[object]:
    """What is still open of an organisation."""
    either = Q(hospital=organisation) | Q(deliverer=organisation)
    return [
        *AgreedVolume.objects.filter(hospital=organisation),
        *Contract.objects.open(THEN).filter(supplier=organisation),
        *Order.objects.open().filter(either),
        *Delivery.objects.waiting().filter(either),
        *Payable.objects.unpaid().filter(Q(payee=organisation) | Q(payer=organisation)),
    ]


@pytest.fixture
def contract(world):
    terms = replace(TERMS, minimum_shelf_life=30, maximum_percent=150)
    second = another(world, world.hospital, "Second")
    volumes = {world.hospital: 100, second: 60}
    made = contract_in_force(world, terms=terms, prices=("0.335", "17.815"), volumes=volumes)
    for seat in (world.pharmacist, world.order_approver, world.dispatcher, world.receiver, world.finance):
        assert seat.pk
    return made


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_volumes_packs_and_debts_are_the_same_before_and_after(world, contract, register, steps):
    with transaction.atomic():
        second = Organisation.objects.get(name="Second")
        buyer = world.seat(second, "pharmacist")
        crowd = Crowd(world, contract)
        for step in steps:
            with transaction.atomic():
                crowd.step(*step)
        place_order(contract=contract, rows=[OrderRow(1, 2)], by=buyer, now=NOW)
        both, successor = sums(world.hospital, second), another(world, world.supplier)
        register.succeed(world.hospital, second)
        check_everything()
        assert open_of(world.hospital) == []
        assert sums(world.hospital, second) == both
        assert AgreedVolume.objects.count() == 2
        register.succeed(world.supplier, successor)
        check_everything()
        assert open_of(world.supplier) == []
        assert sums(world.hospital, second) == both
        transaction.set_rollback(True)


# --- A hospital --------------------------------------------------------------------------------------------
def test_a_hospital_is_renamed_by_another_in_its_place_and_goes_on_buying(world, register):
    made = trade(world, volumes={world.hospital: 70000})
    after, now = another(world, world.hospital), made.waiting.placed_at + timedelta(hours=1)
    register.succeed(world.hospital, after, Filing.Kind.SUCCESSION, now)
    found = {one.pk: one for one in Order.objects.all()}
    assert {found[one.pk].hospital for one in (made.waiting, made.approved, made.to_send)} == {after}
    assert Delivery.objects.get(pk=made.under_way.pk).hospital == after
    assert Delivery.objects.get(pk=made.received.pk).hospital == world.hospital
    receiver = Seat.objects.get(organisation=after, person=world.receiver.person)
    verdicts = [Verdict(line.number, line.packs) for line in made.under_way.lines.all()]
    with pytest.raises(Denied):
        accept_delivery(delivery=made.under_way, verdicts=verdicts, by=world.receiver, now=now)
    accept_delivery(delivery=made.under_way, verdicts=verdicts, by=receiver, now=now)
    approver = Seat.objects.get(organisation=after, person=world.order_approver.person)
    approve_order(order=found[made.waiting.pk], by=approver, now=now)
    buyer = Seat.objects.get(organisation=after, person=world.pharmacist.person)
    assert place_order(contract=made.contract, rows=[OrderRow(1, 1)], by=buyer, now=now).hospital_id == after.pk
    seen = Order.objects.visible_to(Seat.objects.select_related("organisation").get(pk=buyer.pk))
    assert seen.count() == Order.objects.count()


def test_volumes_of_one_line_add_up_and_a_side_without_a_maximum_has_none(world, register):
    after = another(world, world.hospital)
    contract = contract_in_force(world, prices=("6.60",), volumes={world.hospital: 100, after: 40})

    order(world, contract, 2)
    register.succeed(world.hospital, after)
    volume = AgreedVolume.objects.get()
    assert (volume.hospital, volume.agreed, volume.maximum, volume.ordered) == (after, 140, None, 14)
    assert set(OrderLine.objects.values_list("volume", flat=True)) == {volume.pk}


def test_what_expired_or_was_terminated_keeps_its_hospital(world, register):
    contract = contract_in_force(world, prices=("6.60",))
    after = another(world, world.hospital)
    long_after = NOW + timedelta(days=800)
    register.succeed(world.hospital, after, now=long_after)
    assert AgreedVolume.objects.get().hospital == world.hospital
    assert Contract.objects.get(pk=contract.pk).supplier == world.supplier


def test_demand_that_is_not_locked_adds_up_and_what_is_locked_stays(world, register):
    after = another(world, world.hospital)
    items = [item_of(world, name) for name in ("Alpha", "Beta", "Gamma")]
    far = window_plan(closes_on=TODAY + timedelta(days=90))
    window = open_window(plan=far, items=items, hospitals=[world.hospital, after], by=world.officer, now=NOW)
    lone = open_window(plan=far, items=items[:1], hospitals=[world.hospital], by=world.officer, now=NOW)
    report_demand(window=window, lines=[ReportedLine(1, 10), ReportedLine(2, 20)], by=world.pharmacist, now=NOW)
    report_demand(window=lone, lines=[ReportedLine(1, 7)], by=world.pharmacist, now=NOW)
    other = world.seat(after, "pharmacist")
    report_demand(window=window, lines=[ReportedLine(2, 5), ReportedLine(3, 1)], by=other, now=NOW)
    register.succeed(world.hospital, after)
    assert set(window.hospitals.all()) == set(lone.hospitals.all()) == {after}
    reports = {report.window_id: report for report in DemandReport.objects.all()}
    assert {report.hospital for report in reports.values()} == {after}
    entries = DemandEntry.objects.filter(report=reports[window.pk]).order_by("item__name")
    assert list(entries.values_list("item__name", "quantity")) == [("Alpha", 10), ("Beta", 25), ("Gamma", 1)]


def test_a_contract_made_later_is_with_whoever_stands_there_now(world, register):
    hospital, supplier = another(world, world.hospital), another(world, world.supplier, "New supplier")
    tender = awarded_tender(world, prices=("6.60",), volumes={world.hospital: 70, hospital: 30})
    register.succeed(world.hospital, hospital)
    register.succeed(world.supplier, supplier)
    made = prepare_contract(
        source=tender.reference,
        supplier=world.supplier,
        terms=replace(TERMS, starts_on=THEN),
        by=world.officer,
        now=LATER,
    )
    assert made.supplier_id == supplier.pk
    assert list(AgreedVolume.objects.values_list("hospital", "agreed")) == [(hospital.pk, 100)]
    assert Award.objects.get().supplier == world.supplier


# --- A supplier, a distributor, a payer --------------------------------------------------------------------
def test_a_supplier_passes_its_contracts_orders_debts_and_right_to_offer(world, register):
    made = trade(world, volumes={world.hospital: 70000})
    after, now = another(world, world.supplier), made.waiting.placed_at + timedelta(hours=1)
    owed = Payable.objects.unpaid().filter(payee=world.supplier).count()
    partly = Payable.objects.filter(paid__gt=0).get()
    register.succeed(world.supplier, after, now=now)
    contract = Contract.objects.get(pk=made.contract.pk)
    assert contract.supplier == after
    assert Payable.objects.unpaid().filter(payee=after).count() == owed
    assert (Payable.objects.get(pk=partly.pk).paid, made.payment.payee) == (partly.paid, world.supplier)
    dispatcher = Seat.objects.get(organisation=after, person=world.dispatcher.person)
    confirm_order(order=Order.objects.get(pk=made.approved.pk), by=dispatcher, now=now)
    placed = place_order(contract=made.contract, rows=[OrderRow(1, 1)], by=world.pharmacist, now=now)
    assert placed.deliverer_id == after.pk
    signatory = Seat.objects.select_related("organisation").get(organisation=after, person=world.bid_manager.person)
    assert Contract.objects.visible_to(signatory).get() == contract
    with as_web(signatory):
        assert contract.reference in {hit.reference for hit in find(after.name, ("contract",), 50)}
        seen = Event.objects.filter(subject=made.received.order.reference)
        assert seen.exists()


def test_a_signed_contract_prints_who_signed_it_and_who_stands_there_now(world, register):
    contract = contract_in_force(world, prices=("6.60",))
    register.succeed(world.supplier, another(world, world.supplier))
    _agency, supplier = letter(Contract.objects.get(pk=contract.pk), world.officer, LATER)["parties"]
    assert (supplier["value"], supplier["note"]) == (world.supplier.name, "now Successor")


def test_a_draft_is_signed_by_the_successor(world, register):
    tender = awarded_tender(world, prices=("6.60",))
    made = prepare_contract(source=tender.reference, supplier=world.supplier, terms=TERMS, by=world.officer, now=NOW)
    after, signatory = another(world, world.supplier), world.bid_manager
    register.succeed(world.supplier, after)
    with pytest.raises(Denied):
        sign_contract(contract=made, by=signatory, now=LATER)
    signatory = Seat.objects.get(organisation=after, person=world.bid_manager.person)
    assert sign_contract(contract=made, by=signatory, now=LATER).signed_by_supplier_by == signatory


def test_makers_and_letters_pass_from_today_on(world, register):
    after = another(world, world.supplier)
    maker = product("Own", maker=world.supplier).product.maker
    foreign = product("Foreign").product.maker
    letter = Letter("sole_agent", foreign, None, TODAY, TODAY + timedelta(days=300), "Letter 1")
    made = authorise(letter=letter, supplier=world.supplier, by=world.cataloguer, now=NOW)
    register.succeed(world.supplier, after)
    assert Maker.objects.get(pk=maker.pk).organisation == after
    old, new = Authorisation.objects.order_by("pk")
    assert (old.pk, old.supplier, old.valid_to) == (made.pk, world.supplier, THEN - timedelta(days=1))
    assert (new.supplier, new.valid_from, new.valid_to) == (after, THEN, TODAY + timedelta(days=300))
    offered = ProductVersion.objects.offered_by(after.pk, THEN, dealers=False)
    assert offered.count() == 2


def test_hidden_prices_are_shown_to_the_successor_from_then_on(world, register):
    """As web processes do it: the wall lets the agency write prices, and the parties alone see them."""
    item, after = product("Hidden").product.item, another(world, world.supplier)
    fact = PriceFact(
        item_id=item.pk,
        region_code=world.region.pk,
        price=Decimal("7.00"),
        units=1,
        valid_from=TODAY,
        source="minutes",
        parties=(world.supplier.pk,),
    )
    entry = record_price(fact=fact, kind="negotiated", by=world.cataloguer, now=NOW)
    filing = register.file(world.supplier, after)
    with as_web(after):
        assert not PriceEntry.objects.filter(pk=entry.pk).exists()
    with as_web(register.second):
        register.confirm(filing)
    with as_web(after):
        assert PriceEntry.objects.get(pk=entry.pk).parties == [world.supplier.pk, after.pk]


def test_the_figures_of_a_hospital_count_whom_it_succeeded(world, register):
    made = trade(world, volumes={world.hospital: 70000})
    after, now = another(world, world.hospital), made.waiting.placed_at + timedelta(hours=1)
    before = [(str(figure.label), figure.value) for figure in figures(world.pharmacist, now)]
    register.succeed(world.hospital, after, now=now)
    buyer = Seat.objects.select_related("organisation").get(organisation=after, person=world.pharmacist.person)
    assert [(str(figure.label), figure.value) for figure in figures(buyer, now)] == before
    assert len(before) > 2


def test_a_distributor_passes_its_areas_and_what_is_under_way(world, register):
    contract = contract_in_force(world, prices=("6.60",))
    before = world.organisation("distributor", "Old roads")
    after = another(world, before)
    future = TODAY + timedelta(days=100)
    for terms in (DistributionTerms(before, TODAY), DistributionTerms(before, future, area=world.region)):
        name_deliverer(contract=contract, terms=terms, by=world.bid_manager, now=NOW)
    placed = approve_order(order=order(world, contract, 2), by=world.order_approver, now=NOW)
    register.succeed(before, after)
    assert Order.objects.get(pk=placed.pk).deliverer == after
    rows = list(Distribution.objects.order_by("number").values_list("deliverer__name", "valid_from", "valid_to"))
    assert rows == [
        ("Old roads", TODAY, THEN - timedelta(days=1)),
        ("Successor", future, None),
        ("Successor", THEN, None),
    ]


def test_rows_of_who_pays_and_debts_pass_and_the_successors_own_row_stands(world, register):
    after, payer = another(world, world.hospital), another(world, world.payer, "Other fund")
    for terms in (
        PayerTerms("organisation", TODAY, payer=world.payer, institution=world.hospital),
        PayerTerms("organisation", TODAY, payer=world.payer, region=world.region),
        PayerTerms("hospital", TODAY, institution=after),
    ):
        set_payer(terms=terms, by=world.awarder, now=NOW)
    register.succeed(world.hospital, after)
    standing = PayerRow.objects.filter(valid_to=None)
    assert set(standing.values_list("who", "institution", "payer")) == {
        ("organisation", None, world.payer.pk),
        ("hospital", after.pk, None),
    }
    register.succeed(world.payer, payer)
    assert set(PayerRow.objects.filter(valid_to=None, payer__isnull=False).values_list("payer", flat=True)) == {
        payer.pk
    }


# --- People ------------------------------------------------------------------------------------------------
def test_people_sit_in_the_successor_and_keep_what_is_sealed(world, register):
    after = another(world, world.supplier)
    bidder, mover = world.bid_manager, world.dispatcher
    both = world.seat(world.supplier, "signatory")
    give_seat(person=both.person, organisation=after, roles=["dispatcher"], starts_on=TODAY, by=None, now=NOW)
    invite(email="new@example.test", name="New", organisation=world.supplier, roles=["dispatcher"], by=None, now=LATER)
    register.succeed(world.supplier, after)
    seats = {seat.person_id: seat.roles for seat in Seat.objects.filter(organisation=after, ended_at=None)}
    assert seats == {
        bidder.person_id: ["bid_manager", "signatory"],
        mover.person_id: ["dispatcher"],
        both.person_id: ["dispatcher", "signatory"],
    }
    old = Seat.objects.filter(organisation=world.supplier, ended_at=None)
    assert [(seat.person_id, seat.roles) for seat in old] == [(bidder.person_id, ["bid_manager"])]
    assert Invitation.objects.get().organisation == after
    with pytest.raises(Refused, match="has ended"):
        give_seat(
            person=mover.person,
            organisation=now_of(world.supplier),
            roles=["dispatcher"],
            starts_on=THEN,
            by=None,
            now=LATER,
        )


def test_one_person_never_holds_by_succession_what_one_must_not(world, register):
    after = another(world, world.hospital)
    person = world.pharmacist.person
    give_seat(person=person, organisation=after, roles=["order_approver"], starts_on=TODAY, by=None, now=NOW)
    register.succeed(world.hospital, after)
    assert Seat.objects.get(organisation=after, person=person).roles == ["order_approver"]


def test_whoever_belonged_together_still_does(world, register):
    one, other = (world.organisation("supplier", name) for name in ("One", "Other"))
    after = another(world, one)
    tie = propose_affiliation(tie=Tie("control", one, other), basis=Basis(TODAY, PAPER), by=register.first, now=LATER)
    register.confirm(tie)
    register.succeed(one, after)
    assert list(after.affiliated(on=THEN)) == [other]
    assert list(one.affiliated(on=THEN)) == []
    assert list(one.affiliated(on=THEN - timedelta(days=1))) == [other]
    register.succeed(other, after)
    assert not Affiliation.objects.on(THEN + timedelta(days=1)).exists()


# --- Once, in order, and by whom ---------------------------------------------------------------------------
def test_it_happens_once(world, register):
    after, third = another(world, world.hospital), another(world, world.hospital, "Third")
    filing = register.file(world.hospital, after)
    rival = register.file(world.hospital, third, Filing.Kind.SUCCESSION)
    register.confirm(filing)
    for seen in (filing, Filing.objects.get(pk=filing.pk), rival):
        with pytest.raises(Conflict):
            register.confirm(seen)
    with pytest.raises(Refused, match="has ended"):
        register.file(now_of(world.hospital), third)
    with pytest.raises(Refused, match="has ended"):
        register.file(third, now_of(world.hospital))
    assert now_of(world.hospital).succeeded_by == after


def test_lineage_goes_through_all_who_were_succeeded(world, register):
    first, second, third = (world.organisation("hospital", name) for name in ("A", "B", "C"))
    register.succeed(first, second)
    register.succeed(now_of(second), third)
    assert now_of(third).lineage() == [third.pk, second.pk, first.pk]
    assert Organisation.objects.heirs([first.pk, second.pk, third.pk]) == dict.fromkeys(
        (first.pk, second.pk, third.pk), third.pk
    )


def test_agencies_and_different_kinds_are_refused(world, register):
    for before, after in (
        (world.agency, world.organisation("agency")),
        (world.hospital, world.supplier),
        (world.hospital, world.hospital),
    ):
        with pytest.raises(Refused):
            register.file(before, after)
    with pytest.raises(Refused):
        propose_succession(
            kind="renaming", organisation=world.hospital, other=another(world, world.hospital),
            basis=Basis(TODAY, PAPER), by=register.first, now=LATER,
        )  # fmt: skip
    with pytest.raises(Denied):
        propose_succession(
            kind="merger", organisation=world.hospital, other=another(world, world.hospital),
            basis=Basis(TODAY, PAPER), by=world.officer, now=LATER,
        )  # fmt: skip


def test_a_split_moves_nothing(world, register):
    contract_in_force(world, prices=("6.60",))
    new = another(world, world.hospital)
    register.succeed(new, world.hospital, Filing.Kind.SPLIT)
    assert AgreedVolume.objects.get().hospital == world.hospital
    assert now_of(new).standing == now_of(world.hospital).standing == "in force"
    assert Event.objects.filter(verb="organisation.split").count() == 2


def test_in_liquidation_the_administrator_alone_acts(world, register):
    administrator, mover = world.seat(world.supplier, "signatory"), world.dispatcher
    register.liquidate(world.supplier, administrator)
    assert list(Seat.objects.current(THEN).filter(organisation=world.supplier)) == [administrator]
    assert now_of(world.supplier).standing == "in liquidation"
    assert Seat.objects.get(pk=mover.pk).ended_by == register.second
    with pytest.raises(Refused, match="seat"):
        register.liquidate(world.hospital, administrator)


def test_nothing_that_is_open_is_closed_with_its_organisation(world, register):
    contract = contract_in_force(world, prices=("6.60",))
    order(world, contract, 1)
    with pytest.raises(Refused, match="agreed volumes"):
        register.close(world.hospital)
    assert now_of(world.hospital).ended_on is None
    idle = world.organisation("hospital", "Idle")
    seat = world.seat(idle, "pharmacist")
    register.close(idle)
    assert (now_of(idle).ended_on, now_of(idle).standing) == (THEN, "closed")
    assert Seat.objects.get(pk=seat.pk).ended_at == LATER


def test_the_preview_says_what_passes(world):
    made = trade(world, volumes={world.hospital: 70000})
    told = {str(one.label): one.count for one in shell.passing(world.hospital, made.waiting.placed_at)}
    assert told["agreed volumes"] == 2
    assert told["orders not received"] == Order.objects.open().count() == 10
    assert told["deliveries that wait for a verdict"] == 1
    told = {str(one.label): one.count for one in shell.passing(world.supplier, made.waiting.placed_at)}
    assert told["contracts as supplier"] == 1
    assert told["debts to it"] == Payable.objects.unpaid().count()
