"""Signs that nobody sees and that change what a text seems to say: direction marks, zero-width signs, controls.

A name with a direction mark in it shows as another name, one with a zero-width sign shows as somebody else's. What
people type (``forms.CharField``) and what programs send (``core.parsing``) is refused with the field it is in; the
cells of a spreadsheet, where such signs come along unnoticed from other programs, are read without them.

Tabs and lines stay, and what writing needs: variation selectors, the numbers' signs of Arabic.
"""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # directions
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2028\u2029\u2060-\u2065\u206a-\u206f"  # no width
    "\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
    "\ud800-\udfff]"  # half of a pair, which is no sign
)
REFUSED = _(
    "There is a sign in this text that nobody sees, such as a direction mark or a zero-width blank: type it again "
    "instead of copying it."
)


def refuse_unseen(value: Any) -> None:
    """Raise ValidationError for a text with such a sign in it. A field of JSON is one of text, and its value is not."""
    if isinstance(value, str) and UNSEEN.search(value):
        raise ValidationError(REFUSED, code="control_character")


def without_unseen(text: str) -> str:
    """The text without such signs."""
    return UNSEEN.sub("", text)


def refuse_in_forms() -> None:
    """Have every field of text or of a file, on every form, refuse them. Before any form is declared."""
    forms.CharField.default_validators = [refuse_unseen]
    forms.FileField.default_validators = [lambda file: refuse_unseen(file.name)]
