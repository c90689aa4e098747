"""Keys and openers: what is published, released, cancelled and destroyed at the same moment.

Real connections. Each control takes the lock away, and the race is lost.
"""

import time
from datetime import timedelta

import pytest

from core.clock import database_clock
from core.errors import Conflict, Refused
from core.models import Event
from sealing.ceremony import declare_destroyed
from sealing.keys import make_key_pair
from tenders.actions import keys, notices
from tenders.actions.bidding import submit_bid
from tenders.actions.changes import approve_change, deciding, propose_cancellation
from tenders.actions.keys import register_key
from tenders.actions.opening import declare_key_destroyed, destroying, releasing, request_opening
from tenders.actions.publication import publish_tender
from tenders.keylist import current_openers, fingerprint
from tenders.models import BidVersion, OpenedEnvelope, Opener, Tender
from tenders.notice import PublishedNotice
from tests.concurrency.meeting import at_once, come_upon, held_up, meeting_after
from tests.tenders.bids import a_bid, fresh, moved_deadline, released, sealed
from tests.tenders.stage import cancelled, draft_tender, published_tender
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)


def nobody_waits(tender):
    """Instead of the tender's locks."""


class TestAKeyAndThePublication:
    @pytest.fixture
    def stage(self, transactional_db):
        return draft_tender(World(), lots=("1.50",))

    def publish(self, stage):
        return publish_tender(tender=Tender.objects.get(pk=stage.tender.pk), by=stage.officer, now=NOW)

    def new_key(self, stage):
        pair, opener = make_key_pair(stage.tender.reference), Opener.objects.get(pk=stage.holders[0].opener.pk)
        public = {"public_key": pair.ecdh_public, "signing_key": pair.sign_public}
        return register_key(opener=opener, **public, by=opener.seat, now=NOW)

    def key_while_publishing(self, stage, monkeypatch):
        signing = held_up(monkeypatch, notices, "sign")
        published, key, waited = come_upon(signing, lambda: self.publish(stage), lambda: self.new_key(stage))
        printed = PublishedNotice.of(published).openers[0]
        return key, waited, printed == Opener.objects.get(pk=stage.holders[0].opener.pk).public_key

    def test_a_new_key_waits_for_the_publication_and_is_refused(self, stage, monkeypatch):
        key, waited, fits = self.key_while_publishing(stage, monkeypatch)
        assert waited
        assert isinstance(key, Refused)
        assert fits

    def test_without_the_lock_the_notice_prints_a_key_that_its_opener_has_replaced(self, stage, monkeypatch):
        monkeypatch.setattr(keys, "lock_tender", lambda tender: Tender.objects.get(pk=tender.pk))
        key, waited, fits = self.key_while_publishing(stage, monkeypatch)
        assert not waited
        assert isinstance(key, Opener)
        assert not fits

    def test_a_publication_waits_for_a_new_key_which_nobody_has_proved(self, stage, monkeypatch):
        recording = held_up(monkeypatch, keys, "record")
        _key, publication, waited = come_upon(recording, lambda: self.new_key(stage), lambda: self.publish(stage))
        assert waited
        assert publication.code == "incomplete"


@pytest.fixture
def stage(transactional_db):
    """One bid, whose technical envelope the openers are asked for."""
    stage = published_tender(World(), lots=("20.00",), suppliers=1, evaluators=5)
    bid = a_bid(stage)
    moved_deadline(stage.tender, database_clock() + timedelta(seconds=1))
    submit_bid(bid=bid, submission=sealed(bid, "13.50"), by=bid.prepared_by, now=NOW)
    time.sleep(1.1)
    stage.tender = fresh(stage.tender)
    return stage


def release(stage, place):
    holder = stage.holders[place - 1]
    return released(stage.tender, holder.pair, holder.seat, NOW)


class TestTheLastShare:
    @pytest.fixture(autouse=True)
    def asked(self, stage):
        request_opening(lot=stage.lots[0], envelope="technical", by=stage.officer, now=NOW)
        release(stage, 1)

    def test_without_the_lock_two_openers_both_believe_that_a_share_is_missing(self, stage, monkeypatch):
        monkeypatch.setattr(releasing, "wait_for_bids_in_flight", nobody_waits)
        meeting_after(monkeypatch, releasing, "open_envelopes", 2)
        outcomes = at_once(lambda: release(stage, 2), lambda: release(stage, 3))
        assert all(isinstance(outcome, list) for outcome in outcomes)
        assert not OpenedEnvelope.objects.exists()

    def cancel_before_the_last_share(self, stage, monkeypatch):
        release(stage, 2)
        change = propose_cancellation(tender=stage.tender, reason="No need", by=stage.world.preparer, now=NOW)
        cancelling = held_up(monkeypatch, deciding, "queue")
        return come_upon(
            cancelling,
            lambda: approve_change(change=change, by=stage.officer, now=NOW),
            lambda: release(stage, 3),
        )

    def test_the_last_share_waits_for_a_cancellation_and_opens_nothing(self, stage, monkeypatch):
        cancellation, last, waited = self.cancel_before_the_last_share(stage, monkeypatch)
        assert waited
        assert cancellation.status == "approved"
        assert isinstance(last, Refused)
        assert not OpenedEnvelope.objects.exists()

    def test_without_the_lock_envelopes_of_a_cancelled_tender_are_opened(self, stage, monkeypatch):
        monkeypatch.setattr(releasing, "wait_for_bids_in_flight", nobody_waits)
        _cancellation, _last, waited = self.cancel_before_the_last_share(stage, monkeypatch)
        assert not waited
        assert fresh(stage.tender).status == "cancelled"
        assert OpenedEnvelope.objects.exists()


class TestTheLastKey:
    @pytest.fixture(autouse=True)
    def over(self, stage):
        """Of five keys of which three open, one is destroyed."""
        cancelled(stage)
        stage.tender = fresh(stage.tender)
        self.destroy(stage, 1)

    def destroy(self, stage, place):
        holder = stage.holders[place - 1]
        printed = fingerprint(stage.tender, current_openers(stage.tender))
        said = declare_destroyed(holder.pair, place=place, key_list_hash=printed, at=NOW)
        tender = Tender.objects.get(pk=stage.tender.pk)
        return declare_key_destroyed(tender=tender, document=said, by=holder.seat, now=NOW)

    def two_more(self, stage):
        at_once(lambda: self.destroy(stage, 2), lambda: self.destroy(stage, 3))
        deletions = Event.objects.filter(verb="opening.seals_deleted").count()
        return deletions, BidVersion.objects.filter(technical__isnull=False).count()

    def test_two_keys_destroyed_at_once_delete_the_seals_once(self, stage):
        assert self.two_more(stage) == (1, 0)

    def test_without_the_lock_nobody_believes_to_be_the_last_and_the_seals_stay(self, stage, monkeypatch):
        monkeypatch.setattr(destroying, "wait_for_bids_in_flight", nobody_waits)
        meeting_after(monkeypatch, destroying, "keys_left", 2)
        assert self.two_more(stage) == (0, 1)

    def test_the_same_key_twice_at_once_is_destroyed_once(self, stage):
        outcomes = at_once(lambda: self.destroy(stage, 2), lambda: self.destroy(stage, 2))
        assert sorted(type(outcome) for outcome in outcomes if isinstance(outcome, Conflict)) == [Conflict]
