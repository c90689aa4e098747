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

    def running(self) -> "ProductCodeQuerySet":
        """What has not been taken back."""
        return self.filter(valid_to=None)

    def remapped(self) -> "ProductCodeQuerySet":
        """Codes in whose place others stand."""
        return self.filter(status="remapped")
