"""Questions about many events and messages."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q


def along(model: Any, path: str) -> Any:
    """The model at the end of a path of relations, ``tender__openers``: so a queryset asks about other tables without
    importing them, because models import their querysets."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def holding(day: date) -> Q:
    """Rows that hold on a day: from ``valid_from`` to ``valid_to``, which is open where it is empty."""
    return Q(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class EventQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "EventQuerySet":
        """What a seat may read of the trail; without a seat, only what is public."""
        audiences = self.model.Audience
        if seat is None:
            return self.filter(audience=audiences.PUBLIC)
        if seat.reads_the_trail:
            return self.all()
        seen = Q(audience=audiences.PUBLIC) | Q(organisations__overlap=seat.lineage)
        if seat.of_the_agency:
            seen |= Q(audience=audiences.AGENCY)
        return self.filter(seen)

    def about(self, *subjects: str) -> "EventQuerySet":
        """The trail of some things, by their public references."""
        return self.filter(subject__in=subjects)


class OutboxQuerySet(models.QuerySet[Any]):
    def waiting(self, now: datetime) -> "OutboxQuerySet":
        """What is due and not delivered, the longest due first."""
        return self.filter(delivered_at__isnull=True, due_at__lte=now).order_by("due_at")
