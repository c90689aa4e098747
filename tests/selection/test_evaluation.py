"""Who passes the technical envelope: means, pass mark, shortlist, whatever the order in which bids come."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.evaluation import Marks, Verdict, evaluate, going_on, is_competition, mean
from selection.presets import PRESETS
from selection.ruleset import Beyond, EvaluationRules, HowMany, RuleSet, faults_of

SHORTLIST = {1: 1, 2: 2, 3: 2, 4: 2, 5: 3, 6: 3, 7: 4}
HALF = Beyond(Decimal("0.5"), 5)
SICHUAN = EvaluationRules(shortlist=HowMany(SHORTLIST, HALF))
TO_SEVEN = HowMany(SHORTLIST)

hundredths = st.integers(0, 6000).map(lambda value: Decimal(value) / 100)


@st.composite
def lots(draw, most=9):
    """Bids of one lot as three evaluators found them; few different totals, so that equal scores are common."""
    bids = []
    for number in range(draw(st.integers(0, most))):
        fate = draw(st.sampled_from(["scored", "scored", "scored", "formal", "unreadable"]))
        given_points = draw(st.lists(st.sampled_from([40, 59, 60, 80]).map(Decimal), min_size=3, max_size=3))
        bids.append(
            Marks(
                f"B-{number:02d}",
                readable=fate != "unreadable",
                formal_failure="no licence" if fate == "formal" else "",
                points={"C-02": given_points} if fate == "scored" else {},
            )
        )
    return bids


rule_sets = st.builds(
    EvaluationRules,
    pass_mark=st.none() | st.sampled_from([Decimal(60), Decimal("59.67")]),
    shortlist=st.sampled_from([None, TO_SEVEN, HowMany(SHORTLIST, HALF)]),
)


def outcomes(bids, rules):
    return {judged.bid: judged.verdict for judged in evaluate(bids, rules)}


def scored(name, *totals):
    return Marks(name, points={"C-02": [Decimal(total) for total in totals]})


@pytest.mark.parametrize(
    ("points", "expected"),
    [(("50", "55", "55"), "53.33"), (("1", "1", "0"), "0.67"), (("0.01", "0"), "0.01"), (("0.01", "0", "0"), "0.00")],
)
def test_the_mean_has_two_decimals_half_up(points, expected):
    assert mean([Decimal(point) for point in points]) == Decimal(expected)


@given(st.lists(hundredths, min_size=1, max_size=9))
def test_the_mean_is_within_half_a_hundredth_of_the_exact_one(points):
    exact = Fraction(sum(points)) / len(points)
    assert abs(Fraction(mean(points)) - exact) <= Fraction(1, 200)
    assert mean(points) == mean(sorted(points))


@given(lots(), rule_sets, st.randoms())
def test_verdicts_are_the_same_in_any_order(bids, rules, random):
    shuffled = list(bids)
    random.shuffle(shuffled)
    assert evaluate(shuffled, rules) == evaluate(bids, rules)


@given(lots(), rule_sets)
def test_every_bid_gets_one_verdict_and_nobody_below_the_mark_passes(bids, rules):
    found = evaluate(bids, rules)
    assert [judged.bid for judged in found] == sorted(marks.bid for marks in bids)
    for judged in found:
        if judged.verdict is Verdict.QUALIFIED and judged.score is not None and rules.pass_mark is not None:
            assert judged.score >= rules.pass_mark
        if judged.verdict in (Verdict.FORMAL, Verdict.UNREADABLE):
            assert judged.score is None


@given(lots(), rule_sets)
def test_equal_scores_share_their_fate_and_a_higher_one_is_never_worse_off(bids, rules):
    order = [Verdict.NOT_QUALIFIED, Verdict.NOT_SHORTLISTED, Verdict.QUALIFIED]
    found = sorted((v.score, order.index(v.verdict)) for v in evaluate(bids, rules) if v.score is not None)
    fates = {}
    for score, fate in found:
        assert fates.setdefault(score, fate) == fate
    assert [fate for _score, fate in found] == sorted(fate for _score, fate in found)


@given(lots(), rule_sets)
def test_a_second_program_finds_the_same(bids, rules):
    """Written another way: bid by bid, by counting who is strictly better."""
    total = {
        marks.bid: sum((mean(list(points)) for points in marks.points.values()), Decimal(0))
        for marks in bids
        if marks.readable and not marks.formal_failure
    }
    anything_scored = any(marks.points for marks in bids)
    reached = {bid for bid, score in total.items() if not anything_scored or score >= (rules.pass_mark or Decimal(0))}
    number = len(reached)
    if rules.shortlist and number in SHORTLIST:
        places = SHORTLIST[number]
    elif rules.shortlist == TO_SEVEN:
        places = min(number, SHORTLIST[7])
    elif rules.shortlist and number > 7:
        places = min(-(-number // 2), 5)
    else:
        places = number
    expected = set()
    for bid in reached:
        better = sum(total[other] > total[bid] for other in reached)
        if better < places:
            expected.add(bid)
    assert {bid for bid, outcome in outcomes(bids, rules).items() if outcome is Verdict.QUALIFIED} == expected


@pytest.mark.parametrize(
    ("reached", "expected"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 2), (6, 3), (7, 4), (8, 4), (9, 5), (30, 5)]
)
def test_how_many_go_on_as_sichuan_published(reached, expected):
    assert going_on(reached, SICHUAN) == expected


def test_beyond_a_table_without_a_share_as_many_go_on_as_from_its_highest_number():
    assert going_on(40, EvaluationRules(shortlist=HowMany({1: 1, 2: 2, 3: 2}))) == 2


@given(st.dictionaries(st.integers(1, 62), st.just(1), max_size=62), st.sampled_from([None, HALF]))
def test_a_table_covers_every_number_of_bids_or_says_which_it_leaves_out(table, rest):
    rules = EvaluationRules(shortlist=HowMany(table, rest))
    gaps = rules.shortlist.uncovered
    assert [int(fault.row) for fault in rules.faults() if fault.code == "uncovered"] == gaps
    for number in range(61):
        if number not in gaps:
            assert 0 <= going_on(number, rules) <= number
        elif number < max(table, default=0):
            with pytest.raises(KeyError):
                going_on(number, rules)


def test_whether_prices_compete_is_counted_before_the_shortlist():
    rules = EvaluationRules(pass_mark=Decimal(60), shortlist=TO_SEVEN, minimum_for_competition=3)
    three = evaluate([scored(f"B-{n}", total) for n, total in enumerate(("90", "80", "70", "50"))], rules)
    assert [judged.verdict for judged in three].count(Verdict.QUALIFIED) == 2
    assert is_competition(three, rules)
    two = evaluate([scored(f"B-{n}", total) for n, total in enumerate(("90", "80", "59", "50"))], rules)
    assert not is_competition(two, rules)


def test_equal_scores_at_the_cut_all_pass():
    bids = [scored(f"B-{n}", total) for n, total in enumerate(("90", "80", "80", "70"))]
    assert list(outcomes(bids, SICHUAN).values()) == ["qualified", "qualified", "qualified", "not_shortlisted"]


def test_the_pass_mark_itself_passes_and_a_hundredth_below_does_not():
    bids = [scored("B-1", "60", "60", "60"), scored("B-2", "60", "60", "59.97")]
    assert outcomes(bids, EvaluationRules(pass_mark=Decimal(60))) == {"B-1": "qualified", "B-2": "not_qualified"}


def test_only_bids_that_reach_the_mark_count_for_the_shortlist():
    rules = EvaluationRules(pass_mark=Decimal(60), shortlist=TO_SEVEN)
    bids = [scored(f"B-{n}", total) for n, total in enumerate(("90", "80", "70", "50"))]
    assert list(outcomes(bids, rules).values()) == ["qualified", "qualified", "not_shortlisted", "not_qualified"]


def test_where_nothing_is_scored_all_that_meet_the_formal_requirements_pass():
    bids = [Marks("B-1"), Marks("B-2", formal_failure="No licence"), Marks("B-3")]
    for rules in (EvaluationRules(), EvaluationRules(pass_mark=Decimal(60)), SICHUAN):
        assert outcomes(bids, rules) == {"B-1": "qualified", "B-2": "formal", "B-3": "qualified"}


def test_the_arithmetic_tells_every_step():
    bids = [scored("B-1", "70", "71", "71"), scored("B-2", "65", "65", "65"), scored("B-3", "61", "61", "61")]
    second = evaluate(bids, EvaluationRules(pass_mark=Decimal(60), shortlist=TO_SEVEN))[1]
    assert second.arithmetic == {
        "criteria": [{"criterion": "C-02", "points": ["65", "65", "65"], "mean": "65.00"}],
        "score": "65.00",
        "pass_mark": "60",
        "reached": 3,
        "going_on": 2,
        "cut": "65.00",
        "place": 2,
        "formal_failure": "",
    }


@pytest.mark.parametrize(
    "shortlist",
    [
        HowMany({3: 0}, HALF),
        HowMany({3: 4}, HALF),
        HowMany({}, Beyond(Decimal(0), 5)),
        HowMany({}, replace(HALF, cap=0)),
    ],
)
def test_a_shortlist_on_which_nobody_can_be_is_a_fault(shortlist):
    assert "range" in {fault.code for fault in faults_of(RuleSet(EvaluationRules(shortlist=shortlist)))}


def test_every_preset_asks_for_evaluators_because_somebody_must_review():
    assert PRESETS
    assert min(preset.rules.committee.minimum_evaluators for preset in PRESETS) >= 3
