"""A published tender is amended as a whole, by two people, with days enough; every notice it had stays readable."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from accounts.models import InboxMessage
from core.errors import Conflict, Refused
from core.models import Event
from demand.actions import unlock_demand
from sealing.documents import document_hash, read_document
from tenders.actions.changes import approve_change
from tenders.models import Change, LotVolume, Tender, TenderNotice
from tenders.notice import PublishedNotice
from tenders.rules.changes import CriterionTerms
from tenders.signing import server_public
from tenders.tasks import announce_amendment
from tests.arranging import arranged
from tests.tenders.bids import HOUR, a_bid, by_hand, clock_at, fresh, handed_in
from tests.tenders.changing import amended, approved, extended, new_terms, proposed_amendment
from tests.tenders.stage import DEADLINE, published_tender
from tests.world import NOW

LAST_DAY = DEADLINE - timedelta(days=15)
WEEK = timedelta(days=7)


@pytest.fixture
def stage(world):
    return published_tender(world, lots=("20.00", "30.00"), suppliers=2)


def refusal_of(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value


class TestTheNewNotice:
    def test_it_is_signed_and_names_the_one_before(self, stage):
        first = stage.tender.terms
        change = amended(stage, ceiling_price="18.00", summary="Of this year")
        body = read_document(bytes(stage.tender.notice), [server_public()]).body
        assert (body["number"], body["amends"]) == (2, first)
        assert stage.tender.terms == document_hash(bytes(stage.tender.notice)) == change.notice.sha256 != first
        assert (body["summary"], body["lots"][0]["ceiling"]) == ("Of this year", "18.000000")
        assert (stage.tender.summary, stage.lots[0].ceiling_price) == ("Of this year", Decimal(18))

    def test_earlier_notices_stay_readable_by_their_hash(self, stage, client):
        hashes = [stage.tender.terms]
        for price in ("18.00", "17.00"):
            amended(stage, ceiling_price=price)
            hashes.append(stage.tender.terms)
        kept = TenderNotice.objects.filter(tender=stage.tender)
        assert [(notice.number, notice.sha256) for notice in kept] == list(enumerate(hashes, start=1))
        for number, digest in enumerate(hashes, start=1):
            document = client.get(f"/notices/{stage.tender.reference}/documents/{digest}/").content
            assert document_hash(document) == digest
            assert read_document(document, [server_public()]).body["number"] == number

    def test_volumes_rules_and_keys_stay_as_they_were_frozen(self, stage):
        before = PublishedNotice.of(stage.tender).body
        volumes = list(LotVolume.objects.values_list("lot", "hospital", "quantity"))
        _change_rules(stage.tender.rule_set)
        amended(stage)
        after = PublishedNotice.of(stage.tender).body
        same = {"openers", "fingerprint", "rules", "rule_set", "k", "pads", "criteria", "supply"}
        assert {name: after[name] for name in same} == {name: before[name] for name in same}
        assert [lot["volume"] for lot in after["lots"]] == [lot["volume"] for lot in before["lots"]]
        assert list(LotVolume.objects.values_list("lot", "hospital", "quantity")) == volumes

    def test_criteria_keep_their_numbers_and_change_their_words_and_points(self, stage):
        criteria = (
            CriterionTerms(1, "formal", "Licence valid on the day of opening"),
            CriterionTerms(2, "scored", "Quality", "Of the last 36 months", 70),
            CriterionTerms(3, "scored", "Supply", "Delivery rate of the last year", 30),
        )
        change = amended(stage, criteria=criteria)
        assert change.differences == [
            {
                "field": "guidance",
                "number": 2,
                "before": "Sampling of the last 24 months",
                "after": "Of the last 36 months",
            },
            {"field": "max_points", "number": 2, "before": "60", "after": "70"},
            {"field": "max_points", "number": 3, "before": "40", "after": "30"},
        ]
        assert list(stage.tender.criteria.values_list("guidance", "max_points"))[1:] == [
            ("Of the last 36 months", 70),
            ("Delivery rate of the last year", 30),
        ]

    def test_the_public_record_names_both_the_reason_and_the_notice(self, stage):
        amended(stage)
        event = Event.objects.visible_to(None).about(stage.tender.reference).last()
        assert (event.verb, event.data["number"], event.data["terms"]) == ("tender.amended", 2, stage.tender.terms)
        assert (event.actor, event.data["proposer"]) == (stage.officer.signature, stage.world.preparer.signature)

    def test_everybody_is_told_alike_with_bids_and_without(self, stage):
        change = amended(stage)
        told = 2 + len(stage.holders) + len(stage.evaluators) + 2
        assert announce_amendment(change.pk) == told
        other = published_tender(stage.world, lots=("20.00",), suppliers=0)
        other.suppliers = stage.suppliers
        handed_in(a_bid(other), "13.50")
        assert announce_amendment(amended(other).pk) == told


class TestWhen:
    def test_fifteen_days_before_the_deadline_is_early_enough_and_fourteen_is_not(self, stage):
        late = LAST_DAY + timedelta(days=1)
        refused = refusal_of(lambda: proposed_amendment(stage, at=late))
        assert [(fault.field, "15 days" in fault.message) for fault in refused.faults] == [("deadline", True)]
        assert amended(stage, at=LAST_DAY).status == Change.Status.APPROVED

    def test_later_it_comes_with_an_extension_in_the_same_act(self, stage):
        at = DEADLINE - HOUR
        assert refusal_of(lambda: proposed_amendment(stage, at=at, deadline=DEADLINE + WEEK)).faults
        change = approved(stage, proposed_amendment(stage, at=at, deadline=DEADLINE + 2 * WEEK + HOUR * 24), at=at)
        assert stage.tender.deadline == change.deadline == DEADLINE + timedelta(days=15)
        verbs = [event.verb for event in Event.objects.visible_to(None).about(stage.tender.reference)]
        assert verbs == ["tender.published", "tender.amended", "tender.extended"]

    def test_the_days_count_from_the_approval(self, stage):
        change = proposed_amendment(stage, at=LAST_DAY)
        refused = refusal_of(lambda: approved(stage, change, at=LAST_DAY + timedelta(days=1)))
        assert "15 days" in refused.faults[0].message
        assert fresh(stage.tender).terms == change.terms_before

    def test_from_the_deadline_on_nothing_is_amended(self, stage):
        change = proposed_amendment(stage)
        for at in (DEADLINE, DEADLINE + HOUR):
            assert refusal_of(lambda at=at: approved(stage, change, at=at)).code == "closed"

    def test_a_shorter_deadline_does_not_come_in_with_an_amendment(self, stage):
        refused = refusal_of(lambda: proposed_amendment(stage, deadline=DEADLINE - HOUR))
        assert "later instant" in refused.faults[0].message

    def test_what_was_extended_meanwhile_is_not_brought_back(self, stage):
        change = proposed_amendment(stage, deadline=DEADLINE + WEEK)
        extended(stage, days=14)
        assert "later instant" in refusal_of(lambda: approved(stage, change)).faults[0].message
        assert fresh(stage.tender).deadline == DEADLINE + 2 * WEEK


class TestWhoAndWhat:
    def test_nobody_amends_alone(self, stage):
        change = proposed_amendment(stage)
        with clock_at(NOW):
            refused = refusal_of(lambda: approve_change(change=change, by=stage.world.preparer, now=NOW))
        assert refused.code == "two_people"
        assert fresh(stage.tender).terms == stage.tender.terms

    def test_it_is_made_on_the_notice_that_was_seen(self, stage):
        change = proposed_amendment(stage)
        _amend_behind(stage, change)
        with pytest.raises(Conflict, match="Propose it again"):
            approved(stage, change)

    def test_every_fault_is_told_with_its_lot(self, stage):
        terms = new_terms(stage.tender, ceiling_price="0", supply_to=stage.tender.supply_from - timedelta(days=1))
        refused = refusal_of(lambda: proposed_amendment(stage, lots=terms.lots, supply_to=terms.supply_to))
        assert [(fault.field, fault.row) for fault in refused.faults] == [("ceiling_price", 1), ("supply_to", None)]

    def test_nothing_else_of_the_tender_moves_with_a_refusal(self, stage):
        change = proposed_amendment(stage)
        refusal_of(lambda: approved(stage, change, at=DEADLINE))
        assert stage.lots[0].ceiling_price == Decimal(20)
        assert TenderNotice.objects.filter(tender=stage.tender).count() == 1

    def test_its_demand_stays_locked(self, stage):
        amended(stage)
        with pytest.raises(Refused, match=stage.tender.reference):
            unlock_demand(window=stage.window, reason="more", by=stage.officer, now=NOW)


class TestTheGuard:
    def test_a_notice_that_no_two_people_approved_is_refused(self, stage):
        change = proposed_amendment(stage)
        forged = TenderNotice(
            tender=stage.tender,
            number=2,
            document=b"{}\n",
            sha256="a" * 64,
            change=change,
            published_at=NOW,
            published_by=stage.officer,
        )
        by_hand(lambda: forged.save(force_insert=True))
        with clock_at(NOW), pytest.raises(DatabaseError, match="two people"), transaction.atomic():
            by_hand(lambda: Tender.objects.filter(pk=stage.tender.pk).update(terms="a" * 64, notice=b"{}\n"))

    def test_notices_are_written_once(self, stage):
        first = stage.tender.notices.get()
        for change in (lambda: TenderNotice.objects.filter(pk=first.pk).update(number=3), first.delete):
            with pytest.raises(DatabaseError):
                by_hand(change)


def test_a_supplier_reads_what_changed_and_the_agency_what_is_proposed(stage):
    amended(stage)
    proposed_amendment(stage, ceiling_price="17.00")
    assert Change.objects.visible_to(stage.suppliers[0]).count() == Change.objects.visible_to(None).count() == 1
    assert Change.objects.visible_to(stage.officer).count() == 2
    assert not InboxMessage.objects.filter(seat=stage.suppliers[0], about__startswith="change:").exists()


def _amend_behind(stage, change):
    """The notice becomes another one while a proposal waits, as the replacement of an opener would make it."""
    arranged(Tender.objects.filter(pk=stage.tender.pk).update)(terms="b" * 64)
    assert change.terms_before != fresh(stage.tender).terms


def _change_rules(rules):
    rules.body["evaluation"]["pass_mark"] = "10"
    arranged(rules.save)()
