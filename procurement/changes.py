"""The change feed: what has happened to documents since a place in the trail, as a seat may read it.

A place is a number of the trail's chain. The sequencer gives a record its number after it has committed, one batch
after the other, so that no number comes to be before one that was seen already: what commits late, however low its
keys, is simply numbered later. "Every event after the last one" would miss it. What has committed and has no number
yet makes an answer incomplete, so that nobody takes the last few seconds for silence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F, Model
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.api.bank import BANK_READERS
from accounts.api.filings import WATCH
from accounts.models import BankAccount, Filing, Seat
from accounts.permissions import Permission
from catalogue.models import Authorisation, Item, PriceEntry, Product
from contracts.models import Contract, Delivery, Order
from core.errors import Conflict
from core.models import Event, Link
from core.trail import tip
from demand.models import DemandWindow
from demand.querysets import READERS
from payments.models import Payment
from tenders.api.results import READS_OBJECTIONS
from tenders.models import Bid, Objection, Tender

AT_ONCE = 100  # changes in one answer
LOOKED_THROUGH = 5_000  # links: most are of rows and not of events, or of events that are for others
_EVENTS = Event._meta.db_table
_WAITING = f"""
    SELECT record.key::bigint FROM core_unlinked AS waiting
    JOIN core_rowrecord AS record ON record.id = waiting.record_id AND record.recorded_at = waiting.recorded_at
    WHERE record."table" = '{_EVENTS}' LIMIT {LOOKED_THROUGH}
"""


@dataclass(frozen=True)
class Kind:
    """A kind of document: its name, its rows, where one is read (or, with no reference, all are), and who may."""

    name: str
    model: type[Model]
    address: str
    readers: tuple[Permission, ...]
    alone: bool = True

    def url(self, reference: str) -> str:
        return reverse(self.address, args=[reference] if self.alone else [])

    def seen(self, references: Iterable[str], seat: Seat) -> set[str]:
        """Which of these the seat may read now."""
        if not any(seat.may(permission) for permission in self.readers):
            return set()
        rows: Any = self.model._default_manager
        return set(rows.visible_to(seat).filter(reference__in=references).values_list("reference", flat=True))


_CATALOGUE, _CONTRACTS = (Permission.READ_CATALOGUE,), (Permission.READ_CONTRACTS,)
# By the letters with which the references of a kind begin.
KINDS = {
    "BA": Kind("bank_account", BankAccount, "api-bank-accounts", BANK_READERS, alone=False),
    "OF": Kind("filing", Filing, "api-filing", WATCH),
    "I": Kind("item", Item, "api-item", _CATALOGUE),
    "PD": Kind("product", Product, "api-product", _CATALOGUE),
    "PR": Kind("price", PriceEntry, "api-prices", _CATALOGUE, alone=False),
    "AU": Kind("authorisation", Authorisation, "api-authorisations", _CATALOGUE, alone=False),
    "DW": Kind("demand_window", DemandWindow, "api-window", READERS),
    "T": Kind("tender", Tender, "api-tender", (Permission.READ_TENDERS,)),
    "B": Kind("bid", Bid, "api-bid", (Permission.BID,)),
    "OB": Kind("objection", Objection, "api-objection", READS_OBJECTIONS),
    "C": Kind("contract", Contract, "api-contract", _CONTRACTS),
    "O": Kind("order", Order, "api-order", _CONTRACTS),
    "P": Kind("payment", Payment, "api-payment", (Permission.READ_PAYABLES,)),
}


@dataclass(frozen=True)
class Change:
    """That something happened to a document: what (the event's verb), and to which delivery or line of it; what its
    sender calls the two."""

    change: str
    kind: str
    reference: str
    address: str
    at: datetime
    delivery: str | None
    line: int | None
    own_number: str | None
    delivery_own_number: str | None


@dataclass(frozen=True)
class Stretch:
    """Changes in their order, the place after them, and whether that is the end of what has committed."""

    changes: list[Change]
    place: int
    complete: bool


def changes_after(place: int, seat: Seat) -> Stretch:
    """What a seat may read of what happened after a place. Conflict for a place that the trail has not reached: the
    installation was restored to an earlier state, and whoever followed it reads everything anew."""
    waiting = _waiting(seat)  # before the links, so that what is linked meanwhile is in one of the two
    last = tip().number
    if place > last:
        message = _("The platform was restored to an earlier state. Read everything again, and begin with from=now.")
        raise Conflict(message, code="cursor_ahead")
    end = min(place + LOOKED_THROUGH, last)
    numbers = _numbers(place, end)
    events = Event.objects.visible_to(seat).filter(pk__in=numbers)
    found = _of_documents(sorted(events, key=lambda event: numbers[event.pk]), seat)
    if len(found) > AT_ONCE:
        end = numbers[found[AT_ONCE - 1][0].pk]
    told = _told(found[:AT_ONCE])
    return Stretch(told, end, complete=end == last and not waiting)


def _numbers(after: int, until: int) -> dict[int, int]:
    """The events that were numbered in a stretch of the trail, by their primary keys."""
    links = Link.objects.filter(number__gt=after, number__lte=until, record__table=_EVENTS)
    links = links.filter(record__recorded_at=F("recorded_at"))  # both lie in one month, and nothing looks elsewhere
    return {int(key): number for number, key in links.values_list("number", "record__key")}


def _waiting(seat: Seat) -> bool:
    """Whether something has committed that the seat will be told and that has no number yet."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        keys = [key for (key,) in cursor.fetchall()]
    return bool(keys) and bool(_of_documents(Event.objects.visible_to(seat).filter(pk__in=keys), seat))


def _of_documents(events: Iterable[Event], seat: Seat) -> list[tuple[Event, Kind]]:
    """Those events that are about a document which the seat may read, with its kind."""
    events = list(events)
    about: dict[str, set[str]] = {}
    for event in events:
        about.setdefault(_prefix(event), set()).add(event.subject)
    seen = {prefix: KINDS[prefix].seen(references, seat) for prefix, references in about.items() if prefix in KINDS}
    return [(event, KINDS[_prefix(event)]) for event in events if event.subject in seen.get(_prefix(event), ())]


def _prefix(event: Event) -> str:
    return event.subject.partition("-")[0]


def _told(found: Iterable[tuple[Event, Kind]]) -> list[Change]:
    found = list(found)
    orders = _own_numbers(Order, {event.subject for event, _kind in found})
    deliveries = _own_numbers(Delivery, {event.data.get("delivery") for event, _kind in found} - {None})
    return [
        Change(
            change=event.verb,
            kind=kind.name,
            reference=event.subject,
            address=kind.url(event.subject),
            at=event.at,
            delivery=event.data.get("delivery"),
            line=event.data.get("line") if isinstance(event.data.get("line"), int) else None,
            own_number=orders.get(event.subject),
            delivery_own_number=deliveries.get(event.data.get("delivery")),
        )
        for event, kind in found
    ]


def _own_numbers(model: type[Model], references: set[str]) -> dict[str, str]:
    """What the senders of some documents call them, where they said so. Who reads a document reads its number."""
    rows = model._default_manager.filter(reference__in=references).exclude(own_number="")
    return dict(rows.values_list("reference", "own_number"))
