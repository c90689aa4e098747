"""Everybody who trades under one contract, in whatever order; and what adds up after every step."""

from datetime import timedelta
from decimal import Decimal

from django.db.models import F, Max, Sum
from hypothesis import strategies as st

from contracts.actions import (
    Batch,
    OrderRow,
    Verdict,
    accept_delivery,
    approve_order,
    cancel_order,
    confirm_order,
    place_order,
    refuse_order,
    reverse_acceptance,
    send_back_order,
    send_delivery,
)
from contracts.models import Acceptance, AgreedVolume, Contract, DeliveryLine, Order, OrderLine, Payable
from contracts.rules import stage_of
from core.errors import Refused
from core.money import line_amount
from payments.actions import PaymentRow, record_payment
from payments.models import PaymentLine
from tests.contracts.builders import TODAY
from tests.world import NOW

ACTS = ("place", "place", "approve", "send_back", "confirm", "confirm", "refuse", "cancel", "deliver", "deliver")
ACTS += ("accept", "accept", "accept", "reverse", "pay", "pay")
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 99), st.integers(0, 12)), min_size=5, max_size=40)


class Crowd:
    """Everybody who trades under one contract. A step that is refused changes nothing."""

    def __init__(self, world, contract):
        self.world, self.contract, self.payments = world, contract, 0

    def step(self, act, which, count):
        try:
            getattr(self, act)(which, count)
        except Refused:
            return

    def pick(self, rows, which):
        found = list(rows.order_by("pk"))
        if not found:
            raise Refused("nothing of the kind")
        return found[which % len(found)]

    def order_at(self, status, which):
        return self.pick(Order.objects.filter(status=status).select_related("contract", "placed_by"), which)

    def place(self, which, count):
        rows = [OrderRow(line, count + line - 1) for line in ((1, 2), (1,), (2,))[which % 3]]
        contract = Contract.objects.get(pk=self.contract.pk)
        place_order(contract=contract, rows=rows, by=self.world.pharmacist, now=NOW)

    def approve(self, which, count):
        approve_order(order=self.order_at("placed", which), by=self.world.order_approver, now=NOW)

    def send_back(self, which, count):
        send_back_order(order=self.order_at("placed", which), reason="no", by=self.world.order_approver, now=NOW)

    def confirm(self, which, count):
        order = self.order_at("approved", which)
        lines = order.lines.values_list("number", "packs")
        confirm_order(
            order=order, packs={n: max(packs - count, 0) for n, packs in lines}, by=self.world.dispatcher, now=NOW
        )

    def refuse(self, which, count):
        refuse_order(order=self.order_at("approved", which), reason="no", by=self.world.dispatcher, now=NOW)

    def cancel(self, which, count):
        waiting = Order.objects.filter(status__in=("placed", "approved")).select_related("contract")
        cancel_order(order=self.pick(waiting, which), reason="no", by=self.world.pharmacist, now=NOW)

    def deliver(self, which, count):
        order = self.order_at("confirmed", which)
        number = order.lines.values_list("number", flat=True)[which % order.lines.count()]
        batch = Batch(number, f"B{which}", TODAY + timedelta(days=300), count)
        send_delivery(order=order, batches=[batch], by=self.world.dispatcher, now=NOW)

    def accept(self, which, count):
        line = self.pick(DeliveryLine.objects.waiting().select_related("delivery__order__contract"), which)
        rejected, short = (min(count, line.packs), 0) if which % 2 else (0, min(count // 2, line.packs))
        verdict = Verdict(
            line.number,
            line.packs - rejected - short,
            rejected,
            short,
            rejection="damaged" if rejected else "",
            replacement=which % 3 > 0,
        )
        accept_delivery(delivery=line.delivery, verdicts=[verdict], by=self.world.receiver, now=NOW)

    def reverse(self, which, count):
        standing = Acceptance.objects.standing().select_related("line__delivery__order__contract")
        reverse_acceptance(acceptance=self.pick(standing, which), reason="wrong", by=self.world.receiver, now=NOW)

    def pay(self, which, count):
        payable = self.pick(Payable.objects.unpaid(), which)
        part = Decimal(count) / 10 if which % 2 else payable.open_amount
        self.payments += 1
        record_payment(
            payee=self.world.supplier,
            rows=[PaymentRow(payable.reference, part)],
            bank_reference=f"BANK-{self.payments}",
            paid_on=TODAY,
            by=self.world.finance,
            now=NOW,
        )


def check_volumes():
    for volume in AgreedVolume.objects.all():
        drawn = OrderLine.objects.filter(volume=volume).aggregate(units=Sum((F("packs") - F("released")) * F("units")))
        assert volume.ordered == (drawn["units"] or 0)
        assert volume.maximum is None or volume.ordered <= volume.maximum


def check_everything():
    check_volumes()
    for line in OrderLine.objects.all():
        standing = Acceptance.objects.standing().filter(line__order_line=line)
        judged = standing.aggregate(accepted=Sum("accepted"), missing=Sum(F("rejected") + F("short")))
        sent = line.delivery_lines.aggregate(packs=Sum("packs"))["packs"] or 0
        assert line.accepted == (judged["accepted"] or 0)
        assert line.delivered == sent - (judged["missing"] or 0)
        assert 0 <= line.accepted <= line.delivered <= line.packs - line.released <= line.packs
        owed = Payable.objects.filter(acceptance__line__order_line=line).aggregate(
            owed=Sum(F("amount") - F("reversed")), paid=Sum("paid")
        )
        assert (owed["owed"] or 0) == line_amount(line.price, line.accepted)
        assert (owed["paid"] or 0) <= (owed["owed"] or 0)
    for order in Order.objects.prefetch_related("lines"):
        to_send = sum(line.packs - line.released - line.delivered for line in order.lines.all())
        under_way = sum(line.delivered - line.accepted for line in order.lines.all())
        assert order.stage == (stage_of(to_send, under_way) if order.status == "confirmed" else "")
    for payable in Payable.objects.all():
        lines = PaymentLine.objects.filter(payable=payable)
        paid = lines.aggregate(sum=Sum("amount"), last=Max("payment__paid_on"))
        assert payable.paid == (paid["sum"] or 0) <= payable.amount - payable.reversed
        assert payable.last_paid_on == paid["last"]
        assert payable.settled_on == (paid["last"] if paid["sum"] and not payable.open_amount else None)
