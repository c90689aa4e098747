"""At the close number and root go to everybody alike, at once, and nothing else does."""

from datetime import timedelta

import pytest
from django.core import mail

from accounts.models import InboxMessage
from accounts.permissions import OrganisationKind
from core.models import OutboxMessage
from core.tasks import deliver
from tenders.actions.bidding import withdraw_bid
from tenders.actions.opening import close_tender
from tenders.tasks import announce_close
from tests.tenders.bids import HOUR, a_bid, bids_in, clock_at, handed_in
from tests.tenders.stage import DEADLINE, published_tender
from tests.world import NOW

CLOSED = DEADLINE + HOUR


@pytest.fixture
def stage(world):
    return published_tender(world, lots=("20.00",), suppliers=3)


def closed(stage):
    with clock_at(CLOSED):
        return close_tender(tender=stage.tender, now=CLOSED)


def told(close):
    announce_close(close.pk)
    return list(InboxMessage.objects.filter(about=f"closed:{close.pk}").select_related("seat"))


def test_everybody_concerned_is_told_whether_they_bid_or_not(stage, world):
    auditor, officer, idle = world.auditor, stage.officer, world.bid_manager
    bids_in(stage, "13.50", "12.00")
    notices = told(closed(stage))
    expected = {
        *stage.suppliers,
        idle,
        officer,
        world.preparer,
        auditor,
        *(holder.seat for holder in stage.holders),
        *(evaluator.seat for evaluator in stage.evaluators),
    }
    assert {notice.seat for notice in notices} == expected
    assert len(notices) == len(expected)


def test_all_are_told_the_same_words_number_and_root_and_nothing_else(stage, world):
    bids = bids_in(stage, "13.50", "12.00")
    close = closed(stage)
    notices = told(close)
    assert len({(notice.subject, notice.text, notice.path, str(notice.data)) for notice in notices}) == 1
    assert notices[0].data == {"title": stage.tender.title, "count": "2", "root": close.root}
    said = notices[0].sentence
    assert close.root in said
    secrets = [bid.reference for bid in bids] + [bid.supplier.name for bid in bids] + ["L-01", "13.5"]
    assert [secret for secret in secrets if secret in said + notices[0].path] == []


def test_other_people_are_not_told(stage, world):
    strangers = [
        world.pharmacist,
        world.seat(world.supplier, "signatory"),
        world.seat(world.organisation(OrganisationKind.DISTRIBUTOR), "dispatcher"),
        world.seat(world.agency, "opener"),
        world.seat(world.organisation(OrganisationKind.AGENCY), "officer"),
    ]
    seats = {notice.seat for notice in told(closed(stage))}
    assert seats.isdisjoint(strangers)


def test_the_same_goes_out_where_nobody_bid_and_where_all_withdrew(stage):
    bid = a_bid(stage)
    handed_in(bid, "13.50")
    with clock_at(DEADLINE - HOUR):
        withdraw_bid(bid=bid, submission_key="withdraw-1", by=bid.prepared_by, now=NOW)
    notices = told(closed(stage))
    assert {notice.data["count"] for notice in notices} == {"0"}
    assert len(notices) > len(stage.suppliers)


def test_it_is_said_once_however_often_the_task_runs(stage):
    close = closed(stage)
    first = told(close)
    assert told(close) == first
    assert announce_close(close.pk) == 0


def test_it_is_due_at_the_close_and_mail_follows(stage):
    close = closed(stage)
    message = OutboxMessage.objects.get(task="tenders.tasks.announce_close")
    assert message.due_at - close.closed_at < timedelta(seconds=60)
    deliver(message.pk)
    notices = InboxMessage.objects.filter(about=f"closed:{close.pk}").values_list("pk", flat=True)
    for waiting in OutboxMessage.objects.filter(task="accounts.tasks.mail_message"):
        if waiting.arguments[0] in notices:
            deliver(waiting.pk)
    assert len(mail.outbox) == len(notices) > 0
    assert all(close.root in sent.body for sent in mail.outbox)
    assert {sent.subject for sent in mail.outbox} == {
        f"{close.tender.reference}: Bids for {close.tender.title} are closed"
    }


def test_the_subject_of_a_mail_is_one_line_that_says_what_happened():
    sentences = {
        "投标已截止。有效投标数：3": "T-1: 投标已截止",
        "Order T-1 waits for approval": "Order T-1 waits for approval",
        "Two\nlines: 12.50 yuan. More": "T-1: Two lines: 12.50 yuan",
        "a" * 500: "T-1: " + "a" * 114 + "…",
    }
    for sentence, subject in sentences.items():
        assert InboxMessage(subject="T-1", text=sentence).headline == subject
