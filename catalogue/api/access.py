"""Who may read the catalogue, and who may write into it, by method; and as it stood on which day."""

from datetime import date
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from accounts.permissions import Permission
from core.clock import legal_date

READ = {"GET": (Permission.READ_CATALOGUE,)}
IMPORT = (Permission.IMPORT_CATALOGUE, Permission.RECORD_PRICE)
ON = {"on": "A day, today or earlier: everything as it stood on it."}


def day_asked(endpoint: Any) -> date | None:
    """The day in the address, if one is asked for. ValidationError for what is none, and for one still to come."""
    text = endpoint.request.query_params.get("on")
    if text is None:
        return None
    try:
        day = serializers.DateField().run_validation(text)
    except ValidationError as error:
        raise ValidationError({"on": error.detail}) from None
    if day > legal_date(timezone.now()):
        raise ValidationError({"on": [ErrorDetail("Ask for today or an earlier day.", code="date_out_of_range")]})
    return day


RELEASE = (Permission.IMPORT_CATALOGUE,)
