"""The check in the browser answers as the command does, for honest papers and for every crooked one."""

import json
from fractions import Fraction
from random import Random

import pytest
from django.db import transaction
from django.templatetags.static import static
from django.urls import reverse

from checking import ranking, selecting
from checking.findings import POINTS
from checking.material import Material
from tests.checking.papers import answers, first_papers, papers_of, record_of
from tests.commit import number
from tests.tenders.altering import further_request, minutes, with_passkey
from tests.tenders.crooked import CROOKED
from tests.tenders.further import lot_of_two_items, ranked_bids
from tests.tenders.sets import lot_of_sets, ranked_sets
from tests.world import World

PRICES = (None, "0.000000", "6.600000", "13.200000", "0.660000", "200.000000", "200.000001")


@pytest.fixture(scope="module")
def papers(django_db_setup, django_db_blocker):
    """Made once: the check needs no database."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = papers_of(World())
        transaction.set_rollback(True)
    return made


@pytest.fixture(scope="module")
def of_sets(django_db_setup, django_db_blocker):
    """The record of a tender of sets."""
    with django_db_blocker.unblock(), transaction.atomic():
        stage = lot_of_sets(World())
        ranked_sets(stage)
        made = record_of(stage)
        transaction.set_rollback(True)
    return made


@pytest.fixture(scope="module")
def of_further(django_db_setup, django_db_blocker):
    """The record of a tender in which bids offer further specifications."""
    with django_db_blocker.unblock(), transaction.atomic():
        stage = lot_of_two_items(World())
        ranked_bids(stage)
        made = record_of(stage)
        transaction.set_rollback(True)
    return made


@pytest.fixture
def in_browser(page, live_server):
    page.goto(live_server.url + reverse("home"))
    return page


def checked(page, given: Material) -> dict[str, tuple[str, str]]:
    """Answer and reason of each point, from the module in the browser."""
    script = f"""async (given) => {{
        const checking = await import({json.dumps(static("js/checking.js"))});
        const record = checking.readRecord(given.record);
        const evidence = given.evidence && checking.readEvidence(given.evidence);
        const found = [];
        for await (const one of checking.check({{ ...given, record, evidence }})) {{
            found.push([one.point, one.answer, one.why]);
        }}
        return found;
    }}"""
    own = {
        "record": json.dumps(given.record),
        "evidence": given.evidence and json.dumps(given.evidence),
        "secrets": given.secrets,
        "root": given.root,
    }
    return {point: (answer, why) for point, answer, why in page.evaluate(script, own)}


def test_the_browser_answers_as_the_command_does_for_an_honest_tender(in_browser, papers):
    changes = (with_passkey(papers), minutes(papers, 3, program="ab" * 32), further_request(papers))
    more = [papers.material(**change) for change in ({"secrets": None}, {"evidence": None, "secrets": None}, *changes)]
    for given in (papers.material(), *more):
        found = checked(in_browser, given)
        assert list(found) == list(POINTS)
        assert found == answers(given)


def test_the_browser_still_verifies_what_was_made_in_the_first_formats(in_browser):
    first = first_papers()
    given = Material(json.loads(first["record"]), json.loads(first["evidence"]), first["secrets"], first["root"])
    assert checked(in_browser, given) == answers(given)


def test_the_browser_finds_everything_crooked_that_the_command_finds(in_browser, papers):
    differences = {}
    for sentence, change, expected in CROOKED:
        given = papers.material(**change(papers))
        found, wanted = checked(in_browser, given), answers(given)
        if found != wanted or {point: found[point][1] for point in expected} != expected:
            differences[sentence] = (found, wanted)
    assert differences == {}


def test_the_browser_holds_sets_against_their_parts_as_the_command_does(in_browser, of_sets):
    """An honest record of a lot of sets with malformed offers in it; then one that says a set has more screws."""
    given = Material(of_sets)
    assert checked(in_browser, given) == answers(given)
    assert answers(given)["ranking"] == ("holds", "")
    opened = [dict(one) for one in of_sets["opened"]]
    for one in opened:
        products = [product | {"quantity": product["quantity"] + 1} for product in one["covers"]["products"]]
        one["covers"] = one["covers"] | {"products": products}
    given = Material(of_sets | {"opened": opened})
    assert checked(in_browser, given) == answers(given)
    assert answers(given)["ranking"] == ("does not hold", "other_item")


def test_the_browser_holds_further_prices_against_what_follows_as_the_command_does(in_browser, of_further):
    """An honest record with offers of a lower and of no further price in it; then one that names other packs."""
    given = Material(of_further)
    assert checked(in_browser, given) == answers(given)
    assert answers(given)["ranking"] == ("holds", "")
    opened = [dict(one) for one in of_further["opened"]]
    for one in opened:
        further = [product | {"pack": product["pack"] + 1} for product in one["covers"]["further"]]
        one["covers"] = one["covers"] | {"further": further}
    given = Material(of_further | {"opened": opened})
    assert checked(in_browser, given) == answers(given)
    assert answers(given)["ranking"] == ("does not hold", "other_ranking")


def test_the_browser_ranks_as_the_second_program_does(in_browser):
    """Every pair of prices, packs, factors, currencies and scores of a small world, in both orders of ties."""
    offers = [
        {
            "bid": f"B-{number}",
            "price": price,
            "units": pack,
            "fits": fits,
            "currency": currency,
            "factor": factor,
            "score": score,
        }
        for number, (price, pack, fits, currency, factor, score) in enumerate(
            (price, pack, fits, currency, factor, score)
            for price in PRICES
            for pack in (7, 14)
            for fits in (True, False)
            for currency in ("CNY", "USD")
            for factor in ("1", "2", "0.5")
            for score in (None, "80.00", "90.5")
        )
    ]
    script = f"""async ([offers, rules]) => {{
        const {{ places }} = await import({json.dumps(static("js/ranking.js"))});
        return Object.fromEntries(await places(offers, rules));
    }}"""
    for ties in (["lots_drawn"], ["score", "lots_drawn"]):
        for ceiling, units in ((None, 1), ("0.95", 1), ("28.571428", 1), ("200", 7), ("6.60", 7)):
            most = ceiling and {"amount": ceiling, "units": units}
            rules = {"ceiling": most, "currency": "CNY", "ties": ties, "root": "ab" * 32}
            found = in_browser.evaluate(script, [offers, rules])
            again = ranking.places(
                [
                    ranking.Priced(
                        bid=one["bid"],
                        price=one["price"],
                        units=one["units"],
                        fits=one["fits"],
                        currency=one["currency"],
                        factor=one["factor"],
                        score=one["score"],
                    )
                    for one in offers
                ],
                ranking.Rules(ceiling, units, "CNY", tuple(ties), "ab" * 32),
            )
            assert found == {
                bid: {"verdict": place.verdict, "comparable": place.comparable, "rank": place.rank}
                for bid, place in again.items()
            }
            assert all(Fraction(place.comparable) > 0 for place in again.values() if place.rank)


def test_the_browser_selects_as_the_second_program_does(in_browser):
    """Drawn rules and rankings, more of them in each run of the same commit alike."""
    dice, cases = Random(f"{number()} selects"), []
    for _case in range(400):
        prices = sorted(dice.randint(1, 400) for _bid in range(dice.randint(0, 20)))
        ranked = [
            {"bid": f"B-{rank}", "rank": rank, "comparable": f"{price}/20", "company": f"S-{dice.randint(1, 8)}"}
            for rank, price in enumerate(prices, start=1)
        ]
        limit = dice.choice([None, "1.3", "1.8"])
        rules = {
            "counted": dice.choice(["bids", "companies"]),
            "places": {str(bids): dice.randint(1, bids) for bids in range(1, dice.randint(1, 6))},
            "places_rest": [dice.choice(["0.5", "1"]), dice.randint(1, 10)],
            "standbys": dice.randint(0, 3),
            "anchor_mean": limit and dice.choice([None, "0.5", "0.65"]),
            "limit": limit,
            "low_price": limit and dice.choice([None, "0.1", "2.5"]),
            "cut": limit and dice.choice([None, "0.5"]),
            "not_highest": dice.choice([True, False]),
        }
        cases.append([ranked, rules, dice.choice([None, ["20", 1], ["98.765432", 7]])])
    script = f"""async (cases) => {{
        const {{ fates }} = await import({json.dumps(static("js/checking/selecting.js"))});
        const {{ most, ratio }} = await import({json.dumps(static("js/ranking.js"))});
        return cases.map(([ranked, rules, ceiling]) => Object.fromEntries(
            fates(ranked.map((one) => ({{ ...one, price: ratio(one.comparable) }})), rules,
                ceiling && most({{ amount: ceiling[0], units: ceiling[1] }}))));
    }}"""
    expected = [
        selecting.fates(
            [
                selecting.Ranked(one["bid"], one["rank"], ranking.ratio(one["comparable"]), one["company"])
                for one in ranked
            ],
            rules,
            ceiling and ranking.ceiling_of_one(*ceiling),
        )
        for ranked, rules, ceiling in cases
    ]
    assert in_browser.evaluate(script, cases) == expected
    assert {fate for found in expected for fate in found.values()} == {
        "winner",
        "standby",
        "no_place",
        "above_limit",
        "highest",
        "same_company",
    }
