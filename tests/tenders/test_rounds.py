"""Rounds: an upheld objection lets bids be judged again; the others' findings stay, and only the last round counts."""

import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from accounts.models import InboxMessage
from core.actions import action
from core.errors import Refused
from core.models import Event
from procurement.record import written
from tenders.actions.evaluation import publish_result, review_bid, sign_evaluation
from tenders.actions.objections import answer_objection, file_objection
from tenders.actions.people import declare_interest, replace_evaluator
from tenders.models import FormalReview, Lot, Qualification, Round, Score, TechnicalResult
from tenders.tasks import announce_round
from tests.ruling import ruled
from tests.tenders.bids import HOUR, fresh
from tests.tenders.judging import JUDGED, PRICED, judge, now_of, open_envelopes, opened_bids, score

RULES = ruled(pass_mark=Decimal(60), minimum_for_competition=2, minimum_evaluators=3)
AGAIN = JUDGED + HOUR
REJUDGED = AGAIN + HOUR


@pytest.fixture
def judged(world):
    stage, bids = opened_bids(world, "13.50", "12.00", "11.00", evaluators=3, rules=RULES)
    judge(stage, dict(zip(bids, ("80", "70", "40"), strict=True)))
    return stage, bids


def objected(stage, bid):
    return file_objection(lot=now_of(stage.lots[0]), text="Look again", by=bid.prepared_by, now=JUDGED)


def upheld(found, stage, *again, at=AGAIN):
    references = [bid.reference for bid in again]
    return answer_objection(objection=found, answer="upheld", text="Yes", again=references, by=stage.officer, now=at)


def judge_again(stage, totals, *, at=REJUDGED):
    """Review and score these bids once more as every evaluator, sign and publish."""
    lot = now_of(stage.lots[0])
    for bid in totals:
        bid.lot = lot
        review_bid(bid=bid, passed=True, reason="", by=stage.evaluators[0].seat, now=at)
    for evaluator in stage.evaluators:
        score(evaluator, totals)
        sign_evaluation(lot=now_of(lot), by=evaluator.seat, now=at)
    return publish_result(lot=now_of(lot), by=stage.officer, now=at)


def test_the_bid_is_judged_again_and_its_price_is_opened(judged):
    stage, bids = judged
    first = TechnicalResult.objects.get()
    upheld(objected(stage, bids[2]), stage, bids[2])
    lot = now_of(stage.lots[0])
    assert (lot.status, lot.round, lot.technical_result) == ("open", 2, None)
    second = judge_again(stage, {bids[2]: "75"})
    body = json.loads(bytes(second.document).partition(b"\n")[0])
    assert (body["round"], body["previous"], len(body["passed"])) == (2, first.sha256, 3)
    assert now_of(lot).technical_result == second
    open_envelopes(stage, "commercial", at=PRICED)
    assert now_of(lot).rankings.order_by("rank").first().bid == bids[2]


def test_what_was_found_of_the_others_stays(judged):
    stage, bids = judged
    upheld(objected(stage, bids[2]), stage, bids[2])
    assert FormalReview.objects.standing().count() == 2
    assert Score.objects.standing().count() == Score.objects.filter(round=1).count() * 2 // 3
    bids[0].lot = now_of(stage.lots[0])
    with pytest.raises(Refused, match="not judged again"):
        review_bid(bid=bids[0], passed=False, reason="No licence", by=stage.evaluators[0].seat, now=AGAIN)
    with pytest.raises(Refused, match="not judged again"):
        score(stage.evaluators[1], {bids[0]: "10"})
    judge_again(stage, {bids[2]: "40"})
    assert set(Qualification.objects.standing().values_list("bid", "verdict")) == {
        (bids[0].pk, "qualified"),
        (bids[1].pk, "qualified"),
        (bids[2].pk, "not_qualified"),
    }


def test_a_lot_that_its_result_had_ended_goes_on(world):
    stage, bids = opened_bids(world, "13.50", "12.00", evaluators=3, rules=RULES)
    judge(stage, dict(zip(bids, ("80", "40"), strict=True)))
    assert now_of(stage.lots[0]).ending == "too_few"
    upheld(objected(stage, bids[1]), stage, bids[1])
    judge_again(stage, {bids[1]: "70"})
    assert (now_of(stage.lots[0]).status, now_of(stage.lots[0]).ending) == ("evaluated", "")


def test_a_second_objection_joins_the_round_until_somebody_signs(judged):
    stage, bids = judged
    one, two = objected(stage, bids[2]), objected(stage, bids[1])
    upheld(one, stage, bids[2])
    upheld(two, stage, bids[1])
    assert Round.objects.get().bids.count() == 2
    assert list(FormalReview.objects.standing().values_list("bid", flat=True)) == [bids[0].pk]
    result = judge_again(stage, {bids[1]: "75", bids[2]: "75"})
    assert result.round == 2


def test_once_an_evaluator_has_signed_the_result_comes_first(judged):
    stage, bids = judged
    one, two = objected(stage, bids[2]), objected(stage, bids[1])
    upheld(one, stage, bids[2])
    bids[2].lot = now_of(stage.lots[0])
    review_bid(bid=bids[2], passed=True, reason="", by=stage.evaluators[0].seat, now=AGAIN)
    score(stage.evaluators[0], {bids[2]: "75"})
    sign_evaluation(lot=bids[2].lot, by=stage.evaluators[0].seat, now=AGAIN)
    with pytest.raises(Refused, match="can no longer be judged again"):
        upheld(two, stage, bids[1])
    two.refresh_from_db()
    assert two.answer == ""
    for evaluator in stage.evaluators[1:]:
        score(evaluator, {bids[2]: "75"})
        sign_evaluation(lot=now_of(stage.lots[0]), by=evaluator.seat, now=AGAIN)
    publish_result(lot=now_of(stage.lots[0]), by=stage.officer, now=AGAIN)
    upheld(two, stage, bids[1], at=REJUDGED)
    assert now_of(stage.lots[0]).round == 3


@pytest.mark.parametrize(
    ("answer", "names", "said"),
    [
        ("upheld", ["B-ELSEWHERE"], "Name bids of this lot"),
        ("rejected", None, "only where the objection is upheld"),
    ],
)
def test_bad_answers_are_refused_at_their_field_and_nothing_is_half_done(judged, answer, names, said):
    stage, bids = judged
    found = objected(stage, bids[2])
    again = names or [bids[2].reference]
    with pytest.raises(Refused, match=said) as refusal:
        answer_objection(objection=found, answer=answer, text="No", again=again, by=stage.officer, now=AGAIN)
    assert refusal.value.faults[0].field == "again"
    found.refresh_from_db()
    assert (found.answer, now_of(stage.lots[0]).round) == ("", 1)


def test_bidders_and_evaluators_are_told_and_the_trail_names_the_bids(judged):
    stage, bids = judged
    upheld(objected(stage, bids[2]), stage, bids[2])
    assert announce_round(Round.objects.get().pk) == 6
    assert announce_round(Round.objects.get().pk) == 0
    assert InboxMessage.objects.filter(seat=stage.evaluators[0].seat, text__contains="judged again").exists()
    event = Event.objects.get(verb="lot.judged_again")
    assert (event.audience, event.data["round"], event.data["bids"]) == ("public", 2, bids[2].reference)


def test_an_evaluator_may_be_replaced_for_the_further_round_and_judges_all_bids(world, judged):
    stage, bids = judged
    upheld(objected(stage, bids[2]), stage, bids[2])
    old = stage.evaluators[1]
    successor = world.seat(old.seat.organisation, "evaluator")
    new = replace_evaluator(evaluator=old, seat=successor, reason="ill", by=stage.officer, now=AGAIN)
    declare_interest(evaluator=new, has_interest=False, by=successor, now=AGAIN)
    stage.evaluators[1] = new
    bids[2].lot = now_of(stage.lots[0])
    review_bid(bid=bids[2], passed=True, reason="", by=stage.evaluators[0].seat, now=REJUDGED)
    for evaluator in stage.evaluators:
        score(evaluator, {bids[2]: "75"})
    with pytest.raises(Refused, match="Your points for"):
        sign_evaluation(lot=now_of(stage.lots[0]), by=successor, now=REJUDGED)
    score(new, {bids[0]: "90", bids[1]: "50"})
    score(new, {bids[0]: "80"})
    for evaluator in stage.evaluators:
        sign_evaluation(lot=now_of(stage.lots[0]), by=evaluator.seat, now=REJUDGED)
    assert publish_result(lot=now_of(stage.lots[0]), by=stage.officer, now=REJUDGED).round == 2


def test_the_database_lets_no_lot_go_back_without_a_round_or_after_prices(judged):
    stage, _bids = judged
    lot = now_of(stage.lots[0])
    for change in ({"status": "open"}, {"round": 2}, {"technical_result": None}, {"status": "open", "round": 2}):
        with pytest.raises(ProgrammingError, match=r"goes back by a round|stays"), transaction.atomic():
            changed(lot, change)
    open_envelopes(stage, "commercial", at=PRICED)
    with pytest.raises(ProgrammingError, match=r"goes back by a round|stays"), transaction.atomic():
        after_prices(lot, stage)
    with pytest.raises(IntegrityError), transaction.atomic():
        second_result(lot)


@action
def changed(lot, change):
    Lot.objects.filter(pk=lot.pk).update(**change)


@action
def after_prices(lot, stage):
    Round.objects.create(lot=lot, number=2, reason="Late", opened_at=PRICED, opened_by=stage.officer)
    Lot.objects.filter(pk=lot.pk).update(status="open", round=2, technical_result=None)


@action
def second_result(lot):
    result = TechnicalResult.objects.get()
    result.pk, result._state.adding = None, True
    result.save()


def test_the_record_holds_the_results_of_all_rounds(judged):
    stage, bids = judged
    upheld(objected(stage, bids[2]), stage, bids[2])
    judge_again(stage, {bids[2]: "75"})
    record = json.loads("".join(written(fresh(stage.tender))))
    rounds = [json.loads(one.partition("\n")[0])["round"] for one in record["results"]]
    assert (rounds, len(record["reports"])) == ([1, 2], 2)
