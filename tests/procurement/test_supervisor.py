"""`make run`: everything starts under one command, heals itself, keeps its data and leaves nothing behind."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from procurement import embedded
from tests.commit import in_turn
from tests.plugin.servers import remove_installation
from tests.procurement.installation import Installation, wait_for

pytestmark = [
    pytest.mark.whole,
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes through /proc"),
]


@pytest.fixture(scope="module")
def killed_half_way(tmp_path_factory) -> Iterator[Installation]:
    """An installation whose first start was killed again and again, in the middle of whatever it did."""
    installation = Installation(tmp_path_factory.mktemp("installation"))
    for seconds in (0.2, 0.5, 1, 2.5, 5):
        installation.start()
        time.sleep(seconds)
        installation.end(signal.SIGKILL)
    yield installation
    remove_installation(installation.var)


@pytest.fixture(scope="module")
def installation(killed_half_way: Installation) -> Iterator[Installation]:
    """The same installation; whatever the tests leave running is ended."""
    yield killed_half_way
    if killed_half_way.supervisor.poll() is None:
        killed_half_way.end(signal.SIGTERM)
    killed_half_way.supervisor.stdout.close()


@pytest.fixture
def running(installation: Installation) -> Installation:
    if installation.supervisor.poll() is not None:
        installation.start()
        installation.wait_until_healthy()
    return installation


def test_a_start_killed_half_way_leaves_no_process(installation):
    wait_for(lambda: installation.processes() == {}, 10)


def test_a_start_killed_half_way_heals_itself_and_the_next_start_keeps_the_data(installation):
    installation.start()
    installation.wait_until_healthy()
    with installation.owner() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    assert len(installation.processes()) > 8
    assert installation.end(signal.SIGINT) < 5
    assert installation.processes() == {}
    assert installation.supervisor.returncode == 0
    assert f"http://127.0.0.1:{installation.port}/" in installation.output()

    start = time.monotonic()
    installation.start()
    wait_for(lambda: installation.health() is not None, 60)
    took = time.monotonic() - start
    with installation.owner() as connection:
        assert connection.execute("SELECT number FROM kept").fetchall() == [(1,)]
        connection.execute("DROP TABLE kept")
    assert installation.end(signal.SIGTERM) < 5
    assert installation.processes() == {}
    # Ten seconds on a quiet machine; tests share theirs.
    assert took < 40


def test_closing_the_terminal_in_the_middle_of_a_start_stops_everything(installation):
    installation.start()
    time.sleep(1.5)
    assert installation.end(signal.SIGHUP) < 5
    assert installation.processes() == {}


@pytest.mark.parametrize(
    "mark", in_turn(["bin/postgres -D", "valkey-server", "gunicorn", "worker --concurrency", " beat "])
)
def test_whatever_dies_comes_back(running, mark):
    before = running.process(mark)
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: running.process(mark) not in (None, before), 15)
    running.wait_until_healthy()


def test_a_second_start_in_the_same_folder_is_refused(running):
    second = Installation(running.var)
    second.start()
    assert "is in use" in second.output()
    assert second.supervisor.returncode == 1
    assert running.health()["database"]


def test_killing_the_supervisor_leaves_no_process(running):
    running.end(signal.SIGKILL)
    wait_for(lambda: running.processes() == {}, 10)


def test_a_port_that_is_taken_is_named_before_anything_starts(tmp_path):
    installation = Installation(tmp_path)
    with socket.create_server(("127.0.0.1", installation.port)):
        installation.start()
        assert f"port {installation.port} on 127.0.0.1 is taken" in installation.output()
    assert installation.supervisor.returncode == 1
    assert not (tmp_path / "postgresql").exists()


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"DATABASE_URL": "postgresql://web:x@127.0.0.1/x"}, "set both DATABASE_URL and REDIS_URL"),
        ({"PORT": "many"}, "PORT must be a number"),
        ({"PORT": "70000"}, "PORT must lie between"),
    ],
)
def test_a_start_that_cannot_succeed_says_what_to_set(tmp_path, variables, message):
    installation = Installation(tmp_path)
    installation.start(**variables)
    assert message in installation.output()
    assert installation.supervisor.returncode == 1


def test_servers_of_the_operator_are_used_and_get_no_demo(django_db_setup, tmp_path):
    """With DATABASE_URL and REDIS_URL nothing of ours is started beside them."""
    theirs = embedded.environment(embedded.folder())
    name = connection.settings_dict["NAME"]
    connection.close()
    with psycopg.connect(theirs["DATABASE_OWNER_URL"], autocommit=True) as owner:
        # A database that somebody uses is no template, and a server of a test before may still be about to leave.
        owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        owner.execute(f"CREATE DATABASE operators TEMPLATE {name}")
    urls = {
        name: theirs[name].replace(embedded.DATABASE, "operators") for name in ("DATABASE_URL", "DATABASE_OWNER_URL")
    }
    installation = Installation(tmp_path)
    installation.start(
        **{**theirs, **urls}, DEMO=None, HTTPS="0", ALLOWED_HOSTS="127.0.0.1", EMAIL_URL="smtp://127.0.0.1:25",
        DEFAULT_FROM_EMAIL="procurement@example.org", PUBLIC_URL="http://127.0.0.1",
        TRAIL_HEADS_TO=str(tmp_path / "heads.txt"), TRUSTED_PROXIES="0",
    )  # fmt: skip
    try:
        installation.wait_until_healthy()
        assert not (tmp_path / "postgresql").exists()
        assert not (tmp_path / "secrets.json").exists()
        with psycopg.connect(urls["DATABASE_OWNER_URL"]) as owner:
            assert owner.execute("SELECT count(*) FROM accounts_organisation").fetchone() == (0,)
        assert installation.end(signal.SIGINT) < 5
    finally:
        if installation.supervisor.poll() is None:
            installation.end(signal.SIGKILL)
        installation.supervisor.stdout.close()
