"""Shapes of the API about contracts, orders, deliveries, and who pays whom."""

from contracts.serializers.contracts import (
    ContractDetailSerializer,
    ContractSerializer,
    LastDaySerializer,
    NameDelivererSerializer,
    PrepareContractSerializer,
    VolumeSerializer,
)
from contracts.serializers.deliveries import (
    AcceptDeliverySerializer,
    AcceptedSerializer,
    CorrectExpirySerializer,
    DeliveryDetailSerializer,
    DeliverySerializer,
    LaterArrivalSerializer,
    SendDeliverySerializer,
    SentDeliverySerializer,
)
from contracts.serializers.orders import (
    CloseRestSerializer,
    ConfirmOrderSerializer,
    OrderDetailSerializer,
    OrderSerializer,
    PlacedOrderSerializer,
    PlaceOrderSerializer,
)
from contracts.serializers.payers import (
    PayeeRowSerializer,
    PayerRowSerializer,
    SetPayeeSerializer,
    SetPayerSerializer,
)

__all__ = [
    "AcceptDeliverySerializer",
    "AcceptedSerializer",
    "CloseRestSerializer",
    "ConfirmOrderSerializer",
    "ContractDetailSerializer",
    "ContractSerializer",
    "CorrectExpirySerializer",
    "DeliveryDetailSerializer",
    "DeliverySerializer",
    "LastDaySerializer",
    "LaterArrivalSerializer",
    "NameDelivererSerializer",
    "OrderDetailSerializer",
    "OrderSerializer",
    "PayeeRowSerializer",
    "PayerRowSerializer",
    "PlaceOrderSerializer",
    "PlacedOrderSerializer",
    "PrepareContractSerializer",
    "SendDeliverySerializer",
    "SentDeliverySerializer",
    "SetPayeeSerializer",
    "SetPayerSerializer",
    "VolumeSerializer",
]
