"""The published ways of dividing volumes: regions, hospitals and years add up, nothing is lost, no order matters."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.allocation import Need
from selection.allocation.brands import BrandRules, NamedNeed, supply
from selection.allocation.cascade import LENSES_2020, CascadeRules, cascade
from selection.allocation.classes import INSULIN_2024, ClassRules, PriceGroup, by_class, classes_of, receivers
from selection.allocation.documents import from_json, to_json
from selection.allocation.handing import Handing, HandingRules, hand_out
from selection.allocation.ranks import JOINTS_2021, Parts, ProductNeed, by_rank
from selection.allocation.shares import ROUND_7, ShareRules, ShareTier, agree, supply_years
from selection.allocation.turns import Move, Taken, TurnRules, Untaken, play
from selection.allocation.units import Refused, by_remainder
from selection.rounding import half_up

REGIONS = ("420100", "420200", "430000")
FIRST_DAY = date(2026, 1, 1)
NEEDS = st.dictionaries(st.tuples(st.sampled_from(REGIONS), st.integers(1, 20)), st.integers(0, 10**6), min_size=1).map(
    lambda found: [Need(region, f"H{number:02d}", units) for (region, number), units in found.items()]
)
ASKED = st.dictionaries(
    st.tuples(st.sampled_from(REGIONS), st.integers(1, 6), st.sampled_from("PQRST")), st.integers(0, 5000), min_size=1
).map(lambda found: [ProductNeed(region, f"H{number}", *rest) for (region, number, *rest), units in found.items()
                     for rest in [(*rest, units)]])  # fmt: skip


def sums(rows, *names, of="units"):
    """The sums of rows by what they name; empty ones are left out."""
    found = Counter()
    for row in rows:
        found[tuple(getattr(row, name) for name in names)] += getattr(row, of)
    return {key: units for key, units in found.items() if units}


# --- Largest remainder ---
@given(st.dictionaries(st.text("ABCDEF", min_size=1), st.integers(0, 10**9), min_size=1), st.data())
def test_what_is_divided_adds_up_and_nobody_has_more_than_its_weight(weights, data):
    units = data.draw(st.integers(0, sum(weights.values())))
    parts = by_remainder(units, weights)
    assert sum(parts.values()) == units
    assert all(0 <= parts[code] <= weights[code] for code in weights)


def test_of_equal_remainders_the_lower_code_has_the_unit():
    assert by_remainder(1, {"H2": 5, "H1": 5}) == {"H1": 1, "H2": 0}


def test_there_is_nothing_to_divide_among_nobody():
    assert by_remainder(0, {"H1": 0}) == {"H1": 0}
    with pytest.raises(ValueError, match="nobody"):
        by_remainder(1, {"H1": 0})


# --- Shares and terms ---
@given(NEEDS, st.integers(1, 12), st.sampled_from(("most", "antimicrobial")), st.integers(1, 1500))
def test_regions_hospitals_and_years_add_up_and_nothing_needed_is_lost(needs, winners, medicine, days):
    rules = replace(ROUND_7, last_day=FIRST_DAY + timedelta(days=days - 1))
    found = agree(rules, medicine, winners, FIRST_DAY, needs)
    assert sum(year.days for year in found.years) == days
    by_year = {(row.year, row.region): row.agreed for row in found.regions if row.agreed}
    assert sums(found.hospitals, "year", "region", of="agreed") == by_year
    missed = sums([row for year in found.unallocated for row in year.rows], "region", "hospital")
    given_out = sums(found.hospitals, "region", "hospital", of="agreed")
    needed = sums(found.hospitals, "region", "hospital", of="need")
    assert needed == dict(Counter(given_out) + Counter(missed))
    assert all(0 <= row.agreed <= row.need for row in found.hospitals)
    for year in found.years:
        if year.days == year.of_days:
            assert sums([row for row in found.hospitals if row.year == year.year], "region", "hospital", of="need") == (
                sums(needs, "region", "hospital")
            )


@given(NEEDS, st.randoms(use_true_random=False))
def test_the_order_of_needs_changes_no_volume(needs, dice):
    mixed = dice.sample(needs, len(needs))
    assert agree(ROUND_7, "most", 4, FIRST_DAY, mixed) == agree(ROUND_7, "most", 4, FIRST_DAY, needs)
    for winners in (1, 2, 3, 5):
        assert cascade(LENSES_2020, winners, mixed) == cascade(LENSES_2020, winners, needs)


def test_a_region_is_rounded_once_half_up_and_the_total_is_the_sum():
    needs = [Need(region, "H1", 5) for region in REGIONS]
    found = agree(ROUND_7, "most", 1, FIRST_DAY, needs)
    assert [row.agreed for row in found.regions] == [3, 3, 3]  # 2.5 each
    assert found.total(1) == 9  # and not half of 15, which is 7.5


def test_share_and_term_follow_the_number_of_winners_and_the_class():
    tiers = [ROUND_7.tier("most", winners) for winners in (1, 2, 3, 4, 10)]
    assert [(tier.share, tier.years) for tier in tiers] == [
        (Decimal("0.5"), 1), (Decimal("0.6"), 1), (Decimal("0.7"), 2), (Decimal("0.8"), 3), (Decimal("0.8"), 3)
    ]  # fmt: skip
    assert ROUND_7.tier("antimicrobial", 7) == ShareTier(3, Decimal("0.5"), 2)


def test_a_short_last_year_has_its_days_part():
    rules = replace(ROUND_7, last_day=date(2027, 3, 14))  # 73 of 365 days: a fifth
    found = agree(rules, "most", 4, FIRST_DAY, [Need("420100", "H1", 1000)])
    assert [(year.days, year.of_days) for year in found.years] == [(365, 365), (73, 365)]
    assert [row.agreed for row in found.regions] == [800, 160]


def test_a_leap_day_has_its_anniversary_on_the_first_of_march():
    years = supply_years(date(2024, 2, 29), date(2028, 2, 28))
    assert [(year.first, year.days) for year in years] == [
        (date(2024, 2, 29), 366),
        (date(2025, 3, 1), 365),
        (date(2026, 3, 1), 365),
        (date(2027, 3, 1), 365),
    ]
    assert years[-1].last == date(2028, 2, 28)


def test_where_only_the_price_is_agreed_quantities_are_empty_and_not_zero():
    rules = ShareRules({"most": (ShareTier(1, None, 2),)})
    found = agree(rules, "most", 1, FIRST_DAY, [Need("420100", "H1", 7)])
    assert [row.agreed for row in (*found.regions, *found.hospitals)] == [None] * 4
    assert found.total(1) is None
    assert not any(year.rows for year in found.unallocated)


@pytest.mark.parametrize(
    "tiers",
    [(), (ShareTier(2, None, 1),), (ShareTier(1, Decimal(0), 1),), (ShareTier(1, Decimal(2), 1),),
     (ShareTier(1, None, 0),), (ShareTier(1, None, 1), ShareTier(1, None, 1))],
)  # fmt: skip
def test_tiers_that_do_not_cover_every_number_of_winners_are_refused(tiers):
    with pytest.raises(ValueError, match=r"winner|share|term"):
        ShareRules({"most": tiers})


# --- Brands ---
@given(ASKED, st.dictionaries(st.sampled_from("PQR"), st.sampled_from("XYZ")), st.sets(st.sampled_from(REGIONS)))
def test_every_agreed_unit_has_a_supplier_or_is_listed(asked, winners, with_main):
    reported = [NamedNeed(need.region, need.hospital, need.product, need.units) for need in asked]
    agreed = [Need(*key, units // 2) for key, units in sums(reported, "region", "hospital").items()]
    found = supply(BrandRules(), reported, agreed, winners, dict.fromkeys(with_main, "M"))
    handed = Counter(sums(found.rows, "region", "hospital")) + Counter(sums(found.unallocated, "region", "hospital"))
    assert dict(handed) == sums(agreed, "region", "hospital")
    assert all(row.supplier == winners[row.brand] for row in found.rows if row.why == "named")
    assert supply(BrandRules(), reported[::-1], agreed[::-1], winners, dict.fromkeys(with_main, "M")) == found


def test_a_brand_that_won_supplies_who_named_it_and_the_main_supplier_the_rest():
    reported = [NamedNeed("420100", "H1", brand, units) for brand, units in (("P", 50), ("Q", 30), ("", 20))]
    found = supply(BrandRules(), reported, [Need("420100", "H1", 80)], {"P": "X"}, {"420100": "M"})
    assert [(row.brand, row.supplier, row.units, row.why) for row in found.rows] == [
        ("", "M", 16, "not_named"), ("P", "X", 40, "named"), ("Q", "M", 24, "not_won")
    ]  # fmt: skip
    main_only = supply(BrandRules(False), reported, [Need("420100", "H1", 80)], {"P": "X"}, {"420100": "M"})
    assert sums(main_only.rows, "supplier") == {("M",): 80}
    without = supply(BrandRules(), reported, [Need("420100", "H1", 80)], {"P": "X"}, {})
    assert sums(without.unallocated, "reason") == {("no_main",): 40}


# --- Regions in turns ---
def take(*pairs):
    return tuple(Move(supplier, "chosen", region) if region else Move(supplier, "passed") for supplier, region in pairs)


def refused(rules, suppliers, regions, moves):
    with pytest.raises(Refused) as refusal:
        play(rules, suppliers, regions, moves)
    return refusal.value.code


def test_the_first_by_rank_begins_and_standbys_are_never_ones_own():
    moves = take(("A", "r3"), ("B", "r1"), ("A", "r2"))
    after = play(TurnRules(1), ("A", "B"), ("r1", "r2", "r3"), moves)
    assert (after.turn.place, after.turn.supplier, after.turn.may_take) == (1, "A", ("r1",))
    # A has nothing more to take when it has chosen r1: both turns that follow are B's.
    after = play(TurnRules(1), ("A", "B"), ("r1", "r2", "r3"), (*moves, *take(("A", "r1"), ("B", "r2"))))
    assert after.turn.supplier == "B"
    after = play(TurnRules(1), ("A", "B"), ("r1", "r2", "r3"), (*moves, *take(("A", "r1"), ("B", "r2"), ("B", "r3"))))
    assert after.turn.supplier is None
    assert after.untaken == ()


def test_moves_out_of_turn_are_refused_by_their_code():
    suppliers, regions = ("A", "B"), ("r1", "r2")
    assert refused(TurnRules(), suppliers, regions, take(("B", "r1"))) == "not_its_turn"
    assert refused(TurnRules(), suppliers, regions, take(("A", "r9"))) == "unknown"
    assert refused(TurnRules(), suppliers, regions, take(("A", "r1"), ("B", "r1"))) == "taken"
    assert refused(TurnRules(), suppliers, regions, take(("A", "r1"), ("B", "r2"), ("A", "r1"))) == "own"
    assert refused(TurnRules(0), suppliers, regions, take(("A", "r1"), ("B", "r2"), ("A", "r1"))) == "ended"


def test_a_pass_loses_the_turn_and_not_the_right_and_all_passing_ends_the_choice():
    suppliers, regions = ("A", "B", "C"), ("r1", "r2")
    after = play(TurnRules(0), suppliers, regions, take(("A", None), ("B", "r1"), ("C", None)))
    assert after.turn.supplier == "A"
    ended = play(TurnRules(0), suppliers, regions, take(("A", "r1"), ("B", None), ("C", None), ("A", None)))
    assert ended.turn.supplier is None
    assert ended.untaken == (Untaken(0, "r2", "nobody_chose"),)


def test_one_winner_has_every_region_and_it_is_said_that_nobody_stands_by():
    found = play(TurnRules(1), ("A",), ("r2", "r1"))
    assert found.taken == (Taken(0, "r1", "A", 0, "chosen"), Taken(0, "r2", "A", 0, "chosen"))
    assert found.untaken == (Untaken(1, "r1", "one_winner"), Untaken(1, "r2", "one_winner"))
    assert refused(TurnRules(1), ("A",), ("r1",), take(("A", "r1"))) == "ended"


def test_where_only_own_regions_are_left_they_are_listed_without_standby():
    found = play(TurnRules(2), ("A", "B"), ("r1",), take(("A", "r1"), ("B", "r1")))
    assert found.turn.supplier is None
    assert found.untaken == (Untaken(2, "r1", "own"),)


@given(st.integers(1, 5), st.integers(1, 8), st.integers(0, 3), st.randoms(use_true_random=False))
def test_every_choice_ends_and_every_region_is_taken_or_listed_at_every_place(winners, many, standbys, dice):
    suppliers = tuple("ABCDE"[:winners])
    regions = tuple(f"r{number}" for number in range(many))
    moves = ()
    while (found := play(TurnRules(standbys), suppliers, regions, moves)).turn.supplier:
        assert found.turn.may_take
        region = dice.choice((*found.turn.may_take, None))
        moves += (Move(found.turn.supplier, "chosen" if region else "lapsed", region),)
    places = [(row.place, row.region) for row in (*found.taken, *found.untaken)]
    assert sorted(places) == [(place, region) for place in range(standbys + 1) for region in regions]
    of_region = defaultdict(list)
    for row in found.taken:
        of_region[row.region].append(row.supplier)
    assert all(len(set(who)) == len(who) for who in of_region.values())


# --- Ranks, classes and what hospitals hand out ---
@given(ASKED, st.randoms(use_true_random=False))
def test_what_was_asked_is_agreed_handed_on_or_listed_and_each_region_is_rounded_once(asked, dice):
    ranks = {"P": 1, "Q": 2, "R": 3, "S": 9}
    found = by_rank(JOINTS_2021, ranks, asked)
    assert all(row.asked == row.basic + row.again + row.dropped for row in found.rows)
    assert all(min(row.basic, row.again, row.dropped) >= 0 for row in found.rows)
    assert sum(row.asked for row in found.rows) == sum(need.units for need in asked)
    assert sum(row.dropped for row in found.rows) == sum(row.units for row in found.unallocated)
    basic = sums(found.rows, "region", "product", of="basic")
    for (region, product), units in sums(asked, "region", "product").items():
        share = Fraction(JOINTS_2021.parts(ranks.get(product)).basic)
        assert basic.get((region, product), 0) == half_up(units * share)
    assert by_rank(JOINTS_2021, ranks, dice.sample(asked, len(asked))) == found


def test_the_second_rank_loses_a_tenth_and_what_was_not_selected_is_all_to_be_handed_out():
    asked = [ProductNeed("110000", "H1", product, 100) for product in "PQRZ"]
    found = by_rank(JOINTS_2021, {"P": 1, "Q": 2, "R": 3}, asked)
    assert [(row.basic, row.again, row.dropped) for row in found.rows] == [
        (100, 0, 0), (90, 0, 10), (85, 5, 10), (0, 100, 0)
    ]  # fmt: skip
    assert found.pools() == {("110000", "H1"): 105}


OPENS = datetime(2021, 9, 22, 2, tzinfo=UTC)
WINDOW = HandingRules(OPENS, datetime(2021, 9, 30, 9, tzinfo=UTC))
POOLS = {("110000", "H1"): 105, ("110000", "H2"): 3}


def test_a_hospital_hands_out_its_own_and_what_is_left_is_listed():
    found = hand_out(WINDOW, POOLS, ("P", "Q"), [Handing(OPENS, "110000", "H1", "Q", 100)])
    assert [(row.hospital, row.units, row.reason) for row in found.left] == [
        ("H1", 5, "not_handed_out"), ("H2", 3, "not_handed_out")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"at": OPENS - timedelta(seconds=1)}, "closed"),
        ({"at": WINDOW.closes}, "closed"),
        ({"hospital": "H9"}, "stranger"),
        ({"product": "Z"}, "receiver"),
        ({"units": 0}, "units"),
        ({"units": 106}, "too_many"),
    ],
)
def test_what_a_hospital_may_not_hand_out_is_refused_by_its_code(change, code):
    with pytest.raises(Refused) as refusal:
        hand_out(WINDOW, POOLS, ("P", "Q"), [replace(Handing(OPENS, "110000", "H1", "P", 105), **change)])
    assert refusal.value.code == code


def test_insulin_classes_follow_the_groups_prices_and_each_has_its_part():
    prices = {"P": "20", "Q": "20.01", "R": "25", "S": "30", "T": "30.01"}
    classes = classes_of(PriceGroup(Decimal(25), Decimal(30)), {code: Decimal(price) for code, price in prices.items()})
    assert classes == {"P": "A1", "Q": "A", "R": "B", "S": "B", "T": "C"}
    found = by_class(INSULIN_2024, classes, [ProductNeed("420000", "H1", product, 100) for product in "PQRTZ"])
    assert [(row.basic, row.dropped) for row in found.rows] == [(100, 0), (80, 20), (55, 45), (45, 55), (0, 100)]


def test_volume_of_a_class_moves_to_the_classes_that_may_receive():
    moving = {**INSULIN_2024.parts, "C": Parts(Decimal("0.45"), Decimal("0.3"))}
    rules = ClassRules(moving, INSULIN_2024.lost, ("A1", "A"))
    classes = {"P": "A1", "Q": "A", "T": "C"}
    found = by_class(rules, classes, [ProductNeed("420000", "H1", "T", 100)])
    assert found.pools() == {("420000", "H1"): 30}
    assert receivers(rules, classes) == ("P", "Q")


# --- The cascade ---
@given(NEEDS, st.integers(1, 8), st.booleans())
def test_a_cascade_adds_up_for_each_region_and_hospital(needs, winners, rest_to_last):
    found = cascade(replace(LENSES_2020, rest_to_last=rest_to_last), winners, needs)
    handed = Counter(sums(found.hospitals, "region", "hospital"))
    assert dict(handed + Counter(sums(found.unallocated, "region", "hospital"))) == sums(needs, "region", "hospital")
    assert sums(found.hospitals, "region", "place") == sums(found.regions, "region", "place")
    least = Fraction(LENSES_2020.least[min(winners, 4) - 1])
    assert all(row.units >= row.remained * least for row in found.regions)


def test_of_a_base_of_101_two_winners_have_61_and_40():
    found = cascade(replace(LENSES_2020, base=Decimal(1)), 2, [Need("420000", "H1", 101)])
    assert [row.units for row in found.regions] == [61, 40]


def test_what_the_least_parts_leave_is_listed_where_the_last_has_not_all():
    found = cascade(CascadeRules(Decimal(1), (Decimal("0.5"),), False), 2, [Need("420000", "H1", 100)])
    assert [row.units for row in found.regions] == [50, 25]
    assert [(row.units, row.reason) for row in found.unallocated] == [(25, "above_least")]


# --- Documents ---
RULES = [ROUND_7, replace(ROUND_7, last_day=date(2028, 12, 31)), ShareRules({"most": (ShareTier(1, None, 1),)}),
         BrandRules(False), TurnRules(2), JOINTS_2021, WINDOW, LENSES_2020, INSULIN_2024]  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_read_as_it_was_written_and_in_no_other_way(rule):
    body = to_json(rule)
    assert from_json(type(rule), body) == rule
    for wrong in ({**body, "more": 1}, {**body, "format": "other/1"}, {"format": body["format"]}, [], None):
        with pytest.raises(ValueError):  # noqa: PT011
            from_json(type(rule), wrong)


@pytest.mark.parametrize(
    ("kind", "body"),
    [(Decimal, 0.5), (Decimal, "NaN"), (Decimal, "half"), (int, True), (int, "1"), (bool, 1), (date, 20260101)],
)
def test_what_is_not_of_its_kind_is_refused(kind, body):
    with pytest.raises(ValueError, match=r"not (of the kind|a decimal)"):
        from_json(kind, body)


def test_ranks_beyond_the_table_have_its_last_parts():
    assert JOINTS_2021.parts(60) == JOINTS_2021.parts(6) == Parts(Decimal("0.7"), Decimal("0.2"))
