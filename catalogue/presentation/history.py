"""The history of an item or a product by days: versions, codes and prices, and what was done, each with who and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from catalogue.models import Item, ItemVersion, PriceEntry, Product, ProductCode, ProductVersion, Verb
from core.clock import legal_date
from core.models import Event
from core.templatetags.ui import price

Text = str | Promise
MOST_PRICES = 500
MOST_ACTS = 500


class Sort(TextChoices):
    """What sort of thing happened."""

    VERSION = "version", _("Version")
    CODE = "code", _("Code")
    PRICE = "price", _("Price")
    ACT = "act", _("Act")


_TOLD = {
    "name": _("Name"),
    "strength": _("Strength or specification"),
    "form": _("Form"),
    "route": _("Route"),
    "base_unit": _("Counted in"),
    "maker_name": _("Maker as printed"),
    "holder": _("Holder"),
    "brand": _("Brand"),
    "national_code": _("National code"),
    "approval_number": _("Approval number"),
    "standard_code": _("Standard code"),
    "pack": _("Pack"),
}


@dataclass(frozen=True)
class Happening:
    """Something that began on a day: ``what`` in words, ``who`` and ``why`` where they are known."""

    day: date | None
    sort: Sort
    what: str
    why: str = ""
    who: str = ""
    until: date | None = None

    @property
    def kind(self) -> Text:
        return self.sort.label


def of_item(item: Item, seat: Seat) -> list[Happening]:
    """What an item was called, and the prices of it that the seat may see; the latest first."""
    versions = list(item.versions.select_related("edited_by__person").order_by("number"))
    prices = PriceEntry.objects.visible_to(seat).filter(item=item)
    return latest_first([*_names(item, versions), *_prices(prices)])


def of_product(product: Product, seat: Seat) -> list[Happening]:
    """Versions, codes and visible prices of a product; the latest first."""
    versions = list(product.versions.select_related("holder", "edited_by__person").order_by("number"))
    for version in versions:
        version.product = product
    codes = ProductCode.objects.about(product, versions[-1].national_code if versions else "")
    prices = PriceEntry.objects.visible_to(seat).filter(product=product)
    return latest_first([*_versions(versions), *_codes(codes), *_prices(prices)])


def _names(item: Item, versions: list[ItemVersion]) -> Iterator[Happening]:
    for before, after in pairwise([*versions, item]):
        changed = _changes(before, after)
        yield Happening(_after(before.valid_to), Sort.VERSION, changed, before.reason, before.edited_by.person.name)
    if item.added_on:
        first = versions[0] if versions else item
        yield Happening(item.added_on, Sort.VERSION, f"{first.name} {first.strength}".strip(), item.source)


def _versions(versions: list[ProductVersion]) -> Iterator[Happening]:
    before: ProductVersion | None = None
    for version in versions:
        who = version.edited_by.person.name if version.edited_by else ""
        day = version.valid_from or (version.product.added_on if before is None else None)
        what = _changes(before, version) if before else version.label
        yield Happening(day, Sort.VERSION, what, version.reason or version.source, who, version.valid_to)
        before = version


def _codes(codes: Iterable[ProductCode]) -> Iterator[Happening]:
    for said in codes:
        arrow = f" → {said.remapped_to}" if said.remapped_to else ""
        what = f"{said.code}{arrow} · {said.get_status_display()}"
        why = " · ".join(filter(None, (said.reason, said.source, said.end_reason)))
        yield Happening(said.valid_from, Sort.CODE, what, why, said.recorded_by.person.name, said.valid_to)


def _prices(prices: Any) -> Iterator[Happening]:
    related = prices.select_related("item", "region", "recorded_by__person").order_by("-valid_from", "-pk")
    for entry in related[:MOST_PRICES]:
        per = f"{price(entry.price)} / {entry.units} {entry.item.base_unit}".strip()
        what = f"{entry.get_kind_display()} {per} · {entry.region.full_name}"
        yield Happening(entry.valid_from, Sort.PRICE, what, entry.source, entry.recorded_by.person.name, entry.valid_to)


def acts_on(thing: Item | Product, seat: Seat) -> list[Happening]:
    """What was done in the catalogue to an item or a product, as far as the seat may read it; the latest first."""
    events = Event.objects.visible_to(seat).about(thing.reference).filter(verb__in=Verb.values).order_by("-at", "-pk")
    return [
        Happening(legal_date(event.at), Sort.ACT, _sentence(event), who=event.actor) for event in events[:MOST_ACTS]
    ]


def _sentence(event: Event) -> str:
    words = {name: gettext(value) if isinstance(value, str) and value else value for name, value in event.data.items()}
    return str(Verb(event.verb).label) % {"actor": event.actor or gettext("The platform"), **words}


def until(happenings: Iterable[Happening], day: date | None) -> list[Happening]:
    """Those that had happened by a day; all of them without one."""
    return [one for one in happenings if day is None or one.day is None or one.day <= day]


def latest_first(entries: Iterable[Happening]) -> list[Happening]:
    return sorted(entries, key=lambda entry: entry.day or date.min, reverse=True)


def _changes(before: Any, after: Any) -> str:
    told = ((label, _said(before, name), _said(after, name)) for name, label in _TOLD.items())
    return " · ".join(f"{label}: {old or '–'} → {new or '–'}" for label, old, new in told if old != new)


def _said(version: Any, name: str) -> str:
    return str(getattr(version, name, "") or "")


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
