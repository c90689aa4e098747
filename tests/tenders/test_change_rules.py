"""The rules of changes and reminders, without a database: never shorter, only before, with enough days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tenders.rules.changes import (
    ChangeGap,
    CriterionTerms,
    Difference,
    LotTerms,
    NoticeTerms,
    against_amendment,
    against_deadline,
    differences,
    from_json,
    to_json,
)
from tenders.rules.reminders import STAGES, due_reminder
from tenders.rules.schedule import ScheduleGap

ZONE = ZoneInfo("Asia/Shanghai")
TICK = timedelta(microseconds=1)
DEADLINE = datetime(2026, 3, 24, 6, 0, tzinfo=UTC)
TERMS = NoticeTerms(
    "Statins for a year",
    date(2026, 5, 1),
    date(2027, 4, 30),
    lots=(LotTerms(1, Decimal("1.50")), LotTerms(2, Decimal(20), "Sampling passed")),
    criteria=(
        CriterionTerms(1, "formal", "Licence"),
        CriterionTerms(2, "scored", "Quality", "Of 24 months", 60),
        CriterionTerms(3, "scored", "Supply", "", 40),
    ),
)
instants = some.timedeltas(timedelta(days=-40), timedelta(days=40)).map(lambda shift: DEADLINE + shift)


def gaps(found):
    return [one.gap for one in found]


def against(after, *, before=TERMS, deadline=DEADLINE, at=DEADLINE - timedelta(days=20), days=15):
    return against_amendment(before, after, deadline=deadline, at=at, zone=ZONE, days=days)


@given(old=instants, new=instants, at=instants)
def test_a_deadline_moves_only_before_it_has_come_and_only_later(old, new, at):
    assert (against_deadline(old, new, at=at) == ()) == (at < old < new)


def test_at_the_very_instant_of_the_deadline_it_is_too_late():
    later = DEADLINE + timedelta(days=1)
    assert against_deadline(DEADLINE, later, at=DEADLINE - TICK) == ()
    assert gaps(against_deadline(DEADLINE, later, at=DEADLINE)) == [ChangeGap.DEADLINE_CAME]
    assert gaps(against_deadline(DEADLINE, DEADLINE, at=DEADLINE - TICK)) == [ChangeGap.NOT_LATER]


@given(hours=some.integers(0, 60 * 24), days=some.integers(0, 40))
def test_an_amendment_leaves_the_days_that_the_rule_asks_for(hours, days):
    at = DEADLINE - timedelta(hours=hours)
    left = (DEADLINE.astimezone(ZONE).date() - at.astimezone(ZONE).date()).days
    found = against(replace(TERMS, summary="Other"), at=at, days=days)
    assert (ChangeGap.TOO_SOON in gaps(found)) == (left < days)


def test_fifteen_days_before_at_any_hour_are_enough():
    other = replace(TERMS, summary="Other")
    ninth_of_march = datetime(2026, 3, 9, 15, 59, tzinfo=UTC)
    assert against(other, at=ninth_of_march) == ()
    assert gaps(against(other, at=ninth_of_march + timedelta(minutes=1))) == [ChangeGap.TOO_SOON]


@pytest.mark.parametrize(
    ("after", "gap"),
    [
        (TERMS, ChangeGap.NOTHING),
        (replace(TERMS, lots=TERMS.lots[:1]), ChangeGap.OTHER_LOTS),
        (replace(TERMS, criteria=TERMS.criteria[1:]), ChangeGap.OTHER_CRITERIA),
        (replace(TERMS, lots=(LotTerms(1, Decimal(0)), TERMS.lots[1])), ChangeGap.NO_CEILING),
        (replace(TERMS, lots=(LotTerms(1, Decimal("1.0000001")), TERMS.lots[1])), ChangeGap.NO_CEILING),
        (replace(TERMS, criteria=(CriterionTerms(1, "formal", ""), *TERMS.criteria[1:])), ChangeGap.NO_TITLE),
        (
            replace(TERMS, criteria=(CriterionTerms(1, "formal", "x", "", 5), *TERMS.criteria[1:])),
            ChangeGap.WRONG_POINTS,
        ),
        (
            replace(TERMS, criteria=(*TERMS.criteria[:2], CriterionTerms(3, "scored", "Supply", "", 39))),
            ChangeGap.POINTS_NOT_FULL,
        ),
        (replace(TERMS, supply_to=date(2026, 4, 30)), ScheduleGap.SUPPLY_BACKWARDS),
        (replace(TERMS, supply_from=date(2026, 3, 24)), ScheduleGap.SUPPLY_EARLY),
    ],
)
def test_what_cannot_be_amended_so_is_named(after, gap):
    assert gaps(against(after)) == [gap]


def test_what_changes_is_listed_value_by_value():
    lots = (replace(TERMS.lots[0], ceiling_price=Decimal("1.40")), TERMS.lots[1])
    criteria = (*TERMS.criteria[:2], replace(TERMS.criteria[2], guidance="Of the last year"))
    found = differences(TERMS, replace(TERMS, supply_to=date(2027, 12, 31), lots=lots, criteria=criteria))
    assert found == (
        Difference("supply_to", 0, "2027-04-30", "2027-12-31"),
        Difference("ceiling_price", 1, "1.5", "1.4"),
        Difference("guidance", 3, "", "Of the last year"),
    )
    assert [one.part for one in found] == ["tender", "lot", "criterion"]


prices = some.decimals(min_value="0.000001", max_value="999999", places=6)
texts = some.text(max_size=20)


@given(
    terms=some.builds(
        NoticeTerms,
        texts,
        some.dates(),
        some.dates(),
        some.lists(some.builds(LotTerms, some.integers(1, 99), prices, texts), max_size=4).map(tuple),
        some.lists(
            some.builds(CriterionTerms, some.integers(1, 9), some.sampled_from(["formal", "scored"]), texts, texts),
            max_size=4,
        ).map(tuple),
    )
)
def test_what_was_proposed_is_what_is_approved(terms):
    assert from_json(to_json(terms)) == terms
    assert differences(terms, from_json(to_json(terms))) == ()


def test_proposed_terms_are_read_whole_or_not_at_all():
    body = to_json(TERMS)
    lot = {name: value for name, value in body["lots"][0].items() if name != "quality_requirement"}
    for other in ({**body, "reserve": ""}, {**body, "lots": [lot]}, {**body, "format": "notice-terms/2"}):
        with pytest.raises(ValueError, match=r"format|missing|unknown"):
            from_json(other)


@given(left=some.timedeltas(timedelta(days=-3), timedelta(days=3)))
def test_of_missed_reminders_only_the_last_is_said(left):
    due = due_reminder(DEADLINE, DEADLINE - left)
    if left <= timedelta(0) or left > timedelta(hours=24):
        assert due is None
    else:
        assert due is not None
        assert left <= due
        assert not [stage for stage in STAGES if left <= stage < due]
