"""A vendor's client, written from ``docs/api.md`` alone, orders, delivers, accepts, is paid and follows the feed."""

import json
from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.test import Client
from django.utils import timezone

from accounts import actions
from contracts.actions import approve_order
from contracts.models import Order
from core import trail
from core.clock import legal_date
from payments.actions import PaymentRow, record_payment
from tests.contracts.builders import current_contract

pytestmark = pytest.mark.django_db


class LostAnswer(Exception):
    """The line was cut after the platform had done what was asked."""


class Vendor:
    """What a vendor would write. ``drop_next`` loses the answer to the next write, as a network does."""

    def __init__(self, token, name):
        self.token, self.name, self.numbers = token, name, count(1)
        self.cursor, self.seen, self.drop_next = None, [], False

    def get(self, path, **query):
        return self._call("get", path, query)

    def post(self, path, body):
        return self._write("post", path, body)

    def put(self, path, body):
        return self._write("put", path, body)

    def _write(self, method, path, body):
        key = f"{self.name}-{next(self.numbers):06d}"
        for _try in range(3):
            try:
                return self._call(method, path, body, key)
            except LostAnswer:
                continue  # the same key: one effect
        raise AssertionError("the platform cannot be reached")

    def _call(self, method, path, body, key=""):
        headers = {"Authorization": f"Token {self.token}"} | ({"Idempotency-Key": key} if key else {})
        data = body if method == "get" else json.dumps(body)
        kind = {} if method == "get" else {"content_type": "application/json"}
        answer = getattr(Client(), method)(f"/api/v1/{path}", data, headers=headers, **kind)
        if key and self.drop_next:
            self.drop_next = False
            raise LostAnswer
        assert answer.status_code < 300, answer.content
        return answer.json(parse_float=Decimal)

    def every(self, path, **query):
        """All rows of a list, page by page."""
        page = self.get(path, **query)
        yield from page["results"]
        while page["next"]:
            page = self.get(page["next"].partition("/api/v1/")[2])
            yield from page["results"]

    def follow(self):
        """What is new in the feed."""
        new = []
        while True:
            page = self.get("changes/", **({"cursor": self.cursor} if self.cursor else {"from": "now"}))
            self.cursor, new = page["cursor"], new + page["changes"]
            if page["complete"]:
                self.seen += new
                return [(change["change"], change["reference"], change["delivery"], change["line"]) for change in new]

    def each(self, path, rows):
        """Several acts in one request: the answers of the rows, all of which were done."""
        told = self.post(f"bulk/{path}", {"rows": rows})
        assert (told["done"], told["not_done"]) == (len(rows), 0), told
        return [row["answer"] for row in told["results"]]


def system_of(world, organisation, *roles):
    """Two administrators of an organisation let a program act, and one gives its token to the vendor."""
    first, second = (world.seat(organisation, "administrator") for _person in range(2))
    now = timezone.now()
    facts = {"organisation": organisation, "name": f"System of {organisation}", "roles": roles}
    proposed = actions.propose_system(**facts, ends_on=legal_date(now) + timedelta(days=90), by=first, now=now)
    system = actions.confirm_system(system=proposed, by=second, now=now)
    return Vendor(actions.make_token(label="main", seat=system.seat, by=first, now=now)[1], f"sys{system.pk}")


def test_an_order_goes_from_the_hospitals_system_to_the_money(world):
    current_contract(world)
    hospital = system_of(world, world.hospital, "pharmacist", "receiver", "ledger_reader")
    supplier = system_of(world, world.supplier, "dispatcher", "ledger_reader")
    assert hospital.get("me/")["organisation"]["credit_code"] == world.hospital.credit_code
    for system in (hospital, supplier):
        link()
        system.follow()

    volume = next(hospital.every("volumes/"))
    [orderable, *_more] = volume["orderable"]
    thing = orderable["products"][0]["product"]
    hospital.put("own-codes/", {"codes": [{"code": "HIS-1", "product": thing["reference"]}]})
    supplier.put("own-codes/", {"codes": [{"code": "ERP-7", "product": thing["reference"]}]})

    hospital.drop_next = True
    lines = [{"line": volume["line"], "packs": 100}]
    order = hospital.post("orders/", {"contract": volume["contract"], "lines": lines})["reference"]
    assert [row["reference"] for row in hospital.every("orders/")] == [order]
    approve_order(order=Order.objects.get(reference=order), by=world.order_approver, now=timezone.now())

    link()
    assert ("order.approved", order, None, None) in supplier.follow()
    supplier.drop_next = True
    assert supplier.post(f"orders/{order}/confirm/", {})["status"] == "confirmed"
    [line] = supplier.get(f"orders/{order}/")["lines"]
    [own] = supplier.get("own-codes/", product=line["product"]["reference"])["results"]
    assert own["code"] == "ERP-7"
    expires = str(legal_date(timezone.now()) + timedelta(days=500))
    supplier.drop_next = True
    batches = [{"line": line["line"], "batch": "B1", "expires_on": expires, "packs": line["confirmed"]}]
    delivery = supplier.post(f"orders/{order}/deliver/", {"lines": batches})["reference"]

    link()
    told = hospital.follow()
    assert [change for change, *_rest in told if change.startswith(("order.", "delivery."))] == [
        "order.placed",
        "order.approved",
        "order.confirmed",
        "delivery.sent",
    ]
    [come] = hospital.get(f"deliveries/{delivery}/")["lines"]
    [own] = hospital.get("own-codes/", product=come["product"]["reference"])["results"]
    assert own["code"] == "HIS-1"
    wrong = {"lines": [{"line": come["line"], "accepted": 100}]}
    hospital.drop_next = True
    [owed] = hospital.post(f"deliveries/{delivery}/accept/", wrong)["payables"]
    hospital.drop_next = True
    hospital.post(f"deliveries/{delivery}/lines/{come['line']}/reverse/", {"reason": "one pack was broken"})
    [back] = supplier.get("payables/", delivery=delivery)["results"]
    assert (back["reference"], back["clock"], back["paid"]) == (owed["reference"], "reversed", "0.00")
    right = {"lines": [{"line": come["line"], "accepted": 99, "rejected": 1, "rejection": "damaged"}]}
    [owed] = hospital.post(f"deliveries/{delivery}/accept/", right)["payables"]
    assert Decimal(owed["amount"]) == 99 * Decimal(line["price"])

    link()
    verdicts = [change for change in supplier.follow() if change[2] == delivery]
    assert [change for change, *_rest in verdicts] == [
        "delivery.sent", "delivery.accepted", "delivery.reversed", "delivery.accepted",
    ]  # fmt: skip
    assert ("delivery.reversed", order, delivery, come["line"]) in verdicts

    rows = [PaymentRow(owed["reference"], Decimal(owed["amount"]))]
    today = legal_date(timezone.now())
    facts = {"bank_reference": "BANK-1", "paid_on": today, "by": world.finance, "now": timezone.now()}
    payment = record_payment(payee=world.supplier, rows=rows, **facts)
    link()
    assert ("payment.recorded", payment.reference, None, None) in supplier.follow()
    [paid] = supplier.every("payables/", order=order, clock="paid")
    assert (paid["open"], paid["settled_on"]) == ("0.00", str(today))
    assert supplier.get(f"payments/{payment.reference}/")["bank_reference"] == "BANK-1"
    assert hospital.follow() is not None
    assert len(list(hospital.every("orders/"))) == 1
    assert Order.objects.get(reference=order).placed_by.signature.startswith("System of")


def test_a_day_of_orders_goes_by_their_own_numbers_in_a_few_requests(world):
    """The hospital's program knows its orders as PO-…, the supplier's its deliveries as S-…: neither keeps ours."""
    current_contract(world)
    hospital = system_of(world, world.hospital, "pharmacist", "receiver", "ledger_reader")
    supplier = system_of(world, world.supplier, "dispatcher", "ledger_reader")
    link()
    supplier.follow()
    volume = next(hospital.every("volumes/"))
    wanted = [
        {
            "contract": volume["contract"],
            "own_number": f"PO-{packs}",
            "lines": [{"line": volume["line"], "packs": packs, "own_number": f"PO-{packs}/1"}],
        }
        for packs in (10, 20, 30)
    ]
    hospital.drop_next = True
    placed = hospital.each("orders/", wanted)
    restored = hospital.each("orders/", wanted)  # the program was restored from yesterday, and has forgotten its keys
    assert [order["reference"] for order in restored] == [order["reference"] for order in placed]
    for order in Order.objects.filter(reference__in=[order["reference"] for order in placed]):
        approve_order(order=order, by=world.order_approver, now=timezone.now())

    link()
    supplier.follow()
    approved = [change for change in supplier.seen if change["change"] == "order.approved"]
    come = {change["own_number"]: change["reference"] for change in approved}
    assert sorted(come) == ["PO-10", "PO-20", "PO-30"]
    supplier.drop_next = True
    supplier.each("orders/confirm/", [{"reference": reference} for reference in come.values()])
    expires = str(legal_date(timezone.now()) + timedelta(days=500))
    sent = [
        {
            "reference": come[f"PO-{packs}"],
            "own_number": f"S-{packs}",
            "lines": [{"line": 1, "batch": f"B{packs}", "expires_on": expires, "packs": packs}],
        }
        for packs in (10, 20, 30)
    ]
    supplier.drop_next = True
    supplier.each("orders/deliver/", sent)
    assert [row["own_number"] for row in hospital.every("deliveries/", own_number="S-20")] == ["S-20"]

    notes = [next(hospital.every("deliveries/", own_number=f"S-{packs}"))["reference"] for packs in (10, 20, 30)]
    verdicts = [
        {"reference": note, "own_number": f"R-{packs}", "lines": [{"line": 1, "accepted": packs}]}
        for packs, note in zip((10, 20, 30), notes, strict=True)
    ]
    verdicts[2]["lines"] = [{"line": 1, "accepted": 31}]
    told = hospital.post("bulk/deliveries/accept/", {"rows": verdicts})
    assert {row["own_number"]: row["status"] for row in told["results"]} == {"R-10": 201, "R-20": 201, "R-30": 422}
    assert told["results"][2]["error"]["code"] == "sum_differs"
    verdicts[2]["lines"] = [{"line": 1, "accepted": 30}]
    accepted = hospital.each("deliveries/accept/", verdicts)  # the first two are what they were, the third is new
    owed = [owed for answer in accepted for owed in answer["payables"]]
    assert sum(Decimal(one["amount"]) for one in owed) == sum(
        Decimal(row["open"]) for row in supplier.every("payables/")
    )

    rows = [PaymentRow(one["reference"], Decimal(one["amount"])) for one in owed]
    facts = {"paid_on": legal_date(timezone.now()), "by": world.finance, "now": timezone.now()}
    record_payment(payee=world.supplier, rows=rows, bank_reference="BANK-2", **facts)
    assert [row["open"] for row in supplier.every("payables/", clock="paid")] == ["0.00"] * 3


def link():
    """What the platform does by itself every few seconds."""
    trail.link_waiting()
