"""Text that a spreadsheet program would run as a formula, and how it is kept from running.

Exported text that begins with such a sign gets an apostrophe in front; read back, it loses that again, so
that a file which the platform wrote and takes in changes nothing.
"""

import re

# = + - @ with any blanks or apostrophes before them, their full-width twins, and a leading tab or line end.
_LIVE = re.compile(r"[\s']*[=+\-@＝＋－＠]|'*[\t\r\n]")


def neutralised(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet program might run it."""
    return f"'{text}" if _LIVE.match(text) else text


def restored(text: str) -> str:
    """What ``neutralised`` was given."""
    return text[1:] if text.startswith("'") and _LIVE.match(text, 1) else text


def is_formula(text: str) -> bool:
    """Whether a cell's text is a formula. A sign alone, as in -5 or +86, is none."""
    return text.startswith("=")
