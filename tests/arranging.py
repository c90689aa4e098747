"""What a test arranges that no act of the platform does."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection

from core.actions import action

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def arranged(change: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Let a function change rows as the database's owner can, with every guard switched off."""

    @action
    @wraps(change)
    def unguarded(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            answer = change(*args, **kwargs)
            cursor.execute("SET LOCAL session_replication_role = origin")
        return answer

    return unguarded
