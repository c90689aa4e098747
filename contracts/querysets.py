"""Questions about contracts, orders, deliveries and money. What a seat may see is decided here."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q

from accounts.permissions import OrganisationKind

DUE_SOON = timedelta(days=7)


def _reads_everything(seat: Any) -> bool:
    return bool(seat.of_the_agency or seat.reads_the_trail or seat.organisation.kind == OrganisationKind.PAYER)


class ContractQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ContractQuerySet":
        """The parties: agency, supplier, deliverer, and hospitals with an agreed volume."""
        if _reads_everything(seat):
            return self
        if seat.organisation.kind == OrganisationKind.HOSPITAL:
            from contracts.models import AgreedVolume

            mine = AgreedVolume.objects.filter(hospital=seat.organisation_id).values("line__contract")
            return self.filter(pk__in=mine)
        return self.filter(Q(supplier=seat.organisation_id) | Q(deliverer=seat.organisation_id))

    def open_for_orders(self, today: date) -> "ContractQuerySet":
        return self.filter(status=self.model.Status.SIGNED, starts_on__lte=today, ends_on__gte=today)


class ContractLineQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ContractLineQuerySet":
        from contracts.models import Contract

        return self.filter(contract__in=Contract.objects.visible_to(seat))


class AgreedVolumeQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "AgreedVolumeQuerySet":
        """A hospital reads its own volumes; supplier and deliverer those of their contracts."""
        if _reads_everything(seat):
            return self
        if seat.organisation.kind == OrganisationKind.HOSPITAL:
            return self.filter(hospital=seat.organisation_id)
        own = Q(line__contract__supplier=seat.organisation_id) | Q(line__contract__deliverer=seat.organisation_id)
        return self.filter(own)

    def orderable(self, today: date) -> "AgreedVolumeQuerySet":
        return self.filter(
            line__contract__status="signed",
            line__contract__starts_on__lte=today,
            line__contract__ends_on__gte=today,
        )


class _PartiesQuerySet(models.QuerySet[Any]):
    """Rows with a hospital and a deliverer, of a contract with a supplier."""

    supplier_path = "contract__supplier"

    def visible_to(self, seat: Any) -> "_PartiesQuerySet":
        if _reads_everything(seat):
            return self
        mine = seat.organisation_id
        return self.filter(Q(hospital=mine) | Q(deliverer=mine) | Q(**{self.supplier_path: mine}))


class OrderQuerySet(_PartiesQuerySet):
    pass


class OrderLineQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "OrderLineQuerySet":
        from contracts.models import Order

        return self.filter(order__in=Order.objects.visible_to(seat))


class DeliveryQuerySet(_PartiesQuerySet):
    supplier_path = "order__contract__supplier"

    def waiting(self) -> "DeliveryQuerySet":
        """Deliveries with a batch on which the hospital has not given its verdict."""
        from contracts.models import DeliveryLine

        return self.filter(pk__in=DeliveryLine.objects.filter(acceptances=None).values("delivery"))


class PayableQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "PayableQuerySet":
        if _reads_everything(seat):
            return self
        return self.filter(Q(supplier=seat.organisation_id) | Q(hospital=seat.organisation_id))

    def with_open_amount(self) -> "PayableQuerySet":
        """Adds ``open``: what is still to be paid."""
        return self.annotate(open=F("amount") - F("reversed") - F("paid"))

    def unpaid(self) -> "PayableQuerySet":
        return self.filter(paid__lt=F("amount") - F("reversed"))

    def overdue(self, today: date) -> "PayableQuerySet":
        return self.unpaid().filter(due_on__lt=today)

    def due_soon(self, today: date) -> "PayableQuerySet":
        return self.unpaid().filter(due_on__range=(today, today + DUE_SOON))


class PaymentQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "PaymentQuerySet":
        if _reads_everything(seat):
            return self
        return self.filter(supplier=seat.organisation_id)
