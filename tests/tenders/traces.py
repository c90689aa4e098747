"""Looks for a secret wherever something may be kept: rows, cache and broker, logs, files."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from logging.config import DictConfigurator
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from tests.tenders.peeling import layers

# What PostgreSQL keeps is read row by row below; its own files are the same rows again.
SKIPPED = {"postgresql", "valkey", "static"}


class Log(logging.Handler):
    """Every record of every logger, formatted with its traceback as the installation does it."""

    def __init__(self) -> None:
        super().__init__(level=logging.DEBUG)
        configured = DictConfigurator(deepcopy(settings.LOGGING))
        self.setFormatter(configured.configure_formatter(configured.config["formatters"]["line"]))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def everything_logged() -> Iterator[Log]:
    """Collect the logs of all loggers at their most talkative."""
    log, root = Log(), logging.getLogger()
    before = root.level
    root.addHandler(log)
    root.setLevel(logging.DEBUG)
    logging.getLogger("django").addHandler(log)
    try:
        yield log
    finally:
        root.removeHandler(log)
        root.setLevel(before)
        logging.getLogger("django").removeHandler(log)


def places_with(secret: str, log: Log) -> set[str]:
    """Where a secret is found, in plain text or under any coding (``tests.tenders.peeling``)."""
    plain = secret.encode()
    return {place for place, content in stores(log) if any(plain in layer for layer in layers(content))}


def stores(log: Log) -> Iterator[tuple[str, bytes]]:
    yield from rows()
    yield from remembered()
    yield "log", "\n".join(log.lines).encode()
    yield from files()


def rows() -> Iterator[tuple[str, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
            for (row,) in cursor.fetchall():
                yield table, row.encode()


def remembered() -> Iterator[tuple[str, bytes]]:
    """Cache and broker are one server."""
    client = cache._cache.get_client(None)
    for key in client.scan_iter("*"):
        kind = client.type(key)
        value = client.dump(key) or b""
        if kind == b"list":
            value = b"\n".join(client.lrange(key, 0, -1))
        yield "cache and broker", key + b" " + value


def files() -> Iterator[tuple[str, bytes]]:
    for folder in Path(settings.VAR).iterdir():
        if folder.name in SKIPPED:
            continue
        for file in [folder] if folder.is_file() else folder.rglob("*"):
            if file.is_file():
                yield f"file {file.name}", file.read_bytes()
