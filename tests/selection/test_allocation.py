"""How a lot's volume is divided: it always adds up, and nothing depends on the order of what is given."""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.allocation import Need, Portion, agreed, allocate, chooses, split
from selection.ruleset import flaws, from_json, to_json
from tests.flat import flat_rules

SHARES = {1: (Decimal(1),), 2: (Decimal("0.6"), Decimal("0.4")), 3: (Decimal("0.6"), Decimal("0.24"), Decimal("0.16"))}
BY_SHARES = flat_rules(winners=3, allocation="shares", shares=SHARES)
BY_REGIONS = flat_rules(winners=3, standbys=1, allocation="regions")

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
    rules = flat_rules(winners=winners, allocation="shares", shares=table)
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
    for rules in (flat_rules(), BY_SHARES, BY_REGIONS):
        assert allocate(rules, 1, needs) == everything
    assert [chooses(rules, 2) for rules in (flat_rules(), BY_SHARES, BY_REGIONS)] == [False, False, True]
    assert not chooses(BY_REGIONS, 1)


def test_a_hospital_of_one_unit_gets_it_from_one_winner_and_a_region_of_many_such_keeps_its_shares():
    needs = [Need("420000", f"H{number:02d}", 1) for number in range(10)]
    assert added(allocate(BY_SHARES, 2, needs), "place") == {(1,): 6, (2,): 4}


# --- Rule sets that do not hold together ---
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"winners": 0}, "places_rest"),
        ({"standbys": -1}, "standbys"),
        ({"allocation": "by hand"}, "method"),
        ({"winners": 2}, "method"),
        ({"agreed": {1: Decimal(0)}}, "agreed"),
        ({"agreed": {1: Decimal("1.1")}}, "agreed"),
        ({"agreed": {2: Decimal("0.6")}}, "agreed"),
        ({"winners": 2, "allocation": "shares"}, "shares"),
        ({"winners": 2, "allocation": "shares", "shares": {2: SHARES[2]}}, "shares"),
        ({"winners": 2, "allocation": "shares", "shares": SHARES}, "shares"),
        ({"winners": 2, "allocation": "shares", "shares": {1: SHARES[1], 2: SHARES[3]}}, "shares"),
        (
            {"winners": 2, "allocation": "shares", "shares": {1: SHARES[1], 2: (Decimal("0.6"), Decimal("0.3"))}},
            "shares",
        ),
        ({"winners": 2, "allocation": "shares", "shares": {1: SHARES[1], 2: (Decimal(1), Decimal(0))}}, "shares"),
        ({"winners": 2, "allocation": "regions", "shares": {1: SHARES[1], 2: SHARES[2]}}, "shares"),
    ],
)
def test_the_check_finds_what_does_not_add_up_or_does_not_cover_each_number_of_winners(wrong, field):
    assert {flaw.field for flaw in flaws(flat_rules(**wrong))} == {field}


def test_rules_of_several_winners_are_read_as_they_were_frozen():
    for rules in (BY_SHARES, BY_REGIONS):
        assert from_json(to_json(rules)) == rules


def _equal(winners):
    """Any shares that add up."""
    first = Decimal(1) - Decimal("0.001") * (winners - 1)
    return (first, *[Decimal("0.001")] * (winners - 1))


# --- What is agreed of the need ---


@given(NEEDS, st.integers(1, 100))
def test_what_is_agreed_is_each_regions_share_half_up_and_no_hospital_is_a_unit_off(needs, hundredths):
    share = Decimal(hundredths) / 100
    found = agreed(flat_rules(agreed={1: share}), 1, needs)
    by_region = {key: Fraction(units) * Fraction(share) for key, units in added(needs, "region").items()}
    assert added(found, "region") == {key: floor(exact + Fraction(1, 2)) for key, exact in by_region.items()}
    asked = added(needs, "hospital")
    for hospital, units in added(found, "hospital").items():
        assert abs(units - asked[hospital] * Fraction(share)) < 1
        assert units <= asked[hospital]


@pytest.mark.parametrize(
    ("base", "share", "published"),
    [
        (596_327, "0.5", 298_170),
        (596_327, "0.6", 357_795),
        (7_286_887, "0.3", 2_186_064),
        (7_286_887, "0.4", 2_914_753),
        (7_286_887, "0.5", 3_643_450),
    ],
)
def test_the_five_published_totals_follow_from_a_constructed_split_over_31_regions(base, share, published):
    """Afatinib and meropenem of round 7. How the bases lie over the regions is not published: a split is constructed
    from regions that are alike but for what they leave over, and no rounding of the total alone gives these figures."""
    rules, whole = flat_rules(agreed={1: Decimal(share)}), base * Fraction(share)
    splits = (
        agreed(rules, 1, [Need(f"{number:02d}", "H", units) for number, units in enumerate(of_31(base, over, alike))])
        for over in range(10)
        for alike in range(31)
    )
    totals = {sum(need.units for need in found) for found in splits}
    assert published in totals
    assert published not in {floor(whole), ceil(whole)}


def of_31(base, over, alike):
    """A base over 31 regions: so many leave ``over`` beyond tens, the others nothing, and the last has the rest."""
    tens = base // 310 * 10
    regions = [tens + over] * alike + [tens] * (30 - alike)
    return [*regions, base - sum(regions)]
