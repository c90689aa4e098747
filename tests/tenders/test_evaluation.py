"""The technical evaluation: reviewed, scored and signed by the evaluators of the tender, published by an officer."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from accounts.actions import end_seat, give_seat
from accounts.models import Seat
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from sealing.reports import read_report
from selection.presets import PRESETS
from tenders.actions.evaluation import (
    publish_result,
    publish_results,
    review_bid,
    score_bid,
    score_bids,
    sign_evaluation,
)
from tenders.actions.opening import close_tender
from tenders.actions.people import declare_interest, replace_evaluator
from tenders.models import Bid, FormalReview, Lot, OpenedEnvelope, Qualification, Score, TechnicalResult
from tests.ruling import ruled
from tests.tenders.bids import TICK, bids_in, body_of, clock_at
from tests.tenders.judging import JUDGED, OPENED, judge, now_of, open_envelopes, opened_bids, points, review, score
from tests.tenders.stage import published_tender
from tests.world import NOW

THREE = ruled(pass_mark=Decimal(60), minimum_evaluators=3)


@pytest.fixture
def opened(world):
    return opened_bids(world, "13.50", "12.00", "11.00", evaluators=3, rules=THREE)


def signed(stage, bids, totals=("80", "70", "40")):
    review(stage, bids)
    for evaluator in stage.evaluators:
        score(evaluator, dict(zip(bids, totals, strict=True)))
        sign_evaluation(lot=bids[0].lot, by=evaluator.seat, now=JUDGED)


# --- Who, and when ---------------------------------------------------------------------------------------
def test_nobody_but_a_current_evaluator_without_interest_judges(world, opened):
    stage, bids = opened
    stranger = world.seat(world.hospital, "evaluator")
    with pytest.raises(Refused, match="not an evaluator"):
        review_bid(bid=bids[0], passed=True, reason="", by=stranger, now=JUDGED)
    for seat in (stage.officer, stage.suppliers[0], stage.holders[0].seat):
        with pytest.raises(Denied):
            score_bid(bid=bids[0], points=points("80"), by=seat, now=JUDGED)


def test_a_successor_declares_before_judging_and_scores_anew(world, opened):
    stage, bids = opened
    review(stage, bids)
    old = stage.evaluators[2]
    score(old, {bids[0]: "10"})
    successor = world.seat(old.seat.organisation, "evaluator")
    new = replace_evaluator(evaluator=old, seat=successor, reason="ill", by=stage.officer, now=JUDGED)
    with pytest.raises(Refused, match="Declare first"):
        score_bid(bid=bids[0], points=points("80"), by=successor, now=JUDGED)
    declare_interest(evaluator=new, has_interest=False, by=successor, now=JUDGED)
    result = judge(stage, {bids[0]: "80", bids[1]: "70", bids[2]: "65"})
    assert result.qualifications.get(bid=bids[0]).score == 80
    assert Score.objects.filter(evaluator=old).count() == 2
    members = [entry["member"] for entry in read_report(bytes(result.report))["members"]]
    assert members == [1, 2, 4], "the third was replaced, and the successor is the fourth"


def test_whoever_declared_an_interest_takes_no_part(world):
    stage = published_tender(world, lots=("20.00",), evaluators=5, rules=THREE)
    (bid,) = bids_in(stage, "13.50")
    open_envelopes(stage, "technical", at=OPENED)
    partial = stage.evaluators[0]
    declare_interest(evaluator=partial, has_interest=True, by=partial.seat, now=JUDGED)
    with pytest.raises(Refused, match="declared an interest"):
        review_bid(bid=bid, passed=True, reason="", by=partial.seat, now=JUDGED)


def test_nothing_is_judged_before_the_envelopes_are_open(world):
    stage = published_tender(world, lots=("20.00",), evaluators=3, rules=THREE)
    (bid,) = bids_in(stage, "13.50")
    seat = stage.evaluators[0].seat
    with pytest.raises(Refused, match="not closed"):
        review_bid(bid=bid, passed=True, reason="", by=seat, now=JUDGED)
    stage_lot = now_of(stage.lots[0])
    with clock_at(OPENED):
        close_tender(tender=stage.tender, now=OPENED)
    for act in (
        lambda: review_bid(bid=bid, passed=True, reason="", by=seat, now=JUDGED),
        lambda: score_bid(bid=bid, points=points("80"), by=seat, now=JUDGED),
    ):
        with pytest.raises(Refused, match="not open"):
            act()
    for act in (sign_evaluation, publish_result):
        with pytest.raises(Refused, match="Not every technical envelope"):
            act(lot=stage_lot, by=seat if act is sign_evaluation else stage.officer, now=JUDGED)


# --- Reviews and scores ----------------------------------------------------------------------------------
def test_a_failed_review_needs_its_reason(opened):
    stage, bids = opened
    with pytest.raises(Refused, match="which requirement"):
        review_bid(bid=bids[0], passed=False, reason="  ", by=stage.evaluators[0].seat, now=JUDGED)
    assert not FormalReview.objects.exists()


def test_a_review_may_be_changed_by_another_evaluator_until_somebody_signed(opened):
    stage, bids = opened
    first, second = stage.evaluators[:2]
    review(stage, bids, {bids[0]: "The licence has expired"})
    review_bid(bid=bids[0], passed=True, reason="ignored", by=second.seat, now=JUDGED)
    kept = FormalReview.objects.get(bid=bids[0])
    assert (kept.passed, kept.reason, kept.reviewed_by) == (True, "", second.seat)
    score(first, dict.fromkeys(bids, "80"))
    sign_evaluation(lot=bids[0].lot, by=first.seat, now=JUDGED)
    with pytest.raises(Refused, match="stay as they are"):
        review_bid(bid=bids[0], passed=False, reason="late", by=second.seat, now=JUDGED)


@pytest.mark.parametrize("wrong", ["60.01", "-0.01", "1.005", "NaN", "Infinity"])
def test_points_outside_the_criterion_are_refused_at_it(opened, wrong):
    stage, bids = opened
    with pytest.raises(Refused) as refusal:
        score_bid(bid=bids[0], points={2: Decimal(wrong), 3: Decimal(40)}, by=stage.evaluators[0].seat, now=JUDGED)
    assert [fault.field for fault in refusal.value.faults] == ["C-02"]
    assert not Score.objects.exists()


def test_points_of_several_bids_are_recorded_all_or_none(world, opened):
    stage, bids = opened
    evaluator = stage.evaluators[0]
    half = {bids[0]: points("80"), bids[1]: {2: Decimal(10)}}
    with pytest.raises(Refused) as refusal:
        score_bids(lot=bids[0].lot, points=half, by=evaluator.seat, now=JUDGED)
    assert [fault.field for fault in refusal.value.faults] == ["C-03"]
    assert not Score.objects.exists()
    score_bids(lot=bids[0].lot, points={bid: points("80") for bid in bids}, by=evaluator.seat, now=JUDGED)
    assert set(Score.objects.values_list("bid", flat=True)) == {bid.pk for bid in bids}
    assert Event.objects.filter(verb="evaluation.scored", data__bid=bids[1].reference).count() == 1


def test_every_criterion_needs_points_and_no_other_takes_any(opened):
    stage, bids = opened
    with pytest.raises(Refused) as refusal:
        score_bid(bid=bids[0], points={}, by=stage.evaluators[0].seat, now=JUDGED)
    assert [fault.field for fault in refusal.value.faults] == ["C-02", "C-03"]
    with pytest.raises(Refused) as refusal:
        score_bid(bid=bids[0], points={**points("80"), 1: Decimal(1)}, by=stage.evaluators[0].seat, now=JUDGED)
    assert "no such criterion" in refusal.value.faults[0].message


def test_scores_may_be_corrected_until_they_are_signed(opened):
    stage, bids = opened
    evaluator = stage.evaluators[0]
    review(stage, bids)
    score(evaluator, dict.fromkeys(bids, "80"))
    score(evaluator, {bids[0]: "75"})
    assert sum(Score.objects.filter(bid=bids[0]).values_list("points", flat=True)) == 75
    sign_evaluation(lot=bids[0].lot, by=evaluator.seat, now=JUDGED)
    with pytest.raises(Conflict, match="have signed"):
        score(evaluator, {bids[0]: "10"})
    with pytest.raises(Conflict, match="have signed"):
        sign_evaluation(lot=bids[0].lot, by=evaluator.seat, now=JUDGED)


def test_nobody_signs_before_every_bid_is_reviewed_and_scored(opened):
    stage, bids = opened
    evaluator = stage.evaluators[0]
    review(stage, bids[:2])
    with pytest.raises(Refused, match=f"formal review of {bids[2].reference}"):
        sign_evaluation(lot=bids[0].lot, by=evaluator.seat, now=JUDGED)
    review(stage, bids, {bids[2]: "No licence"})
    score(evaluator, {bids[0]: "80"})
    with pytest.raises(Refused, match=f"points for {bids[1].reference}"):
        sign_evaluation(lot=bids[0].lot, by=evaluator.seat, now=JUDGED)
    score(evaluator, {bids[1]: "80"})
    sign_evaluation(lot=bids[0].lot, by=evaluator.seat, now=JUDGED)


# --- The result ------------------------------------------------------------------------------------------
def test_the_result_waits_for_every_signature(opened):
    stage, bids = opened
    review(stage, bids)
    for evaluator in stage.evaluators[:2]:
        score(evaluator, dict.fromkeys(bids, "80"))
        sign_evaluation(lot=bids[0].lot, by=evaluator.seat, now=JUDGED)
    with pytest.raises(Refused, match=stage.evaluators[2].seat.person.name):
        publish_result(lot=now_of(bids[0].lot), by=stage.officer, now=JUDGED)
    with pytest.raises(Refused, match="No lot is signed"):
        publish_results(tender=stage.tender, by=stage.officer, now=JUDGED)
    assert not TechnicalResult.objects.exists()


def test_the_published_result_names_all_bids_is_signed_and_becomes_final_after_full_days(opened):
    stage, bids = opened
    result = judge(stage, {bids[0]: "80", bids[1]: "60", bids[2]: "59.99"}, at=JUDGED)
    body = body_of(result.document)
    assert body["passed"] == sorted(bid.reference for bid in bids[:2])
    assert body["failed"] == [bids[2].reference]
    # Judged on 24 March in Shanghai: 25, 26 and 27 March are whole days, and 28 March begins at 16:00 UTC.
    assert result.final_at == datetime(2026, 3, 27, 16, 0, tzinfo=UTC)


def test_a_verdict_says_how_it_came_about(opened):
    stage, bids = opened
    result = judge(stage, {bids[0]: "80", bids[1]: "59"}, {bids[2]: "The licence has expired"})
    verdicts = {q.bid: (q.verdict, q.score) for q in result.qualifications.all()}
    assert verdicts == {
        bids[0]: ("qualified", Decimal(80)),
        bids[1]: ("not_qualified", Decimal(59)),
        bids[2]: ("formal", None),
    }
    failed = Qualification.objects.get(bid=bids[2])
    assert failed.arithmetic["formal_failure"] == "The licence has expired"
    assert Qualification.objects.get(bid=bids[0]).arithmetic["criteria"][0] == {
        "criterion": "C-02",
        "points": ["60.00"] * 3,
        "mean": "60.00",
    }


@pytest.mark.parametrize(
    ("totals", "status", "ending"),
    [
        (("80", "70", "60"), "evaluated", ""),
        (("80", "70", "59"), "ended", "too_few"),
        (("59", "58", "57"), "ended", "none_qualified"),
    ],
)
def test_where_a_lot_goes_follows_from_how_many_passed(opened, totals, status, ending):
    stage, bids = opened
    judge(stage, dict(zip(bids, totals, strict=True)))
    lot = now_of(bids[0].lot)
    assert (lot.status, lot.ending) == (status, ending)
    assert (lot.ended_by == stage.officer) == bool(ending)


def test_who_was_qualified_and_not_shortlisted_counts_for_the_competition(world):
    rules = ruled(
        pass_mark=Decimal(60), shortlist={1: 1, 2: 2, 3: 2}, shortlist_rest=(Decimal("0.5"), 5), minimum_evaluators=3
    )
    stage, bids = opened_bids(world, "13.50", "12.00", "11.00", rules=rules, evaluators=3)
    result = judge(stage, dict(zip(bids, ("80", "70", "60"), strict=True)))
    assert result.qualifications.filter(verdict="qualified").count() == 2
    assert now_of(bids[0].lot).status == Lot.Status.EVALUATED


def test_whoever_evaluated_or_opened_cannot_publish(world, opened):
    stage, bids = opened
    signed(stage, bids)
    for seat in (stage.evaluators[0].seat, stage.holders[0].seat):
        twin = second_seat(world, seat)
        with pytest.raises(Refused, match="must not"):
            publish_result(lot=now_of(bids[0].lot), by=twin, now=JUDGED)
    other = world.seat(world.organisation("agency"), "officer")
    with pytest.raises(Denied):
        publish_result(lot=now_of(bids[0].lot), by=other, now=JUDGED)


def second_seat(world, seat):
    """The same person as an officer of the agency."""
    if seat.organisation == world.agency:
        end_seat(seat=seat, reason="changes post", by=world.seat(world.agency, "administrator"), now=NOW)
    made = give_seat(
        person=seat.person,
        organisation=world.agency,
        roles=("officer",),
        starts_on=legal_date(NOW),
        by=None,
        now=NOW,
    )
    return Seat.objects.get(pk=made.pk)


def test_results_of_all_signed_lots_are_published_at_once(world):
    stage = published_tender(world, lots=("20.00", "30.00"), evaluators=3, rules=THREE)
    first = bids_in(stage, "13.50", "12", "11", lot=stage.lots[0])
    second = bids_in(stage, "13.50", "12", "11", lot=stage.lots[1])
    for lot in stage.lots:
        open_envelopes(stage, "technical", at=OPENED, lot=lot)
    signed(stage, first)
    signed(stage, second)
    results = publish_results(tender=stage.tender, by=stage.officer, now=JUDGED)
    assert {result.lot.number for result in results} == {1, 2}


def test_a_result_is_published_once_and_ends_the_judging(opened):
    stage, bids = opened
    judge(stage, dict(zip(bids, ("80", "70", "65"), strict=True)))
    with pytest.raises(Refused, match="not possible while"):
        publish_result(lot=now_of(bids[0].lot), by=stage.officer, now=JUDGED)
    stale = now_of(bids[0].lot)
    stale.status = Lot.Status.OPEN
    with pytest.raises(Conflict, match="just done this"):
        publish_result(lot=stale, by=stage.officer, now=JUDGED)
    with pytest.raises(Conflict):
        score_bid(bid=bids[0], points=points("1"), by=stage.evaluators[0].seat, now=JUDGED)


def test_no_price_is_opened_before_the_result_is_final(opened):
    stage, bids = opened
    result = judge(stage, dict(zip(bids, ("80", "70", "65"), strict=True)))
    with pytest.raises(Refused, match="can still be objected to"):
        open_envelopes(stage, "commercial", at=result.final_at - TICK)
    open_envelopes(stage, "commercial", at=result.final_at)
    assert OpenedEnvelope.objects.filter(envelope="commercial").count() == 3


def test_scoring_stays_within_the_agency_and_the_result_is_public(opened):
    stage, bids = opened
    judge(stage, dict(zip(bids, ("80", "70", "65"), strict=True)))
    audiences = dict(Event.objects.filter(subject=stage.tender.reference).values_list("verb", "audience"))
    assert audiences["evaluation.scored"] == audiences["evaluation.reviewed"] == "agency"
    assert audiences["result.published"] == "public"


# --- One envelope ----------------------------------------------------------------------------------------
def test_with_one_envelope_eligibility_is_reviewed_after_the_close_and_nothing_is_scored(world):
    rules = next(preset.rules for preset in PRESETS if preset.code == "one-envelope-lowest")
    stage, bids = opened_bids(world, "13.50", "12.00", "11.00", "9.00", envelopes=1, evaluators=3, rules=rules)
    seat = stage.evaluators[0].seat
    assert set(Bid.objects.visible_to(seat)) == set(bids)
    result = judge(stage, dict.fromkeys(bids[:3], ""), {bids[3]: "No approval for this form"})
    assert result.final_at == JUDGED
    open_envelopes(stage, "commercial", at=JUDGED)
    assert set(OpenedEnvelope.objects.values_list("bid", flat=True)) == {bid.pk for bid in bids[:3]}
    assert now_of(bids[0].lot).status == "opened"


def test_with_one_envelope_bids_are_seen_by_nobody_before_the_close(world):
    rules = next(preset.rules for preset in PRESETS if preset.code == "one-envelope-lowest")
    stage = published_tender(world, lots=("20.00",), envelopes=1, evaluators=3, rules=rules)
    bids_in(stage, "13.50")
    for seat in (stage.evaluators[0].seat, stage.officer, world.auditor):
        assert not Bid.objects.visible_to(seat).exists()
