"""Questions about many events and messages."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q


class EventQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "EventQuerySet":
        """What a seat may read of the trail; without a seat, only what is public."""
        events = self.model.Audience
        if seat is None:
            return self.filter(audience=events.PUBLIC)
        if seat.reads_the_trail:
            return self.all()
        seen = Q(audience=events.PUBLIC) | Q(organisations__contains=[seat.organisation_id])
        if seat.of_the_agency:
            seen |= Q(audience=events.AGENCY)
        return self.filter(seen)

    def about(self, *subjects: str) -> "EventQuerySet":
        return self.filter(subject__in=subjects)


class OutboxQuerySet(models.QuerySet[Any]):
    def waiting(self, now: datetime) -> "OutboxQuerySet":
        return self.filter(delivered_at__isnull=True, due_at__lte=now).order_by("due_at")
