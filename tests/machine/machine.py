"""The tender as a machine: acts in any order, by anybody, at any instant, on the platform and on the model at once.

Whatever is asked for, both must answer the same, and after every act the tables must show what the model says and
keep every promise of ``invariants``. Each example begins with a published tender and ends with the database as it was.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.machine import invariants
from tests.machine.course import CONTESTED, DEAF, HASTY, PATIENT, next_act
from tests.machine.facts import (
    AWARDED,
    COMMERCIAL,
    EVALUATORS,
    LOTS,
    OPENERS,
    PROPOSED,
    STORED,
    SUPPLIERS,
    TECHNICAL,
    Lot,
    Sealed,
)
from tests.machine.model import Model
from tests.machine.platform import Platform, Setting
from tests.tenders.stage import DEADLINE

BEGINNING = DEADLINE - timedelta(days=3)
MICROSECOND = timedelta(microseconds=1)

bids = st.integers(0, LOTS * SUPPLIERS - 1)
lots = st.integers(0, LOTS - 1)
suppliers = st.integers(0, SUPPLIERS - 1)
openers = st.integers(0, OPENERS - 1)
evaluators = st.integers(0, EVALUATORS - 1)
envelopes = st.sampled_from([TECHNICAL, COMMERCIAL])
# Whoever has a part in the agency: the two officers may, the awarder may not; and the other way round for an award.
agency = st.sampled_from(["officer", "preparer", "officer", "preparer", "awarder"])
from_the_last = st.integers(1, 3)
# Acts that belong to a later hour, with what they are given.
AHEAD = {
    "close": {},
    "ask": {"lot": lots, "envelope": envelopes, "by": agency},
    "release": {"opener": openers, "trick": st.just("")},
    "review": {"bid": bids, "by": st.just("evaluator"), "passed": st.just(True)},
    "sign": {"lot": lots, "evaluator": evaluators},
    "publish": {"lot": lots, "by": agency},
    "object": {"lot": lots, "supplier": suppliers},
    "propose_award": {"lot": lots, "by": agency},
    "fail": {"lot": lots, "by": agency},
    "award": {"lot": lots, "by": st.just("awarder")},
    "destroy": {"opener": openers, "place": openers},
}


def while_open(machine: "TenderMachine") -> bool:
    return not machine.model.closed and not machine.model.cancelled


def once_due(machine: "TenderMachine") -> bool:
    return machine.model.now >= machine.model.deadline - MICROSECOND


def once_closed(machine: "TenderMachine") -> bool:
    return machine.model.closed


def _ending(lot: Lot) -> str:
    return AWARDED if lot.status == AWARDED else lot.reason


class TenderMachine(RuleBasedStateMachine):
    setting: ClassVar[Setting]
    # How often each act was answered how, over all examples.
    answers: ClassVar[Counter[tuple[str, str]]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.model = Model(BEGINNING, DEADLINE)
        self.platform = Platform(self.setting, BEGINNING)
        self.sent: list[tuple[int, Sealed | None, str]] = []
        self.agrees = True

    def teardown(self) -> None:
        try:
            if self.agrees:
                assert list(invariants.told(self._secrets())) == []
        finally:
            transaction.savepoint_rollback(self.savepoint)

    def act(self, name: str, **given: Any) -> None:
        """One act on both sides: the same answer, the same state, every promise kept."""
        self.agrees = False
        expected = getattr(self.model, name)(**given)
        answer = self.platform.answer(name, **given)
        assert answer == expected, f"{name} {given} at {self.model.now}: {answer!r}, and not {expected!r}"
        shown, told = invariants.observed(), self._expected()
        differing = {name: (shown[name], told[name]) for name in told if shown[name] != told[name]}
        assert not differing, f"after {name} {given} at {self.model.now}, tables and model: {differing}"
        self.agrees = True
        self.answers[name, expected] += 1

    def _expected(self) -> dict[str, Any]:
        """What the tables must show, as the model has it."""
        model, keys = self.model, [bid.pk for bid in self.setting.bids]
        asked = [(envelope, one) for lot in model.lots for envelope, one in lot.requests.items()]
        opened = [[keys[bid], envelope, fine] for envelope, one in asked for bid, fine in one.verdicts.items()]
        passed = [keys[bid] for lot in model.lots for bid in lot.passed or ()]
        standing = [bid for lot in range(LOTS) for bid in model.standing(lot)]
        return {
            "deadline": f"{model.deadline:%Y-%m-%dT%H:%M:%S.%f}",
            "cancelled": model.cancelled,
            "closed": model.closed,
            "lots": [[STORED.get(lot.status, lot.status), _ending(lot)] for lot in model.lots],
            "proposed": sum(lot.status == PROPOSED for lot in model.lots),
            "standing": [keys[bid] for bid in standing] or None,
            "counted": len(standing) if model.closed else None,
            "versions": sum(len(bid.versions) for bid in model.bids),
            "receipts": sum(len(bid.answers) for bid in model.bids),
            "changes": [change.status for change in model.changes] or None,
            "opened": sorted(opened) or None,
            "passed": sorted(passed) or None,
            "waiting": sum(not one.answer for one in model.objections),
            "broken": None,
        }

    def _secrets(self) -> set[str]:
        """The prices that were ever sent and not opened."""
        sent = {str(sealed.price) for _bid, sealed, _key in self.sent if sealed}
        prices = [one for lot in self.model.lots for one in [lot.requests.get(COMMERCIAL)] if one]
        return sent - {str(self.model.bids[bid].last.price) for one in prices for bid in one.verdicts}

    # Time

    @rule(by=st.sampled_from([MICROSECOND, timedelta(minutes=30), timedelta(hours=5), timedelta(days=1)]))
    def wait(self, by: timedelta) -> None:
        self.tick(self.model.now + by)

    @rule(about=st.sampled_from([-MICROSECOND, timedelta(0), MICROSECOND]))
    def wait_for_the_next_limit(self, about: timedelta) -> None:
        lots = self.model.lots
        limits = [self.model.deadline, *(one for lot in lots for one in (lot.final_at, lot.standstill_until) if one)]
        self.tick(min((limit + about for limit in limits if limit + about > self.model.now), default=self.model.now))

    def tick(self, now: datetime) -> None:
        self.model.now = now
        self.platform.tick(now)

    # The usual course, which is the way to the later acts

    @initialize(first=st.lists(bids, max_size=4), more=st.booleans())
    def bids_come_in(self, first: list[int], more: bool) -> None:
        for bid in [*range(LOTS * SUPPLIERS)] if more else first:
            self._hand_in(bid)

    @rule(steps=st.integers(1, 15), pace=st.sampled_from([PATIENT, HASTY, CONTESTED, DEAF]))
    def go_on(self, steps: int, pace: str) -> None:
        before = None
        for _step in range(steps):
            act = next_act(self.model, pace)
            if act == before:  # it was refused
                act = next_act(self.model, PATIENT)
            if act is None:
                return
            before = name, given = act
            if name == "tick":
                self.tick(**given)
            else:
                self.act(name, **given)

    @rule(act=st.one_of(*(st.tuples(st.just(name), st.fixed_dictionaries(given)) for name, given in AHEAD.items())))
    def do_out_of_turn(self, act: tuple[str, dict[str, Any]]) -> None:
        name, given = act
        self.act(name, **given)

    # Bidding

    @precondition(while_open)
    @rule(bid=bids, flaw=st.sampled_from(["", "", "", TECHNICAL, COMMERCIAL]))
    def submit(self, bid: int, flaw: str) -> None:
        self._hand_in(bid, flaw=flaw)

    @precondition(lambda machine: machine.model.notice > 1)
    @rule(bid=bids)
    def submit_under_the_notice_before(self, bid: int) -> None:
        self.submit_something_else(bid, "notice")

    @rule(bid=bids, wrong=st.sampled_from(["outdated", "ahead", "notice", "bid", "lot", "supplier"]))
    def submit_something_else(self, bid: int, wrong: str) -> None:
        """A file of another version, under an earlier notice, for another bid, or for another supplier."""
        sealed = Sealed(bid, len(self.model.bids[bid].versions) + 1, self.model.notice)
        changes = {
            "outdated": {"number": max(1, sealed.number - 1)},
            "ahead": {"number": sealed.number + 1},
            "notice": {"notice": max(1, sealed.notice - 1)},
            "bid": {"bid": bid - 1 if bid % SUPPLIERS else bid + 1},
            "lot": {"bid": (bid + SUPPLIERS) % (LOTS * SUPPLIERS)},
        }
        supplier = (bid + 1) % SUPPLIERS if wrong == "supplier" else bid % SUPPLIERS
        self._send(bid, replace(sealed, **changes.get(wrong, {})), supplier=supplier)

    @precondition(lambda machine: machine.sent)
    @rule(back=from_the_last)
    def withdraw(self, back: int) -> None:
        bid, _sealed, _key = self.sent[-min(back, len(self.sent))]
        self._send(bid, None)

    @precondition(lambda machine: machine.sent)
    @rule(back=from_the_last, other=st.booleans())
    def send_again(self, back: int, other: bool) -> None:
        """The same submission under its key again, or another one under a key that was used."""
        bid, sealed, key = self.sent[-min(back, len(self.sent))]
        if other:
            sealed = Sealed(bid, len(self.model.bids[bid].versions) + 1, self.model.notice, variant=1)
        self._send(bid, sealed, key)

    def _hand_in(self, bid: int, flaw: str = "") -> None:
        self._send(bid, Sealed(bid, len(self.model.bids[bid].versions) + 1, self.model.notice, flaw=flaw))

    def _send(self, bid: int, sealed: Sealed | None, key: str = "", supplier: int | None = None) -> None:
        key = key or f"machine-{len(self.sent)}"
        by = bid % SUPPLIERS if supplier is None else supplier
        self.sent.append((bid, sealed, key))
        if sealed is None:
            self.act("withdraw", bid=bid, supplier=by, key=key)
        else:
            self.act("submit", bid=bid, supplier=by, sealed=sealed, key=key)

    # Changes

    @precondition(while_open)
    @rule(by=agency, hours=st.sampled_from([-2, 0, 1, 5]))
    def propose_an_extension(self, by: str, hours: int) -> None:
        deadline = self.model.deadline + timedelta(hours=hours)
        self.act("propose", kind="extension", by=by, deadline=deadline, ceiling=False)

    @precondition(while_open)
    @rule(by=agency, hours=st.sampled_from([None, -1, 30]), ceiling=st.sampled_from([True, True, True, False]))
    def propose_an_amendment(self, by: str, hours: int | None, ceiling: bool) -> None:
        deadline = None if hours is None else self.model.deadline + timedelta(hours=hours)
        self.act("propose", kind="amendment", by=by, deadline=deadline, ceiling=ceiling)

    @rule(by=agency, rarely=st.integers(0, 5))
    def propose_to_cancel(self, by: str, rarely: int) -> None:
        if rarely == 0:
            self.act("propose", kind="cancellation", by=by, deadline=None, ceiling=False)

    @precondition(while_open)
    @rule(kind=st.sampled_from(["extension", "amendment"]), hours=st.sampled_from([1, 9, 30]))
    def change(self, kind: str, hours: int) -> None:
        """As two people do it together."""
        deadline = self.model.deadline + timedelta(hours=hours)
        before = len(self.model.changes)
        self.act("propose", kind=kind, by="officer", deadline=deadline, ceiling=True)
        if len(self.model.changes) > before:
            self.act("approve", change=before, by="preparer")

    @precondition(lambda machine: machine.model.changes)
    @rule(back=from_the_last, by=agency)
    def approve(self, back: int, by: str) -> None:
        self.act("approve", change=max(0, len(self.model.changes) - back), by=by)

    @precondition(lambda machine: machine.model.changes)
    @rule(back=from_the_last, by=agency)
    def decline(self, back: int, by: str) -> None:
        self.act("decline", change=max(0, len(self.model.changes) - back), by=by)

    # Close and opening

    @precondition(once_due)
    @rule()
    def close(self) -> None:
        self.act("close")

    @precondition(once_due)
    @rule(lot=lots, envelope=envelopes, by=agency)
    def ask(self, lot: int, envelope: str, by: str) -> None:
        self.act("ask", lot=lot, envelope=envelope, by=by)

    @precondition(once_closed)
    @rule(opener=openers, trick=st.sampled_from(["wrong_share", "other_hash", "other_key", "stranger", ""]))
    def release(self, opener: int, trick: str) -> None:
        self.act("release", opener=opener, trick=trick)

    @precondition(lambda machine: any(lot.requests for lot in machine.model.lots))
    @rule(lot=lots, envelope=envelopes, by=agency)
    def conclude(self, lot: int, envelope: str, by: str) -> None:
        if envelope in self.model.lots[lot].requests:
            self.act("conclude", lot=lot, envelope=envelope, by=by)

    # Evaluation

    @precondition(once_closed)
    @rule(bid=bids, by=st.sampled_from(["evaluator", "evaluator", "officer"]), passed=st.booleans())
    def review(self, bid: int, by: str, passed: bool) -> None:
        self.act("review", bid=bid, by=by, passed=passed)

    @precondition(once_closed)
    @rule(lot=lots, evaluator=evaluators, totals=st.lists(st.sampled_from([40, 60, 80]), min_size=3, max_size=3))
    def score(self, lot: int, evaluator: int, totals: list[int]) -> None:
        bids = self.model.to_evaluate(lot) or [lot * SUPPLIERS]
        self.act("score", lot=lot, evaluator=evaluator, points=dict(zip(bids, totals, strict=False)))

    @precondition(once_closed)
    @rule(lot=lots, evaluator=evaluators)
    def sign(self, lot: int, evaluator: int) -> None:
        self.act("sign", lot=lot, evaluator=evaluator)

    @precondition(once_closed)
    @rule(lot=lots, by=agency)
    def publish(self, lot: int, by: str) -> None:
        self.act("publish", lot=lot, by=by)

    # Objections and award

    @precondition(lambda machine: any(map(machine.model.may_object, machine.model.lots)))
    @rule(lot=lots, supplier=suppliers)
    def object(self, lot: int, supplier: int) -> None:
        self.act("object", lot=lot, supplier=supplier)

    @precondition(lambda machine: machine.model.objections)
    @rule(back=from_the_last, by=agency, upheld=st.booleans(), again=st.booleans())
    def answer_objection(self, back: int, by: str, upheld: bool, again: bool) -> None:
        objection = max(0, len(self.model.objections) - back)
        self.act("answer_objection", objection=objection, by=by, upheld=upheld, again=again)

    @precondition(once_closed)
    @rule(lot=lots, by=agency)
    def propose_award(self, lot: int, by: str) -> None:
        self.act("propose_award", lot=lot, by=by)

    @precondition(once_closed)
    @rule(lot=lots, by=agency)
    def fail(self, lot: int, by: str) -> None:
        self.act("fail", lot=lot, by=by)

    @precondition(once_closed)
    @rule(lot=lots, by=st.sampled_from(["awarder", "awarder", "officer"]))
    def award(self, lot: int, by: str) -> None:
        self.act("award", lot=lot, by=by)

    # The end of the keys

    @precondition(lambda machine: machine.model.over)
    @rule(opener=openers, other=st.sampled_from([False, False, True]))
    def destroy(self, opener: int, other: bool) -> None:
        self.act("destroy", opener=opener, place=(opener + other) % OPENERS)
