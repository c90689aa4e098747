"""A whole installation under the supervisor, which revives what dies."""

import os
import signal
import time

from tests.procurement.installation import Installation, wait_for

DATABASE = "bin/postgres -D"
PATIENCE = 600  # seconds for a start; other people may work on this machine


class UnderSupervisor(Installation):
    """An installation of which web workers and PostgreSQL are killed."""

    def web_server(self) -> int | None:
        return self.process("gunicorn")

    def kill_database(self) -> float:
        dead, start = self.process(DATABASE), time.monotonic()
        os.kill(dead, signal.SIGKILL)
        wait_for(lambda: self.process(DATABASE) not in (None, dead), PATIENCE)
        wait_for(self.database_answers, PATIENCE)
        return time.monotonic() - start

    def wait_until_healthy(self, seconds: float = PATIENCE) -> None:
        super().wait_until_healthy(seconds)
