"""The real side: the same acts as the model's, through the platform's own actions, each answered with one word."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import DatabaseError, transaction

from accounts.models import Organisation, Seat
from contracts.actions import (
    Batch,
    ContractTerms,
    OrderRow,
    Verdict,
    accept_delivery,
    approve_correction,
    approve_order,
    ask_reversal,
    cancel_order,
    confirm_order,
    place_order,
    refuse_order,
    reverse_acceptance,
    send_back_order,
    send_delivery,
    terminate_contract,
)
from contracts.models import Contract, Delivery, Order, Payable
from core.clock import legal_date
from core.errors import Denied, Refused
from payments.actions import PaymentRow, record_payment
from tests.contracts.builders import Offered, contract_in_force
from tests.machine.purchase import model
from tests.world import NOW, World

TODAY = legal_date(NOW)
# How a row of an order names each product of the model: the contract line, and its product where there are several.
ROWS = ((1, 1), (2, None), (1, 2))
TERMS = ContractTerms(
    starts_on=TODAY,
    ends_on=TODAY + timedelta(days=200),
    payment_days=model.PAYMENT_DAYS,
    minimum_shelf_life=model.SHELF_LIFE,
    maximum_percent=model.MAXIMUM_PERCENT,
)


@dataclass
class Setting:
    """What is made once: a contract in force, and everybody who acts under it."""

    contract: Contract
    hospitals: list[Organisation]
    pharmacists: list[Seat]
    approvers: list[Seat]
    receivers: list[Seat]
    dispatcher: Seat
    payers: dict[str, Seat]
    officer: Seat


def make_setting() -> Setting:
    world = World()
    hospitals = [world.hospital, world.organisation("hospital")]
    pharmacists = [world.seat(hospital, "pharmacist") for hospital in hospitals]
    first, second, other = model.PRODUCTS
    contract = contract_in_force(
        world,
        terms=TERMS,
        prices=(_text(first.price), _text(second.price)),
        pack_size=first.units,
        volumes=dict.fromkeys(hospitals, model.AGREED),
        further=(Offered(_text(other.price), other.units, _text(other.fee)),),
    )
    return Setting(
        contract=contract,
        hospitals=hospitals,
        pharmacists=pharmacists,
        approvers=[world.seat(hospital, "order_approver") for hospital in hospitals],
        receivers=[world.seat(hospital, "receiver") for hospital in hospitals],
        dispatcher=world.dispatcher,
        payers={"finance": world.finance, "officer": world.officer},
        officer=world.awarder,
    )


def _text(number: Fraction) -> str:
    return str(Decimal(number.numerator) / number.denominator)


class Platform:
    def __init__(self, setting: Setting, now: datetime) -> None:
        self.setting = setting
        self.now = now
        self.orders: list[int] = []
        self.deliveries: list[int] = []

    def answer(self, act: str, **given: Any) -> str:
        """What the platform answers to an act: ``done``, or the code of its refusal."""
        try:
            getattr(self, act)(**given)
        except Refused as refusal:
            return refusal.code
        except Denied:
            return "denied"
        except DatabaseError as error:
            return f"refused by the database alone: {error}"
        return "done"

    # Orders

    def place(self, hospital: int, packs: dict[int, int]) -> None:
        rows = [OrderRow(ROWS[line][0], count, ROWS[line][1]) for line, count in packs.items()]
        seat = self.setting.pharmacists[hospital]
        self.orders.append(place_order(contract=self._contract(), rows=rows, by=seat, now=self.now).pk)

    def approve(self, order: int, by: str) -> None:
        asked = self._order(order)
        hospital = self._hospital(asked)
        seats = {
            "approver": self.setting.approvers[hospital],
            "pharmacist": self.setting.pharmacists[hospital],
            "stranger": self.setting.approvers[1 - hospital],
        }
        approve_order(order=asked, by=seats[by], now=self.now)

    def send_back(self, order: int) -> None:
        asked = self._order(order)
        seat = self.setting.approvers[self._hospital(asked)]
        send_back_order(order=asked, reason="Too much", by=seat, now=self.now)

    def cancel(self, order: int) -> None:
        asked = self._order(order)
        seat = self.setting.pharmacists[self._hospital(asked)]
        cancel_order(order=asked, reason="Not needed", by=seat, now=self.now)

    def refuse(self, order: int) -> None:
        refuse_order(order=self._order(order), reason="Out of stock", by=self.setting.dispatcher, now=self.now)

    def confirm(self, order: int, packs: dict[int, int] | None) -> None:
        asked = self._order(order)
        promised = None if packs is None else {self._number(asked, line): count for line, count in packs.items()}
        confirm_order(order=asked, packs=promised, by=self.setting.dispatcher, now=self.now)

    def end_contract(self) -> None:
        terminate_contract(contract=self._contract(), reason="By agreement", by=self.setting.officer, now=self.now)

    # Deliveries

    def send(self, order: int, batches: list[tuple[int, int, int]]) -> None:
        asked = self._order(order)
        sent = [
            Batch(
                self._number(asked, line),
                f"B{len(self.deliveries)}-{place}",
                legal_date(self.now) + timedelta(days=life),
                packs,
            )
            for place, (line, packs, life) in enumerate(batches)
        ]
        self.deliveries.append(send_delivery(order=asked, batches=sent, by=self.setting.dispatcher, now=self.now).pk)

    def accept(self, delivery: int, verdicts: dict[int, tuple[int, int, int, bool]]) -> None:
        asked = self._delivery(delivery)
        given = [
            Verdict(place + 1, accepted, rejected, short, "damaged" if rejected else "", replacement=replacement)
            for place, (accepted, rejected, short, replacement) in verdicts.items()
        ]
        seat = self.setting.receivers[self._hospital(asked.order)]
        accept_delivery(delivery=asked, verdicts=given, by=seat, now=self.now)

    def reverse(self, delivery: int, place: int) -> None:
        asked = self._delivery(delivery)
        line = asked.lines.get(number=place + 1)
        last = line.acceptances.order_by("-number").first()
        if last is None:
            raise Refused("Nothing to reverse", code="already_done")
        last = type(last).objects.select_related("line__delivery__order__contract").get(pk=last.pk)
        seat = self.setting.receivers[self._hospital(asked.order)]
        reverse_acceptance(acceptance=last, reason="Counted wrongly", by=seat, now=self.now)

    def reverse_by_two(self, delivery: int, place: int) -> None:
        asked = self._delivery(delivery)
        last = asked.lines.get(number=place + 1).acceptances.order_by("-number").first()
        if last is None:
            raise Refused("Nothing to reverse", code="not_now")
        last = type(last).objects.select_related("line__delivery__order__contract").get(pk=last.pk)
        hospital = self._hospital(asked.order)
        with transaction.atomic():
            facts = {"acceptance": last, "reason": "Counted wrongly", "now": self.now}
            correction = ask_reversal(**facts, by=self.setting.receivers[hospital])
            approve_correction(correction=correction, by=self.setting.approvers[hospital], now=self.now)

    # Payments

    def pay(self, amounts: dict[int, Decimal], reference: str, by: str) -> None:
        debts = list(Payable.objects.order_by("pk").values_list("reference", flat=True))
        record_payment(
            payee=self.setting.contract.supplier,
            rows=[PaymentRow(debts[debt], amount) for debt, amount in amounts.items()],
            bank_reference=reference,
            paid_on=legal_date(self.now),
            by=self.setting.payers[by],
            now=self.now,
        )

    def _contract(self) -> Contract:
        return Contract.objects.get(pk=self.setting.contract.pk)

    def _order(self, order: int) -> Order:
        related = Order.objects.select_related("contract", "placed_by")
        return related.get(pk=self.orders[order])

    def _number(self, order: Order, line: int) -> int:
        """How the order names its line of a product; of one that it does not have, a number that it has not."""
        number, product = ROWS[line]
        found = order.lines.filter(product__line__number=number, product__number=product or 1)
        return found.values_list("number", flat=True).first() or 99

    def _delivery(self, delivery: int) -> Delivery:
        return Delivery.objects.select_related("order__contract").get(pk=self.deliveries[delivery])

    def _hospital(self, order: Order) -> int:
        return [hospital.pk for hospital in self.setting.hospitals].index(order.hospital_id)
