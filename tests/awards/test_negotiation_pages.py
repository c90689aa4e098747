"""Three seats and a supplier come to a confidential price over two rounds, on pages; nobody else learns it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import InboxMessage
from awards.models import Negotiation
from catalogue.models import PriceEntry
from core.models import Event, OutboxMessage
from tests.awards.table import BEGUN, at_the_table, too_few
from tests.tenders.test_tender_pages import client_of, text_of

AFTER = BEGUN + timedelta(days=8)
# The marked price, and what a pack count or a share would make of it is looked for by its digits.
PRICE = "7.173951"


def of(name, negotiation):
    return reverse(f"awards:{name}", args=[negotiation.reference])


def test_from_the_ended_lot_to_a_confidential_price(world, travel):
    stage, bids = too_few(world)
    travel(BEGUN)
    agency, hospital, payer = (world.seat(one, "negotiator") for one in (world.agency, world.hospital, world.payer))
    expert = world.seat(world.hospital, "evaluator")
    officer, supplier = client_of(stage.officer), client_of(bids[0].prepared_by)
    lot = reverse("awards:open-negotiation", args=[stage.tender.reference, 1])
    assert lot in officer.get(reverse("home")).content.decode()
    chosen = {"bid": bids[0].pk, "agency_seat": agency.pk, "hospital_seat": hospital.pk, "payer_seat": payer.pk}
    rules = {"expert": expert.pk, "rounds": 2, "quotes": 2, "within": "1.15", "offer_days": 3, "answer_days": 5}
    officer.post(lot, chosen | rules | {"days": 30, "confidential": "on"})
    negotiation = Negotiation.objects.get()

    client_of(expert).post(of("commit-reserve", negotiation), {"price": "8.5"})
    assert of("make-offer", negotiation) in supplier.get(reverse("home")).content.decode()
    supplier.post(of("make-offer", negotiation), {"price": "9.00"})
    client_of(hospital).post(of("propose-counter", negotiation), {"price": "6.00"})
    unsigned = text_of(supplier.get(of("negotiation", negotiation)))
    assert "6.00" not in unsigned
    assert "6.00" in text_of(client_of(payer).get(of("sign-counter", negotiation)))
    client_of(payer).post(of("sign-counter", negotiation))
    assert "6.00" in text_of(supplier.get(of("negotiation", negotiation)))
    assert "never higher" in text_of(supplier.post(of("make-offer", negotiation), {"price": "9.01"}))
    supplier.post(of("make-offer", negotiation), {"price": PRICE})
    assert "8.50" not in text_of(client_of(agency).get(of("negotiation", negotiation)))
    client_of(expert).post(of("disclose-reserve", negotiation))
    assert "8.50" in text_of(client_of(agency).get(of("negotiation", negotiation)))
    client_of(agency).post(of("draft-minutes", negotiation), {"reason": "", "leads_on": "", "text": ""})
    for seat in (agency, hospital, payer, bids[0].prepared_by):
        client_of(seat).post(of("sign-minutes", negotiation))
    negotiation.refresh_from_db()
    assert (negotiation.status, len(negotiation.price_hash)) == ("agreed", 64)

    travel(AFTER)
    client_of(world.awarder).post(of("register-confidential", negotiation))
    entry = PriceEntry.objects.get()
    assert (str(entry.price), entry.visibility) == (PRICE, "parties")


PUBLIC = ("awards:results", "awards:negotiations", "catalogue:prices", "home", "tenders:tenders")


@pytest.fixture
def registered(world, travel):
    table = at_the_table(world, confidential=True)
    travel(BEGUN)
    table.agreed(PRICE)
    travel(AFTER)
    client_of(world.awarder).post(of("register-confidential", table.now))
    assert PriceEntry.objects.get().price
    return table


def test_nobody_else_finds_the_price_on_a_page_an_export_an_endpoint_or_in_an_event(world, registered):
    table = registered
    rival = next(seat for seat in table.stage.suppliers if seat.organisation != table.bid.supplier)
    reference, tender = table.now.reference, table.stage.tender.reference
    addresses = [
        *(reverse(name) for name in PUBLIC),
        reverse("catalogue:prices") + "?sort=price",
        reverse("catalogue:prices") + "?export=csv",
        reverse("awards:negotiation", args=[reference]),
        reverse("awards:awards", args=[tender]),
        reverse("awards:result", args=[tender]),
        reverse("tenders:lot", args=[tender, 1]),
        reverse("record", args=[tender]),
        reverse("api-negotiations"),
        reverse("api-negotiation", args=[reference]),
        reverse("catalogue:product", args=[table.now.product_version.product.reference]),
    ]
    for client in (client_of(rival), client_of(world.seat(rival.organisation, "signatory")), Client()):
        for address in addresses:
            answer = client.get(address, follow=True)
            told = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert b"7.17" not in told, address
    assert client_of(rival).get(reverse("awards:negotiation", args=[reference])).status_code == 404
    told = [event.data for event in Event.objects.all() if PRICE in str(event.data)]
    assert len(told) == Event.objects.filter(verb="price.recorded").exclude(audience="public").count()
    assert not Event.objects.visible_to(rival).filter(data__price=PRICE).exists()
    assert "7.17" not in str(list(OutboxMessage.objects.values_list("arguments")))
    assert "7.17" not in str(list(InboxMessage.objects.values()))


def test_parties_and_auditors_read_the_price_by_program(registered, world, send):
    for seat in (registered.payer, world.auditor):
        told = send(seat, "get", "negotiation", registered.now.reference).json()
        assert told["minutes"][0]["price"] == PRICE
        assert told["price_hash"]


def test_a_program_offers_and_the_table_answers(world, travel, send):
    table = at_the_table(world)
    travel(BEGUN)
    place = table.now.reference
    assert send(table.supplier, "post", "make-offer", place, body={"price": "12.00"}).status_code == 201
    again = send(table.supplier, "post", "make-offer", place, body={"price": "11.00"})
    assert (again.status_code, again.json()["code"]) == (422, "not_now")
    assert send(table.hospital, "post", "propose-counter", place, body={"price": "9.00"}).status_code == 201
    assert send(table.supplier, "get", "negotiation", place).json()["counters"] == []
    assert send(table.hospital, "post", "sign-counter", place).json()["code"] == "same_person"
    assert send(table.payer, "post", "sign-counter", place).json()["status"] == "offer"


def test_the_list_asks_as_many_queries_whatever_it_holds(world, django_assert_max_num_queries):
    table = at_the_table(world)
    client = client_of(table.payer)
    client.get(reverse("awards:negotiations"))
    with django_assert_max_num_queries(25):
        assert table.now.reference in client.get(reverse("awards:negotiations")).content.decode()
