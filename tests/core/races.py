"""Acts at the same moment, each on a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

WAIT = 20  # seconds, after which a test fails instead of hanging


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Start the acts together; what each returned or raised, in order."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(WAIT)
            return act()
        except Exception as error:  # how a race ends is what the test looks at
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [ended.result(WAIT * 2) for ended in [pool.submit(run, act) for act in acts]]
