"""Questions about what suppliers have on their shelves, and what is proposed to change in the catalogue."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.permissions import Permission


class ShelfQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ShelfQuerySet":
        """A supplier reads its own shelf; the agency and auditors read all. Files stay in the database."""
        all_of_them = seat.of_the_agency or seat.reads_the_trail
        return self.defer("document") if all_of_them else self.defer("document").filter(supplier__in=seat.lineage)

    def standing(self) -> "ShelfQuerySet":
        """What was not taken off the shelf."""
        return self.filter(withdrawn_at=None)

    def about(self, products: Collection[int]) -> "ShelfQuerySet":
        """What is about some products, by primary key, or about a company as a whole."""
        return self.filter(Q(uses__product__in=products) | Q(uses=None))


class ProposalQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ProposalQuerySet":
        """Whoever proposed reads its own; who keeps the catalogue, and auditors, read all. Papers are left out."""
        if seat.may(Permission.IMPORT_CATALOGUE) or seat.reads_the_trail:
            return self.defer("document")
        return self.defer("document").filter(organisation__in=seat.lineage)

    def waiting_for(self, seat: Any) -> "ProposalQuerySet":
        """What waits for this seat: what is submitted for an officer, what was asked back for who proposed."""
        if seat.may(Permission.IMPORT_CATALOGUE):
            return self.filter(status="submitted")
        return self.filter(status="returned", organisation__in=seat.lineage)
