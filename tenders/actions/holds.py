"""Holds: a complaint or a court stops a lot until somebody lets it go on. Objections put and lift theirs themselves."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.errors import Conflict, Refused
from core.models import Event
from tenders.actions.lots import hold, tell
from tenders.actions.opening.closing import wait_for_bids_in_flight
from tenders.actions.rounds import judge_again
from tenders.duties import permit
from tenders.models import Hold, Lot, Verb


@action
def hold_lot(*, lot: Lot, code: str, reference: str, reason: str, by: Seat, now: datetime) -> Hold:
    """Stop a lot of a published tender because of a complaint or a court's order, by the number of its file there.

    Until it is let go on no price of it is opened, nothing is awarded, and no key of its tender is destroyed. Conflict
    where it is held for this file already.
    """
    permit(lot.tender, by, Permission.ANSWER_OBJECTION)
    if code not in (Hold.Code.COMPLAINT, Hold.Code.COURT):
        raise Refused(_("Say whether a complaint or a court stops the lot."), field="code", code="invalid_choice")
    for field, given in (("reference", reference), ("reason", reason)):
        if not given.strip():
            raise Refused(
                _("Give the number of the file and the reason, for the record."), field=field, code="required"
            )
    if lot.tender.published_at is None:
        raise Refused(_("The tender is not published."), code="not_now")
    # Whoever asks the openers for prices, or takes back a key, holds the same lock.
    wait_for_bids_in_flight(lot.tender)
    lot = hold(lot, *Lot.Status)
    if lot.holds.standing().filter(code=code, reference=reference.strip()).exists():
        raise Conflict(_("The lot is held for this already."), code="already_done")
    facts = {"code": code, "reference": reference.strip(), "reason": reason.strip()}
    held = Hold.objects.create(lot=lot, **facts, held_at=now, held_by=by)
    _tell(Verb.LOT_HELD, held, held.reason, by, now)
    return held


@action
def release_lot(
    *, lot: Lot, code: str, reference: str, reason: str, again: Sequence[str] = (), by: Seat, now: datetime
) -> Hold:
    """Let a lot go on that the complaint or court with this file had stopped, with the reason. What was decided there
    may have bids judged again: ``again`` names them (``actions.rounds``). Conflict where it is not held for it."""
    permit(lot.tender, by, Permission.ANSWER_OBJECTION)
    if code == Hold.Code.OBJECTION:
        raise Refused(
            _("An objection is answered; its lot goes on with the answer."), field="code", code="invalid_choice"
        )
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    lot = hold(lot, *Lot.Status)
    held = lift(lot, code, reference, reason=reason.strip(), by=by, now=now)
    _tell(Verb.LOT_RELEASED, held, held.lift_reason, by, now)
    if again:
        judge_again(lot=lot, bids=again, reason=f"{held.get_code_display()}: {held.reference}", by=by, now=now)
    return held


def lift(lot: Lot, code: str, reference: str, *, by: Seat, now: datetime, reason: str = "") -> Hold:
    """Lift what holds a lot that is locked; Conflict where nothing of this kind and file does. Within an action."""
    held = lot.holds.standing().filter(code=code, reference=reference).first()
    if held is None:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    held.lifted_at, held.lifted_by, held.lift_reason = now, by, reason
    held.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    return held


def _tell(verb: Verb, held: Hold, reason: str, by: Seat, now: datetime) -> None:
    said = {"why": held.get_code_display(), "file": held.reference, "reason": reason}
    tell(verb, held.lot, by, now, audience=Event.Audience.PUBLIC, **said)
