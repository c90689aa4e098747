"""Programs read lists to their end, whatever is written meanwhile, and learn nothing from the places in between."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db.models import F
from django.http import QueryDict
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from core.models import OutboxMessage
from core.paging import KeyPages
from tests.roles import program_of
from tests.world import NOW

pytestmark = pytest.mark.django_db
PATH = "/api/v1/messages/"


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch):
    monkeypatch.setattr("core.paging.api_settings.PAGE_SIZE", 3, raising=False)


def message(name, *, due=0, sent=None):
    sent_at = None if sent is None else NOW + timedelta(microseconds=sent)
    due_at = NOW + timedelta(microseconds=due)
    return OutboxMessage.objects.create(task=name, due_at=due_at, delivered_at=sent_at)


def page(rows, cursor="", path=PATH):
    """One page and the place that follows it."""
    pages = KeyPages()
    request = APIRequestFactory().get(path, {"q": "x", **({"cursor": cursor} if cursor else {})})
    found = pages.paginate_queryset(rows, Request(request))
    following = QueryDict(pages.next.partition("?")[2]) if pages.next else {}
    assert following.get("q", "x") == "x"
    return [row.task for row in found], following.get("cursor", "")


def read(rows, between=lambda: None):
    """All pages of a list; ``between`` happens after each."""
    names, cursor = page(rows)
    while cursor:
        between()
        more, cursor = page(rows, cursor)
        assert more
        names += more
    return names


@pytest.mark.parametrize("count", [0, 1, 3, 4, 6, 7])
def test_a_list_is_read_to_its_end_and_each_row_once(count):
    for number in range(count):
        message(f"m{number}")
    assert read(OutboxMessage.objects.order_by("pk")) == [f"m{number}" for number in range(count)]


@pytest.mark.parametrize(
    "order", [("due_at",), ("-due_at",), ("delivered_at", "due_at"), ("-delivered_at", "task"), ("-attempts", "-pk")]
)
def test_pages_follow_the_order_of_the_database_with_equal_and_absent_values(order):
    for number in range(14):
        message(f"m{number}", due=number % 3, sent=None if number % 2 else number % 5)
    whole = OutboxMessage.objects.order_by(*order, "pk").values_list("task", flat=True)
    assert read(OutboxMessage.objects.order_by(*order)) == list(whole)


def test_instants_a_microsecond_apart_are_told_apart():
    for number in range(8):
        message(f"m{number}", due=number)
    assert read(OutboxMessage.objects.order_by("-due_at")) == [f"m{number}" for number in reversed(range(8))]


@pytest.mark.parametrize("order", ["-pk", "due_at", "task"])
def test_rows_that_are_written_meanwhile_neither_repeat_nor_hide_any(order):
    first = {message(f"m{number:02}", due=number // 4).task for number in range(11)}
    made = iter(range(100))
    names = read(OutboxMessage.objects.order_by(order), between=lambda: message(f"a{next(made)}", due=-5))
    assert len(names) == len(set(names))
    assert first <= set(names)


def test_counting_from_the_top_would_show_a_row_twice():
    """The control: pages by number, as they were."""
    for number in range(6):
        message(f"m{number}")
    rows = OutboxMessage.objects.order_by("-pk")
    shown = [row.task for row in rows[:3]]
    message("new")
    assert set(shown) & {row.task for row in rows[3:6]}


def test_a_row_that_goes_hides_no_other():
    for number in range(9):
        message(f"m{number}")
    rows = OutboxMessage.objects.order_by("pk")
    names = read(rows, between=lambda: OutboxMessage.objects.filter(task="m1").delete())
    assert names == [f"m{number}" for number in range(9)]


def test_a_page_is_one_statement_and_counts_nothing(django_assert_num_queries):
    for number in range(8):
        message(f"m{number}")
    _names, cursor = page(OutboxMessage.objects.all())
    with django_assert_num_queries(1) as asked:
        page(OutboxMessage.objects.all(), cursor)
    statement = asked.captured_queries[0]["sql"]
    assert "COUNT" not in statement
    assert "OFFSET" not in statement


def test_a_place_tells_no_key_and_is_none_of_another_list():
    for number in range(5):
        message(f"secret{number}")
    rows = OutboxMessage.objects.order_by("task")
    _names, cursor = page(rows)
    _names, again = page(rows)
    assert cursor != again  # sealed anew each time: equal places are not seen to be equal
    for made_up in (cursor[:-4] + "AAAA", "x", "秘密", "%00"):
        with pytest.raises(NotFound):
            page(rows, made_up)
    with pytest.raises(NotFound):
        page(rows, cursor, path="/api/v1/others/")


def test_an_order_by_another_table_costs_nothing_more(world, django_assert_num_queries):
    from accounts.models import Seat

    seats = [world.seat(world.organisation("hospital"), "pharmacist") for _ in range(7)]
    rows = Seat.objects.order_by("organisation__name", "pk").annotate(task=F("pk"))
    with django_assert_num_queries(3):
        assert sorted(read(rows)) == sorted(seat.pk for seat in seats)


def test_an_endpoint_answers_in_pages_with_the_address_of_the_next(world):
    for _ in range(4):
        world.organisation("hospital")
    program, url, names = program_of(world.officer), "/api/v1/organisations/", []
    while url:
        answer = program.get(url).json()
        assert set(answer) == {"next", "results"}
        names += [found["name"] for found in answer["results"]]
        url = answer["next"]
    assert len(names) == len(set(names)) >= 5
    assert all(one <= other for one, other in pairwise(names))
    assert program.get("/api/v1/organisations/?cursor=made-up").status_code == 404
