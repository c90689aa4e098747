"""Pages and endpoints of rounds and holds: the officer says which bids are judged again, evaluators see what stays."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tenders.models import Hold, Objection
from tenders.todos.evaluation import todos
from tests.ruling import ruled
from tests.tenders.bids import clock_at, signed_in
from tests.tenders.judging import JUDGED, judge, now_of, opened_bids
from tests.tenders.test_rounds import objected, upheld

RULES = ruled(pass_mark=Decimal(60), minimum_for_competition=2, minimum_evaluators=3)


@pytest.fixture
def judged(world):
    stage, bids = opened_bids(world, "13.50", "12.00", "11.00", evaluators=3, rules=RULES)
    judge(stage, dict(zip(bids, ("80", "70", "40"), strict=True)))
    return stage, bids


def page(client, route, *args, **posted):
    url = reverse(f"tenders:{route}", args=args)
    response = client.post(url, posted, follow=True) if posted else client.get(url)
    return response.content.decode()


def test_the_officer_ticks_the_bids_that_are_judged_again(client, judged):
    stage, bids = judged
    found, officer = objected(stage, bids[2]), signed_in(client, stage.officer)
    shown = page(officer, "answer-objection", found.reference)
    assert all(bid.reference in shown for bid in bids)
    assert shown.count("checked") == 1, "the bid of whoever objected is ticked"
    refused = page(officer, "answer-objection", found.reference, answer="again", text="Yes")
    assert "Tick the bids" in refused
    page(officer, "answer-objection", found.reference, answer="again", text="Yes", again=[bids[2].reference])
    assert Objection.objects.get().answer == "upheld"
    lot = now_of(stage.lots[0])
    assert (lot.status, lot.round) == ("open", 2)
    shown = page(officer, "lot", stage.tender.reference, 1)
    assert "round 2" in shown
    assert found.reference in shown


def test_an_evaluator_finds_what_stays_and_what_is_to_be_judged(client, judged):
    stage, bids = judged
    upheld(objected(stage, bids[2]), stage, bids[2])
    evaluator = signed_in(client, stage.evaluators[0].seat)
    place = (stage.tender.reference, 1)
    assert "to review" in page(evaluator, "evaluate-lot", *place)
    kept = page(evaluator, "scoring-desk", *place, bids[0].reference)
    assert "This bid is not judged again" in kept
    assert reverse("tenders:review-bid", args=[*place, bids[0].reference]) not in kept
    again = page(evaluator, "scoring-desk", *place, bids[2].reference)
    assert reverse("tenders:review-bid", args=[*place, bids[2].reference]) in again
    said = page(evaluator, "review-bid", *place, bids[0].reference, passed="no", reason="Late thought")
    assert "not judged again" in said


def test_a_complaint_is_put_on_record_and_lifted_on_pages(client, judged):
    stage, bids = judged
    officer, place = signed_in(client, stage.officer), (stage.tender.reference, 1)
    given = {"code": "complaint", "reference": "2026-17", "reason": "Papers are asked for"}
    assert "stands still" in page(officer, "hold-lot", *place, **given)
    assert "2026-17" in page(officer, "lot", *place)
    assert [str(one.what) for one in todos(stage.officer, JUDGED)] == [
        "Lot 1 stands still: a complaint is before the regulator (2026-17)"
    ]
    public = officer.get(reverse("awards:result-lot", args=place)).content.decode()
    assert "This lot stands still" in public
    assert "already" in page(officer, "hold-lot", *place, **given)
    released = page(officer, "release-lot", *place, held="0", reason="Dismissed", again=[bids[2].reference])
    assert "round 2" in released
    assert Hold.objects.get().lift_reason == "Dismissed"


@pytest.mark.parametrize("route", ["hold-lot", "release-lot"])
def test_only_who_answers_for_the_agency_stops_a_lot(client, judged, route):
    stage, bids = judged
    for seat in (bids[0].prepared_by, stage.evaluators[0].seat, stage.holders[0].seat):
        response = signed_in(client, seat).get(reverse(f"tenders:{route}", args=[stage.tender.reference, 1]))
        assert response.status_code == 403


def test_programs_answer_hold_and_release(client, judged):
    stage, bids = judged
    found, officer = objected(stage, bids[2]), signed_in(client, stage.officer)

    def sent(name, *args, **body):
        return officer.post(reverse(name, args=args), body, content_type="application/json")

    with clock_at(JUDGED):
        place = (stage.tender.reference, 1)
        answer = {"answer": "upheld", "text": "Yes", "again": [bids[2].reference]}
        assert sent("api-answer-objection", found.reference, **answer).json()["answer"] == "upheld"
        given = {"code": "court", "reference": "7/26", "reason": "Ordered"}
        lot = sent("api-hold-lot", *place, **given).json()
        assert (lot["round"], [held["reference"] for held in lot["holds"]]) == (2, ["7/26"])
        assert sent("api-hold-lot", *place, **given).status_code == 409
        assert sent("api-release-lot", *place, **{**given, "reason": "Lifted"}).json()["holds"] == []
        assert sent("api-hold-lot", *place, **{**given, "code": "objection"}).status_code == 422
