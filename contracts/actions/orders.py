"""An order: placed, approved inside the hospital, confirmed or refused by the deliverer, or cancelled."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import require, require_for
from accounts.models import Organisation, Seat
from accounts.permissions import Permission
from catalogue.models import ProductVersion
from contracts import searching
from contracts.actions.distribution import Deliverers
from contracts.actions.locks import lock_order_lines, release, require_reason
from contracts.models import (
    AgreedVolume,
    Contract,
    ContractLine,
    ContractProduct,
    Order,
    Orderable,
    OrderLine,
    Verb,
)
from contracts.rules import MAX_PACKS, NO_FEE, Stage, packs_of_sets, packs_that_fit
from core import search
from core.actions import action
from core.clock import legal_date
from core.errors import Fault, Refused
from core.events import record
from core.money import line_amount
from core.moves import move
from core.outbox import queue
from core.references import next_reference

# A product of a hospital's volume, and packs of it.
Drawn = tuple[AgreedVolume, ContractProduct, int]


@dataclass(frozen=True)
class OrderRow:
    """One row of an order: the number of a contract line, and whole packs; of a line of sets, sets. ``product`` is the
    number of a product in its line, which a line of one product or of sets does not need."""

    line: int
    packs: int
    product: int | None = None


@action
def place_order(*, contract: Contract, rows: Sequence[OrderRow], note: str = "", by: Seat, now: datetime) -> Order:
    """Order for the seat's hospital at the contract's prices.

    Draws on the hospital's agreed volumes at once, so that two orders never share the last pack. The agreed
    volume is a floor and may be passed; a maximum may not. Refused row by row, with what remains; and where the rows
    go to several deliverers, because an order goes to one.
    """
    require(by, Permission.PLACE_ORDER)
    _check_rows(rows)
    volumes = _lock_volumes(contract, [row.line for row in rows], by.organisation_id)
    _require_open(contract, now)
    drawn = _drawn(rows, volumes)
    _check_right(rows, drawn, contract, legal_date(now))
    order = Order(
        reference=next_reference("order", "O", now),
        contract=contract,
        hospital_id=by.organisation_id,
        deliverer=_deliverer(contract, drawn, by, now),
        note=note.strip(),
        latest_arrival_on=contract.ends_on + timedelta(days=contract.latest_arrival_days),
        placed_at=now,
        placed_by=by,
    )
    lines = [_line(order, number, *one) for number, one in enumerate(sorted(drawn, key=_place), start=1)]
    order.amount = sum(line.amount + line.fee for line in lines)
    order.save(force_insert=True)
    OrderLine.objects.bulk_create(lines)
    units: defaultdict[int, Decimal] = defaultdict(Decimal)
    for line in lines:
        units[line.volume_id] += line.packs * line.units
    AgreedVolume.objects.add(ordered=units)
    _record(Verb.ORDER_PLACED, order, by=by, now=now, lines=len(lines), amount=f"{order.amount:,}")
    search.index(searching.of_orders([order]))
    _tell(order, now)
    return order


@action
def place_orders(
    *, baskets: Sequence[tuple[Contract, Sequence[OrderRow]]], note: str = "", by: Seat, now: datetime
) -> list[Order]:
    """Place one order a contract and deliverer, all or none. The faults number the rows through all baskets."""
    if not baskets:
        _check_rows(())
    faults: list[Fault] = []
    orders = []
    starts = accumulate((len(rows) for _contract, rows in baskets), initial=0)
    deliverers = Deliverers([contract.pk for contract, _rows in baskets], by.organisation, legal_date(now))
    # Contract by contract in key order, so that two baskets never wait for each other in a circle.
    for (contract, rows), start in sorted(zip(baskets, starts, strict=False), key=lambda pair: pair[0][0].pk):
        for places in _parted(contract, rows, deliverers):
            part = [rows[place] for place in places]
            try:
                orders.append(place_order(contract=contract, rows=part, note=note, by=by, now=now))
            except Refused as refusal:
                faults += [Fault(f.message, f.field, f.row and places[f.row - 1] + 1 + start) for f in refusal.faults]
    if faults:
        raise Refused(faults[0].message, faults=sorted(faults, key=lambda fault: fault.row or 0))
    return orders


@action
def approve_order(*, order: Order, by: Seat, now: datetime) -> Order:
    """Release an order to the deliverer. The approver is another person than the one who placed it."""
    require_for(by, Permission.APPROVE_ORDER, order.hospital_id)
    if order.placed_by.person_id == by.person_id:
        raise Refused(_("An order is approved by somebody else than the person who placed it."))
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


def _check_rows(rows: Sequence[OrderRow]) -> None:
    if not rows:
        raise Refused(_("Enter a quantity for one item at least."), code="empty")
    message = _("Order whole packs, 1 to %(most)s.") % {"most": f"{MAX_PACKS:,}"}
    faults = [
        Fault(message, "packs", number)
        for number, row in enumerate(rows, start=1)
        if type(row.packs) is not int or not 1 <= row.packs <= MAX_PACKS
    ]
    if faults:
        raise Refused(message, faults=faults)


def _lock_volumes(contract: Contract, numbers: Sequence[int], hospital_id: int) -> dict[int, AgreedVolume]:
    """The hospital's volumes by number of contract line, locked in key order."""
    wanted = AgreedVolume.objects.filter(line__contract=contract, line__number__in=numbers, hospital=hospital_id)
    return {volume.line.number: volume for volume in wanted.with_products().locked()}


def _require_open(contract: Contract, now: datetime) -> None:
    """Read the contract anew, after its volumes are locked: whoever terminates it, or takes the place of its supplier,
    holds them too."""
    fields = ("status", "starts_on", "ends_on", "supplier")
    contract.refresh_from_db(fields=fields, from_queryset=Contract.objects.select_related("supplier"))
    if contract.status == Contract.Status.TERMINATED:
        raise Refused(_("Contract %(contract)s was terminated.") % {"contract": contract}, code="contract_closed")
    if contract.status == Contract.Status.DRAFT:
        message = _("Contract %(contract)s is not signed by both sides yet.") % {"contract": contract}
        raise Refused(message, code="contract_closed")
    if not contract.open_for_orders(legal_date(now)):
        term = {"contract": contract, "start": contract.starts_on, "end": contract.ends_on}
        message = _("Contract %(contract)s takes orders from %(start)s to %(end)s only.") % term
        raise Refused(message, code="contract_closed")


def _drawn(rows: Sequence[OrderRow], volumes: Mapping[int, AgreedVolume]) -> list[Drawn]:
    """The products that the rows ask for, with whole packs of each. Refused row by row."""
    faults: list[Fault] = []
    drawn: list[Drawn] = []
    seen: set[ContractProduct] = set()
    left = {volume.pk: volume.ordered for volume in volumes.values()}
    for number, row in enumerate(rows, start=1):
        volume = volumes.get(row.line)
        if volume is None:
            message = _("Your hospital has no agreed volume of line %(line)s in this contract.") % {"line": row.line}
            faults.append(Fault(message, "line", number))
            continue
        asked = _asked(row, volume)
        if asked is None:
            message = _("Say which product of line %(line)s you order.") % {"line": row.line}
            faults.append(Fault(message, "product", number))
            continue
        if not seen.isdisjoint(asked.products):
            message = _("Line %(line)s stands in the order twice.") % {"line": row.line}
            faults.append(Fault(message, "line", number))
            continue
        fitting = packs_that_fit(volume.maximum, left[volume.pk], asked.units)
        if fitting is not None and row.packs > fitting:
            faults.append(Fault(_too_much(fitting), "packs", number))
            continue
        seen.update(asked.products)
        left[volume.pk] += row.packs * asked.units
        packs = {one: _packs(one, row.packs, volume.line) for one in asked.products}
        if any(count.denominator != 1 for count in packs.values()):
            faults.append(Fault(_broken_packs(packs), "packs", number))
        drawn += [(volume, product, int(count)) for product, count in packs.items()]
    if faults:
        raise Refused(faults[0].message, code="above_maximum", faults=faults)
    return drawn


def _check_right(rows: Sequence[OrderRow], drawn: Sequence[Drawn], contract: Contract, day: date) -> None:
    """What the supplier may not offer any more is not ordered from it: an agent's letter may have ended."""
    wanted = [product.product_version_id for _volume, product, _count in drawn]
    offered = ProductVersion.objects.filter(pk__in=wanted).offered_by(contract.supplier_id, day, dealers=True)
    allowed = set(offered.values_list("pk", flat=True))
    gone = {
        (volume.line.number, product.number)
        for volume, product, _count in drawn
        if product.product_version_id not in allowed
    }
    message = _("The supplier may not offer this product any more. Ask the procurement agency.")
    faults = [
        Fault(message, "line", number)
        for number, row in enumerate(rows, start=1)
        if any(row.line == line and row.product in (None, product) for line, product in gone)
    ]
    if faults:
        raise Refused(message, code="not_offered", faults=faults)


def _asked(row: OrderRow, volume: AgreedVolume) -> Orderable | None:
    """What the row names; without a product, the only thing that can be ordered of the line."""
    found = volume.orderables
    if row.product is None:
        return found[0] if len(found) == 1 else None
    return next((one for one in found if one.first.number == row.product and not volume.line.is_set), None)


def _packs(product: ContractProduct, asked: int, line: ContractLine) -> Fraction:
    return packs_of_sets(asked, product.quantity, product.pack_size) if line.is_set else Fraction(asked)


def _deliverer(contract: Contract, drawn: Sequence[Drawn], by: Seat, now: datetime) -> Organisation:
    """The one deliverer to whom all products go."""
    deliverers = Deliverers([contract.pk], by.organisation, legal_date(now))
    found = {deliverers.of(contract, product) for _volume, product, _packs in drawn}
    if len(found) > 1:
        names = {"names": ", ".join(sorted(one.name for one in found))}
        raise Refused(
            _("These products go to several deliverers: %(names)s. Place one order for each.") % names,
            code="several_deliverers",
        )
    return found.pop()


def _parted(contract: Contract, rows: Sequence[OrderRow], deliverers: Deliverers) -> list[list[int]]:
    """The places of the rows, parted by deliverer; a row that names nothing stands apart and is refused there."""
    products = {
        (one.line.number, one.number): one
        for one in ContractProduct.objects.filter(line__contract=contract, line__number__in=[row.line for row in rows])
        .select_related("line", "product_version")
        .prefetch_related("line__products__product_version")
    }
    parts: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        product = products.get((row.line, row.product or 1))
        parts[deliverers.of(contract, product).pk if product else 0].append(place)
    return list(parts.values())


def _too_much(fitting: int) -> str:
    """What remains; the row, by which a fault stands, names the product."""
    if not fitting:
        return _("Nothing remains of the contract's maximum for your hospital.")
    words = ngettext(
        "%(packs)s pack remains of the contract's maximum for your hospital.",
        "%(packs)s packs remain of the contract's maximum for your hospital.",
        fitting,
    )
    return words % {"packs": f"{fitting:,}"}


def _broken_packs(packs: Mapping[ContractProduct, Fraction]) -> str:
    """Which part does not come in whole packs for so many sets."""
    part = next(product for product, count in packs.items() if count.denominator != 1)
    sets = lcm(part.quantity, part.pack_size) // part.quantity
    names = {"product": part.product_version.product.item, "size": part.pack_size, "sets": sets}
    return _("%(product)s comes in packs of %(size)s: order a multiple of %(sets)s sets.") % names


def _place(drawn: Drawn) -> tuple[int, int]:
    volume, product, _packs = drawn
    return volume.line.number, product.number


def _line(order: Order, number: int, volume: AgreedVolume, product: ContractProduct, packs: int) -> OrderLine:
    return OrderLine(
        order=order,
        number=number,
        volume=volume,
        product=product,
        packs=packs,
        price=product.price,
        service_fee=product.service_fee,
        pack_size=product.pack_size,
        units=product.units,
        amount=line_amount(product.price, packs),
        fee=line_amount(product.service_fee or NO_FEE, packs),
    )


def _check_promise(promised: Mapping[int, int], lines: Mapping[int, OrderLine]) -> None:
    if promised.keys() != lines.keys():
        numbers = ", ".join(str(number) for number in sorted(lines))
        raise Refused(_("Answer every line of the order: %(lines)s.") % {"lines": numbers}, field="lines")
    faults = []
    for row, (number, packs) in enumerate(promised.items(), start=1):
        most = lines[number].packs
        if type(packs) is not int or not 0 <= packs <= most:
            message = _("Line %(line)s: confirm 0 to %(most)s whole packs.") % {"line": number, "most": f"{most:,}"}
            faults.append(Fault(message, "packs", row))
    if faults:
        raise Refused(faults[0].message, faults=faults)
    if not any(promised.values()):
        raise Refused(_("Nothing is confirmed. Refuse the order instead, with the reason."), field="lines")
    shares: dict[int, set[Fraction]] = defaultdict(set)
    for number, packs in promised.items():
        if lines[number].volume.line.is_set:
            shares[lines[number].volume_id].add(Fraction(packs, lines[number].packs))
    if any(len(share) > 1 for share in shares.values()):
        raise Refused(_("Confirm whole sets: of every part as many packs as those sets need."), field="lines")


def _release_all(order: Order) -> None:
    lines = lock_order_lines(order.lines.values_list("pk", flat=True), with_volumes=True)
    release({line.pk: line.packs for line in lines.values()}, lines)


def _record(verb: Verb, order: Order, *, by: Seat, now: datetime, **data: Any) -> None:
    parties = {order.hospital_id, order.deliverer_id, order.contract.supplier_id}
    record(verb, order.reference, by=by, now=now, organisations=parties, **data)


def _tell(order: Order, now: datetime) -> None:
    queue("contracts.tasks.tell_of_order", order.pk, now=now)
