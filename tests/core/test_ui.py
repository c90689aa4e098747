"""How numbers, instants, due dates and forms look, and that every component renders for everybody."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from core import styleguide
from core.barcodes import bar_positions, symbols
from core.templatetags import ui

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", str(html)).split())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1234.5"), "¥1,234.50"),
        (Decimal("0.005"), "¥0.01"),
        (Decimal("-12"), "−¥12.00"),
        (Fraction(1, 3), "¥0.33"),
        (0, "¥0.00"),
        (None, "–"),
    ],
)
def test_money_has_two_decimals_and_the_currency(value, text):
    assert ui.money(value) == text


def test_money_follows_the_installation(settings):
    settings.CURRENCY = "CHF"
    assert ui.money(Decimal("1000")) == "CHF 1,000.00"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("3"), "3.00"),
        (Decimal("0.940000"), "0.94"),
        (Decimal("5.658333"), "5.658333"),
        (Decimal("0.123000"), "0.123"),
        (Decimal("12345.5"), "12,345.50"),
        (Fraction(2, 3), "0.666667"),
        (None, "–"),
    ],
)
def test_a_price_shows_the_decimals_that_say_something(value, text):
    assert ui.price(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (12000, "12,000"),
        (Decimal("100"), "100"),
        (Decimal("1250.50"), "1,250.5"),
        (Decimal("0E-9"), "0"),
        (None, "–"),
    ],
)
def test_a_quantity_has_separators_and_no_idle_decimals(value, text):
    assert ui.quantity(value) == text


def test_an_instant_is_shown_in_the_platforms_zone():
    assert plain(ui.local_datetime(NOW)) == "2026-03-02 09:00 Beijing time"
    assert plain(ui.local_datetime(NOW, False)) == "2026-03-02 09:00"
    assert plain(ui.exact_datetime(NOW)) == "2026-03-02 09:00:00.000000 Beijing time"
    assert plain(ui.local_date(datetime(2026, 3, 1, 17, 0, tzinfo=UTC))) == "2026-03-02"
    assert ui.local_datetime(None) == ui.local_date(None) == ui.exact_datetime(None) == "–"


def test_a_zone_without_a_name_shows_its_offset(settings):
    settings.PLATFORM_TIME_ZONE = "Asia/Urumqi"
    assert plain(ui.local_datetime(NOW)) == "2026-03-02 07:00 UTC+06:00"


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (12, "12 days left", ""),
        (8, "8 days left", ""),
        (7, "7 days left", "warn"),
        (2, "2 days left", "warn"),
        (1, "due tomorrow", "warn"),
        (0, "due today", "warn"),
        (-1, "1 day overdue", "bad"),
        (-5, "5 days overdue", "bad"),
    ],
)
def test_a_due_chip_says_it_in_words_and_colour(days, words, tone):
    html = ui.due_chip(TODAY + timedelta(days=days), TODAY)
    assert plain(html) == words
    assert f'class="tag{" tag--" + tone if tone else ""}"' in html


def test_a_missing_due_date_is_a_dash():
    assert ui.due_chip(None, TODAY) == "–"


def test_a_clock_counts_down_only_within_a_day():
    near = ui.clock(NOW + timedelta(hours=5, minutes=12, seconds=3), NOW)
    assert plain(near) == "2026-03-02 14:12 Beijing time 5:12:03 left"
    assert 'data-now="2026-03-02T01:00:00+00:00"' in near
    far = ui.clock(NOW + timedelta(days=12), NOW)
    assert plain(far).endswith("12 days left")
    assert "data-countdown" not in far
    assert plain(ui.clock(NOW, NOW)).endswith("closed")
    assert plain(ui.clock(NOW, NOW, "open")).endswith("open")


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0, "less than an hour"), (1, "1 hour"), (23, "23 hours"), (24, "1 day"), (80, "3 days")],
)
def test_waiting_is_told_in_hours_then_days(hours, words):
    assert ui.waited(NOW - timedelta(hours=hours), NOW) == f"waiting {words}"


def test_labels_are_escaped():
    assert ui.status_tag("<b>", "bad") == '<span class="tag tag--bad">&lt;b&gt;</span>'
    assert "<script>" not in ui.breadcrumb("<script>", "/a", "<script>")


def test_a_breadcrumb_ends_with_the_page_itself():
    html = ui.breadcrumb("Tenders", "/tenders/", "T-2026-0014")
    assert '<a href="/tenders/">Tenders</a>' in html
    assert '<span aria-current="page">T-2026-0014</span>' in html


@pytest.mark.parametrize(
    ("states", "number", "label"),
    [
        (["done", "now", "next"], 2, "1"),
        (["done", "done", "done"], 3, "2"),
        (["done", "stopped", "next"], 2, "1"),
        (["next", "next"], 1, "0"),
    ],
)
def test_the_short_steps_say_where_a_life_stands(states, number, label):
    steps = [SimpleNamespace(label=str(n), state=state) for n, state in enumerate(states)]
    here = ui.current_step(steps)
    assert (here["number"], here["total"], here["step"].label) == (number, len(states), label)


def test_positions_and_sparks_are_exact_without_localisation():
    assert (ui.per_thousand(0), ui.per_thousand(425), ui.per_thousand(1000)) == ("0.0%", "42.5%", "100.0%")
    assert ui.spark_points([0, 50, 100]) == "0,100 50,50 100,0"


class SampleForm(forms.Form):
    packs = forms.IntegerField(label="Packs", min_value=1, widget=forms.NumberInput({"data-unit": "packs"}))
    price = forms.DecimalField(label="Price", help_text="With tax")
    day = forms.DateField(label="Day", initial=date(2026, 3, 2))
    at = forms.DateTimeField(label="At", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    file = forms.FileField(label="File", required=False)
    sure = forms.BooleanField(label="Sure")


@pytest.mark.parametrize(
    ("name", "kind", "parts"),
    [
        ("packs", "number", ['type="text"', 'inputmode="numeric"']),
        ("price", "number", ['type="text"', 'inputmode="decimal"', 'aria-describedby="id_price_helptext"']),
        ("day", "date", ['type="date"', 'value="2026-03-02"']),
        ("at", "date", ['type="datetime-local"']),
        ("kind", "choices", ['type="radio"']),
        ("file", "file", ['type="file"']),
        ("sure", "check", ['type="checkbox"']),
    ],
)
def test_each_field_gets_the_right_control(name, kind, parts):
    drawn = ui.control(SampleForm()[name])
    assert drawn["kind"] == kind
    for part in parts:
        assert part in drawn["html"]
    assert "data-unit" not in drawn["html"]


@pytest.mark.parametrize(("zone", "unit"), [("Asia/Shanghai", "Beijing time"), ("UTC", "UTC+00:00")])
def test_an_instants_field_names_the_zone_in_which_it_is_read(zone, unit):
    with timezone.override(zone):
        form = SampleForm({"at": "2026-03-02T09:00"})
        assert ui.control(form["at"])["unit"] == unit
        assert form.fields["at"].clean("2026-03-02T09:00").utcoffset() == timezone.localtime().utcoffset()


def test_units_stand_beside_the_field():
    form = SampleForm()
    assert ui.control(form["packs"])["unit"] == "packs"
    assert "number" in form.fields["packs"].widget.input_type, "the form itself is left as it was declared"


@pytest.mark.parametrize(
    ("value", "shown"), [(Decimal("17.810000"), "17.81"), (Decimal("100"), "100"), (Decimal("1E+3"), "1000")]
)
def test_a_number_to_change_comes_without_idle_zeros_or_separators(value, shown):
    form = SampleForm(initial={"price": value, "packs": 12000})
    assert f'value="{shown}"' in ui.control(form["price"])["html"]
    assert 'value="12000"' in ui.control(form["packs"])["html"]


def test_what_was_typed_comes_back_as_it_was():
    assert 'value="1,5 kg"' in ui.control(SampleForm({"price": "1,5 kg"})["price"])["html"]


def test_every_error_has_a_link_to_its_field():
    form = SampleForm({"packs": "0"})
    html = render_to_string("_components/form_fields.html", {"form": form})
    targets = re.findall(r'<a href="#([^"]+)"', html)
    assert targets == ["id_packs", "id_price", "id_day", "id_kind_0", "id_sure"]
    for target in targets:
        assert html.count(f'id="{target}"') == 1
    for described in re.findall(r'aria-describedby="([^"]+)"', html):
        for target in described.split():
            assert f'id="{target}"' in html


def test_a_valid_form_shows_no_summary():
    assert "error-summary" not in render_to_string("_components/form_fields.html", {"form": SampleForm()})


@pytest.mark.parametrize(
    ("text", "values"),
    # Worked by hand: start 104, values, (104 + 1×a + 2×b …) mod 103, stop 106.
    [("A", [104, 33, 34, 106]), ("T-2", [104, 52, 13, 18, (104 + 52 + 26 + 54) % 103, 106])],
)
def test_a_barcode_carries_its_check_symbol(text, values):
    assert symbols(text) == values


def test_a_barcode_has_the_width_the_standard_gives():
    bars = bar_positions("T-2026-0014")
    right = sum(bars[-1])
    assert right - bars[0][0] == 11 * (len("T-2026-0014") + 2) + 13
    assert bars[0] == (10, 2)


@pytest.mark.parametrize("text", ["", "中", "a\n"])
def test_a_barcode_refuses_what_it_cannot_hold(text):
    with pytest.raises(ValueError, match="printable ASCII"):
        symbols(text)


def sprite_names() -> set[str]:
    return set(re.findall(r'symbol id="([\w-]+)"', (settings.BASE_DIR / "static/img/icons.svg").read_text()))


def test_every_icon_that_a_template_names_is_drawn():
    used = {
        name
        for template in Path(settings.BASE_DIR, "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([\w-]+)"|icon_name="([\w-]+)"', template.read_text())
    }
    names = {name for pair in used for name in pair if name}
    assert names, "the pattern finds icons"
    assert names <= sprite_names()


@pytest.mark.parametrize("show", ["", "letter", "confirm", "unknown"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_gallery_shows_every_page_without_inline_style_or_script(show, language):
    request = RequestFactory().get("/styleguide/", {"show": show})
    with translation.override(language):
        html = styleguide.index(request).content.decode()
    assert html.count("<h1") == 1
    assert "style=" not in html
    assert "<style" not in html
    assert not re.search(r"\son\w+=", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("status", ["400", "403", "404", "409", "500", "503"])
def test_an_error_page_needs_no_context_and_says_what_to_do(status):
    html = render_to_string(f"{status}.html")
    assert html.count("<h1") == 1
    assert 'href="/"' in html


def test_the_page_for_nothing_here_is_the_same_wherever_one_looks():
    one, other = (
        render_to_string("404.html", {}, RequestFactory().get(address)) for address in ("/tenders/T-1/", "/x/?q=secret")
    )
    assert one == other


def test_a_visitor_gets_a_public_page_without_navigation():
    html = engines["django"].from_string('{% extends "base.html" %}').render({}, RequestFactory().get("/"))
    assert "shell--public" in html
    assert "drawer" not in html


def test_midnight_is_the_end_of_the_day_that_it_ends():
    """A last day 2026-03-12 and an hour 2026-03-13 00:00 beside it would be one thing in two words."""
    assert "2026-03-12 24:00 Beijing time" in ui.local_datetime(datetime(2026, 3, 12, 16, tzinfo=UTC))
    assert "2026-03-13 00:01" in ui.local_datetime(datetime(2026, 3, 12, 16, 1, tzinfo=UTC))
