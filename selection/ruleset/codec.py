"""Rules as JSON and back, by the types of their fields: decimals are strings, tables are objects keyed by number.

A reader takes exactly the names that a part has. What is missing is never filled with today's defaults, and what is
unknown is never passed over.
"""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from selection.frozen import exactly

Part = TypeVar("Part")


class Unfit(ValueError):
    """No document of the format: ``part`` and ``field`` name where, ``why`` says what is wrong there."""

    def __init__(self, part: str, field: str, why: str) -> None:
        super().__init__(": ".join(word for word in (part, field, why) if word))
        self.part, self.field, self.why = part, field, why


def encoded(value: Any) -> Any:
    """A value of a field as JSON."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Mapping):
        return {str(key): encoded(one) for key, one in sorted(value.items())}
    if isinstance(value, tuple):
        return [encoded(one) for one in value]
    return value


def part_to_json(part: Any) -> dict[str, Any]:
    """A part of the rules as JSON."""
    return {field.name: encoded(getattr(part, field.name)) for field in fields(part)}


def part_from_json(kind: type[Part], name: str, body: Any) -> Part:
    """Read a part whose name in the document is ``name``. Raises Unfit at the field that is none of its kind."""
    if not isinstance(body, Mapping):
        raise Unfit(name, "", "is an object")
    hints = get_type_hints(kind)
    try:
        values = exactly(body, hints)
    except ValueError as error:
        raise Unfit(name, "", str(error)) from None
    return kind(**{field: _decoded(hints[field], value, name, field) for field, value in values.items()})


def _decoded(hint: Any, value: Any, part: str, field: str) -> Any:
    try:
        return decoded(hint, value)
    except (ValueError, TypeError, InvalidOperation, AttributeError) as error:
        raise Unfit(part, field, f"no {getattr(hint, '__name__', hint)}: {value!r} ({error})") from None


def decoded(hint: Any, value: Any) -> Any:
    """A value of this type from JSON. Raises ValueError, TypeError or decimal.InvalidOperation for any other."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is UnionType:
        return None if value is None else decoded(inner[0], value)
    if origin is tuple:
        return _tuple(inner, value)
    if origin is not None:
        return {int(key): decoded(inner[1], one) for key, one in value.items()}
    if hint is Decimal:
        return _decimal(value)
    if type(value) is not hint:
        raise TypeError(f"a {hint.__name__} is asked for")
    return value


def _tuple(inner: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError("a list is asked for")
    kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
    return tuple(decoded(kind, one) for kind, one in zip(kinds, value, strict=True))


def _decimal(value: Any) -> Decimal:
    if not isinstance(value, str) or not (number := Decimal(value)).is_finite():
        raise TypeError("a decimal as a string is asked for")
    return number
