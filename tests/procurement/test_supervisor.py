"""`make run`: everything starts under one command, heals itself, keeps its data and leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from procurement import embedded
from tests.plugin.servers import remove_installation

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes through /proc"),
]


class Installation:
    """A folder of its own, and the supervisor that works in it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        self.supervisor: subprocess.Popen[str] | None = None

    def start(self, **variables: str | None) -> None:
        if self.supervisor:
            self.supervisor.stdout.close()
        own = ("DATABASE_URL", "REDIS_URL", "DB_ROLE", "BUILT_STATIC", "CI")
        environment = {name: value for name, value in os.environ.items() if name not in own}
        environment |= {"VAR": str(self.var), "PORT": str(self.port), "DEMO": "0", **variables}
        environment = {name: value for name, value in environment.items() if value is not None}
        self.supervisor = subprocess.Popen(
            [sys.executable, "-m", "procurement.supervisor"],
            cwd=embedded.PROJECT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def wait_until_healthy(self, seconds: float = 180) -> None:
        wait_for(lambda: (self.health() or {}).get("healthy") or self.supervisor.poll() is not None, seconds)
        assert self.supervisor.poll() is None, self.output()

    def health(self) -> dict | None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            return json.load(refusal)
        except OSError:
            return None

    def end(self, number: signal.Signals) -> float:
        """Signal the supervisor and wait for its end; returns the seconds it took."""
        start = time.monotonic()
        self.supervisor.send_signal(number)
        self.supervisor.wait(timeout=30)
        return time.monotonic() - start

    def output(self) -> str:
        self.supervisor.wait(timeout=30)
        return self.supervisor.stdout.read()

    def processes(self) -> dict[int, str]:
        """Every living process that works in this folder, with its command line."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                where = os.readlink(folder / "cwd")
                known_by = (folder / "environ").read_bytes().decode() + command + where
            except OSError:  # ended meanwhile, or a zombie
                continue
            if str(self.var) in known_by and command:
                found[int(folder.name)] = command
        return found

    def process(self, mark: str) -> int | None:
        """The living child of the supervisor whose command line has these words."""
        for number, command in self.processes().items():
            if mark in command and parent(number) == self.supervisor.pid:
                return number
        return None

    def owner(self) -> psycopg.Connection:
        secrets = json.loads((self.var / "secrets.json").read_text())
        ports = json.loads((self.var / "servers.json").read_text())
        return psycopg.connect(
            host="127.0.0.1", port=ports["postgresql"], dbname="procurement",
            user="owner", password=secrets["owner_password"],
        )  # fmt: skip


def parent(process: int) -> int:
    stat = Path(f"/proc/{process}/stat").read_text()
    return int(stat.rpartition(")")[2].split()[1])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition: Callable[[], object], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not true after {seconds} seconds"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def killed_half_way(tmp_path_factory) -> Iterator[Installation]:
    """An installation whose first start was killed again and again, in the middle of whatever it did."""
    installation = Installation(tmp_path_factory.mktemp("installation"))
    for seconds in (0.2, 0.5, 1, 2.5, 5):
        installation.start()
        time.sleep(seconds)
        installation.end(signal.SIGKILL)
    yield installation
    remove_installation(installation.var)


@pytest.fixture(scope="module")
def installation(killed_half_way: Installation) -> Iterator[Installation]:
    """The same installation; whatever the tests leave running is ended."""
    yield killed_half_way
    if killed_half_way.supervisor.poll() is None:
        killed_half_way.end(signal.SIGTERM)
    killed_half_way.supervisor.stdout.close()


@pytest.fixture
def running(installation: Installation) -> Installation:
    if installation.supervisor.poll() is not None:
        installation.start()
        installation.wait_until_healthy()
    return installation


def test_a_start_killed_half_way_heals_itself_and_the_next_start_keeps_the_data(installation):
    installation.start()
    installation.wait_until_healthy()
    with installation.owner() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    assert len(installation.processes()) > 8
    assert installation.end(signal.SIGINT) < 5
    assert installation.processes() == {}
    assert installation.supervisor.returncode == 0
    assert f"http://127.0.0.1:{installation.port}/" in installation.output()

    start = time.monotonic()
    installation.start()
    wait_for(lambda: installation.health() is not None, 60)
    took = time.monotonic() - start
    with installation.owner() as connection:
        assert connection.execute("SELECT number FROM kept").fetchall() == [(1,)]
        connection.execute("DROP TABLE kept")
    assert installation.end(signal.SIGTERM) < 5
    assert installation.processes() == {}
    # Ten seconds on a quiet machine; tests share theirs.
    assert took < 25


def test_closing_the_terminal_in_the_middle_of_a_start_stops_everything(installation):
    installation.start()
    time.sleep(1.5)
    assert installation.end(signal.SIGHUP) < 5
    assert installation.processes() == {}


@pytest.mark.parametrize("mark", ["bin/postgres -D", "valkey-server", "gunicorn", "worker --concurrency", " beat "])
def test_whatever_dies_comes_back(running, mark):
    before = running.process(mark)
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: running.process(mark) not in (None, before), 15)
    running.wait_until_healthy()


def test_a_second_start_in_the_same_folder_is_refused(running):
    second = Installation(running.var)
    second.start()
    assert "is in use" in second.output()
    assert second.supervisor.returncode == 1
    assert running.health()["database"]


def test_killing_the_supervisor_leaves_no_process(running):
    running.end(signal.SIGKILL)
    wait_for(lambda: running.processes() == {}, 10)


def test_a_port_that_is_taken_is_named_before_anything_starts(tmp_path):
    installation = Installation(tmp_path)
    with socket.create_server(("127.0.0.1", installation.port)):
        installation.start()
        assert f"port {installation.port} on 127.0.0.1 is taken" in installation.output()
    assert installation.supervisor.returncode == 1
    assert not (tmp_path / "postgresql").exists()


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"DATABASE_URL": "postgresql://web:x@127.0.0.1/x"}, "set both DATABASE_URL and REDIS_URL"),
        ({"PORT": "many"}, "PORT must be a number"),
        ({"PORT": "70000"}, "PORT must lie between"),
    ],
)
def test_a_start_that_cannot_succeed_says_what_to_set(tmp_path, variables, message):
    installation = Installation(tmp_path)
    installation.start(**variables)
    assert message in installation.output()
    assert installation.supervisor.returncode == 1


def test_servers_of_the_operator_are_used_and_get_no_demo(tmp_path):
    """With DATABASE_URL and REDIS_URL nothing of ours is started beside them."""
    theirs = embedded.environment(embedded.folder())
    with psycopg.connect(theirs["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("CREATE DATABASE operators")
    urls = {
        name: theirs[name].replace(embedded.DATABASE, "operators") for name in ("DATABASE_URL", "DATABASE_OWNER_URL")
    }
    installation = Installation(tmp_path)
    installation.start(
        **{**theirs, **urls}, DEMO=None, HTTPS="0", ALLOWED_HOSTS="127.0.0.1", EMAIL_URL="smtp://127.0.0.1:25",
        DEFAULT_FROM_EMAIL="procurement@example.org", PUBLIC_URL="http://127.0.0.1",
        TRAIL_HEADS_TO=str(tmp_path / "heads.txt"),
    )  # fmt: skip
    try:
        installation.wait_until_healthy()
        assert not (tmp_path / "postgresql").exists()
        assert not (tmp_path / "secrets.json").exists()
        with psycopg.connect(urls["DATABASE_OWNER_URL"]) as owner:
            assert owner.execute("SELECT count(*) FROM accounts_organisation").fetchone() == (0,)
        assert installation.end(signal.SIGINT) < 5
    finally:
        if installation.supervisor.poll() is None:
            installation.end(signal.SIGKILL)
        installation.supervisor.stdout.close()
