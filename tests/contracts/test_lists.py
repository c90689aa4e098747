"""Lists cost the same queries for 3 rows and for 300, filter, and export what is shown."""

import pytest
from django.utils import timezone

from contracts.models import AgreedVolume
from core.clock import legal_date
from tests.contracts.builders import current_contract, trade
from tests.contracts.copies import copies, queries_of
from tests.contracts.pages import sitting
from tests.contracts.test_api import Program

pytestmark = pytest.mark.django_db


PAGES = [
    ("officer", "/contracts/"),
    ("pharmacist", "/orders/"),
    ("receiver", "/deliveries/"),
    ("pharmacist", "/orders/place/"),
    ("officer", "/contracts/{contract}/"),
]
ENDPOINTS = [
    ("officer", "contracts/"),
    ("pharmacist", "orders/"),
    ("pharmacist", "volumes/"),
    ("receiver", "deliveries/"),
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

    def test_deliveries_by_a_scanned_note_and_by_waiting(self, world):
        done = trade(world)
        client = sitting(world.receiver)
        assert self.shown(client, f"/deliveries/?q={done.received.reference}") == {done.received.reference}
        assert self.shown(client, "/deliveries/?waits=yes") == {done.under_way.reference}


def test_the_volumes_of_a_contract_can_be_taken_along(world):
    done = trade(world)
    client = sitting(world.officer)
    answer = client.get(f"/contracts/{done.contract.reference}/?volumes-export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert len(text.splitlines()) == 1 + AgreedVolume.objects.count()
