"""What everybody asks of a tender. Each point says why it does not hold by raising, and holds if it returns."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from checking.coverage import ranked_offer
from checking.material import (
    COMMERCIAL,
    TECHNICAL,
    Fails,
    Material,
    NotAsked,
    Remark,
    Waits,
    known_signatures,
    offer_in,
)
from checking.ranking import Place, Rules, places
from checking.rules import rules_of
from sealing import tree
from sealing.canonical import read_time
from sealing.documents import read_document
from sealing.envelope import shares_of
from sealing.errors import SealError
from sealing.opening import Outcome
from sealing.primitives import sha256

RELEASE_DIGITS = 16  # of a program's digest, by which a release is named


def notice_is_signed(given: Material) -> None:
    """The notice is signed by the key that it names, and everything at hand is of this tender and this key."""
    if given.terms["installation"]["key"] != given.key:
        raise Fails("other_key")
    if given.evidence and given.evidence["key"] != given.key:
        raise Fails("other_key")


def root_is_mine(given: Material) -> None:
    """Point 3: the close was signed after the deadline, and its root is the one that was mailed."""
    close = given.close
    if read_time(close["closed_at"]) < read_time(close["deadline"]):
        raise Fails("closed_early")
    held = given.evidence and given.evidence["close"]
    if held and held.partition("\n")[0] != given.record["close"].partition("\n")[0]:
        raise Fails("two_closes")
    if not given.root:
        raise NotAsked("no_root")
    if given.root.strip().lower() != close["root"]:
        raise Fails("other_root")


def count_is_right(given: Material) -> None:
    """Point 4: as many envelopes were opened or failed as bids stood at the close, and they are the same ones."""
    count = given.close["count"]
    if given.terms["envelopes"] == 2:
        listed = {bid: entry for (bid, kind), entry in given.listed.items() if kind == TECHNICAL}
        _all_counted(given, listed.keys(), {one["lot"] for one in given.requests.values()})
        leaves = sorted(entry["leaf"] for entry in listed.values())
        if tree.root(leaves) != given.close["root"]:
            raise Fails("other_leaves")
        technical = len([bid for bid in listed if (bid, TECHNICAL) not in given.opened])
    else:
        judged = [bid for result in given.results.values() for bid in (*result["passed"], *result["failed"])]
        _all_counted(given, set(judged), {result["lot"] for result in given.results.values()})
        technical = 0
    shut = technical + sum(kind == COMMERCIAL and (bid, kind) not in given.opened for bid, kind in given.listed)
    if shut:
        raise Waits("still_shut", shut=shut, count=count)


def ranking_is_right(given: Material) -> None:
    """Point 7: the notice's rules and the opened prices give the ranking that is shown."""
    shown: dict[str, dict[str, Place]] = defaultdict(dict)
    for one in given.record["ranking"]:
        shown[one["lot"]][one["bid"]] = Place(one["verdict"], one["comparable"], one["rank"])
    asked: dict[str, set[str]] = defaultdict(set)
    for (bid, kind), entry in (given.listed | {name: given.opened[name] for name in given.silent}).items():
        if kind == COMMERCIAL:
            asked[entry["lot"]].add(bid)
    complete = {lot: bids for lot, bids in asked.items() if all((bid, COMMERCIAL) in given.opened for bid in bids)}
    for lot, bids in complete.items():
        if _ranked_again(given, lot, sorted(bids)) != shown[lot]:
            raise Fails("other_ranking", lot=lot)
    if not complete:
        raise Waits("no_price")


def openers_signed(given: Material) -> None:
    """Point 8: whatever was opened, k of the openers had released their shares, and k signed the minutes."""
    if not given.opened:
        raise Waits("nothing_opened")
    released: dict[str, set[int]] = defaultdict(set)
    for release in given.releases:
        released[release["request"]].add(release["opener"])
    answered = {
        (request["lot"], request["envelope"])
        for name, request in given.requests.items()
        if len(released[name]) >= given.terms["k"]
    }
    for name, entry in given.opened.items():
        if name not in given.silent and (entry["lot"], entry["envelope"]) not in answered:
            raise Fails("too_few_openers", lot=entry["lot"])
    for written in given.record["minutes"]:
        _minutes(given, written)


def requests_are_right(given: Material) -> None:
    """Every request is of this close; a list of prices is exactly what the signed result let pass, and one of seeds
    those of them whose seeds were revealed by the hour of the call."""
    if not given.requests:
        raise Waits("nothing_asked")
    results = given.results
    for result in results.values():
        if result["close"] != given.closing.hash:
            raise Fails("other_close", where="results")
    numbers = Counter((one["lot"], one["envelope"], one["seeds"], one["number"]) for one in given.requests.values())
    if any(times > 1 for times in numbers.values()):
        raise Fails("asked_twice")
    for request in given.requests.values():
        if request["close"] != given.closing.hash:
            raise Fails("other_close", where="requests")
        before = _request_before(given, request)
        if request["envelope"] != TECHNICAL and not _as_passed(given, request, before):
            raise Fails("not_as_passed", lot=request["lot"])
    seeds = [request["issued_at"] for request in given.requests.values() if request["seeds"]]
    if seeds or given.silent:
        if given.call is None:
            raise Fails("no_call")
        if any(read_time(issued_at) < read_time(given.call["due_at"]) for issued_at in seeds):
            raise Fails("before_call")


def releases_are_right(given: Material) -> None:
    """Every release is signed by its opener, names a request, and answers all of its list, once."""
    if not given.releases:
        raise Waits("nothing_released")
    answered = set()
    for release in given.releases:
        request = given.requests.get(release["request"])
        if request is None or request["lot"] != release["lot"]:
            raise Fails("release_of_nothing", place=release["opener"])
        if len(release["shares"]) != len(request["list"]):
            raise Fails("release_of_others", place=release["opener"])
        if (release["request"], release["opener"]) in answered:
            raise Fails("released_twice", place=release["opener"])
        answered.add((release["request"], release["opener"]))


def files_reproduce(given: Material) -> None:
    """Every published file is the one received, and its seed makes it again byte for byte; or does not, as is said."""
    if not given.opened:
        raise Waits("nothing_opened")
    for (bid, kind), entry in given.opened.items():
        if (bid, kind) in given.silent:
            continue
        listed = given.listed.get((bid, kind))
        if listed is None or listed["lot"] != entry["lot"]:
            raise Fails("not_listed", bid=bid)
        if entry["sha256"] != listed["sha256"]:
            raise Fails("other_file_opened", bid=bid)
        if kind == COMMERCIAL:
            _file(given, entry, listed)


def program_is_as_printed(given: Material) -> None:
    """The minutes were written by the very program that the notice printed; by another one is a remark, not a fault."""
    if not given.record["minutes"]:
        raise Waits("no_minutes")
    printed = given.terms["programs"]["verdicts"]
    for written in given.record["minutes"]:
        used = json.loads(written.partition("\n")[0])["program"]
        if used != printed:
            raise Remark("other_program", printed=printed[:RELEASE_DIGITS], used=used[:RELEASE_DIGITS])


def _request_before(given: Material, request: dict[str, Any]) -> list[dict[str, Any]]:
    """The list of the request that a further one names: it contains that list, and follows it without a gap."""
    if not request.get("previous"):
        return []
    before = given.requests.get(request["previous"])
    about = ("lot", "envelope", "seeds")
    if before is None or any(before[name] != request[name] for name in about):
        raise Fails("not_continued", lot=request["lot"])
    contained = all(entry in request["list"] for entry in before["list"])
    if request["number"] != before["number"] + 1 or not contained or not _follows(given, request, before):
        raise Fails("not_continued", lot=request["lot"])
    return list(before["list"])


def _follows(given: Material, request: dict[str, Any], before: dict[str, Any]) -> bool:
    """Whether a request rests on the result of the one before it, or on one of a later round."""
    name = request["result"]
    while name != before["result"]:
        if not name:
            return False
        name = given.results.get(name, {}).get("previous", "")
    return True


def _as_passed(given: Material, request: dict[str, Any], before: Sequence[dict[str, Any]]) -> bool:
    """Whether a list of prices is exactly what the result that it names let pass, without those who were silent, and
    with those that an earlier request listed."""
    result = given.results.get(request["result"])
    if result is None:
        return False
    silent = given.silent if request["seeds"] else set()
    passed = {bid for bid in result["passed"] if (bid, request["envelope"]) not in silent}
    listed = {entry["bid"] for entry in request["list"]}
    return request["lot"] == result["lot"] and listed == passed | {entry["bid"] for entry in before}


def _file(given: Material, entry: dict[str, Any], listed: dict[str, Any]) -> None:
    bid = entry["bid"]
    if not entry["file"]:
        seeds = any(
            request["seeds"] and bid in (one["bid"] for one in request["list"]) for request in given.requests.values()
        )
        # A seed that opens something else proves no file; a seed of the file itself is published like any other.
        if entry["outcome"] != Outcome.UNREADABLE and not (seeds and entry["outcome"] == Outcome.BIDDER_FAULT):
            raise Fails("no_file", bid=bid)
        return
    opened = given.reopened(entry)
    header = opened.header
    if opened.digest != listed["sha256"] or header.com != listed["com"]:
        raise Fails("other_file_opened", bid=bid)
    belongs = (given.record["tender"], entry["lot"], bid, COMMERCIAL, given.notice.hash)
    if (header.tender, header.lot, header.bid, header.envelope, header.terms) != belongs:
        raise Fails("other_file_opened", bid=bid)
    reads = offer_in(opened.payload) is not None and opened.outcome is Outcome.OPENED
    if reads != (entry["outcome"] == Outcome.OPENED):
        raise Fails("other_outcome", bid=bid)
    right = [sha256(share) for share in shares_of(bytes.fromhex(entry["seed"]), header)]
    for place in entry["wrong"]:
        if right[place - 1] in _released(given, entry, place):
            raise Fails("blamed", bid=bid, place=place)


def _released(given: Material, entry: dict[str, Any], place: int) -> list[str]:
    """The hashes of the shares that the opener at a place released of an envelope."""
    found = []
    for release in given.releases:
        request = given.requests.get(release["request"])
        if request is None or release["opener"] != place:
            continue
        if request["envelope"] == entry["envelope"] and not request["seeds"]:
            bids = [listed["bid"] for listed in request["list"]]
            found += [share for bid, share in zip(bids, release["shares"], strict=False) if bid == entry["bid"]]
    return found


def _all_counted(given: Material, bids: Collection[str], lots: set[str]) -> None:
    """Whether these bids are as many as stood at the close; with lots still to come it may be too early to say."""
    count = given.close["count"]
    everywhere = lots >= {lot["lot"] for lot in given.terms["lots"]}
    if len(bids) > count or (len(bids) < count and everywhere):
        raise Fails("other_count", found=len(bids), count=count)
    if len(bids) < count:
        raise Waits("not_all_listed", found=len(bids), count=count)


def _ranked_again(given: Material, key: str, bids: Sequence[str]) -> dict[str, Place]:
    notice = given.terms
    lot = next(one for one in notice["lots"] if one["lot"] == key)
    shown = {one["bid"]: one["score"] for one in given.record["ranking"]}
    offers = []
    for bid in bids:
        entry = given.opened[bid, COMMERCIAL]
        opened = entry["outcome"] == Outcome.OPENED and entry["file"]
        offer = offer_in(given.reopened(entry).payload) if opened else None
        score = given.score(key, bid, shown.get(bid))
        if bid in shown and shown[bid] != score:
            raise Fails("other_score", bid=bid)
        offers.append(ranked_offer(offer, entry, lot, score))
    ties = tuple(rules_of(notice)["ties"]["order"])
    return places(offers, Rules(lot["ceiling"], notice["installation"]["currency"], ties, given.close["root"]))


def _minutes(given: Material, written: str) -> None:
    """Minutes are signed by k openers, and speak of this close and of papers and verdicts that are published."""
    try:
        keys = given.signing_keys(json.loads(written.partition("\n")[0])["requests"])
        body = read_document(known_signatures(written.encode(), keys), keys, needed=given.terms["k"]).body
    except (SealError, ValueError, KeyError, TypeError):
        raise Fails("unsigned", where="minutes") from None
    hashes = {sha256(release.partition("\n")[0].encode()) for release in given.record["releases"]}
    published = (
        body["close"] == given.closing.hash
        and set(body["results"]) <= given.results.keys()
        and set(body["requests"]) <= given.requests.keys()
        and set(body["releases"]) <= hashes
    )
    shown = ("outcome", "sha256", "wrong")
    for envelope in body["envelopes"]:
        entry = given.opened.get((envelope["bid"], envelope["envelope"]))
        published = published and entry is not None and all(entry[name] == envelope[name] for name in shown)
    if not published:
        raise Fails("other_minutes")
