"""How things stand on the home page: four figures for every role, to the cent."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone

from awards.actions import file_objection
from contracts.models import Payable
from contracts.rules import DELIVER_WITHIN
from core.clock import legal_date
from core.shell import per_cent, thousandths
from core.workdays import working_calendar
from payments.actions import PaymentRow, record_payment
from procurement import shell
from tenders.models import Lot
from tests.contracts.builders import awarded_tender, current_contract, product, trade
from tests.procurement.home import OWED, PACKS_OF_LINE_1, one_order, shown
from tests.tenders.bids import bids_in
from tests.tenders.judging import JUDGED, PROPOSED, opened_bids, proposed_lot, review, score
from tests.tenders.stage import DEADLINE, draft_tender, published_tender
from tests.world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


# --- Shares -----------------------------------------------------------------------------------------------
def test_only_the_whole_is_a_hundred_per_cent():
    assert per_cent(2, 3) == "66.6"
    assert per_cent(99_999, 100_000) == "99.9"
    assert per_cent(Decimal("1.10"), Decimal("1.10")) == "100.0"
    assert per_cent(Fraction(5, 4), 1) == "125.0"
    assert per_cent(0, 0) == "–"
    assert thousandths(99_999, 100_000) == 999
    assert thousandths(5, 4) == 1000
    assert thousandths(1, 0) == 0


# --- Money ------------------------------------------------------------------------------------------------
def test_finance_sees_what_is_due_overdue_and_needed(world, now):
    trade(world)
    found = shown(world.finance, now)
    assert list(found) == ["Paid within 30 days", "Due within 7 days", "Overdue", "Cash need in 4 weeks"]
    assert found["Due within 7 days"].value == "¥5,693.10"
    assert found["Due within 7 days"].normal == "today: ¥2,930.99"
    assert found["Overdue"].value == "¥10,957.29"
    assert (found["Overdue"].trend, found["Overdue"].tone) == ("longest: 45 days", "bad")
    assert found["Cash need in 4 weeks"].value == "¥7,484.15"
    assert found["Cash need in 4 weeks"].parts == (
        "week 1: ¥5,693.10",
        "week 2: ¥0.00",
        "week 3: ¥0.00",
        "week 4: ¥1,791.05",
    )


def test_paid_in_time_counts_what_is_overdue_and_unpaid_as_late(world, now):
    trade(world)
    assert shown(world.finance, now)["Paid within 30 days"].value == "0.0"
    pay(world, now, age=26)
    pay(world, now, age=40)
    figure = shown(world.finance, now)["Paid within 30 days"]
    settled_in_time, known = OWED[26], OWED[75] + OWED[40] + OWED[31] + OWED[26]
    assert (settled_in_time, known) == (Decimal("2762.11"), Decimal("13919.40"))
    assert figure.value == "19.8"
    assert figure.done == 198
    assert figure.trend == "last 30 days: 0.0%"
    assert figure.direction == "down"


def test_what_was_settled_before_its_day_is_paid_in_time(world, now):
    trade(world)
    pay(world, now, age=75)
    pay(world, now, age=40)
    pay(world, now, age=31)
    assert shown(world.auditor, now)["Paid within 30 days"].value == "0.0"
    pay(world, now, age=3)
    assert shown(world.auditor, now)["Paid within 30 days"].value == "13.8"  # 1791.05 of 12948.34
    assert shown(world.auditor, now)["Overdue"].value == "¥0.00"


def pay(world, now, *, age):
    """The agency pays today what was accepted so many days ago."""
    rows = [
        PaymentRow(row.reference, row.open_amount)
        for row in Payable.objects.filter(owed_from=legal_date(now - timedelta(days=age)))
    ]
    record_payment(
        payee=world.supplier,
        rows=rows,
        bank_reference=f"ICBC-{age}",
        paid_on=legal_date(now),
        by=world.finance,
        now=now,
    )


def test_a_supplier_sees_what_it_is_owed(world, now):
    trade(world)
    found = shown(world.bid_manager, now)
    assert list(found) == ["Open orders", "Delivered in time", "Owed to you", "Overdue"]
    assert found["Owed to you"].value == "¥18,441.44"
    assert found["Owed to you"].normal == f"next: ¥2,930.99 on {legal_date(now)}"
    assert found["Overdue"].value == "¥10,957.29"


# --- Orders, deliveries, volumes --------------------------------------------------------------------------
def test_open_orders_wait_for_confirmation_or_for_goods(world, now):
    done = trade(world)
    figure = shown(world.dispatcher, now)["Open orders"]
    assert figure.value == "8"
    assert figure.parts == ("1 to confirm", "7 to send")  # six of them because a pack was short
    assert done.approved.amount == Decimal("506.64")


def test_delivered_in_time_is_within_two_working_days_of_the_confirmation(world, now):
    contract = current_contract(world)
    for confirmed, sent in ((20, 20), (20, 19), (20, 8), (20, None), (0, None), (100, 50)):
        one_order(world, contract, now, confirmed=confirmed, sent=sent)
    due_on = working_calendar().add(legal_date(now - timedelta(days=20)), DELIVER_WITHIN)
    assert legal_date(now - timedelta(days=19)) <= due_on < legal_date(now - timedelta(days=8))
    figure = shown(world.dispatcher, now)["Delivered in time"]
    assert (figure.value, figure.unit, figure.trend) == ("50.0", "%", "2 orders late")


def test_a_distributor_sees_what_becomes_of_its_deliveries(world, now):
    contract = current_contract(world)
    one_order(world, contract, now, confirmed=9, sent=8)
    distributor = world.seat(world.organisation("distributor"), "dispatcher")
    labels = ["Open orders", "Delivered in time", "Deliveries to accept", "Accepted of what was sent"]
    assert [str(figure.label) for figure in shell.figures(distributor, now)] == labels
    assert shown(distributor, now)["Deliveries to accept"].value == "0"
    assert shown(world.pharmacist, now)["Deliveries to accept"].value == "1"
    assert shown(world.pharmacist, now)["Deliveries to accept"].trend == "longest: 8 days"


def test_a_hospital_sees_its_volumes_spend_deliveries_and_saving(world, now):
    trade(world, price_before="2.00")
    found = shown(world.pharmacist, now)
    assert list(found) == ["Agreed volume done", "Spend this year", "Deliveries to accept", "Saving this year"]
    # 439 packs of line 1 and 884 of line 2, of 10,000 each: 18,641.44 of 244,100.00 yuan
    assert (found["Agreed volume done"].value, found["Agreed volume done"].trend) == ("7.6", "behind")
    assert found["Agreed volume done"].normal == "time elapsed: 33.0%"  # 121 of 366 days
    assert (found["Agreed volume done"].done, found["Agreed volume done"].tick) == (76, 330)
    this_year = [age for age in OWED if legal_date(now - timedelta(days=age)).year == legal_date(now).year]
    assert found["Spend this year"].value == f"¥{sum(OWED[age] for age in this_year):,.2f}"
    assert found["Spend this year"].trend == "last 30 days: ¥4,553.16"
    # A tablet cost 2.00 yuan and costs 6.60 / 7.
    packs = sum(PACKS_OF_LINE_1[age] for age in this_year)
    assert found["Saving this year"].value == f"¥{packs * (14 - Decimal('6.60')):,.2f}"
    assert found["Saving this year"].trend == "52.8%"


def test_prices_before_are_those_of_the_reference_item(world, now):
    need = {"prices": ("6.60", "17.81"), "volumes": {world.hospital: 70000}}
    awarded_tender(world, **need)
    assert shown(world.officer, now)["Saving by awards"].value == "–"
    awarded_tender(world, **need, price_before="2.00")
    figure = shown(world.officer, now)["Saving by awards"]
    assert (figure.value, figure.trend) == ("¥74,000.00", "52.8%")  # 140,000 before, 10,000 packs at 6.60 now
    assert figure.normal == "a year, 1 lot, against the price before"
    # A tablet counts as two of the reference item: 280,000 before.
    awarded_tender(world, **need, price_before="2.00", factor="2")
    assert shown(world.officer, now)["Saving by awards"].value == "¥288,000.00"


def test_a_price_that_rose_is_no_saving(world, now):
    awarded_tender(world, prices=("6.60",), volumes={world.hospital: 7000}, price_before="0.50")
    figure = shown(world.officer, now)["Saving by awards"]
    assert (figure.value, figure.trend, figure.direction, figure.tone) == ("−¥3,100.00", "88.5%", "up", "bad")


# --- Tenders ----------------------------------------------------------------------------------------------
def test_tenders_are_counted_by_how_far_their_last_lot_is(world):
    figure = shown(world.officer, NOW)["Tenders under way"]
    assert (figure.value, figure.parts) == ("0", ())
    stage = published_tender(world)
    draft_tender(world)
    awarded_tender(world)
    figure = shown(world.officer, NOW)["Tenders under way"]
    assert (figure.value, figure.normal) == ("2", "1 is done")
    assert figure.parts == ("1 in preparation", "1 open for bids")
    figure = shown(world.officer, DEADLINE)["Tenders under way"]
    assert figure.parts == ("1 in preparation", "1 in technical evaluation")
    assert stage.tender.deadline == DEADLINE


def test_a_waiting_objection_is_counted_for_the_auditor(world):
    stage, _bids = proposed_lot(world, "13.50", "12.00", "11.00")
    assert shown(world.auditor, PROPOSED)["Objections without an answer"].value == "0"
    bidder = stage.suppliers[1]
    file_objection(lot=Lot.objects.get(pk=stage.lots[0].pk), text="why", by=bidder, now=PROPOSED)
    figure = shown(world.auditor, PROPOSED + timedelta(days=2))["Objections without an answer"]
    assert (figure.value, figure.trend) == ("1", "longest: 2 days")
    assert list(shown(world.auditor, PROPOSED)) == [
        "Tenders under way",
        "Objections without an answer",
        "Paid within 30 days",
        "Overdue",
    ]


def test_an_evaluator_sees_its_own_progress(world):
    stage, bids = opened_bids(world, "13.50", "12.00")
    seat = stage.evaluators[0].seat
    found = shown(seat, JUDGED)
    assert list(found) == [
        "Bids reviewed",
        "Bids scored by you",
        "Lots signed by you",
        "Signatures of all evaluators",
    ]
    assert (found["Bids reviewed"].value, found["Bids reviewed"].unit) == ("0", "of 2")
    assert (found["Bids scored by you"].value, found["Bids scored by you"].normal) == ("–", "after the formal review")
    review(stage, bids)
    score(stage.evaluators[0], {bids[0]: "80"})
    score(stage.evaluators[1], {bids[0]: "70", bids[1]: "70"})
    figure = shown(seat, JUDGED)["Bids scored by you"]
    assert (figure.value, figure.unit, figure.normal, figure.done) == ("1", "of 2", "1 to do", 500)


def test_an_opener_sees_openings_keys_and_requests(world):
    stage = published_tender(world, lots=("20.00",))
    bids_in(stage, "13.50")
    seat = stage.holders[0].seat
    found = shown(seat, NOW)
    assert found["Openings to come"].value == "1"
    assert found["Openings to come"].normal == f"the next: {legal_date(DEADLINE)}"
    assert (found["Keys ready"].value, found["Keys ready"].unit) == ("1", "of 1")
    assert found["Lots waiting for your shares"].value == "0"


def test_a_bidder_who_trades_nothing_yet_sees_tenders_and_its_own_results(world):
    stage, _bids = proposed_lot(world, "13.50", "12.00", "11.00")
    seat = world.seat(stage.suppliers[2].organisation, "bid_manager")
    found = shown(seat, PROPOSED)
    assert list(found) == ["Open for bids", "Your lots under way", "Your objections without an answer", "Lots won"]
    assert (found["Your lots under way"].value, found["Lots won"].value) == ("1", "0")
    stranger = world.seat(world.organisation("supplier"), "bid_manager")
    assert shown(stranger, PROPOSED)["Your lots under way"].value == "0"


def test_lots_are_counted_once_though_each_is_opened_twice(world):
    stage, _bids = proposed_lot(world, "13.50", "12.00", "11.00")
    figure = shown(stage.holders[0].seat, PROPOSED)["Lots opened with your shares"]
    assert (figure.value, figure.unit) == ("1", "of 1")
    late = shown(stage.holders[3].seat, PROPOSED)
    assert (late["Lots opened with your shares"].value, late["Lots waiting for your shares"].value) == ("0", "0")


def test_a_bidder_without_a_contract_is_not_shown_four_noughts(world, now):
    assert next(iter(shown(world.bid_manager, now))) == "Open for bids"
    current_contract(world)
    assert next(iter(shown(world.bid_manager, now))) == "Open orders"


# --- Catalogue and people ---------------------------------------------------------------------------------
def test_a_catalogue_officer_sees_what_can_be_used(world, now):
    product("Medicine A")
    product("Medicine B", pack_size=None)
    found = shown(world.cataloguer, now)
    assert list(found) == ["Items", "Products whose pack is known", "Prices in force", "Rows merged"]
    assert (found["Items"].value, found["Items"].parts) == ("2", ("drug: 2",))
    figure = found["Products whose pack is known"]
    assert (figure.value, figure.unit, figure.done) == ("1", "of 2", 500)


def test_a_registrar_sees_organisations_nobody_can_act_for(world, now):
    registrar = world.seat(world.agency, "registrar", "administrator")
    assert world.supplier.kind == "supplier"
    found = shown(registrar, now)
    assert (found["Organisations"].value, found["Organisations without a person"].value) == ("2", "1")
    assert found["People with a seat"].value == "1"
    assert world.bid_manager.organisation == world.supplier
    assert shown(registrar, now)["Organisations without a person"].value == "0"
    assert shown(registrar, now)["People with a seat"].value == "1", "a supplier's people are not ours"
