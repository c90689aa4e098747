"""Everything on one machine under one command: `make run`, or `python -m procurement.supervisor`.

It starts the embedded servers (unless DATABASE_URL and REDIS_URL name others), prepares the database, and keeps a
web server, a worker and the scheduler alive until it is told to stop; then it stops all of them in order, each
within a bounded time, less than five seconds together.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from procurement import children, embedded, postgresql

# A part that dies this often, each time within as many seconds of its start, is broken and not unlucky.
GIVE_UP_AFTER = 5


class Stop(Exception):
    """Somebody asked for the end: Ctrl-C, SIGTERM, or the terminal was closed."""


class Failed(Exception):
    """The installation cannot run; the message tells the operator what to do."""


@dataclass
class Part:
    """A long-running process of the project and how it is asked to end: signal, then seconds of patience."""

    name: str
    command: list[str]
    endings: tuple[tuple[signal.Signals, float], ...]
    pass_fds: tuple[int, ...] = ()
    orphan_signal: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0
    early_deaths: int = 0

    def start(self, log: Path) -> None:
        self.process = children.start(
            self.command,
            log=log / f"{self.name}.log",
            cwd=embedded.PROJECT,
            pass_fds=self.pass_fds,
            orphan_signal=self.orphan_signal,
        )
        self.started_at = time.monotonic()

    def revive(self, log: Path) -> None:
        """Start again after a death, slower the more often it dies right after its start."""
        children.kill_group(self.process)
        lived = time.monotonic() - self.started_at
        self.early_deaths = self.early_deaths + 1 if lived < GIVE_UP_AFTER else 0
        if self.early_deaths >= GIVE_UP_AFTER:
            raise Failed(f"{self.name} dies right after every start. It said:\n{tail(log / f'{self.name}.log')}")
        time.sleep(0.1 * self.early_deaths)
        self.start(log)

    def stop(self) -> None:
        if self.process:
            children.stop(self.process, *self.endings)


@dataclass
class Installation:
    """What runs, in the order of starting; it is stopped in the opposite order."""

    var: Path
    listener: socket.socket
    servers: embedded.Servers | None
    parts: list[Part] = field(default_factory=list)
    preparation: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.log.mkdir(parents=True, exist_ok=True)
        for old in self.log.glob("*.log"):
            if old.stat().st_size > 10_000_000:
                old.replace(old.with_suffix(".log.1"))
        if self.servers:
            say("starting PostgreSQL and Valkey")
            self.servers.start()
        say("preparing the database")
        self.prepare()
        self.parts = parts(self.listener)
        for part in self.parts:
            part.start(self.log)

    def prepare(self) -> None:
        """Migrations, static files and the demo, in a process of its own with the owner's rights."""
        self.preparation = children.start(
            [sys.executable, embedded.PROJECT / "manage.py", "prepare"], cwd=embedded.PROJECT
        )
        if self.preparation.wait():
            raise Failed("the database could not be prepared; the reason stands above")

    def watch(self) -> None:
        """Revive whatever dies, for ever."""
        while True:
            time.sleep(0.1)
            for name, server in self.servers.processes.items() if self.servers else ():
                if server.poll() is not None:
                    say(f"{name} has died; starting it again")
                    self.servers.revive(name)
                    break
            for part in self.parts:
                if part.process.poll() is not None:
                    say(f"the {part.name} has died; starting it again")
                    part.revive(self.log)

    def stop(self) -> None:
        if self.preparation and self.preparation.poll() is None:
            children.stop(self.preparation, (signal.SIGINT, 1))
        for part in reversed(self.parts):
            part.stop()
        if self.servers:
            self.servers.stop()

    @property
    def log(self) -> Path:
        return self.var / "log"


def parts(listener: socket.socket) -> list[Part]:
    """Worker, web server and scheduler; what makes new work comes last, so that it ends first.

    Left alone, worker and scheduler are killed: the servers end at the same moment, and both would end in good order
    only after having reached them.
    """
    celery = [sys.executable, "-m", "celery", "--app", "procurement"]
    # The socket stays open in this process: visitors wait while a dead web server comes back.
    descriptor = listener.fileno()
    return [
        Part(
            "worker",
            [*celery, "worker", "--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"],
            # Warm, then cold: an unfinished task goes back to the broker.
            ((signal.SIGTERM, 0.8), (signal.SIGQUIT, 0.4)),
            orphan_signal=signal.SIGKILL,
        ),
        Part(
            "web",
            [
                sys.executable, "-m", "gunicorn", "procurement.wsgi", f"--bind=fd://{descriptor}",
                # A thread waits for as long as a bidder on a bad line sends: many of them, each with a connection to
                # the database, so that a few such bidders keep nobody out.
                "--preload", "--workers=2", "--worker-class=gthread", "--threads=16", "--graceful-timeout=1",
                "--no-control-socket",
            ],
            ((signal.SIGTERM, 1.0),),
            pass_fds=(descriptor,),
        ),
        Part(
            "scheduler",
            [*celery, "beat", "--loglevel=INFO", "--pidfile="],
            ((signal.SIGTERM, 0.4),),
            orphan_signal=signal.SIGKILL,
        ),
    ]  # fmt: skip


def listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=512)
    except OverflowError:
        raise Failed(f"PORT must lie between 1 and 65535, not {port}") from None
    except PermissionError:
        raise Failed(f"only root may listen on port {port}: choose one above 1023, as in PORT=8001") from None
    except OSError as error:
        raise Failed(f"port {port} on {host} is taken ({error.strerror}): choose another, as in PORT=8001") from None


def configuration() -> tuple[Path, str, int, bool]:
    """Folder, host, port, and whether the servers are ours to start."""
    own = [name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)]
    if len(own) == 1:
        raise Failed(f"only {own[0]} is set: set both DATABASE_URL and REDIS_URL, or neither")
    try:
        port = int(os.environ.get("PORT") or 8000)
    except ValueError:
        raise Failed(f"PORT must be a number, not {os.environ['PORT']!r}") from None
    return embedded.folder(), os.environ.get("HOST") or "127.0.0.1", port, not own


def say(text: str) -> None:
    """Tell the operator; a closed terminal must not keep anything from being stopped."""
    with contextlib.suppress(OSError):
        sys.stdout.write(f"  {text}\n")
        sys.stdout.flush()


def tail(path: Path, lines: int = 15) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])


def greet(var: Path, host: str, port: int) -> None:
    say(f"\n  Ready: http://{host}:{port}/\n")
    for line in demo_accounts(var):
        say(line)
    say(f"\n  Ctrl-C stops everything. What the parts say: {var / 'log'}")


def demo_accounts(var: Path) -> Iterator[str]:
    """Who can sign in to the demo, as the making of the demo left it; nothing where there is none."""
    left = var / "demo.json"
    if left.exists():
        demo = json.loads(left.read_text())
        yield f"Demo accounts, all with the password {demo['password']}; the sign-in page has everybody"
        for account in demo["accounts"]:
            yield f"  {account['login']:<28} {account['who']}"


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first signal into Stop; from then on nothing interrupts the stopping."""

    def stop(*_: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        raise Stop

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    yield


def run() -> None:
    var, host, port, own_servers = configuration()
    with embedded.lock(var) as ours, stoppable():
        if not ours:
            raise Failed(f"this folder is in use: another `make run` or a command works with {var}")
        with listen(host, port) as listener:
            installation = Installation(var, listener, embedded.Servers(var) if own_servers else None)
            try:
                installation.start()
                greet(var, host, port)
                installation.watch()
            finally:
                installation.stop()


def main() -> int:
    try:
        run()
    except Stop:
        say("stopped")
        return 0
    except (Failed, embedded.NotAvailable, postgresql.NotFound, OSError) as reason:
        sys.stderr.write(f"  {reason}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
