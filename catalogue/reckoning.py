"""From which entry of the price register the price of something bought came, and what a patient bears of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from accounts.models import Organisation, Seat
from catalogue.models import PriceEntry, Product
from catalogue.rules.ordering import AGREED, pack_price
from catalogue.rules.patient import borne_by_patient
from core.clock import legal_date

_STANDARD = PriceEntry.Kind.PAYMENT_STANDARD.value


@dataclass(frozen=True)
class Bought:
    """A product that costs so much a pack of so many base units."""

    product: Product
    price: Decimal
    pack_size: int


@dataclass(frozen=True)
class Reckoned:
    """What the register said of something bought: ``entry`` has its price, ``standard`` is the payment standard of the
    same thing; each None where none was in force, or the reader may not see it."""

    bought: Bought
    entry: PriceEntry | None = None
    standard: PriceEntry | None = None

    @property
    def borne(self) -> Decimal | None:
        """What a patient bears of a pack, above the payment standard; None where there is none."""
        if self.standard is None:
            return None
        of = self.standard
        return borne_by_patient(self.bought.price, self.bought.pack_size, of.price, of.units)


def reckon(
    bought: Sequence[Bought], *, hospital: Organisation, at: datetime, seat: Seat | None = None
) -> list[Reckoned]:
    """What the register said at an instant of each thing that a hospital bought then, as far as a seat may see it.

    In one statement, however many there are: entries in force on the day that were recorded by then, for the hospital's
    region or one around it, and shown to the hospital. Several with the same price: the contract's first, then the
    narrowest region's. A set has a price of its own, which no entry has.
    """
    regions = hospital.region.around
    entries = list(_entries(bought, regions, hospital, at, seat))
    return [Reckoned(one, _source(one, entries, regions), _standard(one, entries, regions)) for one in bought]


def _entries(
    bought: Sequence[Bought], regions: Sequence[str], hospital: Organisation, at: datetime, seat: Seat | None
) -> Iterable[PriceEntry]:
    day, mine = legal_date(at), hospital.lineage()
    shown = Q(visibility="public") | Q(public_from__lte=day) | Q(parties__overlap=mine) | Q(hospital__in=mine)
    found = PriceEntry.objects.visible_to(seat) if seat else PriceEntry.objects.all()
    return found.in_force(day).filter(
        shown,
        Q(hospital=None) | Q(hospital__in=mine),
        Q(product__in={one.product.pk for one in bought}) | Q(product=None, kind=_STANDARD),
        item__in={one.product.item_id for one in bought},
        kind__in=(*AGREED, _STANDARD),
        region__in=regions,
        recorded_at__lte=at,
    )


def _source(bought: Bought, entries: Iterable[PriceEntry], regions: Sequence[str]) -> PriceEntry | None:
    """The entry that has the price."""
    fitting = [
        entry
        for entry in entries
        if entry.product_id == bought.product.pk
        and entry.kind in AGREED
        and pack_price(entry.price, entry.units, bought.pack_size) == bought.price
    ]
    return min(fitting, key=lambda entry: (AGREED[entry.kind], regions.index(entry.region_id), entry.pk), default=None)


def _standard(bought: Bought, entries: Iterable[PriceEntry], regions: Sequence[str]) -> PriceEntry | None:
    """The product's own payment standard before its item's, then the narrowest region's."""
    fitting = [
        entry
        for entry in entries
        if entry.kind == _STANDARD
        and entry.item_id == bought.product.item_id
        and entry.product_id in (None, bought.product.pk)
    ]
    return min(fitting, key=lambda entry: (entry.product_id is None, regions.index(entry.region_id)), default=None)
