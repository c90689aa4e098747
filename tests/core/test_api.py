"""Programs get every error in one shape, and one effect however often they send a request."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated, ParseError, Throttled, ValidationError
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from accounts.api_access import TokenAuthentication
from core.api import answer_once
from core.errors import Conflict, Denied, Fault, Refused
from core.idempotency import KeyReused
from core.models import CalendarDay

KEY = "a-key-of-a-client-1"


class LineSerializer(serializers.Serializer):
    packs = serializers.IntegerField(min_value=1)


class OrderSerializer(serializers.Serializer):
    note = serializers.CharField(max_length=5)
    lines = LineSerializer(many=True, allow_empty=False)
    tags = serializers.ListField(child=serializers.CharField(max_length=3), default=list)

    def validate(self, attrs):
        if attrs["note"] == "none":
            raise serializers.ValidationError("Write a note.")
        return attrs


class OrderView(APIView):
    """Takes orders: each is a day of the calendar. ``trouble`` is raised instead."""

    authentication_classes = (TokenAuthentication,)
    permission_classes = ()
    trouble: Exception | None = None
    again = None

    def post(self, request):
        if self.trouble:
            raise self.trouble
        return answer_once(request, lambda: self.act(request))

    def put(self, request):
        order = OrderSerializer(data=request.data)
        order.is_valid(raise_exception=True)
        return Response(order.validated_data)

    def act(self, request):
        made = CalendarDay.objects.create(day=request.data["day"], working=True)
        if request.data.get("refused"):
            raise Refused("Not today.", field="day")
        return 201, {"day": made.day, "number": CalendarDay.objects.count()}


def send(data=None, *, method="post", key=KEY, seat=1, trouble=None, path="/orders/"):
    headers = {} if key is None else {"Idempotency-Key": key}
    request = getattr(APIRequestFactory(), method)(path, data or {"day": "2026-03-02"}, headers=headers)
    request.seat = SimpleNamespace(pk=seat)
    return OrderView.as_view(trouble=trouble)(request).render()


def faults(answer):
    return [(fault["field"], fault["row"]) for fault in answer.data["faults"]]


# --- One shape for every error ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("trouble", "status", "code"),
    [
        (Refused("no"), 422, "refused"),
        (Refused("no", code="above_maximum"), 422, "above_maximum"),
        (KeyReused("no", code="key_reused"), 422, "key_reused"),
        (Conflict("late"), 409, "conflict"),
        (Conflict("late", code="busy"), 409, "busy"),
        (Denied("pay"), 403, "denied"),
        (PermissionDenied(), 403, "denied"),
        (Http404("orders 17"), 404, "not_found"),
        (NotAuthenticated(), 401, "not_authenticated"),
        (ParseError(), 400, "parse_error"),
        (Throttled(wait=7), 429, "throttled"),
        (ValidationError({"a": ["wrong"]}), 400, "invalid"),
    ],
    ids=lambda value: value.__class__.__name__ if isinstance(value, Exception) else None,
)
def test_every_error_has_its_status_and_one_shape(trouble, status, code):
    answer = send(trouble=trouble)
    assert answer.status_code == status
    assert set(answer.data) == {"code", "message", "faults"}
    assert answer.data["code"] == code
    assert answer.data["message"]
    assert "17" not in answer.data["message"]


def test_headers_that_tell_the_client_what_to_do_are_kept():
    assert send(trouble=NotAuthenticated()).headers["WWW-Authenticate"] == "Token"
    assert send(trouble=Throttled(wait=7)).headers["Retry-After"] == "7"


def test_a_trouble_of_our_own_is_not_dressed_up_as_the_clients():
    with pytest.raises(ZeroDivisionError):
        send(trouble=ZeroDivisionError())


def test_a_refusal_lists_its_faults_with_field_and_row():
    answer = send(trouble=Refused("Two lines are wrong.", faults=[Fault("too many", "packs", 2), Fault("late")]))
    assert answer.data["message"] == "Two lines are wrong."
    assert answer.data["faults"] == [
        {"field": "packs", "row": 2, "code": "refused", "message": "too many"},
        {"field": "", "row": None, "code": "refused", "message": "late"},
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"note": "much too long", "lines": [{"packs": 1}]}, [("note", None)]),
        ({"note": "ok", "lines": [{"packs": 1}, {"packs": 0}, {}]}, [("lines.packs", 2), ("lines.packs", 3)]),
        ({"note": "ok", "lines": []}, [("lines", None)]),
        ({"note": "ok", "lines": "text"}, [("lines", None)]),
        ({"note": "ok", "lines": [{"packs": 1}, 7]}, [("lines", 2)]),
        ({"note": "none", "lines": [{"packs": 1}]}, [("", None)]),
        ({"note": "ok", "lines": [{"packs": 1}], "tags": ["a", "long", "longer"]}, [("tags", 2), ("tags", 3)]),
        ([], [("", None)]),
    ],
)
def test_faults_of_values_name_field_and_row(body, expected):
    answer = send(body, method="put") if body else send(["not an object"], method="put")
    assert answer.status_code == 400
    assert answer.data["code"] == "invalid"
    assert faults(answer) == expected
    assert all(isinstance(fault["message"], str) and fault["message"] for fault in answer.data["faults"])


def test_a_list_of_faults_that_an_endpoint_made_itself_is_numbered_from_one():
    answer = send(trouble=ValidationError({"lines": [{}, {"packs": ["half a pack"]}]}))
    assert answer.data["faults"] == [{"field": "lines.packs", "row": 2, "code": "invalid", "message": "half a pack"}]


# --- One effect -------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_request_sent_again_gets_the_same_bytes_and_has_no_second_effect():
    first, second = send(), send()
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content == b'{"day":"2026-03-02","number":1}'
    assert list(CalendarDay.objects.values_list("day", flat=True)) == [date(2026, 3, 2)]


@pytest.mark.django_db
def test_the_order_of_the_fields_of_a_body_does_not_matter():
    send({"day": "2026-03-02", "note": "a"})
    assert send({"note": "a", "day": "2026-03-02"}).status_code == 201
    assert CalendarDay.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_with_another_body_or_address_is_refused():
    send()
    for answer in (send({"day": "2026-03-03"}), send(path="/orders/1/")):
        assert (answer.status_code, answer.data["code"]) == (422, "key_reused")
    assert CalendarDay.objects.count() == 1


@pytest.mark.django_db
def test_keys_of_two_seats_do_not_meet():
    send()
    answer = send({"day": "2026-03-03"}, seat=2)
    assert (answer.status_code, answer.data["number"]) == (201, 2)


@pytest.mark.django_db
def test_a_refused_request_has_no_effect_and_keeps_no_key():
    answer = send({"day": "2026-03-02", "refused": True})
    assert (answer.status_code, faults(answer)) == (422, [("day", None)])
    assert CalendarDay.objects.count() == 0
    assert send().status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", [None, "", "short", "x" * 81, "with a blank", "tab\there", "ключ-ключ-ключ"])
def test_a_request_needs_a_key(key):
    answer = send(key=key)
    assert (answer.status_code, answer.data["code"]) == (422, "key_missing")
    assert faults(answer) == [("Idempotency-Key", None)]
    assert CalendarDay.objects.count() == 0
