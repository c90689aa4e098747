"""Fixtures for all tests."""

import gc
from collections.abc import Callable, Iterator
from datetime import datetime
from secrets import token_hex
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import settings as examples

from accounts import proof
from accounts.actions import make_token
from accounts.models import Person
from core.clock import mark_installation, set_database_clock
from procurement import translations
from tests.plugin import flush
from tests.world import NOW, World

# How long an example takes says how busy the machine is.
examples.register_profile("here", deadline=None)
examples.load_profile("here")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for garbage again and again took an eighth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The test database is there already: the server is this process's own, copied from a template."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix() -> None:
    """Processes that test side by side have a server each; one name for the database does for all."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        flush.keep_pristine_rows()


@pytest.fixture(scope="session", autouse=True)
def _compiled_translations() -> None:
    """A clean checkout has the words of the catalogues, and not yet their compiled form."""
    translations.compile_all()


@pytest.fixture(autouse=True)
def _cheap_passwords(settings) -> None:
    """Argon2 is slow on purpose; tests that log in need not wait for it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Each test begins with nothing remembered."""
    cache.clear()


@pytest.fixture(autouse=True)
def _language_of_nobody() -> None:
    """Each test begins in the platform's language: a request leaves that of its reader in the thread."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _forced_logins_are_proved(monkeypatch) -> None:
    """Who is put into a session without signing in counts as having just proved it with a passkey.

    Tests of signing in go through the pages; ``tests/accounts`` has sessions with less, and what is refused them.
    """
    force_login = Client.force_login

    def proved(client: Client, user: Person, backend: str | None = None) -> None:
        force_login(client, user, backend)
        session = client.session
        proof.stamp(session, proof.PASSKEY, timezone.now())
        session.save()

    monkeypatch.setattr(Client, "force_login", proved)


@pytest.fixture(autouse=True)
def _requests_have_the_rights_of_the_web_role(monkeypatch) -> None:
    """What a test asks for through a client is done as web processes do it; the test itself is the owner.

    Past Django's cursors, so that no counted query is one of these. A test that took the web role itself keeps it.
    """
    request = Client.request

    def as_web(client: Client, **given: Any) -> Any:
        if connection.connection is None or connection.connection.closed or _role() != "owner":
            return request(client, **given)
        connection.connection.execute("SET ROLE web")
        try:
            return request(client, **given)
        finally:
            if connection.connection and not connection.connection.closed:
                connection.connection.execute("RESET ROLE")

    monkeypatch.setattr(Client, "request", as_web)


def _role() -> str:
    return connection.connection.execute("SELECT current_user").fetchone()[0]


@pytest.fixture
def as_web_role(db) -> Iterator[None]:
    """Run the test's statements with the rights of web processes and workers."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE web")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.fixture
def world(db) -> World:
    """A small province with an agency, a supplier, a hospital and the people in them."""
    return World()


@pytest.fixture
def travel(db, monkeypatch) -> Iterator[Callable[[datetime], datetime]]:
    """Set what time it is, for the web server and for the database."""
    mark_installation("test")

    def to(instant: datetime) -> datetime:
        monkeypatch.setattr(timezone, "now", lambda: instant)
        set_database_clock(instant)
        return instant

    yield to
    set_database_clock(None)


@pytest.fixture
def send(client):
    """Send a request as a seat, by a token of its own."""
    tokens = {}

    def sent(seat, method, name, *args, body=None):
        if seat not in tokens:
            tokens[seat] = make_token(label="test", by=seat, now=NOW)[1]
        return getattr(client, method)(
            reverse(f"api-{name}", args=args),
            data=body if body is not None else ({} if method == "post" else None),
            content_type="application/json",
            headers={"Authorization": f"Token {tokens[seat]}", "Idempotency-Key": token_hex(8)},
        )

    return sent
