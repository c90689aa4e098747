"""What buying under a contract should do, from the order to the payment, in a few pages that know no database.

Every act answers with one word: ``done``, or the code of the refusal that the platform must give. Hospitals, the
products of contract lines, orders, deliveries and debts are named by number, from 0, in the order in which they came
to be; packs are whole. Money is counted in fractions and rounded here a second time, apart from the platform's own
rounding.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

HOSPITALS = 2


def _shared(faults: set[str]) -> str:
    """The code of a refusal: that of its faults, where they have one."""
    return next(iter(faults)) if len(faults) == 1 else "refused"


@dataclass(frozen=True)
class Product:
    """What can be ordered: packs at a price and a fee, which draw units of the volume of a contract line."""

    volume: int
    price: Fraction
    units: int
    fee: Fraction = Fraction(0)


# A third of a fen a pack shows every rounding. The third is another model of the first line, with a service fee; the
# second line has a plain price.
PRODUCTS = (
    Product(0, Fraction("0.335"), 7),
    Product(1, Fraction("17.81"), 7),
    Product(0, Fraction("0.145"), 3, Fraction("0.025")),
)
VOLUMES = 2
AGREED = 84  # base units of each line for each hospital
MAXIMUM_PERCENT = 120
MAXIMUM = AGREED * MAXIMUM_PERCENT // 100
SHELF_LIFE = 180
PAYMENT_DAYS = 30
ARRIVAL_DAYS = 30
ZONE = ZoneInfo("Asia/Shanghai")

PLACED, SENT_BACK, APPROVED = "placed", "sent_back", "approved"
CONFIRMED, REFUSED, CANCELLED = "confirmed", "refused", "cancelled"


def local_date(instant: datetime) -> date:
    return instant.astimezone(ZONE).date()


def rounded(amount: Fraction) -> Decimal:
    """An amount of money with two decimals, half up."""
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass
class Line:
    """One line of an order: what became of its packs. ``number`` is the one of its product."""

    number: int
    packs: int
    confirmed: int | None = None
    released: int = 0
    delivered: int = 0
    accepted: int = 0

    @property
    def product(self) -> Product:
        return PRODUCTS[self.number]

    @property
    def to_send(self) -> int:
        return self.packs - self.released - self.delivered if self.confirmed is not None else 0


@dataclass
class Order:
    hospital: int
    lines: dict[int, Line]
    status: str = PLACED


@dataclass(frozen=True)
class Judged:
    """A verdict on one line of a delivery note, and whether what is missing is to come again."""

    accepted: int
    rejected: int
    short: int
    replacement: bool
    on: date

    @property
    def missing(self) -> int:
        return self.rejected + self.short


@dataclass
class Sent:
    """One line of a delivery note; ``turns`` counts its verdicts and their reversals. What it owes counts from
    ``first_on``, the day of the first of them."""

    line: int
    packs: int
    expires_on: date
    first_on: date | None = None
    verdict: Judged | None = None
    turns: int = 0


@dataclass
class Delivery:
    order: int
    lines: list[Sent]

    @property
    def waiting(self) -> list[int]:
        """The places on the note that have no verdict."""
        return [place for place, line in enumerate(self.lines) if line.verdict is None]


@dataclass
class Debt:
    """What one acceptance owes: by delivery, line of its note, and verdict."""

    delivery: int
    note: int
    verdict: int
    order: int
    line: int
    amount: Decimal
    owed_from: date
    due_on: date
    reversed: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)

    @property
    def open(self) -> Decimal:
        return self.amount - self.reversed - self.paid


@dataclass
class Model:
    now: datetime
    starts_on: date
    ends_on: date
    ended: bool = False
    orders: list[Order] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    debts: list[Debt] = field(default_factory=list)
    payments: list[tuple[str, Decimal]] = field(default_factory=list)

    @property
    def today(self) -> date:
        return local_date(self.now)

    # What is drawn of the agreed volumes

    def drawn(self, hospital: int, line: int) -> int:
        """Units that the hospital's orders draw of its volume of a contract line."""
        lines = [one for order in self.orders if order.hospital == hospital for one in order.lines.values()]
        of_line = [one for one in lines if one.product.volume == line]
        return sum((one.packs - one.released) * one.product.units for one in of_line)

    def room(self, hospital: int, line: int) -> int:
        """Packs that the maximum still lets the hospital order."""
        product = PRODUCTS[line]
        return max(MAXIMUM - self.drawn(hospital, product.volume), 0) // product.units

    # Orders

    def place(self, hospital: int, packs: dict[int, int]) -> str:
        if not packs:
            return "empty"
        if min(packs.values()) < 1:
            return "not_whole_packs"
        if self.ended or not self.starts_on <= self.today <= self.ends_on:
            return "contract_closed"
        drawn = Counter({volume: self.drawn(hospital, volume) for volume in range(VOLUMES)})
        for line, count in packs.items():
            drawn[PRODUCTS[line].volume] += count * PRODUCTS[line].units
        if max(drawn.values()) > MAXIMUM:
            return "above_maximum"
        lines = sorted(packs, key=lambda line: (PRODUCTS[line].volume, line))
        self.orders.append(Order(hospital, {line: Line(line, packs[line]) for line in lines}))
        return "done"

    def approve(self, order: int, by: str) -> str:
        asked = self.orders[order]
        if by != "approver":
            return "denied"
        return self._moved(asked, {PLACED}, APPROVED)

    def send_back(self, order: int) -> str:
        return self._ended(self.orders[order], {PLACED}, SENT_BACK)

    def cancel(self, order: int) -> str:
        return self._ended(self.orders[order], {PLACED, APPROVED}, CANCELLED)

    def refuse(self, order: int) -> str:
        return self._ended(self.orders[order], {APPROVED}, REFUSED)

    def confirm(self, order: int, packs: dict[int, int] | None) -> str:
        asked = self.orders[order]
        if asked.status != APPROVED:
            return "not_now"
        promised = {number: line.packs for number, line in asked.lines.items()} if packs is None else packs
        if promised.keys() != asked.lines.keys():
            return "lines_missing"
        if any(not 0 <= count <= asked.lines[number].packs for number, count in promised.items()):
            return "not_whole_packs"
        if not any(promised.values()):
            return "nothing_confirmed"
        asked.status = CONFIRMED
        for number, line in asked.lines.items():
            line.confirmed = promised[number]
            line.released = line.packs - promised[number]
        return "done"

    def _moved(self, order: Order, before: set[str], after: str) -> str:
        if order.status not in before:
            return "not_now"
        order.status = after
        return "done"

    def _ended(self, order: Order, before: set[str], after: str) -> str:
        answer = self._moved(order, before, after)
        if answer == "done":
            for line in order.lines.values():
                line.released = line.packs
        return answer

    def end_contract(self) -> str:
        if self.ended:
            return "not_now"
        self.ended = True
        return "done"

    # Deliveries

    def send(self, order: int, batches: list[tuple[int, int, int]]) -> str:
        """Batches as line, packs, and days that the batch still lasts."""
        asked = self.orders[order]
        if asked.status != CONFIRMED:
            return "not_now"
        if self.today > self.ends_on + timedelta(days=ARRIVAL_DAYS):
            return "too_late"
        faults = {"not_whole_packs" for _line, packs, _life in batches if packs < 1}
        faults |= {"shelf_life" for _line, _packs, life in batches if life < SHELF_LIFE}
        if faults:
            return _shared(faults)
        left = {number: line.to_send for number, line in asked.lines.items()}
        for line, packs, _life in batches:
            if packs > left.get(line, 0):
                return "above_confirmed"
            left[line] -= packs
        for line, packs, _life in batches:
            asked.lines[line].delivered += packs
        lines = [Sent(line, packs, self.today + timedelta(days=life)) for line, packs, life in batches]
        self.deliveries.append(Delivery(order, lines))
        return "done"

    def accept(self, delivery: int, verdicts: dict[int, tuple[int, int, int, bool]]) -> str:
        """Verdicts by place on the delivery note: accepted, rejected, short, and whether a replacement is wanted."""
        note = self.deliveries[delivery]
        sent = note.lines
        faults = {"sum_differs" for place, given in verdicts.items() if sum(given[:3]) != sent[place].packs}
        faults |= {"expired" for place, given in verdicts.items() if given[0] and sent[place].expires_on < self.today}
        if faults:
            return _shared(faults)
        if any(note.lines[place].verdict for place in verdicts):
            return "verdict_stands"
        if self.today > self.ends_on + timedelta(days=ARRIVAL_DAYS):
            verdicts = {place: (*given[:3], False) for place, given in verdicts.items()}
        for place, given in sorted(verdicts.items()):
            self._judge(delivery, place, Judged(*given, on=self.today))
        return "done"

    def _judge(self, delivery: int, place: int, verdict: Judged) -> None:
        note = self.deliveries[delivery]
        sent = note.lines[place]
        line = self.orders[note.order].lines[sent.line]
        sent.verdict, sent.turns = verdict, sent.turns + 1
        sent.first_on = sent.first_on or verdict.on
        before = line.accepted
        line.accepted += verdict.accepted
        line.delivered -= verdict.missing
        if not verdict.replacement:
            line.released += verdict.missing
        if verdict.accepted:
            amount = owed(sent.line, line.accepted) - owed(sent.line, before)
            due_on = sent.first_on + timedelta(days=PAYMENT_DAYS)
            debt = Debt(delivery, place, sent.turns, note.order, sent.line, amount, sent.first_on, due_on)
            self.debts.append(debt)

    def reverse(self, delivery: int, place: int) -> str:
        note = self.deliveries[delivery]
        sent = note.lines[place]
        if sent.verdict is None:
            return "already_done"
        if (delivery, place) in self.overdue:
            return "needs_two"
        return self._reverse(note, sent, delivery, place)

    def reverse_by_two(self, delivery: int, place: int) -> str:
        """Asked for by one person and approved by another, as what is overdue needs."""
        note = self.deliveries[delivery]
        if (delivery, place) not in self.overdue:
            return "not_now"
        return self._reverse(note, note.lines[place], delivery, place)

    @property
    def unpaid(self) -> list[tuple[int, int]]:
        """The lines of delivery notes whose standing verdict owes something."""
        return [(debt.delivery, debt.note) for debt in self.debts if debt.open > 0 and self._stands(debt)]

    @property
    def overdue(self) -> list[tuple[int, int]]:
        """Those of them on which it is overdue."""
        late = [debt for debt in self.debts if debt.open > 0 and debt.due_on < self.today]
        return [(debt.delivery, debt.note) for debt in late if self._stands(debt)]

    def _stands(self, debt: Debt) -> bool:
        return self.deliveries[debt.delivery].lines[debt.note].turns == debt.verdict

    def _reverse(self, note: Delivery, sent: Sent, delivery: int, place: int) -> str:
        assert sent.verdict is not None
        verdict, order = sent.verdict, self.orders[note.order]
        line = order.lines[sent.line]
        if verdict.replacement and line.delivered + verdict.missing > line.packs - line.released:
            return "packs_used_again"
        product = PRODUCTS[sent.line]
        units = self.drawn(order.hospital, product.volume) + verdict.missing * product.units
        if not verdict.replacement and units > MAXIMUM:
            return "packs_used_again"
        if verdict.accepted and not self._owe_less(delivery, place, sent, line):
            return "paid"
        line.accepted -= verdict.accepted
        line.delivered += verdict.missing
        if not verdict.replacement:
            line.released -= verdict.missing
        sent.verdict, sent.turns = None, sent.turns + 1
        return "done"

    def _owe_less(self, delivery: int, place: int, sent: Sent, line: Line) -> bool:
        """Take what the verdict owed off its debt; a fen of rounding may come off another of the line."""
        assert sent.verdict is not None
        back = owed(line.number, line.accepted) - owed(line.number, line.accepted - sent.verdict.accepted)
        order = self.deliveries[delivery].order
        of_line = [debt for debt in self.debts if (debt.order, debt.line) == (order, line.number)]
        own = next(d for d in of_line if (d.delivery, d.note, d.verdict) == (delivery, place, sent.turns))
        if own.paid or back > sum(debt.open for debt in of_line):
            return False
        for debt in [own, *(debt for debt in reversed(of_line) if debt is not own)]:
            part = min(back, debt.open)
            debt.reversed += part
            back -= part
        return True

    # Payments

    def pay(self, amounts: dict[int, Decimal], reference: str, by: str) -> str:
        """Amounts by debt; all of them are owed to the one supplier."""
        if by != "finance":
            return "denied"
        if not amounts:
            return "empty"
        if min(amounts.values()) <= 0:
            return "amount"
        if any(amount > self.debts[debt].open for debt, amount in amounts.items()):
            return "more_than_owed"
        if any(reference == earlier for earlier, _amount in self.payments):
            return "bank_reference_taken"
        for debt, amount in amounts.items():
            self.debts[debt].paid += amount
        self.payments.append((reference, sum(amounts.values(), Decimal(0))))
        return "done"


def owed(line: int, packs: int) -> Decimal:
    """What so many accepted packs of a product cost altogether, price and service fee each rounded by itself."""
    return rounded(PRODUCTS[line].price * packs) + rounded(PRODUCTS[line].fee * packs)
