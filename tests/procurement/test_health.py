"""`/healthz`: database, broker, and a worker seen in the last minute."""

from datetime import UTC, datetime, timedelta

import pytest

from procurement import health
from procurement.tasks import heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _trail_in_time(monkeypatch):
    """Nobody signs the trail of a test database."""
    monkeypatch.setattr(health, "trail_is_late", lambda now: False)


def test_all_parts_answer(client):
    health.worker_is_alive(now=datetime.now(UTC))
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"healthy": True, "database": True, "broker": True, "worker": True, "trail": True}


def test_a_worker_never_seen_is_reported(client):
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"healthy": False, "database": True, "broker": True, "worker": False, "trail": True}


def test_a_worker_last_seen_more_than_a_minute_ago_counts_as_lost():
    now = datetime.now(UTC)
    health.worker_is_alive(now=now - timedelta(seconds=60))
    assert health.broker_and_worker(now=now)["worker"] is True
    assert health.broker_and_worker(now=now + timedelta(microseconds=1))["worker"] is False


def test_the_heartbeat_task_is_a_workers_sign_of_life(client, db):
    heartbeat()
    assert client.get("/healthz").json()["worker"] is True
