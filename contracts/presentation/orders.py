"""How an order looks."""

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Seat
from accounts.permissions import Permission
from contracts.actions import is_late
from contracts.forms.orders import row_key
from contracts.models import Order
from contracts.presentation.steps import step
from contracts.rules import Stage
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


def repeated(order: Order) -> dict[str, int]:
    """The quantities of an order as the form for a new one names them: packs, or sets."""
    reference, found = order.contract.reference, {}
    for line in order.lines.select_related("product", "volume__line"):
        number = line.volume.line.number
        if not line.volume.line.is_set:
            found[f"packs-{row_key(reference, number, line.product.number)}"] = line.packs
        if line.units:  # the only product of its line, or the part that counts sets
            found[f"packs-{row_key(reference, number, None)}"] = line.packs
    return found
