"""The price register: entries are recorded and ended, never changed and never deleted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.models import PriceEntry, Product, Verb
from catalogue.rules import PriceFact
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record, record_all
from core.models import Event
from core.money import quantize_price

_DAY = timedelta(days=1)
_VISIBILITY = PriceEntry.Visibility
_Thing = tuple[int, int | None, str]
"""What a price is for: item, product or none, region."""


@action
def record_price(*, fact: PriceFact, kind: str, supersede: bool = False, by: Seat, now: datetime) -> PriceEntry:
    """Record one price. Refused when another of its kind holds in the same days; the refusal names it.

    With ``supersede`` an entry that began earlier is ended the day before instead.
    """
    require(by, Permission.RECORD_PRICE)
    [entry] = _record([fact], kind, supersede=supersede, by=by, now=now)
    return entry


@action
def record_award_prices(*, entries: Sequence[PriceFact], by: Seat, now: datetime) -> list[PriceEntry]:
    """Record the prices of an award; award prices of the same things and regions end the day before.

    A few statements however many entries there are. Refused when an award price of one of them begins on the
    same day or later.
    """
    require(by, Permission.AWARD, Permission.RECORD_PRICE)
    return _record(entries, PriceEntry.Kind.AWARD.value, supersede=True, by=by, now=now)


@action
def end_price(*, entry: PriceEntry, last_day: date, by: Seat, now: datetime) -> None:
    """End an entry on a day within its period."""
    require(by, Permission.RECORD_PRICE)
    if last_day < entry.valid_from:
        raise Refused(_("The last day cannot be before the first one."), field="last_day", code="end_before_start")
    if entry.valid_to is not None and last_day >= entry.valid_to:
        raise Refused(
            _("The price ends on %(day)s already.") % {"day": entry.valid_to},
            field="last_day",
            code="date_out_of_range",
        )
    if PriceEntry.objects.filter(pk=entry.pk, valid_to=entry.valid_to).update(valid_to=last_day) != 1:
        raise Conflict(_("Someone else has just ended this price. Reload the page to see how things stand now."))
    entry.valid_to = last_day
    record_all(Verb.PRICE_ENDED, _events([entry]), by=by, now=now)


@action
def note_price_search(*, asked: Mapping[str, Any], by: Seat, now: datetime) -> None:
    """Keep in the trail that a seat looked for prices, and for which; its own organisation and auditors read it."""
    told = ", ".join(f"{name}={value}" for name, value in sorted(asked.items()) if value)
    record(Verb.PRICES_SEARCHED, "prices", by=by, now=now, audience=Event.Audience.NAMED, asked=told or "-")


def _record(facts: Sequence[PriceFact], kind: str, *, supersede: bool, by: Seat, now: datetime) -> list[PriceEntry]:
    _check(facts, kind)
    wanted = {_thing(fact.item_id, fact.product_id, fact.region_code): fact for fact in facts}
    if len(wanted) < len(facts):
        raise Refused(_("Two prices are given for the same thing."), code="overlap")
    ended = list(_ended(wanted, kind, supersede=supersede))
    if ended:
        PriceEntry.objects.bulk_update(ended, ["valid_to"])
        record_all(Verb.PRICE_ENDED, _events(ended), by=by, now=now)
    recorded = _insert([_entry(fact, kind, by, now) for fact in facts])
    record_all(Verb.PRICE_RECORDED, _events(recorded), by=by, now=now)
    return recorded


def _check(facts: Sequence[PriceFact], kind: str) -> None:
    if kind not in PriceEntry.Kind.values:
        raise Refused(_("Choose one of the values offered."), field="kind", code="invalid_choice")
    for fact in facts:
        if not fact.price.is_finite() or fact.price <= 0 or fact.price >= 10**12:
            raise Refused(_("A price is a number above zero."), field="price", code="min_value")
        if fact.price != quantize_price(fact.price):
            raise Refused(_("A price has at most 6 decimals."), field="price", code="max_decimal_places")
        if fact.units < 1:
            raise Refused(_("Say for how many base units the price is."), field="units", code="required")
        if fact.valid_to is not None and fact.valid_to < fact.valid_from:
            raise Refused(_("The end cannot be before the start."), field="valid_to", code="end_before_start")
        if fact.parties is None and fact.public_from is not None:
            raise Refused(_("What everybody sees is public at once."), field="public_from", code="must_be_empty")
        if not fact.source.strip():
            raise Refused(_("Say where the price comes from."), field="source", code="required")
    pairs = {(fact.product_id, fact.item_id) for fact in facts if fact.product_id is not None}
    products = Product.objects.filter(pk__in=[product for product, _item in pairs])
    if set(products.values_list("pk", "item_id")) != pairs:
        raise Refused(_("This product belongs to another item."), field="product", code="not_of_item")


def _ended(wanted: dict[_Thing, PriceFact], kind: str, *, supersede: bool) -> Iterator[PriceEntry]:
    """The entries that must end for the wanted ones to begin. Refused for one that cannot end."""
    items = {fact.item_id for fact in wanted.values()}
    held_ones = PriceEntry.objects.filter(kind=kind, item__in=items).order_by("pk").select_for_update()
    for held in held_ones:
        fact = wanted.get(_thing(held.item_id, held.product_id, held.region_id))
        if fact is None or not _overlap(held, fact):
            continue
        if not supersede or held.valid_from >= fact.valid_from:
            raise Refused(_clash(held), field="valid_from", code="overlap")
        held.valid_to = fact.valid_from - _DAY
        yield held


def _overlap(held: PriceEntry, fact: PriceFact) -> bool:
    return (held.valid_to is None or held.valid_to >= fact.valid_from) and (
        fact.valid_to is None or held.valid_from <= fact.valid_to
    )


def _clash(held: PriceEntry) -> str:
    sentence = _("The %(kind)s %(price)s holds from %(from)s to %(to)s (%(source)s). Only one may hold at a time.")
    return sentence % {
        "kind": held.get_kind_display(),
        "price": f"{held.price.normalize():f}",
        "from": held.valid_from,
        "to": held.valid_to or "…",
        "source": held.source,
    }


def _insert(entries: list[PriceEntry]) -> list[PriceEntry]:
    try:
        with transaction.atomic():
            return PriceEntry.objects.bulk_create(entries)
    except IntegrityError:
        # The rows above were locked; what slipped in between was inserted at the same moment.
        raise Conflict(_("Someone else has just recorded a price for the same days. Reload the page.")) from None


def _entry(fact: PriceFact, kind: str, by: Seat, now: datetime) -> PriceEntry:
    return PriceEntry(
        item_id=fact.item_id,
        product_id=fact.product_id,
        kind=kind,
        region_id=fact.region_code,
        price=fact.price,
        units=fact.units,
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        source=fact.source.strip(),
        unverified=fact.unverified,
        visibility=_VISIBILITY.PUBLIC if fact.parties is None else _VISIBILITY.PARTIES,
        parties=sorted(fact.parties or ()),
        public_from=fact.public_from,
        recorded_at=now,
        recorded_by=by,
    )


def _events(entries: Iterable[PriceEntry]) -> list[tuple[str, dict[str, Any]]]:
    """What the trail of each entry's item tells; words stand untranslated, in the language of the sentences."""
    read = PriceEntry.objects.filter(pk__in=[entry.pk for entry in entries]).select_related("item")
    with translation.override(None):
        return [
            (
                entry.item.reference,
                {
                    "kind": str(entry.get_kind_display()),
                    "price": f"{entry.price.normalize():f}",
                    "item": str(entry.item),
                    "first_day": entry.valid_from.isoformat(),
                    "last_day": entry.valid_to.isoformat() if entry.valid_to else "",
                },
            )
            for entry in read
        ]


def _thing(item: int, product: int | None, region: str) -> _Thing:
    return item, product, region
