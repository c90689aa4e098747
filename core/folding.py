"""One spelling for what people copy by hand: references of banks, numbers of batches."""

import unicodedata

# Blanks, dashes and what has no glyph at all: format and control characters.
_DROPPED = {"Zs", "Zl", "Zp", "Pd", "Cf", "Cc"}
# Signs that look like nothing, or like a dash, and belong to other categories: minus, joiners, fillers, selectors.
_DROPPED_SIGNS = {
    *map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2212, 0x2800, 0x3164, 0xFFA0)),
    *map(chr, range(0x180B, 0x1810)),
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
}


def fold(text: str) -> str:
    """The text without case, width, blanks, dashes and invisible signs; two spellings of one thing fold alike.

    "ICBC-2026 0001", "ｉｃｂｃ２０２６—0001" and "icbc20260001" are one. Folding what is folded changes nothing.
    """
    while (folded := _folded(text)) != text:
        text = folded
    return text


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in plain if not _is_dropped(sign))


def _is_dropped(sign: str) -> bool:
    return sign in _DROPPED_SIGNS or unicodedata.category(sign) in _DROPPED
