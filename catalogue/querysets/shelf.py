"""Questions about what suppliers have on their shelves."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.rules import WARNED_AHEAD


class ShelfQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ShelfQuerySet":
        """A supplier reads its own shelf; the agency and auditors read all. Files stay in the database."""
        all_of_them = seat.of_the_agency or seat.reads_the_trail
        return self.defer("document") if all_of_them else self.defer("document").filter(supplier__in=seat.lineage)

    def standing(self) -> "ShelfQuerySet":
        """What was not taken off the shelf."""
        return self.filter(withdrawn_at=None)

    def with_products(self) -> "ShelfQuerySet":
        """Fetches whose it is and which products it is about."""
        return self.select_related("supplier").prefetch_related("uses__product__item", "uses__product__maker")

    def about(self, products: Collection[int]) -> "ShelfQuerySet":
        """What is about some products, by primary key, or about a company as a whole."""
        return self.filter(Q(uses__product__in=products) | Q(uses=None)).distinct()

    def ending(self, today: date) -> "ShelfQuerySet":
        """What still stands of which the first warning has come, and of which the last was not given."""
        soon = self.standing().filter(valid_until__lte=today + timedelta(days=WARNED_AHEAD[0]))
        return soon.exclude(warned_days=0).defer("document").order_by("pk")
