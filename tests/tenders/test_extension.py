"""A deadline is extended before it comes, by two people, for everybody, and is never shorter."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError

from accounts.actions import give_seat
from accounts.models import InboxMessage
from accounts.permissions import OrganisationKind
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event, OutboxMessage
from tenders.actions.changes import approve_change, decline_change, propose_extension
from tenders.actions.opening import close_tender
from tenders.duties import duties
from tenders.models import BidVersion, Change, Tender
from tenders.tasks import announce_extension
from tenders.todos import preparation
from tests.tenders.bids import HOUR, TICK, a_bid, by_hand, clock_at, fresh, handed_in
from tests.tenders.changing import approved, extended, proposed_extension
from tests.tenders.stage import DEADLINE, cancelled, draft_tender, published_tender
from tests.world import NOW

WEEK = timedelta(days=7)


@pytest.fixture
def stage(world):
    return published_tender(world, lots=("20.00",), suppliers=2)


def refusal_of(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value


class TestExtending:
    def test_two_officers_extend_and_bids_stay_valid(self, stage):
        handed_in(a_bid(stage), "13.50", at=DEADLINE - HOUR)
        terms = stage.tender.terms
        change = extended(stage, at=DEADLINE - TICK)
        assert change.status == Change.Status.APPROVED
        assert (change.deadline_before, stage.tender.deadline) == (DEADLINE, DEADLINE + WEEK)
        assert stage.tender.terms == terms
        assert BidVersion.objects.standing().count() == 1

    def test_bids_come_until_the_new_deadline_and_the_close_waits_for_it(self, stage):
        extended(stage)
        with clock_at(DEADLINE), pytest.raises(Refused):
            close_tender(tender=stage.tender, now=DEADLINE)
        handed_in(a_bid(stage), "13.50", at=DEADLINE + WEEK - TICK)
        with clock_at(DEADLINE + WEEK):
            assert close_tender(tender=stage.tender, now=NOW).count == 1

    def test_proposing_alone_changes_nothing(self, stage):
        proposed_extension(stage)
        assert fresh(stage.tender).deadline == DEADLINE

    def test_the_public_record_names_both_and_says_why(self, stage):
        change = extended(stage)
        event = Event.objects.visible_to(None).about(stage.tender.reference).last()
        assert event.verb == "tender.extended"
        assert (event.actor, event.data["proposer"]) == (stage.officer.signature, stage.world.preparer.signature)
        assert event.data["reason"] == change.reason
        assert (event.data["before"][:10], event.data["deadline"][:10]) == ("2026-03-23", "2026-03-30")

    def test_everybody_is_told_once_whether_they_bid_or_not(self, stage):
        handed_in(a_bid(stage), "13.50")
        change = extended(stage)
        assert OutboxMessage.objects.filter(task="tenders.tasks.announce_extension", arguments=[change.pk]).exists()
        told = 2 + len(stage.holders) + len(stage.evaluators) + 2
        assert announce_extension(change.pk) == told
        assert announce_extension(change.pk) == 0
        sentences = {notice.sentence for notice in InboxMessage.objects.filter(about=f"changed:{change.pk}")}
        assert len(sentences) == 1
        assert "2026-03-30" in sentences.pop()


class TestWhoMay:
    def test_the_proposer_does_not_approve(self, stage):
        change = proposed_extension(stage)
        with clock_at(NOW):
            refused = refusal_of(lambda: approve_change(change=change, by=stage.world.preparer, now=NOW))
        assert refused.code == "two_people"
        assert fresh(stage.tender).deadline == DEADLINE

    def test_the_database_itself_refuses_one_person(self, stage):
        change = proposed_extension(stage)
        facts = {"status": "approved", "approved_at": NOW, "approved_by": stage.world.preparer}
        with pytest.raises(DatabaseError, match="two people"):
            by_hand(lambda: Change.objects.filter(pk=change.pk).update(**facts))

    def test_a_change_does_not_begin_approved(self, stage):
        change = proposed_extension(stage)
        facts = {"number": 2, "status": "approved", "approved_at": NOW, "approved_by": stage.officer, "pk": None}
        for name, value in facts.items():
            setattr(change, name, value)
        with pytest.raises(DatabaseError, match="begins as a proposal"):
            by_hand(lambda: change.save(force_insert=True))

    def test_only_officers_of_the_agency_propose_and_decide(self, stage):
        world, change = stage.world, proposed_extension(stage)
        stranger = world.seat(world.organisation(OrganisationKind.AGENCY), "officer")
        for seat in (stranger, world.auditor, world.awarder, stage.suppliers[0], stage.holders[0].seat):
            with pytest.raises(Denied):
                propose_extension(tender=stage.tender, deadline=DEADLINE + WEEK, reason="x", by=seat, now=NOW)
            with pytest.raises(Denied):
                approve_change(change=change, by=seat, now=NOW)
            with pytest.raises(Denied):
                decline_change(change=change, reason="x", by=seat, now=NOW)

    def test_whoever_has_another_part_in_the_tender_neither_proposes_nor_approves(self, stage):
        opener = next(holder.seat for holder in stage.holders if holder.seat.organisation != stage.world.agency)
        officer = _as_officer(stage.world, opener)
        change = proposed_extension(stage)
        act = {"tender": stage.tender, "deadline": DEADLINE + WEEK, "reason": "x", "by": officer, "now": NOW}
        assert refusal_of(lambda: propose_extension(**act)).code == "exclusive"
        assert refusal_of(lambda: approve_change(change=change, by=officer, now=NOW)).code == "exclusive"

    def test_both_have_then_had_a_part_in_the_tender(self, stage):
        extended(stage)
        held = duties(stage.tender)
        assert "publish_tender" in held[stage.world.preparer.person_id] & held[stage.officer.person_id]


class TestWhen:
    @pytest.mark.parametrize("shift", [-TICK, timedelta(0), -WEEK])
    def test_a_deadline_that_is_not_later_is_refused(self, stage, shift):
        refused = refusal_of(lambda: proposed_extension(stage, DEADLINE + shift))
        assert [fault.field for fault in refused.faults] == ["deadline"]

    def test_from_the_deadline_on_nothing_is_proposed_or_approved(self, stage):
        change = proposed_extension(stage)
        assert refusal_of(lambda: approved(stage, change, at=DEADLINE)).code == "closed"
        refused = refusal_of(lambda: proposed_extension(stage, DEADLINE + WEEK, at=DEADLINE))
        assert refused.code == "closed"
        assert fresh(stage.tender).deadline == DEADLINE

    def test_the_database_s_clock_decides_and_not_the_web_server_s(self, stage):
        change = proposed_extension(stage)
        with clock_at(DEADLINE):
            refused = refusal_of(lambda: approve_change(change=change, by=stage.officer, now=DEADLINE - HOUR))
        assert refused.code == "closed"

    def test_supply_still_begins_after_the_new_deadline(self, stage):
        refused = refusal_of(lambda: proposed_extension(stage, DEADLINE + timedelta(days=60)))
        assert "supply period" in refused.faults[0].message

    def test_it_is_decided_once_and_one_of_a_kind_waits(self, stage):
        change = proposed_extension(stage)
        with pytest.raises(Conflict):
            proposed_extension(stage, days=9)
        approved(stage, change)
        with pytest.raises(Conflict):
            approved(stage, change)
        assert extended(stage).deadline == DEADLINE + 2 * WEEK

    def test_a_cancelled_tender_or_a_draft_is_not_extended(self, stage):
        change = proposed_extension(stage)
        cancelled(stage)
        assert refusal_of(lambda: approved(stage, change)).code == "not_now"
        draft = draft_tender(stage.world, lots=("1.50",))
        assert refusal_of(lambda: proposed_extension(draft, DEADLINE + WEEK)).code == "not_now"

    def test_without_a_reason_nothing_is_proposed(self, stage):
        act = {"tender": stage.tender, "deadline": DEADLINE + WEEK, "by": stage.officer, "now": NOW}
        assert refusal_of(lambda: propose_extension(**act, reason=" ")).faults[0].field == "reason"


class TestDeclining:
    def test_a_declined_proposal_changes_nothing_and_stays_the_agencys(self, stage):
        change = decline_change(change=proposed_extension(stage), reason="No need", by=stage.officer, now=NOW)
        assert change.status == Change.Status.DECLINED
        assert fresh(stage.tender).deadline == DEADLINE
        assert not Change.objects.visible_to(stage.suppliers[0]).exists()
        assert [e.verb for e in Event.objects.visible_to(None).about(stage.tender.reference)] == ["tender.published"]
        with pytest.raises(Conflict):
            approved(stage, change)

    def test_the_proposer_takes_it_back(self, stage):
        change = decline_change(change=proposed_extension(stage), reason="Wrong", by=stage.world.preparer, now=NOW)
        assert change.declined_by == stage.world.preparer


class TestTheGuard:
    """What the database refuses from anybody, whatever the code above it does."""

    @pytest.mark.parametrize("deadline", [DEADLINE - TICK, DEADLINE + WEEK, None])
    def test_a_deadline_without_two_people(self, stage, deadline):
        with clock_at(NOW), pytest.raises((DatabaseError, IntegrityError)):
            by_hand(lambda: Tender.objects.filter(pk=stage.tender.pk).update(deadline=deadline))

    def test_an_approved_deadline_before_and_not_at_the_old_one(self, stage):
        change = proposed_extension(stage)
        facts = {"status": "approved", "approved_at": NOW, "approved_by": stage.officer}
        by_hand(lambda: Change.objects.filter(pk=change.pk).update(**facts))

        def move():
            Tender.objects.filter(pk=stage.tender.pk).update(deadline=change.deadline)

        with clock_at(DEADLINE), pytest.raises(DatabaseError, match="CLOSED"):
            by_hand(move)
        with clock_at(DEADLINE - TICK):
            by_hand(move)
        assert fresh(stage.tender).deadline == DEADLINE + WEEK

    def test_nothing_after_the_close_even_when_the_clock_is_set_back(self, stage):
        change = proposed_extension(stage)
        with clock_at(DEADLINE):
            close_tender(tender=stage.tender, now=DEADLINE)
        facts = {"status": "approved", "approved_at": NOW, "approved_by": stage.officer}
        by_hand(lambda: Change.objects.filter(pk=change.pk).update(**facts))
        with clock_at(NOW), pytest.raises(DatabaseError, match="CLOSED"):
            by_hand(lambda: Tender.objects.filter(pk=stage.tender.pk).update(deadline=change.deadline))

    @pytest.mark.parametrize(
        "columns",
        [
            {"status": "draft", "deadline": DEADLINE - WEEK},
            {"published_at": None, "published_by": None},
            {"status": "cancelled"},
            {"terms": "0" * 64},
            {"notice": b"{}"},
        ],
        ids=lambda columns: next(iter(columns)),
    )
    def test_no_way_around(self, stage, columns):
        with clock_at(NOW), pytest.raises(DatabaseError):
            by_hand(lambda: Tender.objects.filter(pk=stage.tender.pk).update(**columns))

    def test_what_was_proposed_and_decided_stays(self, stage):
        change = extended(stage)
        for columns in ({"reason": "Another"}, {"status": "declined"}, {"deadline": DEADLINE + 3 * WEEK}):
            with pytest.raises(DatabaseError):
                by_hand(lambda columns=columns: Change.objects.filter(pk=change.pk).update(**columns))
        with pytest.raises(DatabaseError):
            by_hand(lambda: Change.objects.filter(pk=change.pk).delete())


def test_the_second_officer_has_it_to_do_and_the_proposer_has_not(stage):
    proposed_extension(stage)
    decide = "Decide as the second person: extension of the deadline"
    assert decide in [str(todo.what) for todo in preparation.todos(stage.officer, NOW)]
    assert decide not in [str(todo.what) for todo in preparation.todos(stage.world.preparer, NOW)]
    assert decide not in [str(todo.what) for todo in preparation.todos(stage.officer, DEADLINE)]
    assert InboxMessage.objects.filter(seat=stage.officer, about__startswith="change:").exists()


def _as_officer(world, seat):
    """The same person with an officer's seat in the agency."""
    today = legal_date(NOW)
    return give_seat(
        person=seat.person, organisation=world.agency, roles=["officer"], starts_on=today, by=None, now=NOW
    )
