"""Programs propose, object to and decide awards as pages do."""

from decimal import Decimal

from tenders.models import Objection
from tests.ruling import ruled
from tests.tenders.judging import PRICED, judge, open_envelopes, opened_bids, proposed_lot

TWO = ruled(pass_mark=Decimal(60), minimum_for_competition=2, minimum_evaluators=3)


def test_from_proposal_to_award(world, send):
    stage, bids = opened_bids(world, "120.00", "90.00", "7.77", evaluators=3, rules=TWO)
    judge(stage, {bids[0]: "80", bids[1]: "70", bids[2]: "40"})
    open_envelopes(stage, "commercial", at=PRICED)
    place = (stage.tender.reference, 1)
    proposed = send(stage.officer, "post", "propose-award", *place)
    assert proposed.status_code == 201
    assert (proposed.json()["awards"][0]["price"], proposed.json()["awarded_at"]) == ("90.000000", None)
    shown = send(stage.suppliers[0], "get", "lot", *place).json()
    assert (shown["status"], shown["ending"]) == ("opened", "")
    assert [(row["price"], row["rank"], row["sealed_for_ever"]) for row in shown["bids"]] == [
        ("90.000000", 1, False),
        ("120.000000", 2, False),
        (None, None, True),
    ]

    filed = send(bids[2].prepared_by, "post", "object-to-award", *place, body={"text": "Our score is wrong"})
    assert filed.status_code == 201
    again = send(bids[2].prepared_by, "post", "object-to-award", *place, body={"text": "Our score is wrong"})
    assert (again.status_code, again.json()["code"]) == (409, "waiting")
    reference = filed.json()["reference"]
    assert send(bids[0].prepared_by, "get", "objection", reference).status_code == 404
    assert send(bids[0].prepared_by, "get", "objections").json()["results"] == []
    answer = {"answer": "rejected", "text": "It is 40 of 100."}
    assert send(stage.officer, "post", "answer-award-objection", reference, body=answer).json()["answer"] == "rejected"
    assert send(stage.officer, "post", "answer-award-objection", reference, body=answer).status_code == 409
    assert Objection.objects.get().answered_by == stage.officer
    early = send(world.awarder, "post", "award-lot", *place)
    assert (early.status_code, early.json()["code"]) == (422, "standstill")


def test_an_award_is_made_once(world, send):
    stage, bids = proposed_lot(world, "120.00", "90.00", evaluators=3, rules=TWO)
    awarded = send(world.awarder, "post", "award-lot", stage.tender.reference, 1)
    assert awarded.status_code == 201
    assert awarded.json()["status"] == "awarded"
    assert [award["bid"] for award in awarded.json()["awards"]] == [bids[1].reference]
    assert send(world.awarder, "post", "award-lot", stage.tender.reference, 1).status_code == 422
    assert send(stage.officer, "post", "award-lot", stage.tender.reference, 1).status_code == 403
