"""Rules, inputs and results of allocation as JSON, read strictly: exactly the names that a shape has, each of its kind.

A rule carries its format (``FORMAT``). Decimals are strings, days and times ISO 8601, a mapping's keys strings.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from selection.frozen import exactly, frozen, names_of, thawed


def to_json(value: Any) -> Any:
    """A rule, input or result as JSON."""
    if is_dataclass(value):
        body = {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
        return frozen(value.FORMAT, body) if hasattr(value, "FORMAT") else body
    if isinstance(value, Mapping):
        return {str(key): to_json(value[key]) for key in sorted(value)}
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_json(kind: Any, body: Any) -> Any:
    """The value of a kind that a JSON says. Raises ValueError for whatever is not exactly one."""
    if is_dataclass(kind):
        return _shape(kind, body)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return None if body is None else from_json(inner[0], body)
    if origin is tuple:
        return tuple(from_json(inner[0], one) for one in _of(list, body))
    if origin is Mapping:
        return {_key(inner[0], key): from_json(inner[1], one) for key, one in _of(dict, body).items()}
    if kind in (date, datetime):
        return kind.fromisoformat(_of(str, body))
    return _decimal(body) if kind is Decimal else _of(kind, body)


def _shape(kind: Any, body: Any) -> Any:
    _of(dict, body)
    names = names_of(kind)
    values = thawed(body, kind.FORMAT, names) if hasattr(kind, "FORMAT") else exactly(body, names)
    hints = get_type_hints(kind)
    return kind(**{name: from_json(hints[name], values[name]) for name in names})


def _of(kind: Any, body: Any) -> Any:
    """What is of a kind; a truth value is no number."""
    if not isinstance(body, kind) or (kind is int and isinstance(body, bool)):
        raise ValueError(f"not of the kind {kind.__name__}: {body!r}")
    return body


def _key(kind: Any, key: str) -> Any:
    if kind is int and str(int(key)) != key:
        raise ValueError(f"not a whole number: {key!r}")
    return kind(key)


def _decimal(body: Any) -> Decimal:
    try:
        found = Decimal(_of(str, body))
    except InvalidOperation as wrong:
        raise ValueError(f"not a decimal: {body!r}") from wrong
    if not found.is_finite():
        raise ValueError(f"not a decimal: {body!r}")
    return found
