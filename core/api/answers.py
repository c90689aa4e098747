"""How refusals are answered, and requests that carry an idempotency key."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from core.errors import Conflict, Denied, Refused
from core.idempotency import fingerprint, once

KEY_HEADER = "Idempotency-Key"
_KEY = re.compile(r"[!-~]{8,80}")  # printable ASCII without blanks


def answer_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """One shape for every error: ``{"code", "message", "faults": [{"field", "row", "message"}]}``.

    Refused answers 422, Conflict 409, Denied 403; what the framework raises keeps its status and
    headers. None, and so 500, for everything else.
    """
    if isinstance(error, Refused):
        status = 409 if isinstance(error, Conflict) else 422
        faults = [{"field": fault.field, "row": fault.row, "message": str(fault.message)} for fault in error.faults]
        return Response({"code": error.code, "message": str(error.message), "faults": faults}, status=status)
    if isinstance(error, Denied):
        return Response(_denied(), status=403)
    response = exception_handler(error, context)
    if response is not None:
        response.data = _in_our_shape(error, response.data)
    return response


def _in_our_shape(error: Exception, data: Any) -> dict[str, Any]:
    if isinstance(error, ValidationError):
        return {"code": "invalid", "message": _("Some values are not valid."), "faults": list(_faults(data))}
    if isinstance(error, APIException):
        return {"code": error.default_code, "message": str(data.get("detail", "")), "faults": []}
    # Two of Django's own exceptions. Their texts tell of what was looked for, so nobody gets to read them.
    if isinstance(error, Http404):
        return {"code": "not_found", "message": _("There is nothing at this address."), "faults": []}
    return _denied()


def _denied() -> dict[str, Any]:
    return {"code": "denied", "message": _("Your seat does not have the permission this needs."), "faults": []}


def _faults(data: Any, field: str = "", row: int | None = None) -> Iterator[dict[str, Any]]:
    """Flatten nested errors: fields joined by points, positions in a list as rows from 1."""
    if isinstance(data, dict):
        for key, value in data.items():
            if isinstance(key, int):
                yield from _faults(value, field, key + 1)
            elif key == api_settings.NON_FIELD_ERRORS_KEY:
                yield from _faults(value, field, row)
            else:
                yield from _faults(value, f"{field}.{key}" if field else key, row)
    elif isinstance(data, list) and any(isinstance(value, dict) for value in data):
        for number, value in enumerate(data, start=1):
            yield from _faults(value, field, number)
    elif isinstance(data, list):
        for value in data:
            yield from _faults(value, field, row)
    else:
        yield {"field": field, "row": row, "message": str(data)}


def answer_once(request: Request, act: Callable[[], tuple[int, Any]]) -> Response:
    """Answer a request that carries an idempotency key: the first answer, every time it is sent."""
    key = request.headers.get(KEY_HEADER, "")
    if not _KEY.fullmatch(key):
        raise Refused(
            _("Send the header Idempotency-Key with 8 to 80 characters, new for every new request."),
            field=KEY_HEADER,
            code="key_missing",
        )
    body = json.dumps(request.data, sort_keys=True).encode()
    print_of_request = fingerprint(str(request.method), request.path, body)
    status, answer = once(
        seat_number=request._request.seat.pk, key=key, fingerprint=print_of_request, now=timezone.now(), act=act
    )
    return Response(answer, status=status)
