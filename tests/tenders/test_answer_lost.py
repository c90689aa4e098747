"""The answer to a submission is lost: the same key gets the very receipt, and there is no receipt without a version.

The faults are real where they can be: the database itself ends the connection, before or after it has committed.
"""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from tenders.api import bids
from tenders.models import BidVersion, Receipt
from tests.contracts.pages import sitting
from tests.tenders.bids import a_bid, moved_deadline, sealed
from tests.tenders.stage import published_tender
from tests.tenders.test_bidding_api import files, posted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bid(world):
    stage = published_tender(world, lots=("20.00",), suppliers=1)
    moved_deadline(stage.tender, timezone.now() + timedelta(hours=5))
    return a_bid(stage)


@pytest.fixture
def submit(bid):
    """Send one submission, as often as it is called, always under the same key."""
    body = files(sealed(bid, "13.50"))

    def send():
        client = sitting(bid.prepared_by)
        client.raise_request_exception = False
        return posted(client, "submit-bid", bid.reference, body=body, key="the-same-key")

    return send


def rows() -> tuple[int, int]:
    return BidVersion.objects.count(), Receipt.objects.count()


def gets_its_receipt(submit) -> bool:
    """The submission is answered, with the one receipt that is stored, however often it is sent."""
    answers = [submit() for _again in range(3)]
    given = {answer.json()["document"].encode() for answer in answers if answer.status_code == 201}
    same = len({answer.content for answer in answers}) == 1
    return same and given == {bytes(Receipt.objects.get().document)} and rows() == (1, 1)


def test_a_web_worker_dies_between_commit_and_answer(submit, monkeypatch):
    class Killed(BaseException):
        """The process ends here: nothing after it runs."""

    def answer_and_die(*args):
        answer_once(*args)
        raise Killed

    answer_once = bids.answer_once
    with monkeypatch.context() as faulty:
        faulty.setattr(bids, "answer_once", answer_and_die)
        with pytest.raises(Killed):
            submit()
    assert rows() == (1, 1)
    assert gets_its_receipt(submit)


def end_connection(process: int) -> None:
    own = {name: connection.get_connection_params()[name] for name in ("host", "port", "user", "password", "dbname")}
    with psycopg.connect(**own) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [process])


@pytest.mark.parametrize("committed", [True, False], ids=["after the commit", "before the commit"])
def test_the_connection_to_the_database_breaks(submit, monkeypatch, committed):
    def commit(self):
        with self.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM tenders_bidversion), pg_backend_pid()")
            found, process = cursor.fetchone()
        if committed or not found:
            real(self)
        if found:
            end_connection(process)
            self.connection.execute("COMMIT")

    real = BaseDatabaseWrapper._commit
    with monkeypatch.context() as faulty:
        faulty.setattr(BaseDatabaseWrapper, "_commit", commit)
        answer = submit()
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    connection.close()  # as the end of a request does with one that is broken
    assert rows() == ((1, 1) if committed else (0, 0))
    assert gets_its_receipt(submit)
