"""Many of everything, and what a page then costs."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.models import Contract, Delivery, DeliveryLine, Order, OrderLine, Payable
from core.actions import action
from payments.models import Payment


@action
def copies(done, count, apart=1):
    """More contracts, orders, deliveries, payments and payables, which lie ``apart`` days: a trade's rows."""
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
        _copy(
            payable,
            reference=f"D-2020-{number:04d}-1-1",
            acceptance=copy,
            **{
                name: getattr(payable, name) + timedelta(number * apart)
                for name in ("owed_from", "due_on", "last_paid_on")
            },
        )
        for number, copy in enumerate(acceptances)
    )
    Payment.objects.bulk_create(
        _copy(done.payment, reference=f"P-2020-{number:04d}", bank_reference_key=f"copy{number}")
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
