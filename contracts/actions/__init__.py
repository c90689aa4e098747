"""Everything that changes contracts, orders, deliveries and what is owed and paid.

Rows are locked in one order everywhere, so that nobody waits in a circle: the order or contract itself, then
agreed volumes, then order lines, then payables, each by primary key.
"""

from contracts.actions.contracts import (
    ContractTerms,
    name_deliverer,
    prepare_contract,
    sign_contract,
    terminate_contract,
)
from contracts.actions.deliveries import Batch, Verdict, accept_delivery, reverse_acceptance, send_delivery
from contracts.actions.orders import (
    OrderRow,
    approve_order,
    cancel_order,
    confirm_order,
    place_order,
    place_orders,
    refuse_order,
    send_back_order,
)
from contracts.actions.payments import PaymentRow, record_payment

__all__ = [
    "Batch",
    "ContractTerms",
    "OrderRow",
    "PaymentRow",
    "Verdict",
    "accept_delivery",
    "approve_order",
    "cancel_order",
    "confirm_order",
    "name_deliverer",
    "place_order",
    "place_orders",
    "prepare_contract",
    "record_payment",
    "refuse_order",
    "reverse_acceptance",
    "send_back_order",
    "send_delivery",
    "sign_contract",
    "terminate_contract",
]
