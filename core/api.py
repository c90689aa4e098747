"""What every endpoint shares: how refusals are answered, and idempotency keys."""

import json
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.errors import Conflict, Denied, Refused
from core.idempotency import KeyReused, fingerprint, once

KEY_HEADER = "Idempotency-Key"


def answer_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """One shape for every error: ``{"code", "message", "faults": [{"field", "row", "message"}]}``."""
    if isinstance(error, Refused):
        status = 409 if isinstance(error, Conflict) else 422
        faults = [{"field": fault.field, "row": fault.row, "message": str(fault.message)} for fault in error.faults]
        return Response({"code": error.code, "message": str(error.message), "faults": faults}, status=status)
    if isinstance(error, Denied):
        message = _("Your seat does not have the permission this needs.")
        return Response({"code": "denied", "message": message, "faults": []}, status=403)
    response = exception_handler(error, context)
    if response is not None:
        response.data = _in_our_shape(error, response.data)
    return response


def _in_our_shape(error: Exception, data: Any) -> dict[str, Any]:
    if isinstance(error, ValidationError):
        return {"code": "invalid", "message": _("Some values are not valid."), "faults": list(_faults(data))}
    code = error.default_code if isinstance(error, APIException) else "not_found"
    return {"code": code, "message": str(data.get("detail", "")), "faults": []}


def _faults(data: Any, field: str = "", row: int | None = None) -> Any:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _faults(value, f"{field}.{key}".strip("."), row)
    elif isinstance(data, list) and any(isinstance(value, dict) for value in data):
        for number, value in enumerate(data, start=1):
            yield from _faults(value, field, number)
    elif isinstance(data, list):
        for value in data:
            yield {"field": field, "row": row, "message": str(value)}
    else:
        yield {"field": field, "row": row, "message": str(data)}


def answer_once(request: Request, act: Callable[[], tuple[int, Any]]) -> Response:
    """Answer a request that carries an idempotency key: the first answer, every time it is sent."""
    key = request.headers.get(KEY_HEADER, "")
    if not 8 <= len(key) <= 80:
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


__all__ = ["KEY_HEADER", "KeyReused", "answer_exception", "answer_once"]
