"""How an action says no. Every skin (page, API, command) turns these into its own answer."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with an input: the field, and the row (from 1) where the input is a table.

    ``code`` is for programs: what is wrong, by one word from the published list.
    """

    message: str
    field: str = ""
    row: int | None = None
    code: str = ""


class Refused(Exception):
    """The request is understood and not allowed as things stand; the message says what to do instead.

    ``code`` is for programs. Without ``faults`` the message is the one fault, of ``field`` if given; with them the code
    is the one that they share, or ``refused`` where they say different things.
    """

    def __init__(self, message: str, *, field: str = "", code: str = "", faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.message = message
        codes = {fault.code for fault in faults}
        self.code = code or (codes.pop() if len(codes) == 1 else "") or "refused"
        self.faults = tuple(faults) or (Fault(message, field, code=self.code),)


class Conflict(Refused):
    """Somebody else was faster: what the caller saw is no longer so."""

    def __init__(self, message: str, *, code: str = "conflict") -> None:
        super().__init__(message, code=code)


class Denied(Exception):
    """The seat may see this thing and may not do this to it."""

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission
