"""Deciding: the second of two people. Approval takes the tender's lock, exclusive to bids and to the close.

A bid in flight commits first and then meets the change, or waits and is checked against it; of a close and an
extension at the same instant exactly one wins. The instant is the database's, by whose clock bids are dated,
and the database refuses by itself what comes too late or from one person.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.clock import database_clock
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from core.moves import move
from core.outbox import queue
from tenders.actions.changes.checks import SENTENCES, check_amendment, check_extension
from tenders.actions.notices import issue_notice
from tenders.actions.opening.closing import wait_for_bids_in_flight
from tenders.actions.preparation import in_words, lock_tender
from tenders.actions.publication import carry_out_cancellation
from tenders.duties import permit
from tenders.keylist import current_openers, fingerprint
from tenders.models import Change, Criterion, Lot, Tender, Verb
from tenders.rules.changes import LOT_FIELDS, ChangeGap, NoticeTerms, from_json

CLOSED_STATE = "PT005"  # how the trigger of the tenders says that the deadline has come


@action
def approve_change(*, change: Change, by: Seat, now: datetime) -> Change:
    """Approve what somebody else proposed, and carry it out. Everybody is told, whether they bid or not.

    Refused for the proposer's own person, and for a change before the deadline once it has come; Conflict
    where it is decided already, or the notice is no longer the one that the proposal saw.
    """
    tender, change = _held(change, by)
    if change.proposed_by.person_id == by.person_id:
        raise Refused(_("You proposed this yourself: somebody else approves it."), code="two_people")
    _check(tender, change, database_clock())
    move(change, Change.Status.APPROVED, approved_at=now, approved_by=by, deadline_before=tender.deadline)
    try:
        _CARRY_OUT[change.kind](tender, change, by, now)
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") != CLOSED_STATE:
            raise
        raise Refused(str(SENTENCES[ChangeGap.DEADLINE_CAME]), code="closed") from None
    return change


@action
def decline_change(*, change: Change, reason: str, by: Seat, now: datetime) -> Change:
    """Decline a proposal, or take back one's own, with the reason. The tender stays as it is."""
    tender, change = _held(change, by)
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    facts = {"declined_at": now, "declined_by": by, "decline_reason": reason.strip()}
    move(change, Change.Status.DECLINED, **facts)
    record(
        Verb.CHANGE_DECLINED,
        tender.reference,
        by=by,
        now=now,
        kind=change.get_kind_display(),
        proposer=change.proposed_by.signature,
        reason=change.decline_reason,
    )
    return change


def _held(change: Change, by: Seat) -> tuple[Tender, Change]:
    """The tender and the waiting change as they are now, held until commit."""
    permit(change.tender, by, Permission.PUBLISH_TENDER)
    wait_for_bids_in_flight(change.tender)
    tender = lock_tender(change.tender)
    change = Change.objects.select_related("proposed_by__person", "proposed_by__organisation").get(pk=change.pk)
    change.tender = tender
    if change.status != Change.Status.PROPOSED:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    return tender, change


def _check(tender: Tender, change: Change, at: datetime) -> None:
    """Ask again what was asked at the proposal: the tender may have changed, and days have passed."""
    if change.kind == Change.Kind.AMENDMENT:
        if tender.terms != change.terms_before:
            raise Conflict(
                _("The notice was amended since this was proposed. Propose it again on what it says now."),
                code="conflict",
            )
        terms = from_json(change.body)
        if terms.keys != fingerprint(tender, current_openers(tender)):
            raise Conflict(
                _("An opener was replaced since this was proposed. Propose it again with the new key list."),
                code="conflict",
            )
        check_amendment(tender, terms, change.deadline, at=at)
    elif change.deadline:
        check_extension(tender, change.deadline, at=at)


def _extend(tender: Tender, change: Change, by: Seat, now: datetime) -> None:
    _write(tender, deadline=change.deadline)
    _tell_of_extension(change, by, now)
    queue("tenders.tasks.announce_extension", change.pk, now=now)


def _tell_of_extension(change: Change, by: Seat, now: datetime) -> None:
    words = {"before": in_words(change.deadline_before), "deadline": in_words(change.deadline)}
    _tell(Verb.TENDER_EXTENDED, change, by, now, **words)


def _amend(tender: Tender, change: Change, by: Seat, now: datetime) -> None:
    terms = from_json(change.body)
    _write_terms(tender, terms)
    notice = issue_notice(tender, change=change, documents=terms.documents, by=by, now=now)
    columns = {name: getattr(terms, name) for name in ("summary", "supply_from", "supply_to")}
    _write(
        tender,
        **columns,
        notice=notice.document,
        terms=notice.sha256,
        deadline=change.deadline or tender.deadline,
    )
    _tell(Verb.TENDER_AMENDED, change, by, now, number=notice.number, terms=notice.sha256)
    if change.deadline:
        _tell_of_extension(change, by, now)
    queue("tenders.tasks.announce_amendment", change.pk, now=now)


def _write_terms(tender: Tender, terms: NoticeTerms) -> None:
    """Lots, criteria and the plan as the new notice will say them; the tender's own row follows with its hash."""
    tender.summary, tender.supply_from, tender.supply_to = terms.summary, terms.supply_from, terms.supply_to
    lots = {lot.number: lot for lot in tender.lots.all()}
    for asked in terms.lots:
        lot = lots[asked.number]
        for name in LOT_FIELDS:
            setattr(lot, name, getattr(asked, name))
    Lot.objects.bulk_update(lots.values(), LOT_FIELDS)
    criteria = {one.number: one for one in tender.criteria.all()}
    for line in terms.criteria:
        one = criteria[line.number]
        one.title, one.guidance, one.max_points = line.title, line.guidance, line.max_points
    Criterion.objects.bulk_update(criteria.values(), ["title", "guidance", "max_points"])


def _cancel(tender: Tender, change: Change, by: Seat, now: datetime) -> None:
    carry_out_cancellation(tender, reason=change.reason, by=by, now=now)
    _tell(Verb.TENDER_CANCELLED, change, by, now)
    queue("tenders.tasks.announce_cancellation", tender.pk, now=now)


_CARRY_OUT: dict[str, Callable[[Tender, Change, Seat, datetime], None]] = {
    Change.Kind.EXTENSION: _extend,
    Change.Kind.AMENDMENT: _amend,
    Change.Kind.CANCELLATION: _cancel,
}


def _write(tender: Tender, **columns: object) -> None:
    Tender.objects.filter(pk=tender.pk).update(**columns)
    for name, value in columns.items():
        setattr(tender, name, value)


def _tell(verb: Verb, change: Change, by: Seat, now: datetime, **data: Any) -> None:
    """An event for everybody that names both people."""
    record(
        verb,
        change.tender.reference,
        by=by,
        now=now,
        audience=Event.Audience.PUBLIC,
        proposer=change.proposed_by.signature,
        reason=change.reason,
        **data,
    )
