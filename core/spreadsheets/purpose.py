"""What a template was made for, written into it, so that the file of one table is not read into another.

A CSV file says it in its first line, a workbook in a hidden sheet.
"""

from collections.abc import Sequence

PURPOSE_SHEET = "made for"
_SIGN = "# made for"
_WORD = "for "  # before each part: a spreadsheet program would make a number of what is all digits


def purpose_line(purpose: Sequence[str]) -> list[str]:
    """The cells that say it."""
    return [_SIGN, *(_WORD + part for part in purpose)]


def read_purpose(cells: Sequence[str]) -> tuple[str, ...]:
    """What such cells say; nothing where they are others."""
    parts = [cell for cell in cells if cell]
    return tuple(part.removeprefix(_WORD.strip()).strip() for part in parts[1:]) if parts[:1] == [_SIGN] else ()
