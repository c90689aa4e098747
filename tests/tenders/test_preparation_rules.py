"""When a tender is complete: properties of the pure rules."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenders.checklist import SENTENCES
from tenders.rules.preparation import (
    DemandState,
    Draft,
    EvaluatorDraft,
    Gap,
    LotDraft,
    LotItemDraft,
    OpenerDraft,
    lacks,
    organisation_limit,
)
from tenders.rules.schedule import Schedule, ScheduleGap, notice_length
from tests.ruling import ruled

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
PROVED = NOW - timedelta(days=3)


def opener(person: int, organisation: int, **facts) -> OpenerDraft:
    return OpenerDraft(
        **{
            "person": person,
            "name": f"opener {person}",
            "organisation": organisation,
            "organisation_name": f"organisation {organisation}",
            "key_made": True,
            "key_proved_at": PROVED,
            **facts,
        }
    )


def evaluator(person: int, **facts) -> EvaluatorDraft:
    return EvaluatorDraft(
        **{"person": person, "name": f"evaluator {person}", "declared": True, "has_interest": False, **facts}
    )


COMPLETE = Draft(
    envelopes=2,
    rules=ruled(pass_mark=Decimal(60)),
    demand=DemandState.LOCKED,
    schedule=Schedule(NOW + timedelta(days=21), date(2026, 5, 1), date(2027, 4, 30)),
    lots=(LotDraft(1, (LotItemDraft("A", Decimal(1), 100),), Decimal("1.50")),),
    formal_criteria=1,
    points=(60, 40),
    openers=tuple(opener(number, number % 3) for number in range(5)),
    evaluators=tuple(evaluator(10 + number) for number in range(5)),
    publisher=99,
)
ITEM = COMPLETE.lots[0].items[0]


def gaps(draft: Draft) -> list:
    return [lack.gap for lack in lacks(draft, now=NOW, zone=ZONE)]


def first(openers, **facts):
    return (replace(openers[0], **facts), *openers[1:])


def one_lot(**facts):
    return (replace(COMPLETE.lots[0], **facts),)


def test_a_complete_draft_lacks_nothing():
    assert gaps(COMPLETE) == []


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"rules_in_force": False}, Gap.RULES_NOT_IN_FORCE),
        ({"rules": ruled(pass_mark=Decimal(60), count="companies")}, Gap.RULES_NOT_RUN),
        ({"rules": ruled(pass_mark=Decimal(60), order=("demand", "lots_drawn"))}, Gap.RULES_NOT_RUN),
        ({"rules": ruled(pass_mark=Decimal(60), steps=())}, Gap.RULES_NOT_RUN),
        ({"demand": DemandState.NONE}, Gap.NO_DEMAND),
        ({"demand": DemandState.OPEN}, Gap.DEMAND_OPEN),
        ({"lots": ()}, Gap.NO_LOTS),
        ({"lots": one_lot(items=())}, Gap.NO_ITEMS),
        ({"lots": one_lot(ceiling=None)}, Gap.NO_CEILING),
        ({"lots": one_lot(items=(replace(ITEM, factor=Decimal(2)),))}, Gap.NO_REFERENCE),
        ({"lots": one_lot(items=(replace(ITEM, volume=0),))}, Gap.NO_VOLUME),
        ({"lots": one_lot(items=(replace(ITEM, taken_by="T-1"),))}, Gap.ITEM_TAKEN),
        ({"formal_criteria": 0, "points": ()}, Gap.NO_CRITERIA),
        ({"points": (60, 39)}, Gap.POINTS_NOT_FULL),
        ({"points": (60, 41)}, Gap.POINTS_NOT_FULL),
        ({"points": ()}, Gap.RULES_NEED_POINTS),
        ({"rules": ruled(shortlist={3: 2}, shortlist_rest=(Decimal("0.5"), 5))}, Gap.SHORTLIST_HAS_GAPS),
        ({"openers": COMPLETE.openers[:3]}, Gap.TOO_FEW_OPENERS),
        ({"openers": tuple(opener(number, number) for number in range(16))}, Gap.TOO_MANY_OPENERS),
        ({"openers": tuple(opener(number, number // 3) for number in range(5))}, Gap.ORGANISATION_TOO_STRONG),
        ({"openers": first(COMPLETE.openers, key_made=False)}, Gap.KEY_NOT_MADE),
        ({"openers": first(COMPLETE.openers, key_proved_at=None)}, Gap.KEY_NOT_PROVED),
        ({"openers": first(COMPLETE.openers, key_proved_at=NOW - timedelta(days=31))}, Gap.KEY_NOT_PROVED),
        ({"openers": first(COMPLETE.openers, list_signed=False)}, Gap.LIST_NOT_SIGNED),
        ({"openers": first(COMPLETE.openers, current=False)}, Gap.SEAT_ENDED),
        ({"evaluators": COMPLETE.evaluators[:4]}, Gap.TOO_FEW_EVALUATORS),
        ({"evaluators": (*COMPLETE.evaluators, evaluator(15))}, Gap.EVEN_EVALUATORS),
        ({"evaluators": first(COMPLETE.evaluators, declared=False)}, Gap.NOT_DECLARED),
        ({"evaluators": first(COMPLETE.evaluators, has_interest=True)}, Gap.HAS_INTEREST),
        ({"evaluators": first(COMPLETE.evaluators, current=False)}, Gap.SEAT_ENDED),
        ({"publisher": 0}, Gap.PUBLISHER_HAS_A_PART),
        ({"publisher": 12}, Gap.PUBLISHER_HAS_A_PART),
        ({"schedule": replace(COMPLETE.schedule, deadline=None)}, ScheduleGap.NO_DEADLINE),
        ({"schedule": replace(COMPLETE.schedule, deadline=NOW)}, ScheduleGap.DEADLINE_PAST),
        ({"schedule": replace(COMPLETE.schedule, deadline=NOW + timedelta(days=19))}, ScheduleGap.NOTICE_SHORT),
        ({"schedule": replace(COMPLETE.schedule, supply_to=None)}, ScheduleGap.NO_SUPPLY),
        ({"schedule": replace(COMPLETE.schedule, supply_to=date(2026, 4, 30))}, ScheduleGap.SUPPLY_BACKWARDS),
        ({"schedule": replace(COMPLETE.schedule, supply_from=date(2026, 3, 22))}, ScheduleGap.SUPPLY_EARLY),
    ],
)
def test_each_thing_that_is_missing_is_found_alone(change, gap):
    assert gaps(replace(COMPLETE, **change)) == [gap]


def test_everything_missing_is_told_at_once():
    empty = Draft(2, COMPLETE.rules, DemandState.NONE, Schedule(None, None, None))
    assert set(gaps(empty)) == {
        Gap.NO_DEMAND,
        Gap.NO_LOTS,
        Gap.NO_CRITERIA,
        Gap.TOO_FEW_OPENERS,
        Gap.TOO_FEW_EVALUATORS,
        ScheduleGap.NO_DEADLINE,
        ScheduleGap.NO_SUPPLY,
    }


def test_one_envelope_needs_neither_criteria_nor_evaluators_and_takes_no_points():
    one = replace(COMPLETE, envelopes=1, rules=ruled(), points=(), formal_criteria=0, evaluators=())
    assert gaps(one) == []
    assert gaps(replace(one, points=(100,))) == [Gap.POINTS_NEED_ENVELOPE]
    assert gaps(replace(one, rules=COMPLETE.rules)) == [Gap.RULES_NEED_ENVELOPE]


@given(st.integers(0, 9), st.integers(0, 12))
def test_evaluators_are_an_odd_number_and_as_many_as_the_rules_ask_for(least, named):
    people = tuple(evaluator(10 + number) for number in range(named))
    rules = ruled(pass_mark=Decimal(60), minimum_evaluators=least)
    complete = named >= least and named in (1, 3, 5, 7, 9, 11)
    assert (gaps(replace(COMPLETE, evaluators=people, rules=rules)) == []) == complete


def test_every_gap_has_a_sentence():
    assert set(SENTENCES) == {*Gap, *ScheduleGap}


@given(st.integers(2, 14), st.integers(0, 15))
def test_no_organisation_within_its_limit_can_open_or_block_alone(needed, openers):
    limit = organisation_limit(needed, openers)
    assert limit >= 0
    if limit:
        assert limit < needed
        assert openers - limit >= needed


@given(st.integers(2, 14), st.integers(3, 15))
def test_the_limit_could_not_be_higher(needed, openers):
    above = organisation_limit(needed, openers) + 1
    assert above >= needed or openers - above < needed or openers <= needed


def test_three_of_five_open_in_every_combination_without_any_one_organisation():
    places = [0, 0, 1, 1, 2]
    assert organisation_limit(3, 5) == 2
    for lost in set(places):
        assert sum(place != lost for place in places) >= 3
    assert all(len(set(three)) > 1 for three in combinations(places, 3))


INSTANTS = st.timedeltas(timedelta(0), timedelta(days=40_000)).map(datetime(1990, 1, 1, tzinfo=UTC).__add__)


@given(INSTANTS, st.timedeltas(timedelta(microseconds=1), timedelta(days=400)), st.integers(0, 60))
def test_a_notice_is_long_enough_exactly_from_its_day_on(now, ahead, days):
    deadline = now + ahead
    schedule = Schedule(deadline, date.max, date.max)
    short = ScheduleGap.NOTICE_SHORT in schedule.gaps(now=now, zone=ZONE, notice_days=days)
    assert short == (notice_length(now, deadline, ZONE) < days)


@given(INSTANTS, st.integers(-2, 2))
def test_a_deadline_at_this_very_instant_is_over(now, microseconds):
    schedule = Schedule(now + timedelta(microseconds=microseconds), date.max, date.max)
    past = ScheduleGap.DEADLINE_PAST in schedule.gaps(now=now, zone=ZONE, notice_days=0)
    assert past == (microseconds <= 0)


def test_days_of_notice_are_legal_days():
    late_evening = datetime(2026, 3, 1, 15, 59, tzinfo=UTC)  # still 1 March in Shanghai
    assert notice_length(late_evening, datetime(2026, 3, 20, 16, 0, tzinfo=UTC), ZONE) == 20
    assert notice_length(late_evening + timedelta(minutes=1), datetime(2026, 3, 20, 16, 0, tzinfo=UTC), ZONE) == 19


@given(st.lists(st.integers(1, 100), min_size=1, max_size=12))
def test_points_are_accepted_exactly_when_they_add_up_to_a_hundred(points):
    assert (Gap.POINTS_NOT_FULL in gaps(replace(COMPLETE, points=tuple(points)))) == (sum(points) != 100)
