"""Endpoints: what is missing is missing before what was sent is read, and an act answers as it says."""

from types import SimpleNamespace

import pytest
from rest_framework import serializers
from rest_framework.test import APIRequestFactory

from core.api import Act, Endpoint, Listing, Reading, Setting, StrictSerializer
from core.api.schema import EndpointSchema
from core.models import CalendarDay
from tests.world import NOW

pytestmark = pytest.mark.django_db
READ = [200, 400, 401, 403, 404, 429]
WRITE = [400, 401, 403, 404, 409, 413, 422, 429]


class DaySerializer(serializers.ModelSerializer):
    class Meta:
        model = CalendarDay
        fields = ("day", "working")


class WorkingSerializer(StrictSerializer):
    working = serializers.BooleanField()


class CountSerializer(serializers.Serializer):
    days = serializers.IntegerField()


class OfADay(Endpoint):
    authentication_classes = ()
    permission_classes = ()
    serializer_class = DaySerializer

    def load(self, day):
        return self.one(CalendarDay.objects.all(), day=day)


class OneDay(OfADay, Reading, Setting):
    """One day."""

    takes = WorkingSerializer

    def act(self, day, asked):
        """Say whether it is worked on."""
        day.working = asked.validated_data["working"]
        return day


class Close(OfADay, Act):
    """Close a day, or open it again; answers with how many are open."""

    gives, status = CountSerializer, 201

    def act(self, day, asked):
        CalendarDay.objects.filter(pk=day.pk).update(working=not day.working)
        return {"days": CalendarDay.objects.filter(working=True).count()}


class Days(OfADay, Listing):
    """All days."""

    model = CalendarDay
    filter_backends = ()

    def rows(self):
        return CalendarDay.objects.order_by("day")


@pytest.fixture(autouse=True)
def days():
    CalendarDay.objects.all().delete()
    CalendarDay.objects.bulk_create(CalendarDay(day=f"2026-03-0{number}", working=True) for number in (1, 2, 3))


def send(view, method, data=None, **where):
    request = getattr(APIRequestFactory(), method)("/days/", data, headers={"Idempotency-Key": "a-key-of-ours"})
    request.seat = SimpleNamespace(pk=1)
    answer = view.as_view()(request, **where).render()
    return answer.status_code, answer.data


def test_a_thing_is_read_set_and_listed_in_one_shape():
    day = {"day": "2026-03-02", "working": True}
    assert send(OneDay, "get", day="2026-03-02") == (200, day)
    assert send(OneDay, "put", {"working": False}, day="2026-03-02") == (200, day | {"working": False})
    status, page = send(Days, "get")
    assert (status, page["next"], len(page["results"])) == (200, None, 3)


def test_an_act_answers_in_its_own_shape_and_once():
    for _time in range(3):
        assert send(Close, "post", {}, day="2026-03-02") == (201, {"days": 2})
    assert CalendarDay.objects.filter(working=False).count() == 1


def test_what_is_missing_is_missing_before_what_was_sent_is_read():
    """Else a program could tell by its faults which references there are."""
    wrong = {"working": "perhaps", "colour": "red"}
    assert send(OneDay, "put", wrong, day="2026-03-09")[0] == 404
    status, told = send(OneDay, "put", wrong, day="2026-03-02")
    assert (status, told["faults"][0]["field"]) == (400, "colour")
    assert send(OneDay, "put", {}, day="2026-03-02")[0] == 400
    assert send(Close, "post", {"really": True}, day="2026-03-02")[0] == 400
    assert CalendarDay.objects.filter(working=True).count() == 3


def test_who_acts_and_when_is_what_every_action_takes(monkeypatch):
    monkeypatch.setattr("core.api.views.timezone.now", lambda: NOW)
    view = OneDay()
    view.request = SimpleNamespace(_request=SimpleNamespace(seat="a seat"))
    assert view.by == {"by": "a seat", "now": NOW}


@pytest.mark.parametrize(
    ("view", "method", "said", "answers"),
    [
        (OneDay, "GET", "One day.", READ),
        (OneDay, "PUT", "Say whether it is worked on.", [200, *WRITE]),
        (
            Close,
            "POST",
            "Close a day, or open it again; answers with how many are open.",
            [201, *WRITE],
        ),
        (Days, "GET", "All days.", READ),
    ],
)
def test_the_description_tells_what_an_endpoint_says_of_itself(view, method, said, answers):
    schema = EndpointSchema()
    schema.view, schema.method, schema.path = view(), method, "/days/"
    assert schema.get_description() == said
    assert sorted(schema.get_response_serializers()) == answers
    assert bool(schema.get_override_parameters()) == (method != "GET")
