"""A medicine has one identity, however its name, strength and form are spelt."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.rules import fold
from core.written import says_nothing

PRINTED = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
CELLS = st.text(st.sampled_from("0125.gGmMlLiIuU片剂(（)）×x*/:μµ "), min_size=1, max_size=20)


@pytest.mark.parametrize(
    "alike",
    [
        ("0.2g", "０．２ｇ", "0.2G", " 0.2 g ", "0.2\u200bg", "0.2\u3000g"),
        ("10ml×5", "10ml*5", "10mlx5", "10ML X 5", "10ml✕5", "10㎖×5"),
        ("50μg", "50µg", "50ug", "50UG", "50mcg", "50㎍"),
        ("阿莫西林(胶囊)", "阿莫西林（胶囊）", "阿莫西林【胶囊】", "阿莫西林[胶囊]", "阿莫西林〔胶囊〕"),
        ("3ml:300单位", "3ml：300单位", "3ml∶300单位", "3ML : 300单位"),
        ("注射用-A", "注射用－A", "注射用—a", "注射用–A"),
        ("", "/", "—", "-", "——", "／", "－", "无", " 无 ", "--", "\\", " "),
        ("维生素C", "维生素c", "维生素Ｃ"),
    ],
)
def test_one_thing_spelt_in_many_ways_is_one(alike):
    assert len({fold(text) for text in alike}) == 1, {text: fold(text) for text in alike}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0.2g", "2g"),
        ("0.2g", "0.2mg"),
        ("10ml×5", "10ml5"),
        ("片剂", "片"),
        ("复方(3350)散", "复方3350散"),
        ("5mg/2mg", "5mg2mg"),
        ("1-2", "12"),
        ("50IU", "50u"),
        ("无水乙醇", "水乙醇"),
        ("", "0"),
    ],
)
def test_what_differs_stays_apart(one, other):
    assert fold(one) != fold(other)


@given(PRINTED)
@example("a ¨")
@example("ſ\u0307")
def test_folding_what_is_folded_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(PRINTED)
def test_width_case_and_blanks_never_matter(text):
    folded = fold(text)
    assert fold(unicodedata.normalize("NFKC", text)) == folded
    assert fold(f"  {text}\u3000") == folded
    assert fold("\u200b".join(text)) == folded or unicodedata.normalize("NFKC", text) != text
    assert not any(sign.isspace() or not sign.isprintable() for sign in folded)


@given(CELLS)
def test_wide_signs_are_their_narrow_ones(text):
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    assert fold(wide) == fold(text)
    assert fold(text.swapcase()) == fold(text)


@given(st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,2})?", fullmatch=True), st.sampled_from(["mg", "g", "ml", "IU", "片"]))
def test_numbers_and_units_are_never_lost(number, unit):
    assert fold(number + unit) == number + unit.lower()


@given(PRINTED)
def test_a_cell_that_says_nothing_has_no_identity(text):
    if says_nothing(text):
        assert fold(text) == ""
