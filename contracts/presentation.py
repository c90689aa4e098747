"""How contracts, orders, deliveries and money look on pages: words and tones, steps, facts, bars."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.models import Contract, Delivery, Order, Payable, Payment
from contracts.rules import (
    AGE_BANDS,
    Clock,
    Stage,
    ageing,
    fulfilment,
    per_thousand,
    stage_of,
    term_elapsed,
)
from core.templatetags.ui import money, quantity

Words = str | Promise

STAGES: dict[Stage, tuple[Words, str]] = {
    Stage.TO_SEND: (gettext_lazy("to be delivered"), "accent"),
    Stage.UNDER_WAY: (gettext_lazy("on its way"), "info"),
    Stage.RECEIVED: (gettext_lazy("received"), "good"),
}
ORDER_TONES = {
    Order.Status.PLACED: "warn",
    Order.Status.SENT_BACK: "bad",
    Order.Status.APPROVED: "warn",
    Order.Status.REFUSED: "bad",
    Order.Status.CANCELLED: "quiet",
}
CONTRACT_TONES = {Contract.Status.DRAFT: "warn", Contract.Status.SIGNED: "good", Contract.Status.TERMINATED: "bad"}
CLOCKS: dict[Clock, tuple[Words, str]] = {
    Clock.OVERDUE: (gettext_lazy("overdue"), "bad"),
    Clock.DUE_TODAY: (gettext_lazy("due today"), "warn"),
    Clock.DUE_SOON: (gettext_lazy("due within 7 days"), "warn"),
    Clock.NOT_YET: (gettext_lazy("not yet due"), ""),
    Clock.PAID: (gettext_lazy("paid"), "good"),
}
BAND_WORDS = (
    gettext_lazy("More than 7 days left"),
    gettext_lazy("Due within 7 days"),
    gettext_lazy("1 to 30 days overdue"),
    gettext_lazy("31 to 60 days overdue"),
    gettext_lazy("61 to 90 days overdue"),
    gettext_lazy("More than 90 days overdue"),
)
BAND_TONES = ("quiet", "warn", "bad", "bad", "bad", "bad")


def contract_status(contract: Contract, today: date) -> tuple[Words, str]:
    """Word and tone; a signed contract outside its term says so."""
    if contract.status == Contract.Status.SIGNED and today < contract.starts_on:
        return _("signed, not begun"), "info"
    if contract.status == Contract.Status.SIGNED and today > contract.ends_on:
        return _("expired"), "quiet"
    return contract.get_status_display(), CONTRACT_TONES[Contract.Status(contract.status)]


def order_status(order: Any) -> tuple[Words, str]:
    """Word and tone of an order that carries ``to_send`` and ``under_way``."""
    if order.status == Order.Status.CONFIRMED:
        return STAGES[stage_of(order.to_send, order.under_way)]
    return order.get_status_display(), ORDER_TONES[Order.Status(order.status)]


def delivery_status(delivery: Any) -> tuple[Words, str]:
    """Word and tone of a delivery that carries ``waits``."""
    return (_("waits for acceptance"), "warn") if delivery.waits else (_("verdict given"), "good")


def _step(label: str, at: date | datetime | None, *, now: bool = False, stopped: bool = False) -> dict[str, Any]:
    state = "stopped" if stopped else "done" if at else "now" if now else "next"
    return {"label": label, "on": at, "state": state}


def contract_steps(contract: Contract, today: date) -> list[dict[str, Any]]:
    begun = contract.status == Contract.Status.SIGNED and contract.starts_on <= today
    steps = [
        _step(_("Prepared"), contract.prepared_at),
        _step(_("Signed by the supplier"), contract.signed_by_supplier_at, now=True),
        _step(_("Signed by the agency"), contract.signed_by_agency_at, now=bool(contract.signed_by_supplier_at)),
        {"label": _("First day of orders"), "on": contract.starts_on, "state": "done" if begun else "next"},
    ]
    if contract.terminated_at:
        return [*steps, _step(_("Terminated"), contract.terminated_at, stopped=True)]
    over = begun and today > contract.ends_on
    state = "done" if over else "now" if begun else "next"
    return [*steps, {"label": _("Last day of orders"), "on": contract.ends_on, "state": state}]


def order_steps(order: Any) -> list[dict[str, Any]]:
    """Placed, approved, confirmed, delivered, accepted; or where it stopped."""
    status = Order.Status
    steps = [_step(_("Placed"), order.placed_at)]
    if order.status in (status.SENT_BACK, status.CANCELLED):
        approved = [_step(_("Approved"), order.approved_at)] if order.approved_at else []
        return [*steps, *approved, _step(order.get_status_display(), order.ended_at, stopped=True)]
    steps.append(_step(_("Approved"), order.approved_at, now=order.status == status.PLACED))
    if order.status == status.REFUSED:
        return [*steps, _step(_("Refused"), order.answered_at, stopped=True)]
    steps.append(_step(_("Confirmed"), order.answered_at, now=order.status == status.APPROVED))
    stage = stage_of(order.to_send, order.under_way) if order.status == status.CONFIRMED else None
    sent = "done" if stage in (Stage.UNDER_WAY, Stage.RECEIVED) else "now" if stage else "next"
    taken = "done" if stage == Stage.RECEIVED else "now" if stage == Stage.UNDER_WAY else "next"
    return [
        *steps,
        {"label": _("Delivered"), "on": None, "state": sent},
        {"label": _("Accepted"), "on": None, "state": taken},
    ]


def contract_facts(contract: Contract) -> list[dict[str, Any]]:
    return [
        {"label": _("Supplier"), "value": contract.supplier.name},
        {"label": _("Deliverer"), "value": contract.deliverer.name},
        {"label": _("Procurement agency"), "value": contract.agency.name, "note": _("for its hospitals; it pays")},
        {"label": _("Tender"), "value": contract.tender.reference, "url": _tender_url(contract)},
        {"label": _("Orders"), "value": f"{contract.starts_on} – {contract.ends_on}"},
        {"label": _("Payment"), "value": contract.payment_days, "unit": _("calendar days from acceptance")},
        {"label": _("Remaining life on delivery"), "value": contract.minimum_shelf_life, "unit": _("days at least")},
        {"label": _("Payments go to"), "value": contract.supplier.bank_account or None},
    ]


def order_facts(order: Order) -> list[dict[str, Any]]:
    facts = [
        {"label": _("Hospital"), "value": order.hospital.name},
        {"label": _("Deliverer"), "value": order.deliverer.name},
        {"label": _("Contract"), "value": order.contract.reference, "url": order.contract.get_absolute_url()},
        {"label": _("Supplier"), "value": order.contract.supplier.name},
        {"label": _("Amount"), "value": money(order.amount), "note": _("sum of the lines as ordered")},
        {"label": _("Placed by"), "value": order.placed_by.person.name},
    ]
    if order.reason:
        facts.append({"label": _("Reason"), "value": order.reason})
    if order.note:
        facts.append({"label": _("Note to the deliverer"), "value": order.note})
    return facts


def delivery_facts(delivery: Delivery) -> list[dict[str, Any]]:
    order = delivery.order
    facts = [
        {"label": _("Order"), "value": order.reference, "url": order.get_absolute_url()},
        {"label": _("Hospital"), "value": delivery.hospital.name},
        {"label": _("Deliverer"), "value": delivery.deliverer.name},
        {"label": _("Sent by"), "value": delivery.sent_by.person.name},
    ]
    return [*facts, {"label": _("Note"), "value": delivery.note}] if delivery.note else facts


def payment_facts(payment: Payment) -> list[dict[str, Any]]:
    return [
        {"label": _("Supplier"), "value": payment.supplier.name},
        {"label": _("Payer"), "value": payment.payer.name},
        {"label": _("Amount"), "value": money(payment.amount)},
        {"label": _("Paid on"), "value": payment.paid_on.isoformat()},
        {"label": _("Account"), "value": payment.account, "note": _("as it was then")},
        {"label": _("Bank reference"), "value": payment.bank_reference},
    ]


def volume_bars(volumes: Iterable[Any], contract: Contract, today: date) -> list[dict[str, Any]]:
    """Accepted against agreed, with a tick where a steady fulfilment would be today."""
    tick = per_thousand(term_elapsed(contract.starts_on, contract.ends_on, today))
    bars = []
    for volume in volumes:
        done = fulfilment(volume.accepted_units, volume.agreed)
        behind = per_thousand(done) < tick - 100
        bars.append(
            {
                "label": str(volume.line.product_version.product.item),
                "value": int(done * 100),
                "unit": "%",
                "position": per_thousand(done),
                "tick": tick,
                "tone": "warn" if behind else "good",
                "note": _("%(done)s of %(agreed)s")
                % {"done": quantity(volume.accepted_units), "agreed": quantity(volume.agreed)},
            }
        )
    return bars


def ageing_bars(open_by_due_date: Mapping[date, Decimal], today: date) -> list[dict[str, Any]]:
    """What is open by days overdue; the longest bar is the largest amount."""
    sums = ageing(open_by_due_date, today)
    most = max(sums.values())
    return [
        {
            "label": words,
            "value": money(sums[band]),
            "position": int(sums[band] * 1000 / most) if most else 0,
            "tone": tone,
        }
        for band, words, tone in zip(AGE_BANDS, BAND_WORDS, BAND_TONES, strict=True)
    ]


def payable_tone(payable: Payable, today: date) -> str:
    tone = CLOCKS[payable.clock(today)][1]
    return tone if tone in ("warn", "bad") else ""


def _tender_url(contract: Contract) -> str:
    return reverse("tenders:tender", args=[contract.tender.reference])
