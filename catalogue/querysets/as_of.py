"""What the catalogue held on a day: items by the names that they had then, listings and shortages as they stood."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.db.models.query import ModelIterable

from catalogue.rules import identity_keys
from core.clock import legal_date
from core.querysets import along


class AsThen(ModelIterable):
    """Items with what their version of the day says in place of what they are now; for reading, never to be saved."""

    def __iter__(self) -> Iterator[Any]:
        for item in super().__iter__():
            if was := item.__dict__.pop("was", None):
                item.__dict__ |= was | identity_keys(was["name"], was["strength"], was["form"])
            yield item


class ListedThen(ModelIterable):
    """Listings with the status of the day (``standing``); for reading, never to be saved."""

    def __iter__(self) -> Iterator[Any]:
        for listing in super().__iter__():
            listing.status = listing.standing
            yield listing


class ShortThen(ModelIterable):
    """Shortages that hold on a day (``on_day``) as they stood on it: verified, an end unknown that came later."""

    def __iter__(self) -> Iterator[Any]:
        for shortage in super().__iter__():
            shortage.status = shortage.Status.VERIFIED
            if shortage.ended_at and legal_date(shortage.ended_at) > shortage.on_day:
                shortage.valid_to = shortage.ended_at = shortage.ended_by = None
                shortage.end_reason = ""
            yield shortage


def read_by(rows: QuerySet, kind: type[ModelIterable]) -> Any:
    """The rows, read as that kind of theirs says."""
    rows._iterable_class = kind
    return rows


def named_on(items: QuerySet, day: date) -> QuerySet:
    """Items as they were called on a day, whether the catalogue had them then or not; still one query."""
    versions = along(items.model, "versions")
    kept = {field.name for field in versions._meta.concrete_fields} - {"id"}
    names = [field.name for field in items.model._meta.concrete_fields if field.name in kept]
    was = versions.objects.filter(item=OuterRef("pk"), valid_to__gte=day).order_by("number")
    found = items.annotate(was=Subquery(was.values(said=JSONObject(**{name: name for name in names}))[:1]))
    return read_by(found, AsThen)


def here_on(items: QuerySet, day: date) -> QuerySet:
    """Items that the catalogue had on a day, or that had a product then, as was learnt later."""
    versions = along(items.model, "products__versions").objects.filter(
        product__item=OuterRef("pk"), valid_from__lte=day
    )
    return items.filter(Q(added_on=None) | Q(added_on__lte=day) | Exists(versions))


def version_of(day: date) -> Q:
    """Versions of products that held on a day; of which no first day is known, since the catalogue has the product."""
    since = Q(product__added_on=None) | Q(product__added_on__lte=day)
    return Q(Q(valid_to=None) | Q(valid_to__gte=day), Q(valid_from__lte=day) | Q(since, valid_from=None))
