"""Questions about listings, and about whom hospitals are committed to buy of."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.permissions import Permission
from catalogue.querysets.as_of import ListedThen, read_by
from core.querysets import along, holding


class ListingQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ListingQuerySet":
        """What was listed, to everybody; what is applied for, to its supplier, the agency and auditors. The policy of
        the table says the same."""
        public = Q(status__in=("listed", "suspended", "delisted"))
        if seat is None:
            return self.filter(public)
        if seat.of_the_agency or seat.reads_the_trail:
            return self.all()
        return self.filter(public | Q(supplier__in=seat.lineage))

    def open(self) -> "ListingQuerySet":
        """Applications that wait for an answer, of the agency or of their supplier."""
        return self.filter(status__in=("applied", "asked", "reviewed"))

    def for_list(self) -> "ListingQuerySet":
        """With all that a list says of a listing: also since when it stands as it does."""
        steps = along(self.model, "steps").objects.filter(listing=OuterRef("pk")).order_by("-pk")
        shown = self.select_related("product__item", "product__maker", "supplier", "region")
        return shown.annotate(stands_since=Subquery(steps.values("taken_at")[:1]))

    def waiting_for(self, seat: Any) -> "ListingQuerySet":
        """Applications that wait for this seat: for a reviewer, for a second person, for an answer of their supplier.
        The oldest first."""
        mine = Q(pk__in=[])
        if seat.may(Permission.REVIEW_LISTING):
            mine |= Q(status="applied")
        if seat.may(Permission.LIST_PRODUCT):
            mine |= Q(status="reviewed") & ~Q(reviewed_by__person=seat.person_id)
        if seat.may(Permission.APPLY_FOR_LISTING):
            mine |= Q(status="asked", supplier__in=seat.lineage)
        return self.visible_to(seat).filter(mine).order_by("applied_at", "pk")

    def in_force(self, day: date) -> "ListingQuerySet":
        """Listings that have begun by a day and are listed now."""
        return self.filter(status="listed", valid_from__lte=day)

    def as_of(self, day: date, seat: Any) -> "ListingQuerySet":
        """Listings as they stood on a day, and applications of then for who may see applications; ``status`` is that
        of the day."""
        rows = self.with_standing(day).exclude(standing="")
        if not (seat.of_the_agency or seat.reads_the_trail):
            rows = rows.filter(Q(standing__in=("listed", "suspended", "delisted")) | Q(supplier__in=seat.lineage))
        return read_by(rows, ListedThen)

    def with_standing(self, day: date) -> "ListingQuerySet":
        """Adds ``standing`` and ``standing_reason``: how a listing stood on a day, by its last step until then; empty
        before its first one."""
        steps = along(self.model, "steps").objects.filter(listing=OuterRef("pk"), day__lte=day).order_by("-pk")
        return self.annotate(
            standing=Coalesce(Subquery(steps.values("status")[:1]), Value("")),
            standing_reason=Coalesce(Subquery(steps.values("reason")[:1]), Value("")),
        )


class SingleSourceQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "SingleSourceQuerySet":
        """Whoever reads the catalogue reads of whom is bought."""
        return self

    def in_force(self, day: date) -> "SingleSourceQuerySet":
        return self.filter(holding(day))
