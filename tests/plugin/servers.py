"""Pytest plugin: starts a PostgreSQL and a Valkey of its own for the tests, beside whatever else is running.

It is named in `addopts`, because Django's settings are read before any conftest. The servers keep their data in
`var/test-…`, which is removed at the end, and forget safety for speed. Tests run as the database's owner, who
may make the test database.

Migrating takes longer than most test runs. So the first run with a set of migrations leaves a copy of its
migrated server in `var/template-…`, and later runs begin with a copy of that.
"""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Generator
from hashlib import sha256
from pathlib import Path

import pytest

from procurement import children, embedded, postgresql

PROJECT = embedded.PROJECT
VAR = PROJECT / "var"
TEMPLATES_KEPT = 3


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Start before pytest-django reads the settings: a wrapper goes before every plain hook."""
    RUN.start()
    return (yield)


class TestRun:
    """The servers and the folder of this run."""

    __test__ = False

    def start(self) -> None:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_NAME", "REDIS_URL", "DEMO", "HTTPS", "DEBUG"):
            os.environ.pop(name, None)
        VAR.mkdir(exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix="test-", dir=VAR))
        self.folder.chmod(0o755)
        (self.folder / "static").mkdir()
        os.environ |= {"DB_ROLE": "owner", "BUILT_STATIC": "0", "VAR": str(self.folder)}
        self.template = VAR / f"template-{_fingerprint()}"
        self.servers = embedded.Servers(self.folder, durable=False)
        # Whatever ends the run (a usage error comes before pytest's own hooks) ends the servers.
        atexit.register(self.end)
        self.is_copy = self.template.exists()
        if self.is_copy:
            self._copy_from_template()
        self.servers.start()

    def end(self) -> None:
        self.servers.stop()
        remove_installation(self.folder)

    def _copy_from_template(self) -> None:
        os.utime(self.template)
        shutil.copy2(self.template / "secrets.json", self.folder)
        _copy_folder(self.template / "postgresql", postgresql.Home.below(self.folder).data)

    def keep_template(self) -> None:
        """Leave a copy of the migrated server, which stands still meanwhile, for later runs."""
        if self.template.exists():
            return
        draft = self.template.with_name(f"draft-of-{self.template.name}-{os.getpid()}")
        draft.mkdir()
        children.stop(self.servers.processes["postgresql"], (signal.SIGINT, 10))
        _copy_folder(self.servers.home.data, draft / "postgresql")
        shutil.copy2(self.folder / "secrets.json", draft)
        self.servers.revive("postgresql")
        try:
            draft.rename(self.template)
        except OSError:  # another run was quicker
            shutil.rmtree(draft)
        old = sorted(VAR.glob("template-*"), key=lambda path: path.stat().st_mtime)[:-TEMPLATES_KEPT]
        for folder in old:
            shutil.rmtree(folder, ignore_errors=True)


def remove_installation(folder: Path) -> None:
    """Remove an installation's folder, and its data where they had to lie elsewhere."""
    link = folder / "postgresql"
    if link.is_symlink():
        shutil.rmtree(link.readlink().parent, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _fingerprint() -> str:
    """Of everything that decides how a migrated database looks."""
    sources = [PROJECT / "constraints.txt", PROJECT / "requirements.txt"]
    sources += [PROJECT / "core" / "grants.py", PROJECT / "core" / "triggers.py"]
    sources += [PROJECT / "tenders" / "actions" / "rule_sets.py", PROJECT / "selection" / "ruleset.py"]
    sources += sorted(PROJECT.glob("*/migrations/*.py"))
    sources += [PROJECT / "accounts" / "data" / "regions.csv"]
    sources += sorted(PROJECT.glob("procurement/postgresql.py"))
    return sha256(b"\0".join(path.read_bytes() for path in sources if path.exists())).hexdigest()[:12]


def _copy_folder(source: Path, target: Path) -> None:
    """With owners and modes, which PostgreSQL insists on."""
    subprocess.run(["cp", "-a", source, target], check=True)


RUN = TestRun()
