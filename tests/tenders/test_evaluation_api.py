"""The same verbs over HTTP: judge, sign, publish, propose, object, answer, award."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.actions import make_token
from selection.ruleset import TenderRules
from tenders.models import Award, Objection
from tests.tenders.judging import PRICED, judge, open_envelopes, opened_bids, proposed_lot
from tests.world import NOW

TWO = TenderRules(pass_mark=Decimal(60), minimum_for_competition=2, minimum_evaluators=3)


@pytest.fixture
def send(client):
    """Send a request as a seat, by a token of its own."""
    tokens = {}

    def sent(seat, method, name, *args, body=None):
        if seat not in tokens:
            tokens[seat] = make_token(label="test", by=seat, now=NOW)[1]
        return getattr(client, method)(
            reverse(f"api-{name}", args=args),
            data=body if body is not None else ({} if method == "post" else None),
            content_type="application/json",
            headers={"Authorization": f"Token {tokens[seat]}"},
        )

    return sent


def test_a_lot_is_judged_and_published(world, send):
    stage, bids = opened_bids(world, "13.50", "12.00", evaluators=3, rules=TWO)
    place = (stage.tender.reference, 1)
    seats = [evaluator.seat for evaluator in stage.evaluators]
    [lot] = send(seats[0], "get", "evaluation", stage.tender.reference).json()
    assert (lot["state"], lot["bids"], lot["evaluators"]) == ("review", 2, 3)
    listed = send(seats[0], "get", "evaluate-lot", *place).json()
    assert {row["reference"] for row in listed} == {bid.reference for bid in bids}
    one = send(seats[0], "get", "scoring-desk", *place, bids[0].reference).json()
    assert one["answers"][1] == {"criterion": "Quality", "text": "24 of 24 samples passed"}

    for bid in bids:
        review = send(seats[0], "post", "review-bid", *place, bid.reference, body={"passed": True})
        assert review.json()["passed"] is True
    points = [{"criterion": 2, "points": "50"}, {"criterion": 3, "points": "30.25"}]
    for seat in seats:
        for bid in bids:
            scored = send(seat, "post", "score-bid", *place, bid.reference, body={"points": points})
            assert scored.json()["points"] == {"C-02": "50.00", "C-03": "30.25"}
        assert send(seat, "post", "sign-evaluation", *place).status_code == 201
    published = send(stage.officer, "post", "publish-result", *place)
    assert published.status_code == 201
    assert [(row["verdict"], row["score"], row["price"]) for row in published.json()["bids"]] == [
        ("qualified", "80.25", None)
    ] * 2
    assert send(stage.officer, "post", "publish-result", *place).status_code == 422


def test_faults_come_with_their_field(world, send):
    stage, bids = opened_bids(world, "13.50", "12.00", evaluators=3, rules=TWO)
    seat, place = stage.evaluators[0].seat, (stage.tender.reference, 1, bids[0].reference)
    missing = send(seat, "post", "score-bid", *place, body={"points": [{"criterion": 2, "points": "60"}]})
    assert missing.status_code == 422
    assert [fault["field"] for fault in missing.json()["faults"]] == ["C-03"]
    twice = {"points": [{"criterion": 2, "points": "60"}] * 2}
    assert send(seat, "post", "score-bid", *place, body=twice).status_code == 400
    misspelt = send(seat, "post", "review-bid", *place, body={"passed": True, "reasons": "none"})
    assert misspelt.json()["faults"] == [{"field": "reasons", "row": None, "message": "This field is not known."}]
    assert send(stage.officer, "post", "review-bid", *place, body={"passed": True}).status_code == 403


def test_strangers_find_nothing(world, send):
    stage, bids = opened_bids(world, "13.50", "12.00", evaluators=3, rules=TWO)
    stranger = world.seat(world.hospital, "evaluator")
    for name, args in (
        ("evaluation", ()),
        ("evaluate-lot", (1,)),
        ("scoring-desk", (1, bids[0].reference)),
    ):
        missing = send(stranger, "get", name, "T-2026-9999", *args)
        foreign = send(stranger, "get", name, stage.tender.reference, *args)
        assert (missing.status_code, missing.content) == (foreign.status_code, foreign.content)
        assert foreign.status_code == 404


def test_from_proposal_to_award(world, send):
    stage, bids = opened_bids(world, "120.00", "90.00", "7.77", evaluators=3, rules=TWO)
    judge(stage, {bids[0]: "80", bids[1]: "70", bids[2]: "40"})
    open_envelopes(stage, "commercial", at=PRICED)
    place = (stage.tender.reference, 1)
    proposed = send(stage.officer, "post", "propose-award", *place)
    assert proposed.status_code == 201
    assert (proposed.json()["award"]["price"], proposed.json()["award"]["awarded_at"]) == ("90.000000", None)
    assert [(row["price"], row["rank"], row["sealed_for_ever"]) for row in proposed.json()["bids"]] == [
        ("90.000000", 1, False),
        ("120.000000", 2, False),
        (None, None, True),
    ]

    filed = send(bids[2].prepared_by, "post", "file-objection", *place, body={"text": "Our score is wrong"})
    assert filed.status_code == 201
    again = send(bids[2].prepared_by, "post", "file-objection", *place, body={"text": "Our score is wrong"})
    assert (again.status_code, again.json()["code"]) == (409, "waiting")
    reference = filed.json()["reference"]
    assert send(bids[0].prepared_by, "get", "objection", reference).status_code == 404
    assert send(bids[0].prepared_by, "get", "objections").json()["results"] == []
    answer = {"answer": "rejected", "text": "It is 40 of 100."}
    assert send(stage.officer, "post", "answer-objection", reference, body=answer).json()["answer"] == "rejected"
    assert send(stage.officer, "post", "answer-objection", reference, body=answer).status_code == 409
    assert Objection.objects.get().answered_by == stage.officer
    early = send(world.awarder, "post", "award-lot", *place)
    assert (early.status_code, early.json()["code"]) == (422, "standstill")


def test_an_award_is_made_once(world, send):
    stage, bids = proposed_lot(world, "120.00", "90.00", evaluators=3, rules=TWO)
    awarded = send(world.awarder, "post", "award-lot", stage.tender.reference, 1)
    assert awarded.status_code == 201
    assert awarded.json()["status"] == "awarded"
    assert Award.objects.get().bid == bids[1]
    assert send(world.awarder, "post", "award-lot", stage.tender.reference, 1).status_code == 422
    assert send(stage.officer, "post", "award-lot", stage.tender.reference, 1).status_code == 403
