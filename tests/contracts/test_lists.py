"""Lists cost the same queries for 3 rows and for 300, filter, and export what is shown."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from catalogue.searching import everything as catalogue_entries
from contracts.actions import ContractTerms, approve_order, confirm_order
from contracts.figures import figures as contract_figures
from contracts.models import AgreedVolume
from core.clock import legal_date
from core.search import index
from tests.contracts.builders import contract_in_force, current_contract, order, trade
from tests.contracts.copies import copies, queries_of
from tests.contracts.pages import sitting
from tests.contracts.test_api import Program

pytestmark = pytest.mark.django_db


PAGES = [
    ("officer", "/contracts/volumes/"),
    ("pharmacist", "/orders/?state=late"),
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


LISTS = {"/contracts/": "officer", "/orders/": "pharmacist", "/deliveries/": "receiver", "/payables/": "finance"}


def test_every_list_is_narrowed_to_a_medicine_or_its_maker_and_says_both(world):
    done = trade(world)
    other = contract_in_force(world)
    order(world, other, 1)
    index(catalogue_entries())
    product = done.received.lines.first().order_line.product.product_version.product
    for path, role in LISTS.items():
        client = sitting(getattr(world, role))
        everything = shown(client, path)
        its_own = {reference for reference, said in everything.items() if str(product) in said}
        assert its_own
        for text in (product.item.name, f"{product.maker.name} {product.item.name}"):
            found = shown(client, f"{path}?{urlencode({'product': text})}")
            assert its_own <= found.keys()
            assert other.reference not in found
        assert shown(client, f"{path}?product=qqqqq+zzzzz") == {}


def shown(client, path):
    """What the rows of a list say of their products, by reference."""
    rows = client.get(path).context["table"].rows
    return {row.object.reference: next(str(cell.value) for cell in row.cells if cell.key == "product") for row in rows}


def figures(seat):
    """The figures of a seat's home page by their addresses, without what they are of."""
    return {figure.url: figure for figure in contract_figures(seat, timezone.now())}


def test_a_figure_that_says_behind_leads_to_what_is_behind(world):
    """Under a contract that began a hundred days ago, of which little is taken; and with an order that is late."""
    began = legal_date(timezone.now()) - timedelta(days=100)
    terms = ContractTerms(starts_on=began, ends_on=began + timedelta(days=199))
    contract = contract_in_force(world, terms=terms, volumes={world.hospital: 70000})
    for days, packs in ((30, 10), (0, 20)):
        placed = order(world, contract, packs, now=timezone.now() - timedelta(days=days))
        approve_order(order=placed, by=world.order_approver, now=placed.placed_at)
        confirm_order(order=placed, by=world.dispatcher, now=placed.placed_at)
    url = "/contracts/volumes/?behind=yes"
    assert figures(world.pharmacist)[url].trend == "behind"
    client = sitting(world.pharmacist)
    page = client.get(url)
    assert [row.object.line.contract for row in page.context["table"].rows] == [contract] * 2
    assert {row.object.expected for row in page.context["table"].rows} == {Decimal(35350)}
    late = figures(world.dispatcher)["/orders/?state=late"]
    rows = sitting(world.dispatcher).get("/orders/?state=late").context["table"].rows
    assert (late.trend, len(rows)) == ("1 order late", 1)
    assert len(sitting(world.dispatcher).get("/orders/?state=unsent").context["table"].rows) == 2


def test_what_is_on_course_is_in_no_list_of_what_is_behind(world):
    today = legal_date(timezone.now())
    contract_in_force(world, terms=ContractTerms(starts_on=today, ends_on=today + timedelta(days=364)))
    client = sitting(world.pharmacist)
    assert "/contracts/volumes/" in figures(world.pharmacist)
    assert len(client.get("/contracts/volumes/").context["table"].rows) == 2
    assert client.get("/contracts/volumes/?behind=yes").context["table"].rows == []
    stranger = world.seat(world.organisation("hospital"), "pharmacist")
    assert sitting(stranger).get("/contracts/volumes/").context["table"].rows == []


def test_a_stranger_finds_nothing_of_it(world):
    done = trade(world)
    index(catalogue_entries())
    product = done.received.lines.first().order_line.product.product_version.product
    client = sitting(world.seat(world.organisation("hospital"), "pharmacist"))
    for path in ("/contracts/", "/orders/", "/deliveries/"):
        assert shown(client, f"{path}?{urlencode({'product': product.item.name})}") == {}
