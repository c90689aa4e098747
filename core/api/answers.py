"""How refusals are answered, and requests that carry an idempotency key."""

import json
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files import File
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from core.errors import Conflict, Denied, Fault, Refused
from core.idempotency import fingerprint, once
from core.parsing import TooLarge

KEY_HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotency-Replayed"
_KEY = re.compile(r"[!-~]{8,80}")  # printable ASCII without blanks


def answer_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """One shape for every error: ``{"code", "message", "faults": [{"field", "row", "code", "message"}]}``.

    Refused answers 422, Conflict 409, Denied 403; what the framework raises keeps its status and
    headers. None, and so 500, for everything else.
    """
    if isinstance(error, Refused):
        status = 409 if isinstance(error, Conflict) else 422
        takes = getattr(context.get("view"), "takes", None)
        faults = [
            {
                "field": _path(fault, takes),
                "row": fault.row,
                "code": fault.code or error.code,
                "message": str(fault.message),
            }
            for fault in error.faults
        ]
        return Response({"code": error.code, "message": str(error.message), "faults": faults}, status=status)
    if isinstance(error, Denied):
        return Response(_denied(), status=403)
    if isinstance(error, RequestDataTooBig):
        error = TooLarge()
    response = exception_handler(error, context)
    if response is not None:
        response.data = _in_our_shape(error, response.data)
    return response


def _path(fault: Fault, takes: Any) -> str:
    """The field as what was sent calls it: a fault of a row lies in the one list that an endpoint takes."""
    fields = getattr(takes, "_declared_fields", {})
    lists = [(name, field.child.fields) for name, field in fields.items() if isinstance(field, ListSerializer)]
    if fault.row is None or len(lists) != 1:
        return fault.field
    [(rows, cells)] = lists
    if fault.field in fields and fault.field not in cells:
        return fault.field
    return f"{rows}.{fault.field}" if fault.field else rows


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
        code = getattr(data, "code", "invalid")
        yield {"field": field, "row": row, "code": code, "message": str(data)}


def answer_once(request: Request, act: Callable[[], tuple[int, Any]]) -> Response:
    """Answer a request that carries an idempotency key: the first answer, every time it is sent.

    An answer that was given before says so in the header ``Idempotency-Replayed``.
    """
    key = request.headers.get(KEY_HEADER, "")
    if not _KEY.fullmatch(key):
        raise Refused(
            _("Send the header Idempotency-Key with 8 to 80 characters, new for every new request."),
            field=KEY_HEADER,
            code="key_missing",
        )
    done = False

    def first() -> tuple[int, Any]:
        nonlocal done
        done = True
        return act()

    print_of_request = fingerprint(str(request.method), request.path, _body(request.data))
    status, answer = once(
        seat_number=request._request.seat.pk, key=key, fingerprint=print_of_request, now=timezone.now(), act=first
    )
    return Response(answer, status=status, headers=None if done else {REPLAYED_HEADER: "true"})


def _body(data: Any) -> bytes:
    """What was sent, whatever the order of its fields."""
    if isinstance(data, QueryDict):
        data = {name: [_part(value) for value in values] for name, values in data.lists()}
    return json.dumps(data, sort_keys=True).encode()


def _part(value: Any) -> Any:
    """A text, or the name and the hash of a file."""
    if not isinstance(value, File):
        return value
    digest = sha256()
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
    return [value.name, digest.hexdigest()]
