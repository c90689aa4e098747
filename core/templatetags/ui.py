"""Presentation only: how numbers, instants, due dates, icons and form controls look on every page.

Values arrive as the domain has them (Decimal, date, aware datetime); what leaves is text or safe HTML.
A missing value is a dash, so that a table never has a hole in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock as platform_clock
from core.barcodes import QUIET_ZONE, bar_positions
from core.calendar import days_left
from core.money import quantize_amount, quantize_price
from core.tables.declared import Cell

register = template.Library()

DASH = "–"
CURRENCY_SIGNS = {"CNY": "¥", "EUR": "€", "GBP": "£", "USD": "$"}
ZONE_NAMES = {"Asia/Shanghai": lambda: _("Beijing time")}
SOON_DAYS = 7
NOT_FOR_TEXT = {"data-unit", "step", "min", "max"}


# --- Numbers ----------------------------------------------------------------------------------------------
@register.filter
def amount(value: Decimal | Fraction | int | None) -> str:
    """An amount with two decimals and thousands separators, without its currency: for columns and inputs."""
    return DASH if value in (None, "") else f"{quantize_amount(value):,.2f}"


@register.filter
def money(value: Decimal | Fraction | int | None) -> str:
    """An amount with the sign of the installation's currency: ¥1,234.50, −¥12.00."""
    if value in (None, ""):
        return DASH
    rounded = quantize_amount(value)
    sign = "−" if rounded < 0 else ""
    return f"{sign}{currency_sign()}{abs(rounded):,.2f}"


@register.filter
def price(value: Decimal | Fraction | int | None) -> str:
    """A unit price: as many of its six decimals as say something, and at least two."""
    if value in (None, ""):
        return DASH
    whole, decimals = f"{quantize_price(value):,.6f}".split(".")
    return f"{whole}.{decimals[:2]}{decimals[2:].rstrip('0')}"


@register.filter
def quantity(value: Decimal | int | None) -> str:
    """A count with thousands separators; decimals only where there are any."""
    if value in (None, ""):
        return DASH
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.simple_tag
def currency() -> str:
    """The code of the installation's currency, for the unit of a column or a field."""
    return settings.CURRENCY


def currency_sign() -> str:
    return CURRENCY_SIGNS.get(settings.CURRENCY, f"{settings.CURRENCY} ")


# --- Days and instants ------------------------------------------------------------------------------------
@register.filter
def local_date(value: date | datetime | None) -> str | SafeString:
    """A legal date, 2026-03-12; of an instant, the date on which it falls in the platform's time zone."""
    if not value:
        return DASH
    day = platform_clock.legal_date(value) if isinstance(value, datetime) else value
    return format_html('<time datetime="{0}" class="nowrap">{0}</time>', day.isoformat())


@register.filter
def local_datetime(value: datetime | None, with_zone: bool = True) -> str | SafeString:
    """An instant with its zone: 2026-03-12 10:00 Beijing time; ``|local_datetime:False`` leaves the zone out.

    Midnight is the end of a day, as law counts, and not the beginning of the next: 2026-03-12 24:00.
    """
    if not value:
        return DASH
    here = value.astimezone(platform_clock.zone())
    text = f"{here:%Y-%m-%d %H:%M}"
    if here.time() == time():
        text = f"{here - timedelta(days=1):%Y-%m-%d} 24:00"
    text += f" {zone_name(here)}" if with_zone else ""
    return format_html('<time datetime="{}" class="nowrap">{}</time>', here.isoformat(), text)


@register.filter
def exact_datetime(value: datetime | None) -> str | SafeString:
    """An instant to the microsecond, for receipts and minutes."""
    if not value:
        return DASH
    here = value.astimezone(platform_clock.zone())
    text = f"{here:%Y-%m-%d %H:%M:%S.%f} {zone_name(here)}"
    return format_html('<time datetime="{}">{}</time>', here.isoformat(), text)


def zone_name(here: datetime) -> str:
    """The name by which people know the zone of an aware instant, else its offset: UTC+08:00."""
    name = ZONE_NAMES.get(str(here.tzinfo))
    offset = f"{here:%z}"
    return name() if name else f"UTC{offset[:3]}:{offset[3:]}"


@register.filter
def due_chip(due_on: date | None, today: date | None) -> str | SafeString:
    """Days until a due date in words and colour: 12 days left, due tomorrow, 5 days overdue."""
    if not due_on or not today:
        return DASH
    left = days_left(due_on, today)
    if left < 0:
        return status_tag(ngettext("%(n)d day overdue", "%(n)d days overdue", -left) % {"n": -left}, "bad")
    if left <= 1:
        return status_tag(_("due tomorrow") if left else _("due today"), "warn")
    words = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    return status_tag(words, "warn" if left <= SOON_DAYS else "")


@register.simple_tag
def clock(at: datetime | None, now: datetime, over: str = "") -> str | SafeString:
    """A deadline: date, time, zone, and what is left; under 24 hours counted down on the server's time.

    ``over`` is the word for a deadline that has passed ("closed").
    """
    if not at:
        return DASH
    left = at - now
    chip: str
    if left <= timedelta(0):
        chip = status_tag(over or _("closed"), "quiet")
    elif left < timedelta(hours=24):
        hours, rest = divmod(int(left.total_seconds()), 3600)
        words = f"{hours}:{rest // 60:02}:{rest % 60:02}"
        chip = format_html(
            '<span class="tag tag--warn" data-countdown="{}" data-now="{}" data-words="{}" data-over="{}">{}</span>',
            at.isoformat(),
            now.isoformat(),
            _("%(time)s left"),
            over or _("closed"),
            _("%(time)s left") % {"time": words},
        )
    else:
        chip = due_chip(platform_clock.legal_date(at), platform_clock.legal_date(now))
    return format_html("{} {}", local_datetime(at), chip)


@register.filter
def waited(since: datetime | None, now: datetime | None) -> str:
    """How long something has waited: 3 days, 5 hours, less than an hour."""
    if not since or not now:
        return ""
    hours = int((now - since).total_seconds()) // 3600
    if hours >= 24:
        return ngettext("waiting %(n)d day", "waiting %(n)d days", hours // 24) % {"n": hours // 24}
    if hours >= 1:
        return ngettext("waiting %(n)d hour", "waiting %(n)d hours", hours) % {"n": hours}
    return _("waiting less than an hour")


# --- Marks ------------------------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A drawing from static/img/icons.svg, hidden from screen readers: words stand beside it. Sizes: s, l."""
    css = f"icon icon--{size}" if size else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false" viewBox="0 0 24 24"><use href="{}#{}"></use></svg>',
        css,
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def line_cell(cell: Cell, first: bool = False) -> SafeString:
    """A cell of text in one line, as most of a list are: a template takes several times as long to draw one."""
    value = DASH if cell.value is None else localize(cell.value)
    note = format_html(' <span class="cell-note">{}</span>', cell.note) if cell.note else ""
    title = format_html("{}{}", "" if cell.value is None else value, format_html(" · {}", cell.note) if note else "")
    shown = format_html('<a href="{}">{}</a>', cell.url, value) if cell.url else value
    line = format_html('<span class="one-line" title="{}">{}{}</span>', title, shown, note)
    if first:
        return format_html('<th scope="row" role="rowheader">{}</th>', line)
    label = f"{cell.label} ({cell.unit})" if cell.unit else cell.label
    return format_html('<td role="cell" data-label="{}">{}</td>', label, line)


@register.simple_tag
def status_tag(label: Any, tone: str = "") -> SafeString:
    """A status as word and colour. Tones: good, warn, bad, info, accent, quiet, or none for neutral."""
    return format_html('<span class="tag{}">{}</span>', f" tag--{tone}" if tone else "", label)


@register.simple_tag
def breadcrumb(*parts: Any) -> SafeString:
    """The way to this page: ``{% breadcrumb "Tenders" url tender.reference %}``, pairs of words and address.

    The last words may stand without an address: they name the page itself.
    """
    links = []
    for i in range(0, len(parts), 2):
        shape = '<a href="{1}">{0}</a>' if parts[i + 1 :] else '<span aria-current="page">{0}</span>'
        links.append((format_html(shape, *parts[i : i + 2]),))
    return format_html(
        '<nav class="breadcrumb" aria-label="{}"><ol>{}</ol></nav>',
        _("Breadcrumb"),
        format_html_join("", "<li>{}</li>", links),
    )


@register.filter
def message_tone(level: str) -> str:
    """The tone of one of Django's messages."""
    return {"success": "good", "warning": "warn", "error": "bad"}.get(level, "")


@register.filter
def current_step(steps: Sequence[Any]) -> dict[str, Any]:
    """Where a life stands: number (from 1), total, and the step; the last done one when none is now."""
    here = [n for n, step in enumerate(steps) if _state(step) in ("now", "stopped")]
    done = [n for n, step in enumerate(steps) if _state(step) == "done"]
    index = (here or done[-1:] or [0])[0]
    return {"number": index + 1, "total": len(steps), "step": steps[index] if steps else None}


def _state(step: Any) -> str:
    return step["state"] if isinstance(step, Mapping) else step.state


@register.filter
def spark_points(values: Iterable[int]) -> str:
    """Points of a small line for values of 0 to 100, on a field of 100 × 100."""
    heights = list(values)
    width = max(len(heights) - 1, 1)
    return " ".join(f"{100 * n // width},{100 - height}" for n, height in enumerate(heights))


@register.filter
def per_thousand(position: int) -> str:
    """A position of 0 to 1000 as a percentage for SVG: 425 is 42.5%."""
    return f"{position // 10}.{position % 10}%"


@register.simple_tag
def barcode(text: str) -> SafeString:
    """The text as a Code 128 barcode with its characters underneath, for documents that somebody will scan."""
    bars = bar_positions(text)
    drawn = format_html_join("", '<rect x="{}" width="{}" height="40"/>', bars)
    total = sum(bars[-1]) + QUIET_ZONE
    return format_html(
        '<span class="barcode"><svg viewBox="0 0 {0} 40" width="{1}" height="44" preserveAspectRatio="none" '
        'aria-hidden="true">{2}</svg>{3}</span>',
        total,
        2 * total,
        drawn,
        text,
    )


# --- Forms ------------------------------------------------------------------------------------------------
@register.filter
def control(field: BoundField) -> dict[str, Any]:
    """How a bound field is drawn: its kind (text, number, date, file, check, choices), unit, HTML and anchor; or what
    stands in its place where there is nothing to choose (``if_empty`` of the form or of the field).

    The unit comes from the widget: ``attrs={"data-unit": "mg"}``. Numbers are typed into text fields with a
    numeric keyboard, because a browser's number field changes under the mouse wheel and swallows letters.
    """
    nothing = _if_empty(field)
    original = field.field.widget
    widget, kind = _widget(original)
    attrs: dict[str, str | bool] = {}
    if kind == "number":
        attrs["inputmode"] = "decimal" if isinstance(field.field, forms.DecimalField) else "numeric"
        attrs |= {f"data-{name}": str(limit) for name, limit in _limits(field.field) if limit is not None}
    unit = original.attrs.get("data-unit", "")
    if isinstance(original, forms.DateTimeInput):
        # Django reads what is typed in the current time zone, whichever that is: the field must name it.
        unit = unit or zone_name(timezone.localtime())
    return {
        "kind": kind,
        "unit": unit,
        "html": field.as_widget(widget=widget, attrs=attrs),
        "anchor": anchor(field),
        "nothing": nothing,
    }


@register.filter
def can_be_sent(form: forms.BaseForm) -> bool:
    """Whether every list of a form from which something has to be chosen has something."""
    return not any(field.field.required and _if_empty(field) for field in form)


def _if_empty(field: BoundField) -> str | Promise:
    """Who has to do what first, where a list has nothing to choose; its choices are read once."""
    said = getattr(field.form, "if_empty", {}).get(field.name) or getattr(field.field, "if_empty", "")
    if not said:
        return ""
    widget = field.field.widget
    widget.choices = list(widget.choices)
    return "" if any(str(value) for value, _label in widget.choices) else said


def _limits(field: Any) -> list[tuple[str, Any]]:
    """What a script may check while somebody types; the form checks it all the same."""
    names = {"min": "min_value", "max": "max_value", "decimals": "decimal_places"}
    return [(name, getattr(field, attribute, None)) for name, attribute in names.items()]


class PlainNumberInput(forms.TextInput):
    """A text field for a number: 17.81 and not 17.810000."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal) and value.is_finite():
            text = f"{value:f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        return super().format_value(value)


def _widget(original: forms.Widget) -> tuple[forms.Widget, str]:
    kept = {name: value for name, value in original.attrs.items() if name not in NOT_FOR_TEXT}
    match original:
        case forms.NumberInput():
            return PlainNumberInput({"autocomplete": "off", **kept}), "number"
        case forms.DateTimeInput():
            return forms.DateTimeInput({"type": "datetime-local", **kept}, format="%Y-%m-%dT%H:%M"), "date"
        case forms.DateInput():
            return forms.DateInput({"type": "date", **kept}, format="%Y-%m-%d"), "date"
        case forms.CheckboxInput():
            return original, "check"
        case forms.RadioSelect() | forms.CheckboxSelectMultiple():
            return original, "choices"
        case forms.FileInput():
            return original, "file"
    return original, "text"


@register.filter
def anchor(field: BoundField) -> str:
    """The id that a link in the error summary goes to: the field, or the first of its choices."""
    several = isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{field.auto_id}_0" if several else str(field.auto_id)
