"""After an amendment a bid counts only when it was sealed again to the notice that then holds."""

from datetime import timedelta

import pytest
from django.db import DatabaseError

from accounts.models import InboxMessage
from core.models import OutboxMessage
from tenders.actions.bidding import submit_bid, submit_or_record_refusal, withdraw_bid
from tenders.actions.opening import close_tender
from tenders.models import Bid, BidVersion, Close, Lot, OpenedEnvelope, Receipt
from tenders.rules.opening import commitment
from tenders.tasks import announce_amendment, remind_bidders
from tenders.todos import bidding
from tests.roles import as_web
from tests.tenders.bids import (
    HOUR,
    a_bid,
    ask,
    body_of,
    by_hand,
    clock_at,
    fresh,
    handed_in,
    release,
    sealed,
    signed_in,
)
from tests.tenders.changing import amended, extended
from tests.tenders.stage import DEADLINE, published_tender
from tests.world import NOW

AGAIN = "Seal your bids again: the tender was amended, and they do not count"


@pytest.fixture
def stage(world):
    return published_tender(world, lots=("20.00",), suppliers=3)


@pytest.fixture
def bid(stage):
    bid = a_bid(stage)
    handed_in(bid, "13.50", at=NOW + HOUR)
    return bid


def again(bid):
    """The bid as a page loads it anew."""
    return Bid.objects.select_related("tender", "lot__tender", "supplier").get(pk=bid.pk)


def state(bid):
    return Bid.objects.with_last_version().get(pk=bid.pk).state


class TestCounting:
    def test_an_unconfirmed_bid_is_in_no_close_no_request_and_no_evaluation(self, stage, bid):
        confirmed = a_bid(stage, supplier=stage.suppliers[1])
        handed_in(confirmed, "14.00", at=NOW + HOUR)
        amended(stage, at=NOW + 2 * HOUR)
        receipt = handed_in(again(confirmed), "14.00")
        (request,) = ask(stage)
        assert [entry["bid"] for entry in request.entries] == [confirmed.reference]
        close = Close.objects.get()
        assert (close.count, close.root) == (1, commitment([receipt.body]).root)
        release(stage)
        assert list(OpenedEnvelope.objects.values_list("bid", flat=True)) == [confirmed.pk]
        assert list(Bid.objects.to_evaluate()) == [confirmed]
        assert list(Bid.objects.visible_to(stage.officer)) == [confirmed]
        assert list(Bid.objects.visible_to(stage.suppliers[0])) == [bid]

    def test_a_lot_in_which_nobody_confirmed_ends_without_a_bid(self, stage, bid):
        amended(stage, at=NOW + 2 * HOUR)
        assert ask(stage) == []
        assert (stage.lots[0].status, stage.lots[0].ending) == (Lot.Status.ENDED, Lot.Ending.NO_BID)

    def test_an_extension_alone_leaves_bids_standing(self, stage, bid):
        extended(stage, at=NOW + 2 * HOUR)
        assert state(bid) == "bid"
        assert list(Bid.objects.standing()) == [bid]

    def test_the_database_opens_no_unconfirmed_envelope(self, stage, bid):
        confirmed = a_bid(stage, supplier=stage.suppliers[1])
        amended(stage, at=NOW + 2 * HOUR)
        handed_in(again(confirmed), "14.00")
        (request,) = ask(stage)
        forged = OpenedEnvelope(
            version=bid.versions.get(), bid=bid, request=request, envelope="technical", outcome="opened", opened_at=NOW
        )
        with pytest.raises(DatabaseError, match="only on request"), clock_at(DEADLINE + HOUR):
            by_hand(lambda: forged.save(force_insert=True))


class TestSealingAgain:
    def test_the_next_version_confirms_and_its_receipt_continues_the_chain(self, stage, bid):
        first = bid.receipts.get()
        amended(stage, at=NOW + 2 * HOUR)
        assert state(bid) == "unconfirmed"
        second = handed_in(again(bid), "13.50")
        body = body_of(second.document)
        assert (body["version"], body["prev"], body["terms"]) == (2, first.sha256, stage.tender.terms)
        assert body_of(first.document)["terms"] != stage.tender.terms
        assert state(bid) == "bid"

    def test_a_file_sealed_to_the_old_notice_is_refused_with_the_reason(self, stage, bid):
        old = sealed(again(bid), "13.50")
        amended(stage, at=NOW + 2 * HOUR)
        with clock_at(DEADLINE - HOUR):
            receipt = submit_or_record_refusal(bid=again(bid), submission=old, by=bid.prepared_by, now=NOW)
        assert (receipt.kind, receipt.reason) == (Receipt.Kind.REFUSAL, "amended")

    def test_a_request_that_still_holds_the_old_notice_is_refused_by_the_database(self, stage, bid):
        loaded = again(bid)
        assert loaded.lot.tender.terms == stage.tender.terms
        old = sealed(loaded, "13.50")
        amended(stage, at=NOW + 2 * HOUR)
        with clock_at(DEADLINE - HOUR):
            receipt = submit_or_record_refusal(bid=loaded, submission=old, by=bid.prepared_by, now=NOW)
        assert (receipt.kind, receipt.reason, receipt.received_at) == ("refusal", "amended", DEADLINE - HOUR)
        assert bid.versions.count() == 1

    def test_each_amendment_asks_anew(self, stage, bid):
        amended(stage, at=NOW + 2 * HOUR)
        handed_in(again(bid), "13.50", at=NOW + 3 * HOUR)
        amended(stage, at=NOW + 4 * HOUR, ceiling_price="17.00")
        assert state(bid) == "unconfirmed"
        assert not Bid.objects.standing().exists()

    def test_an_unconfirmed_bid_can_be_withdrawn_and_revived(self, stage, bid):
        amended(stage, at=NOW + 2 * HOUR)
        with clock_at(DEADLINE - HOUR):
            receipt = withdraw_bid(bid=again(bid), submission_key="withdraw", by=bid.prepared_by, now=NOW)
        assert (receipt.kind, state(bid)) == ("withdrawal", "withdrawal")
        assert not Bid.objects.unconfirmed().exists()
        handed_in(again(bid), "12.50")
        assert state(bid) == "bid"

    def test_the_same_submission_after_an_amendment_gets_its_old_receipt(self, stage):
        bid = a_bid(stage)
        submission = sealed(bid, "13.50")
        with clock_at(NOW + HOUR):
            first = submit_bid(bid=bid, submission=submission, by=bid.prepared_by, now=NOW)
            assert submit_bid(bid=bid, submission=submission, by=bid.prepared_by, now=NOW) == first

    def test_a_version_without_terms_or_a_withdrawal_with_them_is_refused(self, stage, bid):
        for facts in ({"terms": ""}, {"kind": "withdrawal", "technical": None, "commercial": None}):
            copy = bid.versions.get()
            copy.pk, copy.number, copy.submission_key = None, 2, "copied-by-hand"
            for name, value in facts.items():
                setattr(copy, name, value)
            with clock_at(NOW + HOUR), pytest.raises(DatabaseError):
                by_hand(lambda copy=copy: copy.save(force_insert=True))


class TestTelling:
    def test_only_whose_bid_it_concerns_is_told_to_seal_again(self, stage, bid):
        a_bid(stage, supplier=stage.suppliers[1])
        change = amended(stage, at=NOW + 2 * HOUR)
        with clock_at(NOW + 2 * HOUR), as_web():
            announce_amendment(change.pk)
            announce_amendment(change.pk)
        concerned = InboxMessage.objects.filter(about=f"unconfirmed:{change.pk}")
        assert [notice.seat for notice in concerned] == [stage.suppliers[0]]
        assert "13.50" not in concerned.get().sentence

    def test_its_supplier_has_it_to_do_until_it_is_done(self, stage, bid):
        def todos(seat):
            return [str(todo.what) for todo in bidding.todos(seat, NOW)]

        amended(stage, at=NOW + 2 * HOUR)
        assert todos(stage.suppliers[0]) == [AGAIN]
        assert todos(stage.suppliers[1]) == ["Open for bids"]
        assert AGAIN not in todos(stage.officer)
        handed_in(again(bid), "13.50")
        assert todos(stage.suppliers[0]) == []

    def test_the_workspace_says_it_in_words_with_one_button(self, stage, bid, client, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + 3 * HOUR)
        amended(stage, at=NOW + 2 * HOUR)
        signed_in(client, stage.suppliers[0])
        page = client.get(f"/bids/{bid.reference}/").content.decode()
        assert "Needs re-confirmation" in page
        assert page.count(f'href="/bids/{bid.reference}/submit/"') == 1
        assert "needs re-confirmation" in client.get("/bids/?state=unconfirmed").content.decode()
        assert "needs re-confirmation" in client.get(f"/tenders/{stage.tender.reference}/bids/").content.decode()

    def test_after_the_close_the_workspace_says_why_it_did_not_count(self, stage, bid, client, monkeypatch):
        amended(stage, at=NOW + 2 * HOUR)
        with clock_at(DEADLINE):
            assert close_tender(tender=stage.tender, now=DEADLINE).count == 0
        monkeypatch.setattr("django.utils.timezone.now", lambda: DEADLINE + HOUR)
        signed_in(client, stage.suppliers[0])
        page = client.get(f"/bids/{bid.reference}/").content.decode()
        assert "Not counted" in page
        assert "not sealed again before the deadline" in page


class TestReminding:
    def remind(self, before):
        with clock_at(DEADLINE - before), as_web():
            remind_bidders()
        notices = InboxMessage.objects.filter(about__startswith="reminder:").order_by("pk")
        return [(notice.seat, "seal it again" in notice.sentence) for notice in notices]

    def test_each_stage_is_said_once_and_only_to_whom_it_concerns(self, stage, bid):
        unconfirmed, begun, done = stage.suppliers
        a_bid(stage, supplier=begun)
        amended(stage, at=NOW + 2 * HOUR)
        handed_in(a_bid(stage, supplier=done), "15.00")
        assert self.remind(timedelta(hours=24, seconds=1)) == []
        assert (
            self.remind(timedelta(hours=24)) == self.remind(timedelta(hours=3)) == [(unconfirmed, True), (begun, False)]
        )
        assert len(self.remind(timedelta(hours=2))) == 4
        assert len(self.remind(timedelta(minutes=15))) == len(self.remind(timedelta(minutes=1))) == 6
        assert len(self.remind(timedelta(0))) == 6

    def test_a_sweep_that_did_not_run_catches_up_with_the_last_stage_only(self, stage):
        a_bid(stage)
        assert len(self.remind(timedelta(minutes=10))) == 1

    def test_a_withdrawn_bid_is_left_in_peace(self, stage, bid):
        with clock_at(NOW + 2 * HOUR):
            withdraw_bid(bid=bid, submission_key="withdraw", by=bid.prepared_by, now=NOW)
        assert self.remind(HOUR) == []

    def test_after_an_extension_it_is_said_again_before_the_new_deadline(self, stage):
        a_bid(stage)
        assert len(self.remind(HOUR)) == 1
        extended(stage, days=7, at=DEADLINE - timedelta(minutes=30))
        assert len(self.remind(HOUR)) == 1
        assert len(self.remind(HOUR - timedelta(days=7))) == 2

    def test_no_amount_and_no_task_tells_of_bids(self, stage, bid):
        amended(stage, at=NOW + 2 * HOUR)
        with clock_at(DEADLINE - HOUR):
            assert remind_bidders() is None
        assert not OutboxMessage.objects.filter(task="tenders.tasks.remind_bidders").exists()
        assert not [n for n in InboxMessage.objects.filter(about__startswith="reminder:") if "13" in n.sentence.split()]


def test_nothing_of_the_versions_is_lost_by_all_this(stage, bid):
    amended(stage, at=NOW + 2 * HOUR)
    handed_in(again(bid), "13.50")
    assert list(BidVersion.objects.values_list("number", "terms")) == [
        (1, stage.tender.notices.get(number=1).sha256),
        (2, fresh(stage.tender).terms),
    ]
