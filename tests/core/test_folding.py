"""References and batches are the same however they are spelt."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.folding import fold

NOISE = st.sampled_from(
    [" ", "\u3000", "\u00a0", "-", "–", "—", "−", "‐", "\u200b", "\u00ad", "\ufe0f", "\u2060", "\t"]
)
LETTERS = st.text("abcxyz0189", min_size=1, max_size=20)


@pytest.mark.parametrize(
    "spelling",
    [
        "ICBC-2026 0001",
        "ｉｃｂｃ２０２６—0001",
        "icbc20260001",
        " ICBC‐2026\u200b−0001\u3000",
        "Icbc\ufe0f2026\u00ad0001",
    ],
)
def test_one_reference_has_many_spellings(spelling):
    assert fold(spelling) == "icbc20260001"


@pytest.mark.parametrize(
    ("one", "other"), [("B-1", "B-2"), ("A1", "AI"), ("批号1", "批号2"), ("1.2", "12"), ("a/b", "ab")]
)
def test_what_differs_in_a_letter_a_digit_or_a_point_stays_two(one, other):
    assert fold(one) != fold(other)


@given(LETTERS, st.lists(NOISE, max_size=8), st.randoms(use_true_random=False))
def test_noise_case_and_width_change_nothing(text, noise, random):
    signs = [random.choice((sign, sign.upper(), wide(sign))) for sign in text]
    for sign in noise:
        signs.insert(random.randint(0, len(signs)), sign)
    assert fold("".join(signs)) == text


@given(st.text())
@example("ŉ")
@example("ﷺ")
def test_folding_what_is_folded_changes_nothing(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(text.upper()) == fold(text.upper().lower())
    assert not {unicodedata.category(sign) for sign in folded} & {"Zs", "Pd", "Cf", "Cc"}


def test_nothing_but_noise_is_nothing():
    assert fold(" - — \u200b") == ""


def wide(sign: str) -> str:
    """The same letter or digit as wide as a Chinese character."""
    return chr(ord(sign) + 0xFEE0)
