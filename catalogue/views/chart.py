"""Prices over time as the page draws them."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.models import PriceEntry
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
    "listing": ("accent", "8 4"),
    "own": ("good", "2 4"),
    "unified": ("bad", "16 4 2 4"),
}
MOST = 60


def price_chart(entries: QuerySet, on: date | None = None) -> dict[str, Any] | None:
    """The latest of the prices that somebody may see, a base unit, as lines with their tones and words: today, or as
    they stood on a day; None where there is no price. Prices of one kind, thing and region follow each other in steps.
    """
    day = on or legal_date(timezone.now())
    known = entries.filter(valid_from__lte=on) if on else entries
    shown = list(known.select_related("item", "product__maker", "region").order_by("-valid_from", "-id")[:MOST])
    if not shown:
        return None
    periods = [_period(entry, on) for entry in shown]
    picture = draw(periods, day)
    lines = [
        {"line": line, "entry": entry, "style": STYLES[entry.kind], "per_unit": price(period.per_unit)}
        for line, entry, period in zip(picture.lines, shown, periods, strict=True)
    ]
    kinds = {entry.kind: entry.get_kind_display() for entry in shown}
    return {
        "lines": lines,
        "legend": [{"label": label, "style": STYLES[kind]} for kind, label in sorted(kinds.items())],
        "picture": picture,
        "steps": [{"step": step, "style": STYLES[shown[step.line].kind]} for step in picture.steps],
        "half": price(picture.highest / 2),
        "highest": price(picture.highest),
        "unit": f"{settings.CURRENCY} / {shown[0].item.base_unit or _('base unit')}",
    }


def _period(entry: PriceEntry, on: date | None) -> Period:
    """When an entry held; on a day nobody knew of an end that was still to come."""
    last = None if on and entry.valid_to and entry.valid_to > on else entry.valid_to
    series = (entry.kind, entry.product_id, entry.region_id, entry.hospital_id)
    return Period(unit_price(entry.price, entry.units), entry.valid_from, last, series)
