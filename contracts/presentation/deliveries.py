"""How a delivery looks."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Seat
from accounts.permissions import Permission
from contracts.models import Delivery
from contracts.presentation import corrections
from contracts.rules import VERDICT_DAYS
from core.clock import legal_date


def status(delivery: Any) -> tuple[str, str]:
    """Word and tone of a delivery that carries ``waits``."""
    return (_("waits for acceptance"), "warn") if delivery.waits else (_("verdict given"), "good")


def accept_until(delivery: Delivery) -> date:
    """The day by which the hospital should have given its verdict."""
    return legal_date(delivery.sent_at) + timedelta(days=VERDICT_DAYS)


def page(delivery: Any, seat: Seat, today: date) -> dict[str, Any]:
    word, tone = status(delivery)
    ours = delivery.hospital_id in seat.lineage and seat.may(Permission.ACCEPT_DELIVERY)
    return {
        "status": word,
        "tone": tone,
        "facts": facts(delivery),
        "accept_until": accept_until(delivery) if delivery.waits else None,
        "may_accept": ours and delivery.waits,
        "may_correct": ours,
        "may_correct_expiry": delivery.deliverer_id in seat.lineage and seat.may(Permission.DELIVER),
        "correction_acts": corrections.acts(delivery, seat),
        "today": today,
    }


def facts(delivery: Delivery) -> list[dict[str, Any]]:
    order = delivery.order
    found = [
        {"label": _("Order"), "value": order.reference, "url": order.get_absolute_url()},
        {"label": _("Hospital"), "value": delivery.hospital.name},
        {"label": _("Deliverer"), "value": delivery.deliverer.name},
        {"label": _("Sent by"), "value": delivery.sent_by.person.name},
    ]
    if delivery.own_number:
        found.append({"label": _("Deliverer's own number"), "value": delivery.own_number})
    return [*found, {"label": _("Note"), "value": delivery.note}] if delivery.note else found


def letter(delivery: Delivery) -> dict[str, Any]:
    """The parties of a printed delivery note, by the names that they had when it was sent."""
    day, hospital = legal_date(delivery.sent_at), delivery.hospital
    contract = _("Contract %(contract)s") % {"contract": delivery.order.contract.reference}
    return {
        "day": day,
        "parties": [
            {"label": _("Deliver to"), "value": hospital.name_on(day), "note": hospital.region.full_name},
            {
                "label": pgettext("party", "From"),
                "value": delivery.deliverer.name_on(day),
                "note": delivery.deliverer.credit_code,
            },
            {
                "label": _("Order"),
                "value": delivery.order.reference,
                "note": " · ".join(filter(None, (contract, delivery.order.own_number))),
            },
        ],
        "signers": [{"label": _("Handed over by")}, {"label": _("Received by")}],
    }
