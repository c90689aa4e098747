"""Canonical JSON: one value, one sequence of bytes. And small checks on the shape of what was read.

RFC 8785 restricted to objects with ASCII keys, arrays, strings without lone surrogates, integers below 2^53
in size, true, false and null. There are no fractions: prices are strings.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from sealing.errors import FormatError

SAFE_INTEGER = 2**53 - 1
# The format's own documents are five levels deep; the limit keeps nesting bombs off the stack.
MAX_DEPTH = 32

Check = Callable[[Any, str], None]
"""Takes a value and the name of its place; raises `FormatError` naming the place, never the value."""


def canonical_json(value: Any) -> bytes:
    """Encode a value as its only canonical bytes; raises `FormatError` for what has no form here."""
    _refuse_foreign(value, 0)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise FormatError("a text holds half a surrogate pair") from None


def read_canonical(data: bytes) -> Any:
    """Decode canonical bytes; anything that does not encode back to the very same bytes is refused.

    Duplicate and unsorted keys, blanks, fractions, `-0`, needless escapes and byte order marks all fall
    to that one comparison. Hash, verify and store the bytes received, not a fresh encoding.
    """
    try:
        value = json.loads(data.decode())
    except (ValueError, RecursionError):
        # The decoder's own error carries the whole text along: it ends here.
        raise FormatError("not JSON") from None
    if canonical_json(value) != data:
        raise FormatError("not canonical JSON")
    return value


def _refuse_foreign(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise FormatError("nested too deeply")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise FormatError("a key is not ASCII text")
            _refuse_foreign(item, depth + 1)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_foreign(item, depth + 1)
    elif isinstance(value, int):
        if abs(value) > SAFE_INTEGER:
            raise FormatError("an integer is 2^53 or more in size")
    elif value is not None and not isinstance(value, str):
        raise FormatError("neither object, array, text, integer, true, false nor null")


def record(**fields: Check) -> Check:
    """An object with exactly these fields."""

    def check(value: Any, where: str) -> None:
        if not isinstance(value, dict) or value.keys() != fields.keys():
            raise FormatError(f"{where}: exactly the fields {', '.join(sorted(fields))}", where=where)
        for name, check_field in fields.items():
            check_field(value[name], f"{where}.{name}" if where else name)

    return check


def listing(item: Check, *, most: int | None = None, ascending: Callable[[Any], Any] | None = None) -> Check:
    """An array of at most `most` items, strictly ascending by a key where one is given (so no item twice)."""

    def check(value: Any, where: str) -> None:
        if not isinstance(value, list) or (most is not None and len(value) > most):
            raise FormatError(f"{where}: an array" + (f" of at most {most}" if most else ""), where=where)
        for index, entry in enumerate(value):
            item(entry, f"{where}[{index}]")
        if ascending:
            keys = [ascending(entry) for entry in value]
            if any(left >= right for left, right in pairwise(keys)):
                raise FormatError(f"{where}: sorted, each once", where=where)

    return check


def matching(pattern: str, says: str) -> Check:
    """A text that the regular expression matches as a whole."""
    expression = re.compile(pattern, re.ASCII)

    def check(value: Any, where: str) -> None:
        if not isinstance(value, str) or not expression.fullmatch(value):
            raise FormatError(f"{where}: {says}", where=where)

    return check


def number(least: int, most: int = SAFE_INTEGER) -> Check:
    """An integer from `least` to `most`; true and false are none."""

    def check(value: Any, where: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise FormatError(f"{where}: an integer from {least} to {most}", where=where)

    return check


def choice(*values: str | int) -> Check:
    """One of these values."""

    def check(value: Any, where: str) -> None:
        if not any(isinstance(value, type(known)) and value == known for known in values):
            raise FormatError(f"{where}: one of {', '.join(map(str, values))}", where=where)

    return check


def text(most: int) -> Check:
    """A text of 1 to `most` characters."""

    def check(value: Any, where: str) -> None:
        if not isinstance(value, str) or not 1 <= len(value) <= most:
            raise FormatError(f"{where}: a text of 1 to {most} characters", where=where)

    return check


def nullable(check_value: Check) -> Check:
    """Null, or what the other check lets pass."""

    def check(value: Any, where: str) -> None:
        if value is not None:
            check_value(value, where)

    return check


def anything(value: Any, where: str) -> None:
    """Any canonical value."""


def hexadecimal(count: int) -> Check:
    """Exactly `count` bytes in lower-case hex."""
    return matching(rf"[0-9a-f]{{{2 * count}}}", f"{count} bytes in lower-case hex")


REFERENCE = matching(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "a reference of 1 to 64 characters")
HASH = hexadecimal(32)
HASH_OR_NONE = matching(r"(?:[0-9a-f]{64})?", "32 bytes in lower-case hex, or empty")
VERSION = number(1, 999_999)
POSITION = number(1, 15)

_INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"


def format_time(instant: datetime) -> str:
    """Write an aware instant as `YYYY-MM-DDThh:mm:ss.ffffffZ`, in UTC."""
    if instant.tzinfo is None:
        raise FormatError("an instant without a time zone")
    return instant.astimezone(UTC).strftime(_INSTANT)


def read_time(written: str) -> datetime:
    """Read an instant; whole seconds may leave out the fraction (deadlines are often written so)."""
    TIME(written, "time")
    return _instant(written)


def _instant(written: str) -> datetime:
    whole = written if "." in written else written.replace("Z", ".000000Z")
    return datetime.strptime(whole, _INSTANT).replace(tzinfo=UTC)


def _check_time(value: Any, where: str) -> None:
    _TIME_SHAPE(value, where)
    try:
        _instant(value)
    except ValueError:
        raise FormatError(f"{where}: no such day or hour", where=where) from None


_TIME_SHAPE = matching(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?Z", "YYYY-MM-DDThh:mm:ss.ffffffZ"
)
TIME: Check = _check_time
