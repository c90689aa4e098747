"""Results, awards and objections on the page: for bidders, officers and the world, and in files."""

import csv
import json
from datetime import timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Seat
from awards.actions import award_lot, file_objection
from awards.models import Decision
from core.actions import action
from core.templatetags.ui import price
from procurement import shell
from tenders.actions.preparation import in_words
from tenders.models import Objection, Ranking
from tenders.presentation.explained import Explained
from tests.ruling import ruled
from tests.tenders.judging import (
    AWARDED,
    JUDGED,
    PRICED,
    PROPOSED,
    judge,
    now_of,
    open_envelopes,
    opened_bids,
    proposed_lot,
)
from tests.tenders.test_evaluation_pages import queries_of
from tests.tenders.test_tender_pages import client_of, page, text_of

TWO = ruled(pass_mark=Decimal(60), minimum_for_competition=2, minimum_evaluators=3)
SECRET = "7.77"


def of_award(name, tender, *more):
    return reverse(f"awards:{name}", args=[tender.reference, *more])


def todos(seat: Seat, now):
    """What the tender and its award have for a seat to do."""
    return [todo for room in (shell.tenders, shell.awards) for todo in room.todos(seat, now)]


@pytest.fixture
def ranked(world):
    """Two priced bids, one above the ceiling, one that failed and would have been the cheapest."""
    stage, bids = opened_bids(world, "120.00", "90.00", "250.00", SECRET, evaluators=3, rules=TWO)
    judge(stage, {bids[0]: "80", bids[1]: "70", bids[2]: "90", bids[3]: "59"})
    open_envelopes(stage, "commercial", at=PRICED)
    return stage, bids


# --- Award explained -------------------------------------------------------------------------------------
def test_every_bid_is_followed_from_received_to_rank_with_its_arithmetic(ranked):
    stage, bids = ranked
    shown = text_of(client_of(bids[3].prepared_by).get(page("lot", stage.tender, 1)))
    assert "90.00 ÷ 10 = 9.000000 (exactly 9/1)" in shown
    assert "Score 59.00, pass mark 60. The mark is not reached." in shown
    assert "Ceiling: 20.00. The price is above it, so the bid is not valid." in shown
    assert "price stays sealed" in shown
    paths = Explained(now_of(stage.lots[0])).paths
    assert [path.bid for path in paths] == [bids[1], bids[0], bids[2], bids[3]]
    assert [mark.text for mark in paths[0].marks] == [
        "received",
        "formal requirements met",
        "70.00 points",
        "90.00 a pack",
        "9.00 comparable",
        "rank 1",
    ]


def test_the_price_of_a_failed_bid_stands_on_no_page_and_in_no_file(world, ranked):
    stage, _bids = ranked
    reference = stage.tender.reference
    addresses = [
        page("lot", stage.tender, 1),
        of_award("awards", stage.tender),
        page("opening", stage.tender),
        reverse("awards:result", args=[reference]),
        reverse("awards:result-lot", args=[reference, 1]),
        reverse("awards:result-export", args=[reference, "json"]),
        reverse("awards:result-export", args=[reference, "csv"]),
        reverse("api-lot", args=[reference, 1]),
    ]
    for seat in (stage.officer, world.auditor, stage.evaluators[0].seat, stage.suppliers[0]):
        for address in addresses:
            answer = client_of(seat).get(address)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code == 200
            assert SECRET.encode() not in content


def test_the_picture_and_the_words_agree(ranked):
    stage, _bids = ranked
    line = Explained(now_of(stage.lots[0])).line
    assert [(point["value"], point["position"], point["tone"]) for point in line["points"]] == [
        ("9.00", 360, "accent"),
        ("12.00", 480, "accent"),
        ("25.00", 1000, "bad"),
    ]
    assert line["ceiling"] == 800
    assert "1 price stays sealed" in Explained(now_of(stage.lots[0])).description


def test_before_an_award_the_page_says_who_is_named_or_until_when_it_is_too_early(world):
    stage, _bids = proposed_lot(world, "120.00", "90.00", evaluators=3, rules=TWO)
    lot = now_of(stage.lots[0])
    proposal = Decision.objects.get(lot=lot)
    address = of_award("award-lot", stage.tender, 1)
    with patch.object(timezone, "now", lambda: proposal.standstill_until - timedelta(minutes=1)):
        early = client_of(world.awarder).get(address)
    assert "bidders can still object, until" in text_of(early)
    assert in_words(proposal.standstill_until) in text_of(early)
    assert "decided" not in early.context
    with patch.object(timezone, "now", lambda: proposal.standstill_until):
        asked = client_of(world.awarder).get(address)
    [named] = asked.context["decided"]
    first = proposal.awards.select_related("supplier").order_by("place")[0]
    assert named.rows[0][2] == first.supplier.name
    assert price(first.price) in text_of(asked)
    assert "This cannot be undone" in text_of(asked)
    refused = text_of(client_of(stage.officer).get(of_award("fail-lot", stage.tender, 1)))
    assert "is proposed already" in refused


def test_before_the_result_nothing_is_said_about_any_bid(world):
    stage, bids = opened_bids(world, "13.50", "12.00", evaluators=3, rules=TWO)
    shown = text_of(client_of(stage.suppliers[0]).get(page("lot", stage.tender, 1)))
    assert "Until then nothing is said about any bid" in shown
    assert bids[1].supplier.name not in shown
    assert Client().get(reverse("awards:result", args=[stage.tender.reference])).status_code == 404


# --- The world -------------------------------------------------------------------------------------------
def test_results_are_public_pages(ranked):
    stage, bids = ranked
    visitor = Client()
    listed = text_of(visitor.get(reverse("awards:results")))
    assert stage.tender.reference in listed
    whole = text_of(visitor.get(reverse("awards:result", args=[stage.tender.reference])))
    assert "prices opened" in whole
    lot = text_of(visitor.get(reverse("awards:result-lot", args=[stage.tender.reference, 1])))
    assert bids[1].supplier.name in lot
    assert visitor.get(reverse("awards:result-lot", args=[stage.tender.reference, 9])).status_code == 404


def test_results_are_taken_along_as_json_and_csv_with_prices_as_text(ranked):
    stage, bids = ranked
    body = json.loads(Client().get(reverse("awards:result-export", args=[stage.tender.reference, "json"])).content)
    rows = {row["bid"]: row for row in body["bids"]}
    assert (rows[bids[1].reference]["price"], rows[bids[1].reference]["rank"]) == ("90.000000", 1)
    assert rows[bids[3].reference]["price"] is None
    answer = Client().get(reverse("awards:result-export", args=[stage.tender.reference, "csv"]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert [row["bid"] for row in csv.DictReader(text.splitlines())] == list(rows)
    assert Client().get(reverse("awards:result-export", args=[stage.tender.reference, "pdf"])).status_code == 404


# --- Propose, object, answer, award ----------------------------------------------------------------------
def test_a_lot_goes_from_proposal_over_an_objection_to_the_award_letter(world, ranked):
    stage, bids = ranked
    officer = client_of(stage.officer)
    confirm = text_of(officer.get(of_award("propose-award", stage.tender, 1)))
    assert f"{bids[1].supplier.name}" in confirm
    officer.post(of_award("propose-award", stage.tender, 1))
    assert Decision.objects.get().awards.get().bid == bids[1].reference

    loser = client_of(bids[3].prepared_by)
    assert "Object" in text_of(loser.get(page("lot", stage.tender, 1)))
    assert "required" in text_of(loser.post(of_award("file-objection", stage.tender, 1), {"text": ""}))
    loser.post(of_award("file-objection", stage.tender, 1), {"text": "Our samples were not counted."})
    objection = Objection.objects.get()
    assert "This lot stands still" in text_of(loser.get(page("lot", stage.tender, 1)))
    address = reverse("tenders:objection", args=[objection.reference])
    assert "Our samples were not counted." in text_of(loser.get(address))
    assert client_of(bids[0].prepared_by).get(address).status_code == 404
    assert client_of(stage.evaluators[0].seat).get(address).status_code == 403

    officer.post(
        reverse("awards:answer-objection", args=[objection.reference]),
        {"answer": "rejected", "text": "They were: 59 points."},
    )
    assert "They were: 59 points." in text_of(loser.get(address))
    assert officer.get(of_award("award-lot", stage.tender, 1)).status_code == 403
    early = client_of(world.awarder).post(of_award("award-lot", stage.tender, 1))
    assert early.status_code == 422
    assert "standstill is not over" in text_of(early)


def test_the_award_letter_names_price_supply_and_hospitals(world):
    stage, bids = proposed_lot(world, "120.00", "90.00", evaluators=3, rules=TWO)
    client = client_of(world.awarder)
    assert "Award 1 lot" in text_of(client.get(of_award("awards", stage.tender)))
    assert client.get(of_award("award-letter", stage.tender, 1, 1)).status_code == 404
    assert "price register has each price" in text_of(client.get(of_award("award-lots", stage.tender)))
    client.post(of_award("award-lots", stage.tender))
    letter = text_of(client_of(bids[1].prepared_by).get(of_award("award-letter", stage.tender, 1, 1)))
    for words in (bids[1].supplier.name, "90.00 CNY", "2,000", stage.hospitals[0].name):
        assert words in letter
    assert "No lot of this tender can be awarded now" in text_of(client.get(of_award("award-lots", stage.tender)))


# --- To do -----------------------------------------------------------------------------------------------
def test_each_role_finds_what_waits_for_it(world):
    stage, bids = opened_bids(world, "13.50", "12.00", evaluators=3, rules=TWO)
    bidder, officer = bids[0].prepared_by, stage.officer
    result = judge(stage, dict.fromkeys(bids, "80"))
    [todo] = todos(bidder, JUDGED)
    assert (str(todo.what), todo.until_at) == (
        "Read the technical result of 1 lot; you may object",
        result.final_at,
    )
    assert todos(bidder, result.final_at) == []
    open_envelopes(stage, "commercial", at=PRICED)
    [todo] = todos(officer, PRICED)
    assert str(todo.what) == "Propose 1 award"
    client_of(officer).post(of_award("propose-award", stage.tender, 1))
    until = Decision.objects.get().standstill_until
    [todo] = todos(bidder, PRICED)
    assert (str(todo.what), todo.until_at) == ("Read the proposed award of 1 lot; you may object", until)
    file_objection(lot=now_of(stage.lots[0]), text="No", by=bidder, now=PROPOSED)
    assert todos(bidder, PRICED) == []
    [todo] = todos(officer, PRICED)
    assert "which stops lot 1" in str(todo.what)
    assert [entry.count for entry in shell.tenders.nav(officer) if entry.count] == [1]
    assert todos(world.awarder, until) == []


def test_the_awarder_is_called_when_the_standstill_is_over(world):
    stage, bids = proposed_lot(world, "13.50", "12.00", evaluators=3, rules=TWO)
    until = Decision.objects.get().standstill_until
    [todo] = todos(world.awarder, until)
    assert (str(todo.what), todo.since) == ("Award 1 lot", until)
    award_lot(lot=stage.lots[0], by=world.awarder, now=AWARDED)
    assert todos(world.awarder, AWARDED) == []
    urls = [thing.url for thing in shell.awards.related(stage.tender.reference, bids[0].prepared_by)]
    assert urls == [of_award("awards", stage.tender)]


# --- Constant cost ---------------------------------------------------------------------------------------
def test_a_lot_with_few_bids_costs_as_much_as_one_with_many(world):
    counts = []
    for prices in (("13.50", "12.00"), ("13.50", "12.00", "11.00", "10.00", "9.00", "8.00")):
        stage, bids = opened_bids(world, *prices, evaluators=3, rules=TWO)
        judge(stage, dict.fromkeys(bids, "80"))
        open_envelopes(stage, "commercial", at=PRICED)
        client = client_of(stage.officer)
        client.get(page("lot", stage.tender, 1))
        addresses = [page("lot", stage.tender, 1), of_award("awards", stage.tender), reverse("awards:results")]
        counts.append([queries_of(client, address) for address in addresses])
        with CaptureQueriesContext(connection) as exported:
            Client().get(reverse("awards:result-export", args=[stage.tender.reference, "json"]))
        counts[-1].append(len(exported))
    assert counts[0] == counts[1]
    assert Ranking.objects.count() == 8


@action
def answered_objections(lot, bid, count):
    Objection.objects.bulk_create(
        Objection(
            reference=f"OB-{number}",
            lot=lot,
            supplier=bid.supplier,
            stage="award",
            text="No",
            filed_at=PROPOSED,
            filed_by=bid.prepared_by,
            answer="rejected",
            answer_text="Because",
            answered_at=PROPOSED,
            answered_by=lot.tender.published_by,
        )
        for number in range(Objection.objects.count(), count)
    )


def test_the_list_of_objections_costs_the_same_for_three_and_three_hundred(world):
    stage, bids = proposed_lot(world, "13.50", "12.00", evaluators=3, rules=TWO)
    client, counts = client_of(stage.officer), []
    for count in (3, 300):
        answered_objections(stage.lots[0], bids[0], count)
        addresses = (reverse("tenders:objections"), reverse("api-objections"))
        counts.append([queries_of(client, address) for address in addresses])
    assert counts[0] == counts[1]
