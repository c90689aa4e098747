"""While the database is away, pages and endpoints say so, ask it nothing more, and work again when it is back."""

import socket

import pytest
from django.db import connection
from django.test import Client

from accounts.actions import make_token
from tests.contracts.pages import sitting
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)
FAILING = pytest.mark.urls("tests.core.failing_urls")


@pytest.fixture
def away(monkeypatch):
    """Returns a function after whose call nobody answers where the database was."""

    def leave() -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            monkeypatch.setitem(connection.settings_dict, "PORT", str(probe.getsockname()[1]))
        connection.close()

    yield leave
    monkeypatch.undo()
    connection.close()


def visitor(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def assert_away(answer) -> None:
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"


@pytest.mark.parametrize("path", ["/", "/tenders/", "/orders/place/"])
def test_a_page_says_so_and_is_back_with_the_database(world, away, monkeypatch, path):
    client = visitor(sitting(world.pharmacist))
    away()
    for answer in (client.get(path), client.post(path)):
        assert_away(answer)
        page = answer.content.decode()
        assert "Back in a moment" in page
        assert "stored whole or not at all" in page
    monkeypatch.undo()
    connection.close()
    assert client.get(path).status_code == 200


def test_an_endpoint_says_so_in_the_shape_of_every_error(world, away):
    _token, secret = make_token(label="program", by=world.pharmacist, now=NOW)
    client = visitor(Client(headers={"Authorization": f"Token {secret}"}))
    away()
    for answer in (client.get("/api/v1/orders/"), client.post("/api/v1/orders/", {}, content_type="application/json")):
        assert_away(answer)
        assert answer.json()["code"] == "unavailable"
        assert answer.json()["faults"] == []


def test_the_health_check_names_the_database(away):
    away()
    answer = visitor(Client()).get("/healthz")
    assert (answer.status_code, answer.json()["database"]) == (503, False)


@FAILING
def test_a_connection_cut_in_the_middle_of_a_request_is_said_too_and_the_next_request_gets_a_new_one(db):
    client = visitor(Client())
    assert_away(client.get("/fail/cut-off/"))
    connection.close()
    assert_away(client.post("/api/v1/fail/cut-off/"))
    connection.close()
    assert client.get("/sign-in/").status_code == 200


@FAILING
@pytest.mark.parametrize("how", ["too-slow", "our-mistake"])
def test_a_mistake_of_our_own_is_not_called_an_absence(how):
    client = visitor(Client())
    page, answer = client.get(f"/fail/{how}/"), client.post(f"/api/v1/fail/{how}/")
    assert (page.status_code, answer.status_code) == (500, 500)
    assert "Retry-After" not in page.headers
    assert (answer.json()["code"], answer.json()["faults"]) == ("failed", [])
    assert "nowhere" not in page.content.decode() + answer.content.decode()
