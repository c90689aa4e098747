"""Shape and validation of what people enter about contracts, orders and deliveries."""

from contracts.forms.contracts import DelivererForm, LastDayForm, ReasonForm, TermsForm
from contracts.forms.deliveries import BatchForm, ExpiryForm, LaterArrivalForm, VerdictForm
from contracts.forms.grid import Grid, at_cells
from contracts.forms.orders import ClosingForm, ConfirmForm, OrderForm, OrderUploadForm, read_order
from contracts.forms.payers import PayeeForm, PayerForm

__all__ = [
    "BatchForm",
    "ClosingForm",
    "ConfirmForm",
    "DelivererForm",
    "ExpiryForm",
    "Grid",
    "LastDayForm",
    "LaterArrivalForm",
    "OrderForm",
    "OrderUploadForm",
    "PayeeForm",
    "PayerForm",
    "ReasonForm",
    "TermsForm",
    "VerdictForm",
    "at_cells",
    "read_order",
]
