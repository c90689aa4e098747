"""Shape and validation of what people enter about contracts, orders and deliveries."""

from contracts.forms.contracts import DelivererForm, ReasonForm, TermsForm
from contracts.forms.deliveries import BatchForm, ExpiryForm, LaterArrivalForm, VerdictForm
from contracts.forms.grid import Grid, at_cells
from contracts.forms.orders import ConfirmForm, OrderForm, OrderUploadForm, read_order

__all__ = [
    "BatchForm",
    "ConfirmForm",
    "DelivererForm",
    "ExpiryForm",
    "Grid",
    "LaterArrivalForm",
    "OrderForm",
    "OrderUploadForm",
    "ReasonForm",
    "TermsForm",
    "VerdictForm",
    "at_cells",
    "read_order",
]
