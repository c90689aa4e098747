"""Reasons and days that acts need, and the rows that are locked before their counters change."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from contracts.models import AgreedVolume, Distribution, OrderLine
from contracts.models.payer import RuleRow
from core.errors import Refused


def require_reason(reason: str) -> str:
    """The reason without blanks around it. Refused when there is none."""
    if not reason.strip():
        raise Refused(_("Give the reason, so that the other side knows."), field="reason", code="required")
    return reason.strip()


def require_last_day(last_day: date, row: RuleRow | Distribution, today: date) -> None:
    """Refused unless a row can end on this day: today or later, within the time that it holds."""
    earliest = max(row.valid_from, today)
    if last_day < earliest or (row.valid_to and last_day > row.valid_to):
        message = _("A row ends from %(day)s on, and never later than it does.")
        raise Refused(message % {"day": earliest}, field="last_day", code="date_out_of_range")


def lock_order_lines(lines: Iterable[int], *, with_volumes: bool) -> dict[int, OrderLine]:
    """Lock order lines, and before them the agreed volumes they draw on where these will change."""
    chosen = list(lines)
    if with_volumes:
        list(AgreedVolume.objects.filter(order_lines__in=chosen).locked())
    locked = OrderLine.objects.filter(pk__in=chosen).select_related("volume__line", "product__product_version").locked()
    return {line.pk: line for line in locked}


def release(packs: dict[int, int], lines: dict[int, OrderLine]) -> None:
    """Give packs of locked order lines, by primary key, back to the agreed volumes."""
    OrderLine.objects.add(released=packs)
    units: dict[int, Decimal] = {}
    for key, released in packs.items():
        line = lines[key]
        units[line.volume_id] = units.get(line.volume_id, Decimal(0)) - released * line.units
    AgreedVolume.objects.add(ordered=units)
