"""The report of a lot's technical evaluation: every member's points by number, and all that follows from them.

Its hash stands in the signed technical result, so that a point changed afterwards shows; anybody computes means,
places and who passed from it once more.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from accounts.models import Seat
from accounts.passkeys import checked_assertion
from core.money import quantize_amount
from sealing.primitives import sha256
from sealing.reports import REPORT, report_bytes, sheet
from selection.evaluation import Judged, Verdict
from tenders.models import Bid, EvaluationSignature, Evaluator, Lot, Score


def report_of(lot: Lot, found: Sequence[Judged]) -> bytes:
    """The report on these judgements, in the order of bids, of a lot that every current evaluator has signed."""
    numbers = member_numbers(lot)
    signatures = EvaluationSignature.objects.standing().filter(lot=lot, evaluator__replaced_at=None)
    assertions = {numbers[one.evaluator_id]: bytes(one.assertion) for one in signatures}
    sheets = _sheets(lot, numbers)
    return report_bytes(
        {
            "format": REPORT,
            **_place(lot),
            "members": [
                {"member": number, "assertion": sha256(signed) if signed else ""}
                for number, signed in sorted(assertions.items())
            ],
            "mark": found[0].arithmetic["pass_mark"],
            "table": {
                "reached": found[0].arithmetic["reached"],
                "going_on": found[0].arithmetic["going_on"],
                "cut": _points(found[0].arithmetic["cut"]),
            },
            "bids": [_bid(judged, sheets.get(judged.bid, [])) for judged in found],
        }
    )


def sheet_of(lot: Lot, evaluator: Evaluator) -> bytes:
    """What an evaluator signs of a lot: the own points, as the report will have them."""
    numbers = member_numbers(lot)
    own = {evaluator.pk: numbers[evaluator.pk]}
    bids = [{"bid": bid, "sheets": sheets} for bid, sheets in sorted(_sheets(lot, own).items())]
    return sheet({**_place(lot), "bids": bids}, own[evaluator.pk])


def checked_signature(
    lot: Lot, evaluator: Evaluator, *, by: Seat, assertion: Mapping[str, Any] | None, now: datetime
) -> bytes:
    """What is kept of the passkey's signature over an evaluator's sheet; empty where none was made.

    Refused for one over anything else, or by a passkey that is not the acting person's.
    """
    if assertion is None:
        return b""
    return checked_assertion(by.person, challenge_of(lot, evaluator), assertion, now=now)


def challenge_of(lot: Lot, evaluator: Evaluator) -> bytes:
    """What the passkey of an evaluator signs: SHA-256 of the sheet."""
    return hashlib.sha256(sheet_of(lot, evaluator)).digest()


def member_numbers(lot: Lot) -> dict[int, int]:
    """The number of every evaluator ever named in the tender, by primary key: who is replaced keeps the own one."""
    keys = Evaluator.objects.filter(tender=lot.tender_id).order_by("pk").values_list("pk", flat=True)
    return {key: number for number, key in enumerate(keys, start=1)}


def _place(lot: Lot) -> dict[str, Any]:
    return {"tender": lot.tender.reference, "lot": lot.key, "close": lot.tender.close.sha256, "round": lot.round}


def _sheets(lot: Lot, numbers: Mapping[int, int]) -> dict[str, list[dict[str, Any]]]:
    """By bid the points of these evaluators, by number; none of a bid that does not meet the formal requirements."""
    scores = Score.objects.standing().filter(bid__lot=lot, evaluator__in=numbers, evaluator__replaced_at=None)
    failed = Bid.objects.reviewed(passed=False).filter(lot=lot)
    scores = scores.exclude(bid__in=failed).select_related("bid", "criterion")
    given: dict[str, dict[int, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for one in scores.order_by("criterion__number"):
        points = {"criterion": one.criterion.key, "points": _points(one.points)}
        given[one.bid.reference][numbers[one.evaluator_id]].append(points)
    return {
        bid: [{"member": number, "comment": "", "points": points} for number, points in sorted(of_bid.items())]
        for bid, of_bid in given.items()
    }


def _bid(judged: Judged, sheets: list[dict[str, Any]]) -> dict[str, Any]:
    arithmetic = judged.arithmetic
    return {
        "bid": judged.bid,
        "outcome": str(judged.verdict),
        "formal": arithmetic["formal_failure"] if judged.verdict is Verdict.FORMAL else "",
        "place": arithmetic["place"],
        "score": _points(judged.score),
        "means": [{"criterion": one["criterion"], "mean": _points(one["mean"])} for one in arithmetic["criteria"]],
        "sheets": sheets,
        "answers": [],
    }


def _points(value: Decimal | str | None) -> Any:
    """Points with exactly two decimals; None for none."""
    return None if value is None else f"{quantize_amount(Decimal(value)):.2f}"
