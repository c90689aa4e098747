"""One box finds the things of all rooms, for each seat its own; what is secret is not there to be found."""

import io
from dataclasses import replace

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from catalogue.models import Item
from core.models import SearchEntry
from core.search import find, index
from procurement.searching import KINDS, everything
from tenders.models import Bid
from tenders.searching import of_tender
from tests.contracts.builders import contract_in_force, order, trade
from tests.contracts.copies import copies, queries_of
from tests.roles import as_web
from tests.tenders.bids import bids_in, moved_deadline
from tests.tenders.stage import published_tender


def page(client, seat, text):
    client.force_login(seat.person)
    return client.get("/search/", {"q": text}).content.decode()


def references(who, text):
    with as_web(who):
        return {hit.reference for hit in find(text, tuple(KINDS), 50)}


def test_a_new_organisation_is_found_at_once(client, world):
    world.organisation("hospital", "仙桃市第一人民医院")
    assert "仙桃市第一人民医院" in page(client, world.pharmacist, "xiantao renmin")
    assert "仙桃市第一人民医院" in page(client, world.bid_manager, "XTSDYRMYY")


def test_a_tender_is_its_agencys_until_it_is_published(world):
    stage = published_tender(world, lots=("20.00",))
    assert stage.tender.reference in references(None, stage.tender.title)
    with transaction.atomic():
        index([replace(of_tender(stage.tender), audience="agency")])
        assert references(stage.suppliers[0], stage.tender.reference) == set()
        assert references(world.officer, stage.tender.reference) == {stage.tender.reference}


def test_nobody_finds_a_bid_or_a_price(client, world):
    stage = published_tender(world, lots=("20.00",))
    moved_deadline(stage.tender, timezone.now() + timezone.timedelta(days=1))
    bids_in(stage, "13.50", "12.75")
    bids = list(Bid.objects.select_related("supplier"))
    assert bids
    for seat in (world.officer, world.auditor, *stage.suppliers):
        for bid in bids:
            assert bid.reference not in references(seat, bid.reference)
        assert references(seat, "13.50") == references(seat, "12.75") == set()
    stored = " ".join(f"{e.title} {e.detail} {e.tokens} {e.names}" for e in SearchEntry.objects.filter(kind="tender"))
    assert not any(secret in stored for secret in ("13.50", "1350", *(bid.supplier.name for bid in bids)))


def test_an_order_is_found_by_its_parties_and_by_nobody_else(client, world):
    contract = contract_in_force(world)
    placed = order(world, contract, 1)
    for seat in (world.pharmacist, world.officer, world.finance, world.auditor, world.dispatcher):
        assert placed.reference in page(client, seat, placed.reference)
    stranger = world.seat(world.organisation("hospital"), "pharmacist")
    assert placed.reference not in references(stranger, placed.reference)
    assert contract.reference not in references(stranger, contract.reference)


def test_a_delivery_is_found_by_its_batch_and_a_payment_by_the_banks_reference(client, world):
    done = trade(world)
    sent, batch = done.received, done.received.lines.first().batch.number
    payment = done.payment
    for seat in (world.receiver, world.dispatcher, world.finance):
        assert sent.reference in page(client, seat, batch)
    assert payment.reference in page(client, world.finance, payment.bank_reference)
    assert payment.reference not in page(client, world.receiver, payment.bank_reference)  # opens no payment
    stranger = world.seat(world.organisation("hospital"), "receiver")
    for reference in (sent.reference, payment.reference):
        assert references(stranger, reference) == references(stranger, "D-2020-9999") == set()


def test_who_may_open_no_contract_finds_none_of_its_hospital(client, world):
    contract = contract_in_force(world)
    assert contract.reference in page(client, world.pharmacist, contract.title)
    evaluator = world.seat(world.hospital, "evaluator")
    assert "/contracts/" not in page(client, evaluator, contract.reference)


def test_the_box_answers_by_kind_with_the_very_number_first_at_the_cost_of_one_question(client, world):
    done = trade(world)
    client.force_login(world.finance.person)
    few, box = queries_of(lambda: client.get("/search/", {"q": done.waiting.reference}, headers={"HX-Request": "true"}))
    copies(done, 300)
    many, _box = queries_of(lambda: client.get("/search/", {"q": "2026"}, headers={"HX-Request": "true"}))
    assert many == few
    text = box.content.decode()
    assert "<html" not in text
    assert text.index('role="option"') < text.index(done.waiting.reference) < text.index("Show all")
    assert box.context["groups"][0].hits[0].reference == done.waiting.reference


def test_from_a_medicine_one_goes_on_to_the_lists_of_it(client, world):
    trade(world)
    index(everything())
    client.force_login(world.finance.person)
    told = dict(client.get("/search/", {"q": Item.objects.first().name}).context["lists"])
    assert len(told) == 4
    assert all(client.get(url).status_code == 200 for url in told.values())


def test_the_page_says_where_only_the_spelling_is_alike(client, world):
    contract_in_force(world)
    assert "Nothing was found" in page(client, world.officer, "zzzzqqqq")
    assert "What are you looking for?" in page(client, world.officer, "")
    client.logout()
    assert client.get("/search/", {"q": "x"}).status_code == 302


def test_what_the_actions_wrote_is_what_the_command_makes_anew(world):
    assert world.payer  # who comes later reads what was there before once the command has run
    trade(world)
    published_tender(world, lots=("20.00",))
    kept = rows()
    told = io.StringIO()
    call_command("rebuild_search", stdout=told)
    assert told.getvalue() == f"{len(list(everything()))} things are found.\n"
    anew = rows()
    assert {key: anew[key] for key in kept} == kept
    assert {"tender", "contract", "order", "delivery", "payment"} <= {kind for kind, _reference in kept}


def rows():
    return {(row["kind"], row["reference"]): row for row in SearchEntry.objects.values(*_FIELDS)}


_FIELDS = ("kind", "reference", "title", "detail", "url", "audience", "organisations", "tokens", "names", "readers")
