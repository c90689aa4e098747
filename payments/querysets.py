"""Questions about payments. What a seat may see is decided here."""

from typing import Any

from django.db import models
from django.db.models import Q

from contracts.querysets import reads_everything


class PaymentQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "PaymentQuerySet":
        if reads_everything(seat):
            return self
        return self.filter(Q(payee__in=seat.lineage) | Q(payer__in=seat.lineage))

    def of_order(self, reference: str) -> "PaymentQuerySet":
        """Payments that settled something of what an order owed."""
        return self.filter(lines__payable__acceptance__line__delivery__order__reference=reference).distinct()
