"""Shape and validation of what people enter about contracts, orders and deliveries."""

from contracts.forms.contracts import DelivererForm, LastDayForm, ReasonForm, TermsForm
from contracts.forms.deliveries import BatchForm, ExpiryForm, LaterArrivalForm, VerdictForm
from contracts.forms.orders import ClosingForm, ConfirmForm, OrderForm
from contracts.forms.payers import PayeeForm, PayerForm

__all__ = [
    "BatchForm",
    "ClosingForm",
    "ConfirmForm",
    "DelivererForm",
    "ExpiryForm",
    "LastDayForm",
    "LaterArrivalForm",
    "OrderForm",
    "PayeeForm",
    "PayerForm",
    "ReasonForm",
    "TermsForm",
    "VerdictForm",
]
