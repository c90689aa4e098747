"""Anybody's check: it holds for an honest tender, and finds each thing that a dishonest platform may do.

The platform's own key signs the crooked papers here: what is found is found against the platform itself.
"""

import base64
from collections import Counter, defaultdict
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checking import ranking, words
from checking.awards import awards_are_right
from checking.evaluation import _evaluated_again
from checking.findings import POINTS, check
from checking.material import Fails, Material, read_evidence, read_record
from sealing.documents import document_hash
from sealing.primitives import sha256
from selection import ranking as platform
from selection.allocation import allocate
from selection.evaluation import evaluate
from selection.ruleset import RuleSet, to_json
from tests.checking.papers import answers, closed_papers, failures, first_papers, open_papers, papers_of
from tests.ruling import ruled
from tests.selection import test_evaluation as judging
from tests.selection.test_allocation import BY_REGIONS, BY_SHARES, NEEDS
from tests.selection.test_ranking import any_terms, lots
from tests.tenders.altering import changed, further_request, minutes, price_of, with_passkey
from tests.tenders.crooked import CROOKED
from tests.world import World

NINE = ("receipt", "included", "root", "count", "commitment", "price", "evaluation", "ranking", "openers")


@pytest.fixture(scope="module")
def papers(django_db_setup, django_db_blocker):
    """Made once: the check needs no database."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = papers_of(World())
        transaction.set_rollback(True)
    return made


# --- An honest tender ---


def test_all_nine_points_hold_for_a_bidder_of_an_honest_tender(papers):
    found = answers(papers.material())
    assert {name: answer for name, (answer, _why) in found.items()} == {
        **dict.fromkeys(POINTS, "holds"),
        "stamp": "not yet",
    }
    assert set(NINE) == set(words.NUMBERS)


def test_the_minutes_of_both_openings_are_in_the_record_once_enough_openers_signed(papers):
    assert len(papers.record["minutes"]) == 2
    assert answers(papers.material())["openers"] == ("holds", "")


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
        "evaluation",
        "ranking",
        "awards",
        "openers",
        "requests",
        "releases",
        "files",
        "program",
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


def test_one_signature_of_a_passkey_for_many_bids_is_checked_by_the_list_that_each_has(papers):
    for others in (0, 1, 9):
        assert answers(papers.material(**with_passkey(papers, others=others)))["receipt"] == ("holds", "")


def test_minutes_of_another_release_are_a_remark_that_names_both_and_no_fault(papers):
    given = papers.material(**minutes(papers, 3, program="ab" * 32))
    assert answers(given)["program"] == ("holds, with a remark", "other_program")
    assert failures(given) == {}
    (finding,) = [one for one in check(given) if one.point == "program"]
    printed = given.terms["programs"]["verdicts"]
    assert finding.about == {"printed": printed[:16], "used": "ab" * 8}


def test_a_further_request_that_continues_the_first_is_right(papers):
    assert answers(papers.material(**further_request(papers)))["requests"] == ("holds", "")


def test_a_record_of_the_first_formats_still_verifies_and_says_that_it_has_no_reports():
    """Made by the release before the formats were revised, with what its first bidder held."""
    first = first_papers()
    given = Material(read_record(first["record"]), read_evidence(first["evidence"]), first["secrets"], first["root"])
    found = answers(given)
    assert found.pop("evaluation") == ("not asked for", "without_reports")
    assert found.pop("awards") == ("not asked for", "without_decisions")
    assert found.pop("stamp") == ("not yet", "not_stamped")
    assert set(found.values()) == {("holds", "")}


# --- A dishonest platform ---


@pytest.mark.parametrize(("change", "expected"), [case[1:] for case in CROOKED], ids=[case[0] for case in CROOKED])
def test_what_is_crooked_is_found(papers, change, expected):
    found = failures(papers.material(**change(papers)))
    assert {point: found.get(point) for point in expected} == expected


def test_an_envelope_without_a_verdict_is_waited_for(papers):
    mine = (papers.bid, "technical")
    opened = [entry for entry in papers.record["opened"] if (entry["bid"], entry["envelope"]) != mine]
    assert answers(papers.material(opened=opened))["count"] == ("not yet", "still_shut")


def test_every_byte_of_a_published_file_counts(papers):
    mine = price_of(papers)
    file = base64.b64decode(papers.record["opened"][mine]["file"])
    for at in (0, 11, 200, len(file) // 2, len(file) - 1):
        flipped = bytearray(file)
        flipped[at] ^= 1
        changes = {"file": base64.b64encode(flipped).decode(), "sha256": sha256(bytes(flipped))}
        assert "files" in failures(papers.material(opened=changed(papers.record["opened"], mine, **changes)))
        del changes["sha256"]
        assert "files" in failures(papers.material(opened=changed(papers.record["opened"], mine, **changes)))


def test_every_reason_has_a_sentence_with_all_that_it_speaks_of(papers):
    for finding in check(papers.material(evidence=None, requests=[], opened=[], root="00")):
        if finding.why:
            assert words.REASONS[finding.why].format(**finding.about)
    assert set(words.POINTS) == set(POINTS)


# --- The second evaluation ---


@settings(max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
@given(judging.lots(), judging.rule_sets)
def test_the_second_program_evaluates_as_the_platform_does(lot, rules):
    found = evaluate(lot, rules)
    given_ = SimpleNamespace(
        terms={
            "envelopes": 2,
            "criteria": [{"criterion": "C-02", "kind": "scored", "points": 100}],
            "rules": to_json(RuleSet(rules)),
        },
        opened={(one.bid, "technical"): {"outcome": "opened" if one.readable else "unreadable"} for one in lot},
    )
    sheets = {one.bid: one.points.get("C-02", []) for one in lot}
    report = {
        "members": [{"member": member} for member in (1, 2, 3)],
        "mark": found[0].arithmetic["pass_mark"] if found else None,
        "table": {
            "reached": found[0].arithmetic["reached"] if found else 0,
            "going_on": found[0].arithmetic["going_on"] if found else 0,
            "cut": two(found[0].arithmetic["cut"]) if found else None,
        },
        "bids": [
            {
                "bid": one.bid,
                "outcome": str(one.verdict),
                "formal": one.arithmetic["formal_failure"],
                "place": one.arithmetic["place"],
                "score": two(one.score),
                "means": [
                    {"criterion": each["criterion"], "mean": two(each["mean"])} for each in one.arithmetic["criteria"]
                ],
                "sheets": [
                    {"member": member, "points": [{"criterion": "C-02", "points": two(points)}]}
                    for member, points in enumerate(sheets[one.bid], start=1)
                ],
            }
            for one in found
        ],
    }
    passed = [one.bid for one in found if one.verdict == "qualified"]
    failed = [one.bid for one in found if one.verdict != "qualified"]
    _evaluated_again(given_, {"lot": "L-01", "passed": passed, "failed": failed}, report)
    if passed:
        with pytest.raises(Fails):
            _evaluated_again(given_, {"lot": "L-01", "passed": passed[1:], "failed": [*passed[:1], *failed]}, report)


def two(points):
    return None if points is None else f"{Decimal(points):.2f}"


# --- The second division of the volume ---

SHARED = replace(ruled(winners=3), allocation=BY_SHARES)
CHOSEN = replace(ruled(winners=3, standbys=1), allocation=BY_REGIONS)


@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
@given(NEEDS, st.sampled_from((ruled(), SHARED, CHOSEN)), st.integers(1, 6), st.randoms())
def test_the_second_program_divides_as_the_platform_does_and_finds_a_moved_unit(needs, rules, valid, dice):
    winners = rules.selection.winners.of(valid)
    regions = {need.region: dice.randint(1, winners) for need in needs}
    record = decided(rules, valid, needs, allocate(rules.allocation, winners, needs, regions))
    awards_are_right(record)
    for tamper in (more, lost, exchanged, renamed):
        crooked = deepcopy(record)
        if tamper(crooked.record["decisions"][0]):
            with pytest.raises(Fails):
                awards_are_right(crooked)


def decided(rules, valid, needs, portions):
    """What a record says of a lot of so many valid bids, and of the only decision on it."""
    bids = [f"B-{number}" for number in range(1, valid + 1)]
    winners = rules.selection.winners.of(valid)
    told = defaultdict(lambda: defaultdict(int))
    for portion in portions:
        told[portion.region][portion.place] += portion.units
    hospitals = Counter(need.region for need in needs)
    decision = {
        "lot": "L-01",
        "set_aside": None,
        "awards": [
            {"place": place, "kind": "winner" if place <= winners else "standby", "bid": bid}
            for place, bid in enumerate(bids[: winners + rules.selection.standbys], start=1)
        ],
        "regions": [
            {
                "region": region,
                "hospitals": hospitals[region],
                "parts": [{"place": place, "quantity": str(units)} for place, units in sorted(parts.items())],
            }
            for region, parts in sorted(told.items())
        ],
    }
    lot = {"lot": "L-01", "volume": str(sum(need.units for need in needs)), "items": [{"factor_volume": "1"}]}
    ranked = [{"lot": "L-01", "bid": bid, "rank": rank} for rank, bid in enumerate(bids, start=1)]
    terms = {"lots": [lot], "rules": to_json(rules)}
    return SimpleNamespace(terms=terms, record={"ranking": ranked, "decisions": [decision]})


def more(decision):
    """A unit that nobody needs."""
    part = decision["regions"][0]["parts"][0]
    part["quantity"] = str(int(part["quantity"]) + 1)
    return True


def lost(decision):
    """A region is left out."""
    decision["regions"].pop()
    return True


def exchanged(decision):
    """One unit moves from one winner to another within a region."""
    parts = decision["regions"][0]["parts"]
    if len(parts) > 1:
        for part, by in zip(parts, (1, -1), strict=False):
            part["quantity"] = str(int(part["quantity"]) + by)
    return len(parts) > 1


def renamed(decision):
    """A winner and the next of the ranking change places."""
    awards = decision["awards"]
    if len(awards) > 1:
        awards[0]["bid"], awards[1]["bid"] = awards[1]["bid"], awards[0]["bid"]
    return len(awards) > 1


# --- The second ranking ---


@settings(max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
@given(lots(), any_terms)
def test_the_second_program_ranks_as_the_platform_does(lot, terms):
    offers = [
        ranking.Priced(
            bid=offer.bid,
            price=None if offer.price is None else f"{offer.price:f}",
            units=offer.units,
            fits=offer.fits,
            currency=offer.currency,
            factor=f"{offer.factor:f}",
            score=None if offer.score is None else f"{offer.score:f}",
        )
        for offer in lot
    ]
    ceiling = None if terms.ceiling is None else f"{terms.ceiling:f}"
    rules = ranking.Rules(ceiling, terms.currency, terms.tie_order, terms.close_root)
    expected = {
        ranked.bid: ranking.Place(ranked.verdict.value, ranked.arithmetic["comparable_exact"], ranked.rank)
        for ranked in platform.rank(lot, terms)
    }
    assert ranking.places(offers, rules) == expected


def test_the_certificate_is_asked_for_where_there_is_a_stamp(papers):
    over_the_close = base64.b64encode(bytes.fromhex(document_hash(papers.record["close"].encode()))).decode()
    stamped = papers.material(stamp=over_the_close)
    assert answers(stamped)["stamp"] == ("not asked for", "no_certificate")
    assert answers(replace(stamped, certificate=b"x"))["stamp"] == ("does not hold", "other_stamp")
