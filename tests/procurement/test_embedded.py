"""The embedded servers: found, made once, private, and fit for Chinese names."""

import json
import os
import re
import signal
import socket
import stat
import threading
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from procurement import embedded, postgresql
from tests.plugin.servers import remove_installation


@pytest.fixture
def folder(tmp_path):
    """A folder that, in a run as root, only root can enter."""
    yield tmp_path / "var"
    remove_installation(tmp_path / "var")


def programs_of_version(folder: Path, version: str) -> Path:
    """A folder that looks like PostgreSQL's programs of some version."""
    for name in ("postgres", "initdb"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        program.chmod(0o755)
    return folder


def test_the_servers_start_in_any_folder_and_data_survive_a_kill(folder):
    servers = embedded.Servers(folder)
    try:
        servers.start()
        url = embedded.environment(folder)["DATABASE_OWNER_URL"]
        with psycopg.connect(url) as owner:
            owner.execute("CREATE TABLE kept AS SELECT 1 AS number")
        os.kill(servers.processes["postgresql"].pid, signal.SIGKILL)
        servers.processes["postgresql"].wait()
        servers.revive("postgresql")
        with psycopg.connect(url) as owner:
            assert owner.execute("SELECT number FROM kept").fetchone() == (1,)
    finally:
        servers.stop()
    assert (folder / "postgresql").exists()


def test_a_database_is_revived_though_a_process_of_the_dead_one_lingers(folder):
    servers = embedded.Servers(folder)
    try:
        servers.start()
        with psycopg.connect(embedded.environment(folder)["DATABASE_OWNER_URL"]) as busy:
            lingering = busy.info.backend_pid
            os.kill(lingering, signal.SIGSTOP)
            wake = threading.Timer(2, os.kill, (lingering, signal.SIGCONT))
            wake.start()
            os.kill(servers.processes["postgresql"].pid, signal.SIGKILL)
            servers.processes["postgresql"].wait()
            servers.revive("postgresql")
            wake.join()
        with psycopg.connect(embedded.environment(folder)["DATABASE_OWNER_URL"]) as owner:
            assert owner.execute("SELECT 1").fetchone() == (1,)
    finally:
        servers.stop()


def test_data_of_another_version_are_left_alone(folder):
    (folder / "postgresql").mkdir(parents=True)
    (folder / "postgresql" / "PG_VERSION").write_text("16\n")
    home = postgresql.Home(folder / "postgresql", postgresql.programs_folder(), None)
    with pytest.raises(postgresql.NotFound, match=r"made by PostgreSQL 16"):
        home.prepare(superuser_password="secret")


def test_pg_bin_names_the_programs(tmp_path, monkeypatch):
    monkeypatch.setenv("PG_BIN", str(programs_of_version(tmp_path, "17.2")))
    assert postgresql.programs_folder() == tmp_path


def test_a_postgresql_that_is_too_old_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("PG_BIN", str(programs_of_version(tmp_path, "16.9")))
    with pytest.raises(postgresql.NotFound, match=r"no PostgreSQL 17 or later"):
        postgresql.programs_folder()


def test_a_preferred_port_is_taken_when_free_and_another_when_not():
    with socket.create_server((embedded.HOST, 0)) as taken:
        port = taken.getsockname()[1]
        assert embedded.choose_port(port) != port
    assert embedded.choose_port(port) == port


def test_secrets_are_private_and_made_once_even_by_two_at_a_time(folder):
    seen = []
    makers = [threading.Thread(target=lambda: seen.append(embedded.environment(folder))) for _ in range(8)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert len(seen) == 8
    assert all(environment == seen[0] for environment in seen)
    assert stat.S_IMODE((folder / "secrets.json").stat().st_mode) == 0o600
    assert re.fullmatch("[0-9a-f]{64}", seen[0]["RECEIPT_SIGNING_KEY"])
    assert len(set(json.loads((folder / "secrets.json").read_text()).values())) == 6


@pytest.mark.django_db
def test_chinese_names_are_letters_and_have_trigrams():
    with connection.cursor() as cursor:
        cursor.execute(r"SELECT '阿莫西林' ~ '^\w+$', upper('é'), cardinality(show_trgm('阿莫西林')) > 0")
        assert cursor.fetchone() == (True, "É", True)


@pytest.mark.django_db
def test_what_a_statement_carries_never_reaches_the_server_log():
    with connection.cursor() as cursor:
        for setting in ("log_parameter_max_length", "log_parameter_max_length_on_error"):
            cursor.execute("SELECT current_setting(%s)", [setting])
            assert cursor.fetchone() == ("0",)
        cursor.execute("SELECT current_setting('log_min_error_statement')")
        assert cursor.fetchone() == ("panic",)
