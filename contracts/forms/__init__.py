"""Shape and validation of what people enter about contracts, orders, deliveries and payments."""

from contracts.forms.contracts import DelivererForm, ReasonForm, TermsForm
from contracts.forms.deliveries import BatchForm, VerdictForm
from contracts.forms.grid import Grid, at_cells
from contracts.forms.orders import ConfirmForm, OrderForm, OrderUploadForm, read_order
from contracts.forms.payments import PaymentForm

__all__ = [
    "BatchForm",
    "ConfirmForm",
    "DelivererForm",
    "Grid",
    "OrderForm",
    "OrderUploadForm",
    "PaymentForm",
    "ReasonForm",
    "TermsForm",
    "VerdictForm",
    "at_cells",
    "read_order",
]
