"""Real workers beside a test: processes that take tasks from the test's broker and write to its database."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from celery import current_app
from django.core.cache import cache
from django.db import connection
from redis.exceptions import RedisError

from procurement import children, embedded, health


class Worker:
    """A Celery worker as the supervisor starts it: a parent that talks to the broker, a child that runs tasks."""

    def __init__(self, log: Path) -> None:
        own = {"DATABASE_NAME": connection.settings_dict["NAME"], "DB_ROLE": "web"}
        self.log = log
        self.process = children.start(
            [sys.executable, "-m", "celery", "--app", "procurement", "worker", "--concurrency=1",
             "--loglevel=INFO", "--without-gossip", "--without-mingle"],
            log=log, cwd=embedded.PROJECT, env={**os.environ, **own},
        )  # fmt: skip

    def child(self) -> int:
        """The process that runs the tasks."""
        return int(Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()[0])

    def kill(self) -> None:
        """As the kernel does it for want of memory: both processes at once, without a word."""
        children.kill_group(self.process)


@contextmanager
def worker(folder: Path) -> Iterator[Worker]:
    """A worker that takes tasks, until the end of the block."""
    cache.delete(health.WORKER_KEY)
    started = Worker(folder / "worker.log")
    try:
        wait_for(worker_seen, seconds=60)
        yield started
    finally:
        started.kill()


def worker_seen() -> bool:
    try:
        return cache.get(health.WORKER_KEY) is not None
    except RedisError:
        return False


def sweep() -> None:
    """What the scheduler sends every minute."""
    current_app.send_task("core.tasks.sweep", expires=60)


def wait_for(condition: Callable[[], object], *, seconds: float, every: float = 0.05) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not true after {seconds} seconds"
        time.sleep(every)
