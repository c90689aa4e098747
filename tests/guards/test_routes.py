"""Deny by default: every route says whom it lets in, and a visitor without a seat gets no further."""

import re

import pytest
from django.urls import Resolver404, resolve

from accounts.access import Access
from accounts.api_access import SeatMay
from accounts.permissions import NEEDS_FACTOR, Permission
from core.api import Endpoint
from tests.guards.house import routes

# What the whole world may open. A new line here is a decision.
PUBLIC = {
    "",
    "prices/",
    "healthz",
    "language/",
    "api/schema/",
    "api/reference/",
    "api/",
    "api/<path:rest>",
    "sign-in/",
    "sign-in/second-step/",
    "sign-in/passkey/",
    "sign-out/",
    "session/",
    "reset-password/",
    "reset-password/sent/",
    "reset-password/<uidb64>/<token>/",
    "invitation/<str:secret>/",
    "roles/",
    "apply/",
    "apply/lost-link/",
    "apply/<str:secret>/",
    "apply/<str:secret>/withdraw/",
    "admissions/",
    "results/",
    "results/<str:reference>/",
    "results/<str:reference>/export.<str:kind>",
    "results/<str:reference>/lots/<int:number>/",
    "signing-keys/",
    "trail/",
    "trail/heads.txt",
    "trail/heads/<str:sha256>/",
    "api/v1/trail/heads/",
    "check/",
    "check/file/",
    "notices/",
    "opener-desk/",
    "programs/<str:sha256>.js",
    "notices/<str:reference>/",
    "notices/<str:reference>/document/",
    "notices/<str:reference>/documents/<str:sha256>/",
    "notices/<str:reference>/record/",
}
# Acts of which nobody must be able to say that somebody else sat there: no path without a fresh proof. Pages by
# their names; endpoints with the method. A new act that binds an organisation or moves money belongs here.
WEIGHTY_PAGES = {
    "accounts:register-organisation",
    "accounts:propose-bank-account",
    "accounts:confirm-bank-account",
    "accounts:propose-renaming",
    "accounts:propose-affiliation",
    "accounts:propose-separation",
    "accounts:propose-succession",
    "accounts:propose-liquidation",
    "accounts:propose-closure",
    "confirm-filing",
    "accounts:invite",
    "accounts:end-seat",
    "accounts:reset-factors",
    "accounts:make-token",
    "accounts:propose-system",
    "accounts:confirm-system",
    "accounts:make-system-token",
    "accounts:end-system",
    "accounts:add-passkey",
    "accounts:remove-passkey",
    "accounts:set-up-codes",
    "accounts:remove-codes",
    "accounts:make-recovery-codes",
    "accounts:review-application",
    "accounts:return-application",
    "accounts:refuse-application",
    "accounts:admit-application",
    "accounts:answer-admission-objection",
    "accounts:propose-measure",
    "catalogue:decide-listings",
    "catalogue:publish-edition",
    "catalogue:confirm-price-change",
    "tenders:submit-bid",
    "tenders:withdraw-bid",
    "tenders:publish-call",
    "tenders:reveal-bid",
    "tenders:release-shares",
    "tenders:lose-key",
    "awards:award-lot",
    "awards:award-lots",
    "awards:make-offer",
    "awards:propose-counter",
    "awards:sign-counter",
    "awards:sign-minutes",
    "awards:commit-reserve",
    "awards:disclose-reserve",
    "awards:register-confidential",
    "contracts:sign-contract",
    "contracts:accept-delivery",
    "contracts:reverse-acceptance",
    "contracts:approve-correction",
    "contracts:terminate-contract",
    "contracts:set-payer",
    "contracts:end-payer",
    "contracts:set-payee",
    "contracts:end-payee",
    "payments:record-payment",
    "payments:record-payments",
}
WEIGHTY_ENDPOINTS = {
    ("api-make-offer", "POST"),
    ("api-propose-counter", "POST"),
    ("api-sign-counter", "POST"),
    ("api-sign-minutes", "POST"),
    ("api-review-application", "POST"),
    ("api-return-application", "POST"),
    ("api-refuse-application", "POST"),
    ("api-admit-application", "POST"),
    ("api-answer-admission-objection", "POST"),
    ("api-file-renaming", "POST"),
    ("api-file-affiliation", "POST"),
    ("api-file-separation", "POST"),
    ("api-file-succession", "POST"),
    ("api-file-liquidation", "POST"),
    ("api-file-closure", "POST"),
    ("api-confirm-filing", "POST"),
    ("api-review-listing", "POST"),
    ("api-list-product", "POST"),
    ("api-review-listings", "POST"),
    ("api-list-products", "POST"),
    ("api-ask-several-back", "POST"),
    ("api-refuse-listings", "POST"),
    ("api-ask-back", "POST"),
    ("api-return-listing", "POST"),
    ("api-refuse-listing", "POST"),
    ("api-withdraw-listing", "POST"),
    ("api-suspend-listing", "POST"),
    ("api-resume-listing", "POST"),
    ("api-delist", "POST"),
    ("api-publish-edition", "POST"),
    ("api-confirm-price-change", "POST"),
    ("api-submit-bid", "POST"),
    ("api-withdraw-bid", "POST"),
    ("api-release-shares", "POST"),
    ("api-lose-key", "POST"),
    ("api-reveal-bid", "POST"),
    ("api-publish-call", "POST"),
    ("api-award-lot", "POST"),
    ("api-sign-contract", "POST"),
    ("api-accept-delivery", "POST"),
    ("api-reverse-acceptance", "POST"),
    ("api-approve-correction", "POST"),
    ("api-terminate-contract", "POST"),
    ("api-payers", "POST"),
    ("api-end-payer", "POST"),
    ("api-payees", "POST"),
    ("api-end-payee", "POST"),
    ("api-bank-accounts", "POST"),
    ("api-confirm-bank-account", "POST"),
    ("api-payments", "POST"),
    ("api-record-payments", "POST"),
}
# What a person opens before a second factor is set up.
UNPROVED = {
    "accounts:account", "accounts:inbox", "accounts:confirm", "accounts:take-seat", "accounts:add-passkey",
    "accounts:set-up-codes",
}  # fmt: skip
SAMPLE = {"int": "1", "str": "x", "slug": "x", "uuid": "00000000-0000-4000-8000-000000000000", "path": "x"}


def access_of(pattern) -> Access | None:
    view = getattr(pattern.callback, "cls", None) or getattr(pattern.callback, "view_class", None)
    if view is not None and SeatMay in getattr(view, "permission_classes", ()):
        granted = tuple(permission for each in view.permissions.values() for permission in each)
        return Access(public=False, permissions=granted)
    return getattr(pattern.callback, "access", None)


ALL = list(routes())


def address(route: str) -> str:
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLE[found[1] or "str"], route)


@pytest.mark.parametrize(("route", "pattern"), ALL, ids=[route for route, _pattern in ALL])
def test_every_route_declares_its_access(route, pattern):
    access = access_of(pattern)
    assert access is not None, "wrap the view in public, signed_in or requires; give an endpoint SeatMay"
    assert access.public == (route in PUBLIC)
    assert all(permission in Permission for permission in access.permissions)


def test_every_endpoint_names_a_permission_for_each_method():
    wrong = []
    for route, pattern in ALL:
        view = getattr(pattern.callback, "cls", None)
        if view is None or SeatMay not in getattr(view, "permission_classes", ()):
            continue
        methods = {name.upper() for name in ("get", "post", "put", "patch", "delete") if hasattr(view, name)}
        if methods != set(view.permissions) or not all(view.permissions.values()):
            wrong.append(route)
    assert wrong == []


def test_every_endpoint_is_made_of_the_views_of_core():
    """So that each looks among what the seat may see before it reads what was sent, and answers errors in one shape."""
    own = [(route, getattr(pattern.callback, "cls", None)) for route, pattern in ALL if route.startswith("api/v1/")]
    assert len(own) > 80
    assert [route for route, view in own if view is None or not issubclass(view, Endpoint)] == []


def names_where(fact: str) -> set[str]:
    """The full names of the pages whose access says so."""
    return {resolve(address(route)).view_name for route, pattern in ALL if getattr(access_of(pattern), fact, False)}


def test_weighty_pages_and_no_others_need_a_fresh_proof():
    assert names_where("fresh") == WEIGHTY_PAGES


def test_weighty_endpoints_and_no_others_need_a_fresh_proof():
    found = {
        (pattern.name, method)
        for _route, pattern in ALL
        for method in getattr(getattr(pattern.callback, "cls", None), "fresh", ())
    }
    assert found == WEIGHTY_ENDPOINTS


def test_a_weighty_permission_needs_a_second_factor():
    """Else a password alone would be the freshest proof of a weighty act."""
    weighty = {
        permission
        for route, pattern in ALL
        if getattr(access_of(pattern), "fresh", False)
        for permission in access_of(pattern).permissions
    }
    assert weighty
    assert weighty <= NEEDS_FACTOR


def test_only_what_sets_up_a_factor_opens_before_it_is_there():
    assert names_where("unproved") == UNPROVED


@pytest.mark.parametrize("route", [route for route, _pattern in ALL if route not in PUBLIC])
def test_a_visitor_is_asked_to_sign_in(client, db, route):
    path = address(route)
    try:
        resolve(path)
    except Resolver404:
        pytest.fail(f"the sample address {path} does not fit the route {route}")
    answer = client.get(path)
    if route.startswith("api/"):
        assert answer.status_code in (401, 405)
        assert answer.json()["code"] in ("not_authenticated", "method_not_allowed")
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/?next=")


def test_the_list_of_public_routes_is_true():
    assert {route for route, _pattern in ALL} >= PUBLIC
