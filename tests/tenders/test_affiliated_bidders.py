"""Bidders that belong together are told to the officer after the opening, by what was on record on the last day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.actions import Basis, Evidence, Tie, propose_affiliation, propose_separation
from core.clock import legal_date
from procurement.actions import confirm_filing
from tenders.presentation.lots import affiliated_bidders
from tests.tenders.bids import bids_in, clock_at
from tests.tenders.judging import OPENED, open_envelopes
from tests.tenders.stage import DEADLINE, published_tender
from tests.world import NOW

LAST = legal_date(DEADLINE)
BASIS = Basis(legal_date(NOW), Evidence("register.pdf", b"%PDF"))
LATER = DEADLINE + timedelta(days=30)
WORDS = "These bidders belong together"


@pytest.fixture
def pair(world):
    return world.seat(world.agency, "registrar"), world.seat(world.agency, "registrar")


def tied(pair, one, other, basis=BASIS):
    filing = propose_affiliation(tie=Tie("control", one, other), basis=basis, by=pair[0], now=LATER)
    confirm_filing(filing=filing, by=pair[1], now=LATER)


def test_the_officer_is_told_of_a_group_once_the_bids_of_its_lot_are_open(world, client):
    stage = published_tender(world, suppliers=3, lots=("20.00",))
    bids = bids_in(stage, "13.50", "12.00", "11.00")
    pair = world.seat(world.agency, "registrar"), world.seat(world.agency, "registrar")
    between = world.organisation("supplier", "Holding")
    for bid in bids[:2]:
        tied(pair, bid.supplier, between)
    lot, names = stage.lots[0], sorted(bid.supplier.name for bid in bids[:2])
    page = reverse("tenders:lot", args=[stage.tender.reference, 1])
    assert affiliated_bidders(lot, stage.officer) == []
    client.force_login(stage.officer.person)
    assert WORDS not in client.get(page).content.decode()
    with clock_at(OPENED):
        open_envelopes(stage, "technical", at=OPENED)
    assert affiliated_bidders(lot, stage.officer) == [names]
    assert affiliated_bidders(lot, world.auditor) == [names]
    assert affiliated_bidders(lot, stage.suppliers[0]) == []
    for seat, told in ((stage.officer, True), (stage.suppliers[0], False)):
        client.force_login(seat.person)
        shown = client.get(page).content.decode()
        assert (WORDS in shown, all(name in shown for name in names) and told) == (told, told)


def test_what_was_on_record_on_the_last_day_counts(world, pair):
    stage = published_tender(world, suppliers=2, lots=("20.00",))
    bids = bids_in(stage, "13.50", "12.00")
    with clock_at(OPENED):
        open_envelopes(stage, "technical", at=OPENED)
    one, other = (bid.supplier for bid in bids)
    lot, after = stage.lots[0], replace(BASIS, day=LAST + timedelta(days=1))
    tied(pair, one, other, after)
    assert affiliated_bidders(lot, stage.officer) == []
    tied_then = replace(BASIS, day=LAST - timedelta(days=1))
    filing = propose_affiliation(tie=Tie("contract_maker", one, other), basis=tied_then, by=pair[0], now=LATER)
    confirm_filing(filing=filing, by=pair[1], now=LATER)
    assert len(affiliated_bidders(lot, stage.officer)) == 1
    ended = replace(BASIS, day=LAST - timedelta(days=1))
    filing = propose_separation(tie=Tie("contract_maker", one, other), basis=ended, by=pair[0], now=LATER)
    confirm_filing(filing=filing, by=pair[1], now=LATER)
    assert affiliated_bidders(lot, stage.officer) == []
