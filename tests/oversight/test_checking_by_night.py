"""The trail is checked when nobody asks, and who reads it is told what was found."""

from datetime import datetime, timedelta

import pytest
from celery import current_app
from django.core import mail

from accounts.models import InboxMessage
from core.clock import zone
from core.models import Event, OutboxMessage
from core.tasks import deliver
from core.trail import link_waiting
from oversight.actions import keep_check
from oversight.models import Verb
from oversight.rules import check_due
from procurement import tasks
from tests.world import NOW

AT_TWO, AT_NOON = (datetime(2026, 3, 2, hour, tzinfo=zone()) for hour in (2, 12))


@pytest.mark.parametrize(
    ("last", "now", "is_due"),
    [
        (None, AT_NOON, True),
        (AT_TWO - timedelta(hours=24), AT_TWO, True),
        (AT_TWO - timedelta(hours=1), AT_TWO, False),
        (AT_NOON - timedelta(hours=24), AT_NOON, False),
        (AT_NOON - timedelta(hours=26), AT_NOON, True),
        (AT_NOON - timedelta(hours=24), AT_NOON - timedelta(hours=10), False),
    ],
)
def test_it_is_time_once_a_night_or_after_a_night_that_was_missed(last, now, is_due):
    assert check_due(last, now) is is_due


class Started:
    def __init__(self, commands):
        self.commands = commands

    def __call__(self, command, **given):
        self.commands.append([str(part) for part in command])
        return self

    def wait(self):
        return 0


@pytest.mark.django_db
def test_the_worker_has_it_checked_with_the_owners_rights_and_not_twice(world, monkeypatch, settings, tmp_path):
    settings.VAR = tmp_path
    link_waiting()
    commands = []
    monkeypatch.setattr("procurement.children.start", Started(commands))
    assert tasks.check_trail() == 0
    assert [command[-2:] for command in commands] == [["verify_trail", "--keep"]]
    keep_check(looked_at={}, faults=0, told=[], now=datetime.now(tz=zone()))
    assert tasks.check_trail() is None
    assert len(commands) == 1
    assert tasks.check_trail.soft_time_limit > 3600
    assert tasks.check_trail.acks_late is False
    scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
    assert tasks.check_trail.name in scheduled


@pytest.mark.django_db
def test_before_there_is_a_trail_nothing_is_checked(monkeypatch):
    monkeypatch.setattr("oversight.state._began_at", lambda: None)
    assert tasks.check_trail() is None


@pytest.mark.django_db
def test_auditors_and_nobody_else_find_faults_in_their_inbox_and_mail(world):
    auditor, officer = world.auditor, world.officer
    link_waiting()
    keep_check(looked_at={}, faults=0, told=[], now=NOW)
    assert not InboxMessage.objects.exists()
    keep_check(looked_at={}, faults=2, told=["core_event 1: is gone", "core_event 2: is gone"], now=NOW)
    [message] = InboxMessage.objects.all()
    assert message.seat == auditor != officer
    assert "2" in message.sentence
    assert "core_event 1: is gone" in message.sentence
    for waiting in OutboxMessage.objects.filter(delivered_at=None):
        deliver(waiting.pk)
    [letter] = mail.outbox
    assert letter.to == [auditor.person.email]
    assert "/trail/" in letter.body
    assert [event.data["faults"] for event in Event.objects.filter(verb=Verb.TRAIL_CHECKED)] == [0, 2]
