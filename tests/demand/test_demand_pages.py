"""The pages of demand: a window is opened, hospitals report by grid or file, the agency sees who is missing."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.permissions import OrganisationKind
from catalogue.models import Item
from core.clock import legal_date
from demand.actions import ReportedLine, WindowPlan, lock_demand, open_window, report_demand
from demand.models import DemandEntry, DemandReport, DemandWindow
from demand.shell import nav, todos
from tests.catalogue.files import PRECISE, TABLET, merged, products
from tests.demand.stage import item_of

BACKEND = "django.contrib.auth.backends.ModelBackend"


def client_of(seat) -> Client:
    client = Client()
    client.force_login(seat.person, backend=BACKEND)
    return client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def page(name, window, *more):
    return reverse(f"demand:{name}", args=[window.reference, *more])


def grid(*quantities):
    return {f"quantity-{number}": str(quantity) for number, quantity in enumerate(quantities, start=1)}


def quantities(window):
    entries = DemandEntry.objects.filter(report__window=window).order_by("item__name")
    return list(entries.values_list("item__name", "quantity"))


def names(count):
    return [f"Item {number:03d}" for number in range(count)]


def a_window(world, count=3, hospitals=2):
    """A window that is open on the day on which the test runs."""
    today = legal_date(timezone.now())
    items = [Item.objects.filter(name=name).first() or item_of(world, name) for name in names(count)]
    asked = [world.hospital, *(world.organisation(OrganisationKind.HOSPITAL) for _more in range(hospitals - 1))]
    plan = WindowPlan("Next year", today.year, today, today + timedelta(days=9))
    return open_window(plan=plan, items=items, hospitals=asked, by=world.officer, now=timezone.now())


@pytest.fixture
def window(world):
    return a_window(world)


class TestOpening:
    def typed(self, **changes):
        today = legal_date(timezone.now())
        days = {"opens_on": f"{today:%Y-%m-%d}", "closes_on": f"{today + timedelta(days=20):%Y-%m-%d}"}
        return {"title": "Stents", "year": today.year + 1, "items": "", **days, **changes}

    def test_items_come_by_reference_and_from_an_earlier_window_and_everybody_is_asked(self, world, window):
        more = item_of(world, "More")
        like = {"like": window.pk, "items": f"{more.reference}\n{more.reference}"}
        client_of(world.officer).post(reverse("demand:open-window"), self.typed(**like))
        made = DemandWindow.objects.get(title="Stents")
        assert [line.item.name for line in made.lines.all()] == ["Item 000", "Item 001", "Item 002", "More"]
        assert made.hospitals.count() == 2

    def test_an_unknown_reference_is_told(self, world):
        answer = client_of(world.officer).post(reverse("demand:open-window"), self.typed(items="I-999999"))
        assert "I-999999" in str(answer.context["form"].errors["items"])

    def test_items_come_by_name_code_and_number_from_a_list_and_a_file_at_once(self, world):
        assert world.hospital
        merged(world, products(TABLET, PRECISE))
        tablet, precise = Item.objects.get(code_prefix=""), Item.objects.exclude(code_prefix="").get()
        more, other = item_of(world, "More"), item_of(world, "Another")
        rows = f"Medicine,Strength\n{PRECISE['national_code']},\n{other.reference},\n"
        file = SimpleUploadedFile("items.csv", rows.encode())
        typed = self.typed(items=f"{tablet.name}\t5mg\n\n{more.name} 5 mg\n", file=file)
        answer = client_of(world.officer).post(reverse("demand:open-window"), typed)
        assert answer.status_code == 302, answer.context["form"].errors
        made = DemandWindow.objects.get(title="Stents")
        assert [line.item for line in made.lines.all()] == [tablet, more, precise, other]

    def test_each_line_that_nobody_knows_is_told_where_it_stands_and_nothing_is_opened(self, world):
        known = item_of(world, "More")
        file = SimpleUploadedFile("items.csv", b"Medicine\nMore\nNobody knows\n")
        typed = self.typed(items=f"{known.reference}\n\nI-999999\nMore\n<x>", file=file)
        errors = client_of(world.officer).post(reverse("demand:open-window"), typed).context["form"].errors
        assert errors["items"] == [
            "Line 3: the catalogue has no “I-999999”.",
            "Line 5: the catalogue has no “<x>”.",
        ]
        assert errors["file"] == ["Line 3: the catalogue has no “Nobody knows”."]
        assert not DemandWindow.objects.exists()

    def test_where_nobody_is_there_to_ask_the_page_says_who_comes_first(self, world):
        answer = client_of(world.officer).get(reverse("demand:open-window"))
        assert "No hospital is registered yet" in text_of(answer)
        assert not answer.context["form"].is_bound

    def test_a_window_without_items_is_refused_at_the_field_of_items(self, world):
        assert world.hospital
        answer = client_of(world.officer).post(reverse("demand:open-window"), self.typed())
        assert "items" in answer.context["form"].errors


class TestReporting:
    def test_the_grid_reports_and_shows_what_was_reported(self, world, window):
        client = client_of(world.pharmacist)
        answer = client.post(page("report-demand", window), grid(500, "", 0), follow=True)
        assert quantities(window) == [("Item 000", 500)]
        assert [row.initial["quantity"] for row in answer.context["form"].rows] == [500, None, None]

    def test_a_cell_that_is_no_quantity_is_told_beside_it_and_nothing_is_reported(self, world, window):
        answer = client_of(world.pharmacist).post(page("report-demand", window), grid(500, -1, "many"))
        assert [bool(row.errors) for row in answer.context["form"].rows] == [False, True, True]
        assert quantities(window) == []
        answer = client_of(world.pharmacist).post(page("report-demand", window), grid(10**12 + 1, 1, 1))
        assert [bool(row.errors) for row in answer.context["form"].rows] == [True, False, False]

    def test_a_row_that_the_page_never_had_is_refused_with_what_stands_in_it(self, world, window):
        data = {**grid(1, 2, 3), "quantity-4": "7"}
        answer = client_of(world.pharmacist).post(page("report-demand", window), data)
        assert "no longer here, so that nothing was taken: 4" in answer.context["form"].non_field_errors()[0]
        assert quantities(window) == []

    def test_a_row_that_did_not_arrive_is_not_taken_for_an_empty_one(self, world, window):
        client = client_of(world.pharmacist)
        client.post(page("report-demand", window), grid(1, 2, 3))
        answer = client.post(page("report-demand", window), grid(7, 8))
        assert "did not arrive" in answer.context["form"].non_field_errors()[0]
        assert [quantity for _name, quantity in quantities(window)] == [1, 2, 3]

    def test_after_the_lock_the_page_shows_and_takes_nothing(self, world, window):
        client = client_of(world.pharmacist)
        client.post(page("report-demand", window), grid(500, 0, 0))
        lock_demand(window=window, by=world.officer, now=timezone.now())
        shown = client.get(page("report-demand", window))
        assert "500" in text_of(shown)
        assert b"quantity-1" not in shown.content
        refused = client.post(page("report-demand", window), grid(1, 1, 1))
        assert quantities(window) == [("Item 000", 500)]
        assert refused.context["form"].non_field_errors()

    def test_a_hospital_that_is_not_asked_meets_a_window_as_if_it_did_not_exist(self, world, window):
        stranger = world.seat(world.organisation(OrganisationKind.HOSPITAL), "pharmacist")
        for name in ("window", "report-demand"):
            assert client_of(stranger).get(page(name, window)).status_code == 404


def read(world, window, content, name="demand.csv", **typed):
    """The form after a file was read into it."""
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    data = {**typed, "read": "table", "sheet-table": file}
    return client_of(world.pharmacist).post(page("report-demand", window), data).context["form"]


def shown(form):
    return [row["quantity"].value() for row in form.rows]


class TestSpreadsheets:
    """Each kind of file and fault is tried on the grid itself: ``tests/core/test_grids.py``."""

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_the_template_comes_back_filled_in_and_is_reported_after_a_look(self, world, window, kind):
        client = client_of(world.pharmacist)
        client.post(page("report-demand", window), grid(7, "", ""))
        answer = client.get(page("report-demand", window), {"template": f"table.{kind}"})
        file = b"".join(answer.streaming_content)
        if kind == "xlsx":
            workbook = load_workbook(io.BytesIO(file))
            sheet = workbook.active
            assert [cell.value for cell in sheet[1]] == [
                "Line",
                "Item",
                "Strength",
                "Form",
                "Unit",
                "Quantity a year",
            ]
            assert [sheet.cell(2, column).value for column in (1, 6)] == [1, 7]
            sheet.cell(4, 6, 2000)
            filled = io.BytesIO()
            workbook.save(filled)
            file = filled.getvalue()
        else:
            file = file.rstrip() + b'"2,000"\r\n'
        form = read(world, window, file, f"filled.{kind}")
        assert [str(value or "") for value in shown(form)] == ["7", "", "2000"]
        assert quantities(window) == [("Item 000", 7)]
        client.post(page("report-demand", window), grid(*shown(form)))
        assert quantities(window) == [("Item 000", 7), ("Item 002", 2000)]

    def test_a_file_with_faults_is_shown_with_them_and_reports_nothing(self, world, window):
        form = read(world, window, "Line,Quantity a year\n1,5\n2,1.5\n3,-1\n9,5\n", **grid("", "", 4))
        assert shown(form) == ["5", "1.5", "-1"]
        assert [bool(row.errors) for row in form.rows] == [False, True, True]
        assert form.non_field_errors() == ["Row 5, column A “Line”: The table has no row “9”."]
        assert quantities(window) == []

    def test_an_unknown_kind_of_template_does_not_exist(self, world, window):
        answer = client_of(world.pharmacist).get(page("report-demand", window), {"template": "table.pdf"})
        assert answer.status_code == 404


class TestTheAgency:
    def test_sees_who_is_missing_and_what_it_adds_up_to(self, world, window):
        client_of(world.pharmacist).post(page("report-demand", window), grid(500, 20, 0))
        shown = client_of(world.officer).get(page("window", window))
        assert "1 / 2" in text_of(shown)
        asked = {row.object.name: row.object.reported_at is not None for row in shown.context["asked"].rows}
        assert asked.pop(world.hospital.name) is True
        assert list(asked.values()) == [False]
        missing = client_of(world.officer).get(page("window", window), {"asked-status": "missing"})
        assert [row.object.name for row in missing.context["asked"].rows] == list(asked)

    def test_is_warned_of_missing_hospitals_before_it_locks(self, world, window):
        client_of(world.pharmacist).post(page("report-demand", window), grid(500, 20, 0))
        client = client_of(world.officer)
        assert "Not reported: 1" in text_of(client.get(page("lock-demand", window)))
        client.post(page("lock-demand", window))
        assert DemandWindow.objects.get(pk=window.pk).locked_by == world.officer

    def test_unlocks_with_a_reason(self, world, window):
        client_of(world.pharmacist).post(page("report-demand", window), grid(500, 20, 0))
        client = client_of(world.officer)
        client.post(page("lock-demand", window))
        assert client.post(page("unlock-demand", window), {"reason": ""}).context["form"].errors
        client.post(page("unlock-demand", window), {"reason": "A ward was forgotten"})
        assert DemandWindow.objects.get(pk=window.pk).locked_at is None

    def test_exports_every_report_and_a_hospital_only_its_own(self, world, window):
        other = DemandWindow.objects.get(pk=window.pk).hospitals.exclude(pk=world.hospital.pk).get()
        rival = world.seat(other, "pharmacist")
        for seat, quantity in ((world.pharmacist, 500), (rival, 77)):
            report_demand(window=window, lines=[ReportedLine(1, quantity)], by=seat, now=timezone.now())
        url = page("export-demand", window, "csv")
        everything = b"".join(client_of(world.officer).get(url).streaming_content).decode()
        own = b"".join(client_of(world.pharmacist).get(url).streaming_content).decode()
        assert "500" in everything
        assert "77" in everything
        assert "500" in own
        assert other.name not in own


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["window", "lock-demand"])
def test_the_window_costs_the_same_queries_for_three_hospitals_and_for_many(world, name):
    few, many = a_window(world, 3, 3), a_window(world, 40, 40)
    client = client_of(world.officer)
    assert queries_of(client, page(name, few)) == queries_of(client, page(name, many))


def test_the_grid_costs_the_same_queries_for_three_items_and_for_many(world):
    few, many = a_window(world, 3), a_window(world, 300)
    client = client_of(world.pharmacist)
    assert queries_of(client, page("report-demand", few)) == queries_of(client, page("report-demand", many))


class TestTodos:
    def test_a_hospital_reports_until_it_has(self, world, window):
        now = timezone.now()
        [todo] = todos(world.pharmacist, now)
        assert todo.url == page("report-demand", window)
        assert legal_date(todo.until_at - timedelta(microseconds=1)) == window.closes_on
        client_of(world.pharmacist).post(page("report-demand", window), grid(1, 0, 0))
        assert todos(world.pharmacist, now) == []
        assert DemandReport.objects.count() == 1

    def test_the_agency_locks_when_all_have_reported_or_the_last_day_is_over(self, world, window):
        now = timezone.now()
        assert todos(world.officer, now) == []
        client_of(world.pharmacist).post(page("report-demand", window), grid(1, 0, 0))
        assert todos(world.officer, now) == []
        [late] = todos(world.officer, now + timedelta(days=11))
        assert "1 missing" in str(late.what)
        other = window.hospitals.exclude(pk=world.hospital.pk).get()
        report_demand(window=window, lines=[], by=world.seat(other, "pharmacist"), now=now)
        [todo] = todos(world.officer, now)
        assert todo.url == page("lock-demand", window)


def test_whom_demand_concerns_finds_it_in_the_navigation(world):
    assert [str(entry.label) for entry in nav(world.officer)] == ["Demand", "Mandates"]
    assert nav(world.bid_manager) == []
