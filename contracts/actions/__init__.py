"""Everything that changes contracts, orders, deliveries and what is owed.

Rows are locked in one order everywhere, so that nobody waits in a circle: the order or contract itself, then
agreed volumes, then order lines, then payables, each by primary key.
"""

from contracts.actions.agreements import take_up_listings
from contracts.actions.closing import close_after_latest_arrival, close_rest, is_late
from contracts.actions.contracts import (
    ContractTerms,
    check_voiding,
    prepare_contract,
    sign_contract,
    terminate_contract,
    void_contract,
)
from contracts.actions.corrections import (
    ANSWERED_WITH,
    approve_correction,
    ask_later_arrival,
    ask_reversal,
    correct_expiry,
    decline_correction,
    withdraw_correction,
)
from contracts.actions.debts import settle_debts
from contracts.actions.deliveries import Batch, Verdict, accept_delivery, send_delivery
from contracts.actions.distribution import (
    Deliverers,
    DistributionTerms,
    end_distribution,
    name_deliverer,
)
from contracts.actions.orders import (
    approve_order,
    cancel_order,
    confirm_order,
    place_order,
    place_orders,
    refuse_order,
    send_back_order,
)
from contracts.actions.payers import PayeeTerms, PayerTerms, end_payee, end_payer, set_payee, set_payer
from contracts.actions.planning import OrderRow, Plan, PlannedOrder, plan_orders
from contracts.actions.pricing import Prices
from contracts.actions.reversals import is_overdue, reverse_acceptance
from contracts.actions.successions import succeed

__all__ = [
    "ANSWERED_WITH",
    "Batch",
    "ContractTerms",
    "Deliverers",
    "DistributionTerms",
    "OrderRow",
    "PayeeTerms",
    "PayerTerms",
    "Plan",
    "PlannedOrder",
    "Prices",
    "Verdict",
    "accept_delivery",
    "approve_correction",
    "approve_order",
    "ask_later_arrival",
    "ask_reversal",
    "cancel_order",
    "check_voiding",
    "close_after_latest_arrival",
    "close_rest",
    "confirm_order",
    "correct_expiry",
    "decline_correction",
    "end_distribution",
    "end_payee",
    "end_payer",
    "is_late",
    "is_overdue",
    "name_deliverer",
    "place_order",
    "place_orders",
    "plan_orders",
    "prepare_contract",
    "refuse_order",
    "reverse_acceptance",
    "send_back_order",
    "send_delivery",
    "set_payee",
    "set_payer",
    "settle_debts",
    "sign_contract",
    "succeed",
    "take_up_listings",
    "terminate_contract",
    "void_contract",
    "withdraw_correction",
]
