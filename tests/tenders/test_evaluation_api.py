"""The same verbs over HTTP: judge, sign, publish."""

from decimal import Decimal

from tests.ruling import ruled
from tests.tenders.judging import opened_bids

TWO = ruled(pass_mark=Decimal(60), minimum_for_competition=2, minimum_evaluators=3)


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
    assert misspelt.json()["faults"] == [
        {"field": "reasons", "row": None, "code": "unknown", "message": "This field is not known."}
    ]
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
