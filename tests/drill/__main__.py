"""`python -m tests.drill`: an installation is made, backed up, destroyed, restored and looked at. Minutes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from oversight.rules import documents_in
from procurement import embedded
from sealing.documents import read_document
from sealing.primitives import signing_public
from tests.plugin.servers import remove_installation
from tests.procurement.installation import Installation, wait_for

DEPLOY = embedded.PROJECT / "deploy"
PROGRAMS = ("archive-wal", "back-up", "restore")
Kept = dict[str, list[str]]
PATIENCE = 600  # seconds; other people may work on this machine


class Drill:
    """One installation with servers of its own, its archive and its backups."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.servers = embedded.Servers(var)
        self.heads = var / "trail-heads.txt"
        self.password = json.loads(_secrets(var))["postgres_password"]

    def run(self) -> None:
        with embedded.lock(self.var):  # commands join the servers that whoever holds the folder has started
            before, lost = self.lose_and_restore()
            self.servers.stop()
        with told("the whole platform started, used and checked"):
            self.go_on(before, lost)

    def lose_and_restore(self) -> tuple[Kept, Kept]:
        """What people keep of what they did before the instant, and after it."""
        with told("an installation with the demo, its log archived"):
            self.begin()
        self.act(2, signed_ago=30)
        with told("base backup"):
            base = self.deploy("back-up", self.kept).strip()
        before = self.act(3, signed_ago=15)
        rows, numbers = self.rows(), self.numbers()
        instant = self.ask("SELECT clock_timestamp()::text")[0][0]
        time.sleep(1)
        lost = self.act(2, signed_ago=0)
        with told("destroyed"):
            self.destroy()
        with told("restored and rolled forward"):
            self.deploy("restore", base, self.archive, self.data, instant)
            self.servers.start()
        with told("compared and checked"):
            assert self.rows() == rows, "some table is not as it was at the instant"
            later = self.numbers()
            assert all(later[name] >= number for name, number in numbers.items()), "a counter was set back"
            self.check_receipts(before["receipts"], lost["receipts"])
            self.check_lost_head()
            assert self.alarms() == {"debts are overdue and nobody has paid", "the trail was not checked"}
        return before, lost

    def begin(self) -> None:
        self.servers.start()
        home, self.data = self.servers.home, self.servers.home.data
        self.as_user = home._as_user()
        self.kept = self.data.parent / "kept"
        self.archive = self.kept / "wal"
        self.archive.mkdir(parents=True)
        for program in PROGRAMS:
            shutil.copy(DEPLOY / program, self.kept)
        if home.user:
            for path in (self.kept, self.archive):
                os.chown(path, home.user.uid, home.user.gid)
        self.ask("CREATE ROLE backup LOGIN REPLICATION PASSWORD 'backup'")
        self.ask("ALTER SYSTEM SET archive_mode = on")
        command = f'{self.kept}/archive-wal "%p" {self.archive}'
        self.ask(sql.SQL("ALTER SYSTEM SET archive_command = {}").format(sql.Literal(command)))
        self.servers.stop()
        self.servers.start()
        self.manage("prepare")

    def act(self, often: int, *, signed_ago: int) -> Kept:
        return json.loads(_said([sys.executable, "-m", "tests.drill.acts", str(often), str(signed_ago)]))

    def deploy(self, program: str, *arguments: str | Path) -> str:
        """One of the programs of `deploy/`, as the user of PostgreSQL, as the page tells operators."""
        home = self.servers.home
        environment = {
            "PATH": f"{home.programs}:{os.environ['PATH']}",
            "PGHOST": embedded.HOST,
            "PGPORT": str(self.servers.ports["postgresql"]),
            "PGUSER": "backup",
            "PGPASSWORD": "backup",
        }
        return _said([self.kept / program, *arguments], cwd="/", env=environment, **self.as_user)

    def destroy(self) -> None:
        """All of the log that was finished is in the archive; then the server dies and its disk with it."""
        [[segment]] = self.ask("SELECT pg_walfile_name(pg_switch_wal())")
        wait_for((self.archive / segment).exists, PATIENCE)
        self.servers.processes["postgresql"].kill()
        self.servers.stop()
        for left in self.data.iterdir():
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()

    def rows(self) -> dict[str, tuple[int, str]]:
        """How many rows each table has, and a hash over all of them."""
        tables = self.ask("SELECT relname FROM pg_stat_user_tables ORDER BY relname")
        statement = (
            "SELECT count(*), md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM {} AS t"
        )
        return {name: self.ask(sql.SQL(statement).format(sql.Identifier(name)))[0] for (name,) in tables}

    def numbers(self) -> dict[str, int]:
        return dict(self.ask("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"))

    def alarms(self) -> set[str]:
        """What is told to whoever watches; how old the last head is depends on how long all this takes."""
        told = {what for what, _how_many, _since in self.ask((DEPLOY / "alerts.sql").read_text())}
        return told - {"no head is signed"}

    def check_receipts(self, before: list[str], lost: list[str]) -> None:
        """Each receipt that bidders hold from before the instant is here and verifies; later ones are their proof."""
        key = signing_public(bytes.fromhex(json.loads(_secrets(self.var))["receipt_signing_key"]))
        here = {bytes(document).decode() for (document,) in self.ask("SELECT document FROM tenders_receipt")}
        assert len(before) == 3
        assert set(before) <= here
        assert len(lost) == 2
        assert not set(lost) & here
        for receipt in (*before, *lost):
            assert read_document(receipt.encode(), [key]).body["kind"] == "bid"

    def check_lost_head(self) -> None:
        """The head that was sent after the instant is found to be lost, and nothing else is found."""
        said = self.manage("verify_trail", "--head", self.heads, expected=1)
        assert said.count(" from outside (made ") == 2, said
        assert "is missing in oversight_trailhead" in said, said
        with self.heads.open("rb") as lines:
            *held, gone = documents_in(lines)
        assert len(held) == 2, held
        self.heads.with_name("lost-heads.txt").write_bytes(gone)
        self.heads.write_bytes(b"".join(held))
        assert "No fault." in self.manage("verify_trail", "--head", self.heads)

    def go_on(self, before: Kept, lost: Kept) -> None:
        """The next head names the last one that is left, references and versions go on, and nothing is found."""
        installation = Installation(self.var)
        installation.start(DEMO="1")
        try:
            installation.wait_until_healthy(PATIENCE)
            wait_for(lambda: self.heads.read_bytes().count(b"trail-head/1") == 3, PATIENCE)
            with self.heads.open("rb") as lines:
                *_, last, next_ = (json.loads(one.splitlines()[0]) for one in documents_in(lines))
            assert next_["signed_at"] > last["signed_at"]
            after = self.act(1, signed_ago=0)
            assert after["orders"][0] > max(before["orders"])
            told_then, told_now = (json.loads(one["receipts"][0].splitlines()[0]) for one in (lost, after))
            assert told_now["version"] == told_then["version"], "the version that was lost is handed in again"
            assert told_now["received_at"] > told_then["received_at"]
            assert "No fault." in self.manage("verify_trail", "--head", self.heads)
        finally:
            installation.end(signal.SIGINT)

    def manage(self, *command: str | Path, expected: int = 0) -> str:
        return _said([sys.executable, "manage.py", *command], expected=expected)

    def ask(self, statement: str | sql.Composable) -> list[tuple]:
        port = self.servers.ports["postgresql"]
        with psycopg.connect(
            host=embedded.HOST, port=port, user="postgres", password=self.password,
            dbname=embedded.DATABASE, autocommit=True,
        ) as superuser:  # fmt: skip
            cursor = superuser.execute(statement)
            return cursor.fetchall() if cursor.description else []


def _said(command: list[str | Path], *, expected: int = 0, cwd: Path | str = embedded.PROJECT, **how: Any) -> str:
    done = subprocess.run(command, check=False, cwd=cwd, capture_output=True, text=True, **how)
    assert done.returncode == expected, done.stdout + done.stderr
    return done.stdout


def _secrets(var: Path) -> str:
    embedded.environment(var)
    return (var / "secrets.json").read_text()


@contextmanager
def told(what: str) -> Iterator[None]:
    start = time.monotonic()
    yield
    sys.stdout.write(f"{what}: {time.monotonic() - start:.1f} s\n")
    sys.stdout.flush()


def main() -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DB_ROLE", "BUILT_STATIC", "CI"):
        os.environ.pop(name, None)
    parent = embedded.PROJECT / "var"
    parent.mkdir(exist_ok=True)
    var = Path(tempfile.mkdtemp(prefix="drill-", dir=parent))
    var.chmod(0o755)
    os.environ |= {"VAR": str(var), "DEMO": "1", "DJANGO_SETTINGS_MODULE": "procurement.settings"}
    drill = Drill(var)
    try:
        drill.run()
    finally:
        drill.servers.stop()
        remove_installation(var)


if __name__ == "__main__":
    main()
