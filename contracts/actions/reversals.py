"""A verdict that was mistaken, taken back: the line waits for a new one, and what it owed is no longer owed."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.access import require_for
from accounts.models import Seat
from accounts.permissions import Permission
from contracts.actions.deliveries import record_of
from contracts.actions.locks import lock_order_lines, release, require_reason
from contracts.models import Acceptance, AgreedVolume, Order, OrderLine, Payable, Verb
from contracts.rules import NO_FEE, Clock, drawn, taken_back
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Refused
from core.outbox import queue


@action
def reverse_acceptance(*, acceptance: Acceptance, reason: str, by: Seat, now: datetime) -> Acceptance:
    """Take a mistaken verdict back: the line waits for a new one, and what it owed is no longer owed.

    Refused once something of it was paid, once its missing packs came again, or where released packs no
    longer fit below the maximum; and with code ``needs_two`` where what it owed is overdue: a second person
    approves that (``ask_reversal``). Returns the reversal, an appended row.
    """
    require_for(by, Permission.ACCEPT_DELIVERY, acceptance.line.delivery.hospital_id)
    reason = require_reason(reason)
    if is_overdue(acceptance, now):
        message = _("What this verdict owes is overdue: ask for its reversal, which a second person approves.")
        raise Refused(message, code="needs_two")
    return reverse(acceptance, reason, by=by, now=now)


def is_overdue(acceptance: Acceptance, now: datetime) -> bool:
    """Whether something that the verdict owed is unpaid after its day."""
    owed = Payable.objects.filter(acceptance=acceptance).first()
    return owed is not None and owed.clock(legal_date(now)) == Clock.OVERDUE


def reverse(acceptance: Acceptance, reason: str, *, by: Seat, now: datetime) -> Acceptance:
    """Append the reversal, and take back what the verdict counted and owed. For an action that has permitted it."""
    line = acceptance.line
    own = Order.objects.filter(pk=line.delivery.order_id)
    (order,) = own.locked()
    missing = acceptance.rejected + acceptance.short
    drawn_again = bool(missing) and (not acceptance.replacement or bool(order.closing))
    lines = lock_order_lines([line.order_line_id], with_volumes=drawn_again)
    if acceptance.reverses_id or line.acceptances.count() != acceptance.number:
        raise Conflict(_("This verdict was reversed already."), code="already_done")
    again = _drawn_again(acceptance, missing, lines[line.order_line_id])
    _owe_less(acceptance, lines[line.order_line_id])
    reversal = Acceptance.objects.create(
        line=line,
        number=acceptance.number + 1,
        accepted=acceptance.accepted,
        rejected=acceptance.rejected,
        short=acceptance.short,
        rejection=acceptance.rejection,
        note=reason,
        replacement=acceptance.replacement,
        reverses=acceptance,
        accepted_on=legal_date(now),
        accepted_at=now,
        accepted_by=by,
    )
    if again and acceptance.replacement:
        OrderLine.objects.add(closed={line.order_line_id: -again})
    if again:
        release({line.order_line_id: -again}, lines)
    OrderLine.objects.add(accepted={line.order_line_id: -acceptance.accepted}, delivered={line.order_line_id: missing})
    own.keep_stage()
    record_of(Verb.ACCEPTANCE_REVERSED, line.delivery, by=by, now=now, line=line.number, reason=reason)
    queue("contracts.tasks.tell_of_verdict", line.delivery_id, now=now)
    return reversal


def _drawn_again(acceptance: Acceptance, missing: int, line: OrderLine) -> int:
    """The missing packs that must be drawn again to count as delivered: all that were released, or what a closed rest
    took of those that were to come again. Refused where they came again, or where the maximum has no room."""
    if acceptance.replacement:
        again = max(line.delivered + missing - (line.packs - line.released), 0)
        if again > line.closed:
            raise Refused(
                _("The packs that were missing have been delivered again: this verdict stays."), code="packs_used_again"
            )
    else:
        again = missing
    volume = AgreedVolume.objects.get(pk=line.volume_id)
    if again and volume.maximum is not None and volume.ordered + again * line.units > volume.maximum:
        raise Refused(
            _("The packs that were released have been ordered again: this verdict stays."), code="packs_used_again"
        )
    return again


def _owe_less(acceptance: Acceptance, line: OrderLine) -> None:
    """Take what the acceptance owed off its payable; a hundredth of rounding may come off another of the line."""
    if not acceptance.accepted:
        return
    payables = list(Payable.objects.filter(acceptance__line__order_line=line).locked())
    payables.sort(key=lambda payable: (payable.acceptance_id != acceptance.pk, -payable.pk))
    if payables[0].paid:
        raise Refused(_("Something of it has been paid: this verdict stays."), code="paid")
    back = taken_back(line.price, line.accepted, acceptance.accepted)
    back += taken_back(line.service_fee or NO_FEE, line.accepted, acceptance.accepted)
    try:
        parts = drawn(back, [(payable.pk, payable.open_amount) for payable in payables])
    except ValueError:
        raise Refused(_("Something of it has been paid: this verdict stays."), code="paid") from None
    Payable.objects.add(reversed=parts)
