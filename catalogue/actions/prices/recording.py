"""The price register: entries are recorded and ended, never changed and never deleted."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Region, Seat
from accounts.permissions import Permission
from accounts.rules import region_prefix
from catalogue.models import Item, PriceChange, PriceEntry, PriceLine, Product, Verb
from catalogue.rules import PriceFact
from catalogue.rules.bounds import Bound, Use, Verdict, judge
from core.actions import action
from core.errors import Conflict, Fault, Refused
from core.events import record, record_all
from core.models import Event
from core.money import quantize_price, unit_price

_DAY = timedelta(days=1)
_VISIBILITY = PriceEntry.Visibility
_REFERENCE = PriceEntry.GuideClass.REFERENCE.value  # a guide price that does not say its class binds nobody
_Thing = tuple[int, int | None, str, int | None]
"""What a price is for: item, product or none, region, hospital or none."""


@action
def record_award_prices(*, entries: Sequence[PriceFact], by: Seat, now: datetime) -> list[PriceEntry]:
    """Record the prices of an award; award prices of the same things and regions end the day before.

    A few statements however many entries there are. Refused when an award price of one of them begins on the
    same day or later.
    """
    require(by, Permission.AWARD, Permission.RECORD_PRICE)
    return write(entries, PriceEntry.Kind.AWARD.value, supersede=True, by=by, now=now)


@action
def record_negotiated_prices(*, entries: Sequence[PriceFact], by: Seat, now: datetime) -> list[PriceEntry]:
    """Record prices agreed in a negotiation, confidential ones with their parties; negotiated prices of the same things
    and regions end the day before."""
    require(by, Permission.AWARD, Permission.RECORD_PRICE)
    return write(entries, PriceEntry.Kind.NEGOTIATED.value, supersede=True, by=by, now=now)


@action
def record_listing_prices(*, entries: Sequence[PriceFact], by: Seat, now: datetime) -> list[PriceEntry]:
    """Record the prices at which products are listed; listing prices of the same things and regions end the day before.

    A few statements however many entries there are. Whoever calls has had them decided by two people.
    """
    require(by, Permission.LIST_PRODUCT, Permission.RECORD_PRICE)
    hold_items({fact.item_id for fact in entries})
    require_within_bounds(entries)
    require_below_cuts(entries)
    return write(entries, PriceEntry.Kind.LISTING.value, supersede=True, by=by, now=now)


@action
def note_price_search(*, asked: Mapping[str, Any], by: Seat, now: datetime) -> None:
    """Keep in the trail that a seat looked for prices, and for which; its own organisation and auditors read it."""
    told = ", ".join(f"{name}={value}" for name, value in sorted(asked.items()) if value)
    record(Verb.PRICES_SEARCHED, "prices", by=by, now=now, audience=Event.Audience.NAMED, asked=told or "-")


def hold_items(items: Collection[int]) -> None:
    """Let nobody else list or bound prices of these items, by primary key, until commit: what binds a listing and what
    is listed are each looked for before they are written, and two that meet would both find nothing."""
    list(Item.objects.filter(pk__in=items).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def require_within_bounds(facts: Sequence[PriceFact]) -> None:
    """Refuse listing prices that a guide price or a unified price forbids, each with its row."""
    placed: dict[tuple[str, date], list[PriceFact]] = defaultdict(list)
    for fact in facts:
        placed[fact.region_code, fact.valid_from].append(fact)
    regions = Region.objects.in_bulk({region for region, _day in placed})
    bounds: dict[tuple[str, date], dict[int, Bound]] = {}
    for (region, day), some in placed.items():
        pairs = [(fact.product_id, fact.item_id) for fact in some if fact.product_id is not None]
        bounds[region, day] = PriceEntry.objects.bounds(regions[region], day, products=pairs)
    faults = []
    for row, fact in enumerate(facts, 1):
        bound = bounds[fact.region_code, fact.valid_from].get(fact.product_id or 0)
        verdict = judge(bound, unit_price(fact.price, fact.units), Use.LISTING)
        if bound and verdict.refuses:
            faults.append(Fault(forbidden(verdict, bound), "price", row, code="above_guide"))
    if faults:
        raise Refused(faults[0].message, faults=faults)


def require_below_cuts(facts: Sequence[PriceFact]) -> None:
    """Refuse listing prices above a cut or unified price that is decided and whose day is still to come: the listings
    that stood when it was confirmed fall on that day, one that is listed in between would not."""
    coming = PriceLine.objects.filter(
        change__status=PriceChange.Status.CONFIRMED,
        change__act__in=(PriceChange.Act.CUT, PriceChange.Act.UNIFY),
        item__in={fact.item_id for fact in facts},
        valid_from__gte=min(fact.valid_from for fact in facts),
    ).select_related("change")
    lines = list(coming.order_by("pk"))
    faults = []
    for row, fact in enumerate(facts, 1):
        line = next((one for one in lines if _would_cut(one, fact)), None)
        if line is not None:
            message = _("It is cut to %(price)s for %(units)s on %(day)s (%(change)s): list it at no more.")
            price, day = f"{line.price.normalize():f}", line.valid_from.isoformat()
            said = {"price": price, "units": line.units, "day": day, "change": line.change}
            faults.append(Fault(message % said, "price", row, code="above_guide"))
    if faults:
        raise Refused(faults[0].message, faults=faults)


def _would_cut(line: PriceLine, fact: PriceFact) -> bool:
    return (
        line.item_id == fact.item_id
        and line.product_id in (None, fact.product_id)
        and fact.region_code.startswith(region_prefix(line.region_id))
        and line.valid_from >= fact.valid_from
        and (fact.valid_to is None or fact.valid_to >= line.valid_from)
        and unit_price(fact.price, fact.units) > unit_price(line.price, line.units)
    )


def forbidden(verdict: Verdict, bound: Bound) -> str:
    """Why a price may not be, and where the bound stands."""
    said = {
        Verdict.ABOVE: _("The price is above the guide or unified price of %(price)s for %(units)s (%(entry)s)."),
        Verdict.OTHER: _("The price is fixed at %(price)s for %(units)s (%(entry)s)."),
    }[verdict]
    return said % {"price": f"{bound.price.normalize():f}", "units": bound.units, "entry": bound.reference}


def end(entries: Sequence[PriceEntry], *, by: Seat, now: datetime) -> None:
    """Let entries end on the last day that they say now."""
    PriceEntry.objects.bulk_update(entries, ["valid_to"])
    record_all(Verb.PRICE_ENDED, _events(entries), by=by, now=now)


def write(facts: Sequence[PriceFact], kind: str, *, supersede: bool, by: Seat, now: datetime) -> list[PriceEntry]:
    """Put prices of one kind into the register, and end with ``supersede`` what held before them."""
    check(facts, kind)
    ended = list(to_end(facts, kind, supersede=supersede))
    if ended:
        end(ended, by=by, now=now)
    recorded = _insert([_entry(fact, kind, by, now) for fact in facts])
    record_all(Verb.PRICE_RECORDED, _events(recorded), by=by, now=now)
    return recorded


def check(facts: Sequence[PriceFact], kind: str, rows: Sequence[int] = ()) -> None:
    """Refuse what is no price of its kind; with ``rows``, each where it stands among many."""
    if kind not in PriceEntry.Kind.values:
        raise Refused(_("Choose one of the values offered."), field="kind", code="invalid_choice")
    pairs = {(fact.product_id, fact.item_id) for fact in facts if fact.product_id is not None}
    products = Product.objects.filter(pk__in=[product for product, _item in pairs])
    apart = pairs - set(products.values_list("pk", "item_id"))
    found = [(place, _fault_of(fact, kind, apart)) for place, fact in enumerate(facts)]
    _refuse([(place, fault) for place, fault in found if fault], rows)


def _fault_of(fact: PriceFact, kind: str, apart: Collection[tuple[int, int]]) -> Fault | None:
    """The first thing that is wrong with a price. ``apart`` are pairs of product and item that do not go together."""
    if not fact.price.is_finite() or fact.price <= 0 or fact.price >= 10**12:
        return Fault(_("A price is a number above zero."), "price", code="min_value")
    if fact.price != quantize_price(fact.price):
        return Fault(_("A price has at most 6 decimals."), "price", code="max_decimal_places")
    if fact.units < 1:
        return Fault(_("Say for how many base units the price is."), "units", code="required")
    if fact.valid_to is not None and fact.valid_to < fact.valid_from:
        return Fault(_("The end cannot be before the start."), "valid_to", code="end_before_start")
    if fact.parties is None and fact.public_from is not None:
        return Fault(_("What everybody sees is public at once."), "public_from", code="must_be_empty")
    if (fact.hospital_id is None) == (kind == PriceEntry.Kind.OWN):
        return Fault(
            _("A hospital's own agreement names the hospital, and no other price does."), "hospital", code="required"
        )
    if kind != PriceEntry.Kind.GUIDE and (fact.guide_class or fact.unrounded is not None):
        return Fault(_("Only a guide price has a class."), "guide_class", code="must_be_empty")
    if not fact.source.strip():
        return Fault(_("Say where the price comes from."), "source", code="required")
    if fact.product_id is not None and (fact.product_id, fact.item_id) in apart:
        return Fault(_("This product belongs to another item."), "product", code="not_of_item")
    return None


def _refuse(found: Sequence[tuple[int, Fault]], rows: Sequence[int]) -> None:
    """Refuse faults of prices by their places, if there are any."""
    faults = [replace(fault, row=rows[place]) if rows else fault for place, fault in found]
    if faults:
        raise Refused(faults[0].message, faults=faults if rows else faults[:1])


def to_end(facts: Sequence[PriceFact], kind: str, *, supersede: bool, rows: Sequence[int] = ()) -> Iterator[PriceEntry]:
    """The entries that must end for the wanted ones to begin. Refused for one that cannot end."""
    places: dict[_Thing, int] = {}
    twice = []
    for place, fact in enumerate(facts):
        if places.setdefault(_thing_of(fact), place) != place:
            twice.append((place, Fault(_("Two prices are given for the same thing."), "", code="overlap")))
    _refuse(twice, rows)
    held_ones = PriceEntry.objects.filter(kind=kind, item__in={fact.item_id for fact in facts})
    ending, clashes = [], []
    for held in held_ones.order_by("pk").select_for_update():
        place = places.get((held.item_id, held.product_id, held.region_id, held.hospital_id), -1)
        if place < 0 or not _overlap(held, facts[place]):
            continue
        if not supersede or held.valid_from >= facts[place].valid_from:
            clashes.append((place, Fault(_clash(held), "valid_from", code="overlap")))
            continue
        held.valid_to = facts[place].valid_from - _DAY
        ending.append(held)
    _refuse(clashes, rows)
    yield from ending


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
        guide_class=fact.guide_class or (_REFERENCE if kind == PriceEntry.Kind.GUIDE else ""),
        region_id=fact.region_code,
        hospital_id=fact.hospital_id,
        price=fact.price,
        units=fact.units,
        unrounded=fact.unrounded,
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        source=fact.source.strip(),
        unverified=fact.unverified,
        visibility=_VISIBILITY.PUBLIC if fact.parties is None else _VISIBILITY.PARTIES,
        parties=sorted({*fact.parties, fact.hospital_id} - {None} if fact.parties is not None else ()),
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


def _thing_of(fact: PriceFact) -> _Thing:
    return fact.item_id, fact.product_id, fact.region_code, fact.hospital_id
