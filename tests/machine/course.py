"""The course of a tender when everybody does their part: what comes next, for the machine to go that way too.

Acts at random hardly ever come as far as an award. Here is the next act, as its name and what it is given; a
``tick`` is given the instant to which the clock goes. A hasty agency does not wait for limits. Bidders of a contested
lot object; a deaf agency goes on without an answer. What is hasty or deaf must be refused, and then comes what is
patient.
"""

from typing import Any

from tests.machine.facts import (
    COMMERCIAL,
    ENDED,
    EVALUATED,
    EVALUATORS,
    OPEN,
    OPENERS,
    RANKED,
    SUPPLIERS,
    TECHNICAL,
    Lot,
)
from tests.machine.model import Model

Act = tuple[str, dict[str, Any]]
# The evaluators give the first two bids of a lot what passes, and any other too little.
POINTS, FEW_POINTS = 80, 40
PATIENT, HASTY, CONTESTED, DEAF = "patient", "hasty", "contested", "deaf"


def next_act(model: Model, pace: str = PATIENT) -> Act | None:
    """The next act of the agency, its openers and evaluators; None where nothing is left to do."""
    if not model.cancelled and model.now < model.deadline and pace != HASTY:
        return "tick", {"now": model.deadline}
    waiting = [number for number, objection in enumerate(model.objections) if not objection.answer]
    if waiting and pace != DEAF:
        again = pace == CONTESTED and model.lots[model.objections[waiting[0]].lot].round == 1
        return "answer_objection", {"objection": waiting[0], "by": "preparer", "upheld": again, "again": again}
    for lot in model.lots:
        if lot.status not in ENDED:
            return _in_lot(model, lot, pace)
    if not model.over:
        return "tick", {"now": max(lot.final_at for lot in model.lots if lot.final_at)}
    left = [opener for opener in range(OPENERS) if opener not in model.destroyed]
    return ("destroy", {"opener": left[0], "place": left[0]}) if left else None


def _in_lot(model: Model, lot: Lot, pace: str) -> Act | None:
    if pace in (CONTESTED, DEAF) and model.may_object(lot) and not _has_objected(model, lot, pace):
        return "object", {"lot": lot.number, "supplier": model.standing(lot.number)[0] % SUPPLIERS}
    limit = lot.final_at if lot.status == EVALUATED else lot.standstill_until
    if limit and model.now < limit and pace != HASTY:
        return "tick", {"now": limit}
    if lot.status in (OPEN, EVALUATED):
        opening = _opening(lot, TECHNICAL if lot.status == OPEN else COMMERCIAL)
        return opening or _judging(model, lot)
    if lot.status == RANKED:
        return "fail" if lot.winner is None else "propose_award", {"lot": lot.number, "by": "officer"}
    return "award", {"lot": lot.number, "by": "awarder"}


def _has_objected(model: Model, lot: Lot, pace: str) -> bool:
    """Once a lot is enough; but the deaf need somebody who waits."""
    ever = any(one.lot == lot.number for one in model.objections)
    return ever if pace == CONTESTED else model.objected(lot.number)


def _opening(lot: Lot, envelope: str) -> Act | None:
    asked = lot.requests.get(envelope)
    if asked is None:
        return "ask", {"lot": lot.number, "envelope": envelope, "by": "officer"}
    left = [opener for opener in range(OPENERS) if opener not in asked.releases]
    if asked.waits and left:
        return "release", {"opener": left[0], "trick": ""}
    return ("conclude", {"lot": lot.number, "envelope": envelope, "by": "officer"}) if asked.waits else None


def _judging(model: Model, lot: Lot) -> Act:
    bids = model.to_evaluate(lot.number)
    unreviewed = [bid for bid in bids if bid not in lot.reviews]
    if unreviewed and not lot.signed:
        return "review", {"bid": unreviewed[0], "by": "evaluator", "passed": True}
    for evaluator in range(EVALUATORS):
        if evaluator not in lot.signed:
            points = {bid: POINTS if bid in bids[:2] else FEW_POINTS for bid in bids}
            unscored = {bid: points[bid] for bid in bids if (bid, evaluator) not in lot.scores}
            if unscored:
                return "score", {"lot": lot.number, "evaluator": evaluator, "points": unscored}
            return "sign", {"lot": lot.number, "evaluator": evaluator}
    return "publish", {"lot": lot.number, "by": "officer"}
