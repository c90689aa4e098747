"""How every endpoint of this room reads what it was sent and answers acts."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from core.api import answer_once

Given = TypeVar("Given", bound=BaseSerializer)


def given(kind: type[Given], request: Request) -> Given:
    """What was sent, checked. ValidationError with its faults otherwise."""
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer


def one(rows: QuerySet, reference: str) -> Any:
    """The row with a reference, among those that the seat may see; else 404."""
    return get_object_or_404(rows, reference=reference)


def once(request: Request, act: Callable[[], Any], shape: type[BaseSerializer], status: int = 201) -> Response:
    """Act under the request's idempotency key and answer in a shape, the same to every repetition."""
    return answer_once(request, lambda: (status, shape(act()).data))
