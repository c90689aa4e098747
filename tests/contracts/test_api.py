"""Programs do the same as pages: from award to payment over HTTP, and the same request again is the same answer."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from contracts.models import Contract, Delivery, Order, Payable
from core.clock import legal_date
from payments.models import Payment
from tests.arranging import arranged
from tests.contracts.builders import awarded_tender, current_contract, trade
from tests.roles import program_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return legal_date(timezone.now())


class Program:
    """A client with a seat's token. Every POST carries a key; ``key`` repeats one."""

    def __init__(self, seat):
        self.client = program_of(seat)
        self.keys = iter(range(10_000, 99_999))

    def get(self, path, **query):
        return self.client.get(f"/api/v1/{path}", query)

    def post(self, path, body, key=""):
        key = key or f"key-{next(self.keys)}"
        return self.client.post(f"/api/v1/{path}", body, format="json", headers={"Idempotency-Key": key})


def test_the_whole_way_from_award_to_payment(world, today):
    world.bank_account(world.supplier)
    tender = awarded_tender(world)
    officer, awarder, signatory = (Program(seat) for seat in (world.officer, world.awarder, world.bid_manager))
    prepared = officer.post(
        "contracts/",
        {
            "source": tender.reference,
            "supplier": world.supplier.credit_code,
            "starts_on": today.isoformat(),
            "ends_on": (today + timedelta(days=364)).isoformat(),
            "maximum_percent": 120,
        },
    )
    assert prepared.status_code == 201
    contract = prepared.json()["reference"]
    assert [line["price"] for line in prepared.json()["lines"]] == ["6.600000", "17.810000"]
    for program in (awarder, signatory):
        signed = program.post(f"contracts/{contract}/sign/", {})
    assert signed.json()["status"] == "signed"

    pharmacist, approver, dispatcher = (
        Program(seat) for seat in (world.pharmacist, world.order_approver, world.dispatcher)
    )
    volumes = pharmacist.get("volumes/").json()["results"]
    assert [(row["line"], row["orderable"][0]["packs_to_maximum"]) for row in volumes] == [(1, 1200), (2, 1200)]
    lines = [{"line": 1, "packs": 10}, {"line": 2, "packs": 3}]
    placed = pharmacist.post("orders/", {"contract": contract, "lines": lines})
    assert placed.status_code == 201
    assert (placed.json()["status"], placed.json()["amount"]) == ("placed", "119.43")
    order = placed.json()["reference"]
    assert approver.post(f"orders/{order}/approve/", {}).json()["status"] == "approved"
    promise = {"lines": [{"line": 1, "packs": 10}, {"line": 2, "packs": 2}]}
    assert dispatcher.post(f"orders/{order}/confirm/", promise).json()["status"] == "confirmed"

    lasts = (today + timedelta(days=400)).isoformat()
    batches = [{"line": 1, "batch": "A1", "expires_on": lasts, "packs": 10}]
    batches.append({"line": 2, "batch": "B1", "expires_on": lasts, "packs": 2})
    sent = dispatcher.post(f"orders/{order}/deliver/", {"lines": batches})
    assert sent.status_code == 201
    delivery = sent.json()["reference"]
    receiver, finance = Program(world.receiver), Program(world.finance)
    verdicts = [{"line": 1, "accepted": 9, "rejected": 1, "rejection": "damaged"}, {"line": 2, "accepted": 2}]
    accepted = receiver.post(f"deliveries/{delivery}/accept/", {"lines": verdicts})
    assert accepted.json() == {
        "payables": [
            {
                "line": line,
                "reference": f"{delivery}-{line}-1",
                "amount": amount,
                "fee": "0.00",
                "due_on": (today + timedelta(days=30)).isoformat(),
            }
            for line, amount in ((1, "59.40"), (2, "35.62"))
        ]
    }
    assert [row["open"] for row in finance.get("payables/", clock="not_yet").json()["results"]] == ["59.40", "35.62"]
    paid = finance.post(
        "payments/",
        {
            "payee": world.supplier.credit_code,
            "bank_reference": "ICBC-1",
            "paid_on": today.isoformat(),
            "lines": [{"payable": f"{delivery}-1-1", "amount": "59.40"}],
        },
    )
    assert (paid.status_code, paid.json()["amount"]) == (201, "59.40")
    assert signatory.get(f"payments/{paid.json()['reference']}/").json()["lines"] == [
        {"payable": f"{delivery}-1-1", "amount": "59.40"}
    ]
    reversed_ = receiver.post(f"deliveries/{delivery}/lines/2/reverse/", {"reason": "counted wrongly"})
    assert [line["verdict"] is None for line in reversed_.json()["lines"]] == [False, True]
    assert [line["accepted"] for line in pharmacist.get(f"orders/{order}/").json()["lines"]] == [9, 0]


class TestRepetition:
    def test_the_same_order_five_times_is_one_order_and_five_equal_answers(self, world):
        contract = current_contract(world)
        program = Program(world.pharmacist)
        body = {"contract": contract.reference, "lines": [{"line": 1, "packs": 10}]}
        answers = [program.post("orders/", body, key="my-key-1") for _time in range(5)]
        assert [answer.status_code for answer in answers] == [201] * 5
        assert len({answer.content for answer in answers}) == 1
        assert Order.objects.count() == 1

    def test_the_same_acceptance_and_payment_again_is_the_first_one(self, world, today):
        done = trade(world)
        receiver, finance = Program(world.receiver), Program(world.finance)
        delivery = done.under_way.reference
        verdicts = {"lines": [{"line": 1, "accepted": 30}, {"line": 2, "accepted": 60}]}
        accepted = [receiver.post(f"deliveries/{delivery}/accept/", verdicts, key="my-key-1") for _time in range(3)]
        assert len({answer.content for answer in accepted}) == 1
        assert Payable.objects.filter(acceptance__line__delivery=done.under_way).count() == 2
        body = {
            "payee": world.supplier.credit_code,
            "bank_reference": "ICBC-9",
            "paid_on": today.isoformat(),
            "lines": [{"payable": f"{delivery}-1-1", "amount": "1.00"}],
        }
        paid = [finance.post("payments/", body, key="my-key-2") for _time in range(3)]
        assert len({answer.content for answer in paid}) == 1
        assert Payment.objects.filter(bank_reference="ICBC-9").count() == 1
        again = finance.post("payments/", body, key="my-key-3")
        assert (again.status_code, again.json()["code"]) == (409, "bank_reference_taken")

    def test_a_key_for_another_order_and_no_key_are_refused(self, world):
        contract = current_contract(world)
        program = Program(world.pharmacist)
        body = {"contract": contract.reference, "lines": [{"line": 1, "packs": 10}]}
        program.post("orders/", body, key="my-key-1")
        body["lines"][0]["packs"] = 11
        reused = program.post("orders/", body, key="my-key-1")
        assert (reused.status_code, reused.json()["code"]) == (422, "key_reused")
        without = program.client.post("/api/v1/orders/", body, format="json", headers={"Idempotency-Key": ""})
        assert (without.status_code, without.json()["code"]) == (422, "key_missing")
        assert Order.objects.count() == 1

    def test_a_refused_order_leaves_its_key_free(self, world):
        contract = current_contract(world)
        program = Program(world.pharmacist)
        body = {"contract": contract.reference, "lines": [{"line": 1, "packs": 1201}]}
        refused = program.post("orders/", body, key="my-key-1")
        assert refused.status_code == 422
        (fault,) = refused.json()["faults"]
        assert (fault["row"], fault["field"]) == (1, "lines.packs")
        assert "1,200 packs remain" in fault["message"]
        assert "Row" not in fault["message"]
        body["lines"][0]["packs"] = 1200
        assert program.post("orders/", body, key="my-key-1").status_code == 201


class TestBadInput:
    @pytest.mark.parametrize(
        "line",
        [
            {"line": 1, "packs": 0.5},
            {"line": 1, "packs": "0.5"},
            {"line": 1, "packs": "NaN"},
            {"line": 1, "packs": 0},
            {"line": 1, "packs": -3},
            {"line": 1, "packs": None},
            {"line": 1, "packs": 10**12},
            {"line": 1},
            {"line": 1, "packs": 1, "amount": "0.01"},
        ],
    )
    def test_a_malformed_row_is_told_with_its_row_and_nothing_is_placed(self, world, line):
        contract = current_contract(world)
        lines = [{"line": 2, "packs": 1}, line]
        answer = Program(world.pharmacist).post("orders/", {"contract": contract.reference, "lines": lines})
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
        assert [fault["row"] for fault in answer.json()["faults"]] == [2]
        assert not Order.objects.exists()

    def test_no_json_number_is_not_a_number(self, world):
        contract = current_contract(world)
        body = json.dumps({"contract": contract.reference, "lines": [{"line": 1, "packs": float("nan")}]})
        headers = {"Idempotency-Key": "my-key-1"}
        client = Program(world.pharmacist).client
        answer = client.post("/api/v1/orders/", body, content_type="application/json", headers=headers)
        assert answer.status_code == 400
        assert not Order.objects.exists()

    @pytest.mark.parametrize("amount", ["0.001", "NaN", "Infinity", "1e400", "x", None])
    def test_a_malformed_amount_is_told(self, world, today, amount):
        done = trade(world)
        body = {
            "payee": world.supplier.credit_code,
            "bank_reference": "ICBC-9",
            "paid_on": today.isoformat(),
            "lines": [{"payable": f"{done.received.reference}-2-1", "amount": amount}],
        }
        answer = Program(world.finance).post("payments/", body)
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid")

    def test_more_accepted_than_delivered_is_told_at_its_row(self, world):
        done = trade(world)
        verdicts = {"lines": [{"line": 1, "accepted": 30}, {"line": 2, "accepted": 61}]}
        answer = Program(world.receiver).post(f"deliveries/{done.under_way.reference}/accept/", verdicts)
        assert answer.status_code == 422
        assert answer.json()["faults"] == [
            {
                "field": "lines.accepted",
                "row": 2,
                "code": "sum_differs",
                "message": "Line 2: accepted, rejected and short packs make 61; sent: 60.",
            }
        ]

    def test_more_paid_than_is_owed_is_told_at_its_row(self, world, today):
        done = trade(world)
        body = {
            "payee": world.supplier.credit_code,
            "bank_reference": "ICBC-9",
            "paid_on": today.isoformat(),
            "lines": [{"payable": f"{done.received.reference}-1-1", "amount": "552.41"}],
        }
        answer = Program(world.finance).post("payments/", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "more_than_owed")
        assert "552.40 is open" in answer.json()["message"]


class TestWhoMay:
    def test_a_stranger_gets_the_same_as_for_nothing_at_all(self, world):
        done = trade(world)
        stranger = Program(world.seat(world.organisation("supplier"), "signatory", "dispatcher"))
        for path in (
            f"contracts/{done.contract.reference}/",
            f"orders/{done.waiting.reference}/",
            f"deliveries/{done.under_way.reference}/",
            f"payments/{done.payment.reference}/",
        ):
            theirs, nothing = stranger.get(path), stranger.get(path.split("/")[0] + "/X-2026-9999/")
            assert (theirs.status_code, theirs.content) == (nothing.status_code, nothing.content)
            assert theirs.status_code == 404
        for path in ("contracts/", "volumes/", "orders/", "deliveries/", "payables/", "payments/"):
            assert stranger.get(path).json()["results"] == []

    def test_a_hospital_cannot_order_from_a_contract_of_others(self, world):
        contract = current_contract(world)
        stranger = Program(world.seat(world.organisation("hospital"), "pharmacist"))
        answer = stranger.post("orders/", {"contract": contract.reference, "lines": [{"line": 1, "packs": 1}]})
        assert answer.status_code == 404

    def test_a_reader_may_not_act_and_nobody_may_nothing(self, world):
        done = trade(world)
        auditor = Program(world.auditor)
        assert auditor.get(f"orders/{done.waiting.reference}/").status_code == 200
        assert auditor.post(f"orders/{done.waiting.reference}/approve/", {}).status_code == 403
        assert APIClient().get("/api/v1/orders/").status_code == 401


def test_late_and_impossible_acts_are_told(world):
    done = trade(world)
    approver, dispatcher = Program(world.order_approver), Program(world.dispatcher)
    waiting = done.waiting.reference
    assert approver.post(f"orders/{waiting}/send-back/", {"reason": "over budget"}).json()["status"] == "sent_back"
    late = approver.post(f"orders/{waiting}/approve/", {})
    assert (late.status_code, late.json()["code"]) == (422, "not_now")
    refused = dispatcher.post(f"orders/{done.approved.reference}/refuse/", {"reason": "out of stock"})
    assert refused.json()["reason"] == "out of stock"
    nothing = dispatcher.post(f"orders/{done.to_send.reference}/refuse/", {"reason": ""})
    assert nothing.status_code == 400
    assert approver.post(f"orders/{waiting}/approve/", {"why": "because"}).status_code == 400


def test_an_order_after_the_last_day_is_refused_with_the_term(world, today):
    contract = current_contract(world)
    _end(contract, today - timedelta(days=1))
    body = {"contract": contract.reference, "lines": [{"line": 1, "packs": 1}]}
    answer = Program(world.pharmacist).post("orders/", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "contract_closed")
    assert (today - timedelta(days=1)).isoformat() in answer.json()["message"]
    assert not Order.objects.exists()


@arranged
def _end(contract, last_day):
    Contract.objects.filter(pk=contract.pk).update(ends_on=last_day)


def test_supplier_and_agency_change_a_contract(world):
    contract = current_contract(world)
    distributor = world.organisation("distributor")
    named = Program(world.bid_manager).post(
        f"contracts/{contract.reference}/deliverer/", {"deliverer": distributor.credit_code}
    )
    assert named.json()["distribution"][0]["deliverer"]["credit_code"] == distributor.credit_code
    ended = Program(world.awarder).post(f"contracts/{contract.reference}/terminate/", {"reason": "breach"})
    assert ended.json()["status"] == "terminated"
    assert Contract.objects.get().terminate_reason == "breach"
    assert Delivery.objects.count() == 0
    assert Decimal(Program(world.officer).get(f"contracts/{contract.reference}/").json()["lines"][0]["price"]) > 0
