"""What all actions on one lot share: holding it as it is now, ending it, telling the trail."""

from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from accounts.models import Seat
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from core.moves import move
from tenders.models import Lot, Verb


def hold(lot: Lot, *statuses: str) -> Lot:
    """The lot as it is now, its row locked for this transaction.

    Raises Conflict if somebody has moved the lot out of these statuses since the caller read it, Refused if
    the caller's own lot was in none of them.
    """
    held = Lot.objects.select_for_update(of=("self",), no_key=True).select_related("tender__close").get(pk=lot.pk)
    if held.status in statuses:
        return held
    if lot.status in statuses:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    status = held.get_status_display()
    raise Refused(_("This is not possible while the status is “%(status)s”.") % {"status": status}, code="not_now")


def end_lot(*, lot: Lot, ending: str, by: Seat, now: datetime) -> None:
    """End a lot, with the code that says how. Within an action."""
    move(lot, Lot.Status.ENDED, ending=ending, ended_at=now, ended_by=by)
    tell(Verb.LOT_ENDED, lot, by, now, audience=Event.Audience.PUBLIC, ending=Lot.Ending(ending).label)


def end_anew(*, lot: Lot, ending: str, by: Seat, now: datetime) -> None:
    """Let an awarded lot that is held end with another code: its award has come to nothing. Within an action."""
    changed = Lot.objects.filter(pk=lot.pk, ending=Lot.Ending.AWARDED)
    if changed.update(ending=ending, ended_at=now, ended_by=by) != 1:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    lot.refresh_from_db(fields=("ending", "ended_at", "ended_by"))
    tell(Verb.LOT_ENDED, lot, by, now, audience=Event.Audience.PUBLIC, ending=Lot.Ending(ending).label)


def tell(
    verb: TextChoices, lot: Lot, by: Seat | None, now: datetime, *, audience: str = Event.Audience.AGENCY, **data: Any
) -> None:
    """Write an event about a lot on its tender's trail."""
    record(verb, lot.tender.reference, by=by, now=now, audience=audience, lot=lot.number, **data)
