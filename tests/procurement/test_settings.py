"""An installation with servers of its own starts with complete and well-formed settings, or not at all."""

import os
import subprocess
import sys

import pytest
from django.core.mail import get_connection

from procurement import embedded

COMPLETE = {
    "DATABASE_URL": "postgresql://web:p%40ss@db.example/procurement",
    "DATABASE_OWNER_URL": "postgresql://owner:secret@db.example/procurement",
    "REDIS_URL": "redis://:secret@broker.example:6379/0",
    "SECRET_KEY": "k" * 25 + "0123456789" * 3,
    "RECEIPT_SIGNING_KEY": "0f" * 32,
    "ALLOWED_HOSTS": "procurement.example",
    "EMAIL_URL": "smtp://mail.example:25",
    "DEFAULT_FROM_EMAIL": "procurement@example.org",
    "TRAIL_HEADS_TO": "mailto:auditor@procurement.example",
    "TRUSTED_PROXIES": "1",
    "PUBLIC_URL": "https://procurement.example",
}


def show(expression: str, **variables: str | None) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process with these variables only, and print an expression."""
    environment = {"PATH": os.environ["PATH"], **COMPLETE, **variables}
    return subprocess.run(
        [sys.executable, "-c", f"from procurement import settings as s; print({expression})"],
        env={name: value for name, value in environment.items() if value is not None},
        cwd=embedded.PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_complete_settings_are_those_of_a_real_installation():
    shown = show("(s.DEMO, s.DEBUG, s.HTTPS, s.SESSION_COOKIE_SECURE, s.DATABASES['default']['PASSWORD'])")
    assert shown.stdout.strip() == "(False, False, True, True, 'p@ss')", shown.stderr


def test_behind_a_pooler_the_address_says_how_long_a_session_is_kept():
    kept = "s.DATABASES['default']['CONN_MAX_AGE']"
    assert show(kept).stdout.strip() == "60"
    assert show(kept, DATABASE_URL=f"{COMPLETE['DATABASE_URL']}?conn_max_age=0").stdout.strip() == "0"


@pytest.mark.parametrize(
    "name", ["REDIS_URL", *[n for n in COMPLETE if n not in ("DATABASE_URL", "DATABASE_OWNER_URL")]]
)
def test_a_missing_value_stops_the_start_and_is_named(name):
    refused = show("s", **{name: None})
    assert refused.returncode != 0
    assert name in refused.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "sqlite:///db.sqlite3"),
        ("REDIS_URL", "broker.example"),
        ("SECRET_KEY", "short"),
        ("RECEIPT_SIGNING_KEY", "0f"),
        ("CURRENCY", "yuan"),
        ("PLATFORM_TIME_ZONE", "Asia/Nowhere"),
        ("DB_ROLE", "superuser"),
        ("TRUSTED_PROXIES", "nginx"),
    ],
)
def test_a_malformed_value_stops_the_start_and_is_named(name, value):
    refused = show("s", **{name: value})
    assert refused.returncode != 0
    assert name in refused.stderr.splitlines()[-1]
    assert value not in refused.stderr or name not in ("SECRET_KEY", "RECEIPT_SIGNING_KEY")


@pytest.mark.parametrize(
    ("role", "owner_url", "user"),
    [
        ("web", COMPLETE["DATABASE_OWNER_URL"], "web"),
        ("owner", COMPLETE["DATABASE_OWNER_URL"], "owner"),
        ("owner", None, "web"),
    ],
)
def test_the_owner_is_used_only_where_it_is_asked_for_and_known(role, owner_url, user):
    shown = show("s.DATABASES['default']['USER'], s.WEB_DATABASE_ROLE", DB_ROLE=role, DATABASE_OWNER_URL=owner_url)
    assert shown.stdout.strip() == f"{user} web", shown.stderr


def test_a_mail_server_that_hangs_keeps_nobody():
    """Django hands the limit to every connection that it opens for mail."""
    mail = get_connection("django.core.mail.backends.smtp.EmailBackend")
    assert mail.timeout == 10


def test_an_embedded_installation_keeps_its_mails_below_its_own_folder(tmp_path):
    shown = show("s.EMAIL_FILE_PATH", **dict.fromkeys(COMPLETE), VAR=str(tmp_path), PORT="1")
    assert shown.stdout.strip() == f"{tmp_path}/mail", shown.stderr
