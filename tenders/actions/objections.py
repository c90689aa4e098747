"""Objections: a bidder's challenge stops the lot until the agency has answered it."""

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
from tenders.actions.lots import end_lot, hold, tell
from tenders.actions.opening.closing import wait_for_bids_in_flight
from tenders.duties import permit
from tenders.models import Bid, Lot, Objection, Verb

MOST_CHARACTERS = 5000
RUNNING = (Lot.Status.EVALUATED, Lot.Status.RANKED, Lot.Status.PROPOSED)


@action
def file_objection(*, lot: Lot, text: str, by: Seat, now: datetime) -> Objection:
    """Object, as a bidder of the lot, to its technical result before that is final, or to its proposed award.

    The lot stands still until the answer: no price is opened, nothing is awarded. A bidder has one objection
    at a time before each answer.
    """
    require(by, Permission.OBJECT)
    if not Bid.objects.standing().filter(lot=lot, supplier=by.organisation_id).exists():
        raise Refused(_("Only a bidder of this lot can object."), code="not_a_bidder")
    _check_text(text, "text")
    # Whoever asks the openers for prices holds the same lock: they see this objection, or it sees their request.
    wait_for_bids_in_flight(lot.tender)
    lot = hold(lot, *Lot.Status)
    stage = open_stage(lot, now)
    if stage is None:
        raise Refused(_("Nothing in this lot can be objected to at this time."), code="no_window")
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
    tell(Verb.OBJECTION_FILED, lot, by, now)
    queue("tenders.tasks.announce_objection", objection.pk, now=now)
    return objection


@action
def answer_objection(*, objection: Objection, answer: str, text: str, by: Seat, now: datetime) -> Objection:
    """Answer an objection, once and with reasons. Upheld, it ends the lot; rejected, the lot goes on.

    Refused for a person who evaluated the tender. A lot that had ended before the answer stays as it ended.
    """
    permit(objection.lot.tender, by, Permission.ANSWER_OBJECTION)
    if answer not in (Objection.Answer.UPHELD, Objection.Answer.REJECTED):
        raise Refused(_("Say whether the objection is upheld or rejected."), field="answer")
    _check_text(text, "text")
    lot = hold(objection.lot, *Lot.Status)
    facts = {"answer": answer, "answer_text": text.strip(), "answered_at": now, "answered_by": by}
    if Objection.objects.waiting().filter(pk=objection.pk).update(**facts) != 1:
        raise Conflict(_("This objection was answered already. Reload the page to read the answer."))
    objection.refresh_from_db()
    word = Objection.Answer(answer).label
    tell(Verb.OBJECTION_ANSWERED, lot, by, now, audience=Event.Audience.PUBLIC, answer=word)
    if answer == Objection.Answer.UPHELD and lot.status in RUNNING:
        end_lot(lot=lot, status=Lot.Status.FAILED, reason=Lot.Reason.OBJECTION_UPHELD, by=by, now=now)
    queue("tenders.tasks.announce_answer", objection.pk, now=now)
    return objection


def open_stage(lot: Lot, now: datetime) -> str | None:
    """What of a lot can be objected to at ``now``: its technical result, its proposed award, or nothing.

    A result that ended the lot can be objected to as well: whoever failed wants to know why.
    """
    if lot.status == Lot.Status.PROPOSED:
        return Objection.Stage.AWARD if now < lot.award.standstill_until else None
    result = getattr(lot, "technical_result", None)
    cancelled = lot.reason == Lot.Reason.CANCELLED
    return Objection.Stage.TECHNICAL if result and now < result.final_at and not cancelled else None


def _check_text(text: str, field: str) -> None:
    if not text.strip():
        raise Refused(_("Give your reasons: the other side must be able to follow them."), field=field)
    if len(text) > MOST_CHARACTERS:
        raise Refused(_("Write at most %(most)d characters.") % {"most": MOST_CHARACTERS}, field=field)
