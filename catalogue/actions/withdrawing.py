"""A product goes out of the catalogue, and may be taken up again. Nothing is deleted."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.actions.listings.holding import let_orders_end
from catalogue.models import Product, ProductWithdrawal, Verb
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event


@action
def withdraw_product(*, product: Product, starts_on: date, reason: str, by: Seat, now: datetime) -> ProductWithdrawal:
    """Let nothing new be bid, listed or ordered of a product from a day on. What was ordered before stands.

    Refused without a reason, for a day still to come, and for one on which it was out already; Conflict where it is
    withdrawn now.
    """
    require(by, Permission.IMPORT_CATALOGUE)
    reason = _required(reason)
    if starts_on > legal_date(now):
        raise Refused(_("An edit takes effect today or earlier."), field="starts_on", code="date_out_of_range")
    let_orders_end(product.pk)
    facts = {"product": product, "valid_from": starts_on, "reason": reason, "recorded_at": now, "recorded_by": by}
    try:
        with transaction.atomic():
            made = ProductWithdrawal.objects.create(**facts)
    except IntegrityError:
        raise _out_already(product) from None
    told: dict[str, Any] = {"day": starts_on.isoformat(), "reason": reason}
    record(Verb.PRODUCT_WITHDRAWN, product.reference, by=by, now=now, audience=Event.Audience.PUBLIC, **told)
    return made


@action
def restore_product(*, product: Product, reason: str, by: Seat, now: datetime) -> None:
    """Take a withdrawn product up again: from now on it may be bid, listed and ordered as before."""
    require(by, Permission.IMPORT_CATALOGUE)
    reason, today = _required(reason), legal_date(now)
    running = ProductWithdrawal.objects.running().select_for_update(of=("self",)).filter(product=product).first()
    if running is None:
        raise Conflict(_("This product is not withdrawn."), code="already_done")
    running.valid_to, running.ended_at, running.ended_by, running.end_reason = today, now, by, reason
    running.save(update_fields=["valid_to", "ended_at", "ended_by", "end_reason"])
    told: dict[str, Any] = {"reason": reason}
    record(Verb.PRODUCT_RESTORED, product.reference, by=by, now=now, audience=Event.Audience.PUBLIC, **told)


def _out_already(product: Product) -> Refused:
    """Why a withdrawal cannot begin on a day: another holds now, or held on that day."""
    if product.withdrawals.running().exists():
        return Conflict(_("This product is withdrawn already."), code="already_done")
    back = product.withdrawals.aggregate(day=Max("valid_to"))["day"]
    message = _("It was out of the catalogue until %(day)s already: begin on that day or later.")
    return Refused(message % {"day": back}, field="starts_on", code="overlap")


def _required(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    return reason.strip()[:300]
