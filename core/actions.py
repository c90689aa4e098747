"""What makes a function an action: one transaction, and a mark that domain rows may change within it."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

_inside: ContextVar[bool] = ContextVar("inside_action", default=False)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run in one transaction. Actions may call actions: the outermost one commits."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        token = _inside.set(True)
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        finally:
            _inside.reset(token)

    return run


def inside_action() -> bool:
    """Whether an action is running. The tests refuse a change of a domain row where this is False."""
    return _inside.get()
