"""Selection: whoever wins is qualified, whatever the order; each step as it was published."""

import csv
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selection.presets import PRESETS
from selection.ranking import Priced
from selection.ruleset import HowMany, RuleSet
from selection.ruleset.selection import Anchor, Conditions, Groups, Matching, Revival, SecondQuotes
from selection.selecting import Answers, Candidate, End, Standing, Terms, select, widest
from selection.trial import check, made_up, made_up_terms, tried
from tests.ruling import ruled

DATA = Path(__file__).parents[3] / "shared" / "data"
BY_CODE = {preset.code: preset.rules for preset in PRESETS}
TERMS = Terms(Fraction(100), "CNY", "ab" * 32)
codes = st.sampled_from(sorted(BY_CODE))


def bid(name, price, company="", qualified=True, **facts):
    offer = Priced(
        name, Decimal(price), 1, True, "CNY", Decimal(1), None, facts={k: Decimal(v) for k, v in facts.items()}
    )
    return Candidate(offer, (company or f"Co {name}",), qualified)


def bids(*prices):
    return [bid(f"B-{number}", price) for number, price in enumerate(prices, start=1)]


def won(found):
    return [one.bid for one in found.winners]


def last(found, name):
    line = next(one for one in found.placed if one.bid == name).way[-1]
    return line.step, line.code


def competing(**named):
    return ruled(minimum_for_competition=1, **named)


# --- For every rule set ---


@settings(max_examples=60, deadline=None)
@given(codes, st.integers(0, 20), st.text(max_size=3), st.randoms())
def test_the_result_is_the_same_in_every_order_of_bids(code, number, seed, dice):
    rules = BY_CODE[code]
    found = made_up(number, seed)
    terms = made_up_terms(rules, seed)
    assert select(rules, dice.sample(found, number), terms) == select(rules, found, terms)


@settings(max_examples=60, deadline=None)
@given(codes, st.integers(0, 20), st.text(max_size=3), st.data())
def test_nobody_who_is_not_qualified_or_has_no_valid_price_wins(code, number, seed, data):
    rules, terms = BY_CODE[code], made_up_terms(BY_CODE[code], seed)
    found = [replace(one, qualified=data.draw(st.booleans())) for one in made_up(number, seed)]
    above = [replace(one, offer=replace(one.offer, price=Decimal("100.01"))) for one in found[:3]]
    selection = select(rules, [*above, *found[3:]], terms)
    assert sorted(one.bid for one in selection.placed) == sorted(one.bid for one in found)
    in_order = {one.bid for one in found[3:] if one.qualified}
    taken = {one.bid for one in selection.placed if one.standing is not Standing.OUT}
    assert taken | {one.bid for one in selection.asked} <= in_order
    assert all(one.way for one in selection.placed)


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_every_rule_set_that_the_check_takes_ends_every_lot(code):
    assert check(BY_CODE[code]) == []
    for number in (0, 1, 2, 3, 10, 60):
        for agree in (True, False):
            assert tried(BY_CODE[code], number, agree=agree)[-1].end is not End.WAITING


def test_a_rule_set_that_the_check_refuses_names_part_and_row():
    faults = check(ruled(winners=HowMany({1: 1, 2: 1, 4: 1}), allocation="regions"))
    assert (faults[0].part, faults[0].key, faults[0].code, faults[0].row) == ("selection", "winners", "uncovered", "3")


# --- Step by step ---


def test_fewer_qualified_than_compete_lead_to_negotiation_and_none_to_failure():
    assert select(RuleSet(), bids(1, 2), TERMS).end is End.NEGOTIATION
    assert select(RuleSet(), [], TERMS).end is End.FAILED
    assert select(competing(), bids(101), TERMS).code == "no_price"


def test_how_many_win_follows_from_the_number_of_companies():
    rules = competing(winners=HowMany({1: 1, 2: 1, 3: 2, 4: 3}), count="companies", allocation="regions")
    four = bids(1, 2, 3, 4)
    assert len(select(rules, four, TERMS).winners) == 3
    controlled = replace(TERMS, one_company=[frozenset({"Co B-3", "Co B-4"})])
    assert won(select(rules, four, controlled)) == ["B-1", "B-2"]
    consortium = replace(four[3], companies=("Leader", "Co B-3"))
    assert won(select(rules, [*four[:3], consortium], TERMS)) == ["B-1", "B-2"]


def test_a_company_wins_no_more_places_than_it_may():
    rules = competing(winners=2, per_company=1, standbys=1)
    found = select(rules, [bid("B-1", 1, "One"), bid("B-2", 2, "One"), bid("B-3", 3, "Two"), bid("B-4", 4)], TERMS)
    assert won(found) == ["B-1", "B-3"]
    assert last(found, "B-2") == ("number", "company_full")
    assert [one.bid for one in found.standbys] == ["B-4"]


CONDITIONS = {
    "winners": 10,
    "steps": ("number", "conditions"),
    "conditions": Conditions(within=Decimal("1.8"), low_price=Decimal("0.10"), cut=Decimal("0.5")),
}


@pytest.mark.parametrize(
    ("prices", "ceiling", "winners"),
    [
        (("1", "1.8", "1.81"), 3, ["B-1", "B-2"]),  # 1.8 times the lowest is in, a hundredth more is not
        (("0.01", "0.10", "0.11"), "0.2", ["B-1", "B-2"]),  # a low price is always in
        (("1", "5", "5.01"), 10, ["B-1", "B-2"]),  # a cut of half is always in
    ],
)
def test_a_bid_stays_that_meets_any_condition(prices, ceiling, winners):
    found = select(competing(**CONDITIONS), bids(*prices), replace(TERMS, ceiling=Fraction(ceiling)))
    assert won(found) == winners
    assert last(found, "B-3") == ("conditions", "tripped")


def test_the_anchor_is_half_the_mean_of_those_still_in_where_the_lowest_is_lower():
    """Round 11: quotes 1, 10, 10, 19: half of their mean is 5, so that up to 9 is in, and 10 is out."""
    told = {**CONDITIONS, "anchor": Anchor(Decimal("0.5")), "conditions": Conditions(within=Decimal("1.8"))}
    found = select(competing(**told), bids(1, 9, 10, 20), TERMS)
    assert won(found) == ["B-1", "B-2"]
    line = next(one for one in found.placed if one.bid == "B-2").way[-1]
    assert (line.numbers["anchor"], line.numbers["within"]) == ("5/1", "9/1")


def test_a_tripped_bid_comes_back_by_accepting_the_highest_price_that_won():
    told = CONDITIONS | {"steps": ("number", "conditions", "revival"), "conditions": Conditions(within=Decimal("1.8"))}
    rules = competing(**told, revival=Revival(("tripped",), Decimal("1.8"), "winner", True, 2))
    offered = bids(1, "1.5", 3)
    waiting = select(rules, offered, TERMS)
    assert (waiting.end, [(one.bid, one.price) for one in waiting.asked]) == (End.WAITING, [("B-3", Fraction(3, 2))])
    assert {one.standing for one in waiting.placed} == {Standing.PENDING}
    assert won(select(rules, offered, TERMS, Answers(revival={"B-3": True}))) == ["B-1", "B-2", "B-3"]
    assert won(select(rules, offered, TERMS, Answers(revival={"B-3": False}))) == ["B-1", "B-2"]
    only = select(rules, bids(1, 3), TERMS)
    assert only.asked[0].price == Fraction("1.8")  # one such winner: 1.8 times its price


def test_second_quotes_win_under_the_limit_only_and_never_above_the_first():
    rules = competing(winners=1, steps=("number", "second_quotes"), second_quotes=SecondQuotes(1, Decimal(2), 2))
    offered = bids(1, "1.5", 3)
    assert [one.price for one in select(rules, offered, TERMS).asked] == [Fraction(3, 2), Fraction(2)]
    quotes = {"B-2": Decimal("1.6"), "B-3": Decimal("1.9")}
    assert won(select(rules, offered, TERMS, Answers(second_quotes=quotes))) == ["B-1", "B-3"]


def test_the_next_ranked_match_the_lowest_and_who_declines_is_followed_by_the_one_after():
    rules = competing(winners=1, steps=("number", "matching"), matching=Matching(1, 2))
    offered = bids(1, 2, 3)
    assert [one.bid for one in select(rules, offered, TERMS).asked] == ["B-2"]
    assert [one.bid for one in select(rules, offered, TERMS, Answers(matching={"B-2": False})).asked] == ["B-3"]
    found = select(rules, offered, TERMS, Answers(matching={"B-2": False, "B-3": True}))
    assert [(one.bid, one.price) for one in found.winners] == [("B-1", 1), ("B-3", 1)]


def test_the_second_group_wins_at_no_price_above_the_highest_of_the_first():
    groups = Groups(Decimal("0.85"), 2, HowMany({1: 1, 2: 1, 3: 2, 4: 2}), True)
    rules = competing(winners=2, groups=groups)
    offered = [bid("A-1", 5, demand=60), bid("A-2", 6, demand=30), bid("B-1", 4, demand=5), bid("B-2", 7, demand=5)]
    rules = replace(rules, selection=replace(rules.selection, groups=replace(groups, winners=HowMany({1: 1}))))
    found = select(rules, offered, TERMS)
    assert [(one.group, one.bid, one.place) for one in found.winners] == [
        ("A", "A-1", 1),
        ("A", "A-2", 2),
        ("B", "B-1", 1),
    ]
    assert last(found, "B-2") == ("group", "above_first_group")


def test_a_group_that_is_too_small_is_filled_by_demand_from_those_that_can_supply_all():
    groups = Groups(Decimal("0.85"), 3, HowMany({1: 1}), False)
    offered = [bid("1", 5, demand=90), bid("2", 6, demand=6), bid("3", 7, demand=3), bid("4", 8, demand=1)]
    offered[1] = replace(offered[1], full_supply=False)
    found = select(competing(winners=9, groups=groups), offered, TERMS)
    assert {one.bid: one.group for one in found.placed} == {"1": "A", "2": "B", "3": "A", "4": "A"}


@pytest.mark.parametrize(
    ("key", "better", "worse"),
    [("demand", 9, 8), ("cut", 9, 8), ("coverage", 9, 8), ("sales", 9, 8), ("sampling", 0, 1), ("approval", 1, 2)],
)
def test_equal_prices_are_decided_by_facts_and_a_missing_one_is_worst(key, better, worse):
    rules = competing(order=(key, "lots_drawn"))
    two = [bid("B-1", 1, **{key: worse}), bid("B-2", 1, **{key: better}), bid("B-3", 1)]
    assert won(select(rules, two, TERMS)) == ["B-2"]
    assert won(select(rules, [two[0], two[2]], TERMS)) == ["B-1"]


def test_the_highest_is_out_in_the_lots_of_the_widest_spread_only():
    spreads = {"L-01": [Fraction(1), Fraction(9)], "L-02": [Fraction(1), Fraction(2)], "L-03": [Fraction(1)]}
    assert widest(spreads, 1) == {"L-01"}
    found = select(competing(winners=2), bids(1, 9), replace(TERMS, highest_out=True))
    assert (won(found), last(found, "B-2")) == (["B-1"], ("highest_out", "highest"))


# --- Published figures ---


@pytest.mark.parametrize(
    ("code", "column"), [("round-9", "max_shortlisted_round9"), ("round-10", "max_shortlisted_round10")]
)
def test_winners_by_number_of_companies_are_those_published(code, column):
    source = DATA / "vbp_max_winners.csv"
    if not source.exists():
        pytest.skip("the published tables are not beside the tree")
    for row in csv.DictReader(source.read_text().splitlines()):
        for number in range(16, 61) if row["qualified_companies"] == ">=16" else [int(row["qualified_companies"])]:
            assert BY_CODE[code].selection.winners.of(number) == int(row[column])
