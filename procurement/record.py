"""The public record of a tender, written as it comes: its opened envelopes may be many megabytes."""

import json
from collections.abc import Iterator
from typing import Any

from procurement import shell
from tenders.models import Tender


def written(tender: Tender) -> Iterator[str]:
    """The record as JSON, in pieces: one object with a part of each room (``tenders.record``, ``awards.record``)."""
    for number, (name, part) in enumerate(shell.record(tender).items()):
        yield f"{', ' if number else '{'}{json.dumps(name)}: "
        yield from _rows(part) if isinstance(part, Iterator) else (json.dumps(part, ensure_ascii=False),)
    yield "}\n"


def _rows(part: Iterator[Any]) -> Iterator[str]:
    yield "["
    for number, row in enumerate(part):
        yield (",\n" if number else "\n") + json.dumps(row)
    yield "]"
