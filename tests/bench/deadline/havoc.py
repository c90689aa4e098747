"""Processes of an installation that are killed without a word while it works."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Self

from tests.procurement.installation import Installation, wait_for

EVERY = 0.2  # seconds between the deaths of web workers
DATABASE = "bin/postgres -D"


class Havoc:
    """Kills a random web worker every 200 ms, and PostgreSQL's first process wherever the work has got so far.

    ``progress`` tells how much of the work is done, from 0 to 1; ``at`` where PostgreSQL dies.
    """

    def __init__(
        self, installation: Installation, progress: Callable[[], float], *, workers: bool, at: Iterable[float]
    ) -> None:
        self.installation, self.progress, self.at = installation, progress, list(at)
        self.workers_killed = 0
        self.away: list[float] = []  # seconds until the database answered again
        self._over = threading.Event()
        killers = [self._kill_databases, *([self._kill_workers] if workers else [])]
        self._threads = [threading.Thread(target=kill) for kill in killers]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _kill_workers(self) -> None:
        chance = Random(0)
        master = self.installation.process("gunicorn")
        while not self._over.wait(EVERY):
            workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
            if workers:
                with suppress(ProcessLookupError):
                    os.kill(int(chance.choice(workers)), signal.SIGKILL)
                    self.workers_killed += 1

    def _kill_databases(self) -> None:
        while self.at and not self._over.wait(0.05):
            if self.progress() < self.at[0]:
                continue
            self.at.pop(0)
            dead, start = self.installation.process(DATABASE), time.monotonic()
            os.kill(dead, signal.SIGKILL)
            wait_for(lambda dead=dead: self.installation.process(DATABASE) not in (None, dead), 60)
            wait_for(self.installation.database_answers, 60)
            self.away.append(time.monotonic() - start)
