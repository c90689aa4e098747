"""Buying under a contract as a machine: acts in any order, by anybody, on any day, on the platform and on the model.

Whatever is asked for, both must answer the same, and after every act the tables must show what the model says and
keep every promise of ``invariants``.
"""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.machine.purchase import invariants
from tests.machine.purchase.model import APPROVED, CONFIRMED, HOSPITALS, PLACED, PRODUCTS, SHELF_LIFE, VOLUMES, Model
from tests.machine.purchase.platform import TERMS, Platform, Setting
from tests.world import NOW

hospitals = st.integers(0, HOSPITALS - 1)
baskets = st.dictionaries(st.integers(0, len(PRODUCTS) - 1), st.integers(1, 9), min_size=1)
# Which of the things that wait, from the last; fractions of what there is.
back = st.integers(1, 4)
shares = st.integers(0, 4)


class PurchaseMachine(RuleBasedStateMachine):
    setting: ClassVar[Setting]
    # How often each act was answered how, over all examples.
    answers: ClassVar[Counter[tuple[str, str]]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.model = Model(NOW, TERMS.starts_on, TERMS.ends_on)
        self.platform = Platform(self.setting, NOW)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def act(self, name: str, **given: Any) -> str:
        """One act on both sides: the same answer, the same state, every promise kept."""
        expected = getattr(self.model, name)(**given)
        answer = self.platform.answer(name, **given)
        assert answer == expected, f"{name} {given} on {self.model.today}: {answer!r}, and not {expected!r}"
        shown, told = invariants.observed(), self._expected()
        differing = {name: (shown[name], told[name]) for name in told if shown[name] != told[name]}
        assert not differing, f"after {name} {given} on {self.model.today}, tables and model: {differing}"
        self.answers[name, expected] += 1
        return answer

    def _expected(self) -> dict[str, Any]:
        """What the tables must show, as the model has it."""
        model = self.model
        lines = [line for order in model.orders for line in order.lines.values()]
        debts = [
            [f"{one.amount:.2f}", f"{one.reversed:.2f}", f"{one.paid:.2f}", f"{one.owed_from}", f"{one.due_on}"]
            for one in model.debts
        ]
        return {
            "ended": model.ended,
            "orders": [order.status for order in model.orders] or None,
            "lines": [[one.packs, one.confirmed, one.released, one.delivered, one.accepted] for one in lines] or None,
            "drawn": [model.drawn(hospital, line) for hospital in range(HOSPITALS) for line in range(VOLUMES)],
            "deliveries": len(model.deliveries),
            "debts": debts or None,
            "payments": [f"{amount:.2f}" for _reference, amount in model.payments] or None,
            "broken": None,
        }

    def _those(self, *statuses: str) -> list[int]:
        """The orders that stand somewhere; all where none does."""
        found = [number for number, order in enumerate(self.model.orders) if order.status in statuses]
        return found or list(range(len(self.model.orders)))

    # Time

    @rule(days=st.sampled_from([0, 1, 1, 3, 15, 40]), hours=st.integers(0, 20))
    def wait(self, days: int, hours: int) -> None:
        self.model.now += timedelta(days=days, hours=hours)
        self.platform.now = self.model.now

    @rule(rarely=st.integers(0, 12))
    def end_contract(self, rarely: int) -> None:
        if rarely == 0:
            self.act("end_contract")

    # The usual course, which is the way to the later acts

    @rule(steps=st.integers(1, 8))
    def go_on(self, steps: int) -> None:
        """What is next for the newest order, until it is paid; then another one."""
        for _step in range(steps):
            self._next()

    def _next(self) -> None:
        model = self.model
        order = len(model.orders) - 1
        last = model.orders[order] if model.orders else None
        if last and last.status == PLACED:
            self.act("approve", order=order, by="approver")
        elif last and last.status == APPROVED:
            self.act("confirm", order=order, packs=None)
        elif last and last.status == CONFIRMED and any(line.to_send for line in last.lines.values()):
            lines = last.lines.values()
            self.act("send", order=order, batches=[(one.number, one.to_send, 500) for one in lines if one.to_send])
        elif waiting := [number for number, one in enumerate(model.deliveries) if one.waiting]:
            note = model.deliveries[waiting[0]]
            verdicts = {place: (note.lines[place].packs, 0, 0, True) for place in note.waiting}
            self.act("accept", delivery=waiting[0], verdicts=verdicts)
        elif open_debts := [number for number, debt in enumerate(model.debts) if debt.open > 0]:
            self.pay(back=1, many=len(open_debts) > 2, part="all", by="finance")
        else:
            self.act("place", hospital=len(model.orders) % HOSPITALS, packs={0: 2, 1: 1})

    # Orders

    @rule(hospital=hospitals, packs=baskets)
    def place(self, hospital: int, packs: dict[int, int]) -> None:
        self.act("place", hospital=hospital, packs=packs)

    @rule(hospital=hospitals, line=st.integers(0, len(PRODUCTS) - 1), above=st.sampled_from([0, 0, 1]))
    def place_all_that_remains(self, hospital: int, line: int, above: int) -> None:
        packs = self.model.room(hospital, line) + above
        self.act("place", hospital=hospital, packs={line: packs} if packs else {})

    @rule(hospital=hospitals, packs=baskets, promised=st.sampled_from([None, None, 0, 1]))
    def order_until_confirmed(self, hospital: int, packs: dict[int, int], promised: int | None) -> None:
        """As it mostly goes: placed, approved by another person, and promised whole or in part."""
        if self.act("place", hospital=hospital, packs=packs) != "done":
            return
        order = len(self.model.orders) - 1
        self.act("approve", order=order, by="approver")
        self._confirm(order, promised)

    @precondition(lambda machine: machine.model.orders)
    @rule(back=back, by=st.sampled_from(["approver", "approver", "pharmacist", "stranger"]))
    def approve(self, back: int, by: str) -> None:
        self.act("approve", order=self._pick(back, PLACED), by=by)

    @precondition(lambda machine: machine.model.orders)
    @rule(back=back, act=st.sampled_from(["send_back", "cancel", "refuse"]))
    def end_order(self, back: int, act: str) -> None:
        self.act(act, order=self._pick(back, PLACED, APPROVED))

    @precondition(lambda machine: machine.model.orders)
    @rule(back=back, promised=st.sampled_from([None, None, 0, 1, 2]))
    def confirm(self, back: int, promised: int | None) -> None:
        self._confirm(self._pick(back, APPROVED), promised)

    def _confirm(self, order: int, promised: int | None) -> None:
        """Everything, or of each line all but so many packs in turn."""
        lines = self.model.orders[order].lines
        packs = None
        if promised is not None:
            packs = {number: max(line.packs - promised - number, 0) for number, line in lines.items()}
        self.act("confirm", order=order, packs=packs)

    def _pick(self, back: int, *statuses: str) -> int:
        found = self._those(*statuses)
        return found[-min(back, len(found))]

    # Deliveries

    @precondition(lambda machine: machine.model.orders)
    @rule(back=back, keep=shares, above=st.sampled_from([0, 0, 0, 1]), life=st.sampled_from([500, 500, 500, -1, 0]))
    def send(self, back: int, keep: int, above: int, life: int) -> None:
        """What is still to be sent, in two batches where there is enough, but for what is kept back."""
        order = self._pick(back, CONFIRMED)
        batches = []
        for number, line in self.model.orders[order].lines.items():
            packs = max(line.to_send - keep, 0) + above
            for part in (packs // 2, packs - packs // 2):
                if part:
                    batches.append((number, part, life if life == 500 else SHELF_LIFE + life))
        if batches:
            self.act("send", order=order, batches=batches)

    @precondition(lambda machine: machine.model.deliveries)
    @rule(back=back, rejected=shares, short=shares, replacement=st.booleans(), whole=st.booleans())
    def accept(self, back: int, rejected: int, short: int, replacement: bool, whole: bool) -> None:
        delivery = max(0, len(self.model.deliveries) - back)
        note = self.model.deliveries[delivery]
        waiting = note.waiting or [0]
        verdicts = {}
        for place in waiting if whole else waiting[:1]:
            packs = note.lines[place].packs
            bad = min(rejected, packs)
            missing = min(short, packs - bad)
            verdicts[place] = (packs - bad - missing, bad, missing, replacement)
        self.act("accept", delivery=delivery, verdicts=verdicts)

    @precondition(lambda machine: machine.model.deliveries)
    @rule(back=back, wrong=st.sampled_from([1, -1]))
    def accept_another_number(self, back: int, wrong: int) -> None:
        delivery = max(0, len(self.model.deliveries) - back)
        packs = self.model.deliveries[delivery].lines[0].packs + wrong
        self.act("accept", delivery=delivery, verdicts={0: (packs, 0, 0, True)})

    @precondition(lambda machine: machine.model.deliveries)
    @rule(back=back, any_line=st.sampled_from([False, False, True]), by_two=st.booleans())
    def reverse(self, back: int, any_line: bool, by_two: bool) -> None:
        notes = self.model.deliveries
        lines = [(number, place) for number, note in enumerate(notes) for place in range(len(note.lines))]
        judged = [(number, place) for number, place in lines if notes[number].lines[place].verdict]
        chosen = lines if any_line or not judged else judged
        delivery, place = chosen[-min(back, len(chosen))]
        self.act("reverse_by_two" if by_two else "reverse", delivery=delivery, place=place)

    @precondition(lambda machine: machine.model.unpaid)
    @rule(back=back, days=st.sampled_from([0, 31, 31]))
    def reverse_what_is_unpaid(self, back: int, days: int) -> None:
        """One person reverses it; once it is overdue that one may not, and two may."""
        self.wait(days, 0)
        delivery, place = self.model.unpaid[-min(back, len(self.model.unpaid))]
        if self.act("reverse", delivery=delivery, place=place) == "needs_two":
            self.act("reverse_by_two", delivery=delivery, place=place)

    # Payments

    @precondition(lambda machine: machine.model.debts)
    @rule(
        back=back,
        many=st.booleans(),
        part=st.sampled_from(["all", "all", "half", "more", "nothing"]),
        by=st.sampled_from(["finance", "finance", "finance", "officer"]),
    )
    def pay(self, back: int, many: bool, part: str, by: str) -> None:
        debts = [number for number, debt in enumerate(self.model.debts) if debt.open > 0]
        chosen = (debts if many else debts[-back:][:1]) or [0]
        amounts = {number: self._part(self.model.debts[number].open, part) for number in chosen}
        self.act("pay", amounts=amounts, reference=f"ICBC {len(self.model.payments)}", by=by)

    @precondition(lambda machine: machine.model.payments and any(debt.open for debt in machine.model.debts))
    @rule(back=back)
    def pay_under_a_used_reference(self, back: int) -> None:
        debt = next(number for number, debt in enumerate(self.model.debts) if debt.open)
        reference = self.model.payments[-min(back, len(self.model.payments))][0]
        self.act("pay", amounts={debt: self.model.debts[debt].open}, reference=reference, by="finance")

    def _part(self, amount: Decimal, part: str) -> Decimal:
        wanted = {"all": amount, "half": amount / 2, "more": amount + Decimal("0.01"), "nothing": Decimal(0)}
        return wanted[part].quantize(Decimal("0.01"))
