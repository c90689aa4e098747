"""How it looks when something is put right: the questions before each act."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Seat
from accounts.permissions import Permission
from contracts.models import Acceptance, Correction, Delivery, DeliveryLine
from core.templatetags.ui import money


def _question(line: DeliveryLine, **words: Any) -> dict[str, Any]:
    where = {"reference": f"{line.delivery.reference} / {line.number}", "back": line.delivery.get_absolute_url()}
    return {**where, **words}


def acts(delivery: Delivery, seat: Seat) -> dict[str, bool]:
    """What the seat may do with corrections of a delivery that wait: approve, confirm, withdraw."""
    ours = delivery.hospital_id in seat.lineage
    return {
        "approve": ours and seat.may(Permission.APPROVE_REVERSAL),
        "confirm": delivery.deliverer_id in seat.lineage and seat.may(Permission.DELIVER),
        "withdraw": ours and seat.may(Permission.ACCEPT_DELIVERY),
    }


def reversing(acceptance: Acceptance, *, overdue: bool) -> dict[str, Any]:
    if overdue:
        return _question(
            acceptance.line,
            title=_("Ask to reverse a verdict"),
            effects=[
                _("What this verdict owes is overdue: a second person of your hospital approves its reversal."),
                _("Until then it stays owed and can be paid. Nobody's answer within 14 days ends the request."),
                *_effects(acceptance),
            ],
            submit=_("Ask a second person"),
            done=_("Asked. A second person of your hospital has been told."),
        )
    return _question(
        acceptance.line,
        title=_("Reverse a verdict"),
        effects=_effects(acceptance),
        submit=_("Reverse"),
        done=_("Reversed. The batch waits for a new verdict."),
        danger=True,
    )


def _effects(acceptance: Acceptance) -> list[str]:
    effects = [
        _("The verdict stays on record, with your reversal and its reason after it."),
        _("The batch waits for a new verdict. What that accepts is owed from the day of the first one."),
    ]
    if acceptance.accepted:
        packs = ngettext("%(n)s accepted pack", "%(n)s accepted packs", acceptance.accepted)
        owed = {"packs": packs % {"n": f"{acceptance.accepted:,}"}, "amount": money(acceptance.payable.open_amount)}
        effects.append(_("%(amount)s for %(packs)s is no longer owed.") % owed)
    return effects


def approving(correction: Correction) -> dict[str, Any]:
    who = {"person": correction.asked_by.person.name, "reason": correction.reason, "day": correction.arrived_on}
    if correction.kind == Correction.Kind.REVERSAL:
        return _question(
            correction.line,
            title=_("Approve the reversal"),
            effects=[
                _("%(person)s asks for it: %(reason)s") % who,
                _("The verdict is reversed, and what it owes, though overdue, is no longer owed."),
                _("The batch waits for a new verdict. What that accepts is owed from the day of the first one."),
            ],
            submit=_("Approve"),
            done=_("Approved. The batch waits for a new verdict."),
            danger=True,
        )
    return _question(
        correction.line,
        title=_("Confirm that the goods came later"),
        effects=[
            _("%(person)s asks for it: %(reason)s") % who,
            _("What is owed for this batch counts from %(day)s, and is due later.") % who,
            _("Such moves are counted by hospital."),
        ],
        submit=_("Confirm"),
        done=_("Confirmed. What is owed counts from that day."),
        danger=True,
    )


def declining(correction: Correction) -> dict[str, Any]:
    return _question(
        correction.line,
        title=_("Decline the correction"),
        effects=[_("Everything stays as it is. Whoever asked is told, with the reason.")],
        submit=_("Decline"),
        done=_("Declined. Whoever asked has been told."),
    )


def withdrawing(correction: Correction) -> dict[str, Any]:
    return _question(
        correction.line,
        title=_("Withdraw the correction"),
        effects=[_("Nobody is asked any more, and everything stays as it is.")],
        submit=_("Withdraw"),
        done=_("Withdrawn."),
    )
