"""Guarded status moves: a table says what is allowed, one UPDATE says whether we were first."""

from typing import Any

from django.utils.translation import gettext as _

from core.errors import Conflict, Refused


def move(thing: Any, to: str, **facts: Any) -> None:
    """Move ``thing``, a row whose model has ``MOVES``, to status ``to``, if nobody has moved it meanwhile.

    ``facts`` are written with it. ``MOVES`` maps each status to the statuses that may follow it. Raises Refused (code
    ``not_now``) for a move that the table does not hold, Conflict when the row no longer has the status
    that was read; ``thing`` then stays as it was read. Of two moves at once the second waits for the
    first one's commit and then finds the status changed.
    """
    old = thing.status
    if to not in thing.MOVES.get(old, ()):
        raise Refused(
            _("This is not possible while the status is “%(status)s”.") % {"status": thing.get_status_display()},
            code="not_now",
        )
    rows = type(thing)._base_manager.filter(pk=thing.pk, status=old).update(status=to, **facts)
    if rows != 1:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    for name, value in {"status": to, **facts}.items():
        setattr(thing, name, value)
