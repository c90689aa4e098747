"""The test database: rows of migrations survive tests that commit, and the web role has its rights only."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import Session


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_nothing_and_takes_nothing_away(turn):
    assert Session.objects.count() == 0
    assert ContentType.objects.exists()
    Session.objects.create(session_key=str(turn), session_data="", expire_date=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE django_content_type CASCADE")


@pytest.mark.usefixtures("as_web_role")
def test_the_web_role_writes_rows():
    Session.objects.create(session_key="1", session_data="", expire_date=timezone.now())
    assert Session.objects.count() == 1


@pytest.mark.usefixtures("as_web_role")
@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE browser_session",
        "DROP TABLE browser_session",
        "ALTER TABLE browser_session DISABLE TRIGGER ALL",
        "CREATE TABLE mine (id int)",
        "SET session_replication_role = replica",
    ],
)
def test_the_web_role_owns_nothing(statement):
    with (
        pytest.raises(DatabaseError, match=r"must be owner|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
