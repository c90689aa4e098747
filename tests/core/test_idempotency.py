"""A request sent again has no second effect and gets the first answer."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy

from core.errors import Conflict, Refused
from core.idempotency import KeyReused, fingerprint, once
from core.models import CalendarDay, IdempotencyKey
from tests.world import NOW

pytestmark = pytest.mark.django_db
PRINT = fingerprint("POST", "/api/v1/orders/", b"{}")


def send(act, *, key="first-key", seat_number=1, print_of_request=PRINT):
    return once(seat_number=seat_number, key=key, fingerprint=print_of_request, now=NOW, act=act)


def effect(answer="made"):
    CalendarDay.objects.create(day=date(2026, 1, CalendarDay.objects.count() + 1), working=True)
    return 201, answer


def effects():
    return CalendarDay.objects.count()


def test_the_same_request_again_gets_the_first_answer():
    assert send(effect) == (201, "made")
    assert send(lambda: effect("made again")) == (201, "made")
    assert effects() == 1


def test_both_answers_are_the_same_bytes():
    answer = {
        "total": Decimal("12.30"),
        "due_on": date(2026, 4, 1),
        "at": NOW,
        "status": gettext_lazy("open"),
        "a": ["最后", None, True],
    }
    first, second = send(lambda: (201, answer)), send(effect)
    assert json.dumps(first) == json.dumps(second)
    assert list(first[1]) == ["total", "due_on", "at", "status", "a"]
    assert first[1]["total"] == "12.30"
    assert effects() == 0


def test_an_answer_without_content_is_kept_too():
    assert send(lambda: (204, None)) == (204, None)
    assert send(effect) == (204, None)


def test_another_key_or_another_seat_is_another_request():
    for changed in ({}, {"key": "second-key"}, {"seat_number": 2}):
        send(effect, **changed)
    assert effects() == 3


@pytest.mark.parametrize(
    "other",
    [
        fingerprint("PUT", "/api/v1/orders/", b"{}"),
        fingerprint("POST", "/api/v1/orders/1/", b"{}"),
        fingerprint("POST", "/api/v1/orders/", b'{"packs": 2}'),
    ],
)
def test_the_same_key_with_another_request_is_refused(other):
    send(effect)
    with pytest.raises(KeyReused) as refusal:
        send(effect, print_of_request=other)
    assert refusal.value.code == "key_reused"
    assert not isinstance(refusal.value, Conflict)
    assert effects() == 1


def test_no_two_requests_share_a_fingerprint_by_moving_a_byte():
    assert fingerprint("POST", "/a/", b"b") != fingerprint("POST", "/a/b", b"")
    assert len(PRINT) == 64


def test_what_raises_leaves_neither_key_nor_effect_and_may_be_sent_again():
    def fail():
        effect()
        raise Refused("not now")

    with pytest.raises(Refused):
        send(fail)
    assert (effects(), IdempotencyKey.objects.count()) == (0, 0)
    assert send(effect) == (201, "made")


def test_what_cannot_be_answered_has_no_effect():
    with pytest.raises(TypeError):
        send(lambda: effect(object()))
    assert (effects(), IdempotencyKey.objects.count()) == (0, 0)
