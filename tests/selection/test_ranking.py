"""Which price is lowest: exact, up to the ceiling, and the same whatever the order of the offers."""

import hashlib
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.ranking import Ceiling, Comparison, Priced, PriceVerdict, comparable_price, rank

ROOT = "ab" * 32
FEN = Decimal("0.01")
# Winning prices a pack of the first national volume-based procurement (2018): item, base units a pack, yuan.
PUBLISHED_2018 = (
    ("硫酸氢氯吡格雷片 25mg", 20, "26.4"),
    ("阿托伐他汀钙片 20mg", 7, "6.6"),
    ("利培酮片 1mg", 60, "10.02"),
    ("恩替卡韦分散片 0.5mg", 28, "17.36"),
    ("硫酸氢氯吡格雷片 75mg", 7, "22.26"),
    ("盐酸帕罗西汀片 20mg", 20, "33.4"),
    ("草酸艾司西酞普兰片 10mg", 10, "43.63"),
    ("瑞舒伐他汀钙片 10mg", 28, "21.8"),
    ("厄贝沙坦片 75mg", 28, "5.66"),
    ("苯磺酸氨氯地平片 5mg", 28, "4.16"),
    ("奥氮平片 10mg", 7, "67.51"),
    ("头孢呋辛酯片 250mg", 12, "6.16"),
    ("吉非替尼片 250mg", 10, "547.0"),
    ("福辛普利钠片 10mg", 14, "11.8"),
    ("厄贝沙坦氢氯噻嗪片 150mg/12.5mg", 14, "15.27"),
    ("赖诺普利片 10mg", 28, "6.45"),
    ("富马酸替诺福韦二吡呋酯片 300mg", 30, "17.72"),
    ("氯沙坦钾片 50mg", 14, "14.7"),
    ("马来酸依那普利片 10mg", 16, "8.94"),
    ("左乙拉西坦片 250mg", 30, "72.0"),
    ("甲磺酸伊马替尼片 100mg", 60, "623.82"),
    ("孟鲁司特钠片 10mg", 5, "19.38"),
    ("蒙脱石散 3g", 10, "6.8"),
    ("注射用培美曲塞二钠 100mg", 1, "798.0"),
    ("氟比洛芬酯注射液 5ml:50mg", 5, "109.7"),
    ("盐酸右美托咪定注射液 2ml:0.2mg", 1, "133.0"),
)


def offer(bid, price, *, pack=10, factor="1", score=None, currency="CNY", fits=True):
    return Priced(
        bid=bid,
        price=None if price is None else Decimal(price),
        units=pack,
        fits=fits,
        currency=currency,
        factor=Decimal(factor),
        score=None if score is None else Decimal(score),
    )


def terms(ceiling="20", ties=("score", "lots_drawn"), units=1):
    most = None if ceiling is None else Ceiling(Decimal(ceiling), units)
    return Comparison(most, "CNY", ties, ROOT)


# Few prices, packs and scores, so that equal comparable prices are common.
offers = st.builds(
    Priced,
    bid=st.just(""),
    price=st.none() | st.sampled_from(["0", "6.60", "13.20", "0.66", "200", "200.000001"]).map(Decimal),
    units=st.sampled_from([7, 14]),
    fits=st.sampled_from([True, True, False]),
    currency=st.sampled_from(["CNY", "CNY", "CNY", "USD"]),
    factor=st.sampled_from(["1", "2", "0.5"]).map(Decimal),
    score=st.none() | st.sampled_from(["80", "90"]).map(Decimal),
)


@st.composite
def lots(draw):
    found = draw(st.lists(offers, max_size=8))
    return [Priced(**{**vars(each), "bid": f"B-{number}"}) for number, each in enumerate(found)]


any_terms = st.builds(
    terms,
    ceiling=st.sampled_from([None, "0.95", "28.571428", "6.60", "200"]),
    units=st.sampled_from([1, 7, 14]),
    ties=st.sampled_from([("lots_drawn",), ("score", "lots_drawn")]),
)


@given(lots(), any_terms, st.randoms())
def test_the_ranking_is_the_same_in_any_order(lot, lot_terms, random):
    shuffled = list(lot)
    random.shuffle(shuffled)
    assert rank(shuffled, lot_terms) == rank(lot, lot_terms)


@given(lots(), any_terms)
def test_ranks_run_from_one_without_gap_and_only_valid_bids_have_one(lot, lot_terms):
    found = rank(lot, lot_terms)
    ranks = [ranked.rank for ranked in found if ranked.rank is not None]
    assert ranks == list(range(1, len(ranks) + 1))
    assert {ranked.bid for ranked in found} == {each.bid for each in lot}
    assert all((ranked.rank is None) == (ranked.verdict is not PriceVerdict.VALID) for ranked in found)


@given(lots(), any_terms)
def test_a_second_program_finds_the_same_ranking(lot, lot_terms):
    """Written another way: by comparing cross products of whole numbers, bid against bid."""

    def millionths(price):
        return int((price * 10**6).to_integral_value(ROUND_FLOOR))

    def before(one, other):
        left = millionths(one.price) * other.units * millionths(other.factor)
        right = millionths(other.price) * one.units * millionths(one.factor)
        if left != right:
            return left < right
        if lot_terms.tie_order[0] == "score" and (one.score or 0) != (other.score or 0):
            return (one.score or 0) > (other.score or 0)
        drawn = [hashlib.sha256(f"{ROOT}{each.bid}".encode()).digest() for each in (one, other)]
        return drawn[0] < drawn[1]

    def valid(each):
        if each.price is None or each.price == 0 or not each.fits or each.currency != "CNY":
            return False
        if lot_terms.ceiling is None:
            return True
        most = millionths(lot_terms.ceiling.price) * each.units * millionths(each.factor)
        return millionths(each.price) * lot_terms.ceiling.units * 10**6 <= most

    standing = [each for each in lot if valid(each)]
    expected = {
        each.bid: 1 + sum(before(other, each) for other in standing if other.bid != each.bid) for each in standing
    }
    assert {ranked.bid: ranked.rank for ranked in rank(lot, lot_terms) if ranked.rank} == expected


@given(st.integers(1, 10**9), st.integers(1, 1000), st.sampled_from(["1", "2", "0.125"]))
def test_a_price_equal_to_the_ceiling_is_valid_and_one_step_more_is_not(steps, pack, factor):
    ceiling = Decimal(steps) / 10**6
    exact = ceiling * pack * Decimal(factor)
    if exact != exact.quantize(Decimal("0.000001")):
        return
    equal, above = (
        rank([offer("B-1", price, pack=pack, factor=factor)], terms(ceiling))[0].verdict
        for price in (exact, exact + Decimal("0.000001"))
    )
    assert (equal, above) == (PriceVerdict.VALID, PriceVerdict.ABOVE_CEILING)


def test_one_fen_above_the_ceiling_is_out_and_equal_is_in():
    found = rank([offer("B-1", "200.00"), offer("B-2", Decimal("200.00") + FEN)], terms("20"))
    assert [(ranked.bid, ranked.verdict, ranked.rank) for ranked in found] == [
        ("B-1", "valid", 1),
        ("B-2", "above_ceiling", None),
    ]


def test_prices_are_compared_a_base_unit_of_the_reference_item_and_never_rounded():
    """1/3 and 0.333333 differ by less than what a column holds, and the lower one still wins."""
    found = rank([offer("B-1", "1", pack=3), offer("B-2", "0.333333", pack=1)], terms())
    assert [ranked.bid for ranked in found] == ["B-2", "B-1"]
    assert found[1].comparable == Fraction(1, 3)
    assert found[1].arithmetic["tied"] is False


def test_a_factor_converts_to_the_reference_item():
    """A tablet of 20 mg counts as two of 10 mg."""
    assert comparable_price(Decimal("6.60"), 7, Decimal(2)) == Fraction(33, 70)
    found = rank([offer("B-1", "6.60", pack=7, factor="2"), offer("B-2", "3.40", pack=7)], terms())
    assert [ranked.bid for ranked in found] == ["B-1", "B-2"]
    assert rank([offer("B-1", "6.60", factor="10")], terms())[0].arithmetic["factor"] == "10"


def test_equal_prices_go_by_the_higher_score_and_then_by_the_lot_drawn_from_the_close():
    found = rank([offer("B-1", "10", score="80"), offer("B-2", "10", score="81")], terms())
    assert [ranked.bid for ranked in found] == ["B-2", "B-1"]
    drawn = sorted(("B-1", "B-2", "B-3"), key=lambda bid: hashlib.sha256(f"{ROOT}{bid}".encode()).hexdigest())
    equal = rank([offer(bid, "10", score="80") for bid in ("B-1", "B-2", "B-3")], terms())
    assert [ranked.bid for ranked in equal] == drawn
    assert all(ranked.arithmetic["tied"] and ranked.arithmetic["drawn_lot"] for ranked in equal)


@pytest.mark.parametrize(
    ("wrong", "outcome"),
    [
        ({"price": None}, "unreadable"),
        ({"price": "10", "fits": False}, "malformed"),
        ({"price": "10", "currency": "USD"}, "malformed"),
        ({"price": "0"}, "malformed"),
    ],
)
def test_an_offer_that_does_not_fit_its_product_has_no_rank(wrong, outcome):
    (found,) = rank([offer("B-1", **wrong)], terms())
    assert (found.verdict, found.rank) == (outcome, None)


def test_without_a_ceiling_every_price_is_valid():
    assert rank([offer("B-1", "999999999999.999999", pack=1)], terms(None))[0].verdict is PriceVerdict.VALID


@pytest.mark.parametrize(("name", "pack", "price"), PUBLISHED_2018, ids=[row[0] for row in PUBLISHED_2018])
def test_the_published_price_of_2018_wins_its_lot(name, pack, price):
    """Against a fen more, the same price in a pack twice as large and dearer by a fen, and one above the ceiling."""
    published = Decimal(price)
    ceiling = (published * 2 / pack).quantize(Decimal("0.000001"), ROUND_FLOOR)
    lot = [
        offer("B-winner", published, pack=pack),
        offer("B-fen-more", published + FEN, pack=pack),
        offer("B-large-pack", published * 2 + FEN, pack=pack * 2),
        offer("B-above", published * 2 + FEN, pack=pack),
    ]
    found = {ranked.bid: ranked for ranked in rank(lot, terms(ceiling))}
    assert [ranked.rank for ranked in map(found.get, ("B-winner", "B-large-pack", "B-fen-more"))] == [1, 2, 3]
    assert found["B-winner"].comparable == Fraction(published) / pack
    assert found["B-above"].verdict is PriceVerdict.ABOVE_CEILING


def test_a_bid_equal_to_a_published_pack_price_is_valid_and_one_step_more_is_out():
    """6.60 for 7 tablets is no decimal a tablet: what was published is compared, never a rounded unit price."""
    bids = [
        offer("B-1", "6.60", pack=7),
        offer("B-2", "6.6001", pack=7),
        offer("B-3", "6.600001", pack=7),
        offer("B-4", "13.20", pack=14),
        offer("B-5", "3.30", pack=7, factor="0.5"),
    ]
    found = {ranked.bid: ranked for ranked in rank(bids, terms("6.60", units=7))}
    above, valid = PriceVerdict.ABOVE_CEILING, PriceVerdict.VALID
    assert [found[each.bid].verdict for each in bids] == [valid, above, above, valid, valid]
    shown = found["B-1"].arithmetic
    assert (shown["ceiling"], shown["ceiling_units"]) == ("6.60", 7)


@given(st.integers(1, 10**9), st.integers(1, 1000), st.integers(1, 50))
def test_as_many_packs_as_one_likes_may_cost_as_many_ceilings_and_no_step_more(steps, units, times):
    price = Decimal(steps) / 10**6
    equal, above = (
        rank([offer("B-1", price * times + step, pack=units * times)], terms(price, units=units))[0].verdict
        for step in (0, Decimal("0.000001"))
    )
    assert (equal, above) == (PriceVerdict.VALID, PriceVerdict.ABOVE_CEILING)
