"""What somebody asks for who types a few words: in the terms of the index that answers.

The index (``catalogue/migrations/_words.py``) has of Chinese every pair of characters and the last one alone, of all
else whole words, and of initials every end. So a Chinese word is asked for by its pairs, one character and a Latin
word by how they begin, and a quantity in every unit in which it may be printed.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from catalogue.rules.barcodes import gtin_asked
from catalogue.rules.codes import normalise
from catalogue.rules.contents import Quantity, read_quantity
from catalogue.rules.identity import fold
from catalogue.rules.wording import CodeError

MOST_WORDS = 8
_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_REST = r"a-z0-9.%\u00b5-\u024f\u0370-\u04ff"
_QUANTITY = re.compile(
    rf"(?<![{_REST}])[0-9]+(?:\.[0-9]+)? *[万亿]?"
    rf"(?:[a-zμ]{{1,4}}(?![{_REST}])|毫克|微克|千克|克|毫升|微升|升|国际单位|单位|毫摩尔|摩尔|%)"
)
_WORD = re.compile(rf"[{_HAN}]+|[{_REST}]+(?:[-/][{_REST}]+)*")
_COMPANY = re.compile("(?:股份)?有限(?:责任)?公司")
_SCALES = (
    {"kg": Decimal(10) ** 12, "g": Decimal(10) ** 9, "mg": Decimal(10) ** 6, "μg": Decimal(1000), "ng": Decimal(1)},
    {"l": Decimal(10) ** 6, "ml": Decimal(1000), "μl": Decimal(1)},
)
_SMALLEST = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a search. ``terms`` is what the index must have, as PostgreSQL writes it (a tsquery)."""

    text: str
    terms: str
    is_quantity: bool = False

    @property
    def may_be_pinyin(self) -> bool:
        """Whether it may stand anywhere in a name that is typed by its sounds."""
        return len(self.text) > 2 and self.text.isascii() and self.text.isalpha()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a text asks for: every word, wherever it stands. ``head`` is the name that it may be or begin."""

    words: tuple[Word, ...]
    head: str

    @property
    def syllables(self) -> str:
        """Pinyin typed syllable by syllable, as one word; empty for any other text."""
        several = len(self.words) > 1 and all(word.text.isascii() and word.text.isalpha() for word in self.words)
        return "".join(word.text for word in self.words) if several else ""


def read_asked(text: str) -> Asked:
    """The words of a text, at most eight; of a barcode, and of a GTIN of any length, the GTIN alone.

    >>> [word.terms for word in read_asked("阿莫西 0.25g").words]
    ["'250000000ng' | '250000μg' | '250mg' | '0.25g' | '0.00025kg'", "'阿莫' & '莫西'"]
    """
    if gtin := gtin_asked(text):
        typed = normalise(text)
        as_typed = f" | {_quoted(typed)}:*" if typed.isdigit() else ""
        return Asked((Word(gtin, _quoted(gtin) + as_typed),), "")
    plain = _COMPANY.sub(" ", unicodedata.normalize("NFKC", text).replace("\0", " ").lower())
    quantities: list[Word] = []
    rest = _QUANTITY.sub(lambda found: _taken(found[0], quantities), plain)
    words = [*quantities, *(_word(run) for run in _WORD.findall(rest) if run.strip("."))]
    return Asked(tuple(dict.fromkeys(words))[:MOST_WORDS], fold(rest))


def _taken(printed: str, quantities: list[Word]) -> str:
    """Note a quantity and leave a blank; what only looks like one stays a word."""
    try:
        said = read_quantity(printed)
    except CodeError:
        return printed
    spelt = dict.fromkeys((*_spellings(said), "".join(printed.split())))
    quantities.append(Word(str(said), " | ".join(map(_quoted, spelt)), is_quantity=True))
    return " "


def _spellings(said: Quantity) -> Iterable[str]:
    """A quantity in each unit of its kind, from the smallest on, as the catalogue prints it."""
    scale = next((scale for scale in _SCALES if said.unit in scale), {said.unit: Decimal(1)})
    for unit, size in reversed(scale.items()):
        amount = said.amount * scale[said.unit] / size
        if amount >= _SMALLEST and amount == round(amount, 9):
            yield f"{amount.normalize():f}{unit}".lower()


def _word(run: str) -> Word:
    if run >= "\u3400":
        pairs = ["".join(pair) for pair in pairwise(run)]
        return Word(run, " & ".join(map(_quoted, dict.fromkeys(pairs))) or f"{_quoted(run)}:*")
    whole = re.sub("[-/]", "", run.strip("."))
    return Word(whole, f"{_quoted(whole)}:*")


def _quoted(term: str) -> str:
    return f"'{term}'"
