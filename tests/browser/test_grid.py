"""The grid of a form in a real browser: what spreadsheets paste, the keyboard, checks, and the draft that is kept."""

import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from contracts.actions import approve_order, confirm_order
from contracts.models import Acceptance, Delivery, Order
from core.clock import legal_date
from core.drafts import keep
from core.models import Draft
from demand.models import DemandEntry
from tests.browser.bidding import PATIENCE
from tests.contracts.builders import current_contract, trade
from tests.demand.test_demand_pages import a_window
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 6

# As Excel writes it: a fragment in a page, with styles, formats and a merged cell.
EXCEL = """<html><head><style>td {mso-number-format:General; color: red}</style></head><body><!--StartFragment-->
<table border=0 style='border-collapse:collapse;width:48pt'><col width=64 style='width:48pt'>
<tr height=20 style="height:15pt"><td class=xl65 align=right style='width:48pt'>1,200</td></tr>
<tr><td align=right>15<br>00</td></tr><tr><td rowspan=2>7</td></tr><tr></tr></table><!--EndFragment--></body></html>"""


@pytest.fixture
def world(live_server):
    return World()


@pytest.fixture
def window(world):
    return a_window(world, ROWS)


@pytest.fixture
def grid(world, window, page, sit_in, live_server):
    """The report of demand, as its pharmacist has it open."""
    sit_in(world.pharmacist)
    page.goto(live_server.url + reverse("demand:report-demand", args=[window.reference]))
    page.locator("[data-grid-bar]").wait_for()
    return Sheet(page)


def paste(cell, text="", html=""):
    """The event that a browser sends for Ctrl+V, with what a spreadsheet has on the clipboard; whether the page left it
    to the browser."""
    cell.focus()
    return cell.evaluate(
        """(field, [text, html]) => {
            const clipboardData = new DataTransfer();
            if (text) clipboardData.setData("text/plain", text);
            if (html) clipboardData.setData("text/html", html);
            const settings = { clipboardData, bubbles: true, cancelable: true };
            return field.dispatchEvent(new ClipboardEvent("paste", settings));
        }""",
        [text, html],
    )


class Sheet:
    """The cells of the page, and what a person does to them."""

    def __init__(self, page):
        self.page = page

    def cell(self, row):
        return self.page.locator(f"#id_quantity-{row + 1}")

    def values(self):
        return [self.cell(row).input_value() for row in range(ROWS)]

    def errors(self):
        return self.page.locator("[data-grid] .cell-field .errors").all_inner_texts()

    def said(self):
        return self.page.locator("[data-grid-said]").inner_text()

    def paste(self, row, text="", html=""):
        return paste(self.cell(row), text, html)

    def copied(self, row):
        return self.cell(row).evaluate(
            """(field) => {
                const clipboardData = new DataTransfer();
                field.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
                return clipboardData.getData("text/plain");
            }"""
        )


# --- Pasting ----------------------------------------------------------------------------------------------------
def test_a_column_from_excel_fills_the_cells_from_the_one_where_it_is_pasted(grid):
    assert not grid.paste(1, "1,200\r\n15\r\n\r\n７００\r\n")
    assert grid.values() == ["", "1200", "15", "", "700", ""]
    assert grid.said() == "Cells filled from the clipboard: 4."
    assert grid.errors() == []


def test_quoted_line_breaks_and_quotes_stay_in_their_cell(grid):
    grid.paste(0, '"1\r\n2"\n"say ""3"""\n4" wide\n5')
    assert grid.values()[:4] == ["1 2", 'say "3"', '4" wide', "5"]
    assert grid.errors() == ["Enter a whole number."] * 3
    assert "Cells that need a correction: 3." in grid.said()


def test_a_table_without_tabs_beside_it_is_read_from_its_html(grid):
    """And its styles breach no policy: the page's console stays empty (``tests.browser.conftest``)."""
    grid.paste(0, "", EXCEL)
    assert grid.values() == ["1200", "15 00", "7", "", "", ""]


def test_a_range_that_does_not_fit_changes_nothing_and_says_why(grid):
    grid.paste(4, "1\n2\n3\n4")
    assert grid.said() == "Nothing was pasted: the range is longer than the table from here on, in rows by 2."
    grid.paste(0, "1\t2\n3\t4")
    assert grid.said() == "Nothing was pasted: the range is wider than the table from here on, in columns by 1."
    assert grid.values() == [""] * ROWS


def test_a_single_value_is_pasted_as_the_browser_always_does(grid):
    assert grid.paste(0, "12")
    assert grid.paste(0, "12", "<p>12</p>")


# --- The keyboard -----------------------------------------------------------------------------------------------
def test_enter_goes_down_and_sends_nothing(grid):
    grid.cell(0).focus()
    for value in ("1", "2", "3"):
        grid.page.keyboard.type(value)
        grid.page.keyboard.press("Enter")
    grid.page.keyboard.press("Shift+Enter")
    grid.page.keyboard.press("ArrowUp")
    grid.page.keyboard.type("9")
    grid.page.keyboard.press("Tab")
    assert grid.values()[:3] == ["1", "9", "3"]
    assert grid.cell(2).evaluate("field => field === document.activeElement")
    assert not DemandEntry.objects.exists()


def test_what_was_pasted_filled_and_typed_is_undone_step_by_step_and_done_again(grid):
    grid.paste(0, "1\n2")
    grid.cell(2).fill("3")
    grid.cell(3).focus()
    grid.page.keyboard.press("Control+d")
    assert grid.values() == ["1", "2", "3", "3", "", ""]
    for expected in (["1", "2", "3", ""], ["1", "2", "", ""], ["", "", "", ""]):
        grid.page.keyboard.press("Control+z")
        assert grid.values()[:4] == expected
    expect(grid.page.locator("[data-grid-undo]")).to_be_disabled()
    for expected in (["1", "2", "", ""], ["1", "2", "3", ""], ["1", "2", "3", "3"]):
        grid.page.keyboard.press("Control+y")
        assert grid.values()[:4] == expected


def test_a_range_is_picked_filled_copied_and_emptied(grid):
    grid.cell(1).fill("8")
    grid.cell(1).focus()
    for _row in range(3):
        grid.page.keyboard.press("Shift+ArrowDown")
    expect(grid.page.locator("td.is-picked")).to_have_count(4)
    grid.page.keyboard.press("Control+d")
    assert grid.values() == ["", "8", "8", "8", "8", ""]
    assert grid.copied(1) == "8\n8\n8\n8"
    grid.page.keyboard.press("Delete")
    assert grid.values() == [""] * ROWS


def test_the_button_fills_the_empty_cells_below(grid):
    grid.cell(4).fill("7")
    grid.cell(2).fill("5")
    grid.cell(2).focus()
    grid.page.get_by_role("button", name="Fill down").click()
    assert grid.values() == ["", "", "5", "5", "7", "5"]
    grid.page.get_by_role("button", name="Undo").click()
    assert grid.values() == ["", "", "5", "", "7", ""]


# --- Checks -----------------------------------------------------------------------------------------------------
def test_each_cell_says_at_once_what_its_form_will_not_take(grid, no_problem):
    for row, text in enumerate(("-1", "1.5", "many", "12", "1.0", "")):
        grid.cell(row).fill(text)
        grid.cell(row).blur()
    assert grid.errors() == ["At least 0.", "Enter a whole number.", "Enter a whole number."]
    assert grid.cell(0).get_attribute("aria-describedby") == "id_quantity-1_error"
    no_problem()
    for row in range(3):
        grid.cell(row).fill("1")
        grid.cell(row).blur()
    assert grid.errors() == []
    assert grid.cell(0).get_attribute("aria-invalid") is None


def test_a_button_that_is_pressed_from_a_cell_is_pressed_whatever_the_cell_then_says(grid):
    """Leaving the cell writes a line under it: did the button move away meanwhile, the press would miss it."""
    grid.cell(0).fill("many")
    button = grid.page.get_by_role("button", name="Report")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    grid.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 3)
    grid.page.mouse.down()
    assert grid.errors() == []
    with grid.page.expect_navigation():
        grid.page.mouse.up()
    expect(grid.page.locator(".error-summary")).to_be_visible()


# --- The draft --------------------------------------------------------------------------------------------------
@contextmanager
def being_kept(page):
    """What is done to the page lets it send its draft, and the answer is waited for."""
    with page.expect_response(lambda answer: answer.request.method == "PUT") as answer:
        yield
    assert answer.value.status == 204


def no_draft_is_left(page):
    """What was on its way while the form was sent is dropped by the next page, once that has asked for it."""
    end = time.monotonic() + PATIENCE / 1000
    while Draft.objects.exists():
        assert time.monotonic() < end
        page.wait_for_timeout(100)


def test_what_was_typed_is_kept_offered_again_and_gone_once_it_was_sent(grid, window, world):
    page = grid.page
    with being_kept(page):
        grid.paste(0, "11\n12\n13")
    expect(page.locator("[data-grid-said]")).to_contain_text("Draft kept at")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert grid.values() == [""] * ROWS
    page.get_by_role("button", name="Take it over").click()
    expect(grid.cell(2)).to_have_value("13")
    assert grid.values() == ["11", "12", "13", "", "", ""]
    page.get_by_role("button", name="Report").click()
    page.get_by_text("Reported. You may report again").wait_for()
    assert list(DemandEntry.objects.order_by("item__name").values_list("quantity", flat=True)) == [11, 12, 13]
    no_draft_is_left(page)
    expect(page.locator("[data-grid-draft]")).to_be_hidden()


def test_a_draft_that_is_not_wanted_is_discarded(grid, world, window):
    with being_kept(grid.page):
        grid.paste(0, "11\n12")
    grid.page.on("dialog", lambda dialog: dialog.accept())
    grid.page.reload()
    with grid.page.expect_response(lambda answer: answer.request.method == "DELETE"):
        grid.page.get_by_role("button", name="Discard it").click()
    assert grid.values() == [""] * ROWS
    assert not Draft.objects.exists()


def test_a_draft_that_says_nothing_else_than_the_page_is_dropped_and_not_offered(grid, world, window):
    """One that was on its way while the form was sent comes after the form has dropped it."""
    empty = {f"quantity-{row + 1}": "" for row in range(ROWS)}
    grid.page.wait_for_load_state("networkidle")  # the page has asked for its draft, and found none
    keep(seat_number=world.pharmacist.pk, form=f"demand/{window.reference}", cells=empty, now=NOW)
    with grid.page.expect_response(lambda answer: answer.request.method == "DELETE"):
        grid.page.reload()
    expect(grid.page.locator("[data-grid-draft]")).to_be_hidden()
    assert not Draft.objects.exists()


def test_where_it_cannot_be_kept_the_page_says_so(grid):
    grid.page.route("**/drafts/**", lambda route: route.abort())
    grid.paste(0, "11\n12")
    grid.page.get_by_text("The draft could not be kept.").wait_for()
    assert grid.values()[:2] == ["11", "12"]


# --- Other tables -----------------------------------------------------------------------------------------------
def test_a_table_is_pasted_into_an_order_a_delivery_and_an_acceptance(world, page, sit_in, live_server, no_problem):
    """What three people have in their spreadsheets; the delivery has more batches than the page has rows, and its draft
    is taken up again."""
    contract, today = current_contract(world), legal_date(timezone.now())

    def at(seat, route, *args):
        sit_in(seat)
        page.goto(live_server.url + reverse(f"contracts:{route}", args=args))
        page.locator("[data-grid-bar]").wait_for()

    def cell(name):
        return page.locator(f"#id_{name}")

    at(world.pharmacist, "place-order")
    paste(cell(f"packs-{contract.reference}-1"), "30\r\n1,200\r\n")
    page.get_by_label("Note to the deliverer").fill("ring the bell")
    page.get_by_role("button", name="Review the order").click()
    page.get_by_role("button", name="Place the order").click()
    page.get_by_text("The order waits for approval.").wait_for()
    order = approve_order(order=Order.objects.get(), by=world.order_approver, now=timezone.now())
    confirm_order(order=order, by=world.dispatcher, now=timezone.now())
    assert (order.note, list(order.lines.values_list("packs", flat=True))) == ("ring the bell", [30, 1200])

    at(world.dispatcher, "send-delivery", order.reference)
    expiry = today + timedelta(days=400)
    rows = [f"{1 + number % 2}\tB{number}\t{expiry:%Y/%m/%d}\t{number}" for number in range(1, 10)]
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        paste(cell("line-1"), "\n".join(rows))
    expect(page.locator("tbody tr")).to_have_count(9)
    no_problem()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(cell("batch-9")).to_have_count(0)
    page.get_by_role("button", name="Take it over").click()
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Sent. Print the delivery note").wait_for()
    delivery = Delivery.objects.get()
    assert [line.packs for line in delivery.lines.order_by("number")] == list(range(1, 10))

    at(world.receiver, "accept-delivery", delivery.reference)
    paste(cell("accepted-8"), "5\t3\t0\tdamaged\tbox 4\t否\n9\t0\t0\t\t\t是")
    no_problem()
    page.get_by_role("button", name="Record what arrived").click()
    page.get_by_text("Received. What you accepted").wait_for()
    verdicts = Acceptance.objects.order_by("line__number").values_list("accepted", "rejected", "note")
    assert list(verdicts)[6:] == [(7, 0, ""), (5, 3, "box 4"), (9, 0, "")]
    no_draft_is_left(page)


def test_without_a_script_a_table_grows_reads_a_file_and_keeps_what_was_typed(
    world, browser, sit_in, page, live_server
):
    done = trade(world)
    sit_in(world.dispatcher)
    with browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state()) as context:
        plain = context.new_page()
        plain.goto(live_server.url + reverse("contracts:send-delivery", args=[done.to_send.reference]))
        rows = plain.locator("tbody tr").count()
        plain.locator("#id_batch-1").fill("A77")
        plain.get_by_label("Note").last.fill("by the back door")
        plain.get_by_role("button", name="More rows").click()
        expect(plain.locator("tbody tr")).to_have_count(rows + 10)
        assert plain.locator("#id_batch-1").input_value() == "A77"
        plain.get_by_text("Fill in by spreadsheet").click()
        file = {"name": "batches.csv", "mimeType": "text/csv", "buffer": b"Line,Batch\n1,B1\n1,B2\n"}
        plain.get_by_label("Spreadsheet", exact=True).set_input_files(file)
        plain.get_by_role("button", name="Read the file").click()
        expect(plain.get_by_text("Read: 2 rows.")).to_be_visible()
        assert [plain.locator(f"#id_batch-{row}").input_value() for row in (1, 2, 3)] == ["B1", "B2", ""]
        assert plain.get_by_label("Note").last.input_value() == "by the back door"
