"""Objections: a bidder's challenge stops the lot until the agency has answered it.

Those against a technical result are filed and answered here. Those against what follows from opened prices the room
of awards files and answers, through ``keep_objection`` and ``keep_answer``.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.errors import Conflict, Refused
from core.models import Event
from core.outbox import queue
from core.references import next_reference
from tenders.actions.holds import lift
from tenders.actions.lots import end_lot, hold, tell
from tenders.actions.opening.closing import wait_for_bids_in_flight
from tenders.actions.rounds import judge_again
from tenders.duties import permit
from tenders.models import Bid, Hold, Lot, Objection, Verb

MOST_CHARACTERS = 5000


@action
def file_objection(*, lot: Lot, text: str, by: Seat, now: datetime) -> Objection:
    """Object, as a bidder of the lot, to its technical result before that is final. No price is opened until the
    answer."""
    lot = hold_for_objection(lot, text, by)
    if not may_object(lot, now):
        raise nothing_to_object_to()
    return keep_objection(lot=lot, stage=Objection.Stage.TECHNICAL, text=text, by=by, now=now)


@action
def answer_objection(
    *, objection: Objection, answer: str, text: str, again: Sequence[str] = (), by: Seat, now: datetime
) -> Objection:
    """Answer an objection to a technical result, once and with reasons. Rejected, the lot goes on. Upheld, the bids
    that ``again`` names are judged anew in a further round (``actions.rounds``), also where the result had ended the
    lot; with none named the lot ends.

    Refused for a person who evaluated the tender.
    """
    if again and answer != Objection.Answer.UPHELD:
        raise Refused(
            _("Bids are judged again only where the objection is upheld."), field="again", code="must_be_empty"
        )
    lot = keep_answer(objection=objection, stage=Objection.Stage.TECHNICAL, answer=answer, text=text, by=by, now=now)
    if again:
        reason = _("an objection was upheld: %(reference)s") % {"reference": objection.reference}
        judge_again(lot=lot, bids=again, reason=reason, by=by, now=now)
    elif objection.answer == Objection.Answer.UPHELD and lot.status in (Lot.Status.OPEN, Lot.Status.EVALUATED):
        end_lot(lot=lot, ending=Lot.Ending.OBJECTION_UPHELD, by=by, now=now)
    return objection


def may_object(lot: Lot, now: datetime) -> bool:
    """Whether the lot's technical result can be objected to at ``now``.

    A result that ended the lot can be objected to as well: whoever failed wants to know why.
    """
    result = lot.technical_result
    return result is not None and now < result.final_at and lot.ending != Lot.Ending.CANCELLED


def hold_for_objection(lot: Lot, text: str, by: Seat) -> Lot:
    """The lot as it is now, held until commit, if ``by`` bids in it and gives reasons."""
    require(by, Permission.OBJECT)
    if not Bid.objects.standing().filter(lot=lot, supplier=by.organisation_id).exists():
        raise Refused(_("Only a bidder of this lot can object."), code="not_a_bidder")
    _check_text(text)
    # Whoever asks the openers for prices holds the same lock: they see this objection, or it sees their request.
    wait_for_bids_in_flight(lot.tender)
    return hold(lot, *Lot.Status)


def nothing_to_object_to() -> Refused:
    return Refused(_("Nothing in this lot can be objected to at this time."), code="no_window")


def keep_objection(*, lot: Lot, stage: str, text: str, by: Seat, now: datetime) -> Objection:
    """Write an objection of a stage against a lot that is held. The lot stands still until the answer; a bidder has
    one objection at a time before each answer."""
    if Objection.objects.waiting().filter(lot=lot, supplier=by.organisation_id).exists():
        raise Conflict(_("Your objection is filed already and waits for its answer."), code="waiting")
    objection = Objection.objects.create(
        reference=next_reference("objection", "OB", now),
        lot=lot,
        supplier=by.organisation,
        stage=stage,
        text=text.strip(),
        filed_at=now,
        filed_by=by,
    )
    Hold.objects.create(lot=lot, code=Hold.Code.OBJECTION, reference=objection.reference, held_at=now, held_by=by)
    tell(Verb.OBJECTION_FILED, lot, by, now)
    queue("tenders.tasks.announce_objection", objection.pk, now=now)
    return objection


def keep_answer(*, objection: Objection, stage: str, answer: str, text: str, by: Seat, now: datetime) -> Lot:
    """Write the answer to an objection of a stage, once, and give the lot back, held until commit."""
    permit(objection.lot.tender, by, Permission.ANSWER_OBJECTION)
    if objection.stage != stage:
        raise Refused(_("This objection is against something else."), code="other_stage")
    if answer not in (Objection.Answer.UPHELD, Objection.Answer.REJECTED):
        raise Refused(_("Say whether the objection is upheld or rejected."), field="answer", code="invalid_choice")
    _check_text(text)
    lot = hold(objection.lot, *Lot.Status)
    facts = {"answer": answer, "answer_text": text.strip(), "answered_at": now, "answered_by": by}
    if Objection.objects.waiting().filter(pk=objection.pk).update(**facts) != 1:
        raise Conflict(
            _("This objection was answered already. Reload the page to read the answer."), code="already_done"
        )
    objection.refresh_from_db()
    lift(lot, Hold.Code.OBJECTION, objection.reference, by=by, now=now)
    word = Objection.Answer(answer).label
    tell(Verb.OBJECTION_ANSWERED, lot, by, now, audience=Event.Audience.PUBLIC, answer=word)
    queue("tenders.tasks.announce_answer", objection.pk, now=now)
    return lot


def _check_text(text: str) -> None:
    if not text.strip():
        raise Refused(
            _("Give your reasons: the other side must be able to follow them."), field="text", code="required"
        )
    if len(text) > MOST_CHARACTERS:
        raise Refused(
            _("Write at most %(most)d characters.") % {"most": MOST_CHARACTERS}, field="text", code="max_length"
        )
