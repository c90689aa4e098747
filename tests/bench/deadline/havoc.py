"""Processes of an installation that are killed without a word while it works."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Protocol


class Target(Protocol):
    """What runs and is killed: the port it answers on, its web server's first process, and its database."""

    port: int

    def web_server(self) -> int | None:
        """The process whose children are the web workers."""

    def kill_database(self) -> float:
        """Kill PostgreSQL's first process with -9. Returns how many seconds later it answered again."""

    def wait_until_healthy(self) -> None: ...


class Havoc:
    """Kills a random web worker each time that ``step`` more of the work is done (0: never) and ``every`` so many
    seconds have passed, and PostgreSQL at the shares ``at``. A worker lives until something was answered: on a slow
    machine nothing would ever be, else.

    It kills when it is told how much is done, in the thread of who tells: a process started in a thread that ends
    ends with it.
    """

    def __init__(self, target: Target, *, step: float, every: float, at: tuple[float, ...]) -> None:
        self.target, self.step, self.every, self.at = target, step, every, sorted(at)
        self.workers_killed = 0
        self.away: list[float] = []  # seconds until the database answered again
        self._chance = Random(0)
        self._web = target.web_server()
        self._next, self._not_before = step, 0.0

    def strike(self, done: float) -> None:
        """Kill whatever is due now that this share of the work is done."""
        if self.at and done >= self.at[0]:
            self.at.pop(0)
            self.away.append(self.target.kill_database())
        if self.step and done >= self._next and time.monotonic() >= self._not_before:
            self._next, self._not_before = done + self.step, time.monotonic() + self.every
            self._kill_worker()

    def _kill_worker(self) -> None:
        workers = Path(f"/proc/{self._web}/task/{self._web}/children").read_text().split()
        if workers:
            with suppress(ProcessLookupError):
                os.kill(int(self._chance.choice(workers)), signal.SIGKILL)
                self.workers_killed += 1
