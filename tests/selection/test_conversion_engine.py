"""Prices and volumes of one specification from another: by published prices, and by what must hold for all."""

import csv
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selection.conversion import (
    INSULIN_2024,
    NDRC_2011,
    RULE_SETS,
    VOLUME_BASED,
    Amount,
    Specification,
    Unconvertible,
    from_json,
    guide_price,
    power,
    price_conversion,
    to_json,
    volume_factor,
)

RULES = NDRC_2011.rules
PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "ndrc_guide_prices_sample.csv"
FORMS = {"水丸": "pill", "水蜜丸": "pill", "浓缩水丸": "pill", "片剂": "tablet"}
# The representative's price as it was before it was published in tenths.
UNROUNDED = {"30g": Decimal("3.84")}
examples = settings(max_examples=25)


def grams(amount):
    return Amount(Fraction(str(amount)), "g")


def filled(amount, **more):
    return Specification(form="pill", fill=grams(amount), **more)


def counted(pack, form="tablet", **more):
    return Specification(form=form, pack=pack, **more)


def follows(price, base, other, rules=RULES):
    return guide_price(price_conversion(base, other, rules).price(Decimal(price)))


def printed(row):
    """The specification that a published row names: a fill in grams, or a count of pills or tablets."""
    size = row["spec"].split("(")[0]
    if size.endswith("g"):
        return filled(size.removesuffix("g"))
    return counted(int(size.rstrip("丸片")), FORMS[row["form"]])


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published prices lie outside the repository")
def test_all_published_prices_follow_from_their_representatives():
    with PUBLISHED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    base, representatives = None, 0
    for row in rows:
        price = Decimal(row["guide_retail_price_yuan"])
        if row["mark"] == "△":
            base, of_base, representatives = printed(row), UNROUNDED.get(row["spec"], price), representatives + 1
        assert follows(of_base, base, printed(row)) == price, row
    assert (len(rows), representatives) == (13, 4)


def test_60_g_at_7_30_follow_only_from_the_unrounded_price_of_30_g():
    """The row 银翘解毒丸 水蜜丸 60 g: 3.84 was published as 3.8, from which 7.2 would follow."""
    assert follows("3.84", filled(30), filled(60)) == Decimal("7.3")
    assert guide_price(Decimal("3.84")) == Decimal("3.8")
    assert follows("3.8", filled(30), filled(60)) == Decimal("7.2")


@pytest.mark.parametrize(
    ("form", "price"),
    [("chewable_tablet", "10.5"), ("dispersible_tablet", "12.0"), ("effervescent_tablet", "13.0"), ("capsule", "10.0")],
)
def test_a_dosage_form_costs_its_factor(form, price):
    assert follows("10", counted(1), counted(1, form)) == Decimal(price)
    assert follows(price, counted(1, form), counted(1)) == Decimal("10.0")


def test_strength_and_pack_multiply():
    base = counted(7, contents=(grams("0.075"),))
    other = counted(14, contents=(grams("0.15"),))
    assert price_conversion(base, other, RULES).factor == Fraction("1.7") * Fraction("1.95")
    assert price_conversion(base, other, VOLUME_BASED.rules).factor == Fraction("1.7") * 2
    assert volume_factor(base, other, RULES) == 4


def test_a_pack_of_another_form_is_in_proportion():
    assert price_conversion(counted(10, "granules"), counted(25, "granules"), RULES).factor == Fraction(5, 2)


def test_a_medicine_without_sugar_costs_a_tenth_more():
    assert follows("10", filled(6), filled(6, sugar_free=True)) == Decimal("11.0")
    assert follows("11", filled(6, sugar_free=True), filled(6)) == Decimal("10.0")


def test_a_traditional_medicine_is_compared_by_its_day_of_treatment():
    bag = filled(6, daily_dose=grams(18))
    bottle = filled(60, daily_dose=grams(12))
    steps = price_conversion(bag, bottle, RULES)
    assert [step.name for step in steps.steps] == ["treatment_days", "pack"]
    assert steps.factor == 15, "5 days against a third of one"
    assert volume_factor(bag, bottle, RULES) == 15


def test_a_plastic_bottle_and_a_soft_bag_add_their_sums_to_each_unit():
    glass, plastic, bag = (
        Specification(form="infusion", fill=Amount(Fraction(250), "ml"), material=one)
        for one in ("glass", "plastic", "soft_bag")
    )
    assert [follows("2", glass, one) for one in (plastic, bag)] == [Decimal("3.0"), Decimal("6.0")]
    assert follows("6", bag, plastic) == Decimal("3.0")
    assert follows("20", replace(glass, pack=10), replace(bag, pack=10)) == Decimal("60.0")
    assert follows("30", replace(plastic, pack=10), bag) == Decimal("6.0"), "one bag at 3 and 3 more"
    with pytest.raises(ValueError, match="nothing is left"):
        price_conversion(bag, glass, RULES).price(Decimal("3.50"))


def test_an_injection_is_converted_by_content_first_towards_the_dearer_form():
    """Article 16: the order shows where a form costs a sum on top; rules of a province may give one."""
    rules = replace(RULES, form_sums={"injection": Decimal(0), "freeze_dried": Decimal(2)})
    plain = Specification(form="injection", contents=(grams("0.1"),))
    dried = Specification(form="freeze_dried", contents=(grams("0.2"),))
    there, back = price_conversion(plain, dried, rules), price_conversion(dried, plain, rules)
    assert [step.name for step in there.steps][:2] == ["content", "form"]
    assert [step.name for step in back.steps][:2] == ["form", "content"]
    assert there.price(Decimal(10)) == 19
    assert back.price(Decimal(19)) == 10
    with pytest.raises(Unconvertible, match="no factor"):
        price_conversion(plain, dried, RULES)


def test_a_bottle_of_several_doses_goes_by_the_single_dose_and_then_by_its_fill():
    tablet = Specification(contents=(grams("0.1"),))
    syrup = Specification(
        contents=(grams(2),), fill=Amount(Fraction(100), "ml"), dose=Amount(Fraction(10), "ml")
    )  # a dose of 10 ml has 0.2 g
    steps = {step.name: step for step in price_conversion(tablet, syrup, RULES).steps}
    assert (steps["content"].ratio, steps["content"].factor) == (2, Fraction("1.7"))
    assert steps["fill"].ratio == 10
    with pytest.raises(Unconvertible, match="single dose"):
        price_conversion(tablet, replace(syrup, dose=None), RULES)


def test_ampoules_of_one_concentration_differ_by_their_fill_alone():
    small = Specification(contents=(grams("0.05"),), fill=Amount(Fraction(2), "ml"))
    large = Specification(contents=(grams("0.1"),), fill=Amount(Fraction(4), "ml"))
    assert price_conversion(small, large, RULES).factor == Fraction("1.9")
    assert volume_factor(small, large, RULES) == 2


def test_insulin_goes_by_the_published_presentations():
    rules = INSULIN_2024.rules
    cartridge, vial, pen = (Specification(presentation=one) for one in ("3ml:300", "10ml:400", "1.5ml:450"))
    assert follows("40", cartridge, vial, rules) == Decimal("40.0")
    assert follows("40", vial, pen, rules) == Decimal("52.0")


@pytest.mark.parametrize(
    ("base", "other", "why"),
    [
        (counted(1, contents=(grams(1),)), counted(1), "not known"),
        (counted(1, contents=(grams(1),)), counted(1, contents=(Amount(Fraction(1), "IU"),)), "other measures"),
        (counted(1, contents=(grams(1), grams(1))), counted(1, contents=(grams(2), grams(1))), "unlike proportion"),
        (counted(1), counted(1, "pill"), "no factor"),
        (filled(6), Specification(form="pill"), "fill of one"),
    ],
)
def test_what_is_not_known_is_not_converted(base, other, why):
    with pytest.raises(Unconvertible, match=why):
        price_conversion(base, other, RULES)


# --- What holds for all ------------------------------------------------------------------------------------------
RATIOS = st.fractions(Fraction(1, 1000), 1000, max_denominator=1000).filter(bool)
AMOUNTS = st.builds(Amount, st.fractions(Fraction(1, 1000), 1000, max_denominator=1000), st.just("g"))
TABLETS = st.builds(
    Specification,
    form=st.sampled_from(sorted(RULES.forms)),
    contents=st.tuples(AMOUNTS),
    pack=st.integers(1, 500),
    sugar_free=st.booleans(),
)
BOTTLES = st.builds(
    Specification, form=st.just("granules"), contents=st.tuples(AMOUNTS), fill=AMOUNTS, pack=st.integers(1, 500)
)
DAILY = st.builds(Specification, form=st.just("pill"), fill=AMOUNTS, daily_dose=AMOUNTS, pack=st.integers(1, 500))
KINDS = st.sampled_from((TABLETS, BOTTLES, DAILY))
TWO = KINDS.flatmap(lambda kind: st.tuples(kind, kind))
THREE = KINDS.flatmap(lambda kind: st.tuples(kind, kind, kind))
SMALLEST = Fraction(1, 10**40)


@examples
@given(KINDS.flatmap(lambda kind: kind))
def test_to_itself_nothing_changes(one):
    for found in RULE_SETS:
        conversion = price_conversion(one, one, found.rules)
        assert not any(step.changes for step in conversion.steps)
        assert volume_factor(one, one, found.rules) == 1


@examples
@given(THREE)
def test_by_way_of_a_third_is_the_same(three):
    first, second, third = three
    by_way = price_conversion(first, second, RULES).factor * price_conversion(second, third, RULES).factor
    assert abs(by_way / price_conversion(first, third, RULES).factor - 1) < SMALLEST
    assert volume_factor(first, second, RULES) * volume_factor(second, third, RULES) == volume_factor(
        first, third, RULES
    )


@examples
@given(TWO)
def test_there_and_back_is_where_one_was(two):
    there, back = price_conversion(*two, RULES).factor, price_conversion(*reversed(two), RULES).factor
    assert abs(there * back - 1) < SMALLEST


@examples
@given(KINDS.flatmap(lambda kind: kind), st.integers(1, 100))
def test_more_in_a_pack_never_costs_less(one, more):
    larger = replace(one, pack=one.pack + more)
    assert price_conversion(one, larger, RULES).factor > 1
    if one.fill and not one.contents:
        assert price_conversion(one, replace(one, fill=grams(one.fill.quantity * 2)), RULES).factor > 1
    elif one.contents:
        stronger = replace(one, contents=tuple(grams(part.quantity * (1 + more)) for part in one.contents))
        assert price_conversion(one, stronger, RULES).factor > 1


@examples
@given(st.sampled_from([Decimal("1.7"), Decimal("1.9"), Decimal("1.95"), Decimal(2)]), RATIOS, RATIOS)
def test_powers_rise_with_the_ratio_and_multiply(factor, one, other):
    assert abs(power(factor, one) * power(factor, other) / power(factor, one * other) - 1) < SMALLEST
    assert (power(factor, one) < power(factor, other)) == (one < other)
    assert power(factor, 1 / one) == 1 / power(factor, one)


def test_a_power_is_the_same_whatever_the_precision_around_it():
    power.cache_clear()
    with localcontext() as context:
        context.prec = 5
        coarse = power(Decimal("1.9"), Fraction(3))
    power.cache_clear()
    assert power(Decimal("1.9"), Fraction(3)) == coarse
    assert power(Decimal("1.9"), Fraction(8)) == Fraction("1.9") ** 3
    assert power(Decimal(2), Fraction(5, 3)) != power(Decimal(2), Fraction(5, 3) + Fraction(1, 10**30))


@examples
@given(st.fractions(Fraction(1, 100), 10_000))
def test_a_guide_price_is_off_by_half_of_its_last_digit_at_most(price):
    shown = guide_price(price)
    last = Fraction(1, 10) if price >= 1 else Fraction(1, 100)
    assert -last / 2 < Fraction(shown) - price <= last / 2


@pytest.mark.parametrize("found", RULE_SETS, ids=lambda found: found.code)
def test_rules_are_read_as_they_were_written(found):
    body = to_json(found.rules)
    assert from_json(body) == found.rules
    for wrong in ({**body, "new": 1}, {name: body[name] for name in body if name != "pack"}, {**body, "format": "x"}):
        with pytest.raises(ValueError, match=r"missing|format"):
            from_json(wrong)
