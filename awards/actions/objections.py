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
    *, objection: Objection, answer: str, text: str, set_aside: int | None = None, by: Seat, now: datetime
) -> Objection:
    """Answer an objection to a proposed award, once and with reasons. Rejected, the proposal stands. Upheld, it is
    withdrawn, and the lot ends; or, as the officer chooses, it goes on: the proposed bid at the place ``set_aside`` is
    not proposed again, and those that remain can be.

    Refused for a person who evaluated the tender. A lot that had ended before the answer stays as it ended, also where
    the proposal of its negotiated price is withdrawn.
    """
    if set_aside is not None and answer != Objection.Answer.UPHELD:
        raise Refused(
            _("A bid is set aside only where the objection is upheld."), field="set_aside", code="must_be_empty"
        )
    lot = objections.keep_answer(
        objection=objection, stage=Objection.Stage.AWARD, answer=answer, text=text, by=by, now=now
    )
    if objection.answer == Objection.Answer.UPHELD and Decision.objects.proposed().filter(lot=lot).exists():
        reason = _("an objection was upheld: %(reference)s") % {"reference": objection.reference}
        facts = {"withdrawn_at": now, "withdrawn_by": by, "withdraw_reason": reason}
        proposal = standing_proposal(lot)
        if set_aside is not None and not proposal.awards.filter(place=set_aside).exists():
            raise Refused(_("The proposal has no bid at this place."), field="set_aside", code="does_not_exist")
        move(proposal, Decision.Status.WITHDRAWN, set_aside=set_aside, **facts)
        if set_aside is not None:
            tell(Verb.PROPOSAL_WITHDRAWN, lot, by, now, audience=Event.Audience.PUBLIC)
        elif lot.status == Lot.Status.OPENED:
            end_lot(lot=lot, ending=Lot.Ending.OBJECTION_UPHELD, by=by, now=now)
    return objection


def may_object(lot: Lot, now: datetime) -> bool:
    """Whether the lot's proposed award can be objected to at ``now``."""
    return Decision.objects.in_standstill(now).filter(lot=lot).exists()
