"""From an imported catalogue to a payment over HTTP alone: every party is a program with a token of its own."""

import base64
import json
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from secrets import token_hex

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.actions import make_token
from accounts.models import Organisation
from accounts.permissions import OrganisationKind
from catalogue.actions import link_maker
from catalogue.models import Maker
from core import tasks
from core.clock import legal_date
from sealing import envelope, payloads
from sealing.offers import offer_of_product
from tests.tenders.openers import OpenerProgram
from tests.tenders.stage import rule_set
from tests.world import NOW

CATALOGUE = """kind,item_name,strength,form,base_unit,maker,pack_size,pack_unit,source
drug,阿托伐他汀钙片,20mg,片剂,片,Demo maker 1,7,盒,a test
drug,阿托伐他汀钙片,20mg,片剂,片,Demo maker 2,7,盒,a test
drug,阿托伐他汀钙片,20mg,片剂,片,Demo maker 3,7,盒,a test
drug,阿托伐他汀钙片,20mg,片剂,片,Demo maker 4,7,盒,a test
"""
# Price a pack and share of the points: the cheapest fails the technical envelope, the second wins.
BIDS = (("6.60", "0.90"), ("7.10", "0.85"), ("8.00", "0.80"), ("5.00", "0.30"))
MAKERS = ("Demo maker 1", "Demo maker 2", "Demo maker 3", "Demo maker 4")


@dataclass
class Program:
    """A client that acts for one seat."""

    secret: str

    def get(self, path: str):
        answer = Client().get(f"/api/v1/{path}", headers=self._headers())
        assert answer.status_code == 200, answer.content
        return answer.json()

    def post(self, path: str, status: int = 0, **body: object):
        """Send; ``status`` is what must come back, any success by default."""
        return self._send("post", path, status, body)

    def put(self, path: str, **body: object):
        return self._send("put", path, 0, body)

    def _send(self, method: str, path: str, status: int, body: dict[str, object]):
        answer = getattr(Client(), method)(
            f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=self._headers()
        )
        assert answer.status_code == status if status else answer.status_code < 300, answer.content
        return answer.json() if answer.content else None

    def upload(self, path: str, name: str, content: bytes):
        answer = Client().post(f"/api/v1/{path}", {"file": SimpleUploadedFile(name, content)}, headers=self._headers())
        assert answer.status_code == 202, answer.content
        return answer.json()

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Token {self.secret}", "Idempotency-Key": token_hex(8)}


@pytest.fixture
def program(world):
    return lambda seat: Program(make_token(label="journey", by=seat, now=NOW)[1])


def test_a_medicine_goes_from_catalogue_to_payment_over_http(world, program, travel):
    travel(NOW)
    rule_set()
    item, products = _import(program(world.cataloguer))
    officer = program(world.officer)
    window = _report(officer, program(world.pharmacist), world, item, travel)
    tender, openers, evaluators = _publish(officer, world, program, window, item)
    suppliers = [program(_bidder(world, maker)) for maker in MAKERS]
    bids = [
        _bid(supplier, tender, products[maker], price)
        for supplier, maker, (price, _share) in zip(suppliers, MAKERS, BIDS, strict=True)
    ]
    travel(NOW + timedelta(days=40))
    _open(officer, openers, tender, "technical")
    _evaluate(officer, evaluators, tender, dict(zip(bids, (Decimal(share) for _price, share in BIDS), strict=True)))
    travel(NOW + timedelta(days=45))
    _open(officer, openers, tender, "commercial")
    _award(officer, program(world.awarder), tender, bids, travel)
    contract = _contract(world, program, officer, suppliers[0], tender)
    _buy_and_pay(world, program, contract, suppliers[0], travel)


def _bidder(world, maker):
    """Somebody who bids for the maker, which the agency's cataloguer knows by its registration."""
    organisation = world.organisation(OrganisationKind.SUPPLIER)
    link_maker(maker=Maker.objects.get(name=maker), organisation=organisation, by=world.cataloguer, now=NOW)
    return world.seat(organisation, "bid_manager", "signatory", "dispatcher")


def _import(cataloguer):
    staged = cataloguer.upload("imports/", "catalogue.csv", CATALOGUE.encode())
    tasks.sweep()
    ready = cataloguer.get(f"imports/{staged['reference']}/")
    assert (ready["status"], ready["new"], ready["faulty"]) == ("ready", 4, 0)
    cataloguer.post(f"imports/{staged['reference']}/merge/")
    tasks.sweep()
    assert cataloguer.get(f"imports/{staged['reference']}/")["status"] == "merged"
    (item,) = cataloguer.get("items/")["results"]
    products = {product["maker"]: product["reference"] for product in cataloguer.get("products/")["results"]}
    return item["reference"], products


def _report(officer, pharmacist, world, item, travel):
    today = legal_date(NOW)
    window = officer.post(
        "demand-windows/",
        title="Demand of next year",
        year=today.year + 1,
        opens_on=str(today),
        closes_on=str(today + timedelta(days=5)),
        items=[item],
        hospitals=[world.hospital.credit_code],
    )["reference"]
    pharmacist.put(f"demand-windows/{window}/report/", lines=[{"line": 1, "quantity": 7000}])
    travel(NOW + timedelta(days=6))
    officer.post(f"demand-windows/{window}/lock/")
    return window


def _publish(officer, world, program, window, item):
    tender = officer.post(
        "tenders/",
        title="Statins",
        kind="drug",
        region=world.region.code,
        rule_set="double-envelope-threshold/1",
        window=window,
    )["reference"]
    officer.put(f"tenders/{tender}/lots/", lots=[{"items": [{"item": item}], "ceiling_price": "1.20"}])
    deadline = NOW + timedelta(days=35)
    supply = legal_date(deadline) + timedelta(days=15)
    officer.put(
        f"tenders/{tender}/schedule/",
        deadline=deadline.isoformat(),
        supply_from=str(supply),
        supply_to=str(supply + timedelta(days=364)),
    )
    criteria = [{"kind": "formal", "title": "Licence"}, {"kind": "scored", "title": "Quality", "max_points": 100}]
    officer.put(f"tenders/{tender}/criteria/", criteria=criteria)
    openers = [_opener(officer, world, program, tender, number) for number in range(5)]
    for opener in openers:
        opener.prove()
    evaluators = [_evaluator(officer, world, program, tender) for _number in range(5)]
    draft = officer.get(f"tenders/{tender}/")
    assert draft["status"] == "draft"
    program(world.preparer).post(f"tenders/{tender}/publish/", prepared_at=draft["prepared_at"])
    assert officer.get(f"tenders/{tender}/")["status"] == "published"
    return tender, openers, evaluators


def _opener(officer, world, program, tender, number):
    organisation = (world.agency, world.regulator, world.hospital)[number % 3]
    seat = world.seat(organisation, "opener")
    officer.post(f"tenders/{tender}/openers/", email=seat.person.email, organisation=organisation.credit_code)
    client = program(seat)

    def call(method: str, path: str, body: dict | None):
        return (
            client.get(f"tenders/{tender}/{path}")
            if method == "get"
            else getattr(client, method)(f"tenders/{tender}/{path}", **(body or {}))
        )

    opener = OpenerProgram(call)
    opener.make(tender)
    return opener


def _evaluator(officer, world, program, tender):
    seat = world.seat(world.hospital, "evaluator")
    officer.post(f"tenders/{tender}/evaluators/", email=seat.person.email, organisation=world.hospital.credit_code)
    evaluator = program(seat)
    evaluator.post(f"tenders/{tender}/declaration/", has_interest=False)
    return evaluator


def _bid(supplier, tender, product, price):
    """The program seals by itself: the platform sees ciphertext only."""
    bid = supplier.post("bids/", tender=tender, lot=1, product=product)["reference"]
    contents = {
        "technical": payloads.technical_payload({"C-01": "yes", "C-02": "no failed batch"}),
        "commercial": payloads.commercial_payload(
            offer_of_product(currency="CNY", product=product, pack=7, price=Decimal(price))
        ),
    }
    sealed = {}
    for terms in supplier.get(f"bids/{bid}/sealing/"):
        kind = terms["envelope"]
        notice = envelope.Requirements(
            terms["tender"], terms["lot"], terms["terms"], terms["k"], tuple(terms["openers"]), terms["minimum_pad"]
        )
        slot = envelope.Slot(terms["supplier"], terms["bid"], terms["version"], kind)
        sealed[kind] = base64.b64encode(envelope.seal(contents[kind], notice, slot).file).decode()
    receipt = supplier.post(f"bids/{bid}/versions/", **sealed)
    assert receipt["kind"] == "bid"
    return bid


def _open(officer, openers, tender, kind):
    close = officer.post(f"tenders/{tender}/opening/", envelope=kind)["close"]
    for opener in openers[:3]:
        opener.release(json.loads(close.partition("\n")[0])["root"])
    for opener in openers[:3]:
        opener.sign_minutes()
    opened = officer.get(f"tenders/{tender}/opening/")["opened"]
    assert {found["outcome"] for found in opened} == {"opened"}


def _evaluate(officer, evaluators, tender, shares):
    lot = f"tenders/{tender}/lots/1"
    for bid, share in shares.items():
        evaluators[0].post(f"{lot}/evaluation/{bid}/review/", passed=True)
        for evaluator in evaluators:
            evaluator.post(f"{lot}/evaluation/{bid}/score/", points=[{"criterion": 2, "points": str(share * 100)}])
    for evaluator in evaluators:
        evaluator.post(f"{lot}/sign-evaluation/")
    officer.post(f"{lot}/publish-result/")


def _award(officer, awarder, tender, bids, travel):
    lot = f"tenders/{tender}/lots/1"
    officer.post(f"{lot}/propose-award/")
    awarder.post(f"{lot}/award/", status=422)
    travel(NOW + timedelta(days=52))
    awarder.post(f"{lot}/award/")
    result = officer.get(f"{lot}/")
    paths = {path["bid"]: path for path in result["bids"]}
    [award] = officer.get(f"{lot}/award/")["awards"]
    assert (award["bid"], Decimal(award["price"])) == (bids[0], Decimal("6.60"))
    assert (result["status"], result["ending"]) == ("ended", "awarded")
    assert [paths[bid]["rank"] for bid in bids] == [1, 2, 3, None]
    assert paths[bids[3]]["price"] is None
    assert paths[bids[3]]["sealed_for_ever"]


def _contract(world, program, officer, supplier, tender):
    today = legal_date(timezone.now())
    me = supplier.get("me/")["organisation"]["credit_code"]
    contract = officer.post(
        "contracts/",
        source=tender,
        supplier=me,
        starts_on=str(today),
        ends_on=str(today + timedelta(days=364)),
        maximum_percent=120,
    )["reference"]
    supplier.post(f"contracts/{contract}/sign/")
    program(world.awarder).post(f"contracts/{contract}/sign/")
    assert officer.get(f"contracts/{contract}/")["status"] == "signed"
    return contract


def _say_where_to_pay(world, program, supplier):
    """A second person of the supplier comes, and confirms what the first has proposed."""
    me = supplier.get("me/")["organisation"]
    details = {"bank": "Demo bank", "holder": me["name"], "number": "6222 0212 3456 7890"}
    account = supplier.post("bank-accounts/", **details)["reference"]
    supplier.post(f"bank-accounts/{account}/confirm/", status=422)
    accountant = program(world.seat(Organisation.objects.get(credit_code=me["credit_code"]), "accountant"))
    assert accountant.post(f"bank-accounts/{account}/confirm/")["status"] == "in_use"


def _buy_and_pay(world, program, contract, supplier, travel):
    pharmacist = program(world.pharmacist)
    refused = pharmacist.post("orders/", status=422, contract=contract, lines=[{"line": 1, "packs": 1201}])
    assert "1200" in refused["message"].replace(",", "")
    order = pharmacist.post("orders/", contract=contract, lines=[{"line": 1, "packs": 100}])["reference"]
    program(world.order_approver).post(f"orders/{order}/approve/")
    supplier.post(f"orders/{order}/confirm/")
    expires_on = str(legal_date(timezone.now()) + timedelta(days=400))
    delivery = supplier.post(
        f"orders/{order}/deliver/", lines=[{"line": 1, "batch": "B1", "expires_on": expires_on, "packs": 100}]
    )["reference"]
    accepted = program(world.receiver).post(
        f"deliveries/{delivery}/accept/",
        lines=[{"line": 1, "accepted": 99, "rejected": 1, "rejection": "damaged"}],
    )
    (owed,) = accepted["payables"]
    assert Decimal(owed["amount"]) == Decimal("653.40")
    finance = program(world.finance)
    (payable,) = finance.get("payables/")["results"]
    assert payable["due_on"] == str(legal_date(timezone.now()) + timedelta(days=30))
    travel(timezone.now() + timedelta(days=20))
    payment = {
        "payee": supplier.get("me/")["organisation"]["credit_code"],
        "paid_on": str(legal_date(timezone.now())),
        "lines": [{"payable": payable["reference"], "amount": "653.40"}],
    }
    finance.post("payments/", status=422, bank_reference="BANK-1", **payment)
    _say_where_to_pay(world, program, supplier)
    finance.post("payments/", bank_reference="BANK-1", **payment)
    finance.post("payments/", status=422, bank_reference="BANK-2", **payment)
    assert finance.get("payables/")["results"][0]["clock"] == "paid"
    assert supplier.get("payments/")["results"][0]["amount"] == "653.40"
