"""How long an answer takes does not tell whether there are bids, or whether a bid exists.

``TIMED_CALLS=2000`` makes as many calls: too many for the ordinary suite, and fewer would prove nothing.
"""

import os
from collections.abc import Callable
from statistics import median
from time import perf_counter

import pytest
from django.test import Client

from tenders.models.bid import random_reference
from tests.tenders.bids import a_bid, handed_in, signed_in
from tests.tenders.stage import published_tender
from tests.world import NOW

CALLS = int(os.environ.get("TIMED_CALLS", "0"))
BIDS = 50
# How often the slower of two calls is the one that should tell nothing. Chance alone leaves it within 0.08 of a half
# at 250 pairs, and within 0.04 at 1,000, in all but one of two thousand runs.
ALLOWED = 0.08


@pytest.fixture(autouse=True)
def _a_standing_clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def slower(one: list[float], other: list[float]) -> float:
    """The chance that a call of ``one`` takes longer than a call of ``other`` (Mann-Whitney U over both numbers)."""
    ranked = sorted([(seconds, 0) for seconds in one] + [(seconds, 1) for seconds in other])
    places = sum(place for place, (_seconds, whose) in enumerate(ranked, start=1) if whose == 0)
    return (places - len(one) * (len(one) + 1) / 2) / (len(one) * len(other))


def timed(call: Callable[[], object]) -> float:
    begin = perf_counter()
    call()
    return perf_counter() - begin


def test_the_statistic_sees_a_difference_of_a_twentieth():
    one, other = [1 + number / 1000 for number in range(100)], [1.05 + number / 1000 for number in range(100)]
    assert slower(one, one) == pytest.approx(0.5, abs=0.01)
    assert slower(other, one) > 0.8 > ALLOWED + 0.5


@pytest.mark.skipif(not CALLS, reason="set TIMED_CALLS=2000 to time as many calls")
def test_no_time_tells_of_bids(world, capsys):
    """Two tenders alike but for their bids, asked for in turn, so that what the machine does meanwhile meets both."""
    bare, full = (published_tender(world, lots=("20.00",)) for _each in range(2))
    products = [full.product(full.lots[0], full.suppliers[0]) for _bid in range(BIDS)]
    for product in products:
        handed_in(a_bid(full, product=product), "13.50")
    existing = list(full.tender.bids.values_list("reference", flat=True))
    officer, rival = signed_in(Client(), world.officer), Client()
    signed_in(rival, bare.suppliers[2])
    asked = {
        "officer, page of the tender": lambda stage, turn: officer.get(f"/tenders/{stage.tender.reference}/"),
        "officer, tender over the API": lambda stage, turn: officer.get(f"/api/v1/tenders/{stage.tender.reference}/"),
        "rival, its bids in the tender": lambda stage, turn: rival.get(f"/tenders/{stage.tender.reference}/bids/"),
        "rival, a bid that exists": lambda stage, turn: rival.get(
            f"/api/v1/bids/{existing[turn % BIDS] if stage is full else random_reference()}/"
        ),
    }
    found = {}
    for name, ask in asked.items():
        times: dict[bool, list[float]] = {True: [], False: []}
        for turn in range(CALLS // len(asked) // 2 + 5):
            for stage in (bare, full) if turn % 2 else (full, bare):
                times[stage is full].append(timed(lambda stage=stage, turn=turn, ask=ask: ask(stage, turn)))
        without, having = times[False][5:], times[True][5:]
        found[name] = slower(having, without)
        with capsys.disabled():
            middle = f"{median(without) * 1000:.2f} ms without, {median(having) * 1000:.2f} ms with {BIDS} bids"
            print(f"\n{name}: {middle}, slower in {found[name]:.3f} of pairs")  # noqa: T201
    assert {name: chance for name, chance in found.items() if abs(chance - 0.5) > ALLOWED} == {}
