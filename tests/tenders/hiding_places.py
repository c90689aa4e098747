"""Everywhere that an installation keeps or says something, as bytes: beyond the rows and logs of ``traces``, what lies
under them, files of the database and of the broker, and what it tells others.

    places = HidingPlaces(log)                # before what is looked for is done
    for name, content in places.everything(seats): ...
"""

import subprocess
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import Seat
from procurement import postgresql
from tests.plugin.servers import RUN
from tests.tenders.bids import signed_in
from tests.tenders.traces import Log, stores

Place = tuple[str, bytes]


class HidingPlaces:
    """The stores of this test run, from the moment it is made on: older files cannot hold what comes later."""

    def __init__(self, log: Log) -> None:
        self.log, self.begun = log, time.time() - 1
        self.broker = cache._cache.get_client(None)
        # As an installation that lasts has it, and legible.
        self.broker.config_set("appendonly", "yes")
        self.broker.config_set("rdbcompression", "no")

    def everything(self, seats: Iterable[Seat]) -> Iterator[Place]:
        yield from stores(self.log)
        yield from self.beneath()
        yield from mails()
        yield from told(seats)

    def beneath(self) -> Iterator[Place]:
        """The database's files with its write-ahead log, its dump, the broker's memory and its log."""
        with psycopg.connect(RUN.servers.superuser_url("postgres"), autocommit=True) as superuser:
            superuser.execute("CHECKPOINT")
        yield from self._files("database file", RUN.servers.home.data.resolve())
        yield "dump", _dump()
        self.broker.save()
        yield from self._files("broker", Path(settings.VAR) / "valkey")

    def _files(self, name: str, folder: Path) -> Iterator[Place]:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.stat().st_mtime >= self.begun:
                yield f"{name} {file.suffix or file.parent.name}", file.read_bytes()


def _dump() -> bytes:
    """The test's database as SQL."""
    program = postgresql.programs_folder() / "pg_dump"
    address = RUN.servers.superuser_url(connection.settings_dict["NAME"])
    return subprocess.run([program, "--dbname", address], capture_output=True, check=True).stdout


def mails() -> Iterator[Place]:
    for sent in mail.outbox:
        yield "mail", sent.message().as_bytes()


def told(seats: Iterable[Seat]) -> Iterator[Place]:
    """What each seat is answered by every page and list that needs no name: as page and as files."""
    for seat in seats:
        client = signed_in(Client(), seat)
        for path in nameless_paths():
            for kind in ("", "?export=csv", "?export=xlsx"):
                answer = client.get(path + kind)
                if kind and "Content-Disposition" not in answer:
                    break
                yield f"answer {path}{kind}", b"".join(answer)


def nameless_paths() -> list[str]:
    """Every route without parameters that is read."""
    return sorted(f"/{path}" for path in _paths(get_resolver().url_patterns) if "<" not in path and "^" not in path)


def _paths(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _paths(pattern.url_patterns, path)
        elif "out" not in str(pattern.name):
            yield path
