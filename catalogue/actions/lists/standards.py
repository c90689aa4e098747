"""The payment standards of an edition of the insurance catalogue go into the price register with its publication."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import cast

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.actions.prices import recording
from catalogue.models import Edition, EditionEntry, PriceEntry
from catalogue.rules import PriceFact

_DAY = timedelta(days=1)
_Thing = tuple[int, int | None]


def write_payment_standards(edition: Edition, *, by: Seat, now: datetime) -> None:
    """Record the standards that are new or changed from the edition's day on, end those that it no longer has, and
    leave those that it confirms as they stand; a few statements however many they are.

    Those of a list of the whole country are recorded for the region of the agency, which buys there.
    """
    if not edition.list.entries_say.has_standards:
        return
    require(by, Permission.RECORD_PRICE)
    region = edition.list.region_id or by.organisation.region_id
    wanted = {_thing(entry): entry for entry in _with_standard(edition)}
    dropped = {_thing(entry) for entry in _with_standard(edition.before)} - wanted.keys()
    running = {_thing(entry): entry for entry in _running(edition, region)}
    ending = [running[thing] for thing in sorted(dropped & running.keys(), key=str)]
    for entry in ending:
        entry.valid_to = edition.valid_from - _DAY
    if ending:
        recording.end(ending, by=by, now=now)
    facts = list(_facts(edition, region, wanted, running))
    if facts:
        kind = PriceEntry.Kind.PAYMENT_STANDARD.value
        recording.write(facts, kind, supersede=True, by=by, now=now)


def _with_standard(edition: Edition | None) -> list[EditionEntry]:
    return list(edition.entries.filter(payment_standard__isnull=False)) if edition else []


def _running(edition: Edition, region: str) -> list[PriceEntry]:
    """Standards in the register that hold on the edition's day and have no end, of all things that this edition or
    the one before names."""
    named = EditionEntry.objects.filter(edition__in=filter(None, (edition.pk, edition.before_id)))
    standards = PriceEntry.objects.filter(kind=PriceEntry.Kind.PAYMENT_STANDARD, region=region, valid_to=None)
    items = named.filter(payment_standard__isnull=False).order_by().values("item")
    return list(standards.filter(item__in=items, valid_from__lt=edition.valid_from).order_by("pk").select_for_update())


def _facts(
    edition: Edition, region: str, wanted: dict[_Thing, EditionEntry], running: dict[_Thing, PriceEntry]
) -> Iterator[PriceFact]:
    for thing, entry in wanted.items():
        held = running.get(thing)
        if held and (held.price, held.units) == (entry.payment_standard, entry.units):
            continue
        yield PriceFact(
            item_id=entry.item_id,
            product_id=entry.product_id,
            region_code=region,
            price=cast(Decimal, entry.payment_standard),  # those with one are wanted
            units=entry.units,
            valid_from=edition.valid_from,
            source=f"{edition.title} · {edition.source}"[:300],
        )


def _thing(entry: EditionEntry | PriceEntry) -> _Thing:
    return entry.item_id, entry.product_id
