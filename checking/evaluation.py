"""Who passed, computed a second time from every member's points.

Written apart from the platform's own program and in another way: whole hundredths of a point, places counted and not
sorted. State Council document GBF[2010]56 lets only bids that pass the technical envelope enter the commercial one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from checking.material import TECHNICAL, Fails, Material, NotAsked, Waits
from checking.rules import how_many, rules_of
from sealing.opening import Outcome

QUALIFIED, NOT_QUALIFIED, NOT_SHORTLISTED = "qualified", "not_qualified", "not_shortlisted"
FORMAL, UNREADABLE = "formal", "unreadable"
FIRST_NOTICE = "tender-notice/1"  # results to it say nothing of the members' points, records of it nothing of winners


def evaluation_is_right(given: Material) -> None:
    """The notice's rules and every member's points give the means, the places and the bids that passed."""
    if not given.results:
        raise Waits("no_result")
    rounds = Counter((result["lot"], result.get("round", 1)) for result in given.results.values())
    for (lot, _round), times in rounds.items():
        if times > 1:
            raise Fails("two_results", lot=lot)
    told = [result for result in given.results.values() if "report" in result]
    for result in given.results.values():
        # Else a platform would escape the question by signing results of the format that has no reports.
        if "report" not in result and given.terms["format"] != FIRST_NOTICE:
            raise Fails("unreported", lot=result["lot"])
    for result in told:
        report = given.reports.get(result["report"])
        if report is None:
            raise Fails("no_report", lot=result["lot"])
        if any(report[name] != result[name] for name in ("tender", "lot", "close", "round")):
            raise Fails("other_report", lot=result["lot"])
        _follows_the_round_before(given, result)
        _evaluated_again(given, result, report)
    if not told:
        raise NotAsked("without_reports")


def _follows_the_round_before(given: Material, result: Mapping[str, Any]) -> None:
    if result["round"] == 1:
        return
    before = given.results.get(result["previous"], {})
    if before.get("lot") != result["lot"] or before.get("round", 1) != result["round"] - 1:
        raise Fails("other_round", lot=result["lot"])


def _evaluated_again(given: Material, result: Mapping[str, Any], report: Mapping[str, Any]) -> None:
    most = {one["criterion"]: one["points"] * 100 for one in given.terms["criteria"] if one["kind"] == "scored"}
    members = [entry["member"] for entry in report["members"]]
    scores: dict[str, int] = {}
    for bid in report["bids"]:
        _is_judged_as_opened(given, bid)
        if most and bid["outcome"] not in (FORMAL, UNREADABLE):
            scores[bid["bid"]] = _score(bid, members, most)
        elif bid["sheets"] or bid["means"] or bid["score"] is not None:
            raise Fails("other_points", bid=bid["bid"])
    found = _found(report, scores, rules_of(given.terms)["evaluation"])
    if (report["mark"], report["table"]) != (found.pop("mark"), found.pop("table")):
        raise Fails("other_table", lot=result["lot"])
    for bid in report["bids"]:
        if (bid["outcome"], bid["place"]) != found[bid["bid"]]:
            raise Fails("other_outcome_of", bid=bid["bid"])
    passed = [bid["bid"] for bid in report["bids"] if bid["outcome"] == QUALIFIED]
    judged = [bid["bid"] for bid in report["bids"]]
    if result["passed"] != passed or sorted([*result["passed"], *result["failed"]]) != judged:
        raise Fails("other_passed", lot=result["lot"])


def _is_judged_as_opened(given: Material, bid: Mapping[str, Any]) -> None:
    """An envelope that opened is judged, one that did not is not; a formal failure has its reason."""
    entry = given.opened.get((bid["bid"], TECHNICAL))
    readable = given.terms["envelopes"] == 1 or (entry is not None and entry["outcome"] == Outcome.OPENED)
    if readable == (bid["outcome"] == UNREADABLE) or (bid["outcome"] == FORMAL) != bool(bid["formal"]):
        raise Fails("other_outcome_of", bid=bid["bid"])


def _score(bid: Mapping[str, Any], members: Sequence[int], most: Mapping[str, int]) -> int:
    """The score in hundredths, once the points of every member for every criterion are there and give the means."""
    if [sheet["member"] for sheet in bid["sheets"]] != members or not members:
        raise Fails("points_missing", bid=bid["bid"])
    sums = dict.fromkeys(most, 0)
    for sheet in bid["sheets"]:
        if [one["criterion"] for one in sheet["points"]] != sorted(most):
            raise Fails("points_missing", bid=bid["bid"])
        for one in sheet["points"]:
            if _hundredths(one["points"]) > most[one["criterion"]]:
                raise Fails("other_points", bid=bid["bid"])
            sums[one["criterion"]] += _hundredths(one["points"])
    # Half up: twice the sum and one member more, over twice the members.
    means = {name: (2 * total + len(members)) // (2 * len(members)) for name, total in sums.items()}
    if {one["criterion"]: _hundredths(one["mean"]) for one in bid["means"]} != means:
        raise Fails("other_points", bid=bid["bid"])
    score = sum(means.values())
    if bid["score"] is None or _hundredths(bid["score"]) != score:
        raise Fails("other_points", bid=bid["bid"])
    return score


def _found(report: Mapping[str, Any], scores: Mapping[str, int], rules: Mapping[str, Any]) -> dict[str, Any]:
    """By bid outcome and place as the rules give them; under ``mark`` and ``table`` what they were judged by."""
    judged = [bid for bid in report["bids"] if bid["outcome"] not in (FORMAL, UNREADABLE)]
    mark = rules["pass_mark"] if scores else None
    reached = [bid["bid"] for bid in judged if mark is None or scores.get(bid["bid"], 0) >= _hundredths(mark)]
    places = {bid: 1 + sum(scores[other] > scores[bid] for other in reached) for bid in reached if bid in scores}
    going_on = how_many(rules["shortlist"], len(reached))
    through = [bid for bid in reached if sum(scores.get(one, 0) > scores.get(bid, 0) for one in reached) < going_on]
    cut = min((scores.get(bid, 0) for bid in through), default=0) if going_on < len(reached) else None
    found: dict[str, Any] = {
        "mark": mark,
        "table": {"reached": len(reached), "going_on": going_on, "cut": None if cut is None else _written(cut)},
    }
    for bid in report["bids"]:
        name, outcome = bid["bid"], bid["outcome"]
        if bid in judged:
            outcome = QUALIFIED if name in through else NOT_SHORTLISTED if name in reached else NOT_QUALIFIED
        found[name] = (outcome, places.get(name))
    return found


def _hundredths(written: str) -> int:
    whole, _point, part = written.partition(".")
    return int(whole) * 100 + int((part + "00")[:2])


def _written(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"
