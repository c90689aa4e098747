"""What makes a function an action: one transaction, and a mark that domain rows may change within it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure

from core.errors import Conflict, Denied, Refused
from core.origin import current_origin

P = ParamSpec("P")
R = TypeVar("R")

_inside: ContextVar[bool] = ContextVar("inside_action", default=False)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run in one transaction. Actions may call actions: the outermost one commits.

    Raises Conflict where somebody else holds what the action needs for longer than the database waits. What an
    action refuses is noted; whoever received the request records it (``core.skins.RefusalMiddleware``).
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        token = _inside.set(True)
        try:
            with busy_is_conflict(), transaction.atomic():
                return function(*args, **kwargs)
        except (Refused, Denied) as refusal:
            current_origin().refusals.append(getattr(refusal, "code", "denied"))
            raise
        finally:
            _inside.reset(token)

    return run


def inside_action() -> bool:
    """Whether an action is running. The tests refuse a change of a domain row where this is False."""
    return _inside.get()


@contextmanager
def busy_is_conflict() -> Iterator[None]:
    """Turn a lock that was not had in time, or a deadlock that the database broke, into Conflict."""
    try:
        yield
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected | SerializationFailure):
            raise
        message = _("Somebody else is working on this at the same moment. Nothing was changed: try again.")
        raise Conflict(message, code="busy") from error
