"""What an order would be, by all rules: which rows can be placed, with whom, at what price, and what stands against
the others. Nothing is written here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import lcm
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import require
from accounts.models import Organisation, Seat
from accounts.permissions import Permission
from catalogue.actions import hold_listed
from catalogue.models import PriceEntry, ProductVersion, SingleSource
from contracts.actions.distribution import Deliverers
from contracts.actions.pricing import Prices, source_of
from contracts.models import AgreedVolume, Contract, ContractLine, ContractProduct, Order, Orderable, OrderLine
from contracts.rules import MAX_PACKS, NO_FEE, packs_of_sets, packs_that_fit
from core.clock import legal_date
from core.errors import Fault, Refused
from core.money import line_amount
from core.templatetags.ui import price as price_words

# A product of a hospital's volume, and packs of it.
Drawn = tuple[AgreedVolume, ContractProduct, int]
# What is ordered under some contracts, by contract.
Baskets = Sequence[tuple[Contract, "Sequence[OrderRow]"]]
NOTHING_TAKEN: Mapping[int, Decimal] = MappingProxyType({})


@dataclass(frozen=True)
class OrderRow:
    """One row of an order: the number of a contract line, and whole packs; of a line of sets, sets. ``product`` is the
    number of a product in its line, which a line of one product or of sets does not need; ``own_number`` what the
    row is called in the hospital's own system; ``departure`` why it is bought although the hospital is committed to
    another supplier (``SingleSource.Departure``). ``price`` is what whoever orders has seen a pack cost: at another one
    the row is refused; None takes what is in force."""

    line: int
    packs: int
    product: int | None = None
    own_number: str = ""
    departure: str = ""
    price: Decimal | None = None


@dataclass(frozen=True)
class Priced:
    """The row that asks for a product, the price a pack that it is placed at, the entry of the register that set it,
    where one did, and why it departs from a commitment."""

    row: OrderRow
    price: Decimal
    entry: PriceEntry | None
    departure: str = ""


@dataclass(frozen=True)
class PlannedOrder:
    """An order and its lines as they would be placed: in no table, and without a reference."""

    order: Order
    lines: Sequence[OrderLine]

    @property
    def units(self) -> Mapping[int, Decimal]:
        """What it draws of the volumes, by their keys."""
        drawn: defaultdict[int, Decimal] = defaultdict(Decimal)
        for line in self.lines:
            drawn[line.volume_id] += line.packs * line.units
        return drawn


@dataclass(frozen=True)
class Plan:
    """What some baskets would become, and why some of their rows cannot be placed: each fault names its row."""

    orders: Sequence[PlannedOrder]
    faults: Sequence[Fault]


def plan_orders(*, baskets: Baskets, by: Seat, now: datetime) -> Plan:
    """What ``place_orders`` would place of the rows that can be placed, and what stands against each of the others.

    By the same rules and at this moment: nothing is written and nothing kept, and somebody may be faster. Refused only
    where nothing is asked for.
    """
    require(by, Permission.PLACE_ORDER)
    orders: list[PlannedOrder] = []
    faults: list[Fault] = []
    taken: defaultdict[int, Decimal] = defaultdict(Decimal)
    with transaction.atomic():  # the rules hold the volumes that they read
        for contract, rows in parts_of(baskets, by, now):
            part = dict(rows)
            while part:
                try:
                    planned = planned_order(contract, list(part.values()), by, now, taken)
                except Refused as refusal:
                    found = numbered(refusal, list(part))
                    faults += [fault for fault in found if fault.row] or _of_each(refusal, part)
                    wrong = {fault.row for fault in faults}
                    part = {number: row for number, row in part.items() if number not in wrong}
                else:
                    orders.append(planned)
                    for volume, units in planned.units.items():
                        taken[volume] += units
                    break
    return Plan(orders, sorted(faults, key=lambda fault: fault.row or 0))


def parts_of(baskets: Baskets, by: Seat, now: datetime) -> Iterator[tuple[Contract, dict[int, OrderRow]]]:
    """The rows of each order to be, by their number through all baskets; contract by contract in key order, so that
    two baskets never wait for each other in a circle."""
    if not baskets:
        _check_rows(())
    starts = accumulate((len(rows) for _contract, rows in baskets), initial=1)
    deliverers = Deliverers([contract.pk for contract, _rows in baskets], by.organisation, legal_date(now))
    for (contract, rows), start in sorted(zip(baskets, starts, strict=False), key=lambda pair: pair[0][0].pk):
        for places in _parted(contract, rows, deliverers):
            yield contract, {start + place: rows[place] for place in places}


def numbered(refusal: Refused, numbers: Sequence[int]) -> list[Fault]:
    """What a refusal says of some rows, by their numbers through all baskets."""
    return [
        Fault(fault.message, fault.field, fault.row and numbers[fault.row - 1], fault.code) for fault in refusal.faults
    ]


def _of_each(refusal: Refused, rows: Iterable[int]) -> list[Fault]:
    """What stands against an order as a whole stands against each of its rows."""
    return [Fault(refusal.message, "packs", number, refusal.code) for number in rows]


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


def planned_order(
    contract: Contract,
    rows: Sequence[OrderRow],
    by: Seat,
    now: datetime,
    taken: Mapping[int, Decimal] = NOTHING_TAKEN,
) -> PlannedOrder:
    """The order that the rows make, by all rules; its volumes are held. ``taken`` is what other planned orders would
    draw of them."""
    _check_rows(rows)
    volumes = _lock_volumes(contract, [row.line for row in rows], by.organisation_id)
    _require_open(contract, now)
    drawn = _drawn(rows, volumes, taken)
    _check_right(rows, drawn, contract, legal_date(now))
    priced = _priced(rows, drawn, contract, by, legal_date(now))
    order = Order(
        contract=contract,
        hospital_id=by.organisation_id,
        deliverer=_deliverer(contract, drawn, by, now),
        latest_arrival_on=contract.ends_on + timedelta(days=contract.latest_arrival_days),
        placed_at=now,
        placed_by=by,
    )
    lines = [_line(order, number, one, priced[one[1]]) for number, one in enumerate(sorted(drawn, key=_place), start=1)]
    order.amount = sum((line.amount + line.fee for line in lines), NO_FEE)
    return PlannedOrder(order, lines)


def _check_rows(rows: Sequence[OrderRow]) -> None:
    if not rows:
        raise Refused(_("Enter a quantity for one item at least."), code="empty")
    message = _("Order whole packs, 1 to %(most)s.") % {"most": f"{MAX_PACKS:,}"}
    faults = [
        Fault(message, "packs", number, code="not_whole_packs")
        for number, row in enumerate(rows, start=1)
        if type(row.packs) is not int or not 1 <= row.packs <= MAX_PACKS
    ]
    if faults:
        raise Refused(message, faults=faults)


def _lock_volumes(contract: Contract, numbers: Sequence[int], hospital_id: int) -> dict[int, AgreedVolume]:
    """The hospital's volumes by number of contract line, locked in key order."""
    wanted = AgreedVolume.objects.filter(line__contract=contract, line__number__in=numbers, hospital=hospital_id)
    held = {volume.line.number: volume for volume in wanted.with_products().locked()}
    if contract.kind == Contract.Kind.LISTING:  # where nothing is agreed, and a row begins with the first order
        lines = contract.lines.filter(number__in=numbers).exclude(number__in=held).with_products()
        held |= {line.number: AgreedVolume(line=line, hospital_id=hospital_id, agreed=0) for line in lines}
    return held


def begin_volumes(contract: Contract, rows: Sequence[OrderRow], hospital_id: int) -> None:
    """Let what is ordered stay listed and in the catalogue until the order is placed, or be seen to be suspended or
    withdrawn: a line of an award, too, may have the price of a listing.

    Under an agreement on prices, make the rows that count what the hospital orders, where it has none yet. The
    agreement is held after them, as whoever terminates it holds it."""
    numbers = [row.line for row in rows]
    ordered = ContractProduct.objects.filter(line__contract=contract, line__number__in=numbers)
    hold_listed(ordered.values_list("product_version__product", flat=True))
    if contract.kind != Contract.Kind.LISTING:
        return
    volumes = _lock_volumes(contract, numbers, hospital_id)
    new = [volume for volume in volumes.values() if volume.pk is None]
    if new:
        list(Contract.objects.filter(pk=contract.pk).select_for_update(of=("self",), no_key=True))
        AgreedVolume.objects.bulk_create(new, ignore_conflicts=True)


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


def _drawn(rows: Sequence[OrderRow], volumes: Mapping[int, AgreedVolume], taken: Mapping[int, Decimal]) -> list[Drawn]:
    """The products that the rows ask for, with whole packs of each. Refused row by row."""
    faults: list[Fault] = []
    drawn: list[Drawn] = []
    seen: set[ContractProduct] = set()
    left = {volume.pk: volume.ordered + taken.get(volume.pk, 0) for volume in volumes.values()}
    for number, row in enumerate(rows, start=1):
        volume = volumes.get(row.line)
        if volume is None:
            message = _("Your hospital has no agreed volume of line %(line)s in this contract.") % {"line": row.line}
            faults.append(Fault(message, "line", number, code="unknown_line"))
            continue
        asked = _asked(row, volume)
        if asked is None:
            message = _("Say which product of line %(line)s you order.") % {"line": row.line}
            faults.append(Fault(message, "product", number, code="product_missing"))
            continue
        if not seen.isdisjoint(asked.products):
            message = _("Line %(line)s stands in the order twice.") % {"line": row.line}
            faults.append(Fault(message, "line", number, code="twice"))
            continue
        fitting = packs_that_fit(volume.maximum, left[volume.pk], asked.units)
        if fitting is not None and row.packs > fitting:
            faults.append(Fault(_too_much(fitting), "packs", number, code="above_maximum"))
            continue
        seen.update(asked.products)
        left[volume.pk] += row.packs * asked.units
        packs = {one: _packs(one, row.packs, volume.line) for one in asked.products}
        if any(count.denominator != 1 for count in packs.values()):
            faults.append(Fault(_broken_packs(packs), "packs", number, code="broken_packs"))
        drawn += [(volume, product, int(count)) for product, count in packs.items()]
    if faults:
        raise Refused(faults[0].message, faults=faults)
    return drawn


def _asked(row: OrderRow, volume: AgreedVolume) -> Orderable | None:
    """What the row names; without a product, the only thing that can be ordered of the line."""
    found = volume.orderables
    if row.product is None:
        return found[0] if len(found) == 1 else None
    return next((one for one in found if one.first.number == row.product and not volume.line.is_set), None)


def _packs(product: ContractProduct, asked: int, line: ContractLine) -> Fraction:
    return packs_of_sets(asked, product.quantity, product.pack_size) if line.is_set else Fraction(asked)


def _check_right(rows: Sequence[OrderRow], drawn: Sequence[Drawn], contract: Contract, day: date) -> None:
    """What the supplier may not offer any more is not ordered from it: an agent's letter may have ended."""
    wanted = [product.product_version_id for _volume, product, _count in drawn]
    offered = ProductVersion.objects.filter(pk__in=wanted).offered_by(contract.supplier_id, day, dealers=True)
    allowed = set(offered.values_list("pk", flat=True))
    gone = {(volume.line, product) for volume, product, _count in drawn if product.product_version_id not in allowed}
    message = _("The supplier may not offer this product any more. Ask the procurement agency.")
    faults = [
        Fault(message, "line", number, code="not_offered")
        for number, row in enumerate(rows, start=1)
        if any(_is_of(row, line, product) for line, product in gone)
    ]
    if faults:
        raise Refused(message, faults=faults)


def _priced(
    rows: Sequence[OrderRow], drawn: Sequence[Drawn], contract: Contract, by: Seat, day: date
) -> dict[ContractProduct, Priced]:
    """What each product is placed at, as the register answers for every one; refused row by row."""
    prices = Prices([product for _volume, product, _packs in drawn], by.organisation, day, [contract.supplier_id])
    found: dict[ContractProduct, Priced] = {}
    faults: list[Fault] = []
    for volume, product, _packs in drawn:
        number, row = next(
            (number, row) for number, row in enumerate(rows, start=1) if _is_of(row, volume.line, product)
        )
        price = prices.of(volume.line, product, contract.supplier_id)
        departs = prices.answer(product, contract.supplier_id)
        if isinstance(price, Fault):
            faults.append(Fault(price.message, price.field, number, price.code))
        elif row.price is not None and row.price != price and not volume.line.is_set:
            message = _("The price is %(now)s by now, and was %(seen)s when you saw it.")
            said = {"now": price_words(price), "seen": price_words(row.price)}
            faults.append(Fault(message % said, "packs", number, code="price_changed"))
        elif not departs.needs_departure(contract.supplier_id):
            found[product] = Priced(row, price, source_of(price, volume.line, product, departs))
        elif row.departure in SingleSource.Departure.values and row.departure:
            entry = source_of(price, volume.line, product, departs)
            found[product] = Priced(row, price, entry, row.departure)
        else:
            faults.append(Fault(_committed(departs.commitment), "departure", number, code="committed"))
    if faults:
        raise Refused(faults[0].message, faults=faults)
    return found


def _committed(commitment: SingleSource | None) -> str:
    message = _("Your hospital buys this of %(supplier)s until %(day)s: say why you order from another supplier.")
    return message % {"supplier": commitment.supplier, "day": commitment.valid_to} if commitment else ""


def _is_of(row: OrderRow, line: ContractLine, product: ContractProduct) -> bool:
    """Whether a row asks for this product of a line, or for the line and so for what it has."""
    return row.line == line.number and row.product in (None, product.number)


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


def _place(drawn: Drawn) -> tuple[int, int]:
    volume, product, _packs = drawn
    return volume.line.number, product.number


def _line(order: Order, number: int, drawn: Drawn, priced: Priced) -> OrderLine:
    volume, product, packs = drawn
    return OrderLine(
        order=order,
        number=number,
        volume=volume,
        product=product,
        own_number=priced.row.own_number,
        packs=packs,
        price=priced.price,
        price_entry=priced.entry,
        service_fee=product.service_fee,
        pack_size=product.pack_size,
        units=product.units,
        departure=priced.departure,
        amount=line_amount(priced.price, packs),
        fee=line_amount(product.service_fee or NO_FEE, packs),
    )


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
