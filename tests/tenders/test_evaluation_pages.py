"""The evaluator's way through the desk, from declaration to signature, and the officer's to the published result."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actions import action
from tenders.actions.evaluation import sign_evaluation
from tenders.models import EvaluationSignature, FormalReview, Lot, Score, TechnicalResult
from tenders.todos.evaluation import related, todos
from tests.ruling import ruled
from tests.tenders.bids import bids_in
from tests.tenders.judging import JUDGED, judge, opened_bids, review, score
from tests.tenders.stage import published_tender
from tests.tenders.test_tender_pages import client_of, page, text_of

RULES = ruled(pass_mark=Decimal(60), minimum_for_competition=2, minimum_evaluators=3)


@pytest.fixture
def opened(world):
    return opened_bids(world, "13.50", "12.00", "11.00", evaluators=3, rules=RULES)


def desk(stage, bid, name="scoring-desk"):
    return page(name, stage.tender, 1, bid.reference)


def test_an_evaluator_goes_from_bid_to_bid_and_signs(opened):
    stage, _bids = opened
    evaluator = stage.evaluators[0]
    client = client_of(evaluator.seat)
    lot_page = page("evaluate-lot", stage.tender, 1)
    place = client.get(lot_page).context["following"].url
    for _bid in range(3):
        answer = client.post(f"{place}review/", {"passed": "yes"}, follow=True)
        assert answer.redirect_chain[-1][0] == place
        answer = client.post(f"{place}score/", {"C-02": "50", "C-03": "30.5"}, follow=True)
        place = answer.redirect_chain[-1][0]
    assert place == lot_page
    assert Score.objects.filter(evaluator=evaluator).count() == 6
    assert "Sign your scores" in text_of(answer)
    shown = text_of(client.get(page("sign-evaluation", stage.tender, 1)))
    assert "stay as they are for ever" in shown
    client.post(page("sign-evaluation", stage.tender, 1))
    assert EvaluationSignature.objects.get().evaluator == evaluator


def test_the_desk_shows_the_envelope_beside_the_criteria_and_only_ones_own_points(opened):
    stage, bids = opened
    review(stage, bids)
    score(stage.evaluators[1], {bids[0]: "77.25"})
    shown = text_of(client_of(stage.evaluators[0].seat).get(desk(stage, bids[0])))
    assert "24 of 24 samples passed" in shown
    assert "of 60" in shown
    assert "77.25" not in shown
    own = text_of(client_of(stage.evaluators[1].seat).get(desk(stage, bids[0])))
    assert "77.25" in own


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(opened):
    stage, bids = opened
    client = client_of(stage.evaluators[0].seat)
    answer = client.post(desk(stage, bids[0], "review-bid"), {"passed": "no", "reason": ""})
    assert "which requirement is not met" in text_of(answer)
    review(stage, bids)
    answer = client.post(desk(stage, bids[0], "score-bid"), {"C-02": "61", "C-03": "1.005"})
    assert set(answer.context["points_form"].errors) == {"C-02", "C-03"}
    assert not Score.objects.exists()


def test_a_bid_that_fails_the_review_is_passed_by(opened):
    stage, bids = opened
    client = client_of(stage.evaluators[0].seat)
    answer = client.post(desk(stage, bids[0], "review-bid"), {"passed": "no", "reason": "No licence"}, follow=True)
    assert answer.redirect_chain[-1][0] != desk(stage, bids[0])
    assert "is not scored" in text_of(client.get(desk(stage, bids[0])))
    assert FormalReview.objects.get().reason == "No licence"


def test_after_signing_the_desk_only_shows(opened):
    stage, bids = opened
    judge(stage, dict.fromkeys(bids, "80"))
    shown = client_of(stage.evaluators[0].seat).get(desk(stage, bids[0]))
    assert b"score/" not in shown.content
    assert b"review/" not in shown.content


def test_an_officer_publishes_what_all_have_signed(opened):
    stage, bids = opened
    client = client_of(stage.officer)
    nothing = text_of(client.get(page("publish-results", stage.tender)))
    assert "No lot of this tender is signed" in nothing
    judge_without_publishing(stage, bids)
    shown = text_of(client.get(page("evaluation", stage.tender)))
    assert "Publish 1 result" in shown
    confirm = text_of(client.get(page("publish-results", stage.tender)))
    assert "verdict on every bid (3) becomes public" in confirm
    client.post(page("publish-results", stage.tender))
    assert TechnicalResult.objects.get().published_by == stage.officer
    assert client.post(page("publish-result", stage.tender, 1)).status_code == 422


BUTTON = '<button class="button button--primary">'


def asked_of(client, address):
    """The page before an act: what it decides, by its tables, and whether it offers the act at all."""
    answer = client.get(address)
    main = answer.content.decode().partition("<main")[2]
    cells = [[str(cell) for cell in row] for part in answer.context.get("decided", ()) for row in part.rows]
    assert all(cell in text_of(answer) for row in cells for cell in row)
    return cells, text_of(answer), BUTTON in main


def test_before_publishing_the_page_says_every_verdict_and_what_becomes_of_the_lot(opened):
    stage, bids = opened
    officer, one = client_of(stage.officer), page("publish-result", stage.tender, 1)
    cells, shown, offered = asked_of(officer, one)
    assert (cells, offered) == ([], False)
    assert "Not all evaluators have signed" in shown
    review(stage, bids, {bids[0]: "The licence has expired"})
    for evaluator in stage.evaluators:
        score(evaluator, {bids[1]: "81.5", bids[2]: "20"})
        sign_evaluation(lot=bids[0].lot, by=evaluator.seat, now=JUDGED)
    for address in (one, page("publish-results", stage.tender)):
        cells, shown, offered = asked_of(officer, address)
        told = {row[0]: row[2:] for row in cells}
        assert told[bids[0].reference] == ["formal requirement not met: The licence has expired", "–"]
        assert told[bids[1].reference] == ["qualified", "81.5"]
        assert told[bids[2].reference][1] == "20"
        assert "goes to negotiation: a competition needs 2 qualified bids" in shown
        assert offered
    officer.post(one)
    assert Lot.objects.get(pk=bids[0].lot_id).ending == Lot.Ending.TOO_FEW
    assert asked_of(officer, one)[2] is False


def test_the_page_that_publishes_costs_the_same_for_one_bid_and_for_many(opened):
    stage, bids = opened
    judge_without_publishing(stage, bids)
    client = client_of(stage.officer)
    assert queries_of(client, page("publish-results", stage.tender)) < 45


def test_before_signing_the_page_says_ones_own_points_and_no_button_comes_too_early(opened):
    stage, bids = opened
    evaluator = stage.evaluators[0]
    client, address = client_of(evaluator.seat), page("sign-evaluation", stage.tender, 1)
    cells, shown, offered = asked_of(client, address)
    assert (cells, offered) == ([], False)
    assert "formal review of" in shown
    review(stage, bids)
    score(stage.evaluators[1], dict.fromkeys(bids, "77.25"))
    score(evaluator, dict.fromkeys(bids, "64"))
    cells, shown, offered = asked_of(client, address)
    assert [row[-1] for row in cells] == ["64"] * 3
    assert "77.25" not in shown
    assert offered
    client.post(address)
    assert asked_of(client, address)[2] is False


def judge_without_publishing(stage, bids):
    review(stage, bids)
    for evaluator in stage.evaluators:
        score(evaluator, dict.fromkeys(bids, "80"))
        sign_evaluation(lot=bids[0].lot, by=evaluator.seat, now=JUDGED)


def test_nobody_else_sees_the_desk_and_before_the_close_it_tells_nothing(world):
    stage = published_tender(world, lots=("20.00",), evaluators=3, rules=RULES)
    bids_in(stage, "13.50", "12.00")
    outsider = world.seat(world.hospital, "evaluator")
    assert client_of(outsider).get(page("evaluation", stage.tender)).status_code == 404
    assert client_of(stage.suppliers[0]).get(page("evaluation", stage.tender)).status_code == 403
    for seat in (stage.evaluators[0].seat, stage.officer, world.auditor):
        answer = client_of(seat).get(page("evaluation", stage.tender))
        assert [row.bids for row in answer.context["table"].source] == [0]


def test_a_bid_of_another_lot_or_none_answers_alike(opened):
    stage, _bids = opened
    client = client_of(stage.evaluators[0].seat)
    assert client.get(page("scoring-desk", stage.tender, 1, "B-NOSUCHBID")).status_code == 404
    assert client.get(page("evaluate-lot", stage.tender, 9)).status_code == 404


# --- To do -----------------------------------------------------------------------------------------------
def test_evaluators_and_officers_find_what_waits_for_them(opened):
    stage, bids = opened
    [todo] = todos(stage.evaluators[0].seat, JUDGED)
    assert str(todo.what) == "Evaluate the bids; lots signed: 0 of 1"
    assert todo.url == page("evaluate-lot", stage.tender, 1)
    assert todos(stage.officer, JUDGED) == []
    judge_without_publishing(stage, bids)
    assert todos(stage.evaluators[0].seat, JUDGED) == []
    [todo] = todos(stage.officer, JUDGED)
    assert (str(todo.what), todo.since) == ("Publish 1 technical result", JUDGED)
    assert [thing.url for thing in related(stage.tender.reference, stage.officer)] == [page("evaluation", stage.tender)]


# --- Constant cost ---------------------------------------------------------------------------------------
@action
def more_lots(stage):
    Lot.objects.bulk_create(Lot(tender=stage.tender, number=number, title="More") for number in range(2, 300))


def queries_of(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_desk_and_the_to_do_list_cost_the_same_for_one_lot_and_three_hundred(opened):
    stage, _bids = opened
    client = client_of(stage.evaluators[0].seat)
    address = page("evaluation", stage.tender)
    few = queries_of(client, address)
    with CaptureQueriesContext(connection) as few_todos:
        todos(stage.evaluators[0].seat, JUDGED)
    more_lots(stage)
    assert queries_of(client, address) == few
    with CaptureQueriesContext(connection) as many_todos:
        todos(stage.evaluators[0].seat, JUDGED)
    assert len(many_todos) == len(few_todos)
