"""Until the opening, nothing that an officer, an opener, an evaluator or a rival may ask tells of a bid."""

import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver

from tenders.models import bid as bid_models
from tests.tenders.bids import a_bid, handed_in, signed_in
from tests.tenders.stage import published_tender
from tests.world import NOW

pytestmark = pytest.mark.slow

MANY = 12
# What differs from one answer to the next whatever is stored: the masked token of a form, a key for one submission,
# the question to a passkey, the secret of an authenticator app.
FRESH = re.compile(
    rb'name="(?:csrfmiddlewaretoken|submission_key)" value="[^"]*"|hx-headers=\'[^\']*\''
    rb'|"challenge": "[^"]*"|data:image/svg[^"]*|\b[A-Z2-7]{32}\b'
)
NOT_READ = ("logout", "api-schema", "healthz")


@pytest.fixture(autouse=True)
def _a_standing_clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def routes(patterns, prefix="") -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Name, path and parameters of every route."""
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or path, path, tuple(pattern.pattern.converters)


def readable_paths(stage) -> list[str]:
    """Every route that can be asked for with what is publicly known of the tender."""
    known = {
        "reference": stage.tender.reference,
        "number": "1",
        "place": "1",
        "envelope": "technical",
        "name": "close",
        "kind": "csv",
        "sha256": "a" * 64,
        "code": stage.officer.organisation.credit_code,
        "credit_code": stage.officer.organisation.credit_code,
    }
    paths = [
        "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: known[match[1]], path)
        for name, path, parameters in routes(get_resolver().url_patterns)
        if name not in NOT_READ and set(parameters) <= set(known) and "^" not in path
    ]
    return sorted({*paths, *LISTS})


LISTS = (
    "/tenders/?export=csv",
    "/tenders/?sort=-reference&q=Demo",
    "/tenders/?ordering=bids__reference&bids__supplier=1",
    "/api/v1/tenders/?ordering=bids__reference&bids__supplier=1",
)


def answers(client, stage, seats) -> dict[tuple[str, str], tuple[int, bytes]]:
    found = {}
    for role, seat in seats.items():
        signed_in(client, seat)
        for path in readable_paths(stage):
            answer = client.get(path)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found[role, path] = (answer.status_code, FRESH.sub(b"", content))
    return found


def test_no_answer_to_anybody_else_tells_whether_there_are_bids(client, world):
    stage = published_tender(world, lots=("20.00", "30.00"))
    seats = {
        "officer": stage.officer,
        "opener": stage.holders[0].seat,
        "evaluator": stage.evaluators[0].seat,
        "rival": stage.suppliers[2],
        "hospital": world.pharmacist,
    }
    # Products are in the catalogue for everybody to see, whether somebody bids with them or not.
    lots = [stage.lots[number % 2] for number in range(MANY)]
    products = [(lot, stage.product(lot, stage.suppliers[0])) for lot in lots]
    without = answers(client, stage, seats)
    for lot, product in products:
        handed_in(a_bid(stage, lot=lot, product=product), "13.50")
    assert stage.tender.bids.count() == MANY
    differing = [key for key, answer in answers(client, stage, seats).items() if answer != without[key]]
    assert differing == []
    told = [path for (role, path), (status, _content) in without.items() if role == "officer" and status == 200]
    assert len(told) > 20


def test_bids_and_receipts_are_in_no_admin():
    own = {
        model
        for model in vars(bid_models).values()
        if isinstance(model, type) and model.__module__ == bid_models.__name__
    }
    assert not own & set(admin.site._registry)
