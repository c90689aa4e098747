"""What a template was made for, written into it, so that the file of one table is not read into another.

A CSV file says it in its first line, a workbook in a hidden sheet.
"""

from collections.abc import Sequence

PURPOSE_SHEET = "made for"
_SIGN = "# made for"


def purpose_line(purpose: Sequence[str]) -> list[str]:
    """The cells that say it."""
    return [_SIGN, *purpose]


def read_purpose(cells: Sequence[str]) -> tuple[str, ...]:
    """What such cells say; nothing where they are others."""
    return tuple(cells[1:]) if cells and cells[0] == _SIGN else ()
