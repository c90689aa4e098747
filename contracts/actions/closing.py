"""The rest of an order that is not delivered any more: closed by one side, or by itself after its latest arrival."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.access import require_for
from accounts.models import Seat
from accounts.permissions import Permission
from contracts.actions.locks import lock_order_lines, release, require_reason
from contracts.models import Order, OrderLine, Verb
from contracts.rules import DELIVER_WITHIN
from core.actions import action
from core.calendar import start_of
from core.clock import legal_date, zone
from core.errors import Conflict, Denied, Refused
from core.events import record
from core.outbox import queue
from core.workdays import working_calendar

# Why a person may close the rest, and whose reason it is.
OF_THE_HOSPITAL = {Order.Closing.LATE, Order.Closing.NOT_WANTED}


@action
def close_rest(*, order: Order, closing: str, reason: str, by: Seat, now: datetime) -> Order:
    """End what is still to be sent of an order; it is released. What is on its way stays.

    The hospital may once the deliverer is late: because it failed, or because the goods are not wanted any more,
    which counts in no rate. The deliverer may at any time, and it counts as undelivered.
    """
    _require_side(order, closing, by)
    reason = require_reason(reason)
    if closing in OF_THE_HOSPITAL and not is_late(order, now):
        raise Refused(_("The deliverer is not late yet: the rest is still to come."), code="not_now")
    facts = {"closed_at": now, "closed_by": by, "close_reason": reason}
    return _close(order, closing, facts, by=by, now=now)


@action
def close_after_latest_arrival(*, order: Order, now: datetime) -> Order:
    """Note that the rest of an order closed by itself when its latest arrival was over; dated then."""
    if legal_date(now) <= order.latest_arrival_on:
        raise Refused(_("The rest of the order may still be delivered."), code="not_now")
    at = start_of(order.latest_arrival_on + timedelta(days=1), zone())
    return _close(order, Order.Closing.LATEST_ARRIVAL, {}, by=None, now=at)


def is_late(order: Order, now: datetime) -> bool:
    """Whether the deliverer should have sent everything before today, the delay that the contract agrees included."""
    if order.answered_at is None:
        return False
    days = DELIVER_WITHIN + order.contract.agreed_delay
    return working_calendar().add(legal_date(order.answered_at), days) < legal_date(now)


def _require_side(order: Order, closing: str, by: Seat) -> None:
    if closing in OF_THE_HOSPITAL:
        require_for(by, Permission.PLACE_ORDER, order.hospital_id)
    elif closing == Order.Closing.BY_DELIVERER:
        require_for(by, Permission.DELIVER, order.deliverer_id)
    else:
        raise Denied(Permission.PLACE_ORDER)


def _close(order: Order, closing: str, facts: dict[str, Any], *, by: Seat | None, now: datetime) -> Order:
    own = Order.objects.filter(pk=order.pk)
    (held,) = own.locked()
    if held.closing:
        raise Conflict(_("The rest of this order was closed already."), code="already_done")
    lines = lock_order_lines(order.lines.values_list("pk", flat=True), with_volumes=True)
    rest = {key: line.packs - line.released - line.delivered for key, line in lines.items()}
    rest = {key: packs for key, packs in rest.items() if packs}
    if held.status != Order.Status.CONFIRMED or not rest:
        raise Refused(_("Nothing of this order is still to be sent."), code="not_now")
    release(rest, lines)
    OrderLine.objects.add(closed=rest)
    own.update(closing=closing, **facts)
    own.keep_stage()
    order.refresh_from_db()
    parties = {order.hospital_id, order.deliverer_id, order.contract.supplier_id}
    record(
        Verb.REST_CLOSED,
        order.reference,
        by=by,
        now=now,
        organisations=parties,
        packs=sum(rest.values()),
        why=Order.Closing(closing).label,
        reason=order.close_reason,
    )
    queue("contracts.tasks.tell_of_closing", order.pk, now=now)
    return order
