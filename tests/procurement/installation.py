"""An installation in a folder of its own, under the supervisor, as `make run` makes it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg

from procurement import embedded


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

    def database_answers(self) -> bool:
        try:
            self.owner().close()
        except psycopg.OperationalError:
            return False
        return True

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
