"""Strength, fill and pack are quantities where the printed text says them plainly, and nothing where it does not."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import catalogue
from catalogue.rules import CodeError, Contents, Part, Quantity, read_contents, read_pack

PUBLISHED = Path(catalogue.__file__).parent / "data" / "vbp_2018.csv"


def parts(*said: str) -> tuple[Part, ...]:
    return tuple(Part(quantity(text)) for text in said)


def quantity(text: str) -> Quantity:
    number = re.match(r"[0-9.]+", text)[0]
    return Quantity(Decimal(number).normalize(), text.removeprefix(number))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("75mg", Contents(parts("75mg"))),
        ("0.5 g", Contents(parts("0.5g"))),
        ("５０ＭＧ", Contents(parts("50mg"))),
        ("50ug", Contents(parts("50μg"))),
        ("50mcg", Contents(parts("50μg"))),
        ("10万单位", Contents(parts("100000U"))),
        ("100万IU", Contents(parts("1000000IU"))),
        ("0.9%", Contents(parts("0.9%"))),
        ("150mg/12.5mg", Contents(parts("150mg", "12.5mg"))),
        ("50mg/200mg/25mg", Contents(parts("50mg", "200mg", "25mg"))),
        ("0.25g+0.125g", Contents(parts("0.25g", "0.125g"))),
        ("5ml:50mg", Contents(parts("50mg"), quantity("5ml"))),
        ("2ml：0.2mg", Contents(parts("0.2mg"), quantity("2ml"))),
        ("0.9g:100ml", Contents(parts("0.9g"), quantity("100ml"))),
        ("100ml:0.9g(0.9%)", Contents(parts("0.9g"), quantity("100ml"))),
        ("3ml:300单位(笔芯)", Contents(parts("300U"), quantity("3ml"))),
        ("0.25g(按C16H19N3O5S计)", Contents(parts("0.25g"))),
        ("每袋装6g", Contents(fill=quantity("6g"))),
        ("每丸重9g", Contents(fill=quantity("9g"))),
        ("每支10ml", Contents(fill=quantity("10ml"))),
        ("每揿50μg", Contents(parts("50μg"))),
        ("每粒含0.3g", Contents(parts("0.3g"))),
        ("10ml", Contents(fill=quantity("10ml"))),
        ("10mg/片", Contents(parts("10mg"))),
        ("10mg/ml", Contents((Part(quantity("10mg"), quantity("1ml")),))),
        ("50mg/5ml", Contents((Part(quantity("50mg"), quantity("5ml")),))),
        (
            "溴化钾0.12g,溴化钠0.12g，溴化铵0.06g",
            Contents(
                (
                    Part(quantity("0.12g"), ingredient="溴化钾"),
                    Part(quantity("0.12g"), ingredient="溴化钠"),
                    Part(quantity("0.06g"), ingredient="溴化铵"),
                )
            ),
        ),
    ],
)
def test_a_printed_strength_is_read_in_quantities(printed, expected):
    assert read_contents(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "/",
        "0.5g:0.1g",
        "钴铬合金或铂铬合金",
        "24片(糖衣)",
        "0.5g(50万单位)",
        "中号",
        "3.0×18mm",
        "5ml/50mg",
        "0mg",
        "g",
        "10mg,",
    ],
)
def test_what_may_mean_two_things_is_not_read(printed):
    assert not read_contents(printed)


def test_a_column_says_the_fill_and_may_not_contradict_the_strength():
    assert read_contents("", "6 g") == Contents(fill=quantity("6g"))
    assert read_contents("50mg", "5ml") == Contents(parts("50mg"), quantity("5ml"))
    assert read_contents("5ml:50mg", "５ＭＬ") == Contents(parts("50mg"), quantity("5ml"))
    with pytest.raises(CodeError, match="fill of 5ml"):
        read_contents("5ml:50mg", "10ml")
    with pytest.raises(CodeError, match="quantity with its unit"):
        read_contents("50mg", "a lot")


def test_the_strengths_of_the_published_results_are_all_read():
    """26 winners of 2018; two are combinations or filled ampoules with their volume before the content."""
    with PUBLISHED.open(encoding="utf-8") as file:
        said = {row["strength"]: read_contents(row["strength"]) for row in csv.DictReader(file)}
    assert all(contents.parts for contents in said.values()), said
    assert str(said["150mg/12.5mg"]) == "150mg+12.5mg"
    assert said["5ml:50mg"].fill == quantity("5ml")


AMOUNTS = st.decimals("0.000000001", "999999999999", places=9)
QUANTITIES = st.builds(Quantity, AMOUNTS.map(Decimal.normalize), st.sampled_from(["mg", "g", "μg", "IU", "ml", "%"]))


@given(
    st.lists(st.builds(Part, QUANTITIES, st.none() | QUANTITIES, st.sampled_from(["", "甲", "乙"])), max_size=4),
    QUANTITIES,
)
def test_what_is_kept_is_read_back(parts, fill):
    for contents in (Contents(tuple(parts)), Contents(tuple(parts), fill)):
        assert Contents.from_json(contents.to_json()) == contents


@given(st.text(max_size=40))
def test_no_text_makes_it_fail(text):
    assert isinstance(read_contents(text), Contents)


@given(QUANTITIES.filter(lambda one: one.unit not in ("ml", "%")), QUANTITIES.filter(lambda one: one.unit == "ml"))
def test_a_filled_ampoule_is_read_in_either_order(content, volume):
    assert (
        read_contents(f"{volume}:{content}")
        == read_contents(f"{content}：{volume}")
        == Contents((Part(content),), volume)
    )


@pytest.mark.parametrize(
    ("printed", "containers"),
    [
        ("28片/盒", [("盒", 28)]),
        ("12片/板×2板/盒", [("板", 12), ("盒", 2)]),
        ("12片*2板/盒", [("板", 12), ("盒", 2)]),
        ("10 支 x 5 盒 / 箱", [("盒", 10), ("箱", 5)]),
        ("１０片／板＊３板／盒", [("板", 10), ("盒", 3)]),
    ],
)
def test_a_printed_pack_is_read_in_containers(printed, containers):
    assert [(one.unit, one.holds) for one in read_pack(printed).containers] == containers


@pytest.mark.parametrize("printed", ["", "盒", "28片", "0片/盒", "12片/板×2袋/盒", "28/盒", "1000片/瓶×1001瓶/箱"])
def test_a_pack_that_is_not_said_plainly_is_refused(printed):
    with pytest.raises(CodeError):
        read_pack(printed)


@given(st.lists(st.integers(1, 99), min_size=1, max_size=3))
def test_a_pack_holds_the_product_of_its_containers(numbers):
    units = ["片", "板", "盒", "箱"]
    text = "×".join(f"{number}{units[place]}/{units[place + 1]}" for place, number in enumerate(numbers))
    pack = read_pack(text)
    expected = 1
    for number in numbers:
        expected *= number
    assert (pack.size, pack.unit) == (expected, units[len(numbers)])
