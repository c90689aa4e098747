"""Questions about items, products, prices and imports."""

import re
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.permissions import Permission
from catalogue.rules import fold, normalise
from catalogue.rules.before import KnownPrice, price_before
from core.clock import legal_date
from core.querysets import along, holding

_CODE = re.compile(r"[XZTC][A-Z0-9]{2,26}")
_APPROVAL = re.compile(r"国药准字|[HZS]C?[0-9]{8}|.{1,3}械[注备]")


class ItemQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ItemQuerySet":
        """The catalogue is public to every seat."""
        return self

    def matching(self, text: str) -> "ItemQuerySet":
        """Items whose name, pinyin, initials, strength, code or approval number fit every word that a person typed."""
        words = text.split()
        if len(words) > 1 and "".join(words).isascii() and "".join(words).isalpha():
            words = ["".join(words)]  # pinyin typed syllable by syllable
        items = self
        for word in words:
            first, *others = self._holding(word)
            items = items.filter(pk__in=first.union(*others))
        return items

    def _holding(self, word: str) -> list[QuerySet]:
        """Where a word may stand. Each place is asked by itself: an index answers one condition, not five with OR."""
        items = self.model.objects.order_by().values("pk")
        lower, code = word.lower(), normalise(word)
        found = [items.filter(name__icontains=word)]
        if word.isascii():
            found += [items.filter(pinyin__contains=lower), items.filter(initials__contains=lower)]
        if word[0].isdigit():
            found.append(items.filter(strength__icontains=word))
        if _CODE.fullmatch(code):
            found.append(items.filter(code_prefix__startswith=code))
            found.append(items.filter(products__versions__national_code__startswith=code))
        if _APPROVAL.match(code):
            found.append(items.filter(products__versions__approval_number__startswith=code))
        return found

    def of_maker(self, name: str) -> "ItemQuerySet":
        """Items of which a maker whose name or code holds ``name`` has a product."""
        products = self.model._meta.get_field("products").related_model.objects
        fits = Q(maker__name__icontains=name) | Q(maker__code=name)
        return self.filter(Exists(products.filter(fits, item=OuterRef("pk"))))

    def ready(self) -> "ItemQuerySet":
        """Items that say all that their kind needs before anybody can ask for them."""
        return self.exclude(base_unit="").exclude(strength="")

    def unready(self) -> "ItemQuerySet":
        """Items that lack something."""
        return self.filter(Q(base_unit="") | Q(strength=""))

    def with_price(self, has_price: bool, day: date, seat: Any) -> "ItemQuerySet":
        """Items with, or without, any price in force on a day that the seat may see."""
        prices = self.model._meta.get_field("prices").related_model.objects
        priced = Exists(prices.visible_to(seat).in_force(day).filter(item=OuterRef("pk")))
        return self.filter(priced if has_price else ~priced)


class MakerQuerySet(models.QuerySet[Any]):
    def named(self, name: str) -> "MakerQuerySet":
        """Makers of this name, however spelt, those without a code first."""
        return self.filter(name_key=fold(name)).order_by("code", "pk")


class ProductQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ProductQuerySet":
        return self


class ProductVersionQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ProductVersionQuerySet":
        return self

    def current(self) -> "ProductVersionQuerySet":
        return self.filter(valid_to=None)

    def offerable(self) -> "ProductVersionQuerySet":
        """Versions that can be bid and ordered: the pack is known."""
        return self.current().filter(pack_size__isnull=False)

    def offered_by(self, organisation: int, day: date, *, dealers: bool) -> "ProductVersionQuerySet":
        """Versions that this organisation, by its primary key, may offer on a day: it makes them, holds the marketing
        authorisation, or is the sole agent; or, with ``dealers``, an authorised dealer.

        What is made by nobody who is registered and has no agent is offered by nobody.
        """
        own = Q(product__maker__organisation=organisation) | Q(holder__organisation=organisation)
        letters = (
            along(self.model, "product__maker__authorisations")
            .objects.in_force(day)
            .filter(
                Q(product=None) | Q(product=models.OuterRef("product")),
                Q(maker=models.OuterRef("product__maker")) | Q(maker=models.OuterRef("holder")),
                supplier=organisation,
            )
        )
        if not dealers:
            letters = letters.filter(kind="sole_agent")
        return self.filter(own | models.Exists(letters))


class AuthorisationQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "AuthorisationQuerySet":
        return self

    def in_force(self, day: date) -> "AuthorisationQuerySet":
        return self.filter(holding(day))

    def of_product(self, product: Any) -> "AuthorisationQuerySet":
        """Those by which others may offer a product: of its maker or of whoever holds it."""
        holders = Q(maker=product.maker_id) | Q(maker__in=product.versions.current().values("holder"))
        return self.filter(holders, Q(product=None) | Q(product=product)).select_related("supplier")


class OwnCodeQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "OwnCodeQuerySet":
        """An organisation reads its own, and those of whom it has succeeded."""
        return self.filter(organisation__in=seat.lineage)


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

    def for_list(self) -> "PriceEntryQuerySet":
        """With all that a list says of an entry."""
        return self.select_related("item", "product__maker", "region")

    def prices_before(self, items: Collection[Any], region: Any, day: date) -> dict[int, Decimal]:
        """What one base unit of each item costs in a region on a day, by primary key of the item, where known: the
        price before a tender of it, which is published, so that hidden prices say nothing."""
        known: dict[int, list[KnownPrice]] = defaultdict(list)
        for entry in self.visible_to(None).in_force(day).filter(item__in=items, region=region):
            known[entry.item_id].append(KnownPrice(entry.kind, entry.price, entry.units, entry.product_id is not None))
        found = {item: price_before(prices) for item, prices in known.items()}
        return {item: price for item, price in found.items() if price}


class CatalogueImportQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "CatalogueImportQuerySet":
        """Whoever may import reads all imports. The files themselves are left in the database."""
        may = seat.may(Permission.IMPORT_CATALOGUE) or seat.may(Permission.RECORD_PRICE)
        return self.defer("content") if may else self.none()

    def undecided(self) -> "CatalogueImportQuerySet":
        """Files that have been read and wait for somebody to merge or discard them."""
        return self.filter(status__in=("faulty", "ready"))

    def merged_before(self, batch: Any) -> "CatalogueImportQuerySet":
        """Merged imports of the very same file, the latest first."""
        same = self.filter(sha256=batch.sha256, merged_at__isnull=False).exclude(pk=batch.pk)
        return same.defer("content").order_by("-merged_at")


class StagedRowQuerySet(models.QuerySet[Any]):
    def faulty(self) -> "StagedRowQuerySet":
        return self.filter(effect=self.model.Effect.FAULTY)
