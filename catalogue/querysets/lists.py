"""Questions about lists, their editions and entries."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from accounts.permissions import Permission
from catalogue.rules.lists import ENTRY_FIELDS
from core.clock import end_of
from core.fields import PriceField
from core.querysets import along, holding


def keeps_lists(seat: Any) -> bool:
    """Whether a seat drafts and reviews editions, so that it sees those in preparation."""
    return bool(seat.may(Permission.KEEP_LISTS))


class CatalogueListQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "CatalogueListQuerySet":
        """The lists are public to every seat; one that has never had an edition is seen by who keeps lists."""
        if keeps_lists(seat):
            return self
        editions = along(self.model, "editions").objects.published()
        return self.filter(Exists(editions.filter(list=OuterRef("pk"))))

    def with_current(self, day: date) -> "CatalogueListQuerySet":
        """The lists that were begun by a day, with ``current``, the primary key of the edition in force on it, its
        reference ``edition``, ``entry_count`` of it, and ``coming``."""
        editions = along(self.model, "editions").objects.filter(list=OuterRef("pk"))
        current, entries = editions.in_force(day), along(self.model, "editions__entries").objects
        counted = entries.filter(edition=OuterRef("current")).order_by().values("edition").annotate(n=Count("pk"))
        coming = editions.published().filter(valid_from__gt=day).order_by("valid_from")
        known = self.filter(begun_at__lt=end_of(day))
        return known.annotate(
            current=Subquery(current.values("pk")[:1]),
            current_title=Subquery(current.values("title")[:1]),
            edition=Subquery(current.values("reference")[:1]),
            since=Subquery(current.values("valid_from")[:1]),
            entry_count=Coalesce(Subquery(counted.values("n")), 0),
            coming=Subquery(coming.values("valid_from")[:1]),
        )


class EditionQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "EditionQuerySet":
        """What is published is public to every seat; who keeps lists sees what is in preparation and was discarded."""
        return self if keeps_lists(seat) else self.published()

    def published(self) -> "EditionQuerySet":
        return self.filter(status="published")

    def in_preparation(self) -> "EditionQuerySet":
        return self.filter(status__in=("draft", "proposed"))

    def in_force(self, day: date) -> "EditionQuerySet":
        return self.published().filter(holding(day))


_NONE = Value(Decimal(0), PriceField())  # no payment standard is 0


class EditionEntryQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "EditionEntryQuerySet":
        if keeps_lists(seat):
            return self
        return self.filter(edition__status="published")

    def in_force(self, day: date) -> "EditionEntryQuerySet":
        """Entries of the editions in force on a day."""
        editions = along(self.model, "edition").objects.in_force(day)
        return self.filter(edition__in=editions.order_by().values("pk"))

    def for_list(self) -> "EditionEntryQuerySet":
        """With all that a list says of an entry."""
        return self.select_related("item", "product__maker", "product__item", "edition__list")

    def of_product(self, product: Any) -> "EditionEntryQuerySet":
        """Entries that hold for a product: its own, and those of its item whoever makes it."""
        return self.filter(Q(product=None) | Q(product=product), item=product.item_id)

    def _like(self, edition: Any) -> QuerySet:
        """The entries of an edition (None: of none) that are of the same thing as each of these."""
        of = Coalesce(OuterRef("product_id"), Value(0))
        entries = self.model.objects.alias(of=Coalesce("product_id", Value(0)))
        return entries.filter(edition=edition, item=OuterRef("item"), of=of)

    def not_in(self, edition: Any) -> "EditionEntryQuerySet":
        """Those whose item or product has no entry in another edition."""
        return self.filter(~Exists(self._like(edition))) if edition else self

    def changed_since(self, edition: Any) -> "EditionEntryQuerySet":
        """Those that say something else of their item or product than another edition; ``was`` is what that says."""
        if not edition:
            return self.none()
        like, said = self._like(edition), JSONObject(**{name: F(name) for name in ENTRY_FIELDS})
        named = [name for name in ENTRY_FIELDS if name != "payment_standard"]
        same = {name: OuterRef(name) for name in named} | {"standard": Coalesce(OuterRef("payment_standard"), _NONE)}
        differing = like.alias(standard=Coalesce("payment_standard", _NONE)).exclude(**same)
        return self.filter(Exists(differing)).annotate(was=Subquery(like.values(said=said)[:1]))
