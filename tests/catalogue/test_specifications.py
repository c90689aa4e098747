"""From the catalogue's quantities to conversion: what is read, what is missing, and what must hold for all."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.rules import CodeError, StatedError, read_contents, stated_contents
from catalogue.rules.contents import Contents, Quantity, Usage, print_part, read_part
from catalogue.rules.guide import derived, rounded
from catalogue.rules.specifications import Described, by_price, by_volume, form_of, gaps_of, specification_of
from selection.conversion import NDRC_2011

RULES = NDRC_2011.rules
SIX = Quantity(Decimal(6), "g")
examples = settings(max_examples=40)


def tablet(strength, pack=1, form="片剂", **more):
    return Described(form, "片", read_contents(strength), pack, **more)


def test_a_tablet_is_its_content_in_grams_and_its_form_that_of_the_table():
    said = specification_of(tablet("50mg", 14, "薄膜衣片"))
    assert (said.form, said.contents[0].quantity, said.contents[0].measure, said.pack) == (
        "tablet",
        Fraction(1, 20),
        "g",
        14,
    )
    assert form_of("分散片") == "dispersible_tablet"
    assert form_of("颗粒剂") == "颗粒剂", "a form that the table does not have stays what it is"


@pytest.mark.parametrize(
    ("strength", "content"),
    [("5ml:50mg", "0.05"), ("10ml:10mg/ml", "0.1"), ("100ml:0.9%", "0.9"), ("1ml:25μg", "0.000025")],
)
def test_what_an_ampoule_holds_is_reckoned_from_its_concentration(strength, content):
    said = specification_of(Described("注射液", "支", read_contents(strength)))
    assert said.contents[0].quantity == Fraction(content)


def test_parts_of_a_combination_are_paired_by_name_whatever_their_order():
    one = stated_contents("", "", {"strengths": "缬沙坦 80mg\n氨氯地平 5mg"})
    two = stated_contents("", "", {"strengths": "氨氯地平 10mg\n缬沙坦 160mg"})
    found = by_price(Described("片剂", "片", one), Described("片剂", "片", two), RULES)
    assert found.factor == Fraction("1.7")
    unnamed = Described("片剂", "片", read_contents("160mg/10mg"))
    assert [gap.field for gap in by_price(Described("片剂", "片", one), unnamed, RULES).gaps] == ["strengths"]
    unlike = stated_contents("", "", {"strengths": "氨氯地平 5mg\n缬沙坦 160mg"})
    assert [gap.field for gap in by_price(Described("片剂", "片", one), Described("片剂", "片", unlike), RULES).gaps]


@pytest.mark.parametrize(
    ("described", "fields"),
    [
        (tablet("5mg", form=""), ["form"]),
        (tablet("一片"), ["strengths"]),
        (tablet("5mg", None), ["pack_size"]),
        (Described("注射液", "支", read_contents("10mg/ml")), ["fill"]),
        (Described("乳膏剂", "支", read_contents("1%")), ["fill"]),
        (Described("丸剂", "丸", Contents(count=Quantity(Decimal(64), "丸"))), ["base_unit"]),
        (Described("颗粒剂", "袋", Contents(fill=SIX, use=Usage(dose=Quantity(Decimal(1), "ml")))), ["dose"]),
    ],
)
def test_what_is_missing_is_told_at_its_field(described, fields):
    assert [gap.field for gap in gaps_of(described)] == fields
    with pytest.raises(ValueError, match="missing"):
        specification_of(described)


def test_pills_of_another_kind_have_a_representative_of_their_own():
    water, honey = (Described(form, "袋", Contents(fill=Quantity(Decimal(6), "g"))) for form in ("水丸", "水蜜丸"))
    assert [gap.field for gap in by_price(water, honey, RULES).gaps] == ["form"]


def test_a_bottle_of_pills_counts_its_pills():
    bottle = Described("浓缩水丸", "瓶", Contents(count=Quantity(Decimal(64), "丸")))
    double = Described("浓缩水丸", "瓶", Contents(count=Quantity(Decimal(128), "丸")))
    assert by_price(bottle, double, RULES).factor == Fraction("1.95")


def test_stated_factors_go_first_and_packs_are_worth_their_base_units():
    one, other = tablet("5mg", 10), tablet("一片", 20, price_factor=Decimal("1.5"))
    assert by_price(one, other, RULES).factor == 3
    assert by_price(one, other, RULES).stated
    assert by_volume(one, other, RULES).gaps


def test_what_is_stated_stays_unless_it_is_said_anew():
    held = stated_contents("5mg", "", {"strengths": "维生素B1 10mg", "units_a_day": "3", "sugar_free": "yes"})
    assert [print_part(part) for part in held.parts] == ["维生素B1 10mg"]
    after = stated_contents("5mg", "", {"units_a_day": ""}, held)
    assert (after.parts[0].amount.amount, after.use.units_a_day, after.use.sugar_free) == (5, None, True)
    assert Contents.from_json(held.to_json()) == held
    for name, text in (("dose", "much"), ("strengths", "a lot"), ("pieces", "64"), ("units_a_day", "0")):
        with pytest.raises(StatedError) as error:
            stated_contents("5mg", "", {name: text})
        assert error.value.field == name
    with pytest.raises(CodeError):
        read_part("5mg/5mg")


def test_a_guide_price_is_published_rounded_and_follows_from_the_exact_one():
    base, other = (Described("水蜜丸", "瓶", Contents(fill=Quantity(Decimal(grams), "g"))) for grams in (30, 60))
    found = derived(Decimal("3.84"), base, other, RULES)
    assert (found.price, found.unrounded) == (Decimal("7.3"), Decimal("7.296000"))
    assert derived(rounded(Decimal("3.84")), base, other, RULES).price == Decimal("7.2")


# --- What holds for all: through the adapter -------------------------------------------------------------------
MILLIGRAMS = st.integers(1, 5000)
FORMS = st.sampled_from(("片剂", "分散片", "胶囊", "软胶囊", "肠溶片"))
TABLETS = st.builds(lambda mg, pack, form: tablet(f"{mg}mg", pack, form), MILLIGRAMS, st.integers(1, 200), FORMS)
SMALLEST = Fraction(1, 10**40)


@examples
@given(TABLETS)
def test_to_itself_nothing_changes(one):
    assert by_price(one, one, RULES).factor == by_volume(one, one, RULES).factor == 1


@examples
@given(TABLETS, TABLETS, TABLETS)
def test_by_way_of_a_third_is_the_same(one, two, three):
    by_way = by_price(one, two, RULES).factor * by_price(two, three, RULES).factor
    assert abs(by_way / by_price(one, three, RULES).factor - 1) < SMALLEST
    assert (
        by_volume(one, two, RULES).factor * by_volume(two, three, RULES).factor == by_volume(one, three, RULES).factor
    )


@examples
@given(TABLETS, MILLIGRAMS, MILLIGRAMS, st.integers(1, 200), FORMS)
def test_more_costs_more(base, less, more, pack, form):
    less, more = sorted((less, more))
    prices = [by_price(base, tablet(f"{mg}mg", pack, form), RULES).factor for mg in (less, more)]
    assert prices == sorted(prices)
    packs = [by_price(base, tablet(f"{less}mg", size, form), RULES).factor for size in (pack, pack + 1)]
    assert packs[0] < packs[1]
