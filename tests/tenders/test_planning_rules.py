"""What a purchase plan must say: reasons, few forms and specifications, quantity tied to price."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenders.models import PlanLine
from tenders.rules.planning import MOST_FORMS, MOST_STRENGTHS, TENDERED, PlanGap, PlannedLine, plan_lacks

LINE = PlannedLine(
    number=1,
    name="Metformin",
    form="tablet",
    strength="0.5 g",
    lane=TENDERED,
    has_reason=False,
    has_ceiling=True,
    has_basis=True,
    volume=100,
)


def gaps(*lines):
    return [(lack.gap, lack.number) for lack in plan_lacks(lines)]


def numbered(**various):
    """Lines that differ in one thing, as many as there are values."""
    name, values = next(iter(various.items()))
    return [replace(LINE, number=number, **{name: value}) for number, value in enumerate(values, start=1)]


def test_the_rules_know_the_lane_of_a_tender_by_its_value():
    assert PlanLine.Lane.TENDER == TENDERED


def test_a_complete_line_lacks_nothing_and_a_plan_of_nothing_is_none():
    assert gaps(LINE) == []
    assert gaps() == [(PlanGap.NOTHING_PLANNED, None)]


@pytest.mark.parametrize("lane", [lane for lane in PlanLine.Lane.values if lane != TENDERED])
def test_whatever_is_not_tendered_needs_a_reason_and_nothing_else(lane):
    line = replace(LINE, lane=lane, has_ceiling=False, has_basis=False, volume=0)
    assert gaps(line) == [(PlanGap.NO_REASON, 1)]
    assert gaps(replace(line, has_reason=True)) == []


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"volume": 0}, PlanGap.NO_VOLUME),
        ({"has_ceiling": False}, PlanGap.NO_CEILING),
        ({"has_basis": False}, PlanGap.NO_BASIS),
    ],
)
def test_what_is_tendered_has_quantity_and_price_and_says_where_that_comes_from(change, gap):
    assert gaps(replace(LINE, **change)) == [(gap, 1)]


def test_a_fourth_form_and_a_third_specification_need_a_reason():
    forms = numbered(form=["tablet", "capsule", "granules", "injection"])
    assert gaps(*forms) == [(PlanGap.TOO_MANY_FORMS, 4)]
    strengths = numbered(strength=["0.25 g", "0.5 g", "0.85 g"])
    assert gaps(*strengths) == [(PlanGap.TOO_MANY_STRENGTHS, 3)]
    assert gaps(*forms[:3], replace(forms[3], has_reason=True)) == []


def test_devices_have_no_such_limit():
    assert gaps(*(replace(line, drug=False) for line in numbered(form=list("abcdef")))) == []


lines = st.lists(
    st.builds(
        PlannedLine,
        number=st.just(0),
        name=st.sampled_from(["A", "B"]),
        form=st.sampled_from("abcde"),
        strength=st.sampled_from("12345"),
        lane=st.just(TENDERED),
        has_reason=st.booleans(),
        has_ceiling=st.just(True),
        has_basis=st.just(True),
        volume=st.just(1),
    ),
    max_size=12,
)


@given(lines)
def test_a_plan_passes_only_within_the_limits_or_with_reasons(drawn):
    plan = [replace(line, number=number) for number, line in enumerate(drawn, start=1)]
    if not plan or any(plan_lacks(plan)):
        return
    said = [line for line in plan if not line.has_reason]
    for name in {line.name for line in said}:
        forms = {line.form for line in said if line.name == name}
        assert len(forms) <= MOST_FORMS
        assert all(
            len({line.strength for line in said if (line.name, line.form) == (name, form)}) <= MOST_STRENGTHS
            for form in forms
        )
