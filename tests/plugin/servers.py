"""Pytest plugin: starts a PostgreSQL and a Valkey of its own for the tests, beside whatever else is running.

It is named in `addopts`, because Django's settings are read before any conftest. The servers keep their data in
`var/test-…`, which is removed at the end, and forget safety for speed. Tests run as the database's owner, who
may make the test database.

Migrating takes longer than most test runs. So every process begins with a copy of a migrated server, kept in
`var/template-…`; where there is none for these migrations yet, it is made first, and before any worker starts.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from hashlib import sha256
from pathlib import Path

import pytest

from procurement import embedded, postgresql

PROJECT = embedded.PROJECT
VAR = PROJECT / "var"
TEMPLATES_KEPT = 3


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Start before pytest-django reads the settings: a wrapper goes before every plain hook."""
    workers = getattr(early_config.known_args_namespace, "numprocesses", None)
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    RUN.begin(with_servers=is_worker or not workers)
    return (yield)


class TestRun:
    """The servers and the folder of this process."""

    __test__ = False

    def begin(self, *, with_servers: bool) -> None:
        """Make the folder that the settings describe. Who only leads workers needs no servers."""
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_NAME", "REDIS_URL", "DEMO", "HTTPS", "DEBUG"):
            os.environ.pop(name, None)
        VAR.mkdir(exist_ok=True)
        template = VAR / f"template-{_fingerprint()}"
        if not template.exists():
            _make_template(template)
        os.utime(template)
        self.folder = new_folder()
        self.servers = embedded.Servers(self.folder, durable=False)
        # Whatever ends the run (a usage error comes before pytest's own hooks) ends the servers.
        atexit.register(self.end)
        os.environ |= environment(self.folder)
        shutil.copy2(template / "secrets.json", self.folder)
        if with_servers:
            copy_folder(template / "postgresql", postgresql.Home.below(self.folder).data)
            self.servers.start()

    def end(self) -> None:
        self.servers.stop()
        remove_installation(self.folder)


def new_folder() -> Path:
    """A folder below `var` for one process, into which the database's user may look."""
    folder = Path(tempfile.mkdtemp(prefix="test-", dir=VAR))
    folder.chmod(0o755)
    (folder / "static").mkdir()
    return folder


def environment(folder: Path) -> dict[str, str]:
    """What tells Django's settings of a folder."""
    return {"DB_ROLE": "owner", "BUILT_STATIC": "0", "DEMO_LANGUAGE": "en", "VAR": str(folder)}


def _make_template(template: Path) -> None:
    """In a process of its own: this one has not read Django's settings yet, which will name another folder."""
    subprocess.run([sys.executable, "-m", "tests.plugin.template", template], cwd=PROJECT, check=True)
    old = sorted(VAR.glob("template-*"), key=lambda path: path.stat().st_mtime)[:-TEMPLATES_KEPT]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)


def remove_installation(folder: Path) -> None:
    """Remove an installation's folder, and its data where they had to lie elsewhere."""
    link = folder / "postgresql"
    if link.is_symlink():
        shutil.rmtree(link.readlink().parent, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def copy_folder(source: Path, target: Path) -> None:
    """With owners and modes, which PostgreSQL insists on."""
    subprocess.run(["cp", "-a", source, target], check=True)


def _fingerprint() -> str:
    """Of everything that decides how a migrated database looks; rights and walls are raised anew at every start."""
    kinds = (
        "*.txt",
        "procurement/postgresql.py",
        "core/*.py",
        "selection/*.py",
        "*/migrations/*.py",
        "*/actions/rule_sets.py",
        "accounts/data/*",
    )
    sources = sorted({path for kind in kinds for path in PROJECT.glob(kind)})
    return sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()[:12]


RUN = TestRun()
