"""Questions about what became of national codes."""

from datetime import date
from typing import Any

from django.db import models

from core.querysets import holding


class ProductCodeQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ProductCodeQuerySet":
        """The catalogue is public to every seat."""
        return self

    def in_force(self, day: date) -> "ProductCodeQuerySet":
        """What is said of codes on a day."""
        return self.filter(holding(day))

    def about(self, product: Any, code: str) -> "ProductCodeQuerySet":
        """What was ever said of a product's codes, and of the code that it has; the latest first."""
        found = self.filter(models.Q(product=product) | models.Q(code=code) & ~models.Q(code=""))
        related = found.select_related("product__item", "product__maker", "recorded_by__person")
        return related.order_by("-valid_from", "-pk")

    def for_list(self) -> "ProductCodeQuerySet":
        """With all that a list says."""
        return self.select_related("product__item", "recorded_by__person")

    def said(self, code: str, status: str) -> "ProductCodeQuerySet":
        """The last that was said of a code in one way, taken back or not; one row at most."""
        last = self.model.objects.filter(code=code, status=status).order_by("-valid_from", "-pk").values("pk")[:1]
        return self.filter(pk__in=last)

    def running(self) -> "ProductCodeQuerySet":
        """What has not been taken back."""
        return self.filter(valid_to=None)

    def remapped(self) -> "ProductCodeQuerySet":
        """Codes in whose place others stand."""
        return self.filter(status="remapped")
