"""What somebody has typed and not sent: kept for its seat alone, on whatever machine it goes on.

A draft is no fact: nothing reads it but its own form, and it goes when the form is sent. Forms whose fields are
sealed keep none.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Refused
from core.models import Draft

MOST_CELLS = 10_000
MOST_DRAFTS = 40  # of a seat: the oldest go
_LONGEST_NAME, _LONGEST_CELL = 100, 4000
_LONGEST_FORM = Draft._meta.get_field("form").max_length


def kept(*, seat_number: int, form: str) -> Draft | None:
    """The draft of a form, or None."""
    return Draft.objects.filter(seat_number=seat_number, form=form).first()


def keep(*, seat_number: int, form: str, cells: Any, now: datetime) -> None:
    """Keep what stands in the fields of a form, by their names, instead of what was kept before.

    Refused where it is not a mapping of names to text, or more than a form can hold.
    """
    if not _fits(form, cells):
        raise Refused(_("This draft is too large to be kept, or not the draft of a form."), code="no_draft")
    mine = Draft.objects.filter(seat_number=seat_number)
    with transaction.atomic():
        Draft.objects.bulk_create(
            [Draft(seat_number=seat_number, form=form, cells=cells, saved_at=now)],
            update_conflicts=True,
            unique_fields=["seat_number", "form"],
            update_fields=["cells", "saved_at"],
        )
        mine.exclude(pk__in=mine.order_by("-saved_at", "-pk").values("pk")[:MOST_DRAFTS]).delete()


def drop(*, seat_number: int, form: str) -> None:
    """Forget the draft of a form: it was sent, or is not wanted."""
    Draft.objects.filter(seat_number=seat_number, form=form).delete()


def _fits(form: str, cells: Any) -> bool:
    if not isinstance(cells, Mapping) or len(cells) > MOST_CELLS or not 0 < len(form) <= int(_LONGEST_FORM or 0):
        return False
    texts = all(isinstance(text, str) and len(text) <= _LONGEST_CELL and "\0" not in text for text in cells.values())
    names = all(len(name) <= _LONGEST_NAME and "\0" not in name for name in cells)
    return texts and names and sum(len(name) + len(text) for name, text in cells.items()) <= Draft.MOST_SIGNS
