"""Keys under which a Chinese name is found by people who type on a Latin keyboard."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

_LOADING = Lock()
# Readings that medicine names use and the general dictionary does not put first.
CHARACTERS = {
    ord("炔"): "quē,guì",
    ord("参"): "shēn,cān,cēn",
    ord("芎"): "xiōng,qiōng",
    ord("术"): "zhú,shù",
    ord("长"): "cháng,zhǎng",
    ord("调"): "tiáo,diào",
}
PHRASES = {
    "莪术": [["é"], ["zhú"]],
    "黄柏": [["huáng"], ["bò"]],
    "手术": [["shǒu"], ["shù"]],
    "技术": [["jì"], ["shù"]],
    "还少丹": [["huán"], ["shào"], ["dān"]],
}


@dataclass(frozen=True, slots=True)
class SearchKeys:
    """``pinyin`` is the whole name without tones or blanks, ``initials`` the first letter of each character.

    Latin letters and digits stand in both, in lower case; punctuation stands in neither.
    """

    pinyin: str
    initials: str


def search_keys(name: str) -> SearchKeys:
    """The keys of a name. Where a character has several readings, the phrase around it decides.

    >>> search_keys("阿司匹林肠溶片")
    SearchKeys(pinyin='asipilinchangrongpian', initials='asplcrp')
    """
    plain = unicodedata.normalize("NFKC", name).lower()
    pinyin = _dictionary()
    return SearchKeys(
        pinyin=_letters(pinyin.lazy_pinyin(plain, style=pinyin.Style.NORMAL)),
        initials=_letters(pinyin.lazy_pinyin(plain, style=pinyin.Style.FIRST_LETTER)),
    )


def _dictionary() -> Any:
    """The general dictionary with our readings, loaded when it is first asked for: the first threads of a web server
    ask at once, and loading twice at the same time breaks it."""
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> Any:
    """It takes half a second, which no start should wait for."""
    import pypinyin

    pypinyin.load_single_dict(CHARACTERS)
    pypinyin.load_phrases_dict(PHRASES)
    return pypinyin


def syllables(han: str) -> list[str]:
    """How a row of Chinese characters is read, character by character, without tones."""
    pinyin = _dictionary()
    return pinyin.lazy_pinyin(han, style=pinyin.Style.NORMAL)


def _letters(syllables: list[str]) -> str:
    return "".join(character for character in "".join(syllables) if character.isalnum())
