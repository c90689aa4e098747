"""The race for the deadline in a small size: clients on bad lines, the real web server, kill -9 of all.

`python -m tests.bench deadline` runs it in its full size. The reckoning is shown to find what it is there for.
"""

import signal
import sys
import time
from collections.abc import Iterator

import pytest
from django.db import connection

from procurement import embedded, supervisor
from tests.bench.deadline.race import Race, run
from tests.plugin import servers

pytestmark = [
    pytest.mark.whole,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes through /proc"),
]


class BesideTheTests:
    """The web server as the supervisor starts it, on the database of the tests, which is revived when it dies."""

    def __init__(self, log) -> None:
        self.listener = supervisor.listen(embedded.HOST, 0)
        self.port = self.listener.getsockname()[1]
        (self.web,) = (part for part in supervisor.parts(self.listener) if part.name == "web")
        self.web.start(log)

    def web_server(self) -> int:
        return self.web.process.pid

    def kill_database(self) -> float:
        start = time.monotonic()
        servers.RUN.servers.processes["postgresql"].send_signal(signal.SIGKILL)
        servers.RUN.servers.revive("postgresql")
        return time.monotonic() - start

    def wait_until_healthy(self) -> None:
        """Workers that died are there again before anybody asks."""

    def stop(self) -> None:
        self.web.stop()
        self.listener.close()


@pytest.fixture
def installation(transactional_db, tmp_path, monkeypatch) -> Iterator[BesideTheTests]:
    """What the database acknowledges it has written, also for tests, which forgo that otherwise."""
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {name} SET synchronous_commit = on")
    connection.close()
    monkeypatch.setenv("DATABASE_NAME", name)
    monkeypatch.setenv("DB_ROLE", "web")
    started = BesideTheTests(tmp_path)
    yield started
    started.stop()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {name} RESET synchronous_commit")


def test_nothing_is_lost_late_or_twice_while_workers_and_database_are_killed(installation, tmp_path):
    try:
        said = list(run(Race(submissions=200, clients=20, worker_step=0.25, deaths=1), installation))
    except AssertionError as failure:
        failure.add_note("The web server said last:\n" + (tmp_path / "web.log").read_text()[-4000:])
        raise
    assert any(line.startswith("Web workers killed: ") for line in said)
    assert any(line.startswith("PostgreSQL killed 1 times") for line in said)
    assert "0 late, 0 lost, 0 twice" in said[-2]
    sys.stdout.write("\n".join(said))
