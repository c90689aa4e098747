"""Questions about items, products and prices."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q


class ItemQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ItemQuerySet":
        """The catalogue is public to every seat."""
        return self

    def matching(self, text: str) -> "ItemQuerySet":
        """Items whose name, pinyin, initials or code fit what a person typed."""
        text = text.strip()
        if not text:
            return self
        lower = text.lower().replace(" ", "")
        fits = Q(name__icontains=text) | Q(pinyin__contains=lower) | Q(initials__contains=lower)
        coded = Q(code_prefix__startswith=text.upper()) | Q(products__versions__national_code__startswith=text.upper())
        return self.filter(pk__in=self.model.objects.filter(fits | coded).values("pk"))


class ProductVersionQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ProductVersionQuerySet":
        return self

    def current(self) -> "ProductVersionQuerySet":
        return self.filter(valid_to=None)

    def offerable(self) -> "ProductVersionQuerySet":
        """Versions that can be bid and ordered: the pack is known."""
        return self.current().filter(pack_size__isnull=False)


class PriceEntryQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "PriceEntryQuerySet":
        return self

    def in_force(self, day: date) -> "PriceEntryQuerySet":
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
