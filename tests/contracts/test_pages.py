"""From an award to a payment through the pages, each by the person whose work it is."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from contracts.actions import OrderRow, place_order
from contracts.models import AgreedVolume, Contract, Delivery, Order, Payable
from core.clock import legal_date
from payments.models import Payment
from tests.arranging import arranged
from tests.contracts.builders import awarded_tender, current_contract, trade
from tests.contracts.pages import sitting

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return legal_date(timezone.now())


def post(client, path, **data):
    response = client.post(path, data, follow=True)
    assert response.status_code == 200
    return response


def test_the_whole_way_from_award_to_payment(world, today):
    world.bank_account(world.supplier)
    tender = awarded_tender(world)
    officer, awarder, signatory = sitting(world.officer), sitting(world.awarder), sitting(world.bid_manager)
    listed = officer.get("/contracts/awards/")
    prepare = f"/contracts/prepare/{tender.reference}/{world.supplier.credit_code}/"
    assert prepare in listed.content.decode()
    assert "Medicine" in officer.get(prepare).content.decode()
    post(
        officer,
        prepare,
        starts_on=today.isoformat(),
        ends_on=(today + timedelta(days=365)).isoformat(),
        payment_rule="days",
        payment_days="30",
        payment_cap="30",
        latest_arrival_days="30",
        agreed_delay="0",
        minimum_shelf_life="180",
        maximum_percent="120",
    )
    contract = Contract.objects.get()
    for client in (awarder, signatory):
        assert "What will happen" in client.get(f"/contracts/{contract.reference}/sign/").content.decode()
        post(client, f"/contracts/{contract.reference}/sign/")
    contract.refresh_from_db()
    assert contract.status == Contract.Status.SIGNED

    pharmacist, approver, dispatcher = (
        sitting(world.pharmacist),
        sitting(world.order_approver),
        sitting(world.dispatcher),
    )
    page = pharmacist.get("/orders/place/")
    submission = page.context["form"]["submission"].value()
    cells = {f"packs-{contract.reference}-1": "10", f"packs-{contract.reference}-2": "3"}
    post(pharmacist, "/orders/place/", submission=submission, note="ring the bell", **cells)
    order = Order.objects.get()
    assert order.amount == Decimal("119.43")
    post(approver, f"/orders/{order.reference}/approve/")
    post(dispatcher, f"/orders/{order.reference}/confirm/", **{"packs-1": "10", "packs-2": "2"})
    row = {"batch-1": "A1", "expires_on-1": (today + timedelta(days=400)).isoformat(), "line-1": "1", "packs-1": "10"}
    spare = {"batch-3": "B7", "expires_on-3": (today + timedelta(days=300)).isoformat(), "line-3": "2", "packs-3": "2"}
    post(dispatcher, f"/orders/{order.reference}/deliver/", **row, **spare)
    delivery = Delivery.objects.get()
    assert [(line.batch.number, line.packs) for line in delivery.lines.all()] == [("A1", 10), ("B7", 2)]

    receiver, finance = sitting(world.receiver), sitting(world.finance)
    first = {"accepted-1": "9", "rejected-1": "1", "short-1": "0", "rejection-1": "damaged", "replacement-1": "on"}
    second = {"accepted-2": "2", "rejected-2": "0", "short-2": "0", "replacement-2": "on"}
    post(receiver, f"/deliveries/{delivery.reference}/accept/", **first, **second)
    payables = list(Payable.objects.order_by("reference"))
    assert [payable.amount for payable in payables] == [Decimal("59.40"), Decimal("35.62")]
    assert {payable.due_on for payable in payables} == {today + timedelta(days=30)}

    picks = "&".join(f"pick={payable.reference}" for payable in payables)
    chosen = finance.get(f"/payments/choose/?{picks}", follow=True)
    address = chosen.redirect_chain[-1][0]
    assert chosen.context["form"].rows[0]["amount"].value() == "59.40"
    amounts = {f"amount-{payables[0].reference}": "59.40", f"amount-{payables[1].reference}": "30"}
    sent = {"bank_reference": "ICBC-1", "paid_on": today.isoformat(), **amounts}
    asked = post(finance, address, **sent)
    assert "89.40" in asked.content.decode()
    again = post(finance, address, **sent, change="yes")
    assert [row["amount"].value() for row in again.context["form"].rows] == ["59.40", "30"]
    assert not Payment.objects.exists()
    post(finance, address, **sent, confirmed="yes")
    assert Payment.objects.get().amount == Decimal("89.40")
    assert [payable.open_amount for payable in Payable.objects.order_by("reference")] == [0, Decimal("5.62")]


def test_more_accepted_than_delivered_is_said_beside_its_cell_and_nothing_is_owed(world):
    done = trade(world)
    owed = Payable.objects.count()
    address = f"/deliveries/{done.under_way.reference}/accept/"
    zero = {"rejected-1": "0", "short-1": "0", "accepted-2": "0", "rejected-2": "0", "short-2": "0"}
    page = sitting(world.receiver).post(address, {**zero, "accepted-1": "100000"})
    assert page.status_code == 200
    assert any(name.endswith("-1") for name in page.context["form"].errors)
    assert Payable.objects.count() == owed


class TestPlacing:
    def place(self, world, contract, packs, **more):
        client = sitting(world.pharmacist)
        submission = client.get("/orders/place/").context["form"]["submission"].value()
        cells = {f"packs-{contract.reference}-{line}": value for line, value in packs.items()}
        return client.post("/orders/place/", {"submission": submission, **cells, **more}, follow=True)

    @pytest.mark.parametrize(
        ("value", "words"),
        [("2.5", "Enter a whole number"), ("NaN", "Enter a whole number"), ("-1", "greater than or equal to 0")],
    )
    def test_half_a_pack_is_said_beside_its_cell(self, world, value, words):
        contract = current_contract(world)
        page = self.place(world, contract, {1: value})
        assert words in page.context["form"].errors[f"packs-{contract.reference}-1"][0]
        assert not Order.objects.exists()

    def test_above_the_maximum_what_remains_is_said_beside_its_cell(self, world):
        contract = current_contract(world)
        page = self.place(world, contract, {1: "5", 2: "1201"})
        (told,) = page.context["form"].errors[f"packs-{contract.reference}-2"]
        assert "1,200 packs remain" in told
        assert "Row" not in told
        item = contract.lines.get(number=2).products.get().product_version.product.item.name
        summary = page.content.decode().split("error-summary")[1].split("</ul>")[0]
        assert summary.count(item) == 1, "the row's label names the product, and its message not again"
        assert f"packs-{contract.reference}-1" not in page.context["form"].errors
        assert not Order.objects.exists()

    def test_nothing_at_all_is_said_on_top(self, world):
        page = self.place(world, current_contract(world), {})
        assert "quantity for one item" in page.context["form"].non_field_errors()[0]

    def test_items_of_two_contracts_become_two_orders_or_none(self, world):
        other = world.organisation("supplier")
        one, two = current_contract(world, prices=("1.00",)), current_contract(world, prices=("2.00",), supplier=other)
        client = sitting(world.pharmacist)

        def place(first, second):
            submission = client.get("/orders/place/").context["form"]["submission"].value()
            cells = {f"packs-{one.reference}-1": first, f"packs-{two.reference}-1": second}
            return client.post("/orders/place/", {"submission": submission, **cells}, follow=True)

        refused = place("5", "9999")
        assert list(refused.context["form"].errors) == [f"packs-{two.reference}-1"]
        assert not Order.objects.exists()
        place("5", "6")
        assert sorted(Order.objects.values_list("contract__reference", "amount")) == [
            (one.reference, Decimal("5.00")),
            (two.reference, Decimal("12.00")),
        ]

    def test_the_same_form_sent_five_times_is_one_order(self, world):
        contract = current_contract(world)
        client = sitting(world.pharmacist)
        data = {"submission": "abcdefgh", f"packs-{contract.reference}-1": "2"}
        answers = {client.post("/orders/place/", data).headers["Location"] for _time in range(5)}
        assert answers == {Order.objects.get().get_absolute_url()}
        changed = client.post("/orders/place/", {**data, f"packs-{contract.reference}-1": "3"})
        assert "used for another request" in changed.context["form"].non_field_errors()[0]

    def test_the_last_order_is_repeated_with_one_click(self, world):
        contract = current_contract(world)
        client = sitting(world.pharmacist)
        before = order_today(world, contract, 4, 2)
        page = client.get(f"/orders/place/?repeat={before.reference}")
        assert [row["packs"].value() for row in page.context["form"].rows] == [4, 2]
        assert f"Repeat {before.reference}" in client.get("/orders/place/").content.decode()

    def test_the_page_of_one_contract_keeps_a_draft_of_its_own(self, world):
        """Else what was typed there would take the place of what was typed for all."""
        contract = current_contract(world)
        client = sitting(world.pharmacist)
        drafts = [client.get(f"/orders/place/{query}").context["form"].draft for query in ("", "?contract=x")]
        assert drafts == ["order", "order"]
        one = client.get(f"/orders/place/?contract={contract.reference}").context["form"]
        assert one.draft == f"order/{contract.reference}"

    def test_an_expired_contract_offers_nothing(self, world):
        yesterday = legal_date(timezone.now()) - timedelta(days=1)
        assert current_contract(world).open_for_orders(yesterday)
        _end(Contract.objects.get(), yesterday)
        assert "Nothing can be ordered today" in sitting(world.pharmacist).get("/orders/place/").content.decode()

    def test_a_form_opened_before_the_contract_expired_orders_nothing_and_is_told(self, world):
        contract = current_contract(world)
        _end(contract, legal_date(timezone.now()) - timedelta(days=1))
        page = self.place(world, contract, {1: "2"})
        assert "Nothing can be ordered today" in page.content.decode()
        assert not Order.objects.exists()


def order_today(world, contract, *packs):
    rows = [OrderRow(line, count) for line, count in enumerate(packs, start=1)]
    return place_order(contract=contract, rows=rows, by=world.pharmacist, now=timezone.now())


@arranged
def _end(contract, last_day):
    Contract.objects.filter(pk=contract.pk).update(ends_on=last_day)


class TestActs:
    def test_an_order_is_sent_back_refused_and_cancelled_with_a_reason(self, world):
        contract = current_contract(world)
        for seat, act, status in (
            (world.order_approver, "send-back", Order.Status.SENT_BACK),
            (world.pharmacist, "cancel", Order.Status.CANCELLED),
        ):
            placed = order_today(world, contract, 5)
            client = sitting(seat)
            empty = client.post(f"/orders/{placed.reference}/{act}/", {"reason": ""})
            assert "reason" in empty.context["form"].errors
            post(client, f"/orders/{placed.reference}/{act}/", reason="typed wrongly")
            placed.refresh_from_db()
            assert (placed.status, placed.reason) == (status, "typed wrongly")
        assert AgreedVolume.objects.order_by("line").first().ordered == 0

    def test_the_deliverer_refuses_on_its_page(self, world):
        placed = order_today(world, current_contract(world), 5)
        post(sitting(world.order_approver), f"/orders/{placed.reference}/approve/")
        post(sitting(world.dispatcher), f"/orders/{placed.reference}/refuse/", reason="out of stock")
        placed.refresh_from_db()
        assert placed.status == Order.Status.REFUSED

    def test_a_get_changes_nothing(self, world):
        placed = order_today(world, current_contract(world), 5)
        answer = sitting(world.order_approver).get(f"/orders/{placed.reference}/approve/")
        assert (answer.status_code, answer.url) == (302, f"/orders/{placed.reference}/")

    def test_an_act_that_came_too_late_is_told_and_leads_back(self, world):
        placed = order_today(world, current_contract(world), 5)
        client = sitting(world.order_approver)
        post(client, f"/orders/{placed.reference}/approve/")
        late = client.post(f"/orders/{placed.reference}/approve/")
        assert late.status_code == 422
        assert "not possible" in late.content.decode()

    def test_the_supplier_names_a_distributor_and_the_agency_terminates(self, world):
        contract = current_contract(world)
        distributor = world.organisation("distributor")
        address, today = f"/contracts/{contract.reference}/deliverer/", legal_date(timezone.now()).isoformat()
        post(sitting(world.bid_manager), address, deliverer=distributor.pk, valid_from=today)
        post(sitting(world.awarder), f"/contracts/{contract.reference}/terminate/", reason="breach")
        contract.refresh_from_db()
        assert contract.distribution.get().deliverer == distributor
        assert contract.status == Contract.Status.TERMINATED


def test_a_stranger_finds_nothing_and_a_reader_may_not_act(world):
    contract = current_contract(world)
    placed = order_today(world, contract, 5)
    stranger = sitting(world.seat(world.organisation("hospital"), "pharmacist"))
    for path in (f"/contracts/{contract.reference}/", f"/orders/{placed.reference}/"):
        missing = path.replace(path.split("/")[2], "X-2026-9999")
        theirs, nowhere = stranger.get(path), stranger.get(missing)
        assert (theirs.status_code, nowhere.status_code) == (404, 404)
        assert theirs.content.replace(path.encode(), b"") == nowhere.content.replace(missing.encode(), b"")
    assert sitting(world.auditor).get(f"/orders/{placed.reference}/").status_code == 200
    assert sitting(world.auditor).post(f"/orders/{placed.reference}/approve/").status_code == 403


@pytest.mark.parametrize("page", ["", "print/"])
def test_a_contract_shows_the_whole_account_to_its_owner_and_to_whoever_pays(world, page):
    contract = current_contract(world)
    account = world.bank_account(world.supplier)
    path = f"/contracts/{contract.reference}/{page}"
    for seat in (world.bid_manager, world.finance):
        assert account.number in sitting(seat).get(path).content.decode()
    for seat in (world.pharmacist, world.officer, world.awarder, world.auditor):
        told = sitting(seat).get(path).content.decode()
        assert account.masked in told
        assert account.number not in told
