"""Pages of lists for programs: by key, so that rows that come or go meanwhile neither repeat nor hide others."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.utils.urls import replace_query_param

CURSOR = "cursor"


@dataclass(frozen=True)
class Key:
    """One of the columns that order a list, under the name that the query gives its value."""

    name: str
    column: str
    falling: bool

    def beyond(self, value: Any) -> Q:
        """Rows that come after a value. As in the database, an absent value is the greatest."""
        if self.falling:
            return Q(**{f"{self.name}__isnull": False}) if value is None else Q(**{f"{self.name}__lt": value})
        return Q(pk__in=()) if value is None else Q(**{f"{self.name}__gt": value}) | Q(**{f"{self.name}__isnull": True})

    def equal(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})


class KeyPages(BasePagination):
    """``{"next": address or null, "results": […]}``. Nothing is counted and nothing skipped.

    The address carries the place of the last row, sealed: its keys are for nobody to read, and a place of one list is
    none of another.
    """

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any]:
        keys = keys_of(queryset)
        rows = queryset.annotate(**{key.name: F(key.column) for key in keys})
        rows = rows.order_by(*(f"-{key.name}" if key.falling else key.name for key in keys))
        if asked := request.query_params.get(CURSOR):
            rows = rows.filter(_after(keys, read_place(asked, request.path)))
        size = int(api_settings.PAGE_SIZE)
        found = list(rows[: size + 1])
        self.next = None
        if len(found) > size:
            last = [getattr(found[size - 1], key.name) for key in keys]
            address = request.build_absolute_uri()
            self.next = replace_query_param(address, CURSOR, sealed_place(last, request.path))
        return found[:size]

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.next, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        following = {
            "type": "string",
            "format": "uri",
            "nullable": True,
            "description": "The next page; null: the last.",
        }
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": following, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        said = "Where the page begins, as `next` of the page before gave it."
        return [{"name": CURSOR, "in": "query", "required": False, "description": said, "schema": {"type": "string"}}]


def keys_of(queryset: QuerySet) -> list[Key]:
    """What orders a list, to the last row: its own order, and the primary key where rows may be equal in it."""
    order = [*(queryset.query.order_by or queryset.model._meta.ordering or ())]
    if not order or order[-1].lstrip("-") not in ("pk", "id", "reference"):
        order.append("pk")
    return [Key(f"key_{number}", name.lstrip("-"), name.startswith("-")) for number, name in enumerate(order)]


def _after(keys: Sequence[Key], values: Sequence[Any]) -> Q:
    (key, value), *rest = zip(keys, values, strict=True)
    beyond = key.beyond(value)
    for place, (following, its) in enumerate(rest, start=1):
        same = Q()
        for earlier, its_own in zip(keys[:place], values[:place], strict=True):
            same &= earlier.equal(its_own)
        beyond |= same & following.beyond(its)
    return beyond


def sealed_place(values: Sequence[Any], path: str) -> str:
    """A place in the list at an address, as a cursor that nobody can read or invent."""
    return _seal().encrypt(json.dumps([path, *values], default=str).encode()).decode()


def read_place(cursor: str, path: str) -> list[Any]:
    """The place that a cursor names. NotFound for one that the address did not give."""
    try:
        of, *values = json.loads(_seal().decrypt(cursor))
    except (InvalidToken, ValueError):
        of, values = None, []
    if of != path:
        raise NotFound(_("This address is not one that a page of this list gave as its next."))
    return values


def _seal() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(f"core.paging:{settings.SECRET_KEY}".encode()).digest()))
