"""What every endpoint shares: how refusals are answered, idempotency keys, and the views that endpoints are made of."""

from core.api.answers import KEY_HEADER, answer_exception, answer_once
from core.api.several import Several, rows_of
from core.api.shapes import ErrorSerializer, FaultSerializer, NothingSerializer, ReasonSerializer, StrictSerializer
from core.api.views import Act, Endpoint, Listing, Reading, Setting

__all__ = [
    "KEY_HEADER",
    "Act",
    "Endpoint",
    "ErrorSerializer",
    "FaultSerializer",
    "Listing",
    "NothingSerializer",
    "Reading",
    "ReasonSerializer",
    "Setting",
    "Several",
    "StrictSerializer",
    "answer_exception",
    "answer_once",
    "rows_of",
]
