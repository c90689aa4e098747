"""A thing that a seat may not see answers exactly like a thing that does not exist: every route, every role.

The demo's objects are asked for by their references, by seats of every role, with GET and with POST. What the
room's own ``visible_to`` hides must give the same status and the same bytes as a reference that was never given.
"""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import get_resolver

from accounts.access import SESSION_SEAT
from accounts.models import Seat
from accounts.permissions import ROLES, OrganisationKind
from catalogue.models import CatalogueImport
from contracts.models import Contract, Delivery, Order, Payable, PayerRow
from demand.models import DemandWindow
from payments.models import Payment
from procurement.demo import make_demo
from tenders.models import Bid, Objection, Tender
from tests.guards.house import routes

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
# Which references stand first in an address, by the words before them. What is public to every seat is not listed.
KINDS = {
    "catalogue/imports/": CatalogueImport,
    "imports/": CatalogueImport,
    "demand/": DemandWindow,
    "demand-windows/": DemandWindow,
    "tenders/": Tender,
    "bids/": Bid,
    "objections/": Objection,
    "contracts/": Contract,
    "orders/": Order,
    "deliveries/": Delivery,
    "payables/": Payable,
    "payers/": PayerRow,
    "payments/": Payment,
}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
OTHERS = {
    "number": "1", "place": "1", "envelope": "technical", "kind": "csv", "name": "close", "sha256": "0" * 64,
    "line": "1", "verdict": "1", "criterion": "1", "bid": "B-AAAA", "blob": "0" * 64,
}  # fmt: skip
NEVER_GIVEN = "X-1999-0000"
FORBIDDEN = 403


def guarded_routes():
    for route, _pattern in routes():
        plain = route.removeprefix("api/v1/")
        kind = next((kind for kind in KINDS if plain.startswith(kind + "<")), None)
        if kind:
            yield route, KINDS[kind]


def address(route: str, reference: str) -> str:
    return "/" + PARAMETER.sub(lambda found: reference if found[1] == "reference" else OTHERS[found[1]], route)


def plain(answer, reference: str) -> tuple[int, str]:
    """Status and body, without what differs in any two answers: the token of forms, and the address itself."""
    body = answer.content.decode() if not answer.streaming else "streamed"
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)
    return answer.status_code, body.replace(reference, "REFERENCE")


def hidden_reference(model, seat) -> str | None:
    visible = model.objects.visible_to(seat).values("pk")
    return model.objects.exclude(pk__in=visible).values_list("reference", flat=True).first()


@pytest.fixture
def seats(db):
    """One seat of every role; of suppliers and hospitals two, because they must not see each other either."""
    make_demo(NOW)
    found = []
    for role in ROLES:
        first, *others = Seat.objects.with_role(role).select_related("person", "organisation").order_by("pk")
        rivals = first.organisation.kind in (OrganisationKind.SUPPLIER, OrganisationKind.HOSPITAL)
        found += [first, *others[:1]] if rivals else [first]
    return list({seat.pk: seat for seat in found}.values())


@pytest.mark.slow
def test_what_a_seat_may_not_see_answers_like_what_does_not_exist(seats):
    found = list(guarded_routes())
    assert len(found) > 40
    leaks, asked = [], 0
    for seat in seats:
        client = Client()
        client.force_login(seat.person, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[SESSION_SEAT] = seat.pk
        session.save()
        hidden = {model: hidden_reference(model, seat) for model in set(KINDS.values())}
        for route, model in found:
            if hidden[model] is None:
                continue
            status = 0
            for method in ("get", "post"):
                if status == FORBIDDEN and not route.startswith("api/"):
                    continue  # a page asks for the same permission, whatever the method
                real, never = (
                    plain(_ask(client, method, address(route, reference)), reference)
                    for reference in (hidden[model], NEVER_GIVEN)
                )
                asked, status = asked + 1, real[0]
                if real != never or real[0] == 200:
                    leaks.append(f"{method} {route} as {seat.roles}: {real[0]} and {never[0]}")
    assert asked > 500
    assert leaks == []


def _ask(client: Client, method: str, path: str):
    if method == "post" and path.startswith("/api/"):
        return client.post(path, data={}, content_type="application/json", headers={"Idempotency-Key": "a-new-key"})
    return getattr(client, method)(path)


def test_every_reference_in_an_address_is_looked_after():
    """A route whose reference belongs to no listed kind must be public to every seat, and listed here."""
    open_to_all = {"catalogue/items/", "catalogue/products/", "catalogue/prices/", "items/", "products/", "prices/",
                   "notices/", "results/"}  # fmt: skip
    assert get_resolver().url_patterns
    unknown = [
        route
        for route, _pattern in routes()
        if "<str:reference>" in route
        if not any(route.removeprefix("api/v1/").startswith(kind + "<") for kind in {*KINDS, *open_to_all})
    ]
    assert unknown == []
