"""Refuses, on every connection of a test run, a change of a domain row outside an action.

The rooms' tables change through actions only, so that no change escapes its event. A test that arranges rows by
hand does so in a function marked ``@action``.
"""

import re
from collections.abc import Callable, Generator
from typing import Any

import pytest
from django.db.backends.signals import connection_created

from core.actions import inside_action

_CHANGE = re.compile(
    r"^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?"
    r"((?:accounts|catalogue|demand|tenders|awards|contracts|payments)_\w+)",
    re.IGNORECASE,
)


# Migrations and the flush between tests write as they must.
_a_test_runs = False


class ChangedOutsideAnAction(AssertionError):
    """A row of a room was written past its actions."""


def only_in_actions(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    change = _CHANGE.match(sql) if isinstance(sql, str) else None
    if change and _a_test_runs and not inside_action():
        raise ChangedOutsideAnAction(f"{change[1]} is changed outside an action: {sql[:200]}")
    return execute(sql, params, many, context)


def watch(connection: Any, **kwargs: Any) -> None:
    if only_in_actions not in connection.execute_wrappers:
        connection.execute_wrappers.append(only_in_actions)


def pytest_configure() -> None:
    connection_created.connect(watch, dispatch_uid="tests.plugin.writes")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, None, None]:
    global _a_test_runs  # noqa: PLW0603 (one test runs at a time)
    _a_test_runs = True
    try:
        return (yield)
    finally:
        _a_test_runs = False
