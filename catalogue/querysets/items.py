"""Questions about items, products, prices and imports."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from accounts.permissions import Permission
from catalogue.finding import find_items, find_versions
from catalogue.querysets.as_of import here_on, named_on, version_of
from catalogue.rules import fold, normalise
from core.querysets import along, holding


class ItemQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ItemQuerySet":
        """The catalogue is public to every seat."""
        return self

    def matching(self, text: str) -> "ItemQuerySet":
        """Items that fit every word that a person typed, by themselves or by one of their products: names, pinyin and
        initials, English names, strengths in any unit, codes and approval numbers, makers and brands."""
        return self.filter(find_items(self, text).condition)

    def as_of(self, day: date) -> "ItemQuerySet":
        """What the catalogue had on a day, by the names of that day."""
        return named_on(here_on(self, day), day).with_product_count(day)

    def named_on(self, day: date) -> "ItemQuerySet":
        """The same items by the names that they had on a day."""
        return named_on(self, day)

    def with_product_count(self, day: date | None = None) -> "ItemQuerySet":
        """With the number of products of each, now or on a day."""
        versions = along(self.model, "products__versions").objects
        held = versions.as_of(day) if day else versions.current()
        counted = held.filter(product__item=OuterRef("pk")).order_by().values("product__item")
        counts = counted.annotate(n=models.Count("pk")).values("n")
        return self.annotate(product_count=Coalesce(models.Subquery(counts), 0))

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

    def on_list(self, of_list: Any, day: date) -> "ItemQuerySet":
        """Items that stand on a list on a day, themselves or by a product."""
        entries = along(of_list, "editions__entries").objects.in_force(day)
        return self.filter(Exists(entries.filter(item=OuterRef("pk"), edition__list=of_list)))


class VarietyQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "VarietyQuerySet":
        return self

    def counted(self) -> "VarietyQuerySet":
        """With the number of their items."""
        return self.annotate(item_count=models.Count("items"))

    def standing(self) -> "VarietyQuerySet":
        """Those that have not ended."""
        return self.filter(ended_at=None)

    def matching(self, text: str) -> "VarietyQuerySet":
        """Those whose name or form holds a text, however it is spelt, or of which an item fits it."""
        items = along(self.model, "items").objects.matching(text).order_by().values("variety")
        key = fold(text)
        return self.filter(
            Q(name_key__contains=key) | Q(form_key__contains=key) | Q(reference=normalise(text)) | Q(pk__in=items)
        )

    def for_list(self) -> "VarietyQuerySet":
        """With all that a list says of one."""
        return self.counted().select_related("main_item", "made_by__person", "ended_by__person")


class MakerQuerySet(models.QuerySet[Any]):
    def named(self, name: str) -> "MakerQuerySet":
        """Makers of this name, however spelt, those without a code first."""
        return self.filter(name_key=fold(name)).order_by("code", "pk")


class ProductQuerySet(models.QuerySet[Any]):
    def coded(self, code: str) -> "ProductQuerySet":
        """The product that a national code means, also where another code stands in its place now."""
        return self.filter(Q(key=normalise(code)) | Q(codes__code=normalise(code), codes__valid_to=None)).distinct()

    def with_item(self, day: date | None) -> "ProductQuerySet":
        """With the item of each, by the name that it had on the day, if one is asked for."""
        if day is None:
            return self.select_related("item")
        return self.prefetch_related(models.Prefetch("item", along(self.model, "item").objects.named_on(day)))

    def as_of(self, day: date) -> "ProductQuerySet":
        """Products that the catalogue had on a day, each with its version of that day."""
        versions = along(self.model, "versions").objects.as_of(day)
        held = self.filter(Exists(versions.filter(product=OuterRef("pk"))))
        return held.prefetch_related(models.Prefetch("versions", versions.select_related("holder")))

    def visible_to(self, seat: Any) -> "ProductQuerySet":
        return self


class ProductVersionQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ProductVersionQuerySet":
        return self

    def matching(self, text: str) -> "ProductVersionQuerySet":
        """Versions of the products that fit every word that a person typed, by what they say, said before, or are."""
        return self.filter(find_versions(self, text).condition)

    def as_of(self, day: date) -> "ProductVersionQuerySet":
        """The versions that held on a day."""
        return self.filter(version_of(day))

    def for_list(self, day: date | None = None) -> "ProductVersionQuerySet":
        """Current versions, or those of a day with items by the names of that day, with all that a list says."""
        if day is None:
            return self.current().select_related("product__item", "product__maker")
        items = along(self.model, "product__item").objects.named_on(day)
        return (
            self.as_of(day).select_related("product__maker").prefetch_related(models.Prefetch("product__item", items))
        )

    def current(self) -> "ProductVersionQuerySet":
        return self.filter(valid_to=None)

    def offerable(self) -> "ProductVersionQuerySet":
        """Versions that can be bid and ordered: the pack is known, the code neither disabled nor that of another
        product now, and the product not withdrawn."""
        said = along(self.model, "product__codes").objects.running().filter(code=OuterRef("national_code"))
        out = along(self.model, "product__withdrawals").objects.running().filter(product=OuterRef("product"))
        return self.current().filter(~Exists(said), ~Exists(out), pack_size__isnull=False)

    def on_list(self, of_list: Any, day: date) -> "ProductVersionQuerySet":
        """Versions of products that stand on a list on a day, themselves or by their item."""
        entries = along(of_list, "editions__entries").objects.in_force(day).filter(edition__list=of_list)
        versions = self.model.objects.order_by().values("pk")
        by_item = versions.filter(product__item__in=entries.filter(product=None).order_by().values("item"))
        by_product = versions.filter(product__in=entries.exclude(product=None).order_by().values("product"))
        return self.filter(pk__in=by_item.union(by_product))

    def listed(self, is_listed: bool, day: date) -> "ProductVersionQuerySet":
        """Versions of products that are listed somewhere on a day, or of the others."""
        listings = along(self.model, "product__listings").objects.in_force(day).filter(product=OuterRef("product"))
        return self.filter(Exists(listings) if is_listed else ~Exists(listings))

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
