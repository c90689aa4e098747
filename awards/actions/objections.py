"""Objections to a proposed award: until the standstill ends, and the answer that lets it stand or withdraws it."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Seat
from awards.actions.awarding import standing_proposal
from awards.models import Decision, Verb
from core.actions import action
from core.errors import Refused
from core.models import Event
from core.moves import move
from tenders.actions import objections
from tenders.actions.lots import end_lot, tell
from tenders.models import Lot, Objection


@action
def file_objection(*, lot: Lot, text: str, by: Seat, now: datetime) -> Objection:
    """Object, as a bidder of the lot, to its proposed award before the standstill ends. Nothing is awarded until the
    answer."""
    lot = objections.hold_for_objection(lot, text, by)
    if not may_object(lot, now):
        raise objections.nothing_to_object_to()
    return objections.keep_objection(lot=lot, stage=Objection.Stage.AWARD, text=text, by=by, now=now)


@action
def answer_objection(
    *, objection: Objection, answer: str, text: str, goes_on: bool = False, by: Seat, now: datetime
) -> Objection:
    """Answer an objection to a proposed award, once and with reasons. Rejected, the proposal stands. Upheld, it is
    withdrawn, and the lot ends; or, as the officer chooses, it ``goes_on``: the proposed bid is set aside and the next
    one can be proposed.

    Refused for a person who evaluated the tender. A lot that had ended before the answer stays as it ended.
    """
    if goes_on and answer != Objection.Answer.UPHELD:
        raise Refused(_("A bid is set aside only where the objection is upheld."), field="goes_on")
    lot = objections.keep_answer(
        objection=objection, stage=Objection.Stage.AWARD, answer=answer, text=text, by=by, now=now
    )
    if objection.answer == Objection.Answer.UPHELD and lot.status == Lot.Status.OPENED:
        reason = _("an objection was upheld: %(reference)s") % {"reference": objection.reference}
        facts = {"withdrawn_at": now, "withdrawn_by": by, "withdraw_reason": reason}
        move(standing_proposal(lot), Decision.Status.WITHDRAWN, set_aside=goes_on, **facts)
        if goes_on:
            tell(Verb.PROPOSAL_WITHDRAWN, lot, by, now, audience=Event.Audience.PUBLIC)
        else:
            end_lot(lot=lot, ending=Lot.Ending.OBJECTION_UPHELD, by=by, now=now)
    return objection


def may_object(lot: Lot, now: datetime) -> bool:
    """Whether the lot's proposed award can be objected to at ``now``."""
    return Decision.objects.in_standstill(now).filter(lot=lot).exists()
