"""Questions about shortages, substitutes and designated production."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q, Value

from catalogue.querysets.as_of import ShortThen, read_by
from core.querysets import holding


class ShortageQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ShortageQuerySet":
        """What is verified is public to every seat; a report is seen by its reporter, the agency and auditors."""
        if seat.of_the_agency or seat.reads_the_trail:
            return self
        return self.filter(Q(status__in=("verified", "over")) | Q(reporter__in=seat.lineage))

    def in_force(self, day: date) -> "ShortageQuerySet":
        """Verified shortages that hold on a day."""
        return self.filter(holding(day), status__in=("verified", "over"))

    def as_of(self, day: date) -> "ShortageQuerySet":
        """What was short on a day, as it stood then: an end that was recorded later is not told."""
        return read_by(self.in_force(day).annotate(on_day=Value(day, models.DateField())), ShortThen)

    def around(self, region: Any) -> "ShortageQuerySet":
        """Those of a region and of the regions that it lies in."""
        return self.filter(region__in=region.around)

    def of_product(self, product: Any) -> "ShortageQuerySet":
        """Those that hold for a product: its own, and those of its item of every maker."""
        return self.filter(Q(product=None) | Q(product=product), item=product.item_id)

    def of_items(self, items: Collection[int]) -> "ShortageQuerySet":
        return self.filter(item__in=items)

    def by_product(self, products: Collection[Any], region: Any, day: date) -> dict[int, Any]:
        """What is short on a day in a region, or around it, of some products: its shortage by the product's primary
        key, the product's own before that of its item."""
        found = self.in_force(day).around(region).of_items({product.item_id for product in products})
        short = {(one.item_id, one.product_id): one for one in found.order_by("-pk")}
        held = {one.pk: short.get((one.item_id, one.pk)) or short.get((one.item_id, None)) for one in products}
        return {number: one for number, one in held.items() if one}

    def waiting(self) -> "ShortageQuerySet":
        """Reports that the agency has not decided, the oldest first."""
        return self.filter(status="reported").order_by("reported_at", "pk")

    def for_list(self) -> "ShortageQuerySet":
        return self.select_related("item", "product__maker", "product__item", "region", "reporter")


class SubstituteQuerySet(models.QuerySet[Any]):
    def standing(self, at: datetime | None = None) -> "SubstituteQuerySet":
        """Those that stand, or that stood at an instant."""
        stood = (
            Q(withdrawn_at=None) if at is None else Q(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at), named_at__lte=at)
        )
        return self.filter(stood).select_related("item", "product__maker", "product__item", "shortage__item")


class DesignatedProductionQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "DesignatedProductionQuerySet":
        """Public to every seat."""
        return self

    def in_force(self, day: date) -> "DesignatedProductionQuerySet":
        return self.filter(holding(day))

    def for_list(self) -> "DesignatedProductionQuerySet":
        return self.select_related("item", "maker", "region")
