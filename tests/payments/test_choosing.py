"""Many debts of several payees are paid in one act: chosen over all pages, summed once, and recorded whole or not at
all."""

from decimal import Decimal

import pytest
from django.db.models import F, Sum
from django.utils import timezone

from contracts.models import Payable
from core.clock import legal_date
from payments.actions import PaymentRow, record_payment
from payments.models import Payment, PaymentLine
from tests.contracts.builders import trade
from tests.contracts.copies import copies, queries_of
from tests.contracts.pages import sitting

pytestmark = pytest.mark.django_db
RECORD = "/payments/record/"


@pytest.fixture
def owed(world):
    """Three hundred debts and a few more, of which some are to a second payee."""
    done = trade(world)
    copies(done, 300, apart=0)
    other = world.bank_account(world.organisation("supplier")).organisation
    Payable.objects.filter(reference__startswith="D-2020-00").update(payee=other)
    return world.supplier, other


def open_sum(**asked):
    return Payable.objects.filter(**asked).aggregate(sum=Sum(F("amount") - F("reversed") - F("paid")))["sum"]


def typed(*references, **more):
    cells = {f"bank_reference-{payee.credit_code}": reference for payee, reference in references}
    return {"paid_on": legal_date(timezone.now()).isoformat(), "reason": "", **cells, **more}


def summed(client, address, data):
    """The page before the act, and what its form sends."""
    page = client.get(address)
    return client.post(address, {**data, "mark": page.context["mark"]}), {**data, "mark": page.context["mark"]}


def test_all_that_match_are_paid_and_not_the_page(world, owed):
    supplier, other = owed
    client = sitting(world.finance)
    matching = client.get("/payables/").context["matching"]
    assert matching == {"count": 312, "total": open_sum()}
    chosen = client.get("/payments/choose/?all=yes")
    assert chosen["Location"] == f"{RECORD}?all=yes"
    address = f"{RECORD}?all=yes"
    confirm, data = summed(client, address, typed((supplier, "ICBC-7"), (other, "ICBC-8")))
    assert "2 transfers are recorded" in confirm.content.decode()
    assert "312 payables are settled" in confirm.content.decode()
    before = {payee: open_sum(payee=payee) for payee in owed}
    assert client.post(address, {**data, "confirmed": "yes"}).status_code == 302
    assert not Payable.objects.unpaid().exists()
    made = Payment.objects.filter(bank_reference__in=("ICBC-7", "ICBC-8"))
    assert {payment.payee: payment.amount for payment in made} == before
    assert PaymentLine.objects.filter(payment__in=made).count() == 312


def test_filters_choose_and_a_payee_without_a_reference_is_left_out(world, owed):
    supplier, other = owed
    client = sitting(world.finance)
    address, before = f"{RECORD}?all=yes&clock=overdue", open_sum(payee=other)
    overdue = Payable.objects.overdue(legal_date(timezone.now()))
    page = client.get(address)
    assert page.context["total"] == open_sum(pk__in=overdue.values("pk")) < open_sum()
    confirm, data = summed(client, address, typed((supplier, "ICBC-9")))
    assert "1 payee without a bank reference is left out" in confirm.content.decode()
    client.post(address, {**data, "confirmed": "yes"})
    assert open_sum(payee=other) == before
    assert {payable.payee for payable in overdue} == {other}
    assert Payable.objects.unpaid().filter(payee=supplier).exists()  # what is not due yet


def test_one_refusal_leaves_all_unpaid_and_names_its_payee(world, owed):
    supplier, other = owed
    client = sitting(world.finance)
    before = open_sum()
    for wrong, words in (
        (typed((supplier, "ICBC-7"), (other, "icbc 7")), "recorded already"),
        (typed(), "one transfer"),
    ):
        page, data = summed(client, f"{RECORD}?all=yes", wrong)
        page = client.post(f"{RECORD}?all=yes", {**data, "confirmed": "yes"})
        assert words in page.content.decode()
        assert open_sum() == before


def test_what_has_changed_since_it_was_summed_is_looked_at_again(world, owed):
    supplier, _other = owed
    client = sitting(world.finance)
    _page, data = summed(client, f"{RECORD}?all=yes", typed((supplier, "ICBC-7")))
    one = Payable.objects.filter(payee=supplier).earliest("pk")
    rows, today = [PaymentRow(one.reference, Decimal("1.00"))], legal_date(timezone.now())
    record_payment(
        payee=supplier, rows=rows, bank_reference="ICBC-6", paid_on=today, by=world.finance, now=timezone.now()
    )
    page = client.post(f"{RECORD}?all=yes", {**data, "confirmed": "yes"})
    assert "changed meanwhile" in page.content.decode()
    assert not Payment.objects.filter(bank_reference="ICBC-7").exists()


def test_nobody_chooses_what_others_owe(world, owed):
    reference = Payable.objects.first().reference
    fund = world.seat(world.payer, "finance")
    for address in (f"/payments/choose/?pick={reference}", "/payments/choose/?all=yes"):
        assert sitting(fund).get(address)["Location"] == "/payables/"
    assert sitting(world.bid_manager).get("/payments/choose/?all=yes").status_code == 403


def test_the_page_costs_the_same_for_a_few_and_for_many(world, owed):
    client = sitting(world.finance)
    picks = "&".join(f"pick={payable.reference}" for payable in Payable.objects.order_by("due_on")[:2])
    few, _page = queries_of(lambda: client.get(f"{RECORD}?{picks}"))
    many, page = queries_of(lambda: client.get(f"{RECORD}?all=yes"))
    assert (many, page.context["count"]) == (few, 312)
