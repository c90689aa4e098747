"""What a tender should do, in a few hundred lines that know no database: the model beside the real actions.

Every act answers with one word. ``done`` (or a finer word) means that the act happened, and the model has changed;
any other word is the refusal that the platform must give, by its code. Acts name things by number: bids, lots,
openers and evaluators from 0, notices from 1, in the order of the stage.
"""

from datetime import datetime, timedelta

from tests.machine.facts import (
    AMENDMENT_DAYS,
    AWARDED,
    COMMERCIAL,
    ENDED,
    EVALUATED,
    EVALUATORS,
    FAILED,
    LEAST_BIDS,
    LOTS,
    NEEDED,
    NEGOTIATION,
    OBJECTION_DAYS,
    OFFICERS,
    OPEN,
    OPENERS,
    PASS_MARK,
    PROPOSED,
    RANKED,
    STANDSTILL_DAYS,
    SUPPLIERS,
    TECHNICAL,
    Bid,
    Change,
    Lot,
    Objection,
    Request,
    Sealed,
    after_days,
    local_date,
)

# As the tender is prepared: its supply begins so long after the first deadline, and no deadline lies behind that.
SUPPLY_AFTER = timedelta(days=60)


class Model:
    def __init__(self, now: datetime, deadline: datetime) -> None:
        self.now, self.deadline = now, deadline
        self.supply_from = local_date(deadline) + SUPPLY_AFTER
        self.notice = 1
        self.cancelled = self.closed = False
        self.bids = [Bid(number) for number in range(LOTS * SUPPLIERS)]
        self.lots = [Lot(number) for number in range(LOTS)]
        self.changes: list[Change] = []
        self.objections: list[Objection] = []
        self.destroyed: set[int] = set()

    # Bidding

    def submit(self, bid: int, supplier: int, sealed: Sealed, key: str) -> str:
        own = self.bids[bid]
        if supplier != own.supplier:
            return "denied"
        return self._once(own, key, sealed) or self._stored(own, key, sealed, self._against(own, sealed))

    def withdraw(self, bid: int, supplier: int, key: str) -> str:
        own = self.bids[bid]
        if supplier != own.supplier:
            return "denied"
        earlier = self._once(own, key, None)
        if earlier or own.last is None:
            return earlier or "not_standing"
        return self._stored(own, key, None, self._against_time())

    def _once(self, bid: Bid, key: str, sealed: Sealed | None) -> str:
        """The same submission gets the same receipt; another one under the same key is refused."""
        if key not in bid.answers:
            return ""
        return "again" if bid.answers[key] in (sealed, "refused") else "key_reused"

    def _against(self, bid: Bid, sealed: Sealed) -> str:
        if out_of_time := self._against_time():
            return out_of_time
        if sealed.bid // SUPPLIERS != bid.lot:
            return "not_as_sealed"
        if sealed.notice != self.notice:
            return "amended"
        if sealed.bid != bid.number:
            return "not_as_sealed"
        return "superseded" if sealed.number != len(bid.versions) + 1 else ""

    def _against_time(self) -> str:
        if self.cancelled:
            return "cancelled"
        return "late" if self.now >= self.deadline or self.closed else ""

    def _stored(self, bid: Bid, key: str, sealed: Sealed | None, refusal: str) -> str:
        bid.answers[key] = "refused" if refusal else sealed
        if refusal:
            return refusal
        bid.versions.append(sealed)
        return "bid" if sealed else "withdrawal"

    def standing(self, lot: int) -> list[int]:
        """The bids that count: not withdrawn, and sealed to the notice that holds."""
        return [b.number for b in self.bids if b.lot == lot and b.last and b.last.notice == self.notice]

    # Changes, which need two people

    def propose(self, kind: str, by: str, deadline: datetime | None, ceiling: bool) -> str:
        """``ceiling``: whether an amendment really changes something."""
        if by not in OFFICERS:
            return "denied"
        if self.cancelled:
            return "not_now"
        found = self._against_change(kind, deadline, ceiling)
        if found:
            return found
        if any(change.kind == kind and change.status == "proposed" for change in self.changes):
            return "pending"
        self.changes.append(Change(kind, by, self.notice, deadline))
        return "done"

    def approve(self, change: int, by: str) -> str:
        asked = self.changes[change]
        found = self._against_deciding(asked, by)
        if found or asked.by == by:
            return found or "two_people"
        if asked.kind == "amendment" and asked.notice != self.notice:
            return "conflict"
        if self.cancelled:
            return "not_now"
        if asked.kind == "cancellation" and any(lot.status == AWARDED for lot in self.lots):
            return "binding"
        if asked.kind != "cancellation" and (found := self._against_change(asked.kind, asked.deadline, True)):
            return found
        asked.status = "approved"
        self._carry_out(asked)
        return "done"

    def decline(self, change: int, by: str) -> str:
        asked = self.changes[change]
        found = self._against_deciding(asked, by)
        if not found:
            asked.status = "declined"
        return found or "done"

    def _against_deciding(self, change: Change, by: str) -> str:
        if by not in OFFICERS:
            return "denied"
        return "" if change.status == "proposed" else "conflict"

    def _against_change(self, kind: str, deadline: datetime | None, ceiling: bool) -> str:
        if kind == "cancellation":
            running = any(lot.status not in ENDED for lot in self.lots)
            return "" if running and all(lot.status != AWARDED for lot in self.lots) else "not_now"
        if self.now >= self.deadline:
            return "closed"
        last_day = local_date(deadline or self.deadline)
        found = set()
        if (deadline is not None and deadline <= self.deadline) or last_day >= self.supply_from:
            found.add("date_out_of_range")
        if kind == "amendment" and (last_day - local_date(self.now)).days < AMENDMENT_DAYS:
            found.add("date_out_of_range")
        if kind == "amendment" and not ceiling:
            found.add("unchanged")
        return "refused" if len(found) > 1 else "".join(found)

    def _carry_out(self, change: Change) -> None:
        self.deadline = change.deadline or self.deadline
        if change.kind == "amendment":
            self.notice += 1
        if change.kind == "cancellation":
            self.cancelled = True
            for lot in self.lots:
                if lot.status not in (NEGOTIATION, FAILED):
                    lot.status, lot.reason = FAILED, "cancelled"

    # Close and opening

    def close(self) -> str:
        if not self.closed and (self.cancelled or self.now < self.deadline):
            return "not_closed"
        self.closed = True
        return "done"

    def ask(self, lot: int, envelope: str, by: str) -> str:
        asked = self.lots[lot]
        if by not in OFFICERS:
            return "denied"
        if not self.closed and (self.cancelled or self.now < self.deadline):
            return "not_closed"
        if asked.status == OPEN and not self.standing(lot):
            self.closed = True
            asked.status, asked.reason = FAILED, "no_bid"
            return "no_bid"
        found = self._obstacle(asked, envelope)
        if found:
            return found
        self.closed = True
        listed = self.standing(lot) if envelope == TECHNICAL else asked.passed
        asked.requests[envelope] = Request(list(listed or ()))
        return "done"

    def _obstacle(self, lot: Lot, envelope: str) -> str:
        if self.cancelled:
            return "cancelled"
        if envelope in lot.requests:
            return "requested"
        if lot.status in ENDED:
            return "ended"
        if envelope == TECHNICAL:
            return ""
        if lot.final_at is None:
            return "not_evaluated"
        if self.now < lot.final_at:
            return "objection_time"
        return "held" if self.objected(lot.number) else ""

    def waiting_for(self, opener: int) -> list[tuple[int, str]]:
        """The requests, by lot and envelope, that an opener has yet to answer."""
        if self.cancelled:
            return []
        asked = [(lot.number, envelope, one) for lot in self.lots for envelope, one in lot.requests.items()]
        return [(lot, envelope) for lot, envelope, one in asked if one.waits and opener not in one.releases]

    def release(self, opener: int, trick: str) -> str:
        """An opener answers everything that it is asked for. ``trick`` is what it does instead of the right thing."""
        if trick == "stranger":
            return "not_an_opener"
        waiting = self.waiting_for(opener)
        if not waiting:
            ever = any(opener in one.releases for lot in self.lots for one in lot.requests.values())
            return "released" if ever else "not_asked"
        if trick in ("other_hash", "other_key"):
            return "release"
        for lot, envelope in waiting:
            asked = self.lots[lot].requests[envelope]
            (asked.wrong if trick == "wrong_share" else asked.right).add(opener)
            self._open(self.lots[lot], envelope, everybody_was_asked=len(asked.releases) == OPENERS)
        return "done"

    def conclude(self, lot: int, envelope: str, by: str) -> str:
        asked = self.lots[lot].requests[envelope]
        if by not in OFFICERS:
            return "denied"
        if self.cancelled or not asked.waits:
            return "concluded"
        if len(asked.releases) < NEEDED:
            return "too_few"
        self._open(self.lots[lot], envelope, everybody_was_asked=True)
        return "done"

    def _open(self, lot: Lot, envelope: str, *, everybody_was_asked: bool) -> None:
        asked = lot.requests[envelope]
        enough = len(asked.right) >= NEEDED
        if len(asked.releases) < NEEDED or not (enough or everybody_was_asked):
            return
        asked.verdicts = {bid: enough and self._last(bid).flaw != envelope for bid in asked.bids}
        if envelope == COMMERCIAL:
            valid = [bid for bid in asked.bids if asked.verdicts[bid]]
            lot.winner = min(valid, key=lambda bid: self._last(bid).price, default=None)
            lot.status = RANKED

    def _last(self, bid: int) -> Sealed:
        sealed = self.bids[bid].last
        assert sealed is not None
        return sealed

    # Evaluation

    def to_evaluate(self, lot: int) -> list[int]:
        """The bids whose technical envelope is open and came out the same."""
        asked = self.lots[lot].requests.get(TECHNICAL)
        return [bid for bid, fine in asked.verdicts.items() if fine] if asked else []

    def review(self, bid: int, by: str, passed: bool) -> str:
        lot = self.lots[self.bids[bid].lot]
        found = self._against_judging(lot, by)
        if found or bid not in self.to_evaluate(lot.number):
            return found or "shut"
        if lot.signed:
            return "signed"
        if bid in lot.carried:
            return "carried"
        lot.reviews[bid] = passed
        return "done"

    def score(self, lot: int, evaluator: int, points: dict[int, int]) -> str:
        judged = self.lots[lot]
        found = self._against_judging(judged, "evaluator")
        if found or not set(points) <= set(self.to_evaluate(lot)):
            return found or "shut"
        if evaluator in judged.signed:
            return "signed"
        if any((bid, evaluator) in judged.carried for bid in points):
            return "carried"
        judged.scores.update({(bid, evaluator): total for bid, total in points.items()})
        return "done"

    def sign(self, lot: int, evaluator: int) -> str:
        judged = self.lots[lot]
        found = self._against_judging(judged, "evaluator")
        if found:
            return found
        if evaluator in judged.signed:
            return "signed"
        found = self._against_verdicts(judged)
        if found:
            return found
        bids = self.to_evaluate(lot)
        if not set(bids) <= set(judged.reviews):
            return "review"
        if not all((bid, evaluator) in judged.scores for bid in bids if judged.reviews[bid]):
            return "score"
        judged.signed.add(evaluator)
        return "done"

    def publish(self, lot: int, by: str) -> str:
        judged = self.lots[lot]
        if by not in OFFICERS:
            return "denied"
        found = self._against_lot(judged) or self._against_verdicts(judged)
        if found:
            return found
        if len(judged.signed) < EVALUATORS:
            return "unsigned"
        judged.passed = [
            bid for bid in self.to_evaluate(lot) if judged.reviews[bid] and self._reaches_the_mark(judged, bid)
        ]
        judged.final_at = after_days(self.now, OBJECTION_DAYS)
        if not judged.passed:
            judged.status, judged.reason = FAILED, "none_qualified"
        elif len(judged.passed) < LEAST_BIDS:
            judged.status, judged.reason = NEGOTIATION, "too_few"
        else:
            judged.status = EVALUATED
        return "done"

    def _reaches_the_mark(self, lot: Lot, bid: int) -> bool:
        return sum(lot.scores[bid, one] for one in range(EVALUATORS)) >= PASS_MARK * EVALUATORS

    def _against_judging(self, lot: Lot, by: str) -> str:
        return "denied" if by != "evaluator" else self._against_lot(lot)

    def _against_lot(self, lot: Lot) -> str:
        if lot.status != OPEN:
            return "not_now"
        return "" if self.closed else "not_closed"

    def _against_verdicts(self, lot: Lot) -> str:
        if not self.standing(lot.number):
            return "no_bid"
        asked = lot.requests.get(TECHNICAL)
        return "shut" if asked is None or asked.waits else ""

    # Objections and award

    def objected(self, lot: int) -> bool:
        return any(one.lot == lot and not one.answer for one in self.objections)

    def object(self, lot: int, supplier: int) -> str:
        own = lot * SUPPLIERS + supplier
        if own not in self.standing(lot):
            return "not_a_bidder"
        if not self.may_object(self.lots[lot]):
            return "no_window"
        if any((one.lot, one.supplier, one.answer) == (lot, supplier, "") for one in self.objections):
            return "waiting"
        self.objections.append(Objection(lot, supplier, to_award=self.lots[lot].status == PROPOSED))
        return "done"

    def may_object(self, lot: Lot) -> bool:
        if lot.status == PROPOSED:
            return lot.standstill_until is not None and self.now < lot.standstill_until
        return lot.final_at is not None and self.now < lot.final_at and lot.reason != "cancelled"

    def answer_objection(self, objection: int, by: str, upheld: bool, again: bool) -> str:
        """``again``: upheld against a technical result, the bid of whoever objected is judged anew."""
        asked = self.objections[objection]
        if by not in OFFICERS:
            return "denied"
        if asked.answer:
            return "already_done"
        lot, again = self.lots[asked.lot], again and upheld and not asked.to_award
        if again and not self._may_go_back(lot):
            return "not_now"
        asked.answer = "upheld" if upheld else "rejected"
        if again:
            self._go_back(lot, asked.lot * SUPPLIERS + asked.supplier)
        elif upheld and lot.status in (OPEN, EVALUATED, RANKED, PROPOSED):
            lot.status, lot.reason = FAILED, "objection_upheld"
        return "done"

    def _may_go_back(self, lot: Lot) -> bool:
        if lot.status == OPEN:
            return not lot.signed
        return lot.status == EVALUATED or lot.reason in ("none_qualified", "too_few")

    def _go_back(self, lot: Lot, again: int) -> None:
        lot.reviews.pop(again, None)
        lot.scores = {(bid, one): total for (bid, one), total in lot.scores.items() if bid != again}
        lot.carried = {
            kept for kept in lot.carried if kept != again and (not isinstance(kept, tuple) or kept[0] != again)
        }
        if lot.status != OPEN:
            lot.status, lot.reason, lot.round = OPEN, "", lot.round + 1
            lot.signed, lot.passed, lot.final_at = set(), None, None
            lot.carried = {*lot.reviews, *lot.scores}

    def propose_award(self, lot: int, by: str) -> str:
        ranked = self.lots[lot]
        if by not in OFFICERS:
            return "denied"
        if ranked.status != RANKED:
            return "not_now"
        if ranked.winner is None:
            return "none_valid"
        ranked.status, ranked.standstill_until = PROPOSED, after_days(self.now, STANDSTILL_DAYS)
        return f"to {ranked.winner}"

    def fail(self, lot: int, by: str) -> str:
        """End a lot of whose opened prices none is valid."""
        ranked = self.lots[lot]
        if by not in OFFICERS:
            return "denied"
        if ranked.status != RANKED:
            return "not_now"
        if ranked.winner is not None:
            return "valid"
        ranked.status, ranked.reason = FAILED, "none_valid"
        return "done"

    def award(self, lot: int, by: str) -> str:
        proposed = self.lots[lot]
        if by != "awarder":
            return "denied"
        if proposed.status != PROPOSED:
            return "not_now"
        if proposed.standstill_until is None or self.now < proposed.standstill_until:
            return "standstill"
        if self.objected(lot):
            return "held"
        proposed.status = AWARDED
        return "done"

    # The end of the keys

    @property
    def over(self) -> bool:
        held = any(
            self.objected(lot.number) or (lot.final_at and self.now < lot.final_at and lot.reason != "cancelled")
            for lot in self.lots
        )
        return not held and (self.cancelled or all(lot.status in ENDED for lot in self.lots))

    def destroy(self, opener: int, place: int) -> str:
        """An opener states that its keys are destroyed; ``place`` is the one that it names."""
        if not self.over:
            return "not_now"
        if place != opener:
            return "other_document"
        if opener in self.destroyed:
            return "destroyed"
        self.destroyed.add(opener)
        return "done"
