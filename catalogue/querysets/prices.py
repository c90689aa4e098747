"""Questions about the price register and its changes."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Left
from django.utils import timezone

from accounts.permissions import Permission
from catalogue.rules.bands import BANDS
from catalogue.rules.before import KnownPrice, price_before
from catalogue.rules.bounds import KINDS, Bound, tightest
from core.clock import legal_date
from core.querysets import along, holding


class PriceEntryQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "PriceEntryQuerySet":
        """Public prices, and those of which the seat's organisation is a party; the agency and auditors see all.

        Without a seat, only what is public. The policy of the table says the same.
        """
        public = Q(visibility="public") | Q(public_from__lte=legal_date(timezone.now()))
        if seat is None:
            return self.filter(public)
        if seat.of_the_agency or seat.reads_the_trail:
            return self.all()
        return self.filter(public | Q(parties__overlap=seat.lineage))

    def in_force(self, day: date) -> "PriceEntryQuerySet":
        return self.filter(holding(day))

    def asked_for(self, cost: str, region: str) -> "PriceEntryQuerySet":
        """Those by which a base unit costs what the band at ``cost`` holds, of a region by its code, its name or what
        its full name holds; an empty one narrows nothing."""
        prices = self
        if cost:
            low, high = BANDS[cost].low, BANDS[cost].high
            prices = prices if low is None else prices.filter(price__gte=F("units") * Value(low))
            prices = prices if high is None else prices.filter(price__lt=F("units") * Value(high))
        if region:
            named = Q(code=region) | Q(name_en__iexact=region) | Q(full_name__icontains=region)
            regions = along(self.model, "region").objects.filter(named)
            prices = prices.filter(region__in=regions.order_by().values("pk"))
        return prices

    def with_band(self) -> "PriceEntryQuerySet":
        """Adds ``band``, by what stands in addresses: in which of the bands the cost of a base unit lies."""
        under = [(key, band.high) for key, band in BANDS.items() if band.high is not None]
        steps = [models.When(price__lt=F("units") * Value(high), then=Value(key)) for key, high in under]
        return self.annotate(band=models.Case(*steps, default=Value([*BANDS][-1])))

    def as_of(self, day: date) -> "PriceEntryQuerySet":
        """Entries in force on a day, with items by the names that they had then."""
        items = along(self.model, "item").objects.named_on(day)
        apart = self.select_related(None).select_related("product__maker", "region", "hospital")
        return apart.in_force(day).prefetch_related(models.Prefetch("item", items))

    def for_list(self) -> "PriceEntryQuerySet":
        """With all that a list says of an entry."""
        return self.select_related("item", "product__maker", "region", "hospital")

    def with_standard(self, seat: Any, day: date) -> "PriceEntryQuerySet":
        """Adds ``standard`` and ``standard_units``: the payment standard of the same thing, in force on a day in the
        entry's region, which a seat may see; the product's own before its item's, then the narrowest region's."""
        region, outer = models.OuterRef("region"), models.OuterRef
        around = Q(region=region) | Q(region=Concat(Left(region, 4), Value("00")))
        around |= Q(region=Concat(Left(region, 2), Value("0000")))
        standards = self.model.objects.visible_to(seat).in_force(day).filter(around, kind="payment_standard")
        same = standards.filter(Q(product=None) | Q(product=outer("product")), item=outer("item"))
        first = same.order_by(F("product").asc(nulls_last=True), "-region")
        return self.annotate(
            standard=Subquery(first.values("price")[:1]), standard_units=Subquery(first.values("units")[:1])
        )

    def of_product(self, product: Any) -> "PriceEntryQuerySet":
        """The product's own prices, and those of its item for whichever maker."""
        return self.filter(Q(product=product) | Q(product=None), item=product.item_id)

    def narrowest(self, region: Any, day: date, *, kinds: Iterable[str]) -> "PriceEntryQuerySet":
        """Of each kind and thing the one entry that holds on a day in a region: among those of the region itself and
        of the regions that it lies in (GB/T 2260), that of the narrowest. Hospitals' own agreements are not asked."""
        around = self.in_force(day).filter(region__in=region.around, kind__in=list(kinds), hospital=None)
        # Codes of nested regions are in the order of their depth: 420000, 420100, 420102.
        return around.order_by("item_id", "product_id", "kind", "-region_id").distinct("item_id", "product_id", "kind")

    def prices_in_force(
        self, kinds: Iterable[str], region: Any, day: date, *, products: Iterable[tuple[int, int]]
    ) -> dict[tuple[int, str], Any]:
        """By product and kind, the entry that says what holds for each of many products in a region on a day: its own
        where there is one, else that of its item. ``products`` are pairs of product and item, by primary keys.
        """
        asked = dict(products)
        found = self.narrowest(region, day, kinds=kinds).filter(item__in=set(asked.values()))
        own: dict[tuple[int, str], Any] = {}
        of_item: dict[tuple[int, str], Any] = {}
        for entry in found.filter(Q(product=None) | Q(product__in=asked)):
            if entry.product_id is None:
                of_item[entry.item_id, entry.kind] = entry
            else:
                own[entry.product_id, entry.kind] = entry
        for product, item in asked.items():
            for kind in kinds:
                if (product, kind) not in own and (item, kind) in of_item:
                    own[product, kind] = of_item[item, kind]
        return own

    def bounds(self, region: Any, day: date, *, products: Iterable[tuple[int, int]]) -> dict[int, Bound]:
        """By product, the guide price or unified price that says most of what may be asked for it in a region on a day.

        Published or not, it binds: so this is asked by acts and is no answer to whoever asks.
        """
        found: dict[int, list[Bound]] = defaultdict(list)
        for (product, _kind), entry in self.prices_in_force(KINDS, region, day, products=products).items():
            found[product].append(entry.bound)
        return {product: bound for product, some in found.items() if (bound := tightest(some))}

    def bounds_of_items(self, items: Collection[int], region: Any, day: date) -> dict[int, Bound]:
        """By item, what is said of it for whichever maker; where nothing is, the loosest of its products' bounds, above
        which every one of them is forbidden."""
        own: dict[int, list[Bound]] = defaultdict(list)
        of_products: dict[int, list[Bound]] = defaultdict(list)
        for entry in self.narrowest(region, day, kinds=KINDS).filter(item__in=items):
            (own if entry.product_id is None else of_products)[entry.item_id].append(entry.bound)
        binding = {item: [one for one in some if one.binds] for item, some in of_products.items()}
        loosest = {item: max(some, key=lambda one: one.per_unit) for item, some in binding.items() if some}
        found = loosest | {item: bound for item, some in own.items() if (bound := tightest(some))}
        apart = [item for item in items if item not in found or found[item].strength != "unified"]
        return found | self._of_varieties(apart, region, day)

    def _of_varieties(self, items: Collection[int], region: Any, day: date) -> dict[int, Bound]:
        """The one national price of its variety, by item: one that came into it afterwards has none of its own."""
        of = along(self.model, "item").objects.filter(pk__in=items, variety__main_item__isnull=False)
        mains = dict(of.values_list("pk", "variety__main_item"))
        held = self.narrowest(region, day, kinds=["unified"]).filter(item__in=set(mains.values()), product=None)
        by_main = {entry.item_id: entry.bound for entry in held}
        return {item: by_main[main] for item, main in mains.items() if main in by_main}

    def prices_before(self, items: Collection[Any], region: Any, day: date) -> dict[int, Decimal]:
        """What one base unit of each item costs in a region on a day, by primary key of the item, where known: the
        price before a tender of it, which is published, so that hidden prices say nothing."""
        known: dict[int, list[KnownPrice]] = defaultdict(list)
        for entry in self.visible_to(None).in_force(day).filter(item__in=items, region=region):
            known[entry.item_id].append(KnownPrice(entry.kind, entry.price, entry.units, entry.product_id is not None))
        found = {item: price_before(prices) for item, prices in known.items()}
        return {item: price for item, price in found.items() if price}


class PriceChangeQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "PriceChangeQuerySet":
        """The agency and auditors: what is proposed is not yet, and may stay hidden when it is."""
        return self.all() if seat.of_the_agency or seat.reads_the_trail else self.none()

    def with_people(self) -> "PriceChangeQuerySet":
        parts = ("person", "organisation")
        return self.select_related(*(f"{act}_by__{part}" for act in ("proposed", "decided") for part in parts))

    def waiting_for(self, seat: Any) -> "PriceChangeQuerySet":
        """What another person has proposed and this one may confirm, and what this one is asked back about."""
        if not seat.may(Permission.RECORD_PRICE):
            return self.none()
        others = Q(status="proposed") & ~Q(proposed_by__person=seat.person_id)
        return self.visible_to(seat).filter(others | Q(status="returned", proposed_by__person=seat.person_id))


class PriceLineQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "PriceLineQuerySet":
        return self.all() if seat.of_the_agency or seat.reads_the_trail else self.none()

    def for_list(self) -> "PriceLineQuerySet":
        """With all that a list says of a line, and the price that holds before it."""
        return self.select_related("item", "product__maker", "region", "hospital", "ends", "entry").annotate(
            held=models.Subquery(self._held("price")), held_units=models.Subquery(self._held("units"))
        )

    def _held(self, column: str) -> Any:
        """Of the entry of the same thing that began last before the line does."""
        entries = self.model._meta.get_field("entry").related_model.objects
        outer, nobody = models.OuterRef, models.Value(0, models.BigIntegerField())
        same = entries.annotate(of=Coalesce("product", nobody)).filter(
            of=Coalesce(outer("product"), nobody),
            item=outer("item"),
            kind=outer("kind"),
            region=outer("region"),
            hospital=None,
            valid_from__lt=outer("valid_from"),
        )
        return same.order_by("-valid_from").values(column)[:1]
