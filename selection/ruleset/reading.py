"""Rule sets as JSON, by the types that their parts declare: strict, and the same for each part.

Decimals are strings, numbers that name rows are strings too, since names in JSON are. What is missing is never filled
with today's defaults, and what is unknown is never passed over.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from selection.ruleset.faults import Fault, Unread


def written(value: Any) -> Any:
    """A part, or a value in it, as JSON."""
    if is_dataclass(value):
        return {field.name: written(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return {str(name): written(held) for name, held in value.items()}
    return [written(held) for held in value] if isinstance(value, tuple) else value


def read(shape: Any, body: Any, *path: str) -> Any:
    """A dataclass from JSON that has exactly its names, each a value of its kind. Raises Unread, which names part and
    key by the ``path`` that led there."""
    if not isinstance(body, Mapping):
        raise _unread("kind", path)
    kinds = _kinds(shape)
    for names, code in ((kinds.keys() - body.keys(), "missing"), (body.keys() - kinds.keys(), "unknown")):
        if names:
            raise _unread(code, (*path, min(map(str, names))))
    return shape(**{name: _value(kind, body[name], (*path, name)) for name, kind in kinds.items()})


@cache
def _kinds(shape: Any) -> dict[str, Any]:
    kinds = get_type_hints(shape)
    return {field.name: kinds[field.name] for field in fields(shape)}


def _value(kind: Any, body: Any, path: tuple[str, ...]) -> Any:
    if is_dataclass(kind):
        return read(kind, body, *path)
    if get_origin(kind) is UnionType:
        inner = next(one for one in get_args(kind) if one is not type(None))
        return None if body is None else _value(inner, body, path)
    if get_origin(kind) is tuple and isinstance(body, list):
        return tuple(_value(get_args(kind)[0], one, (*path, str(at))) for at, one in enumerate(body, start=1))
    if get_origin(kind) is Mapping and isinstance(body, Mapping):
        names, held = get_args(kind)
        return {_name(names, name, path): _value(held, one, (*path, name)) for name, one in body.items()}
    if kind is Decimal and isinstance(body, str):
        return _decimal(body, path)
    if kind in (bool, int, str) and type(body) is kind:
        return body
    raise _unread("kind", path)


def _name(kind: Any, name: str, path: tuple[str, ...]) -> Any:
    """The name of a row; one of a number is written in one way only."""
    if kind is int and not (name.isascii() and name.isdigit() and str(int(name)) == name):
        raise _unread("kind", (*path, name))
    return kind(name)


def _decimal(written_as: str, path: tuple[str, ...]) -> Decimal:
    try:
        value = Decimal(written_as)
    except InvalidOperation:
        raise _unread("kind", path) from None
    if not value.is_finite() or f"{value:f}" != written_as:
        raise _unread("kind", path)
    return value


def _unread(code: str, path: tuple[str, ...]) -> Unread:
    part, *keys = path or ("",)
    return Unread(Fault(part, ".".join(keys), code))
