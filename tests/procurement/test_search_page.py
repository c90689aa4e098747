"""One box finds the things of all rooms, for each seat its own; what is secret is not there to be found."""

import io
from dataclasses import replace

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from core.models import SearchEntry
from core.search import find, index
from procurement.searching import everything
from tenders.models import Bid
from tenders.searching import of_tender
from tests.contracts.builders import contract_in_force, order
from tests.roles import as_web
from tests.tenders.bids import bids_in, moved_deadline
from tests.tenders.stage import published_tender


def page(client, seat, text):
    client.force_login(seat.person)
    return client.get("/search/", {"q": text}).content.decode()


def references(who, text):
    with as_web(who):
        return {hit.reference for hit in find(text)}


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


def test_the_page_says_where_only_the_spelling_is_alike(client, world):
    contract_in_force(world)
    assert "Nothing was found" in page(client, world.officer, "zzzzqqqq")
    assert "What are you looking for?" in page(client, world.officer, "")
    client.logout()
    assert client.get("/search/", {"q": "x"}).status_code == 302


def test_what_the_actions_wrote_is_what_the_command_makes_anew(world):
    assert world.payer  # who comes later reads what was there before once the command has run
    order(world, contract_in_force(world), 1)
    published_tender(world, lots=("20.00",))
    kept = rows()
    told = io.StringIO()
    call_command("rebuild_search", stdout=told)
    assert told.getvalue() == f"{len(list(everything()))} things are found.\n"
    anew = rows()
    assert {key: anew[key] for key in kept} == kept
    assert {"tender", "contract", "order"} <= {kind for kind, _reference in kept}


def rows():
    return {(row["kind"], row["reference"]): row for row in SearchEntry.objects.values(*_FIELDS)}


_FIELDS = ("kind", "reference", "title", "detail", "url", "audience", "organisations", "tokens", "names")
