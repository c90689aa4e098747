"""An edition goes to a second person, who publishes it or asks back; the one before ends the day before."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Seat
from catalogue.actions.lists.drafting import hold, hold_draft, require_next_day
from catalogue.actions.lists.standards import write_payment_standards
from catalogue.models import Edition, Verb
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from core.moves import move
from core.outbox import queue

_DAY = timedelta(days=1)


@action
def propose_edition(*, edition: Edition, removal_reason: str = "", by: Seat, now: datetime) -> Edition:
    """Give a draft to review. What is not in it of the edition before stands in the comparison as removed, and why it
    is left out must be said. Refused where it changes nothing."""
    held = hold_draft(edition, by)
    require_next_day(held.valid_from, held.before, now)
    counts = held.differences()
    if not held.entries.exists():
        raise Refused(_("The edition has no entry yet."), code="empty")
    if held.before and not any(counts.values()):
        raise Refused(_("The edition says the same as the one before."), code="unchanged")
    if counts["removed"] and not removal_reason.strip():
        said = _("Say why %(n)s entries are left out.") % {"n": counts["removed"]}
        raise Refused(said, field="removal_reason", code="required")
    facts = {"removal_reason": removal_reason.strip(), "proposed_at": now, "proposed_by": by}
    move(held, Edition.Status.PROPOSED, **facts)
    told: dict[str, Any] = {"title": held.title, **counts}
    record(Verb.EDITION_PROPOSED, held.reference, by=by, now=now, **told)
    return held


@action
def ask_back_edition(*, edition: Edition, question: str, by: Seat, now: datetime) -> Edition:
    """Give an edition back to who prepares it, with a question; whoever gave it to review may take it back so."""
    held = hold(edition, by)
    if not question.strip():
        raise Refused(_("Say what should be mended or answered."), field="question", code="required")
    move(held, Edition.Status.DRAFT, asked_back_at=now, asked_back_by=by, question=question.strip())
    record(Verb.EDITION_ASKED_BACK, held.reference, by=by, now=now, title=held.title, question=question.strip())
    return held


@action
def publish_edition(*, edition: Edition, removed: int, by: Seat, now: datetime) -> Edition:
    """Publish, as the second person, an edition that was given to review. From its day on it holds; the one before
    ends the day before, and its payment standards go into the price register with it.

    ``removed`` says how many entries the reviewer has seen removed: Refused where that is not what it does.
    """
    held = hold(edition, by)
    require_reviewer(held, by)
    require_next_day(held.valid_from, held.before, now)
    counts = held.differences()
    if counts["removed"] != removed:
        raise Refused(
            _("%(n)s entries are removed, not %(said)s. Look through them first.")
            % {"n": counts["removed"], "said": removed},
            field="removed",
            code="removed_differs",
        )
    _end_before(held)
    move(held, Edition.Status.PUBLISHED, published_at=now, published_by=by)
    write_payment_standards(held, by=by, now=now)
    told: dict[str, Any] = {"title": held.title, "first_day": held.valid_from.isoformat(), **counts}
    public = Event.Audience.PUBLIC
    record(Verb.EDITION_PUBLISHED, held.reference, by=by, now=now, audience=public, **told)
    queue("catalogue.tasks.tell_of_edition", held.pk, now=now)
    return held


def require_reviewer(edition: Edition, by: Seat) -> None:
    """Refused for who has drafted the edition or given it to review, from whatever seat."""
    if edition.status != Edition.Status.PROPOSED:
        raise Refused(_("Only an edition that was given to review is published."), code="not_now")
    people = {edition.drafted_by.person_id, edition.proposed_by and edition.proposed_by.person_id}
    if by.person_id in people:
        raise Refused(_("Another person than who prepared it reviews an edition."), code="same_person")


def _end_before(edition: Edition) -> None:
    """Let the edition before hold until the day before. Conflict where it is not the last one any more."""
    last = edition.list.editions.published().filter(valid_to=None)
    if edition.before is None:
        if last.exists():
            raise Conflict(_("Somebody else has just published another edition of this list."))
        return
    if last.filter(pk=edition.before_id).update(valid_to=edition.valid_from - _DAY) != 1:
        raise Conflict(_("Somebody else has just published another edition of this list."))
