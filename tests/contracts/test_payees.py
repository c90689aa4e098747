"""Whoever delivers is paid unless a row of the contract's rule names the supplier on the first day of a debt."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from contracts.actions import (
    Batch,
    DistributionTerms,
    PayeeTerms,
    Verdict,
    accept_delivery,
    approve_correction,
    approve_order,
    ask_reversal,
    confirm_order,
    end_payee,
    name_deliverer,
    send_delivery,
    set_payee,
)
from contracts.models import Acceptance, Payable, PayeeRow
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from payments import shell
from payments.actions import PaymentRow, record_payment
from payments.models import Payment
from tests.arranging import arranged
from tests.contracts.builders import TODAY, contract_in_force, order
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW

pytestmark = pytest.mark.django_db


def at(days):
    return NOW + timedelta(days=days)


def on(days):
    return TODAY + timedelta(days=days)


def row(world, whom="supplier", days=0, **facts):
    return set_payee(terms=PayeeTerms(whom, on(days), **facts), by=world.awarder, now=NOW)


@pytest.fixture
def contract(world):
    return contract_in_force(world, prices=("6.60",))


@pytest.fixture
def driver(world, contract):
    """The dispatcher of a distributor that delivers everything of the contract."""
    distributor = world.organisation("distributor")
    name_deliverer(contract=contract, terms=DistributionTerms(distributor, TODAY), by=world.bid_manager, now=NOW)
    return world.seat(distributor, "dispatcher")


def delivered(world, contract, by):
    placed = approve_order(order=order(world, contract, 10), by=world.order_approver, now=NOW)
    placed = confirm_order(order=placed, by=by, now=NOW)
    batches = [Batch(1, f"A{world.number()}", on(600), 10)]
    return send_delivery(order=placed, batches=batches, by=by, now=NOW)


def owed(world, delivery, days=0, accepted=10):
    verdict = Verdict(1, accepted, short=10 - accepted)
    accepted = accept_delivery(delivery=delivery, verdicts=[verdict], by=world.receiver, now=at(days))[0]
    return Payable.objects.get(acceptance=accepted)


def pay(world, payee, debt, reference="1"):
    rows = [PaymentRow(debt.reference, Decimal("66.00"))]
    facts = {"bank_reference": reference, "paid_on": TODAY, "by": world.finance, "now": NOW}
    return record_payment(payee=payee, rows=rows, **facts)


def test_a_supplier_that_delivers_itself_is_paid(world, contract):
    debt = owed(world, delivered(world, contract, world.dispatcher))
    assert (debt.payee, debt.supplier) == (world.supplier, world.supplier)


def test_a_distributor_that_delivers_is_paid_to_its_own_account_and_the_supplier_is_not(world, contract, driver):
    debt = owed(world, delivered(world, contract, driver))
    distributor = driver.organisation
    assert (debt.payee, debt.supplier) == (distributor, world.supplier)
    with pytest.raises(Refused, match="owe this organisation nothing"):
        pay(world, world.supplier, debt)
    with pytest.raises(Refused, match="no bank account"):
        pay(world, distributor, debt)
    account = world.bank_account(distributor)
    payment = pay(world, distributor, debt)
    assert (payment.payee, payment.account) == (distributor, account)


def test_a_row_that_names_the_supplier_counts_from_its_first_day_on(world, contract, driver):
    row(world, days=5)
    before = owed(world, delivered(world, contract, driver), 4)
    after = owed(world, delivered(world, contract, driver), 5)
    assert (before.payee, after.payee) == (driver.organisation, world.supplier)


def test_the_nearest_row_speaks_first(world, contract, driver):
    row(world)
    row(world, "deliverer", institution=world.hospital)
    assert owed(world, delivered(world, contract, driver)).payee == driver.organisation


def test_a_row_of_another_rule_says_nothing(world, contract, driver):
    row(world, rule="makers", begins_rule=True)
    assert owed(world, delivered(world, contract, driver)).payee == driver.organisation


def test_a_correction_changes_no_payee(world, contract, driver):
    delivery = delivered(world, contract, driver)
    wrong = owed(world, delivery)
    row(world, days=10)
    acceptance = Acceptance.objects.select_related("line__delivery__order__contract").get(pk=wrong.acceptance_id)
    asked = ask_reversal(acceptance=acceptance, reason="wrong", by=world.receiver, now=at(31))
    approve_correction(correction=asked, by=world.order_approver, now=at(31))
    assert owed(world, delivery, 32, accepted=9).payee == driver.organisation


def test_no_two_rows_speak_of_the_same_in_the_same_period(world):
    first = row(world)
    with pytest.raises(Conflict, match="who is paid for the same"):
        row(world, "deliverer", 100)
    row(world, "deliverer", institution=world.hospital)
    end_payee(row=first, last_day=on(99), by=world.awarder, now=NOW)
    second = row(world, "deliverer", 100)
    with pytest.raises(DatabaseError, match="payee_row_one_at_a_time"), transaction.atomic():
        arranged(PayeeRow.objects.filter(pk=second.pk).update)(valid_from=on(99))
    assert list(Event.objects.filter(subject=first.reference).values_list("verb", flat=True)) == [
        "payee.set",
        "payee.ended",
    ]


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"valid_from": on(-1)}, "valid_from"),
        ({"valid_from": on(2), "valid_to": on(1)}, "valid_to"),
        ({"valid_from": on(0), "institution": "payer"}, "institution"),
        ({"valid_from": on(0), "institution": "hospital", "region": "region"}, "region"),
        ({"valid_from": on(0), "rule": "typo"}, "rule"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_at_its_field(world, terms, field):
    named = {
        name: getattr(world, value) if name in ("institution", "region") else value for name, value in terms.items()
    }
    with pytest.raises(Refused) as refusal:
        set_payee(terms=PayeeTerms("supplier", **named), by=world.awarder, now=NOW)
    assert [fault.field for fault in refusal.value.faults] == [field]


def test_only_the_agencys_own_award_officer_sets_it(world):
    for seat in (world.finance, world.officer, world.auditor, world.bid_manager):
        with pytest.raises(Denied):
            row_by(seat)
    foreign = world.seat(world.organisation("agency"), "awarder")
    with pytest.raises(Denied):
        end_payee(row=row(world), last_day=on(9), by=foreign, now=NOW)
    assert not PayeeRow.objects.visible_to(foreign).exists()


def row_by(seat):
    return set_payee(terms=PayeeTerms("supplier", TODAY), by=seat, now=NOW)


def test_who_is_paid_sees_its_debts_figures_and_payments(world, contract, driver):
    debt = owed(world, delivered(world, contract, driver))
    distributor = driver.organisation
    world.bank_account(distributor)
    for seat in (driver, world.dispatcher):
        assert debt in Payable.objects.visible_to(seat)
    figures = {str(figure.label): figure.value for figure in shell.figures(driver, at(1))}
    assert figures["Owed to you"] == "¥66.00"
    (figure,) = [found for found in shell.figures(world.dispatcher, at(1)) if str(found.label) == "Owed to you"]
    assert figure.value == "¥0.00", "the supplier's goods, and not the supplier's money"
    payment = pay(world, distributor, debt)
    assert payment in Payment.objects.visible_to(driver)
    assert payment not in Payment.objects.visible_to(world.dispatcher)
    assert debt.reference in sitting(driver).get("/payables/?show=all").content.decode()
    assert debt.reference not in sitting(world.dispatcher).get("/payables/?show=all").content.decode()


def test_by_page_and_by_program(world):
    today = legal_date(timezone.now())
    client = sitting(world.awarder)
    assert "Whoever delivers is paid" in client.get("/payers/").content.decode()
    client.post("/payees/set/", {"whom": "supplier", "rule": "central", "valid_from": today.isoformat()})
    made = PayeeRow.objects.get()
    assert made.reference in client.get("/payers/").content.decode()
    client.post(f"/payees/{made.reference}/end/", {"last_day": today.isoformat()})
    program = program_of(world.awarder)
    body = {"whom": "deliverer", "institution": world.hospital.credit_code, "valid_from": today.isoformat()}
    told = program.post("/api/v1/payees/", body, format="json")
    assert (told.status_code, told.json()["whom"]) == (201, "deliverer")
    address = f"/api/v1/payees/{told.json()['reference']}/end/"
    ended = program.post(address, {"last_day": today.isoformat()}, format="json")
    assert ended.json()["valid_to"] == today.isoformat()
    assert len(program.get("/api/v1/payees/").json()["results"]) == 2


@action
def _outside(change):
    change()
