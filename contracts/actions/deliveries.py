"""A delivery: sent by batch, and accepted, rejected or short by batch."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.access import require_for
from accounts.models import Organisation, Seat
from accounts.permissions import Permission
from contracts import searching
from contracts.actions.locks import lock_order_lines, release
from contracts.actions.payers import Parties
from contracts.models import Acceptance, Delivery, DeliveryLine, Order, OrderLine, Payable, ProductBatch, Verb
from contracts.models.delivery import BATCH_LENGTH
from contracts.rules import NO_FEE, first_day, is_expired, owed_by_part, remaining_life
from core import search
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Fault, Refused
from core.events import record
from core.folding import fold
from core.outbox import queue
from core.own_numbers import Sending, refuse_twice
from core.references import next_reference


@dataclass(frozen=True)
class Batch:
    """One batch as sent: the number of the order line, the maker's batch, its last day, whole packs, and what the
    row is called in the deliverer's own system."""

    line: int
    batch: str
    expires_on: date
    packs: int
    own_number: str = ""


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
def send_delivery(
    *, order: Order, batches: Sequence[Batch], note: str = "", own_number: str = "", by: Seat, now: datetime
) -> Delivery:
    """The deliverer sends batches of a confirmed order: never more than is still to come, never a batch that
    expires sooner than the contract allows. The same message sent again under its ``own_number`` is the delivery that
    it made."""
    own = Order.objects.filter(pk=order.pk)
    (order,) = own.select_related("contract").locked()
    require_for(by, Permission.DELIVER, order.deliverer_id)
    sending = Sending("delivery", own_number, [order.reference, [asdict(batch) for batch in batches], note], by)
    if before := sending.made_before():
        return Delivery.objects.get(reference=before)
    refuse_twice([batch.own_number for batch in batches])
    if order.status != Order.Status.CONFIRMED:
        raise Refused(_("Only a confirmed order can be delivered."), code="not_now")
    if legal_date(now) > order.latest_arrival_on:
        day = {"day": order.latest_arrival_on}
        raise Refused(_("This order could be delivered until %(day)s: its rest is closed.") % day, code="too_late")
    _check_batches(batches, order.contract.minimum_shelf_life, legal_date(now))
    numbers = {batch.line for batch in batches}
    chosen = order.lines.filter(number__in=numbers).values_list("pk", flat=True)
    lines = {line.number: line for line in lock_order_lines(chosen, with_volumes=False).values()}
    _check_quantities(batches, lines)
    known = _known(batches, lines)
    delivery = Delivery.objects.create(
        reference=next_reference("delivery", "D", now),
        order=order,
        hospital_id=order.hospital_id,
        deliverer_id=order.deliverer_id,
        note=note.strip(),
        own_number=own_number,
        sent_at=now,
        sent_by=by,
    )
    sending.keep(delivery.reference)
    DeliveryLine.objects.bulk_create(
        DeliveryLine(
            delivery=delivery,
            number=number,
            order_line=lines[batch.line],
            batch=known[lines[batch.line].product.product_version.product_id, fold(batch.batch)],
            packs=batch.packs,
            own_number=batch.own_number,
        )
        for number, batch in enumerate(batches, start=1)
    )
    sent: Counter[int] = Counter()
    for batch in batches:
        sent[lines[batch.line].pk] += batch.packs
    OrderLine.objects.add(delivered=sent)
    own.keep_stage()
    record_of(Verb.DELIVERY_SENT, delivery, by=by, now=now, packs=sum(sent.values()))
    search.index(searching.of_deliveries([delivery]))
    queue("contracts.tasks.tell_of_delivery", delivery.pk, now=now)
    return delivery


@action
def accept_delivery(
    *, delivery: Delivery, verdicts: Sequence[Verdict], own_number: str = "", by: Seat, now: datetime
) -> list[Acceptance]:
    """The hospital's verdict on some or all lines of a delivery; what it accepts is owed from this moment.

    A line has one verdict that stands: Conflict when somebody else has just given it. What is rejected or
    short can be delivered again, or is released where the hospital wants no replacement. The same message sent again
    under its ``own_number`` is the verdicts that it gave.
    """
    own = Order.objects.filter(pk=delivery.order_id)
    (order,) = own.locked()
    delivery = _as_it_is(delivery)
    require_for(by, Permission.ACCEPT_DELIVERY, delivery.hospital_id)
    sending = Sending("acceptance", own_number, [delivery.reference, [asdict(one) for one in verdicts]], by)
    if before := sending.made_before():
        return [*Acceptance.objects.filter(line__delivery__reference=before, own_number=own_number)]
    if order.closing or legal_date(now) > order.latest_arrival_on:
        verdicts = [replace(verdict, replacement=False) for verdict in verdicts]  # nothing more can come
    notes = {line.number: line for line in delivery.lines.select_related("batch")}
    _check_verdicts(verdicts, notes, legal_date(now))
    released = any(verdict.missing and not verdict.replacement for verdict in verdicts)
    chosen = {notes[verdict.line].order_line_id for verdict in verdicts}
    lines = lock_order_lines(chosen, with_volumes=released)
    turns = _turns(notes[verdict.line] for verdict in verdicts)
    acceptances = Acceptance.objects.bulk_create(
        _acceptance(verdict, notes[verdict.line], turns, own_number, by=by, now=now) for verdict in verdicts
    )
    sending.keep(delivery.reference)
    _owe(delivery, acceptances, notes, lines)
    _count(acceptances, lines)
    own.keep_stage()
    totals = {name: sum(getattr(verdict, name) for verdict in verdicts) for name in ("accepted", "rejected", "short")}
    record_of(Verb.DELIVERY_ACCEPTED, delivery, by=by, now=now, **totals)
    queue("contracts.tasks.tell_of_verdict", delivery.pk, now=now)
    return acceptances


def _check_batches(batches: Sequence[Batch], minimum_life: int, today: date) -> None:
    if not batches:
        raise Refused(_("Enter one batch at least."), code="empty")
    faults = []
    seen: set[tuple[int, str]] = set()
    for row, batch in enumerate(batches, start=1):
        if type(batch.packs) is not int or batch.packs < 1:
            faults.append(Fault(_("Enter whole packs, 1 or more."), "packs", row, code="not_whole_packs"))
        key = fold(batch.batch)
        if not 1 <= len(key) <= BATCH_LENGTH or len(batch.batch.strip()) > BATCH_LENGTH:
            faults.append(Fault(_("Enter the maker's batch number."), "batch", row, code="required"))
        if (batch.line, key) in seen:
            faults.append(
                Fault(_("This batch stands in the delivery twice; add its packs up."), "batch", row, code="twice")
            )
        seen.add((batch.line, key))
        life = remaining_life(batch.expires_on, today)
        if life < minimum_life:
            message = _("Batch %(batch)s lasts %(life)s more days, the contract asks for %(minimum)s.")
            names = {"batch": batch.batch, "life": max(life, 0), "minimum": minimum_life}
            faults.append(Fault(message % names, "expires_on", row, code="shelf_life"))
    if faults:
        raise Refused(faults[0].message, faults=faults)


def _check_quantities(batches: Sequence[Batch], lines: Mapping[int, OrderLine]) -> None:
    faults = []
    left = {number: line.packs - line.released - line.delivered for number, line in lines.items()}
    for row, batch in enumerate(batches, start=1):
        if batch.line not in left:
            faults.append(
                Fault(_("The order has no line %(line)s.") % {"line": batch.line}, "line", row, code="unknown_line")
            )
            continue
        if batch.packs > left[batch.line]:
            names = {"line": batch.line, "left": f"{left[batch.line]:,}"}
            message = _("Confirmed packs of line %(line)s still to be delivered: %(left)s.")
            faults.append(Fault(message % names, "packs", row, code="above_confirmed"))
        left[batch.line] -= batch.packs
    if faults:
        raise Refused(faults[0].message, faults=faults)


def _known(batches: Sequence[Batch], lines: Mapping[int, OrderLine]) -> dict[tuple[int, str], ProductBatch]:
    """The makers' batches by product and folded number, made where nobody sent one before. Refused where one is
    said to expire on another day than before."""
    products = {number: line.product.product_version.product_id for number, line in lines.items()}
    keys = [(products[batch.line], fold(batch.batch)) for batch in batches]
    new = {
        key: ProductBatch(product_id=key[0], key=key[1], number=batch.batch.strip(), expires_on=batch.expires_on)
        for key, batch in zip(keys, batches, strict=True)
    }
    ProductBatch.objects.bulk_create([new[key] for key in sorted(new)], ignore_conflicts=True)
    found = ProductBatch.objects.filter(product__in=products.values(), key__in=[key for _product, key in keys])
    known = {(batch.product_id, batch.key): batch for batch in found}
    faults = []
    for row, (key, batch) in enumerate(zip(keys, batches, strict=True), start=1):
        if known[key].expires_on != batch.expires_on:
            message = _("Batch %(batch)s of this product expires on %(day)s, by an earlier delivery.")
            names = {"batch": known[key], "day": known[key].expires_on}
            faults.append(Fault(message % names, "expires_on", row, code="another_expiry"))
    if faults:
        raise Refused(faults[0].message, faults=faults)
    return known


def _check_verdicts(verdicts: Sequence[Verdict], notes: Mapping[int, DeliveryLine], today: date) -> None:
    if not verdicts:
        raise Refused(_("Enter what you received of one batch at least."), code="empty")
    faults = [fault for row, verdict in enumerate(verdicts, 1) for fault in _faults(row, verdict, notes, today)]
    twice = [number for number, times in Counter(verdict.line for verdict in verdicts).items() if times > 1]
    faults += [
        Fault(_("Line %(line)s stands there twice.") % {"line": number}, "line", code="twice") for number in twice
    ]
    if faults:
        raise Refused(faults[0].message, faults=faults)


def _faults(row: int, verdict: Verdict, notes: Mapping[int, DeliveryLine], today: date) -> list[Fault]:
    if verdict.line not in notes:
        return [
            Fault(_("The delivery has no line %(line)s.") % {"line": verdict.line}, "line", row, code="unknown_line")
        ]
    counts = (verdict.accepted, verdict.rejected, verdict.short)
    if any(type(count) is not int or count < 0 for count in counts):
        return [
            Fault(
                _("Line %(line)s: enter whole packs, 0 or more.") % {"line": verdict.line},
                "accepted",
                row,
                code="not_whole_packs",
            )
        ]
    faults = []
    batch, delivered = notes[verdict.line].batch, notes[verdict.line].packs
    if verdict.accepted and is_expired(batch.expires_on, today):
        message = _("Line %(line)s: batch %(batch)s expired on %(day)s. Reject it.")
        names = {"line": verdict.line, "batch": batch, "day": batch.expires_on}
        faults.append(Fault(message % names, "accepted", row, code="expired"))
    if sum(counts) != delivered:
        message = _("Line %(line)s: accepted, rejected and short packs make %(sum)s; sent: %(delivered)s.")
        names = {"line": verdict.line, "sum": f"{sum(counts):,}", "delivered": f"{delivered:,}"}
        faults.append(Fault(message % names, "accepted", row, code="sum_differs"))
    if verdict.rejection not in Acceptance.Rejection.values or bool(verdict.rejected) != bool(verdict.rejection):
        message = _("Line %(line)s: choose a reason where packs are rejected, and only there.")
        faults.append(Fault(message % {"line": verdict.line}, "rejection", row, code="rejection_reason"))
    if verdict.rejection == Acceptance.Rejection.OTHER and not verdict.note.strip():
        faults.append(
            Fault(_("Line %(line)s: say what is wrong.") % {"line": verdict.line}, "note", row, code="required")
        )
    return faults


def _turns(lines: Iterable[DeliveryLine]) -> Counter[int]:
    """How many verdicts and reversals each line has had. Conflict where one stands."""
    chosen = {line.pk: line.number for line in lines}
    had = Acceptance.objects.filter(line__in=chosen).order_by().values_list("line").annotate(Count("pk"))
    turns = Counter(dict(had))
    judged = sorted(chosen[key] for key, times in turns.items() if times % 2)
    if judged:
        numbers = ", ".join(str(number) for number in judged)
        raise Conflict(
            _("Line %(lines)s: a verdict was given already. Reverse it first.") % {"lines": numbers},
            code="verdict_stands",
        )
    return turns


def _acceptance(
    verdict: Verdict, line: DeliveryLine, turns: Counter[int], own_number: str, *, by: Seat, now: datetime
) -> Acceptance:
    return Acceptance(
        line=line,
        number=turns[line.pk] + 1,
        accepted=verdict.accepted,
        rejected=verdict.rejected,
        short=verdict.short,
        rejection=verdict.rejection,
        note=verdict.note.strip(),
        replacement=verdict.replacement,
        own_number=own_number,
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
    first_days, parties = _first_days(acceptances), Parties(delivery.order, delivery.hospital)
    kept = _kept_parties(acceptances)
    owed = {line: kept.get(line) or (parties.payer_on(day), parties.payee_on(day)) for line, day in first_days.items()}
    heirs = Organisation.objects.heirs({contract.supplier_id, *chain.from_iterable(owed.values())})
    before = {key: line.accepted for key, line in lines.items()}
    payables = []
    for acceptance in sorted(acceptances, key=lambda acceptance: acceptance.line.number):
        if not acceptance.accepted:
            continue
        line = lines[acceptance.line.order_line_id]
        owed_from = first_days[acceptance.line_id]
        payer, payee = owed[acceptance.line_id]
        fee = owed_by_part(line.service_fee or NO_FEE, before[line.pk], acceptance.accepted)
        payables.append(
            Payable(
                reference=f"{delivery.reference}-{acceptance.line.number}-{acceptance.number}",
                acceptance=acceptance,
                supplier_id=heirs[contract.supplier_id],
                payer_id=heirs[payer],
                payee_id=heirs[payee],
                hospital_id=delivery.hospital_id,
                amount=owed_by_part(line.price, before[line.pk], acceptance.accepted) + fee,
                fee=fee,
                owed_from=owed_from,
                due_on=term.due_on(owed_from),
            )
        )
        before[line.pk] += acceptance.accepted
    Payable.objects.bulk_create(payables)


def _as_it_is(delivery: Delivery) -> Delivery:
    """The delivery as it stands while its order is held: its hospital or deliverer may have been succeeded."""
    return Delivery.objects.select_related("order__contract", "hospital__region").get(pk=delivery.pk)


def _kept_parties(acceptances: Sequence[Acceptance]) -> dict[int, tuple[int, int]]:
    """Who owed whom what an earlier verdict on the line owed: a correction changes neither."""
    corrected = [acceptance.line_id for acceptance in acceptances if acceptance.number > 1]
    earlier = Payable.objects.filter(acceptance__line__in=corrected).order_by("-pk")
    return {line: (payer, payee) for line, payer, payee in earlier.values_list("acceptance__line", "payer", "payee")}


def _first_days(acceptances: Sequence[Acceptance]) -> dict[int, date]:
    """The day from which the goods on the line of each of these are owed. To be read while the lines are locked."""
    days = {acceptance.line_id: acceptance.accepted_on for acceptance in acceptances}
    corrected = [acceptance.line_id for acceptance in acceptances if acceptance.number > 1]
    earlier = Acceptance.objects.filter(line__in=corrected, number=1)
    for line, verdict_on, arrived_on in earlier.values_list("line", "accepted_on", "line__arrived_on"):
        days[line] = first_day(verdict_on, arrived_on)
    return days


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


def record_of(verb: Verb, delivery: Delivery, *, by: Seat | None, now: datetime, **data: Any) -> None:
    """Record an act on a delivery in the trail of its order."""
    parties = {delivery.hospital_id, delivery.deliverer_id, delivery.order.contract.supplier_id}
    data["delivery"] = delivery.reference
    record(verb, delivery.order.reference, by=by, now=now, organisations=parties, **data)
