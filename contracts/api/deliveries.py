"""Endpoints of deliveries and acceptance."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import path
from django.utils import timezone

from accounts.models import Seat
from accounts.permissions import Permission
from contracts import actions
from contracts.api.orders import PRODUCT, orders_of
from contracts.models import Acceptance, Correction, Delivery, Order, Payable
from contracts.serializers import (
    AcceptDeliverySerializer,
    AcceptedSerializer,
    DeliveryDetailSerializer,
    DeliverySerializer,
    SendDeliverySerializer,
    SentDeliverySerializer,
)
from core.api import Act, Endpoint, Listing, Reading, ReasonSerializer


def deliveries_of(seat: Seat) -> QuerySet[Delivery]:
    seen = Delivery.objects.visible_to(seat).with_waiting()
    return seen.select_related("hospital", "deliverer", "order__contract")


class Deliveries(Listing):
    """Deliveries that the seat may read, the newest first."""

    model = Delivery
    permissions = {"GET": (Permission.READ_CONTRACTS,)}
    serializer_class = DeliverySerializer
    filterset_fields = ("own_number", "order__reference", "hospital__credit_code")

    def rows(self) -> QuerySet[Delivery]:
        return deliveries_of(self.seat).order_by("-pk")


class ToldDelivery(Endpoint):
    """Tells of the delivery at the address as it is now, with the verdict that stands on each line."""

    serializer_class = DeliveryDetailSerializer

    def delivery(self) -> Delivery:
        return self.one(deliveries_of(self.seat), reference=self.kwargs["reference"])

    def shape(self, found: Any) -> Any:
        delivery = self.delivery()
        standing = Prefetch("acceptances", Acceptance.objects.standing(), to_attr="standing")
        asked = Prefetch("corrections", Correction.objects.open(timezone.now()), to_attr="asked")
        lines = delivery.lines.select_related("batch", *(f"order_line__{PRODUCT}__{of}" for of in ("item", "maker")))
        lines = lines.prefetch_related(standing, asked)
        delivery.judged_lines = lines.order_by("number")
        return super().shape(delivery)


class OneDelivery(ToldDelivery, Reading):
    """One delivery with its batches."""

    permissions = {"GET": (Permission.READ_CONTRACTS,)}


class SendDelivery(Act):
    """Send batches of a confirmed order."""

    permissions = {"POST": (Permission.DELIVER,)}
    takes, gives, status = SendDeliverySerializer, SentDeliverySerializer, 201
    example = {"lines": [{"line": 1, "batch": "B260301", "expires_on": "2028-02-29", "packs": 100}]}

    def load(self, reference: str) -> Order:
        return self.one(orders_of(self.seat), reference=reference)

    def act(self, order: Order, asked: Any) -> Delivery:
        said = {name: asked.validated_data[name] for name in ("note", "own_number")}
        return actions.send_delivery(order=order, batches=asked.batches, **said, **self.by)


class AcceptDelivery(Act):
    """Give the verdict on some or all lines; answers with what is owed for it."""

    permissions = {"POST": (Permission.ACCEPT_DELIVERY,)}
    fresh = ("POST",)
    takes, gives, status = AcceptDeliverySerializer, AcceptedSerializer, 201
    example = {"lines": [{"line": 1, "accepted": 99, "rejected": 1, "rejection": "damaged"}]}

    def load(self, reference: str) -> Delivery:
        return self.one(deliveries_of(self.seat), reference=reference)

    def act(self, delivery: Delivery, asked: Any) -> dict[str, Any]:
        said = {"verdicts": asked.verdicts, "own_number": asked.validated_data["own_number"]}
        accepted = actions.accept_delivery(delivery=delivery, **said, **self.by)
        owed = Payable.objects.filter(acceptance__in=accepted).select_related("acceptance__line")
        return {"payables": owed.order_by("acceptance__line__number")}


class OfAnAcceptance(ToldDelivery, Act):
    """An act on the verdict that stands on a line."""

    takes = ReasonSerializer
    example = {"reason": "Counted the packs of another delivery."}

    def load(self, reference: str, line: int) -> Acceptance:
        standing = Acceptance.objects.standing().select_related("line__delivery__order__contract")
        return self.one(standing, line__delivery=self.delivery(), line__number=line)


class ReverseAcceptance(OfAnAcceptance):
    """Take back the verdict that stands on a line."""

    permissions = {"POST": (Permission.ACCEPT_DELIVERY,)}
    fresh = ("POST",)

    def act(self, acceptance: Acceptance, asked: Any) -> None:
        actions.reverse_acceptance(acceptance=acceptance, **asked.validated_data, **self.by)


urlpatterns = [
    path("deliveries/", Deliveries.as_view(), name="api-deliveries"),
    path("deliveries/<str:reference>/", OneDelivery.as_view(), name="api-delivery"),
    path("deliveries/<str:reference>/accept/", AcceptDelivery.as_view(), name="api-accept-delivery"),
    path(
        "deliveries/<str:reference>/lines/<int:line>/reverse/",
        ReverseAcceptance.as_view(),
        name="api-reverse-acceptance",
    ),
    path("orders/<str:reference>/deliver/", SendDelivery.as_view(), name="api-send-delivery"),
]
