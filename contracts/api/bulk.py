"""Endpoints that do for several orders or deliveries what those beside them do for one."""

from django.urls import path

from accounts.permissions import Permission
from contracts.api.deliveries import AcceptDelivery, SendDelivery
from contracts.api.orders import ApproveOrder, ConfirmOrder, Orders
from core.api import Several, rows_of


class PlaceOrders(Several):
    """Place several orders, of one contract or many; one that is refused leaves the others placed."""

    permissions = {"POST": (Permission.PLACE_ORDER,)}
    one = Orders
    takes, gives = rows_of(Orders, named=False)
    example = {"rows": [{"contract": "C-2026-0001", "own_number": "PO-118842", "lines": [{"line": 1, "packs": 100}]}]}


class ApproveOrders(Several):
    """Release several orders to their deliverers."""

    permissions = ApproveOrder.permissions
    one = ApproveOrder
    takes, gives = rows_of(ApproveOrder)
    example = {"rows": [{"reference": "O-2026-0014"}, {"reference": "O-2026-0015"}]}


class ConfirmOrders(Several):
    """Promise several orders, each whole or by line."""

    permissions = ConfirmOrder.permissions
    one = ConfirmOrder
    takes, gives = rows_of(ConfirmOrder)
    example = {
        "rows": [{"reference": "O-2026-0014"}, {"reference": "O-2026-0015", "lines": [{"line": 1, "packs": 80}]}]
    }


class SendDeliveries(Several):
    """Send a delivery for each of several orders."""

    permissions = SendDelivery.permissions
    one = SendDelivery
    takes, gives = rows_of(SendDelivery)
    example = {"rows": [{"reference": "O-2026-0014", **SendDelivery.example}]}


class AcceptDeliveries(Several):
    """Give the verdicts on several deliveries; each row answers with what is owed for it."""

    permissions = AcceptDelivery.permissions
    one = AcceptDelivery
    takes, gives = rows_of(AcceptDelivery)
    example = {"rows": [{"reference": "D-2026-0007", **AcceptDelivery.example}]}


urlpatterns = [
    path("bulk/orders/", PlaceOrders.as_view(), name="api-place-orders"),
    path("bulk/orders/approve/", ApproveOrders.as_view(), name="api-approve-orders"),
    path("bulk/orders/confirm/", ConfirmOrders.as_view(), name="api-confirm-orders"),
    path("bulk/orders/deliver/", SendDeliveries.as_view(), name="api-send-deliveries"),
    path("bulk/deliveries/accept/", AcceptDeliveries.as_view(), name="api-accept-deliveries"),
]
