"""An order: placed, approved inside the hospital, confirmed or refused by the deliverer, or cancelled."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from accounts.access import require, require_for
from accounts.models import Seat
from accounts.permissions import Permission
from contracts import searching
from contracts.actions.locks import lock_order_lines, release, require_reason
from contracts.actions.planning import Baskets, OrderRow, numbered, parts_of, planned_order
from contracts.models import (
    AgreedVolume,
    Contract,
    Order,
    OrderLine,
    Verb,
)
from contracts.rules import Stage
from core import search
from core.actions import action
from core.errors import Fault, Refused
from core.events import record
from core.moves import move
from core.outbox import queue
from core.own_numbers import Sending, refuse_twice
from core.references import next_reference


@action
def place_order(
    *,
    contract: Contract,
    rows: Sequence[OrderRow],
    note: str = "",
    basket: str = "",
    own_number: str = "",
    by: Seat,
    now: datetime,
) -> Order:
    """Order for the seat's hospital at the contract's prices. ``basket`` is the reference of the first order that is
    placed with it, if another. The same message sent again under its ``own_number`` is the order that it made.

    Draws on the hospital's agreed volumes at once, so that two orders never share the last pack. The agreed
    volume is a floor and may be passed; a maximum may not. Refused row by row, with what remains; and where the rows
    go to several deliverers, because an order goes to one.
    """
    require(by, Permission.PLACE_ORDER)
    sending = Sending("order", own_number, [contract.reference, [asdict(row) for row in rows], note], by)
    if before := sending.made_before():
        return Order.objects.get(reference=before)
    refuse_twice([row.own_number for row in rows])
    planned = planned_order(contract, rows, by, now)
    order, lines = planned.order, planned.lines
    order.reference, order.note = next_reference("order", "O", now), note.strip()
    order.own_number = own_number
    order.basket = basket or order.reference
    order.save(force_insert=True)
    sending.keep(order.reference)
    OrderLine.objects.bulk_create(lines)
    AgreedVolume.objects.add(ordered=planned.units)
    _record(Verb.ORDER_PLACED, order, by=by, now=now, lines=len(lines), amount=f"{order.amount:,}")
    search.index(searching.of_orders([order]))
    _tell(order, now)
    return order


@action
def place_orders(*, baskets: Baskets, note: str = "", by: Seat, now: datetime) -> list[Order]:
    """Place one order a contract and deliverer, all or none. The faults number the rows through all baskets."""
    faults: list[Fault] = []
    orders: list[Order] = []
    for contract, part in parts_of(baskets, by, now):
        basket, rows = orders[0].reference if orders else "", list(part.values())
        try:
            orders.append(place_order(contract=contract, rows=rows, note=note, basket=basket, by=by, now=now))
        except Refused as refusal:
            faults += numbered(refusal, list(part))
    if faults:
        raise Refused(faults[0].message, faults=sorted(faults, key=lambda fault: fault.row or 0))
    return orders


@action
def approve_order(*, order: Order, by: Seat, now: datetime) -> Order:
    """Release an order to the deliverer. The approver is another person than the one who placed it."""
    require_for(by, Permission.APPROVE_ORDER, order.hospital_id)
    if order.placed_by.person_id == by.person_id:
        raise Refused(_("An order is approved by somebody else than the person who placed it."), code="same_person")
    move(order, Order.Status.APPROVED, approved_at=now, approved_by=by)
    _record(Verb.ORDER_APPROVED, order, by=by, now=now)
    _tell(order, now)
    return order


@action
def send_back_order(*, order: Order, reason: str, by: Seat, now: datetime) -> Order:
    """Do not approve an order: it ends here, and what it drew is released."""
    require_for(by, Permission.APPROVE_ORDER, order.hospital_id)
    reason = require_reason(reason)
    move(order, Order.Status.SENT_BACK, ended_at=now, ended_by=by, reason=reason)
    _release_all(order)
    _record(Verb.ORDER_SENT_BACK, order, by=by, now=now, reason=reason)
    _tell(order, now)
    return order


@action
def cancel_order(*, order: Order, reason: str, by: Seat, now: datetime) -> Order:
    """The hospital takes an order back, as long as the deliverer has not answered. Releases what it drew."""
    require_for(by, Permission.PLACE_ORDER, order.hospital_id)
    reason = require_reason(reason)
    move(order, Order.Status.CANCELLED, ended_at=now, ended_by=by, reason=reason)
    _release_all(order)
    _record(Verb.ORDER_CANCELLED, order, by=by, now=now, reason=reason)
    _tell(order, now)
    return order


@action
def confirm_order(*, order: Order, packs: Mapping[int, int] | None = None, by: Seat, now: datetime) -> Order:
    """The deliverer promises packs by order line; None promises everything. The rest is released.

    Every line must be named; a line may get 0, the order as a whole not: that is a refusal. Sets are promised whole.
    """
    require_for(by, Permission.CONFIRM_ORDER, order.deliverer_id)
    move(order, Order.Status.CONFIRMED, answered_at=now, answered_by=by, stage=Stage.TO_SEND)
    lines = lock_order_lines(order.lines.values_list("pk", flat=True), with_volumes=True)
    numbers = {line.number: line for line in lines.values()}
    promised = {number: line.packs for number, line in numbers.items()} if packs is None else dict(packs)
    _check_promise(promised, numbers)
    OrderLine.objects.filter(order=order).update(confirmed=0)
    OrderLine.objects.add(confirmed={line.pk: promised[number] for number, line in numbers.items()})
    rest = {line.pk: line.packs - promised[number] for number, line in numbers.items()}
    release({key: missing for key, missing in rest.items() if missing}, lines)
    ordered, confirmed = sum(line.packs for line in lines.values()), sum(promised.values())
    _record(Verb.ORDER_CONFIRMED, order, by=by, now=now, confirmed=confirmed, ordered=ordered)
    _tell(order, now)
    return order


@action
def refuse_order(*, order: Order, reason: str, by: Seat, now: datetime) -> Order:
    """The deliverer cannot deliver: the order ends, and what it drew is released."""
    require_for(by, Permission.CONFIRM_ORDER, order.deliverer_id)
    reason = require_reason(reason)
    move(order, Order.Status.REFUSED, answered_at=now, answered_by=by, reason=reason)
    _release_all(order)
    _record(Verb.ORDER_REFUSED, order, by=by, now=now, reason=reason)
    _tell(order, now)
    return order


def _check_promise(promised: Mapping[int, int], lines: Mapping[int, OrderLine]) -> None:
    if promised.keys() != lines.keys():
        numbers = ", ".join(str(number) for number in sorted(lines))
        raise Refused(
            _("Answer every line of the order: %(lines)s.") % {"lines": numbers}, field="lines", code="lines_missing"
        )
    faults = []
    for row, (number, packs) in enumerate(promised.items(), start=1):
        most = lines[number].packs
        if type(packs) is not int or not 0 <= packs <= most:
            message = _("Line %(line)s: confirm 0 to %(most)s whole packs.") % {"line": number, "most": f"{most:,}"}
            faults.append(Fault(message, "packs", row, code="not_whole_packs"))
    if faults:
        raise Refused(faults[0].message, faults=faults)
    if not any(promised.values()):
        raise Refused(
            _("Nothing is confirmed. Refuse the order instead, with the reason."),
            field="lines",
            code="nothing_confirmed",
        )
    shares: dict[int, set[Fraction]] = defaultdict(set)
    for number, packs in promised.items():
        if lines[number].volume.line.is_set:
            shares[lines[number].volume_id].add(Fraction(packs, lines[number].packs))
    if any(len(share) > 1 for share in shares.values()):
        raise Refused(
            _("Confirm whole sets: of every part as many packs as those sets need."), field="lines", code="broken_packs"
        )


def _release_all(order: Order) -> None:
    lines = lock_order_lines(order.lines.values_list("pk", flat=True), with_volumes=True)
    release({line.pk: line.packs for line in lines.values()}, lines)


def _record(verb: Verb, order: Order, *, by: Seat, now: datetime, **data: Any) -> None:
    parties = {order.hospital_id, order.deliverer_id, order.contract.supplier_id}
    record(verb, order.reference, by=by, now=now, organisations=parties, **data)


def _tell(order: Order, now: datetime) -> None:
    queue("contracts.tasks.tell_of_order", order.pk, now=now)
