"""Lists of money: as cheap with 300 rows, filtered by the clock, totalled, taken along."""

from decimal import Decimal
from io import BytesIO
from urllib.parse import quote

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from catalogue.models import Product
from catalogue.searching import everything as catalogue_entries
from contracts.models import Payable
from core.clock import legal_date
from core.search import index
from payments.actions import PaymentRow, record_payment
from payments.views import PRODUCT
from tests.contracts.builders import trade
from tests.contracts.copies import copies, queries_of
from tests.contracts.pages import sitting
from tests.contracts.test_api import Program

pytestmark = pytest.mark.django_db

PAGES = ["/payables/", "/payments/", "/payments/record/{supplier}/"]
ENDPOINTS = ["payables/", "payments/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_costs_the_same_with_300_rows(world, path):
    done = trade(world)
    path = path.format(supplier=world.supplier.credit_code)
    client = sitting(world.finance)
    few, _page = queries_of(lambda: client.get(path))
    copies(done, 300)
    many, _page = queries_of(lambda: client.get(path))
    assert many == few


@pytest.mark.parametrize("path", ENDPOINTS)
def test_an_endpoint_costs_the_same_with_300_rows(world, path):
    done = trade(world)
    program = Program(world.finance)
    few, _answer = queries_of(lambda: program.get(path))
    copies(done, 300)
    many, answer = queries_of(lambda: program.get(path))
    assert many == few
    assert len(answer.json()["results"]) == 50


def shown(client, path):
    return {row.object.reference for row in client.get(path).context["table"].rows}


class TestFilters:
    def test_payables_by_the_clock(self, world):
        trade(world)
        client = sitting(world.finance)
        counts = {clock: len(shown(client, f"/payables/?clock={clock}")) for clock in ("overdue", "due_today")}
        assert counts == {"overdue": 6, "due_today": 2}
        assert len(shown(client, "/payables/?clock=due_soon")) == 2
        assert len(shown(client, "/payables/?clock=not_yet")) == 2

    def test_a_program_finds_payables_by_the_goods_as_the_page_does(self, world):
        trade(world)
        maker = Product.objects.filter(pk__in=Payable.objects.values(PRODUCT)).first().maker
        index(catalogue_entries())
        program = Program(world.finance)
        listed = {row["reference"] for row in program.get(f"payables/?product={quote(maker.name)}").json()["results"]}
        on_the_page = shown(sitting(world.finance), f"/payables/?product={quote(maker.name)}")
        assert on_the_page
        assert on_the_page <= listed  # the page leaves out what is paid
        assert program.get("payables/?product=nobody-makes-this").json()["results"] == []

    def test_payables_begin_with_what_is_to_be_paid(self, world):
        first = trade(world).payment.lines.get().payable
        record_payment(
            payee=first.payee,
            rows=[PaymentRow(first.reference, first.open_amount)],
            bank_reference="ICBC-2026-0002",
            paid_on=legal_date(timezone.now()),
            by=world.finance,
            now=timezone.now(),
        )
        settled, everything = {first.reference}, set(Payable.objects.values_list("reference", flat=True))
        client = sitting(world.finance)
        assert shown(client, "/payables/") == everything - settled
        assert shown(client, "/payables/?show=paid") == settled
        rows = {row.object.reference: row for row in client.get("/payables/?show=all").context["table"].rows}
        assert set(rows) == everything
        for reference, row in rows.items():
            (due,) = (cell for cell in row.cells if cell.key == "due")
            assert (due.kind, row.pick) == (("date", "") if reference in settled else ("due", reference))


class TestMoney:
    def test_the_figures_add_up_to_what_is_open(self, world):
        trade(world)
        page = sitting(world.finance).get("/payables/")
        opened = sum((payable.open_amount for payable in Payable.objects.all()), Decimal(0))
        assert page.context["total"] == opened
        assert len(page.context["bars"]) == 6
        figures = [Decimal(figure["value"].replace("¥", "").replace(",", "")) for figure in page.context["figures"]]
        assert sum(figures) == opened

    def test_the_last_line_totals_what_is_shown(self, world):
        trade(world)
        client = sitting(world.finance)
        totals = client.get("/payables/?clock=overdue").context["table"].totals
        shown = [payable for payable in Payable.objects.all() if payable.due_on < legal_date(timezone.now())]
        assert totals["open"] == sum(payable.open_amount for payable in shown)
        assert totals["paid"] == Decimal("200.00")

    def test_finance_takes_the_rows_along_as_csv_and_xlsx(self, world):
        trade(world)
        client = sitting(world.finance)
        text = b"".join(client.get("/payables/?export=csv&clock=overdue").streaming_content).decode("utf-8-sig")
        header, *rows = text.splitlines()
        assert header.split(",")[-1] == "Clock"
        assert len(rows) == 6
        assert all(row.endswith("overdue") for row in rows)
        answer = client.get("/payables/?export=xlsx")
        sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
        values = list(sheet.iter_rows(values_only=True))
        opened = values[0].index("Open (CNY)")
        assert sum(Decimal(str(row[opened])) for row in values[1:]) == sum(
            payable.open_amount for payable in Payable.objects.all()
        )

    def test_a_supplier_sees_what_is_owed_to_it_and_cannot_pay_itself(self, world):
        trade(world)
        client = sitting(world.bid_manager)
        page = client.get("/payables/")
        assert "Owed to you" in page.content.decode()
        assert "Pay what is ticked" not in page.content.decode()
        assert client.get(f"/payments/record/{world.supplier.credit_code}/").status_code == 403

    def test_payables_of_two_suppliers_are_two_payments(self, world):
        trade(world)
        other = world.organisation("supplier")
        client = sitting(world.finance)
        nothing = client.get("/payments/choose/", follow=True)
        assert "Tick what is to be paid" in nothing.content.decode()
        assert "Nothing is open" in client.get(f"/payments/record/{other.credit_code}/").content.decode()
