"""How a lot's volume is divided: it always adds up, and nothing depends on the order of what is given."""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.allocation import Need, Portion, allocate, chooses, split
from selection.ruleset import AllocationRules, Fault, RuleSet, SelectionRules, at_most, faults_of

SHARES = {1: (Decimal(1),), 2: (Decimal("0.6"), Decimal("0.4")), 3: (Decimal("0.6"), Decimal("0.24"), Decimal("0.16"))}
BY_SHARES = AllocationRules("shares", SHARES)
BY_REGIONS = AllocationRules("regions")

NEEDS = st.dictionaries(
    st.tuples(st.sampled_from(("420100", "420200", "430000")), st.integers(1, 40)), st.integers(1, 10**9), min_size=1
).map(lambda found: [Need(region, f"H{number:02d}", units) for (region, number), units in found.items()])


@st.composite
def shares_of_ten_thousand(draw):
    """Shares of up to nine winners, in ten-thousandths, that add up to 1."""
    cuts = sorted(draw(st.sets(st.integers(1, 9999), max_size=8)))
    return tuple(Decimal(above - below) / 10000 for below, above in zip([0, *cuts], [*cuts, 10000], strict=True))


def added(portions, *names):
    sums = defaultdict(int)
    for portion in portions:
        sums[tuple(getattr(portion, name) for name in names)] += portion.units
    return dict(sums)


@given(st.integers(0, 10**15), shares_of_ten_thousand())
def test_a_split_adds_up_and_no_part_is_a_whole_unit_off(units, shares):
    parts = split(units, shares)
    assert sum(parts) == units
    assert all(abs(part - units * Fraction(share)) < 1 for part, share in zip(parts, shares, strict=True))


def test_the_units_over_go_to_the_largest_remainders_and_then_to_the_better_place():
    assert split(101, SHARES[2]) == [61, 40]  # 60.6 and 40.4
    assert split(7, SHARES[3]) == [4, 2, 1]  # 4.2, 1.68 and 1.12
    assert split(1, (Decimal("0.5"), Decimal("0.5"))) == [1, 0]


@given(NEEDS, shares_of_ten_thousand())
def test_shares_add_up_for_each_hospital_and_give_each_region_its_split(needs, shares):
    winners = len(shares)
    table = {number: _equal(number) for number in range(1, winners)} | {winners: shares}
    rules = AllocationRules("shares", table)
    found = allocate(rules, winners, needs)
    assert added(found, "region", "hospital") == added(needs, "region", "hospital")
    for (region,), units in added(needs, "region").items():
        of_region = added([portion for portion in found if portion.region == region], "place")
        assert [of_region.get((place,), 0) for place in range(1, winners + 1)] == split(units, shares)


@given(NEEDS, st.randoms(use_true_random=False))
def test_the_order_of_the_needs_changes_nothing(needs, dice):
    mixed = dice.sample(needs, len(needs))
    assert allocate(BY_SHARES, 3, mixed) == allocate(BY_SHARES, 3, needs)
    regions = {need.region: 1 + number % 3 for number, need in enumerate(sorted(needs))}
    assert allocate(BY_REGIONS, 3, mixed, regions) == allocate(BY_REGIONS, 3, needs, regions)


@given(NEEDS, st.lists(st.integers(1, 3), min_size=3, max_size=3))
def test_a_region_goes_whole_to_its_winner(needs, places):
    regions = dict(zip(("420100", "420200", "430000"), places, strict=True))
    found = allocate(BY_REGIONS, 3, needs, regions)
    assert added(found, "region", "hospital", "place") == {
        (need.region, need.hospital, regions[need.region]): need.units for need in needs
    }


def test_the_only_winner_has_everything_whatever_the_rule_is():
    needs = [Need("420000", "H2", 5), Need("420000", "H1", 7)]
    everything = [Portion("420000", "H1", 1, 7), Portion("420000", "H2", 1, 5)]
    for rules in (AllocationRules(), BY_SHARES, BY_REGIONS):
        assert allocate(rules, 1, needs) == everything
    assert [chooses(rules, 2) for rules in (AllocationRules(), BY_SHARES, BY_REGIONS)] == [False, False, True]
    assert not chooses(BY_REGIONS, 1)


def test_a_hospital_of_one_unit_gets_it_from_one_winner_and_a_region_of_many_such_keeps_its_shares():
    needs = [Need("420000", f"H{number:02d}", 1) for number in range(10)]
    assert added(allocate(BY_SHARES, 2, needs), "place") == {(1,): 6, (2,): 4}


# --- Rule sets that do not hold together ---
@pytest.mark.parametrize(
    ("winners", "allocation", "fault"),
    [
        (1, AllocationRules("by hand"), Fault("allocation", "method", "choice")),
        (2, AllocationRules(), Fault("allocation", "method", "unfit")),
        (2, AllocationRules("shares"), Fault("allocation", "shares", "uncovered", "1")),
        (2, AllocationRules("shares", {2: SHARES[2]}), Fault("allocation", "shares", "uncovered", "1")),
        (2, AllocationRules("shares", SHARES), Fault("allocation", "shares", "unfit", "3")),
        (2, AllocationRules("shares", {1: SHARES[1], 2: SHARES[3]}), Fault("allocation", "shares", "range", "2")),
        (
            2,
            AllocationRules("shares", {2: (Decimal("0.6"), Decimal("0.3"))}),
            Fault("allocation", "shares", "sum", "2"),
        ),
        (2, AllocationRules("shares", {2: (Decimal(1), Decimal(0))}), Fault("allocation", "shares", "range", "2")),
        (2, AllocationRules("regions", {1: SHARES[1]}), Fault("allocation", "shares", "unfit")),
    ],
)
def test_what_does_not_add_up_or_does_not_cover_each_number_of_winners_is_a_fault_by_its_row(
    winners, allocation, fault
):
    assert faults_of(RuleSet(selection=SelectionRules(winners=at_most(winners)), allocation=allocation))[0] == fault


def _equal(winners):
    """Any shares that add up."""
    first = Decimal(1) - Decimal("0.001") * (winners - 1)
    return (first, *[Decimal("0.001")] * (winners - 1))
