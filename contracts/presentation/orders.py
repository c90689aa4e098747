"""How an order looks."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Seat
from accounts.permissions import Permission
from contracts.actions import Plan, is_late
from contracts.forms.orders import OrderForm, row_key
from contracts.models import Order, OrderLine
from contracts.presentation.steps import step
from contracts.rules import DELIVER_WITHIN, Stage
from core.clock import legal_date
from core.templatetags.ui import money

STAGES: dict[Stage, tuple[str | Promise, str]] = {
    Stage.TO_SEND: (gettext_lazy("to be delivered"), "accent"),
    Stage.UNDER_WAY: (gettext_lazy("on its way"), "info"),
    Stage.RECEIVED: (gettext_lazy("received"), "good"),
}
TONES = {
    Order.Status.PLACED: "warn",
    Order.Status.SENT_BACK: "bad",
    Order.Status.APPROVED: "warn",
    Order.Status.REFUSED: "bad",
    Order.Status.CANCELLED: "quiet",
}


def status(order: Any) -> tuple[str | Promise, str]:
    """Word and tone of an order."""
    if order.status == Order.Status.CONFIRMED:
        return STAGES[Stage(order.stage)]
    return order.get_status_display(), TONES[Order.Status(order.status)]


def acts(order: Any, seat: Seat, now: datetime) -> set[str]:
    """What the seat may do with an order that carries ``to_send``."""
    stands, found = Order.Status(order.status), set()
    ours, theirs = seat.organisation_id == order.hospital_id, seat.organisation_id == order.deliverer_id
    if ours and seat.may(Permission.APPROVE_ORDER) and stands == Order.Status.PLACED:
        found |= {"approve", "send_back"}
    if ours and seat.may(Permission.PLACE_ORDER):
        found |= {"repeat"} | ({"cancel"} if stands in (Order.Status.PLACED, Order.Status.APPROVED) else set())
    if theirs and seat.may(Permission.CONFIRM_ORDER) and stands == Order.Status.APPROVED:
        found |= {"confirm", "refuse"}
    if theirs and seat.may(Permission.DELIVER) and stands == Order.Status.CONFIRMED and order.to_send:
        found.add("deliver")
    return found | ({"close"} if order.to_send and closings(order, seat, now) else set())


def closings(order: Order, seat: Seat, now: datetime) -> list[tuple[str, str]]:
    """Why the seat may close the rest, as choices: the deliverer at any time, the hospital once that is late."""
    kinds = Order.Closing
    if order.closing or order.status != Order.Status.CONFIRMED:
        return []
    if seat.organisation_id == order.deliverer_id and seat.may(Permission.DELIVER):
        return [(kinds.BY_DELIVERER.value, str(kinds.BY_DELIVERER.label))]
    if seat.organisation_id == order.hospital_id and seat.may(Permission.PLACE_ORDER) and is_late(order, now):
        return [(kind.value, str(kind.label)) for kind in (kinds.LATE, kinds.NOT_WANTED)]
    return []


def page(order: Any, seat: Seat, now: datetime) -> dict[str, Any]:
    word, tone = status(order)
    return {
        "status": word,
        "tone": tone,
        "steps": steps(order),
        "facts": facts(order),
        "acts": acts(order, seat, now),
    }


def steps(order: Any) -> list[dict[str, Any]]:
    """Placed, approved, confirmed, delivered, accepted; or where it stopped."""
    kinds = Order.Status
    passed = [step(_("Placed"), order.placed_at)]
    if order.status in (kinds.SENT_BACK, kinds.CANCELLED):
        approved = [step(_("Approved"), order.approved_at)] if order.approved_at else []
        return [*passed, *approved, step(order.get_status_display().capitalize(), order.ended_at, stopped=True)]
    passed.append(step(_("Approved"), order.approved_at, now=order.status == kinds.PLACED))
    if order.status == kinds.REFUSED:
        return [*passed, step(_("Refused"), order.answered_at, stopped=True)]
    passed.append(step(_("Confirmed"), order.answered_at, now=order.status == kinds.APPROVED))
    stage = Stage(order.stage) if order.stage else None
    sent = "done" if stage in (Stage.UNDER_WAY, Stage.RECEIVED) else "now" if stage else "next"
    taken = "done" if stage == Stage.RECEIVED else "now" if stage == Stage.UNDER_WAY else "next"
    return [
        *passed,
        {"label": _("Delivered"), "on": None, "state": sent},
        {"label": _("Accepted"), "on": None, "state": taken},
    ]


def facts(order: Order) -> list[dict[str, Any]]:
    found = [
        {"label": _("Hospital"), "value": order.hospital.name},
        {"label": _("Deliverer"), "value": order.deliverer.name},
        {"label": _("Contract"), "value": order.contract.reference, "url": order.contract.get_absolute_url()},
        {"label": _("Supplier"), "value": order.contract.supplier.name},
        {"label": _("Amount"), "value": money(order.amount), "note": _("sum of the lines as ordered")},
        *_fee(order),
        {"label": _("Placed by"), "value": order.placed_by.person.name},
    ]
    if order.own_number:
        found.append({"label": _("Hospital's own number"), "value": order.own_number})
    if order.reason:
        found.append({"label": _("Reason"), "value": order.reason})
    if order.closing:
        found.append({"label": _("Rest closed"), "value": order.get_closing_display(), "note": order.close_reason})
    if order.note:
        found.append({"label": _("Note to the deliverer"), "value": order.note})
    return found


def _fee(order: Order) -> list[dict[str, Any]]:
    """The service fees within the amount; nothing where there are none."""
    fee = sum(line.fee for line in order.lines.all())
    return [{"label": _("Of it service fees"), "value": money(fee)}] if fee else []


def refusing(order: Order) -> dict[str, Any]:
    told = _("%(hospital)s is told that it is not delivered, and why.")
    words = {"title": _("Refuse the order"), "submit": _("Refuse")}
    return _ending(order, told) | words | {"done": _("Refused. The hospital has been told.")}


def sending_back(order: Order) -> dict[str, Any]:
    told = _("%(placed_by)s is told why, and may place it again, changed.")
    words = {"title": _("Do not approve the order"), "submit": _("Do not approve")}
    return _ending(order, told) | words | {"done": _("Not approved. Whoever placed it has been told.")}


def cancelling(order: Order) -> dict[str, Any]:
    told = _("%(deliverer)s is told if the order had reached it.")
    words = {"title": _("Cancel the order"), "submit": _("Cancel the order")}
    return _ending(order, told) | words | {"done": _("Cancelled.")}


def _ending(order: Order, told: str) -> dict[str, Any]:
    """The question before an order ends; ``told`` says who hears of it."""
    names = {
        "hospital": order.hospital.name,
        "deliverer": order.deliverer.name,
        "placed_by": order.placed_by.person.name,
    }
    effects = [
        _("Order %(order)s over %(amount)s ends here.") % {"order": order.reference, "amount": money(order.amount)},
        _("What it drew on the agreed volumes is released and can be ordered again."),
        told % names,
    ]
    return {"reference": order.reference, "effects": effects, "back": order.get_absolute_url(), "danger": True}


def letter(order: Order) -> dict[str, Any]:
    """The parties of a printed order, by the names that they had when it was placed."""
    day = legal_date(order.placed_at)
    return {
        "day": day,
        "parties": [
            {"label": _("Hospital"), "value": order.hospital.name_on(day), "note": order.hospital.credit_code},
            {"label": _("Deliverer"), "value": order.deliverer.name_on(day), "note": order.deliverer.credit_code},
            {
                "label": _("Supplier"),
                "value": order.contract.supplier.name_on(day),
                "note": _("Contract %(contract)s") % {"contract": order.contract.reference},
            },
        ],
        "signers": [{"label": _("For the hospital")}, {"label": _("For the deliverer")}],
    }


@dataclass(frozen=True)
class Repeated:
    """What was ordered at once, as the form for a new order names it: packs, or sets. A product of a line has two
    names, because a line with one product is named without it."""

    lines: Sequence[tuple[str, frozenset[str], int]]

    @property
    def packs(self) -> dict[str, int]:
        return {name: packs for _what, names, packs in self.lines for name in names}

    def gone(self, names: Set[str]) -> list[str]:
        """What of it a form with cells of these names does not offer any more."""
        return [what for what, known, _packs in self.lines if known.isdisjoint(names)]


def repeated(orders: QuerySet) -> Repeated:
    """The quantities of some orders."""
    lines = OrderLine.objects.filter(order__in=orders).order_by("order", "number")
    related = ("product__product_version__product__item", "volume__line__contract", "volume__line__award")
    found = []
    for line in lines.select_related(*related):
        of, product = line.volume.line, line.product
        if of.is_set and not line.units:  # a part of the set that another line counts
            continue
        numbers = (None,) if of.is_set else (None, product.number)
        names = frozenset(f"packs-{row_key(of.contract.reference, of.number, number)}" for number in numbers)
        what = of.award.part_title if of.is_set else str(product.product_version.product.item)
        found.append((f"{what} ({of.contract})", names, line.packs))
    return Repeated(found)


def review(plan: Plan, form: OrderForm) -> dict[str, Any]:
    """What would be placed, with whom, until when and at what cost; what not, and why; and what of the form to send."""
    rows, why = form.taken, {fault.row: fault.message for fault in plan.faults}
    kept = [row for number, row in enumerate(rows, start=1) if number not in why]
    beside = {name: form.cleaned_data[name] for name in form.fields}
    packs = {row.add_prefix("packs"): str(row.cleaned_data["packs"]) for row in rows}
    return {
        "planned": plan.orders,
        "total": sum((planned.order.amount for planned in plan.orders), Decimal(0)),
        "within": DELIVER_WITHIN,
        "refused": [(row, why[number]) for number, row in enumerate(rows, start=1) if number in why],
        "cells": beside | {name: packs[name] for name in (row.add_prefix("packs") for row in kept)},
        "all_cells": beside | packs,
    }
