"""Frozen documents: what a procedure was begun with is read as it was written, whatever later releases add.

Each carries its ``format``. A reader takes exactly the names that its format has: what is missing is never filled
with today's defaults, and what is unknown is never passed over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any


def frozen(document: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as a document of a format."""
    return {"format": document, **values}


def thawed(body: Mapping[str, Any], document: str, names: Iterable[str]) -> dict[str, Any]:
    """The values of a document, which has this format and exactly these names. Raises ValueError for any other."""
    if body.get("format") != document:
        raise ValueError(f"not a document of the format {document}: {body.get('format')!r}")
    return exactly({name: value for name, value in body.items() if name != "format"}, names)


def exactly(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The values, which have exactly these names. Raises ValueError for any other."""
    if set(values) != set(names):
        missing, unknown = sorted(set(names) - set(values)), sorted(set(values) - set(names))
        raise ValueError(f"missing: {missing}; unknown: {unknown}")
    return dict(values)


def names_of(shape: Any) -> list[str]:
    """The names of a dataclass's fields."""
    return [field.name for field in fields(shape)]
