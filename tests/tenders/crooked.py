"""What a dishonest platform may publish or hand out, each with the points that must not hold any more, and why.

A change takes the papers of an honest tender and gives what is other. Where it can, the platform signs its lies.
"""

from collections.abc import Callable

from sealing.documents import document_hash
from sealing.tree import leaf
from tests.checking.papers import Papers, body_of, resigned
from tests.tenders.altering import (
    LATE,
    Changes,
    asking,
    changed,
    close_without_mine,
    covered,
    decided,
    evidence,
    flipped_file,
    further_request,
    judged,
    later_round,
    listed,
    minutes,
    opened,
    other_points,
    ranking,
    rejected,
    released,
    reported,
    request,
    result_without_report,
    rivals_file,
    score_shown,
    second_result,
    swap_scores,
    swapped,
    too_few_releases,
    with_passkey,
    without_mine,
)

CROOKED: list[tuple[str, Callable[[Papers], Changes], dict[str, str]]] = [
    (
        "a notice changed after it was signed",
        lambda papers: {"notice": papers.record["notice"].replace('"title":"Demo', '"title":"Fake')},
        {"notice": "unsigned"},
    ),
    (
        "a winner who is not the first of the ranking",
        lambda papers: decided(papers, lambda one: one["awards"][0].update(bid=papers.bid)),
        {"awards": "other_winners"},
    ),
    (
        "a second winner whom the rules do not know",
        lambda papers: decided(
            papers, lambda one: one["awards"].append({"place": 2, "kind": "winner", "bid": papers.bid})
        ),
        {"awards": "other_winners"},
    ),
    (
        "one unit less than the notice asks for",
        lambda papers: decided(papers, lambda one: one["regions"][0]["parts"][0].update(quantity="1999")),
        {"awards": "other_volume"},
    ),
    (
        "volume of a winner who is none",
        lambda papers: decided(papers, lambda one: one["regions"][0]["parts"][0].update(place=2)),
        {"awards": "other_division"},
    ),
    ("another key than the notice names", lambda papers: {"key": "ab" * 32}, {"notice": "unsigned"}),
    (
        "an amendment of another notice",
        lambda papers: {"amendments": [resigned(papers.record["notice"], number=2, amends="0" * 64)]},
        {"notice": "other_amendment"},
    ),
    (
        "an amendment after the opening",
        lambda papers: {
            "amendments": [
                resigned(papers.record["notice"], number=2, amends=document_hash(papers.record["notice"].encode()), k=2)
            ]
        },
        {"files": "other_file_opened"},
    ),
    (
        "evidence signed by another key",
        lambda papers: evidence(papers, key="ab" * 32),
        {"notice": "other_key"},
    ),
    (
        "a receipt changed after it was signed",
        lambda papers: evidence(papers, receipt=papers.evidence["receipt"].replace('"version":1', '"version":2')),
        {"receipt": "unsigned", "included": "unsigned"},
    ),
    (
        "a receipt for another notice",
        lambda papers: evidence(papers, receipt=resigned(papers.evidence["receipt"], terms="0" * 64)),
        {"receipt": "other_terms", "included": "not_included"},
    ),
    (
        "a receipt of another tender",
        lambda papers: evidence(papers, receipt=resigned(papers.evidence["receipt"], tender="T-2026-9999")),
        {"receipt": "other_tender"},
    ),
    (
        "a passkey's signature over other submissions",
        lambda papers: with_passkey(papers, over=["0" * 64]),
        {"receipt": "other_proof"},
    ),
    (
        "a list of submissions without mine",
        lambda papers: with_passkey(papers, manifests=["0" * 64]),
        {"receipt": "other_proof"},
    ),
    (
        "another signature than the receipt names",
        lambda papers: with_passkey(papers, assertion=with_passkey(papers, others=1)["evidence"]["proof"]["assertion"]),
        {"receipt": "other_proof"},
    ),
    ("another file than the one received", flipped_file, {"receipt": "other_file", "commitment": "does_not_open"}),
    (
        "a receipt without a place under the root",
        lambda papers: evidence(papers, inclusion=None),
        {"included": "no_inclusion"},
    ),
    (
        "a path that leads elsewhere",
        lambda papers: evidence(papers, inclusion=papers.evidence["inclusion"] | {"path": ["0" * 64, "1" * 64]}),
        {"included": "not_included"},
    ),
    (
        "a close without my bid, and another one for me",
        close_without_mine,
        {"included": "not_included", "root": "two_closes"},
    ),
    (
        "a close without my bid",
        lambda papers: close_without_mine(papers) | evidence(papers, close=""),
        {"included": "not_included", "root": "other_root"},
    ),
    (
        "my bid left off the list of its lot",
        lambda papers: asking(papers, "technical", without_mine(papers)),
        {"included": "left_out", "count": "other_count"},
    ),
    (
        "my bid left out of the result",
        lambda papers: {
            "results": [
                resigned(one, passed=[bid for bid in body_of(one)["passed"] if bid != papers.bid])
                for one in papers.record["results"]
            ]
        },
        {"included": "left_out", "requests": "not_as_passed"},
    ),
    (
        "another version of my bid on the list",
        lambda papers: asking(
            papers,
            "technical",
            [entry | {"leaf": leaf(b"old")} if entry["bid"] == papers.bid else entry for entry in listed(papers)],
        ),
        {"included": "other_version", "count": "other_leaves"},
    ),
    (
        "a late bid on the list",
        lambda papers: asking(papers, "technical", [*listed(papers), listed(papers)[0] | LATE]),
        {"count": "other_count"},
    ),
    (
        "a late bid in the place of a rival's",
        lambda papers: asking(papers, "technical", changed(listed(papers), 0, leaf=LATE["leaf"])),
        {"count": "other_leaves"},
    ),
    (
        "a close before the deadline",
        lambda papers: {"close": resigned(papers.record["close"], closed_at="2026-03-01T00:00:00.000000Z")},
        {"root": "closed_early"},
    ),
    ("two technical scores exchanged", swap_scores, {"evaluation": "other_points"}),
    ("a member's points changed", lambda papers: other_points(papers, points="59.00"), {"evaluation": "other_points"}),
    (
        "points above what a criterion has",
        lambda papers: other_points(papers, points="99.00"),
        {"evaluation": "other_points"},
    ),
    (
        "a member's points left out",
        lambda papers: reported(papers, lambda report: judged(report, papers.bid)["sheets"].pop()),
        {"evaluation": "points_missing"},
    ),
    (
        "a bid below the mark let pass",
        lambda papers: reported(papers, lambda report: rejected(report).update(outcome="qualified", place=4)),
        {"evaluation": "other_outcome_of", "requests": "not_as_passed"},
    ),
    (
        "another mark than the notice has",
        lambda papers: reported(papers, lambda report: report.update(mark="30")),
        {"evaluation": "other_table"},
    ),
    (
        "a bid said not to meet the formal requirements, without a reason",
        lambda papers: reported(
            papers,
            lambda report: judged(report, papers.bid).update(
                outcome="formal", place=None, score=None, means=[], sheets=[]
            ),
        ),
        {"evaluation": "other_outcome_of"},
    ),
    (
        "a bid left out of the report",
        lambda papers: reported(papers, lambda report: report["bids"].remove(judged(report, papers.bid))),
        {"evaluation": "other_table", "included": "left_out"},
    ),
    ("a result of the format that has no report", result_without_report, {"evaluation": "unreported"}),
    ("a record that leaves out who won", lambda papers: {"decisions": None}, {"awards": "left_out_decisions"}),
    ("a report that nobody published", lambda papers: {"reports": []}, {"evaluation": "no_report"}),
    (
        "the report of another round",
        lambda papers: reported(papers, lambda report: report.update(round=2)),
        {"evaluation": "other_report"},
    ),
    ("two results of one round", second_result, {"evaluation": "two_results"}),
    ("a round that follows no other", later_round, {"evaluation": "other_round"}),
    ("another technical score in the ranking", score_shown, {"ranking": "other_score"}),
    ("two ranks exchanged", lambda papers: ranking(papers, swapped), {"ranking": "other_ranking"}),
    (
        "my bid left out of the ranking",
        lambda papers: {"ranking": [row for row in papers.record["ranking"] if row["bid"] != papers.bid]},
        {"ranking": "other_ranking"},
    ),
    (
        "another price shown than mine",
        lambda papers: ranking(papers, lambda row: row | {"price": "13.600000"} if row["bid"] == papers.bid else row),
        {"price": "other_price"},
    ),
    (
        "an item that the lot does not ask for",
        lambda papers: opened(papers, covers=covered(papers) | {"item": "I-0"}),
        {"ranking": "other_item"},
    ),
    (
        "another product than the bid covers",
        lambda papers: opened(papers, covers=covered(papers, product="PD-0")),
        {"ranking": "other_ranking"},
    ),
    (
        "another pack than the product has",
        lambda papers: opened(papers, covers=covered(papers, pack=7)),
        {"ranking": "other_ranking"},
    ),
    ("a rival's file passed off as mine", rivals_file, {"price": "other_version", "files": "other_file_opened"}),
    (
        "my price said to be unreadable",
        lambda papers: opened(papers, outcome="unreadable", file="", seed=""),
        {"price": "opens_for_me"},
    ),
    (
        "my price said to be my own fault",
        lambda papers: opened(papers, outcome="bidder-fault"),
        {"price": "opens_for_me", "files": "other_outcome"},
    ),
    ("a price opened and not published", lambda papers: opened(papers, file="", seed=""), {"files": "no_file"}),
    ("prices opened by too few openers", too_few_releases, {"openers": "too_few_openers"}),
    ("minutes that too few openers signed", lambda papers: minutes(papers, 2), {"openers": "unsigned"}),
    (
        "minutes that the platform signed itself",
        lambda papers: {"minutes": [resigned(one) for one in papers.record["minutes"]]},
        {"openers": "unsigned"},
    ),
    (
        "minutes with a release that nobody published",
        lambda papers: minutes(papers, 3, releases=["0" * 64]),
        {"openers": "other_minutes"},
    ),
    (
        "minutes of another close",
        lambda papers: minutes(papers, 3, close="0" * 64),
        {"openers": "other_minutes"},
    ),
    (
        "a release that the platform signed itself",
        lambda papers: {"releases": [resigned(papers.record["releases"][0]), *papers.record["releases"][1:]]},
        {"openers": "unsigned", "releases": "unsigned"},
    ),
    (
        "a release for a list that nobody published",
        lambda papers: released(papers, request="0" * 64),
        {"releases": "release_of_nothing", "openers": "too_few_openers"},
    ),
    (
        "a release of fewer shares than were asked for",
        lambda papers: released(papers, shares=["1" * 64]),
        {"releases": "release_of_others"},
    ),
    (
        "a release twice",
        lambda papers: {"releases": [*papers.record["releases"], papers.record["releases"][0]]},
        {"releases": "released_twice"},
    ),
    (
        "the price of a rejected bid asked for",
        lambda papers: asking(papers, "commercial", listed(papers)),
        {"requests": "not_as_passed"},
    ),
    (
        "a result of another close",
        lambda papers: {"results": [resigned(one, close="0" * 64) for one in papers.record["results"]]},
        {"requests": "other_close"},
    ),
    (
        "the same list asked for twice",
        lambda papers: {
            "requests": [
                *papers.record["requests"],
                resigned(request(papers, "technical"), issued_at="2026-03-28T00:00:00.000000Z"),
            ]
        },
        {"requests": "asked_twice"},
    ),
    (
        "a further request that leaves out what was listed",
        lambda papers: further_request(papers, list=listed(papers, "commercial")[1:]),
        {"requests": "not_continued"},
    ),
    (
        "a further request with a gap before it",
        lambda papers: further_request(papers, number=3),
        {"requests": "not_continued"},
    ),
    (
        "a further request after nothing",
        lambda papers: further_request(papers, previous="0" * 64),
        {"requests": "not_continued"},
    ),
    ("an opener blamed for a right share", lambda papers: opened(papers, wrong=[2]), {"files": "blamed"}),
    (
        "an envelope opened that is on no list",
        lambda papers: {"opened": [*papers.record["opened"], papers.record["opened"][0] | {"bid": "B-NEW"}]},
        {"files": "not_listed"},
    ),
    (
        "two verdicts on one envelope",
        lambda papers: {"opened": [*papers.record["opened"], papers.record["opened"][0]]},
        {"files": "twice", "count": "twice"},
    ),
    (
        "a recovery file of another bid",
        lambda papers: {"secrets": papers.secrets | {"bid": "B-OTHER"}},
        {"commitment": "other_recovery", "price": "other_recovery"},
    ),
    ("papers of no shape", lambda papers: {"releases": ["nonsense"]}, {"releases": "unsigned", "openers": "unsigned"}),
    ("a stamp over something else", lambda papers: {"stamp": "AAAA"}, {"stamp": "other_stamp"}),
]
