"""A delivery: sent by batch, accepted, rejected or short by batch, and a verdict reversed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.access import require_for
from accounts.models import Seat
from accounts.permissions import Permission
from contracts.actions.locks import lock_order_lines, release, require_reason
from contracts.models import Acceptance, AgreedVolume, Delivery, DeliveryLine, Order, OrderLine, Payable, Verb
from contracts.rules import drawn, owed_by_part, remaining_life, taken_back
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Fault, Refused
from core.events import record
from core.outbox import queue
from core.references import next_reference


@dataclass(frozen=True)
class Batch:
    """One batch as sent: the number of the contract line, the maker's batch, its last day, whole packs."""

    line: int
    batch: str
    expires_on: date
    packs: int


@dataclass(frozen=True)
class Verdict:
    """What became of one line of a delivery note, in packs: accepted + rejected + short = delivered.

    ``replacement`` says whether what is missing is to be delivered again; if not, it is released.
    """

    line: int
    accepted: int
    rejected: int = 0
    short: int = 0
    rejection: str = Acceptance.Rejection.NONE
    note: str = ""
    replacement: bool = True

    @property
    def missing(self) -> int:
        return self.rejected + self.short


@action
def send_delivery(*, order: Order, batches: Sequence[Batch], note: str = "", by: Seat, now: datetime) -> Delivery:
    """The deliverer sends batches of a confirmed order: never more than is still to come, never a batch that
    expires sooner than the contract allows."""
    require_for(by, Permission.DELIVER, order.deliverer_id)
    if order.status != Order.Status.CONFIRMED:
        raise Refused(_("Only a confirmed order can be delivered."), code="not_now")
    _check_batches(batches, order.contract.minimum_shelf_life, legal_date(now))
    numbers = {batch.line for batch in batches}
    chosen = order.lines.filter(volume__line__number__in=numbers).values_list("pk", flat=True)
    lines = {line.volume.line.number: line for line in lock_order_lines(chosen, with_volumes=False).values()}
    _check_quantities(batches, lines)
    delivery = Delivery.objects.create(
        reference=next_reference("delivery", "D", now),
        order=order,
        hospital_id=order.hospital_id,
        deliverer_id=order.deliverer_id,
        note=note.strip(),
        sent_at=now,
        sent_by=by,
    )
    DeliveryLine.objects.bulk_create(
        DeliveryLine(
            delivery=delivery,
            number=number,
            order_line=lines[batch.line],
            batch=batch.batch.strip(),
            expires_on=batch.expires_on,
            packs=batch.packs,
        )
        for number, batch in enumerate(batches, start=1)
    )
    sent: Counter[int] = Counter()
    for batch in batches:
        sent[lines[batch.line].pk] += batch.packs
    OrderLine.objects.add(delivered=sent)
    _record(Verb.DELIVERY_SENT, delivery, by=by, now=now, packs=sum(sent.values()))
    queue("contracts.tasks.tell_of_delivery", delivery.pk, now=now)
    return delivery


@action
def accept_delivery(*, delivery: Delivery, verdicts: Sequence[Verdict], by: Seat, now: datetime) -> list[Acceptance]:
    """The hospital's verdict on some or all lines of a delivery; what it accepts is owed from this moment.

    A line has one verdict that stands: Conflict when somebody else has just given it. What is rejected or
    short can be delivered again, or is released where the hospital wants no replacement.
    """
    require_for(by, Permission.ACCEPT_DELIVERY, delivery.hospital_id)
    notes = {line.number: line for line in delivery.lines.all()}
    _check_verdicts(verdicts, notes)
    released = any(verdict.missing and not verdict.replacement for verdict in verdicts)
    chosen = {notes[verdict.line].order_line_id for verdict in verdicts}
    lines = lock_order_lines(chosen, with_volumes=released)
    turns = _turns(notes[verdict.line] for verdict in verdicts)
    acceptances = Acceptance.objects.bulk_create(
        _acceptance(verdict, notes[verdict.line], turns, by=by, now=now) for verdict in verdicts
    )
    _owe(delivery, acceptances, notes, lines)
    _count(acceptances, lines)
    totals = {name: sum(getattr(verdict, name) for verdict in verdicts) for name in ("accepted", "rejected", "short")}
    _record(Verb.DELIVERY_ACCEPTED, delivery, by=by, now=now, **totals)
    queue("contracts.tasks.tell_of_verdict", delivery.pk, now=now)
    return acceptances


@action
def reverse_acceptance(*, acceptance: Acceptance, reason: str, by: Seat, now: datetime) -> Acceptance:
    """Take a mistaken verdict back: the line waits for a new one, and what it owed is no longer owed.

    Refused once something of it was paid, once its missing packs came again, or where released packs no
    longer fit below the maximum. Returns the reversal, an appended row.
    """
    line = acceptance.line
    delivery = line.delivery
    require_for(by, Permission.ACCEPT_DELIVERY, delivery.hospital_id)
    reason = require_reason(reason)
    missing = acceptance.rejected + acceptance.short
    lines = lock_order_lines([line.order_line_id], with_volumes=bool(missing) and not acceptance.replacement)
    if acceptance.reverses_id or line.acceptances.count() != acceptance.number:
        raise Conflict(_("This verdict was reversed already."))
    _require_room(acceptance, missing, lines[line.order_line_id])
    _owe_less(acceptance, lines[line.order_line_id])
    reversal = Acceptance.objects.create(
        line=line,
        number=acceptance.number + 1,
        accepted=acceptance.accepted,
        rejected=acceptance.rejected,
        short=acceptance.short,
        rejection=acceptance.rejection,
        note=reason,
        replacement=acceptance.replacement,
        reverses=acceptance,
        accepted_on=legal_date(now),
        accepted_at=now,
        accepted_by=by,
    )
    if not acceptance.replacement:
        release({line.order_line_id: -missing}, lines)
    OrderLine.objects.add(accepted={line.order_line_id: -acceptance.accepted}, delivered={line.order_line_id: missing})
    _record(Verb.ACCEPTANCE_REVERSED, delivery, by=by, now=now, line=line.number, reason=reason)
    queue("contracts.tasks.tell_of_verdict", delivery.pk, now=now)
    return reversal


def _check_batches(batches: Sequence[Batch], minimum_life: int, today: date) -> None:
    if not batches:
        raise Refused(_("Enter one batch at least."), code="empty")
    faults = []
    seen: set[tuple[int, str]] = set()
    for row, batch in enumerate(batches, start=1):
        if type(batch.packs) is not int or batch.packs < 1:
            faults.append(Fault(_("Enter whole packs, 1 or more."), "packs", row))
        if not batch.batch.strip():
            faults.append(Fault(_("Enter the maker's batch number."), "batch", row))
        if (batch.line, batch.batch.strip()) in seen:
            faults.append(Fault(_("This batch stands in the delivery twice; add its packs up."), "batch", row))
        seen.add((batch.line, batch.batch.strip()))
        life = remaining_life(batch.expires_on, today)
        if life < minimum_life:
            message = _("Batch %(batch)s lasts %(life)s more days, the contract asks for %(minimum)s.")
            names = {"batch": batch.batch, "life": max(life, 0), "minimum": minimum_life}
            faults.append(Fault(message % names, "expires_on", row))
    if faults:
        raise Refused(faults[0].message, faults=faults)


def _check_quantities(batches: Sequence[Batch], lines: Mapping[int, OrderLine]) -> None:
    faults = []
    left = {number: line.packs - line.released - line.delivered for number, line in lines.items()}
    for row, batch in enumerate(batches, start=1):
        if batch.line not in left:
            faults.append(Fault(_("The order has no line %(line)s.") % {"line": batch.line}, "line", row))
            continue
        if batch.packs > left[batch.line]:
            names = {"line": batch.line, "left": f"{left[batch.line]:,}"}
            message = _("Confirmed packs of line %(line)s still to be delivered: %(left)s.")
            faults.append(Fault(message % names, "packs", row))
        left[batch.line] -= batch.packs
    if faults:
        raise Refused(faults[0].message, code="above_confirmed", faults=faults)


def _check_verdicts(verdicts: Sequence[Verdict], notes: Mapping[int, DeliveryLine]) -> None:
    if not verdicts:
        raise Refused(_("Enter what you received of one batch at least."), code="empty")
    faults = [fault for row, verdict in enumerate(verdicts, 1) for fault in _faults(row, verdict, notes)]
    twice = [number for number, times in Counter(verdict.line for verdict in verdicts).items() if times > 1]
    faults += [Fault(_("Line %(line)s stands there twice.") % {"line": number}, "line") for number in twice]
    if faults:
        raise Refused(faults[0].message, faults=faults)


def _faults(row: int, verdict: Verdict, notes: Mapping[int, DeliveryLine]) -> list[Fault]:
    if verdict.line not in notes:
        return [Fault(_("The delivery has no line %(line)s.") % {"line": verdict.line}, "line", row)]
    counts = (verdict.accepted, verdict.rejected, verdict.short)
    if any(type(count) is not int or count < 0 for count in counts):
        return [Fault(_("Line %(line)s: enter whole packs, 0 or more.") % {"line": verdict.line}, "accepted", row)]
    faults = []
    delivered = notes[verdict.line].packs
    if sum(counts) != delivered:
        message = _("Line %(line)s: accepted, rejected and short are %(sum)s packs together; %(delivered)s were sent.")
        names = {"line": verdict.line, "sum": f"{sum(counts):,}", "delivered": f"{delivered:,}"}
        faults.append(Fault(message % names, "accepted", row))
    if verdict.rejection not in Acceptance.Rejection.values or bool(verdict.rejected) != bool(verdict.rejection):
        message = _("Line %(line)s: choose a reason where packs are rejected, and only there.")
        faults.append(Fault(message % {"line": verdict.line}, "rejection", row))
    if verdict.rejection == Acceptance.Rejection.OTHER and not verdict.note.strip():
        faults.append(Fault(_("Line %(line)s: say what is wrong.") % {"line": verdict.line}, "note", row))
    return faults


def _turns(lines: Iterable[DeliveryLine]) -> Counter[int]:
    """How many verdicts and reversals each line has had. Conflict where one stands."""
    chosen = {line.pk: line.number for line in lines}
    had = Acceptance.objects.filter(line__in=chosen).order_by().values_list("line").annotate(Count("pk"))
    turns = Counter(dict(had))
    judged = sorted(chosen[key] for key, times in turns.items() if times % 2)
    if judged:
        numbers = ", ".join(str(number) for number in judged)
        raise Conflict(_("Line %(lines)s: a verdict was given already. Reverse it first.") % {"lines": numbers})
    return turns


def _acceptance(verdict: Verdict, line: DeliveryLine, turns: Counter[int], *, by: Seat, now: datetime) -> Acceptance:
    return Acceptance(
        line=line,
        number=turns[line.pk] + 1,
        accepted=verdict.accepted,
        rejected=verdict.rejected,
        short=verdict.short,
        rejection=verdict.rejection,
        note=verdict.note.strip(),
        replacement=verdict.replacement,
        accepted_on=legal_date(now),
        accepted_at=now,
        accepted_by=by,
    )


def _owe(
    delivery: Delivery,
    acceptances: Sequence[Acceptance],
    notes: Mapping[int, DeliveryLine],
    lines: Mapping[int, OrderLine],
) -> None:
    """One payable for each acceptance of goods, in the order of the delivery note's lines."""
    contract, term = delivery.order.contract, delivery.order.contract.payment_term
    before = {key: line.accepted for key, line in lines.items()}
    payables = []
    for acceptance in sorted(acceptances, key=lambda acceptance: acceptance.line.number):
        if not acceptance.accepted:
            continue
        line = lines[acceptance.line.order_line_id]
        payables.append(
            Payable(
                reference=f"{delivery.reference}-{acceptance.line.number}-{acceptance.number}",
                acceptance=acceptance,
                supplier_id=contract.supplier_id,
                payer_id=contract.agency_id,
                hospital_id=delivery.hospital_id,
                amount=owed_by_part(line.price, before[line.pk], acceptance.accepted),
                owed_from=acceptance.accepted_on,
                due_on=term.due_on(acceptance.accepted_on),
            )
        )
        before[line.pk] += acceptance.accepted
    Payable.objects.bulk_create(payables)


def _count(acceptances: Sequence[Acceptance], lines: Mapping[int, OrderLine]) -> None:
    accepted: Counter[int] = Counter()
    missing: Counter[int] = Counter()
    given_up: Counter[int] = Counter()
    for acceptance in acceptances:
        key = acceptance.line.order_line_id
        accepted[key] += acceptance.accepted
        missing[key] -= acceptance.rejected + acceptance.short
        if not acceptance.replacement:
            given_up[key] += acceptance.rejected + acceptance.short
    OrderLine.objects.add(accepted=accepted, delivered=missing)
    release({key: packs for key, packs in given_up.items() if packs}, dict(lines))


def _require_room(acceptance: Acceptance, missing: int, line: OrderLine) -> None:
    """Refuse a reversal whose missing packs cannot count as delivered again."""
    if acceptance.replacement:
        if line.delivered + missing > line.packs - line.released:
            raise Refused(_("The packs that were missing have been delivered again: this verdict stays."))
        return
    volume = AgreedVolume.objects.get(pk=line.volume_id)
    if volume.maximum is not None and volume.ordered + missing * line.pack_size > volume.maximum:
        raise Refused(_("The packs that were released have been ordered again: this verdict stays."))


def _owe_less(acceptance: Acceptance, line: OrderLine) -> None:
    """Take what the acceptance owed off its payable; a hundredth of rounding may come off another of the line."""
    if not acceptance.accepted:
        return
    payables = list(Payable.objects.filter(acceptance__line__order_line=line).locked())
    payables.sort(key=lambda payable: (payable.acceptance_id != acceptance.pk, -payable.pk))
    if payables[0].paid:
        raise Refused(_("Something of it has been paid: this verdict stays."), code="paid")
    back = taken_back(line.price, line.accepted, acceptance.accepted)
    try:
        parts = drawn(back, [(payable.pk, payable.open_amount) for payable in payables])
    except ValueError:
        raise Refused(_("Something of it has been paid: this verdict stays."), code="paid") from None
    Payable.objects.add(reversed=parts)


def _record(verb: Verb, delivery: Delivery, *, by: Seat, now: datetime, **data: Any) -> None:
    parties = {delivery.hospital_id, delivery.deliverer_id, delivery.order.contract.supplier_id}
    data["delivery"] = delivery.reference
    record(verb, delivery.order.reference, by=by, now=now, organisations=parties, **data)
