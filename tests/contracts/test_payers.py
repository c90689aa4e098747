"""The agency pays centrally unless a row of its rule names another payer on the day from which a debt counts."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import Region
from contracts.actions import (
    Batch,
    OrderRow,
    PayerTerms,
    Verdict,
    accept_delivery,
    approve_correction,
    approve_order,
    ask_reversal,
    confirm_order,
    end_payer,
    place_order,
    send_delivery,
    set_payer,
)
from contracts.models import Acceptance, Payable, PayerRow, PayerRule
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from payments import shell
from payments.actions import PaymentRow, record_payment
from tests.arranging import arranged
from tests.contracts.builders import TERMS, TODAY, confirmed_order, contract_in_force
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW

pytestmark = pytest.mark.django_db


def at(days):
    return NOW + timedelta(days=days)


def on(days):
    return TODAY + timedelta(days=days)


def row(world, who, days=0, now=NOW, **facts):
    return set_payer(terms=PayerTerms(who, on(days), **facts), by=world.awarder, now=now)


def delivered(world, contract=None):
    placed = confirmed_order(world, contract or contract_in_force(world, prices=("6.60",)), 10)
    batches = [Batch(1, f"A{world.number()}", on(600), 10)]
    return send_delivery(order=placed, batches=batches, by=world.dispatcher, now=NOW)


def owed(world, delivery, days=0, accepted=10):
    verdict = Verdict(1, accepted, short=10 - accepted)
    accepted = accept_delivery(delivery=delivery, verdicts=[verdict], by=world.receiver, now=at(days))[0]
    return Payable.objects.get(acceptance=accepted)


def test_without_a_row_the_agency_pays(world):
    assert owed(world, delivered(world)).payer == world.agency


def test_a_named_payer_owes_from_its_first_day_on_and_sees_and_pays_it(world):
    contract = contract_in_force(world, prices=("6.60",))
    row(world, "organisation", 5, payer=world.payer)
    before, after = owed(world, delivered(world, contract), 4), owed(world, delivered(world, contract), 5)
    assert (before.payer, after.payer) == (world.agency, world.payer)
    fund = world.seat(world.payer, "finance")
    facts = {"payee": world.supplier, "bank_reference": "FUND-1", "paid_on": on(6), "now": at(6)}
    with pytest.raises(Refused, match="owe this organisation nothing"):
        record_payment(rows=[PaymentRow(after.reference, Decimal("66.00"))], by=world.finance, **facts)
    with pytest.raises(Refused, match="owe this organisation nothing"):
        record_payment(rows=[PaymentRow(before.reference, Decimal("66.00"))], by=fund, **facts)
    (figure,) = [figure for figure in shell.figures(fund, at(35)) if str(figure.label) == "Due within 7 days"]
    assert figure.value == "¥66.00", "the fund counts its own debt alone"
    record_payment(rows=[PaymentRow(after.reference, Decimal("66.00"))], by=fund, **facts)
    after.refresh_from_db()
    assert after.settled_on == on(6)


def test_a_hospital_that_pays_for_itself_sees_its_debts_and_no_other_hospitals(world):
    row(world, "hospital", institution=world.hospital)
    debt = owed(world, delivered(world))
    assert debt.payer == world.hospital
    ours = world.seat(world.hospital, "finance")
    theirs = world.seat(world.organisation("hospital"), "finance")
    assert debt in Payable.objects.visible_to(ours)
    assert debt not in Payable.objects.visible_to(theirs)
    record_payment(
        payee=world.supplier,
        rows=[PaymentRow(debt.reference, Decimal("1.00"))],
        bank_reference="H-1",
        paid_on=TODAY,
        by=ours,
        now=NOW,
    )


def test_the_nearest_region_speaks_before_the_wider_one(world):
    county = _county(world)
    row(world, "organisation", region=world.region, payer=world.payer)
    assert owed(world, delivered(world)).payer == world.payer
    row(world, "agency", region=county)
    _moves(world.hospital, county)
    assert owed(world, delivered(world)).payer == world.agency


def test_a_row_for_a_list_matches_nothing_until_the_catalogue_keeps_lists(world):
    row(world, "organisation", product_list="VBP", payer=world.payer)
    assert owed(world, delivered(world)).payer == world.agency


def test_a_correction_changes_no_payer(world):
    delivery = delivered(world)
    wrong = owed(world, delivery)
    row(world, "organisation", 10, payer=world.payer)
    acceptance = Acceptance.objects.select_related("line__delivery__order__contract").get(pk=wrong.acceptance_id)
    asked = ask_reversal(acceptance=acceptance, reason="wrong", by=world.receiver, now=at(31))
    approve_correction(correction=asked, by=world.order_approver, now=at(31))
    assert owed(world, delivery, 32, accepted=9).payer == world.agency


def test_no_two_rows_speak_of_the_same_in_the_same_period(world):
    first = row(world, "organisation", payer=world.payer)
    with pytest.raises(Conflict, match="who pays for the same"):
        row(world, "hospital", 100)
    row(world, "hospital", institution=world.hospital)
    end_payer(row=first, last_day=on(99), by=world.awarder, now=NOW)
    second = row(world, "hospital", 100)
    with pytest.raises(DatabaseError, match="payer_row_one_at_a_time"), transaction.atomic():
        arranged(PayerRow.objects.filter(pk=second.pk).update)(valid_from=on(99))


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"who": "agency", "valid_from": on(-1)}, "valid_from"),
        ({"who": "agency", "valid_from": on(2), "valid_to": on(1)}, "valid_to"),
        ({"who": "organisation", "valid_from": on(0)}, "payer"),
        ({"who": "agency", "valid_from": on(0), "payer": "payer"}, "payer"),
        ({"who": "organisation", "valid_from": on(0), "payer": "supplier"}, "payer"),
        ({"who": "hospital", "valid_from": on(0), "institution": "payer"}, "institution"),
        ({"who": "hospital", "valid_from": on(0), "institution": "hospital", "region": "region"}, "region"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_at_its_field(world, terms, field):
    named = {
        name: getattr(world, value) if name in ("payer", "institution", "region") else value
        for name, value in terms.items()
    }
    with pytest.raises(Refused) as refusal:
        set_payer(terms=PayerTerms(**named), by=world.awarder, now=NOW)
    assert [fault.field for fault in refusal.value.faults] == [field]


def test_a_row_ends_today_or_later_and_never_longer_than_it_was(world):
    made = row(world, "hospital")
    with pytest.raises(Refused, match="A row ends from"):
        end_payer(row=made, last_day=on(4), by=world.awarder, now=at(5))
    assert end_payer(row=made, last_day=on(5), by=world.awarder, now=at(5)).valid_to == on(5)
    with pytest.raises(Refused, match="never later"):
        end_payer(row=made, last_day=on(6), by=world.awarder, now=at(5))
    assert list(Event.objects.filter(subject=made.reference).values_list("verb", flat=True)) == [
        "payer.set",
        "payer.ended",
    ]


def test_only_the_agencys_own_award_officer_sets_it(world):
    for seat in (world.finance, world.officer, world.auditor, world.bid_manager):
        with pytest.raises(Denied):
            set_payer(terms=PayerTerms("hospital", TODAY), by=seat, now=NOW)
    foreign = world.seat(world.organisation("agency"), "awarder")
    with pytest.raises(Denied):
        end_payer(row=row(world, "hospital"), last_day=on(9), by=foreign, now=NOW)
    assert not PayerRow.objects.visible_to(foreign).exists()


def test_by_page_and_by_program(world):
    today = legal_date(timezone.now())
    client = sitting(world.awarder)
    assert "The agency pays everything" in client.get("/payers/").content.decode()
    assert "/payers/" in client.get("/contracts/").content.decode()
    client.post("/payers/set/", {"who": "organisation", "payer": world.payer.pk, "valid_from": today.isoformat()})
    made = PayerRow.objects.get()
    assert world.payer.name in client.get("/payers/").content.decode()
    client.post(f"/payers/{made.reference}/end/", {"last_day": today.isoformat()})
    program = program_of(world.awarder)
    body = {"who": "hospital", "institution": world.hospital.credit_code, "valid_from": today.isoformat()}
    made = program.post("/api/v1/payers/", body, format="json")
    assert (made.status_code, made.json()["institution"]["credit_code"]) == (201, world.hospital.credit_code)
    ended = program.post(
        f"/api/v1/payers/{made.json()['reference']}/end/", {"last_day": today.isoformat()}, format="json"
    )
    assert ended.json()["valid_to"] == today.isoformat()
    assert len(program.get("/api/v1/payers/").json()["results"]) == 2


@action
def _county(world):
    county = {"name": "Demo county", "parent": world.region, "level": Region.Level.CITY}
    return Region.objects.get_or_create(code="420199", defaults=county)[0]


@arranged
def _moves(hospital, region):
    hospital.region = region
    hospital.save()


def test_a_contract_names_a_rule_and_two_payers_owe_what_two_regions_accept(world):
    """The ordinary rule pays nothing here: the contract names another, in which a fund pays for one county."""
    county = _county(world)
    near = world.organisation("hospital", region=county)
    row(world, "organisation", rule="funds", begins_rule=True, region=county, payer=world.payer)
    terms = replace(TERMS, payer_rule="funds")
    contract = contract_in_force(world, terms=terms, prices=("6.60",), volumes={world.hospital: 700, near: 700})
    debts = {}
    for hospital in (world.hospital, near):
        roles = ("pharmacist", "order_approver", "receiver")
        buyer, approver, receiver = (world.seat(hospital, role) for role in roles)
        placed = place_order(contract=contract, rows=[OrderRow(1, 10)], by=buyer, now=NOW)
        approve_order(order=placed, by=approver, now=NOW)
        confirm_order(order=placed, by=world.dispatcher, now=NOW)
        sent = [Batch(1, f"A{world.number()}", on(600), 10)]
        delivery = send_delivery(order=placed, batches=sent, by=world.dispatcher, now=NOW)
        accepted = accept_delivery(delivery=delivery, verdicts=[Verdict(1, 10)], by=receiver, now=NOW)[0]
        debts[hospital] = Payable.objects.get(acceptance=accepted)
    assert (debts[world.hospital].payer, debts[near].payer) == (world.agency, world.payer)
    ours, theirs = world.finance, world.seat(world.payer, "finance")
    for seat, reference, debt in ((ours, "A-1", debts[world.hospital]), (theirs, "F-1", debts[near])):
        rows = [PaymentRow(debt.reference, Decimal("66.00"))]
        facts = {"payee": world.supplier, "bank_reference": reference, "paid_on": TODAY, "now": NOW}
        record_payment(rows=rows, by=seat, **facts)
        debt.refresh_from_db()
        assert debt.is_settled


class TestARuleBegins:
    def test_a_slip_of_the_finger_begins_none(self, world):
        with pytest.raises(Refused, match="no rule of this name") as refusal:
            row(world, "hospital", rule="fnuds")
        assert refusal.value.faults[0].field == "rule"
        assert not PayerRule.objects.exists()

    def test_only_where_it_is_said_so_and_once(self, world):
        row(world, "hospital", rule="funds", begins_rule=True)
        row(world, "hospital", 0, rule="funds", institution=world.hospital)
        with pytest.raises(Refused, match="a rule of this name already"):
            row(world, "hospital", rule="funds", begins_rule=True)

    def test_the_ordinary_one_is_always_there(self, world):
        assert row(world, "hospital", rule=" ").rule.code == PayerRule.ORDINARY

    def test_the_page_offers_what_there_is_and_begins_by_its_own_field(self, world):
        client, today = sitting(world.awarder), legal_date(timezone.now()).isoformat()
        said = {"who": "hospital", "valid_from": today}
        assert "Select a valid choice" in client.post("/payers/set/", said | {"rule": "fnuds"}).content.decode()
        client.post("/payers/set/", said | {"new_rule": "funds"})
        assert PayerRow.objects.get().rule.code == "funds"
        assert '<option value="funds">' in client.get("/payers/set/").content.decode()
        other = {"rule": "funds", "institution": world.hospital.pk}
        client.post("/payers/set/", said | other)
        assert PayerRow.objects.filter(rule__code="funds").count() == 2

    def test_a_program_says_so_too(self, world):
        program, today = program_of(world.awarder), legal_date(timezone.now()).isoformat()
        said = {"who": "hospital", "valid_from": today, "rule": "funds"}
        assert program.post("/api/v1/payers/", said, format="json").status_code == 422
        assert program.post("/api/v1/payers/", said | {"begins_rule": True}, format="json").status_code == 201


def test_a_contract_names_no_rule_that_has_no_row(world):
    with pytest.raises(Refused, match="no rule of this name") as refusal:
        contract_in_force(world, terms=replace(TERMS, payer_rule="typo"), prices=("6.60",))
    assert refusal.value.faults[0].field == "payer_rule"
    other = world.seat(world.organisation("agency"), "awarder")
    set_payer(terms=PayerTerms("hospital", TODAY, rule="theirs", begins_rule=True), by=other, now=NOW)
    with pytest.raises(Refused, match="no rule of this name"):
        contract_in_force(world, terms=replace(TERMS, payer_rule="theirs"), prices=("6.60",))
