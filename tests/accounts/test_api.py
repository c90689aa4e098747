"""Programs act as seats, with the same rights and the same refusals."""

import pytest
from django.urls import reverse

from accounts.actions import end_seat, make_token, revoke_token
from accounts.api_access import MOST_WRONG_TOKENS
from tests.world import NOW


@pytest.fixture
def token(world):
    return make_token(label="warehouse system", by=world.officer, now=NOW)


def me(client, secret):
    return client.get(reverse("api-me"), headers={"Authorization": f"Token {secret}"})


def test_a_token_says_who_it_acts_for(client, world, token):
    answer = me(client, token[1])
    assert answer.status_code == 200
    assert answer.json()["organisation"]["credit_code"] == world.agency.credit_code
    assert "publish_tender" in answer.json()["permissions"]


def test_no_token_and_a_wrong_one_are_401(client, db):
    assert client.get(reverse("api-me")).status_code == 401
    assert me(client, "wrong").status_code == 401


def test_a_revoked_token_and_one_of_a_leaver_are_401(client, world, token):
    other = make_token(label="other", by=world.pharmacist, now=NOW)
    revoke_token(token=token[0], by=world.officer, now=NOW)
    assert me(client, token[1]).status_code == 401
    end_seat(seat=world.pharmacist, reason="left", by=world.seat(world.hospital, "administrator"), now=NOW)
    assert me(client, other[1]).status_code == 401


def test_organisations_are_searched_by_code(client, world, token):
    path = reverse("api-organisations") + f"?search={world.hospital.credit_code}"
    answer = client.get(path, headers={"Authorization": f"Token {token[1]}"})
    assert [found["name"] for found in answer.json()["results"]] == [world.hospital.name]


def test_the_schema_describes_every_endpoint(client, db):
    answer = client.get(reverse("api-schema"), headers={"Accept": "application/json"})
    assert answer.status_code == 200
    assert "/api/v1/me/" in answer.json()["paths"]
    by_default = client.get(reverse("api-schema"))
    assert by_default.headers["Content-Type"] == "application/vnd.oai.openapi"
    assert by_default.content.startswith(b"openapi: 3")


def test_wrong_tokens_from_one_place_are_held_up_and_a_good_one_never(client, world, token, travel):
    travel(NOW)

    def ask(secret, place="203.0.113.9"):
        return client.get("/api/v1/me/", headers={"Authorization": f"Token {secret}"}, REMOTE_ADDR=place)

    answers = [ask("guess").status_code for _try in range(MOST_WRONG_TOKENS + 1)]
    assert answers == [401] * MOST_WRONG_TOKENS + [429]
    held = ask("another guess")
    assert (held.status_code, held.json()["code"]) == (429, "throttled")
    assert 1 <= int(held.headers["Retry-After"]) <= 300
    assert ask(token[1]).status_code == 200
    assert ask("guess", place="198.51.100.7").status_code == 401
