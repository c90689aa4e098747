"""Lines of the log: what failed, where, and never with the row that it failed on or the thing it was about."""

import copy
import logging
import re

from core.origin import current_origin

# PostgreSQL adds to an error which values it was about, for a broken constraint the whole row. Python prints that as
# the last part of an exception: until the next exception of the same chain, or the end. Celery quotes it.
_VALUES = re.compile(r"(?:\n|\\n)DETAIL:.*?(?=\n\n(?:The above exception|During handling)|\Z)", re.DOTALL)


class WithoutValues(logging.Formatter):
    """When, how grave, who says it, with which request and what, without the values that the database tells of a
    failure.

    An address is told by its pattern. Else who reads logs would know before a deadline which bids there are.
    """

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {request_id}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        answered = getattr(getattr(record, "request", None), "number", "")
        record.request_id = current_origin().request or answered or "-"
        return _VALUES.sub("", super().format(_by_pattern(record)))


def _by_pattern(record: logging.LogRecord) -> logging.LogRecord:
    """The same record, in which the address of a request is that of its route."""
    request = getattr(record, "request", None)
    if request is None or not isinstance(record.args, tuple):
        return record
    match = request.resolver_match
    told = copy.copy(record)
    told.args = tuple((match.route if match else "?") if one == request.path else one for one in record.args)
    return told
