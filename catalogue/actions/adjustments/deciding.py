"""An officer asks back, accepts or refuses what was proposed; its proposer answers or takes it back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.access import require
from accounts.documents import Paper
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.actions.adjustments.carrying import carry_out
from catalogue.actions.adjustments.proposing import (
    PROPOSERS,
    before_of,
    check_papers,
    faults_of,
    keep_papers,
)
from catalogue.actions.adjustments.said import changed, current_versions
from catalogue.models import Adjustment, Verb
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.events import record
from core.moves import move
from core.outbox import queue

_Status = Adjustment.Status
_KEEPS = Permission.IMPORT_CATALOGUE


@action
def ask_back_adjustment(*, adjustment: Adjustment, question: str, by: Seat, now: datetime) -> Adjustment:
    """Ask the proposer for what is missing or unclear; it then waits for the answer."""
    require(by, _KEEPS)
    held, question = _held(adjustment), _words(question, "question")
    facts = {"question": question, "asked_at": now, "asked_by": by, "answer": "", "answered_at": None}
    move(held, _Status.ASKED, waits_since=now, **facts, answered_by=None)
    return _tell(Verb.ADJUSTMENT_ASKED, held, by=by, now=now, question=question)


@action
def answer_adjustment(
    *,
    adjustment: Adjustment,
    answer: str,
    said: Mapping[str, str] | None = None,
    papers: Sequence[Paper] = (),
    by: Seat,
    now: datetime,
) -> Adjustment:
    """Answer what was asked, perhaps with other words (``said`` whole, None as they are) and further files: it waits
    for an officer again."""
    held = _own(adjustment, by)
    answer = _words(answer, "answer")
    check_papers(papers, needed=False)
    facts: dict[str, Any] = {"answer": answer, "answered_at": now, "answered_by": by, "waits_since": now}
    if said is not None:
        facts |= _said_anew(held, said)
    move(held, _Status.PROPOSED, **facts)
    keep_papers(held.bundle, papers, by, now)
    return _tell(Verb.ADJUSTMENT_ANSWERED, held, by=by, now=now, answer=answer)


@action
def withdraw_adjustment(*, adjustment: Adjustment, reason: str, by: Seat, now: datetime) -> Adjustment:
    """Take a proposal back that is not decided."""
    held = _own(adjustment, by)
    reason = _words(reason, "reason")[:300]
    move(held, _Status.WITHDRAWN, decision=reason, decided_at=now, decided_by=by, waits_since=now)
    return _tell(Verb.ADJUSTMENT_WITHDRAWN, held, by=by, now=now, reason=reason)


@action
def refuse_adjustment(*, adjustment: Adjustment, reason: str, by: Seat, now: datetime) -> Adjustment:
    """Leave the catalogue as it is, with the reason, which the proposer reads."""
    require(by, _KEEPS)
    held, reason = _held(adjustment), _words(reason, "reason")[:300]
    move(held, _Status.REFUSED, decision=reason, decided_at=now, decided_by=by, waits_since=now)
    return _tell(Verb.ADJUSTMENT_REFUSED, held, by=by, now=now, reason=reason)


@action
def accept_adjustment(
    *,
    adjustment: Adjustment,
    starts_on: date | None = None,
    seen: datetime | None = None,
    by: Seat,
    now: datetime,
) -> Adjustment:
    """Carry out what was proposed, from a day on (today where none is given), in this one act: by an import of one row,
    an edit, or a withdrawal. Refused with whatever that act refuses, and where the catalogue says something else by
    now than when it was proposed, or the proposal something else than when it was ``seen``: since when it waited then.
    """
    require(by, _KEEPS)
    held, day = _held(adjustment), starts_on or legal_date(now)
    if held.status != _Status.PROPOSED:
        raise Refused(
            _("This is not possible while the status is “%(status)s”.") % {"status": held.get_status_display()},
            code="not_now",
        )
    if seen is not None and seen != held.waits_since:
        words = _("This proposal was answered anew since you read it. Read what it says now.")
        raise Conflict(words, code="changed_meanwhile")
    item, product = carry_out(held, day, by=by, now=now)
    facts = {"decided_at": now, "decided_by": by, "starts_on": day, "item": item, "product": product}
    move(held, _Status.ACCEPTED, waits_since=now, **facts)
    thing = product or item
    told = {"thing": thing.reference if thing else "–", "day": day.isoformat()}
    return _tell(Verb.ADJUSTMENT_ACCEPTED, held, by=by, now=now, **told)


def _said_anew(held: Adjustment, said: Mapping[str, str]) -> dict[str, Any]:
    versions = current_versions([held.product.pk] if held.product else [])
    before = before_of(held, versions)
    words = {name: text.strip() for name, text in said.items() if text.strip()}
    kept = words if held.kind == Adjustment.Kind.ADD else changed(said, before)
    faults = faults_of(held.kind, kept, before)
    if faults:
        raise Refused(faults[0].message, faults=faults)
    return {"said": kept, "before": {name: before[name] for name in kept if name in before}}


def _held(adjustment: Adjustment) -> Adjustment:
    """The proposal as it is now, held until commit."""
    return Adjustment.objects.select_for_update(of=("self",)).for_list().get(pk=adjustment.pk)


def _own(adjustment: Adjustment, by: Seat) -> Adjustment:
    require(by, *PROPOSERS)
    if adjustment.organisation_id not in by.lineage:
        raise Denied(PROPOSERS[0])
    return _held(adjustment)


def _words(text: str, field: str) -> str:
    if not text.strip():
        raise Refused(_("Give the reason, so that the other side knows."), field=field, code="required")
    return text.strip()[:500]


def _tell(verb: Verb, held: Adjustment, *, by: Seat, now: datetime, **told: Any) -> Adjustment:
    record(verb, held.reference, by=by, now=now, organisations=[held.organisation_id], **told)
    queue("catalogue.tasks.tell_of_adjustment", held.reference, str(held.status), held.organisation_id, now=now)
    return held
