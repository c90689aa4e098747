"""Who wins of ranked bids: places by competitors, the anchor and what is out for it, in whatever order bids come."""

from collections import Counter
from csv import DictReader
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checking.selecting import Ranked, fates
from selection.presets import PRESETS
from selection.ruleset import MOST_BIDS, SelectionRules, TenderRules, flaws, from_json, most_winners, to_json
from selection.selecting import Contender, Fate, select

DATA = Path(__file__).parents[3] / "shared" / "data"
BY_CODE = {preset.code: preset.rules for preset in PRESETS}
CEILING = Fraction(100)


def bids(*prices, companies=None):
    """Contenders in the order of their prices, lowest first; each a company of its own unless told otherwise."""
    named = companies or [f"S-{number}" for number in range(len(prices))]
    return [
        Contender(f"B-{rank}", rank, Fraction(Decimal(price)), company)
        for rank, (price, company) in enumerate(zip(prices, named, strict=True), start=1)
    ]


def told(contenders, rules, ceiling=CEILING):
    return [str(one.fate) for one in select(contenders, rules, ceiling)]


@pytest.mark.parametrize(("code", "column"), [("national-round-9", "round9"), ("national-round-10", "round10")])
def test_as_many_win_by_companies_as_was_published(code, column):
    """The table of maximum winners of rounds 9 and 10, by number of qualified companies."""
    if not DATA.exists():
        pytest.skip("the published tables are not here")
    with (DATA / "vbp_max_winners.csv").open(encoding="utf-8") as file:
        for row in DictReader(file):
            number = int(row["qualified_companies"].removeprefix(">="))
            fates_ = told(bids(*["1.00"] * number), BY_CODE[code].selection)
            assert fates_.count("winner") == int(row[f"max_shortlisted_{column}"])


def test_the_limit_itself_wins_and_a_ten_thousandth_above_does_not():
    rules = SelectionRules(places_rest=(Decimal(1), 10), limit=Decimal("1.8"))
    assert told(bids("1.0000", "1.8000", "1.8001"), rules) == ["winner", "winner", "above_limit"]


def test_a_low_price_and_a_large_cut_are_never_out_for_the_limit():
    rules = SelectionRules(
        places_rest=(Decimal(1), 10), limit=Decimal("1.8"), low_price=Decimal("0.1"), cut=Decimal("0.5")
    )
    assert told(bids("0.02", "0.1", "0.1001"), rules, Fraction(1, 5)) == ["winner", "winner", "above_limit"]
    assert told(bids("1", "5", "5.01"), rules, Fraction(10)) == ["winner", "winner", "above_limit"]
    excuses = [one.arithmetic["excuse"] for one in select(bids("1", "5", "5.01"), rules, Fraction(10))]
    assert excuses == ["within", "cut", None]


def test_the_anchor_of_round_11_is_not_below_half_of_the_mean_of_those_with_a_place():
    """Prices 1, 9 and 9.5: half of their mean is 3.25, and 1.8 times that 5.85."""
    rules = SelectionRules(places={1: 1, 2: 2, 3: 3}, limit=Decimal("1.8"), anchor_mean=Decimal("0.5"))
    [first, second, third] = select(bids("1", "5.85", "12.65"), rules, CEILING)
    assert first.arithmetic["anchor_exact"] == "13/4"
    assert [first.fate, second.fate, third.fate] == [Fate.WINNER, Fate.WINNER, Fate.ABOVE_LIMIT]


def test_companies_that_belong_together_are_one_competitor_and_take_one_place():
    rules = SelectionRules(counted="companies", places={1: 1, 2: 2, 3: 2, 4: 3}, standbys=1)
    rules = SelectionRules(**vars(rules) | {"places_rest": (Decimal(1), 10)})
    some = bids("1", "2", "3", "4", companies=["S-1", "S-1", "S-2", "S-3"])
    assert told(some, rules) == ["winner", "same_company", "winner", "standby"]
    assert [one.arithmetic["competitors"] for one in select(some, rules, CEILING)] == [3] * 4
    by_bids = SelectionRules(**vars(rules) | {"counted": "bids"})
    assert told(some, by_bids) == ["winner", "winner", "winner", "standby"]


def test_the_highest_of_several_is_out_where_the_rules_say_so():
    rules = SelectionRules(places_rest=(Decimal(1), 3), not_highest=True)
    assert told(bids("1", "2", "3", "4"), rules) == ["winner", "winner", "highest", "no_place"]
    assert told(bids("1"), rules) == ["winner"]


# --- Whatever the rules and the bids ---

SHARE = st.integers(1, 100).map(lambda part: Decimal(part) / 100)


@st.composite
def selection_rules(draw):
    table = {n: draw(st.integers(1, n)) for n in range(1, draw(st.integers(0, 12)) + 1)}
    limit = draw(st.none() | st.integers(100, 300).map(lambda part: Decimal(part) / 100))
    some = (lambda of: draw(st.none() | of)) if limit else (lambda _of: None)
    return SelectionRules(
        counted=draw(st.sampled_from(("bids", "companies"))),
        places=table,
        places_rest=(draw(SHARE), draw(st.integers(1, 10))),
        standbys=draw(st.integers(0, 3)),
        anchor_mean=some(SHARE),
        limit=limit,
        low_price=some(SHARE),
        cut=some(SHARE),
        not_highest=draw(st.booleans()),
    )


@st.composite
def contenders(draw):
    prices = sorted(draw(st.lists(st.integers(1, 10_000), min_size=0, max_size=MOST_BIDS)))
    companies = [f"S-{draw(st.integers(1, 12))}" for _price in prices]
    return bids(*(Decimal(price) / 100 for price in prices), companies=companies)


@settings(max_examples=300)
@given(contenders(), selection_rules(), st.randoms())
def test_every_number_of_bids_leads_to_one_result_whatever_their_order(some, rules, dice):
    found = select(some, rules, CEILING)
    shuffled = dice.sample(some, len(some))
    assert select(shuffled, rules, CEILING) == found
    assert [one.bid for one in found] == [one.bid for one in some]
    counted = Counter(one.fate for one in found)
    assert bool(counted[Fate.WINNER]) == bool(some)  # the lowest price is never out
    assert counted[Fate.STANDBY] <= rules.standbys
    competing = len({one.company for one in some}) if rules.counted == "companies" else len(some)
    assert counted[Fate.WINNER] <= (rules.places_for(competing) if competing else 0)


@settings(max_examples=300)
@given(contenders(), selection_rules())
def test_no_winner_is_above_the_limit_without_an_excuse_and_none_jumps_the_queue(some, rules):
    found = select(some, rules, CEILING)
    prices = {one.bid: one.comparable for one in some}
    for one in found:
        if one.fate is Fate.WINNER and one.arithmetic["excuse"] == "within" and rules.limit:
            assert prices[one.bid] <= Fraction(one.arithmetic["limit_exact"])
    waiting = [one for one in found if one.fate is Fate.NO_PLACE]
    winners = [one.arithmetic["rank"] for one in found if one.fate in (Fate.WINNER, Fate.STANDBY)]
    assert all(one.arithmetic["rank"] > max(winners, default=0) for one in waiting)


@settings(max_examples=1000)
@given(contenders(), selection_rules())
def test_the_second_program_selects_as_the_platform_does(some, rules):
    body = to_json(TenderRules(selection=rules))["selection"]
    ranked = [
        Ranked(one.bid, one.rank, (one.comparable.numerator, one.comparable.denominator), one.company) for one in some
    ]
    expected = {one.bid: str(one.fate) for one in select(some, rules, CEILING)}
    assert fates(ranked, body, (100, 1)) == expected


# --- The check of rules ---


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.code)
def test_every_preset_ends_every_lot_of_up_to_sixty_bids(preset):
    rules = from_json(to_json(preset.rules))
    assert flaws(rules) == []
    for number in range(MOST_BIDS + 1):
        found = told(bids(*["1.00"] * number), rules.selection)
        winners = found.count("winner")
        assert winners == (min(winners, most_winners(rules)) if number else 0)
        assert winners or not number
        if rules.allocation.method == "shares" and winners:
            assert len(rules.allocation.shares[winners]) == winners
        assert rules.allocation.agreed_for(winners or 1) > 0


@settings(max_examples=300)
@given(selection_rules())
def test_rules_that_the_check_takes_end_every_lot(rules):
    whole = TenderRules(selection=rules)
    if not [flaw for flaw in flaws(whole) if flaw.part == "selection"]:
        for number in range(MOST_BIDS + 1):
            assert bool(told(bids(*["1.00"] * number), rules).count("winner")) == bool(number)


@pytest.mark.parametrize(
    ("wrong", "field", "code", "row"),
    [
        ({"places": {1: 1, 3: 2}}, "places", "gap", 2),
        ({"places": {1: 2}}, "places", "row", 1),
        ({"places_rest": None}, "places", "gap", 1),
        ({"places_rest": (Decimal(0), 3)}, "places_rest", "range", None),
        ({"standbys": -1}, "standbys", "range", None),
        ({"counted": "parcels"}, "counted", "unknown", None),
        ({"limit": Decimal("0.9")}, "limit", "range", None),
        ({"cut": Decimal("0.5")}, "cut", "needs", None),
        ({"limit": Decimal(2), "cut": Decimal("1.5")}, "cut", "range", None),
        ({"limit": Decimal(2), "low_price": Decimal(0)}, "low_price", "range", None),
        ({"anchor_mean": Decimal("0.5")}, "anchor_mean", "needs", None),
    ],
)
def test_a_refused_rule_names_its_fault(wrong, field, code, row):
    found = flaws(TenderRules(selection=SelectionRules(**wrong)))
    assert (field, code, row) in [(flaw.field, flaw.code, flaw.row) for flaw in found if flaw.part == "selection"]
