"""Lists: what the address may ask for, pages by key, constant queries, and export of what is shown."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import chain

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory

from core.models import OutboxMessage
from core.tables import Column, Empty, Filter, Table, read

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Messages(Table):
    name = "messages"
    caption = "Messages"
    columns = (
        Column("task", "Task", sort="task"),
        Column("due", "Due", value="due_at", kind="instant", sort="due_at"),
        Column("delivered", "Delivered", value="delivered_at", kind="instant", sort="delivered_at"),
        Column("attempts", "Tried", kind="quantity", unit="times"),
    )
    filters = (
        Filter("q", forms.CharField(label="Search"), "task__icontains"),
        Filter("tried", forms.ChoiceField(label="Tried", choices=[("0", "never"), ("1", "once")]), "attempts"),
        Filter("since", forms.DateField(label="Since"), lambda rows, day: rows.filter(due_at__date__gte=day)),
    )
    default_sort = "-due"
    page_size = 3
    empty = Empty("No messages", "They come by themselves.")


def make(count: int) -> None:
    """Messages of which two in three share their hour and every other one was delivered."""
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            task=f"task-{n:03}",
            due_at=START + timedelta(hours=n // 3),
            delivered_at=START + timedelta(days=n // 4) if n % 2 else None,
            attempts=n % 2,
        )
        for n in range(count)
    )


def table(address: str = "/messages/", source=None, cls: type[Table] = Messages, **options) -> Table:
    rows = OutboxMessage.objects.all() if source is None else source
    return cls(RequestFactory().get(address), rows, **options)


def tasks(page: Table) -> list[str]:
    return [row.object.task for row in page.rows]


def walk(address: str, way: str) -> list[list[str]]:
    """The pages met by following next or previous links to the end."""
    pages = []
    while address:
        page = table(address)
        pages.append(tasks(page))
        address = getattr(page, way)
        assert len(pages) < 20
    return pages


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["task", "-task", "due", "-due", "delivered", "-delivered"])
def test_next_meets_every_row_once_and_previous_leads_back(sort):
    make(11)
    forward = walk(f"/messages/?sort={sort}", "next_url")
    met = list(chain.from_iterable(forward))
    assert sorted(met) == [f"task-{n:03}" for n in range(11)]
    assert [len(page) for page in forward] == [3, 3, 3, 2]
    column, field = sort.removeprefix("-"), {"task": "task", "due": "due_at", "delivered": "delivered_at"}
    by_task = {message.task: message for message in OutboxMessage.objects.all()}
    values = [getattr(by_task[task], field[column]) for task in met]
    present = [value for value in values if value is not None]
    assert values[: len(present)] == present, "rows without a value come last"
    assert present == sorted(present, reverse=sort.startswith("-"))

    address = f"/messages/?sort={sort}"
    for _page in forward[1:]:
        address = table(address).next_url
    assert walk(address, "previous_url") == forward[::-1]


@pytest.mark.django_db
def test_a_new_row_does_not_shift_the_next_page():
    make(6)
    second = table("/messages/?sort=task").next_url
    OutboxMessage.objects.create(task="task-000a", due_at=START)
    assert tasks(table(second)) == ["task-003", "task-004", "task-005"]


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["", "pk", "-id", "last_error", "task;drop", "--task", "delivered_at"])
def test_a_sort_that_is_not_declared_is_ignored(asked):
    make(4)
    assert tasks(table(f"/messages/?sort={asked}")) == tasks(table())


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["", "x", "eyJhIjoxfQ:forged", "%00", "a:b:c"])
def test_a_forged_place_shows_the_first_page(place):
    make(4)
    assert tasks(table(f"/messages/?sort=task&after={place}")) == ["task-000", "task-001", "task-002"]


@pytest.mark.django_db
def test_a_place_of_another_order_shows_the_first_page():
    make(6)
    address = table("/messages/?sort=task").next_url.replace("sort=task", "sort=due")
    assert tasks(table(address)) == tasks(table("/messages/?sort=due"))


@pytest.mark.django_db
def test_filters_narrow_and_say_so():
    make(6)
    page = table("/messages/?q=TASK-00&tried=1&since=2026-03-02&sort=task")
    assert tasks(page) == ["task-001", "task-003", "task-005"]
    assert page.filtered
    assert page.clear_url == "/messages/?sort=task"


@pytest.mark.django_db
def test_a_wrong_filter_value_is_ignored_and_explained():
    make(2)
    page = table("/messages/?tried=7&since=someday&q=task")
    assert tasks(page) == ["task-001", "task-000"]
    assert set(page.filter_form.errors) == {"tried", "since"}
    assert page.filter_values == {"q": "task"}


def test_a_choice_starts_with_all_and_leaves_the_declaration_alone():
    page = table(source=[])
    assert [label for _, label in page.filter_form.fields["tried"].choices] == ["All", "never", "once"]
    assert [label for _, label in Messages.filters[1].field.choices] == ["never", "once"]
    assert Messages.filters[1].field.required


def test_the_filter_form_carries_the_rest_of_the_address_along():
    page = table("/messages/?tab=mine&tab=all&sort=-task&q=x&after=abc&export=csv", source=[])
    assert page.kept_parameters == [("tab", "mine"), ("tab", "all"), ("sort", "-task")]


@pytest.mark.django_db
def test_a_sort_link_turns_the_order_and_starts_at_the_first_page():
    make(9)
    page = table("/messages/?tab=mine&sort=task&after=abc")
    heads = {head.key: head for head in page.heads}
    assert heads["task"].order == "ascending"
    assert heads["task"].sort_url == "/messages/?tab=mine&sort=-task"
    assert heads["due"].order == ""
    assert heads["due"].sort_url == "/messages/?tab=mine&sort=due"
    assert heads["attempts"].sort_url == ""


@pytest.mark.django_db
def test_two_tables_on_a_page_keep_apart():
    make(6)
    first = table("/messages/?b-sort=task&b-q=005", prefix="a")
    second = table("/messages/?b-sort=task&b-q=005", prefix="b")
    assert len(first.rows) == 3
    assert tasks(second) == ["task-005"]
    assert "a-after=" in first.next_url
    assert "b-sort=task&b-q=005" in first.next_url


@pytest.mark.django_db
@pytest.mark.parametrize("count", [3, 300])
def test_a_page_costs_one_query_however_many_rows(count, django_assert_num_queries):
    make(count)

    class Long(Messages):
        page_size = 500

    with django_assert_num_queries(1):
        html = render_to_string("_components/table.html", {"table": table(cls=Long)})
    assert html.count("<tr") == count + 1


@pytest.mark.django_db
def test_export_is_what_is_shown_without_pages():
    make(9)
    page = table("/messages/?export=csv&tried=1&sort=-task")
    assert page.export == "csv"
    text = b"".join(page.export_response().streaming_content).decode("utf-8-sig").splitlines()
    assert text[0] == "Task,Due,Delivered,Tried (times)"
    assert [line.split(",")[0] for line in text[1:]] == ["task-007", "task-005", "task-003", "task-001"]
    assert text[1].split(",")[1] == "2026-03-02 11:00:00", "the platform's clocks are eight hours ahead of UTC"


@pytest.mark.django_db
def test_an_xlsx_export_is_a_workbook():
    make(2)
    response = table("/messages/?export=xlsx").export_response()
    content = b"".join(response.streaming_content)
    response.close()
    assert content.startswith(b"PK")
    assert response["Content-Disposition"] == 'attachment; filename="messages.xlsx"'


@pytest.mark.parametrize("asked", ["", "pdf", "CSV"])
def test_an_export_that_is_not_offered_is_a_page(asked):
    assert table(f"/messages/?export={asked}", source=[]).export == ""


def test_a_short_sequence_is_shown_whole_and_unsorted():
    class Lines(Table):
        caption = "Lines"
        columns = (Column("name", "Name", sort="name"), Column("amount", "Amount", kind="amount"))
        page_size = 1

    page = table("/?sort=name", [{"name": "b", "amount": Decimal("2")}, {"name": "a", "amount": None}], Lines)
    assert [row.cells[0].value for row in page.rows] == ["b", "a"]
    assert (page.next_url, page.previous_url, page.heads[0].sort_url) == ("", "", "")
    assert list(page.export_rows()) == [["b", Decimal("2")], ["a", None]]


@pytest.mark.django_db
def test_an_empty_list_teaches_and_an_over_filtered_one_offers_to_clear():
    nothing = render_to_string("_components/table.html", {"table": table()})
    assert "No messages" in nothing
    assert "They come by themselves." in nothing
    make(1)
    filtered = render_to_string("_components/table.html", {"table": table("/messages/?q=nowhere")})
    assert "No messages" not in filtered
    assert 'href="/messages/"' in filtered


def test_a_cell_knows_its_link_tone_and_note():
    class Lines(Table):
        columns = (Column("name", "Name", url="address", tone=lambda row: row["tone"], note="note.text"),)
        row_tone = "tone"
        pick = "name"

    row = table("/", [{"name": "A", "address": "/a/", "tone": "bad", "note": {"text": "n"}}], Lines).rows[0]
    assert (row.cells[0].url, row.cells[0].tone, row.cells[0].note) == ("/a/", "bad", "n")
    assert (row.tone, row.pick) == ("bad", "A")


def test_rows_that_a_function_picks_have_a_checkbox_each():
    class Lines(Table):
        columns = (Column("name", "Name"),)

    lines = table("/", [{"name": "A"}, {"name": ""}], Lines)
    lines.pick = lambda row: row["name"]
    drawn = render_to_string("_components/table.html", {"table": lines})
    assert re.findall(r'<input[^>]* name="pick" value="(\w*)"', drawn) == ["A"]


@pytest.mark.parametrize(
    ("reader", "value"),
    [("year", 2026), ("isoformat", "2026-03-02"), ("nothing.there", None), ("", None), (lambda day: day.month, 3)],
)
def test_a_reader_follows_paths_calls_methods_and_survives_holes(reader, value):
    assert read(date(2026, 3, 2), reader) == value


def test_totals_stand_under_their_columns():
    class Lines(Table):
        caption = "Lines"
        columns = (
            Column("name", "Name"),
            Column("packs", "Packs", kind="quantity"),
            Column("amount", "Amount", kind="amount"),
        )

    page = table("/", [{"name": "A", "packs": 2, "amount": Decimal("3")}], Lines)
    assert page.foot == []
    page.totals = {"amount": Decimal("1234.5")}
    assert [cell.value for cell in page.foot] == ["", Decimal("1234.5")]
    assert "1,234.50" in render_to_string("_components/table.html", {"table": page}).partition("<tfoot")[2]
