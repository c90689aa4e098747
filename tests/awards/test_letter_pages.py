"""The letter's acts on pages and by programs: who sees what to do, what it costs more, and where it leads."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from awards.actions import accept_offer, award_next, offer_next
from awards.models import Award, NextOffer
from awards.todos import todos
from checking.material import Material
from tests.awards.test_after_the_decision import (
    AWARDED,
    DAY,
    ONE,
    awarded_lot,
    presented,
    refused,
    signatory,
    the_award,
)
from tests.checking.papers import answers
from tests.tenders.test_tender_pages import client_of, page, text_of


@pytest.fixture
def awarded(world):
    return awarded_lot(world, ONE)


def of_letter(name, stage, place=1):
    return reverse(f"awards:{name}", args=[stage.tender.reference, 1, place])


def waits(seat, now):
    return {todo.url for todo in todos(seat, now)}


def test_each_step_is_a_task_of_whoever_takes_it_and_of_nobody_else(world, awarded):
    stage, _bids = awarded
    award = the_award()
    presented(world, award)
    until = the_award().letter.sign_until
    assert of_letter("lapse-award", stage) not in waits(world.awarder, AWARDED)
    assert of_letter("lapse-award", stage) in waits(world.awarder, until)
    refused(world)
    assert waits(world.awarder, until) == {of_letter("offer-next", stage)}
    offer = offer_next(award=the_award(), by=world.awarder, now=AWARDED + DAY)
    seat = signatory(world, offer.supplier)
    assert waits(seat, AWARDED + DAY) == {of_letter("answer-offer", stage)}
    assert not waits(world.awarder, AWARDED + DAY)
    assert waits(world.awarder, offer.answer_until) == {of_letter("offer-next", stage)}
    accept_offer(offer=offer, by=seat, now=AWARDED + DAY)
    assert not waits(seat, AWARDED + DAY)
    assert waits(world.awarder, offer.answer_until) == {of_letter("award-next", stage)}
    award_next(award=the_award(), by=world.awarder, now=AWARDED + DAY)
    assert not waits(world.awarder, AWARDED + DAY)


def test_the_officer_reads_who_is_next_and_what_that_costs_more_before_offering(world, awarded):
    stage, bids = awarded
    refused(world)
    shown = text_of(client_of(world.awarder).get(of_letter("offer-next", stage)))
    assert bids[0].supplier.name in shown
    assert "13.50" in shown
    assert "300.00" in shown


def test_on_pages_an_award_goes_from_refusal_to_the_next_in_rank(world, awarded):
    stage, bids = awarded
    winner = signatory(world, the_award().supplier)
    assert of_letter("refuse-award", stage) in client_of(winner).get(page("lot", stage.tender, 1)).content.decode()
    client_of(winner).post(of_letter("refuse-award", stage), {"reason": "Raw material"})
    client_of(world.awarder).post(of_letter("offer-next", stage), {})
    offer = NextOffer.objects.get()
    taker = signatory(world, offer.supplier)
    assert of_letter("answer-offer", stage) in client_of(taker).get(page("lot", stage.tender, 1)).content.decode()
    without = client_of(taker).post(of_letter("answer-offer", stage), {"answer": "decline", "reason": ""})
    assert "for the record" in text_of(without)
    client_of(taker).post(of_letter("answer-offer", stage), {"answer": "accept"})
    client_of(world.awarder).post(of_letter("award-next", stage), {})
    assert Award.objects.binding().get().bid == bids[0].reference
    shown = text_of(client_of(stage.officer).get(page("lot", stage.tender, 1)))
    assert "refused by the winner" in shown
    assert "300.00 more" in shown
    results = text_of(Client().get(reverse("awards:result", args=[stage.tender.reference])))
    assert bids[0].supplier.name in results
    assert bids[1].supplier.name not in results


def test_others_find_no_page_of_an_award_that_is_not_theirs(world, awarded):
    stage, bids = awarded
    other = signatory(world, bids[2].supplier)
    for name in ("refuse-award", "answer-offer"):
        assert client_of(other).get(of_letter(name, stage)).status_code == 404
    foreign = world.seat(world.organisation("agency"), "awarder")
    for name in ("lapse-award", "offer-next", "award-next", "give-up-award"):
        assert client_of(foreign).get(of_letter(name, stage)).status_code == 404
        assert client_of(stage.officer).get(of_letter(name, stage)).status_code == 403


def test_where_nobody_is_left_the_way_to_the_next_leads_to_giving_up(world, awarded):
    stage, _bids = awarded
    refused(world)
    for now in (AWARDED + DAY, AWARDED + 10 * DAY):
        offer_next(award=the_award(), by=world.awarder, now=now)
    client = client_of(world.awarder)
    assert client.get(of_letter("offer-next", stage)).url == of_letter("give-up-award", stage)
    assert "its need is free" in text_of(client.get(of_letter("give-up-award", stage)))
    client.post(of_letter("give-up-award", stage), {})
    assert "nobody was left who signed" in text_of(client.get(page("lot", stage.tender, 1)))


def test_programs_take_the_same_way(world, awarded, send):
    stage, bids = awarded
    place = (stage.tender.reference, 1, 1)
    letter = send(stage.officer, "get", "award-letter", *place).json()
    assert (letter["place"], letter["end"], letter["offers"]) == (1, "", [])
    winner = signatory(world, the_award().supplier)
    early = send(world.awarder, "post", "lapse-award", *place)
    assert (early.status_code, early.json()["code"]) == (422, "not_presented")
    assert send(stage.suppliers[2], "post", "refuse-award", *place, body={"reason": "No"}).status_code == 404
    assert send(winner, "post", "refuse-award", *place, body={"reason": "No"}).json()["end"] == "refused"
    offered = send(world.awarder, "post", "offer-next", *place).json()["offers"]
    assert [(one["bid"], one["extra"]) for one in offered] == [(bids[0].reference, "300.00")]
    taker = signatory(world, bids[0].supplier)
    answered = send(taker, "post", "answer-offer", *place, body={"answer": "accept"})
    assert answered.json()["offers"][0]["accepted_at"]
    assert send(world.awarder, "post", "award-next", *place).json()["replaced_by"] == 3
    told = send(stage.officer, "get", "award-letter", stage.tender.reference, 1, 3).json()
    assert told["supplier"]["name"] == bids[0].supplier.name


def test_the_record_says_what_followed_and_the_check_still_holds(world, awarded):
    stage, bids = awarded
    refused(world)
    offer = offer_next(award=the_award(), by=world.awarder, now=AWARDED + DAY)
    accept_offer(offer=offer, by=signatory(world, offer.supplier), now=AWARDED + DAY)
    award_next(award=the_award(), by=world.awarder, now=AWARDED + DAY)
    record = json.loads(b"".join(Client().get(reverse("record", args=[stage.tender.reference])).streaming_content))
    (decision,) = record["decisions"]
    assert [one["bid"] for one in decision["awards"]] == [bids[1].reference, bids[0].reference]
    (followed,) = decision["followed"]
    assert (followed["place"], followed["end"]) == (1, "refused")
    assert followed["offers"][0]["answer"] == "accepted"
    assert followed["replaced_by"] == {"place": 3, "bid": bids[0].reference}
    assert answers(Material(record))["awards"] == ("holds", "")
