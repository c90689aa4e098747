"""Lists cost the same queries for 3 rows and for 300, filter, and export what is shown."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from contracts.actions import PaymentRow, record_payment
from contracts.models import AgreedVolume, Contract, Delivery, DeliveryLine, Order, OrderLine, Payable, Payment
from core.actions import action
from core.clock import legal_date
from tests.contracts.builders import current_contract, trade
from tests.contracts.pages import sitting
from tests.contracts.test_api import Program

pytestmark = pytest.mark.django_db


@action
def copies(done, count):
    """More contracts, orders, deliveries, payables and payments, by copying rows of a trade."""
    contract, order = done.contract, done.received.order
    Contract.objects.bulk_create(
        _copy(contract, reference=f"C-2020-{number:04d}", status="draft") for number in range(count)
    )
    orders = Order.objects.bulk_create(_copy(order, reference=f"O-2020-{number:04d}") for number in range(count))
    line = order.lines.first()
    lines = OrderLine.objects.bulk_create(_copy(line, order=copy) for copy in orders)
    deliveries = Delivery.objects.bulk_create(
        _copy(done.received, reference=f"D-2020-{number:04d}", order=copy) for number, copy in enumerate(orders)
    )
    batch = done.received.lines.first()
    batches = DeliveryLine.objects.bulk_create(
        _copy(batch, delivery=delivery, order_line=own) for delivery, own in zip(deliveries, lines, strict=True)
    )
    acceptance = batch.acceptances.get()
    acceptances = type(acceptance).objects.bulk_create(_copy(acceptance, line=copy) for copy in batches)
    payable = Payable.objects.get(acceptance=acceptance)
    Payable.objects.bulk_create(
        _copy(payable, reference=f"D-2020-{number:04d}-1-1", acceptance=copy, due_on=payable.due_on + timedelta(number))
        for number, copy in enumerate(acceptances)
    )
    Payment.objects.bulk_create(
        _copy(done.payment, reference=f"P-2020-{number:04d}", bank_reference=f"copy-{number}")
        for number in range(count)
    )
    with connection.cursor() as cursor:
        # What autovacuum does for committed rows; to it these are still none, and plans for none take for ever.
        cursor.execute("ANALYZE")


def _copy(row, **changes):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}
    copy = type(row)(**values)
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def queries_of(act):
    act()  # what is remembered from the first time is not the list's
    with CaptureQueriesContext(connection) as queries:
        response = act()
    assert response.status_code == 200
    return len(queries), response


PAGES = [
    ("officer", "/contracts/"),
    ("pharmacist", "/orders/"),
    ("receiver", "/deliveries/"),
    ("finance", "/payables/"),
    ("finance", "/payments/"),
    ("finance", "/payments/record/{supplier}/"),
    ("pharmacist", "/orders/place/"),
    ("officer", "/contracts/{contract}/"),
]
ENDPOINTS = [
    ("officer", "contracts/"),
    ("pharmacist", "orders/"),
    ("pharmacist", "volumes/"),
    ("receiver", "deliveries/"),
    ("finance", "payables/"),
    ("finance", "payments/"),
]


@pytest.mark.parametrize(("role", "path"), PAGES)
def test_a_page_costs_the_same_with_300_rows(world, role, path):
    done = trade(world)
    path = path.format(supplier=world.supplier.credit_code, contract=done.contract.reference)
    client = sitting(getattr(world, role))
    few, _page = queries_of(lambda: client.get(path))
    copies(done, 300)
    many, _page = queries_of(lambda: client.get(path))
    assert many == few


@pytest.mark.parametrize(("role", "path"), ENDPOINTS)
def test_an_endpoint_costs_the_same_with_300_rows(world, role, path):
    done = trade(world)
    program = Program(getattr(world, role))
    few, _answer = queries_of(lambda: program.get(path))
    copies(done, 300)
    many, answer = queries_of(lambda: program.get(path))
    assert many == few
    assert len(answer.json()["results"]) in (2, 50)


def test_the_order_page_costs_the_same_with_many_lines(world):
    small, large = current_contract(world), current_contract(world, prices=("1.00",) * 60)
    client = sitting(world.pharmacist)
    few, _page = queries_of(lambda: client.get(f"/orders/place/?contract={small.reference}"))
    many, page = queries_of(lambda: client.get(f"/orders/place/?contract={large.reference}"))
    assert len(page.context["form"].rows) == 60
    assert many == few


class TestFilters:
    def shown(self, client, path):
        return {row.object.reference for row in client.get(path).context["table"].rows}

    def test_orders_by_where_they_stand(self, world):
        done = trade(world)
        client = sitting(world.officer)
        under_way = done.under_way.order.reference
        assert self.shown(client, "/orders/?state=placed") == {done.waiting.reference}
        assert self.shown(client, "/orders/?state=approved") == {done.approved.reference}
        to_send = self.shown(client, "/orders/?state=stage-to_send")
        assert done.to_send.reference in to_send
        assert under_way not in to_send
        assert self.shown(client, "/orders/?state=stage-under_way") == {under_way}
        today = legal_date(timezone.now()).isoformat()
        assert done.waiting.reference in self.shown(client, f"/orders/?since={today}&until={today}")
        assert done.received.order.reference not in self.shown(client, f"/orders/?since={today}")

    def test_payables_by_the_clock(self, world):
        trade(world)
        client = sitting(world.finance)
        counts = {clock: len(self.shown(client, f"/payables/?clock={clock}")) for clock in ("overdue", "due_today")}
        assert counts == {"overdue": 6, "due_today": 2}
        assert len(self.shown(client, "/payables/?clock=due_soon")) == 2
        assert len(self.shown(client, "/payables/?clock=not_yet")) == 2

    def test_payables_begin_with_what_is_to_be_paid(self, world):
        first = trade(world).payment.lines.get().payable
        record_payment(
            supplier=first.supplier,
            rows=[PaymentRow(first.reference, first.open_amount)],
            bank_reference="ICBC-2026-0002",
            paid_on=legal_date(timezone.now()),
            by=world.finance,
            now=timezone.now(),
        )
        settled, everything = {first.reference}, set(Payable.objects.values_list("reference", flat=True))
        client = sitting(world.finance)
        assert self.shown(client, "/payables/") == everything - settled
        assert self.shown(client, "/payables/?show=paid") == settled
        rows = {row.object.reference: row for row in client.get("/payables/?show=all").context["table"].rows}
        assert set(rows) == everything
        for reference, row in rows.items():
            (due,) = (cell for cell in row.cells if cell.key == "due")
            assert (due.kind, row.pick) == (("date", "") if reference in settled else ("due", reference))

    def test_deliveries_by_a_scanned_note_and_by_waiting(self, world):
        done = trade(world)
        client = sitting(world.receiver)
        assert self.shown(client, f"/deliveries/?q={done.received.reference}") == {done.received.reference}
        assert self.shown(client, "/deliveries/?waits=yes") == {done.under_way.reference}


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
        mixed = client.get("/payments/choose/", follow=True)
        assert "one supplier" in mixed.content.decode()
        assert "Nothing is open" in client.get(f"/payments/record/{other.credit_code}/").content.decode()


def test_the_volumes_of_a_contract_can_be_taken_along(world):
    done = trade(world)
    client = sitting(world.officer)
    answer = client.get(f"/contracts/{done.contract.reference}/?volumes-export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert len(text.splitlines()) == 1 + AgreedVolume.objects.count()
