"""The course of a tender when everybody does their part: what comes next, for the machine to go that way too.

Acts at random hardly ever come as far as an award. Here is the next act, as its name and what it is given; a
``tick`` is given the instant to which the clock goes.
"""

from typing import Any

from tests.machine.model import (
    COMMERCIAL,
    ENDED,
    EVALUATED,
    EVALUATORS,
    OPEN,
    OPENERS,
    PROPOSED,
    RANKED,
    TECHNICAL,
    Lot,
    Model,
)

Act = tuple[str, dict[str, Any]]
FULL_MARKS = 80


def next_act(model: Model) -> Act | None:
    """The next act of a diligent agency, its openers and evaluators; None where nothing is left to do."""
    if not model.cancelled and model.now < model.deadline:
        return "tick", {"now": model.deadline}
    for number, objection in enumerate(model.objections):
        if not objection.answer:
            return "answer_objection", {"objection": number, "by": "preparer", "upheld": False}
    for lot in model.lots:
        if lot.status not in ENDED:
            return _in_lot(model, lot)
    left = [opener for opener in range(OPENERS) if opener not in model.destroyed]
    return ("destroy", {"opener": left[0], "place": left[0]}) if left else None


def _in_lot(model: Model, lot: Lot) -> Act | None:
    if lot.status in (OPEN, EVALUATED):
        opening = _opening(model, lot, TECHNICAL if lot.status == OPEN else COMMERCIAL)
        return opening or _judging(model, lot)
    if lot.status == RANKED:
        return "propose_award", {"lot": lot.number, "by": "officer"}
    assert lot.status == PROPOSED
    assert lot.standstill_until
    if model.now < lot.standstill_until:
        return "tick", {"now": lot.standstill_until}
    return "award", {"lot": lot.number, "by": "awarder"}


def _opening(model: Model, lot: Lot, envelope: str) -> Act | None:
    asked = lot.requests.get(envelope)
    if asked is None:
        if envelope == COMMERCIAL and lot.final_at and model.now < lot.final_at:
            return "tick", {"now": lot.final_at}
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
            unscored = {bid: FULL_MARKS for bid in bids if (bid, evaluator) not in lot.scores}
            if unscored:
                return "score", {"lot": lot.number, "evaluator": evaluator, "points": unscored}
            return "sign", {"lot": lot.number, "evaluator": evaluator}
    return "publish", {"lot": lot.number, "by": "officer"}
