"""One identity, however a text is spelt.

The same medicine is printed as 0.2g and ０．２ Ｇ, as 10ml×5 and 10ML * 5, as (片) and 【片】, as ug and μg, and a cell
that holds nothing holds a stroke. What is folded is compared and never shown: what was printed stays beside it.
"""

import re
import unicodedata

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("[{【〔〖〘《〈「『«‹⟨", "("),
        **dict.fromkeys("]}】〕〗〙》〉」』»›⟩", ")"),
        **dict.fromkeys("‐‑‒–—―−─━ー﹣", "-"),
        **dict.fromkeys("⁄∕╱⧸", "/"),
        **dict.fromkeys("∶：ː", ":"),
    }
)
_TIMES = re.compile(r"(?<=.)[x*×✕✖⨯](?=[0-9])")
_MICRO = re.compile(r"μ(?=[a-z])")
_MICROGRAM = re.compile(r"(?<=[0-9])mcg")
_NOTHING = re.compile(r"[-/\\]+|无")


def fold(text: str) -> str:
    """The text as texts are compared: NFKC, small letters, no blanks, one kind of bracket, stroke, colon and times.

    ``μ`` before a letter is ``u`` and ``mcg`` after a number ``ug``. Strokes alone, or 无, are nothing. Folding what is
    folded changes nothing.

    >>> fold("０．２ Ｇ"), fold("10ML * 5【支】"), fold("50 µg"), fold("—")
    ('0.2g', '10ml×5(支)', '50ug', '')
    """
    plain = text
    while (folded := _once(plain)) != plain:
        plain = folded
    return plain


def identity_keys(name: str, strength: str, form: str) -> dict[str, str]:
    """What tells an item from every other one of its kind and code, as its row keeps it."""
    return {"name_key": fold(name), "strength_key": fold(strength), "form_key": fold(form)}


def _once(text: str) -> str:
    small = unicodedata.normalize("NFKC", text).casefold().translate(_SIGNS)
    seen = "".join(small.split())
    if not seen.isprintable():
        seen = "".join(filter(str.isprintable, seen))
    plain = _MICROGRAM.sub("ug", _MICRO.sub("u", _TIMES.sub("×", seen)))
    return "" if _NOTHING.fullmatch(plain) else plain
