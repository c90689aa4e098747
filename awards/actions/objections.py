"""Objections to a proposed award: until the standstill ends, and the answer that lets it stand or withdraws it."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Seat
from awards.actions.awarding import standing_proposal
from awards.models import Decision
from core.actions import action
from core.moves import move
from tenders.actions import objections
from tenders.actions.lots import end_lot
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
def answer_objection(*, objection: Objection, answer: str, text: str, by: Seat, now: datetime) -> Objection:
    """Answer an objection to a proposed award, once and with reasons. Upheld, it withdraws the proposal and ends the
    lot; rejected, the proposal stands.

    Refused for a person who evaluated the tender. A lot that had ended before the answer stays as it ended.
    """
    lot = objections.keep_answer(
        objection=objection, stage=Objection.Stage.AWARD, answer=answer, text=text, by=by, now=now
    )
    if objection.answer == Objection.Answer.UPHELD and lot.status == Lot.Status.OPENED:
        withdraw(lot, _("an objection was upheld: %(reference)s") % {"reference": objection.reference}, by, now)
        end_lot(lot=lot, ending=Lot.Ending.OBJECTION_UPHELD, by=by, now=now)
    return objection


def withdraw(lot: Lot, reason: str, by: Seat, now: datetime) -> None:
    """Withdraw the proposal on a lot that is held."""
    facts = {"withdrawn_at": now, "withdrawn_by": by, "withdraw_reason": reason}
    move(standing_proposal(lot), Decision.Status.WITHDRAWN, **facts)


def may_object(lot: Lot, now: datetime) -> bool:
    """Whether the lot's proposed award can be objected to at ``now``."""
    return Decision.objects.in_standstill(now).filter(lot=lot).exists()
