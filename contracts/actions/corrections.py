"""What may be put right only by two: an overdue verdict reversed, goods that came later, an expiry that was wrong."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import require_for
from accounts.models import Seat
from accounts.permissions import Permission
from contracts.actions.deliveries import record_of
from contracts.actions.locks import lock_order_lines, require_reason
from contracts.actions.reversals import is_overdue, reverse
from contracts.models import Acceptance, Correction, Delivery, DeliveryLine, Payable, ProductBatch, Verb
from contracts.rules import first_day
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Refused
from core.moves import move
from core.outbox import queue

# Whose answer counts, and what the person needs to give it.
ANSWERED_WITH = {
    Correction.Kind.REVERSAL: Permission.APPROVE_REVERSAL,
    Correction.Kind.LATER_ARRIVAL: Permission.DELIVER,
}


@action
def ask_reversal(*, acceptance: Acceptance, reason: str, by: Seat, now: datetime) -> Correction:
    """Ask a second person of the hospital to reverse a verdict whose debt is overdue."""
    line = acceptance.line
    require_for(by, Permission.ACCEPT_DELIVERY, line.delivery.hospital_id)
    if not is_overdue(acceptance, now):
        raise Refused(_("What this verdict owes is not overdue: it can be reversed at once."), code="not_now")
    correction = _ask(Correction(line=line, kind=Correction.Kind.REVERSAL, reason=reason), by=by, now=now)
    record_of(Verb.REVERSAL_ASKED, line.delivery, by=by, now=now, line=line.number, reason=correction.reason)
    return correction


@action
def ask_later_arrival(*, line: DeliveryLine, arrived_on: date, reason: str, by: Seat, now: datetime) -> Correction:
    """Ask the deliverer to confirm that goods came later than the first verdict on them says."""
    require_for(by, Permission.ACCEPT_DELIVERY, line.delivery.hospital_id)
    before = _counts_from(line)
    if before is None:
        raise Refused(_("Give the verdict on this batch first: its day is the first day."), code="not_now")
    if not before < arrived_on <= legal_date(now):
        message = _("What is owed counts from %(day)s: name a later day, until today.") % {"day": before}
        raise Refused(message, field="arrived_on", code="date_out_of_range")
    asked = Correction(line=line, kind=Correction.Kind.LATER_ARRIVAL, arrived_on=arrived_on, reason=reason)
    correction = _ask(asked, by=by, now=now)
    facts = {"line": line.number, "day": arrived_on.isoformat(), "reason": correction.reason}
    record_of(Verb.LATER_ARRIVAL_ASKED, line.delivery, by=by, now=now, **facts)
    return correction


@action
def approve_correction(*, correction: Correction, by: Seat, now: datetime) -> Correction:
    """Do what was asked, as another person than the one who asked: of the hospital for a reversal, of the deliverer
    for goods that came later. Refused where it is no longer possible, as after a payment."""
    _require_answerer(correction, by, now)
    if correction.kind == Correction.Kind.REVERSAL:
        move(correction, Correction.Status.APPROVED, answered_at=now, answered_by=by)
        standing = Acceptance.objects.standing().filter(line=correction.line).select_related("line__delivery").first()
        if standing is None:
            raise Conflict(_("This verdict was reversed already."), code="already_done")
        reverse(standing, correction.reason, by=by, now=now)
    else:
        _move_first_day(correction, by=by, now=now)
    queue("contracts.tasks.tell_of_correction", correction.pk, now=now)
    return correction


@action
def decline_correction(*, correction: Correction, reason: str, by: Seat, now: datetime) -> Correction:
    """Leave everything as it is, and say why."""
    _require_answerer(correction, by, now)
    reason = require_reason(reason)
    move(correction, Correction.Status.DECLINED, answered_at=now, answered_by=by, answer=reason)
    line = correction.line
    record_of(Verb.CORRECTION_DECLINED, line.delivery, by=by, now=now, line=line.number, reason=reason)
    queue("contracts.tasks.tell_of_correction", correction.pk, now=now)
    return correction


@action
def withdraw_correction(*, correction: Correction, by: Seat, now: datetime) -> Correction:
    """The hospital no longer asks."""
    require_for(by, Permission.ACCEPT_DELIVERY, correction.line.delivery.hospital_id)
    move(correction, Correction.Status.WITHDRAWN, answered_at=now, answered_by=by)
    line = correction.line
    record_of(Verb.CORRECTION_WITHDRAWN, line.delivery, by=by, now=now, line=line.number)
    return correction


@action
def correct_expiry(*, line: DeliveryLine, expires_on: date, reason: str, by: Seat, now: datetime) -> ProductBatch:
    """Whoever sent a batch says that its expiry was written wrongly. It changes wherever the batch is, every hospital
    that has it is told, and the day that was said before stays beside the new one."""
    require_for(by, Permission.DELIVER, line.delivery.deliverer_id)
    reason = require_reason(reason)
    batch = ProductBatch.objects.select_for_update(of=("self",)).get(pk=line.batch_id)
    before = batch.expires_on
    if before == expires_on:
        raise Refused(_("This is the expiry on record."), field="expires_on", code="unchanged")
    facts = {"expires_on": expires_on, "said_before": before, "corrected_at": now, "corrected_by": by}
    ProductBatch.objects.filter(pk=batch.pk).update(**facts)
    told = {"batch": batch.number, "before": before.isoformat(), "expires_on": expires_on.isoformat()}
    sent = Delivery.objects.filter(lines__batch=batch).select_related("order__contract").distinct()
    for delivery in sent.order_by("pk"):
        record_of(Verb.EXPIRY_CORRECTED, delivery, by=by, now=now, reason=reason, **told)
        queue("contracts.tasks.tell_of_expiry", delivery.pk, batch.pk, now=now)
    batch.refresh_from_db()
    return batch


def _ask(correction: Correction, *, by: Seat, now: datetime) -> Correction:
    correction.reason = require_reason(correction.reason)
    correction.asked_at, correction.asked_by = now, by
    _note_lapsed(correction.line, now)
    try:
        with transaction.atomic():
            correction.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("A correction of this batch waits for its answer already."), code="already_done") from None
    queue("contracts.tasks.tell_of_correction", correction.pk, now=now)
    return correction


def _note_lapsed(line: DeliveryLine, now: datetime) -> None:
    """What nobody answered in time ended then, by itself; it is noted when the next one is asked."""
    for correction in line.corrections.lapsed(now):
        move(correction, Correction.Status.LAPSED)
        record_of(Verb.CORRECTION_LAPSED, line.delivery, by=None, now=correction.lapses_at, line=line.number)


def _require_answerer(correction: Correction, by: Seat, now: datetime) -> None:
    delivery = correction.line.delivery
    theirs = delivery.hospital_id if correction.kind == Correction.Kind.REVERSAL else delivery.deliverer_id
    require_for(by, ANSWERED_WITH[Correction.Kind(correction.kind)], theirs)
    if by.person_id == correction.asked_by.person_id:
        raise Refused(_("Somebody else than the person who asked answers this."), code="same_person")
    if correction.status == Correction.Status.ASKED and correction.lapses_at <= now:
        raise Refused(_("Nobody answered in time, so this lapsed. It can be asked anew."), code="lapsed")


def _counts_from(line: DeliveryLine) -> date | None:
    """The day from which the line's goods are owed; None before its first verdict."""
    first = line.acceptances.filter(number=1).first()
    return first_day(first.accepted_on, line.arrived_on) if first else None


def _move_first_day(correction: Correction, *, by: Seat, now: datetime) -> None:
    """Let the line, and what its standing verdict owes, count from the day that the deliverer confirms."""
    line, arrived_on = correction.line, correction.arrived_on
    lock_order_lines([line.order_line_id], with_volumes=False)
    line.refresh_from_db(fields=("arrived_on",))
    owed = Payable.objects.filter(acceptance__line=line, acceptance__reversed_by=None).locked().first()
    before = _counts_from(line)
    if arrived_on is None or before is None or not before < arrived_on:
        raise Conflict(_("What is owed counts from %(day)s already.") % {"day": before}, code="already_done")
    if owed and owed.last_paid_on and owed.last_paid_on < arrived_on:
        raise Refused(_("Something of it was paid before that day: its first day stays."), code="paid")
    days = (arrived_on - before).days
    move(correction, Correction.Status.APPROVED, answered_at=now, answered_by=by, moved_days=days)
    DeliveryLine.objects.filter(pk=line.pk).update(arrived_on=arrived_on)
    if owed:
        due_on = line.delivery.order.contract.payment_term.due_on(arrived_on)
        Payable.objects.filter(pk=owed.pk).update(owed_from=arrived_on, due_on=due_on)
    facts = {"line": line.number, "day": arrived_on.isoformat(), "days": days}
    record_of(Verb.FIRST_DAY_MOVED, line.delivery, by=by, now=now, **facts)
