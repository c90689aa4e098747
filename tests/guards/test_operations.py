"""Every operation of the API answers what nobody should send with an error in its one shape, and never with 500."""

import json
from secrets import token_hex

import pytest

from accounts.permissions import ROLES, Permission
from core.parsing import JsonParser
from tests.guards.house import routes
from tests.guards.test_routes import address
from tests.roles import program_of

METHODS = ("get", "post", "put", "patch", "delete")
OPERATIONS = [
    (method, address(route), pattern.callback.cls)
    for route, pattern in routes()
    if route.startswith("api/v1/") and hasattr(pattern.callback, "cls")
    for method in METHODS
    if hasattr(pattern.callback.cls, method)
]
MOST = 2_621_440  # bytes
DEEP = 40


def test_there_are_operations():
    assert len(OPERATIONS) > 120
    assert {method for method, _path, _view in OPERATIONS} == {"get", "post", "put"}


@pytest.fixture
def program(world):
    """A program that may do what an operation asks for."""
    programs = {}

    def of(view, method):
        permission = next(iter(getattr(view, "permissions", {}).get(method.upper(), (Permission.READ_CATALOGUE,))))
        if permission not in programs:
            role = next(role for role in ROLES.values() if permission in role.permissions)
            organisation = world.organisation(sorted(role.kinds)[0])
            programs[permission] = program_of(world.seat(organisation, role.code))
        return programs[permission]

    return of


def told(answer, status, code):
    """The answer's shape, for a sentence that says which operation it was."""
    body = answer.json()
    assert set(body) == {"code", "message", "faults"}
    assert (answer.status_code, body["code"]) == (status, code), answer.content
    assert body["message"]
    return body


@pytest.mark.parametrize("sign", ["%00", "%01", "%1f", "%7f", "%0a"])
def test_a_control_character_in_an_address_is_refused_before_anything_is_looked_for(client, db, sign):
    for method, path, _view in OPERATIONS:
        for asked in (f"{path}?q={sign}", f"{path}?a{sign}=1", path.rstrip("/") + sign + "/"):
            told(getattr(client, method)(asked), 400, "malformed")


def test_a_page_refuses_it_too(client, db):
    answer = client.get("/notices/T%00/")
    assert answer.status_code == 400
    assert b"<html" in answer.content


def test_no_parameter_of_an_address_is_ignored(program):
    for method, path, view in OPERATIONS:
        answer = getattr(program(view, method), method)(f"{path}?updated_since=2026-01-01")
        body = told(answer, 400, "invalid")
        assert [(fault["field"], fault["code"]) for fault in body["faults"]] == [("updated_since", "unknown")]


def test_a_parameter_given_twice_is_refused(program):
    for method, path, view in OPERATIONS:
        if method == "get":
            told(program(view, method).get(f"{path}?cursor=a&cursor=b"), 400, "invalid")


def test_a_cursor_that_no_page_gave_is_told(program):
    for method, path, view in OPERATIONS:
        if method == "get" and "cursor" in view().parameters() and "/x/" not in path:
            told(program(view, method).get(f"{path}?cursor=invented"), 404, "not_found")


def writes():
    return [one for one in OPERATIONS if one[0] != "get" and JsonParser in one[2].parser_classes]


def send(program, method, path, content):
    headers = {"Idempotency-Key": token_hex(8)}
    return getattr(program, method)(path, content, content_type="application/json", headers=headers)


def test_bodies_that_nobody_should_send_are_refused(program):
    deep = "[" * DEEP + "]" * DEEP
    for method, path, view in writes():
        sender = program(view, method)
        told(send(sender, method, path, '{"note": "' + "x" * MOST + '"}'), 413, "too_large")
        for unreadable in ("{", "\xff", '{"a": NaN}', "1" * 5000):
            assert send(sender, method, path, unreadable).status_code in (400, 404)
        for odd in (deep, json.dumps({"note": "a\0b"}), '{"note": "\\ud800"}', json.dumps({"a\1": 1}), '{"x": 1e400}'):
            answer = send(sender, method, path, odd)
            assert answer.status_code in (400, 404), (path, answer.content)
            assert answer.json()["code"] in ("invalid", "too_deep", "parse_error", "not_found")


def test_a_depth_that_no_stack_holds_is_refused(program):
    for method, path, view in writes():
        answer = send(program(view, method), method, path, "[" * 100_000)
        assert (answer.status_code, answer.json()["code"]) in ((400, "too_deep"), (400, "parse_error"))


@pytest.mark.parametrize(
    "path", ["", "v1/", "v2/orders/", "v1/orders", "v1/deliveries/D-1/lines/one/reverse/", "v1/x/y"]
)
def test_an_unknown_address_of_the_api_answers_in_its_shape(client, db, path):
    for method in METHODS:
        told(getattr(client, method)(f"/api/{path}"), 404, "not_found")


def test_every_write_of_a_program_needs_a_key(program):
    for method, path, view in writes():
        if "/chunks/" not in path:
            answer = getattr(program(view, method), method)(path, {}, format="json", headers={"Idempotency-Key": ""})
            assert (answer.status_code, answer.json()["code"]) in (
                (422, "key_missing"),
                (404, "not_found"),
                (400, "invalid"),
            )
