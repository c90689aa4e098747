"""How an action says no. Every skin (page, API, command) turns these into its own answer."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with an input: the field, and the row (from 1) where the input is a table.

    ``code`` is for programs; empty, it is that of the refusal.
    """

    message: str
    field: str = ""
    row: int | None = None
    code: str = ""


class Refused(Exception):
    """The request is understood and not allowed as things stand; the message says what to do instead.

    ``code`` is for programs. Without ``faults`` the message is the one fault, of ``field`` if given.
    """

    def __init__(self, message: str, *, field: str = "", code: str = "refused", faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.faults = tuple(faults) or (Fault(message, field),)


class Conflict(Refused):
    """Somebody else was faster: what the caller saw is no longer so."""

    def __init__(self, message: str, *, code: str = "conflict") -> None:
        super().__init__(message, code=code)


class Denied(Exception):
    """The seat may see this thing and may not do this to it."""

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission
