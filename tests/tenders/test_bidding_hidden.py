"""Until the opening, nothing that anybody but its supplier may ask tells of a bid.

``HIDDEN_BIDS=50`` makes as many, and asks every list for orders and filters that nobody offered, as an auditor too.
"""

import json
import os
import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import InboxMessage
from core.models import OutboxMessage
from core.tasks import deliver
from core.trail import link_waiting
from tenders.models import bid as bid_models
from tests.commit import in_turn
from tests.tenders.bids import a_bid, handed_in, sealed, signed_in
from tests.tenders.hiding_places import nameless_paths
from tests.tenders.stage import published_tender
from tests.tenders.test_bidding_api import files
from tests.world import NOW

MANY = int(os.environ.get("HIDDEN_BIDS", "6"))
pytestmark = pytest.mark.whole

THOROUGH = "HIDDEN_BIDS" in os.environ
# A rival asks at every commit, and with it one of the others.
OTHERS = ("officer", "opener", "evaluator", "hospital", "visitor", *(["auditor"] if THOROUGH else []))
# What differs from one answer to the next whatever is stored: the masked token of a form, a key for one submission,
# the question to a passkey, the sealed place in a list, the secret of an authenticator app.
FRESH = re.compile(
    rb'name="(?:csrfmiddlewaretoken|submission_key)" value="[^"]*"|hx-headers=\'[^\']*\''
    rb'|"(?:challenge|token|cursor)": ?"[^"]*"|data:image/svg[^"]*|\b[A-Z2-7]{32}\b'
)

NOT_READ = ("logout", "api-schema")
# When the answer was made, and its number; and the length of what is compared itself, but for what is fresh in it.
DRAWN = {"X-Request-ID", "Expires", "Content-Length"}
HOSTILE = (
    "ordering=bids__versions__received_at&sort=bids__reference&export=csv",
    "ordering=-bids&sort=-bids&fields=bids&include=bids&expand=bids,versions",
    "bids__isnull=false&lots__bids__isnull=true&bids__supplier=1&supplier=1&bids__versions__number__gt=0&bids=1",
    "q=B-&search=B-&page=1&page_size=1&limit=1&offset=1",
    "page=2&after=1&format=csv",
)


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
    lists = {*nameless_paths(), *(path for path in paths if known["reference"] in path and "api" in path)}
    asked = {f"{path}?{query}" for path in lists for query in HOSTILE} if THOROUGH else set()
    # Who reads the events of the trail knows of bids (docs/security.md, promise 2), and nobody else has their page.
    return sorted(path for path in {*paths, *LISTS, *asked} if not path.startswith(reverse("events")))


LISTS = (
    "/tenders/?export=csv",
    "/tenders/?sort=-reference&q=Demo",
    "/tenders/?ordering=bids__reference&bids__supplier=1",
    "/api/v1/tenders/?ordering=bids__reference&bids__supplier=1",
)


def answers(stage, seat) -> dict[str, tuple[int, dict[str, str], bytes]]:
    """Status, headers and content of every answer to a seat, by path."""
    found = {}
    link_waiting()  # Or the trail would be late at some moment, and health would say so.
    client = signed_in(Client(), seat) if seat else Client()
    for path in readable_paths(stage):
        answer = client.get(path)
        headers = {name: value for name, value in answer.items() if name not in DRAWN}
        found[path] = (answer.status_code, headers, FRESH.sub(b"", b"".join(answer)))
    client.logout()  # Or each would count its sessions.
    return found


def told(seats) -> list[tuple[str, str]]:
    """The notices of these seats, and every mail, once all tasks are done."""
    for message in OutboxMessage.objects.filter(delivered_at=None).order_by("pk"):
        deliver(message.pk)
    notices = InboxMessage.objects.filter(seat__in=filter(None, seats.values())).order_by("pk")
    return [*notices.values_list("seat", "text"), *((str(sent.to), sent.body) for sent in mail.outbox)]


@pytest.mark.parametrize("other", in_turn(OTHERS))
def test_no_answer_to_anybody_else_tells_whether_there_are_bids(world, other):
    roles = ("rival", other)
    stage = published_tender(world, lots=("20.00", "30.00"))
    seats = {
        "officer": stage.officer,
        "opener": stage.holders[0].seat,
        "evaluator": stage.evaluators[0].seat,
        "rival": stage.suppliers[2],
        "hospital": world.pharmacist,
        "auditor": world.auditor,
        "visitor": None,
    }
    # Products are in the catalogue for everybody to see, whether somebody bids with them or not.
    lots = [stage.lots[number % 2] for number in range(MANY)]
    products = [(lot, stage.product(lot, stage.suppliers[0])) for lot in lots]
    told(seats)
    without, notices = {role: answers(stage, seats[role]) for role in roles}, told(seats)
    for lot, product in products:
        handed_in(a_bid(stage, lot=lot, product=product), "13.50")
    assert stage.tender.bids.count() == MANY
    assert told(seats) == notices
    for role in roles:
        assert [path for path, answer in answers(stage, seats[role]).items() if answer != without[role][path]] == []
        read = [path for path, (status, *_rest) in without[role].items() if status == 200]
        assert len(read) > (20 if seats[role] else 10)


def test_whatever_is_sent_to_the_bid_of_another_is_answered_as_if_there_were_none(client, world):
    """Neither what is too large, nor what is malformed, nor what collides is looked at before the bid is."""
    stage = published_tender(world, lots=("20.00",))
    bid, rival = a_bid(stage), stage.suppliers[1]
    handed_in(bid, "13.50")
    signed_in(client, rival)
    bodies = (b"", b"{", b"[]", b'{"technical": 7}', b"x" * 3_000_000, json.dumps(files(sealed(bid, "1"))).encode())
    ways = [
        (method, name, arguments, body, kind)
        for body in bodies
        for method, name, arguments, kind in (
            ("post", "submit-bid", (), "application/json"),
            ("post", "withdraw-bid", (), "application/json"),
            ("post", "attachments", (), "application/json"),
            ("put", "attachment-chunk", ("a" * 64, 0), "application/octet-stream"),
        )
    ]
    told = []
    for method, name, arguments, body, kind in ways:
        pair = [
            getattr(client, method)(
                reverse(f"api-{name}", args=[reference, *arguments]),
                body,
                content_type=kind,
                headers={"Idempotency-Key": f"key-{len(told)}-{reference}"},
            )
            for reference in (bid.reference, "B-23456789ABCD")
        ]
        told.append([(answer.status_code, answer.content, answer.headers.get("Content-Length")) for answer in pair])
    assert all(one == other for one, other in told)
    assert {one[0] for one, _other in told} <= {400, 404, 413, 422}
    assert bid.versions.count() == 1


def test_bids_and_receipts_are_in_no_admin():
    own = {
        model
        for model in vars(bid_models).values()
        if isinstance(model, type) and model.__module__ == bid_models.__name__
    }
    assert not own & set(admin.site._registry)
