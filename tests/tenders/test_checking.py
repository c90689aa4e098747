"""Anybody's check: it holds for an honest tender, and finds each thing that a dishonest platform may do.

The platform's own key signs the crooked papers here: what is found is found against the platform itself.
"""

import base64
from copy import deepcopy
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from tenders.rules import ranking as platform
from tenders.sealing.checking import ranking, words
from tenders.sealing.checking.findings import POINTS, check
from tenders.sealing.documents import document_hash
from tenders.sealing.primitives import sha256
from tenders.sealing.tree import leaf, root
from tests.tenders.checking import (
    answers,
    body_of,
    closed_papers,
    failures,
    open_papers,
    papers_of,
    resigned,
)
from tests.tenders.test_ranking_rules import any_terms, lots
from tests.world import World

EIGHT = ("receipt", "included", "root", "count", "commitment", "price", "ranking", "openers")


@pytest.fixture(scope="module")
def papers(django_db_setup, django_db_blocker):
    """Made once: the check needs no database."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = papers_of(World())
        transaction.set_rollback(True)
    return made


# --- An honest tender ---


def test_all_eight_points_hold_for_a_bidder_of_an_honest_tender(papers):
    found = answers(papers.material())
    assert {name: answer for name, (answer, _why) in found.items()} == {
        **dict.fromkeys(POINTS, "holds"),
        "stamp": "not yet",
    }
    assert set(EIGHT) == set(words.NUMBERS)


def test_a_visitor_with_the_record_alone_gets_every_answer_that_needs_nothing_else(papers):
    found = answers(papers.material(evidence=None, secrets=None, root=""))
    assert {name for name, (answer, _why) in found.items() if answer == "not asked for"} == {
        "receipt",
        "included",
        "root",
        "commitment",
        "price",
    }
    assert {name for name, (answer, _why) in found.items() if answer == "holds"} == {
        "notice",
        "count",
        "ranking",
        "openers",
        "requests",
        "releases",
        "files",
    }


def test_without_a_recovery_file_the_published_seed_opens_the_own_file(papers):
    found = answers(papers.material(secrets=None))
    assert found["commitment"] == found["price"] == ("holds", "")


def test_before_the_close_nothing_is_asked_that_has_no_answer_yet(world):
    papers = open_papers(world)
    found = answers(papers.material())
    assert found["receipt"] == found["commitment"] == ("holds", "")
    assert {name for name, (answer, _why) in found.items() if answer == "not yet"} == set(POINTS) - {
        "notice",
        "receipt",
        "commitment",
        "price",
    }


def test_after_the_close_the_place_under_the_root_holds_and_the_rest_waits(world):
    papers = closed_papers(world)
    found = answers(papers.material())
    assert found["included"] == found["root"] == ("holds", "")
    assert found["count"] == ("not yet", "not_all_listed")
    assert found["ranking"] == ("not yet", "no_price")
    assert failures(papers.material()) == {}


# --- A dishonest platform ---


def changed(entries, number, **changes):
    """A list with one entry changed."""
    return [entry | changes if at == number else entry for at, entry in enumerate(deepcopy(entries))]


def commercial(papers, bid=None):
    """The number of the opened price of a bid in the record, the own one unless told."""
    opened = papers.record["opened"]
    wanted = (bid or papers.bid, "commercial")
    return next(at for at, entry in enumerate(opened) if (entry["bid"], entry["envelope"]) == wanted)


def request(papers, envelope):
    return next(one for one in papers.record["requests"] if body_of(one)["envelope"] == envelope)


def with_request(papers, envelope, **changes):
    old = request(papers, envelope)
    return {"requests": [resigned(one, **changes) if one == old else one for one in papers.record["requests"]]}


def rival(papers):
    return next(entry["bid"] for entry in papers.record["opened"] if entry["bid"] != papers.bid)


def test_a_notice_by_another_key_is_found(papers):
    crooked = papers.record["notice"].replace('"title":"Demo', '"title":"Fake')
    assert failures(papers.material(notice=crooked))["notice"] == "unsigned"
    assert failures(papers.material(key="ab" * 32))["notice"] == "unsigned"


def test_a_receipt_that_says_something_else_is_found(papers):
    receipt = papers.evidence["receipt"]
    later = receipt.replace('"version":1', '"version":2')
    assert failures(papers.material(evidence=papers.evidence | {"receipt": later}))["receipt"] == "unsigned"
    other = resigned(receipt, terms="0" * 64)
    assert failures(papers.material(evidence=papers.evidence | {"receipt": other}))["receipt"] == "other_terms"


def test_another_file_than_the_one_received_is_found(papers):
    file = bytearray(base64.b64decode(papers.evidence["files"]["technical"]))
    file[-1] ^= 1
    files = papers.evidence["files"] | {"technical": base64.b64encode(file).decode()}
    assert failures(papers.material(evidence=papers.evidence | {"files": files}))["receipt"] == "other_file"


def test_a_close_without_my_bid_is_found(papers):
    listed = [entry for entry in body_of(request(papers, "technical"))["list"] if entry["bid"] != papers.bid]
    leaves = sorted(entry["leaf"] for entry in listed)
    close = resigned(papers.record["close"], count=len(leaves), root=root(leaves))
    found = failures(papers.material(close=close, **with_request(papers, "technical", list=listed)))
    assert (found["included"], found["root"]) == ("not_included", "two_closes")
    without_close = papers.evidence | {"close": ""}
    found = failures(papers.material(close=close, evidence=without_close))
    assert (found["included"], found["root"]) == ("not_included", "other_root")


def test_a_bid_left_off_its_list_is_found_by_its_bidder_and_by_everybody(papers):
    listed = [entry for entry in body_of(request(papers, "technical"))["list"] if entry["bid"] != papers.bid]
    found = failures(papers.material(**with_request(papers, "technical", list=listed)))
    assert (found["included"], found["count"]) == ("left_out", "other_count")


def test_a_bid_put_on_the_list_that_was_not_there_at_the_close_is_found(papers):
    listed = body_of(request(papers, "technical"))["list"]
    late = listed[0] | {"bid": "B-ZZZZZZZZZZZZ", "leaf": leaf(b"late")}
    assert (
        failures(papers.material(**with_request(papers, "technical", list=[*listed, late])))["count"] == "other_count"
    )
    swapped = changed(listed, 0, leaf=leaf(b"late"))
    assert failures(papers.material(**with_request(papers, "technical", list=swapped)))["count"] == "other_leaves"


def test_a_close_before_the_deadline_is_found(papers):
    early = resigned(papers.record["close"], closed_at="2026-03-01T00:00:00.000000Z")
    assert failures(papers.material(close=early))["root"] == "closed_early"


def test_an_envelope_without_a_verdict_is_waited_for(papers):
    opened = [
        entry for entry in papers.record["opened"] if (entry["bid"], entry["envelope"]) != (papers.bid, "technical")
    ]
    assert answers(papers.material(opened=opened))["count"] == ("not yet", "still_shut")


def test_a_rival_moved_up_in_the_ranking_is_found(papers):
    ranks = {1: 2, 2: 1}
    moved = [row | {"rank": ranks.get(row["rank"], row["rank"])} for row in papers.record["ranking"]]
    assert failures(papers.material(ranking=moved)) == {"ranking": "other_ranking"}
    dropped = [row for row in papers.record["ranking"] if row["bid"] != papers.bid]
    assert failures(papers.material(ranking=dropped)) == {"ranking": "other_ranking"}


def test_another_price_than_mine_is_found(papers):
    shown = [row | {"price": "13.600000"} if row["bid"] == papers.bid else row for row in papers.record["ranking"]]
    assert failures(papers.material(ranking=shown)) == {"price": "other_price"}


def test_a_rivals_file_passed_off_as_mine_is_found(papers):
    theirs = papers.record["opened"][commercial(papers, rival_with_price(papers))]
    fake = {name: theirs[name] for name in ("sha256", "seed", "file")}
    found = failures(papers.material(opened=changed(papers.record["opened"], commercial(papers), **fake)))
    assert (found["price"], found["files"]) == ("other_version", "other_file_opened")


def rival_with_price(papers):
    return next(row["bid"] for row in papers.record["ranking"] if row["bid"] != papers.bid)


def test_calling_my_bid_unreadable_is_found(papers):
    mine = commercial(papers)
    unreadable = changed(papers.record["opened"], mine, outcome="unreadable", file="", seed="")
    assert failures(papers.material(opened=unreadable))["price"] == "opens_for_me"
    fault = changed(papers.record["opened"], mine, outcome="bidder-fault")
    found = failures(papers.material(opened=fault))
    assert (found["price"], found["files"]) == ("opens_for_me", "other_outcome")


def test_opening_with_too_few_openers_is_found(papers):
    of_prices = document_hash(request(papers, "commercial").encode())
    fewer = [one for one in papers.record["releases"] if body_of(one)["request"] != of_prices]
    assert failures(papers.material(releases=fewer)) == {"openers": "too_few_openers"}


def test_a_release_that_the_opener_did_not_sign_is_found(papers):
    forged = [resigned(papers.record["releases"][0]), *papers.record["releases"][1:]]
    found = failures(papers.material(releases=forged))
    assert (found["openers"], found["releases"]) == ("unsigned", "unsigned")


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"request": "0" * 64}, "release_of_nothing"), ({"shares": ["1" * 64]}, "release_of_others")],
)
def test_a_release_for_something_else_is_found(papers, changes, why):
    first = papers.record["releases"][0]
    key = papers.openers[body_of(first)["opener"] - 1].sign
    crooked = [resigned(first, key, **changes), *papers.record["releases"][1:]]
    assert failures(papers.material(releases=crooked))["releases"] == why


def test_a_release_twice_is_found(papers):
    twice = [*papers.record["releases"], papers.record["releases"][0]]
    assert failures(papers.material(releases=twice)) == {"releases": "released_twice"}


def test_asking_for_the_price_of_a_rejected_bid_is_found(papers):
    listed = body_of(request(papers, "technical"))["list"]
    found = failures(papers.material(**with_request(papers, "commercial", list=listed)))
    assert found["requests"] == "not_as_passed"


def test_a_result_of_another_close_is_found(papers):
    other = [resigned(one, close="0" * 64) for one in papers.record["results"]]
    assert failures(papers.material(results=other))["requests"] == "other_close"


def test_an_opener_blamed_for_a_right_share_is_found(papers):
    blamed = changed(papers.record["opened"], commercial(papers), wrong=[2])
    assert failures(papers.material(opened=blamed)) == {"files": "blamed"}


def test_every_byte_of_a_published_file_counts(papers):
    mine = commercial(papers)
    file = base64.b64decode(papers.record["opened"][mine]["file"])
    for at in (0, 11, 200, len(file) // 2, len(file) - 1):
        flipped = bytearray(file)
        flipped[at] ^= 1
        changes = {"file": base64.b64encode(flipped).decode(), "sha256": sha256(bytes(flipped))}
        assert "files" in failures(papers.material(opened=changed(papers.record["opened"], mine, **changes)))
        del changes["sha256"]
        assert "files" in failures(papers.material(opened=changed(papers.record["opened"], mine, **changes)))


def test_what_nobody_asked_for_and_what_has_two_verdicts_is_found(papers):
    opened = papers.record["opened"]
    assert failures(papers.material(opened=[*opened, opened[0] | {"bid": "B-NEW"}]))["files"] == "not_listed"
    assert failures(papers.material(opened=[*opened, opened[0]]))["files"] == "twice"


def test_a_recovery_file_of_another_bid_is_named(papers):
    found = failures(papers.material(secrets=papers.secrets | {"bid": "B-OTHER"}))
    assert found == {"commitment": "other_recovery", "price": "other_recovery"}


def test_papers_of_no_shape_fail_and_stop_no_other_point(papers):
    found = failures(papers.material(releases=["nonsense"], evidence=papers.evidence | {"inclusion": {"index": 0}}))
    assert found["included"] == "malformed"
    assert found["releases"] == "unsigned"
    assert "files" not in found or found["files"] == "unsigned"


def test_every_reason_has_a_sentence_with_all_that_it_speaks_of(papers):
    for finding in check(papers.material(evidence=None, requests=[], opened=[], root="00")):
        if finding.why:
            assert words.REASONS[finding.why].format(**finding.about)
    assert set(words.POINTS) == set(POINTS)


# --- The second ranking ---


@settings(max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
@given(lots(), any_terms)
def test_the_second_program_ranks_as_the_platform_does(lot, terms):
    offers = [
        ranking.Offer(
            bid=offer.bid,
            price=None if offer.price is None else f"{offer.price:f}",
            pack=offer.pack,
            currency=offer.currency,
            true_pack=offer.pack_size,
            factor=f"{offer.factor:f}",
            score=None if offer.score is None else f"{offer.score:f}",
        )
        for offer in lot
    ]
    ceiling = None if terms.ceiling is None else f"{terms.ceiling:f}"
    rules = ranking.Rules(ceiling, terms.currency, terms.tie_order, terms.close_root)
    expected = {
        ranked.bid: ranking.Place(ranked.outcome.value, ranked.arithmetic["comparable_exact"], ranked.rank)
        for ranked in platform.rank(lot, terms)
    }
    assert ranking.places(offers, rules) == expected


def test_the_certificate_is_asked_for_where_there_is_a_stamp(papers):
    assert answers(papers.material(stamp="AAAA"))["stamp"] == ("not asked for", "no_certificate")
    assert answers(replace(papers.material(stamp="AAAA"), certificate=b"x"))["stamp"][0] == "does not hold"
