"""Evaluation, results and objections in a real browser: by keyboard, usable by everybody, at a desk and on a phone."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from awards.actions import answer_objection, award_lot, file_objection, propose_award
from tenders.models import Score
from tests.ruling import ruled
from tests.tenders.bids import HOUR
from tests.tenders.judging import AWARDED, PRICED, PROPOSED, judge, now_of, open_envelopes, opened_bids, review
from tests.world import World

RULES = ruled(pass_mark=Decimal(60), minimum_for_competition=2, minimum_evaluators=3)


@pytest.fixture
def opened(transactional_db):
    return opened_bids(World(), "132.00", "120.00", "250.00", "90.00", evaluators=3, rules=RULES)


def test_an_evaluator_scores_with_the_keyboard_alone(page, sit_in, look_at, opened):
    stage, bids = opened
    review(stage, bids)
    evaluator = stage.evaluators[0]
    sit_in(evaluator.seat)
    page.set_viewport_size({"width": 1440, "height": 900})
    place = [stage.tender.reference, 1]
    look_at("tenders:scoring-desk", *place, bids[0].reference)
    page.keyboard.type("49")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.keyboard.type("30.25")
    expect(page.locator("[data-points-total]")).to_have_text(re.compile(r"^\s*80\.25"))
    page.keyboard.press("Enter")
    page.get_by_text(f"Your points for {bids[0].reference} are recorded").wait_for()
    points = Score.objects.filter(bid=bids[0], evaluator=evaluator).order_by("criterion__number")
    assert list(points.values_list("points", flat=True)) == [Decimal(50), Decimal("30.25")]


def test_evaluators_and_the_officer_find_their_way(sit_in, look_at, opened):
    stage, bids = opened
    reference, first = stage.tender.reference, bids[0].reference
    sit_in(stage.evaluators[0].seat)
    look_at("tenders:scoring-desk", reference, 1, first)
    review(stage, bids, {bids[1]: "The licence has expired"})
    shown = (
        ("evaluation", reference),
        ("evaluate-lot", reference, 1),
        ("scoring-desk", reference, 1, first),
        ("scoring-desk", reference, 1, bids[1].reference),
        ("sign-evaluation", reference, 1),
    )
    for name, *args in shown:
        look_at(f"tenders:{name}", *args)
    sit_in(stage.officer)
    look_at("tenders:evaluation", reference)
    look_at("tenders:publish-result", reference, 1)


def test_everybody_follows_a_lot_to_its_award(page, sit_in, look_at, no_problem, opened):
    stage, bids = opened
    reference, loser = stage.tender.reference, bids[3].prepared_by
    judge(stage, {bids[0]: "80", bids[1]: "70", bids[2]: "90", bids[3]: "40"})
    open_envelopes(stage, "commercial", at=PRICED)
    sit_in(stage.officer)
    look_at("awards:propose-award", reference, 1)
    propose_award(lot=now_of(stage.lots[0]), by=stage.officer, now=PROPOSED)
    found = file_objection(lot=now_of(stage.lots[0]), text="Count again", by=loser, now=PROPOSED + HOUR)
    for name, *args in (("tenders:objections",), ("tenders:objection", found.reference)):
        look_at(name, *args)
    for name, *args in (("awards:awards", reference), ("awards:answer-objection", found.reference)):
        look_at(name, *args)
    answer_objection(objection=found, answer="rejected", text="Counted", by=stage.officer, now=AWARDED)
    sit_in(stage.world.awarder)
    look_at("awards:award-lot", reference, 1)
    award_lot(lot=now_of(stage.lots[0]), by=stage.world.awarder, now=AWARDED)
    sit_in(loser)
    look_at("awards:file-objection", reference, 1)
    look_at("awards:award-letter", reference, 1, 1)
    look_at("tenders:lot", reference, 1)
    for path in page.locator("details.path").all():
        path.locator("summary").click()
    expect(page.get_by_text("exactly 12/1")).to_be_visible()
    expect(page.get_by_text("stays sealed for ever").first).to_be_visible()
    no_problem()


def test_the_world_reads_results_without_signing_in(look_at, opened):
    stage, bids = opened
    judge(stage, dict.fromkeys(bids, "80"))
    for name, *args in (("results",), ("result", stage.tender.reference), ("result-lot", stage.tender.reference, 1)):
        look_at(f"awards:{name}", *args)
