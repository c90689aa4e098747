"""Money is rounded once, half up, by one function, and read from plain digits only."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import line_amount, parse_price, quantize_amount, quantize_price, unit_price

STEPS = {quantize_price: Decimal("0.000001"), quantize_amount: Decimal("0.01")}
NUMBERS = st.decimals(min_value=Decimal(-(10**9)), max_value=Decimal(10**9), places=9)
FRACTIONS = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**6)
PRICES = st.decimals(min_value=0, max_value=Decimal("999999999999.999999"), places=6)
ROUNDINGS = pytest.mark.parametrize("round_", STEPS, ids=lambda function: function.__name__)


@pytest.mark.parametrize(
    ("exact", "amount"),
    [
        ("0.005", "0.01"),
        ("0.0049999999", "0.00"),
        ("0.015", "0.02"),
        ("0.025", "0.03"),
        ("-0.005", "-0.01"),
        ("-0.0049", "0.00"),
        ("-2.675", "-2.68"),
        ("7", "7.00"),
    ],
)
def test_half_goes_up_and_below_zero_away_from_it(exact, amount):
    assert str(quantize_amount(Decimal(exact))) == amount
    assert str(quantize_amount(Fraction(exact))) == amount


@ROUNDINGS
@given(number=NUMBERS)
def test_decimal_and_fraction_are_rounded_alike_and_as_the_library_does(round_, number):
    expected = number.quantize(STEPS[round_], rounding=ROUND_HALF_UP)
    assert round_(number) == round_(Fraction(number)) == expected
    assert round_(number).as_tuple().exponent == expected.as_tuple().exponent


@ROUNDINGS
@given(number=FRACTIONS)
def test_a_fraction_goes_to_the_nearest_step_and_the_half_away_from_zero(round_, number):
    step = Fraction(STEPS[round_])
    moved = abs(Fraction(round_(number))) - abs(number)
    assert -step / 2 < moved <= step / 2


@ROUNDINGS
@given(number=FRACTIONS)
def test_rounding_is_symmetrical_and_done_once(round_, number):
    assert round_(-number) == -round_(number)
    assert round_(round_(number)) == round_(number)


@given(number=FRACTIONS)
def test_zero_has_no_sign(number):
    rounded = quantize_amount(number)
    assert rounded.is_signed() == (rounded < 0)


def test_rounding_does_not_depend_on_the_precision_of_the_moment():
    with localcontext(prec=3):
        assert str(quantize_price(Decimal("123456789012.3456785"))) == "123456789012.345679"
        assert str(line_amount(Decimal("123456789012.345678"), 1000)) == "123456789012345.68"


def test_a_float_is_refused():
    with pytest.raises(TypeError):
        quantize_amount(1 / 10)


@pytest.mark.parametrize("unreal", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_not_finite_is_not_money(unreal):
    with pytest.raises((ValueError, OverflowError)):
        quantize_amount(Decimal(unreal))


@given(price=PRICES, packs=st.integers(min_value=0, max_value=10**6))
def test_a_line_is_price_times_packs_rounded_once(price, packs):
    assert line_amount(price, packs) == quantize_amount(Fraction(price) * packs)
    assert abs(Fraction(line_amount(price, packs)) - Fraction(price) * packs) <= Fraction(1, 200)


def test_a_line_is_not_rounded_before_it_is_multiplied():
    assert line_amount(Decimal("0.335"), 3) == Decimal("1.01")
    assert line_amount(Decimal("0.004"), 1000) == Decimal("4.00")


def test_a_unit_price_is_exact():
    assert unit_price(Decimal("10"), 3) == Fraction(10, 3)
    assert unit_price(Decimal("12.6"), 7, Fraction(3, 2)) == Fraction(6, 5)


@given(price=PRICES)
def test_a_written_price_is_read_as_it_was(price):
    assert parse_price(f"{price:f}") == price
    assert parse_price(f"000{price:f}000") == price


@pytest.mark.parametrize(
    ("text", "price"),
    [("12", "12.000000"), ("0.5", "0.500000"), (".5", "0.500000"), ("5.", "5.000000"), ("1.0000000", "1.000000")],
)
def test_a_price_has_six_decimals_whatever_was_typed(text, price):
    assert str(parse_price(text)) == price


@pytest.mark.parametrize(
    "text",
    [
        "", " ", ".", "..", "1.2.3", " 1", "1 ", "1\n", "1 000", "1,000", "1_000", "+1", "-1", "−1", "1e3", "1E3",
        "0x1", "NaN", "nan", "sNaN", "Infinity", "-Infinity", "inf", "１２", "1．5", "٣", "1.0000001", "0.1234567",
        "1234567890123", "1" * 40, "¥1", "1元", "a",
    ],
)  # fmt: skip
def test_what_is_no_plain_number_with_six_decimals_is_refused(text):
    with pytest.raises(ValueError, match="plain number"):
        parse_price(text)


@given(text=st.text(max_size=20))
def test_nothing_but_a_price_or_a_refusal_comes_of_any_text(text):
    try:
        price = parse_price(text)
    except ValueError:
        return
    assert price == Decimal(text)
    assert price >= 0
