"""What a sender calls its documents makes one of each; several are acted on at once, each with its own answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contracts.actions import OrderRow, place_order
from contracts.models import Delivery, Order, Payable
from core import trail
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict
from core.models import OwnNumber
from core.own_numbers import Sending
from core.search import find
from tests.contracts.builders import current_contract, trade
from tests.contracts.test_api import Program
from tests.roles import as_web

pytestmark = pytest.mark.django_db


def order_of(contract, packs=10, number="PO-1", **row):
    return {
        "contract": contract.reference,
        "own_number": number,
        "lines": [{"line": 1, "packs": packs, "own_number": "L-1", **row}],
    }


class TestOwnNumbers:
    def test_an_order_is_shown_and_found_by_its_hospitals_number_on_both_sides(self, world):
        pharmacist, supplier = Program(world.pharmacist), Program(world.dispatcher)
        placed = pharmacist.post("orders/", order_of(current_contract(world)))
        assert (placed.status_code, placed.json()["own_number"]) == (201, "PO-1")
        assert placed.json()["lines"] == [{"line": 1, "own_number": "L-1", "packs": 10}]
        reference = placed.json()["reference"]
        for program in (pharmacist, supplier):
            [row] = program.get("orders/", own_number="PO-1").json()["results"]
            assert (row["reference"], row["own_number"]) == (reference, "PO-1")
            assert program.get(f"orders/{reference}/").json()["lines"][0]["own_number"] == "L-1"
        assert supplier.get("orders/", own_number="PO-2").json()["results"] == []
        with as_web(world.dispatcher):
            assert [hit.reference for hit in find("PO-1", ("order",), 50)] == [reference]
        trail.link_waiting()
        [told] = [one for one in supplier.get("changes/").json()["changes"] if one["change"] == "order.placed"]
        assert told["own_number"] == "PO-1"

    def test_the_same_message_again_is_the_same_order_whoever_of_the_hospital_sends_it(self, world):
        body = order_of(current_contract(world))
        colleague = world.seat(world.hospital, "pharmacist")
        answers = [Program(seat).post("orders/", body) for seat in (world.pharmacist, colleague)]
        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        assert Order.objects.count() == 1

    def test_nobody_else_is_shown_which_numbers_are_taken(self, world):
        contract = current_contract(world)
        Program(world.pharmacist).post("orders/", order_of(contract))
        for seat, count in ((world.pharmacist, 1), (world.dispatcher, 0), (world.officer, 0)):
            with as_web(seat):
                assert OwnNumber.objects.count() == count
        with as_web(world.pharmacist):
            rows = [OrderRow(2, 1)]
            place_order(contract=contract, rows=rows, own_number="PO-2", by=world.pharmacist, now=timezone.now())

    def test_a_number_that_is_sent_twice_at_once_names_one_document(self, world):
        """The second waits for the first, and is to be sent again."""

        @action
        def sent(reference):
            Sending("order", "PO-1", [], world.pharmacist).keep(reference)

        sent("O-2026-0001")
        with pytest.raises(Conflict) as refusal:
            sent("O-2026-0002")
        assert refusal.value.code == "busy"
        assert OwnNumber.objects.get().reference == "O-2026-0001"

    def test_another_message_under_the_same_number_is_refused(self, world):
        contract = current_contract(world)
        program = Program(world.pharmacist)
        first = program.post("orders/", order_of(contract)).json()["reference"]
        for other in (order_of(contract, packs=11), {**order_of(contract), "note": "urgent"}):
            answer = program.post("orders/", other)
            assert (answer.status_code, answer.json()["code"]) == (422, "own_number_taken")
            assert [fault["field"] for fault in answer.json()["faults"]] == ["own_number"]
            assert first in answer.json()["message"]
        assert Order.objects.count() == 1

    def test_a_refused_message_leaves_the_number_free_and_another_hospital_has_its_own(self, world):
        other = world.organisation("hospital")
        contract = current_contract(world, volumes={world.hospital: 7000, other: 7000})
        program = Program(world.pharmacist)
        assert program.post("orders/", order_of(contract, packs=9999)).status_code == 422
        assert program.post("orders/", order_of(contract)).status_code == 201
        neighbour = Program(world.seat(other, "pharmacist"))
        assert neighbour.post("orders/", order_of(contract, packs=7)).status_code == 201
        assert len(neighbour.get("orders/", own_number="PO-1").json()["results"]) == 1

    def test_two_rows_of_one_number_are_told(self, world):
        body = order_of(current_contract(world))
        body["lines"].append({"line": 2, "packs": 1, "own_number": "L-1"})
        answer = Program(world.pharmacist).post("orders/", body)
        [fault] = answer.json()["faults"]
        assert (fault["field"], fault["row"], fault["code"]) == ("lines.own_number", 2, "twice")

    def test_a_delivery_and_its_verdict_come_once(self, world):
        done = trade(world)
        dispatcher, receiver = Program(world.dispatcher), Program(world.receiver)
        lasts = str(legal_date(timezone.now()) + timedelta(days=400))
        batch = {"line": 1, "batch": "X1", "expires_on": lasts, "packs": 5, "own_number": "S-9/1"}
        body = {"own_number": "S-9", "lines": [batch]}
        sent = [dispatcher.post(f"orders/{done.to_send.reference}/deliver/", body) for _time in range(2)]
        assert [answer.status_code for answer in sent] == [201, 201]
        assert sent[0].json() == sent[1].json()
        delivery = Delivery.objects.get(own_number="S-9")
        assert Delivery.objects.filter(order=done.to_send).count() == 1
        less = {**body, "lines": [{**batch, "packs": 4}]}
        other = dispatcher.post(f"orders/{done.to_send.reference}/deliver/", less)
        assert other.json()["code"] == "own_number_taken"
        assert receiver.get("deliveries/", own_number="S-9").json()["results"][0]["reference"] == delivery.reference

        verdict = {"own_number": "R-1", "lines": [{"line": 1, "accepted": 5}]}
        taken = [receiver.post(f"deliveries/{delivery.reference}/accept/", verdict) for _time in range(2)]
        assert [answer.status_code for answer in taken] == [201, 201]
        assert taken[0].json() == taken[1].json()
        assert Payable.objects.filter(acceptance__line__delivery=delivery).count() == 1
        [line] = dispatcher.get(f"deliveries/{delivery.reference}/").json()["lines"]
        assert (line["own_number"], line["verdict"]["own_number"]) == ("S-9/1", "R-1")
        trail.link_waiting()
        told = dispatcher.get("changes/").json()["changes"]
        assert [one["delivery_own_number"] for one in told if one["delivery"] == delivery.reference] == ["S-9", "S-9"]


class TestSeveral:
    def test_each_row_has_its_own_answer(self, world):
        contract = current_contract(world)
        rows = [
            order_of(contract, number="PO-1"),
            order_of(contract, packs=9999, number="PO-2"),
            {"own_number": "PO-3", "lines": []},
            {**order_of(contract, number="PO-4"), "contract": "C-1999-0001"},
            order_of(contract, packs=3, number="PO-5"),
        ]
        answer = Program(world.pharmacist).post("bulk/orders/", {"rows": rows})
        assert answer.status_code == 200
        told = answer.json()
        assert (told["done"], told["not_done"]) == (2, 3)
        assert [row["row"] for row in told["results"]] == [1, 2, 3, 4, 5]
        assert [row["own_number"] for row in told["results"]] == [f"PO-{number}" for number in range(1, 6)]
        assert [row["status"] for row in told["results"]] == [201, 422, 400, 404, 201]
        codes = [row["error"] and row["error"]["code"] for row in told["results"]]
        assert codes == [None, "above_maximum", "invalid", "not_found", None]
        placed = [row["answer"]["reference"] for row in told["results"] if row["answer"]]
        assert sorted(placed) == sorted(Order.objects.values_list("reference", flat=True))

    def test_the_same_request_again_has_the_same_answer_and_no_second_effect(self, world):
        contract = current_contract(world)
        program, body = Program(world.pharmacist), {"rows": [order_of(contract, number="")] * 2}
        answers = [program.post("bulk/orders/", body, key="my-key-1") for _time in range(2)]
        assert answers[0].content == answers[1].content
        assert Order.objects.count() == 2

    def test_orders_are_approved_confirmed_sent_and_accepted_in_four_requests(self, world):
        contract = current_contract(world)
        buyer, approver = Program(world.pharmacist), Program(world.order_approver)
        supplier, receiver = Program(world.dispatcher), Program(world.receiver)
        rows = [order_of(contract, packs=count, number=f"PO-{count}") for count in (1, 2, 3)]
        placed = [row["answer"]["reference"] for row in buyer.post("bulk/orders/", {"rows": rows}).json()["results"]]
        named = [{"reference": reference} for reference in placed]
        assert approver.post("bulk/orders/approve/", {"rows": named}).json()["done"] == 3
        confirmed = supplier.post("bulk/orders/confirm/", {"rows": [*named, named[0], {"reference": "O-1999-0001"}]})
        assert [row["status"] for row in confirmed.json()["results"]] == [200, 200, 200, 422, 404]
        lasts = str(legal_date(timezone.now()) + timedelta(days=400))
        sent = [
            {"reference": one, "lines": [{"line": 1, "batch": "X1", "expires_on": lasts, "packs": count}]}
            for count, one in enumerate(placed, start=1)
        ]
        told = supplier.post("bulk/orders/deliver/", {"rows": sent}).json()["results"]
        verdicts = [
            {"reference": row["answer"]["reference"], "lines": [{"line": 1, "accepted": count}]}
            for count, row in enumerate(told, start=1)
        ]
        verdicts[1]["lines"][0]["accepted"] = 7
        taken = receiver.post("bulk/deliveries/accept/", {"rows": verdicts}).json()
        assert (taken["done"], taken["not_done"]) == (2, 1)
        [fault] = taken["results"][1]["error"]["faults"]
        assert (fault["field"], fault["row"], fault["code"]) == ("lines.accepted", 1, "sum_differs")
        assert [len(row["answer"]["payables"]) for row in taken["results"] if row["answer"]] == [1, 1]

    def test_transfers_are_recorded_each_by_itself(self, world):
        done = trade(world)
        day = str(legal_date(timezone.now()))
        payable = f"{done.received.reference}-2-1"
        rows = [
            {"payee": world.supplier.credit_code, "bank_reference": "B-1", "paid_on": day, "lines": [one]}
            for one in ({"payable": payable, "amount": "1.00"}, {"payable": "D-0-1", "amount": "1.00"})
        ]
        told = Program(world.finance).post("bulk/payments/", {"rows": rows}).json()
        assert [row["status"] for row in told["results"]] == [201, 422]
        assert told["results"][1]["error"]["code"] == "unknown_payable"

    @pytest.mark.parametrize("body", [{}, {"rows": []}, {"rows": [1]}, {"rows": [{}] * 101}, {"rows": {}}, []])
    def test_what_is_no_list_of_rows_is_told_as_a_whole(self, world, body):
        answer = Program(world.pharmacist).post("bulk/orders/", body)
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
