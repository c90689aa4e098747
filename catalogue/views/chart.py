"""Prices over time as the page draws them."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.rules.chart import Period, draw
from core.clock import legal_date
from core.money import unit_price
from core.templatetags.ui import price

# Tone and dashes of each kind, so that lines are told apart without colours too.
STYLES = {
    "award": ("accent", ""),
    "negotiated": ("good", "14 3"),
    "ceiling": ("bad", "6 4"),
    "guide": ("quiet", "2 3"),
    "payment_standard": ("warn", "10 3 2 3"),
}
MOST = 60


def price_chart(entries: QuerySet) -> dict[str, Any] | None:
    """The latest prices a base unit as lines with their tones and words; None where there is no price."""
    shown = list(entries.select_related("item", "product__maker", "region").order_by("-valid_from", "-id")[:MOST])
    if not shown:
        return None
    periods = [Period(unit_price(entry.price, entry.units), entry.valid_from, entry.valid_to) for entry in shown]
    picture = draw(periods, legal_date(timezone.now()))
    lines = [
        {"line": line, "entry": entry, "style": STYLES[entry.kind], "per_unit": price(period.per_unit)}
        for line, entry, period in zip(picture.lines, shown, periods, strict=True)
    ]
    kinds = {entry.kind: entry.get_kind_display() for entry in shown}
    return {
        "lines": lines,
        "legend": [{"label": label, "style": STYLES[kind]} for kind, label in sorted(kinds.items())],
        "picture": picture,
        "highest": price(picture.highest),
        "unit": f"{settings.CURRENCY} / {shown[0].item.base_unit or _('base unit')}",
    }
