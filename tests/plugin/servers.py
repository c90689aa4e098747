"""Pytest plugin: starts a PostgreSQL and a Valkey of its own for the tests, beside whatever else is running.

It is named in `addopts`, because Django's settings are read before any conftest. The servers keep their data in
`var/test-…`, which is removed at the end, and forget safety for speed. Tests run
as the database's owner, who may make the test database.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from procurement import embedded


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Start before pytest-django reads the settings: a wrapper goes before every plain hook."""
    start_servers()
    return (yield)


def start_servers() -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DEMO", "HTTPS"):
        os.environ.pop(name, None)
    os.environ |= {"DB_ROLE": "owner", "BUILT_STATIC": "0"}
    embedded.VAR.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="test-", dir=embedded.VAR))
    os.environ["VAR"] = str(folder)
    (folder / "static").mkdir()
    servers = embedded.Servers(folder, durable=False)

    def end() -> None:
        servers.stop()
        shutil.rmtree(folder, ignore_errors=True)

    # Whatever ends the run (a usage error comes before pytest's own hooks) ends the servers.
    atexit.register(end)
    servers.start()
