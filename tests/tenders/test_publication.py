"""Publishing freezes what bids are sealed to; an incomplete draft is refused with everything it lacks."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import give_seat
from accounts.models import InboxMessage
from accounts.permissions import OrganisationKind
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event, OutboxMessage
from demand.actions import unlock_demand
from sealing.documents import document_hash, read_document
from tenders.actions.changes import approve_change, propose_cancellation
from tenders.actions.people import declare_interest, name_evaluator, replace_opener
from tenders.actions.preparation import (
    LotItemPlan,
    LotPlan,
    TenderPlan,
    prepare_tender,
    set_criteria,
    set_lots,
    set_schedule,
)
from tenders.actions.publication import cancel_tender, publish_tender
from tenders.checklist import missing
from tenders.models import Lot, LotVolume, Tender
from tenders.notice import PublishedNotice
from tenders.signing import server_public
from tenders.tasks import announce_cancellation, announce_tender
from tests.arranging import arranged
from tests.demand.stage import item_of, locked_window
from tests.ruling import ruled
from tests.tenders.stage import (
    CRITERIA,
    DEADLINE,
    add_opener,
    cancelled,
    draft_tender,
    prove_keys,
    published_tender,
    rule_set,
)
from tests.world import NOW


def publish(stage, *, by=None, now=NOW):
    return publish_tender(tender=stage.tender, by=by or stage.officer, now=now)


def faults_of(stage, *, by=None, now=NOW):
    with pytest.raises(Refused) as refusal:
        publish(stage, by=by, now=now)
    assert refusal.value.code == "incomplete"
    assert Tender.objects.get(pk=stage.tender.pk).status == Tender.Status.DRAFT
    return [(fault.field, fault.row) for fault in refusal.value.faults]


class TestTheNotice:
    def test_it_is_signed_and_its_hash_is_the_terms(self, world):
        tender = published_tender(world).tender
        document = read_document(bytes(tender.notice), [server_public()])
        assert tender.terms == document_hash(bytes(tender.notice))
        assert document.body["tender"] == tender.reference

    def test_it_says_what_bids_are_sealed_to(self, world):
        stage = published_tender(world, lots=("1.50", "20"))
        body = PublishedNotice.of(stage.tender).body
        assert body["k"] == 3
        assert [opener["key"] for opener in body["openers"]] == [holder.pair.ecdh_public for holder in stage.holders]
        assert [(lot["lot"], lot["ceiling"], lot["volume"]) for lot in body["lots"]] == [
            ("L-01", "1.500000", "2000"),
            ("L-02", "20.000000", "2000"),
        ]
        assert body["rules"] == stage.tender.rules == stage.tender.rule_set.body

    def test_the_deadline_stands_on_the_tender_alone(self, world):
        stage = draft_tender(world, lots=("1.50",))
        published = publish(stage)
        assert published.deadline == DEADLINE
        assert f"{DEADLINE:%Y-%m-%d}" not in json.dumps(PublishedNotice.of(published).body)

    def test_suppliers_hear_of_it_once_and_the_world_reads_it(self, world):
        manager = world.bid_manager
        stage = published_tender(world, suppliers=2)
        queued = OutboxMessage.objects.get(task="tenders.tasks.announce_tender")
        assert queued.arguments == [stage.tender.pk]
        assert announce_tender(stage.tender.pk) == 3
        assert announce_tender(stage.tender.pk) == 0
        assert InboxMessage.objects.filter(seat=manager, subject=stage.tender.reference).exists()
        public = Event.objects.visible_to(None).about(stage.tender.reference)
        assert [event.verb for event in public] == ["tender.published"]

    def test_everybody_sees_a_published_tender_and_nobody_else_a_draft(self, world):
        draft, published = draft_tender(world, lots=("1.50",)).tender, published_tender(world, lots=("2",)).tender
        assert list(Tender.objects.visible_to(world.bid_manager)) == [published]
        assert set(Tender.objects.visible_to(world.officer)) == {draft, published}
        assert list(Tender.objects.visible_to(None)) == [published]


class TestFreezing:
    def test_volumes_are_those_of_the_demand_by_hospital_and_item(self, world):
        stage = published_tender(world, lots=("1.50", "20"), hospitals=3)
        frozen = LotVolume.objects.values_list("lot__number", "hospital", "quantity")
        assert set(frozen) == {(lot, hospital.pk, 1000) for lot in (1, 2) for hospital in stage.hospitals}

    def test_items_in_one_lot_are_added_after_conversion(self, world):
        first, second = item_of(world, "Vial 5 ml"), item_of(world, "Vial 10 ml")
        stage = draft_tender(world, lots=("1.50",))
        window, _hospitals = locked_window(world, [first, second])
        _take_window(stage.tender, window)
        parts = (LotItemPlan(first), LotItemPlan(second, Decimal("1.7")))
        set_lots(tender=stage.tender, lots=[LotPlan("Vials", parts, Decimal(3))], by=world.preparer, now=NOW)
        [lot] = PublishedNotice.of(publish(stage)).body["lots"]
        assert lot["volume"] == "5400"
        assert LotVolume.objects.filter(lot__tender=stage.tender).count() == 4

    def test_later_rules_do_not_touch_a_published_tender(self, world):
        stage = published_tender(world, rules=ruled(pass_mark=Decimal(70)))
        _change_rules(stage.tender.rule_set)
        assert Tender.objects.get(pk=stage.tender.pk).rules["evaluation"]["pass_mark"] == "70"


class TestIncompleteness:
    def test_everything_is_told_at_once_with_part_and_lot(self, world):
        plan = TenderPlan("Empty", "drug", world.region, rule_set())
        tender = prepare_tender(plan=plan, by=world.preparer, now=NOW)
        with pytest.raises(Refused) as refusal:
            publish_tender(tender=tender, by=world.officer, now=NOW)
        parts = [fault.field for fault in refusal.value.faults]
        assert parts == ["demand", "lots", "schedule", "schedule", "criteria", "people", "people"]

    def test_a_lot_without_ceiling_or_volume_is_named(self, world):
        stage = draft_tender(world, lots=("1.50",))
        known, unknown = stage.tender.window.lines.get().item, item_of(world, "Unneeded")
        lots = [LotPlan("", (LotItemPlan(known),)), LotPlan("", (LotItemPlan(unknown),), Decimal(1))]
        set_lots(tender=stage.tender, lots=lots, by=world.preparer, now=NOW)
        assert faults_of(stage) == [("lots", 1), ("lots", 2)]

    def test_unlocked_demand(self, world):
        stage = draft_tender(world, lots=("1.50",))
        unlock_demand(window=stage.window, reason="more", by=world.officer, now=NOW)
        assert faults_of(stage) == [("demand", None)]

    def test_a_notice_shorter_than_the_rules_ask_for(self, world):
        stage = draft_tender(world, lots=("1.50",))
        assert faults_of(stage, now=NOW + timedelta(days=2)) == [("schedule", None)]

    def test_a_key_that_is_missing(self, world):
        stage = draft_tender(world, lots=("1.50",))
        seat = world.seat(stage.holders[0].seat.organisation, "opener")
        replace_opener(opener=stage.holders[0].opener, seat=seat, reason="left", by=world.officer, now=NOW)
        assert faults_of(stage) == [("people", None)]

    def test_an_organisation_that_could_open_or_block_alone(self, world):
        stage = draft_tender(world, lots=("1.50",), openers=3)
        prove_keys([*stage.holders, add_opener(stage, 0)])
        assert faults_of(stage) == [("people", None)]

    def test_an_evaluator_who_declared_an_interest_or_nothing(self, world):
        stage = draft_tender(world, lots=("1.50",))
        silent = name_evaluator(
            tender=stage.tender, seat=world.seat(world.hospital, "evaluator"), by=world.officer, now=NOW
        )
        tied = stage.evaluators[0]
        declare_interest(evaluator=tied, has_interest=True, by=tied.seat, now=NOW)
        # A sixth evaluator makes their number even, too.
        assert faults_of(stage) == [("people", None)] * 3
        assert silent.declared_at is None

    def test_an_item_is_not_bought_twice_from_the_same_demand(self, world):
        bought = published_tender(world, lots=("1.50",))
        again = draft_tender(world, lots=("1.50",))
        _take_window(again.tender, bought.window)
        item = bought.window.lines.get().item
        set_lots(tender=again.tender, lots=[LotPlan("", (LotItemPlan(item),), Decimal(1))], by=world.preparer, now=NOW)
        assert faults_of(again) == [("lots", 1)]
        cancelled(bought, reason="Again, with more bidders")
        assert publish(again).status == Tender.Status.PUBLISHED

    def test_the_publisher_has_no_other_part(self, world):
        stage = draft_tender(world, lots=("1.50",))
        officer = give_seat(
            person=stage.holders[1].seat.person,
            organisation=world.agency,
            roles=["officer"],
            starts_on=legal_date(NOW),
            by=None,
            now=NOW,
        )
        assert [fault.field for fault in missing(stage.tender, by=officer, now=NOW)] == ["people"]
        with pytest.raises(Refused) as refusal:
            publish(stage, by=officer)
        assert refusal.value.code == "exclusive"
        assert Tender.objects.get().status == Tender.Status.DRAFT

    def test_one_envelope_needs_no_evaluators(self, world):
        stage = draft_tender(world, lots=("1.50",), envelopes=1, evaluators=0, rules=ruled(minimum_evaluators=0))
        assert publish(stage).envelopes == 1


class TestWhoAndWhen:
    def test_only_the_own_agencys_officer_publishes_and_cancels(self, world):
        stage = draft_tender(world, lots=("1.50",))
        strangers = (
            world.auditor,
            world.bid_manager,
            world.seat(world.organisation(OrganisationKind.AGENCY), "officer"),
        )
        for stranger in strangers:
            with pytest.raises(Denied):
                publish(stage, by=stranger)
            with pytest.raises(Denied):
                cancel_tender(tender=stage.tender, reason="x", by=stranger, now=NOW)

    def test_it_is_published_once(self, world):
        stage = draft_tender(world, lots=("1.50",))
        seen = Tender.objects.get(pk=stage.tender.pk)
        publish(stage)
        with pytest.raises(Conflict):
            publish_tender(tender=seen, by=stage.officer, now=NOW)
        with pytest.raises(Refused) as refusal:
            publish_tender(tender=Tender.objects.get(pk=seen.pk), by=stage.officer, now=NOW)
        assert refusal.value.code == "not_now"
        with pytest.raises(Conflict):
            set_schedule(
                tender=seen,
                deadline=DEADLINE,
                supply_from=stage.tender.supply_from,
                supply_to=stage.tender.supply_to,
                by=stage.officer,
                now=NOW,
            )


class TestTwoPeople:
    def test_nobody_publishes_a_draft_that_changed_since_they_read_it(self, world):
        stage = draft_tender(world, lots=("1.50",))
        read = Tender.objects.get(pk=stage.tender.pk)
        item = read.lots.get().lot_items.get().item
        dearer = [LotPlan("", (LotItemPlan(item),), Decimal("15.00"))]
        set_lots(tender=read, lots=dearer, by=world.preparer, now=NOW + timedelta(microseconds=1))
        with pytest.raises(Conflict, match="Reload"):
            publish(stage)
        stage.tender = Tender.objects.get(pk=read.pk)
        assert publish(stage).status == Tender.Status.PUBLISHED

    def test_whoever_changed_the_draft_last_does_not_publish_it(self, world):
        stage = draft_tender(world, lots=("1.50",))
        assert faults_of(stage, by=world.preparer) == [("publisher", None)]
        set_criteria(tender=stage.tender, criteria=CRITERIA, by=world.officer, now=NOW)
        assert faults_of(stage, by=world.officer) == [("publisher", None)]
        assert publish(stage, by=world.preparer).published_by == world.preparer


class TestCancelling:
    def test_every_lot_fails_for_that_reason_and_suppliers_are_told(self, world):
        stage = published_tender(world, suppliers=2)
        tender = cancelled(stage)
        assert (tender.status, tender.cancel_reason) == (Tender.Status.CANCELLED, "The need has changed")
        assert {(lot.status, lot.ending, lot.ended_at, lot.ended_by) for lot in stage.lots} == {
            (Lot.Status.ENDED, Lot.Ending.CANCELLED, NOW, world.officer)
        }
        assert announce_cancellation(stage.tender.pk) == 2
        public = Event.objects.visible_to(None).about(stage.tender.reference)
        assert [event.verb for event in public] == ["tender.published", "tender.cancelled"]
        assert public.last().data["proposer"] == world.preparer.signature

    def test_a_draft_is_given_up_silently_by_one(self, world):
        stage = draft_tender(world, lots=("1.50",))
        cancel_tender(tender=stage.tender, reason="Not needed", by=world.officer, now=NOW)
        assert not Event.objects.visible_to(None).about(stage.tender.reference).exists()
        assert not OutboxMessage.objects.filter(task="tenders.tasks.announce_cancellation").exists()

    def test_what_is_published_is_not_cancelled_by_one(self, world):
        stage = published_tender(world, lots=("1.50",))
        with pytest.raises(Refused) as refusal:
            cancel_tender(tender=stage.tender, reason="x", by=world.officer, now=NOW)
        assert refusal.value.code == "two_people"

    def test_giving_up_needs_a_reason_and_happens_once(self, world):
        stage = draft_tender(world, lots=("1.50",))
        with pytest.raises(Refused) as refusal:
            cancel_tender(tender=stage.tender, reason="", by=world.officer, now=NOW)
        assert refusal.value.faults[0].field == "reason"
        cancel_tender(tender=stage.tender, reason="x", by=world.officer, now=NOW)
        with pytest.raises(Conflict):
            cancel_tender(tender=stage.tender, reason="x", by=world.officer, now=NOW)
        with pytest.raises(Refused) as refusal:
            cancel_tender(tender=Tender.objects.get(pk=stage.tender.pk), reason="x", by=world.officer, now=NOW)
        assert refusal.value.code == "not_now"

    def test_an_award_binds(self, world):
        stage = published_tender(world, lots=("1.50", "2"))
        change = propose_cancellation(tender=stage.tender, reason="x", by=world.preparer, now=NOW)
        _award(stage.lots[1])
        with pytest.raises(Refused, match="2"):
            approve_change(change=change, by=world.officer, now=NOW)


def queries_to_publish(world, lots, hospitals):
    stage = draft_tender(world, lots=["1.50"] * lots, hospitals=hospitals)
    assert stage.officer.signature
    with CaptureQueriesContext(connection) as queries:
        publish(stage)
    assert LotVolume.objects.filter(lot__tender=stage.tender).count() == lots * hospitals
    return len(queries)


def test_publishing_costs_the_same_statements_for_one_volume_and_for_hundreds(world):
    assert queries_to_publish(world, 1, 1) == queries_to_publish(world, 15, 20)


@action
def _take_window(tender, window):
    Tender.objects.filter(pk=tender.pk).update(window=window)


@arranged
def _change_rules(rules):
    rules.body["evaluation"]["pass_mark"] = "10"
    rules.save()


@action
def _award(lot):
    facts = {"ended_at": NOW, "ended_by": lot.tender.published_by}
    Lot.objects.filter(pk=lot.pk).update(status=Lot.Status.ENDED, ending=Lot.Ending.AWARDED, **facts)
