"""Proposal, standstill and award: the decision binds once, and the price register has its price."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import InboxMessage
from awards.actions import award_lot, award_lots, fail_lot, file_objection, propose_award, propose_awards
from awards.models import AwardProduct, Decision
from awards.tasks import announce_award, announce_proposal
from catalogue.models import PriceEntry
from core.actions import action
from core.errors import Conflict, Denied, Refused
from core.models import Event, OutboxMessage
from tenders.tasks import announce_result
from tests.ruling import ruled
from tests.tenders.bids import TICK
from tests.tenders.judging import (
    AWARDED,
    PRICED,
    PROPOSED,
    judge,
    now_of,
    open_envelopes,
    opened_bids,
    proposed_lot,
    ranked_lot,
)
from tests.tenders.stage import cancelled

TWO = ruled(pass_mark=Decimal(60), minimum_for_competition=2, minimum_evaluators=3)


@pytest.fixture
def proposed(world):
    return proposed_lot(world, "13.50", "12.00", evaluators=3, rules=TWO)


# --- The proposal ----------------------------------------------------------------------------------------
def test_rank_one_is_proposed_in_public_and_the_standstill_covers_full_days(world):
    stage, bids = ranked_lot(world, "13.50", "12.00", evaluators=3, rules=TWO)
    decision = propose_award(lot=stage.lots[0], by=stage.officer, now=PROPOSED)
    award = decision.awards.get()
    assert (award.bid, award.supplier, award.price) == (bids[1].reference, bids[1].supplier, Decimal(12))
    # Proposed on 31 March in Shanghai: 1, 2 and 3 April are whole days, and 4 April begins at 16:00 UTC.
    assert (decision.standstill_until, decision.awarded_at) == (datetime(2026, 4, 3, 16, 0, tzinfo=UTC), None)
    assert (stage.lots[0].status, decision.status) == ("opened", "proposed")
    event = Event.objects.get(verb="award.proposed")
    assert (event.audience, event.data["supplier"]) == ("public", bids[1].supplier.name)


def test_only_an_officer_of_the_agency_without_another_part_proposes(world):
    stage, _bids = ranked_lot(world, "13.50", "12.00", evaluators=3, rules=TWO)
    foreign = world.seat(world.organisation("agency"), "officer")
    for seat in (foreign, world.awarder, stage.suppliers[0], stage.evaluators[0].seat):
        with pytest.raises(Denied):
            propose_award(lot=stage.lots[0], by=seat, now=PROPOSED)


def test_a_lot_is_proposed_once(proposed):
    stage, _bids = proposed
    with pytest.raises(Refused, match="proposed already"):
        propose_award(lot=stage.lots[0], by=stage.officer, now=PROPOSED)
    with pytest.raises(Refused, match="No lot waits"):
        propose_awards(tender=stage.tender, by=stage.officer, now=PROPOSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        propose_again(stage.lots[0], stage.officer)


@action
def propose_again(lot, by):
    facts = {"standstill_until": PROPOSED, "proposed_at": PROPOSED, "proposed_by": by}
    Decision.objects.create(lot=lot, number=2, **facts)


def test_a_lot_without_a_valid_price_is_not_awarded_and_somebody_decides_so(world):
    stage, _bids = ranked_lot(world, "200.01", "300.00", evaluators=3, rules=TWO)
    with pytest.raises(Refused, match="No opened price"):
        propose_award(lot=stage.lots[0], by=stage.officer, now=PROPOSED)
    with pytest.raises(Refused, match="No lot waits"):
        propose_awards(tender=stage.tender, by=stage.officer, now=PROPOSED)
    with pytest.raises(Denied):
        fail_lot(lot=stage.lots[0], by=world.awarder, now=PROPOSED)
    fail_lot(lot=stage.lots[0], by=stage.officer, now=PROPOSED)
    lot = stage.lots[0]
    assert (lot.status, lot.ending, lot.ended_by) == ("ended", "none_valid", stage.officer)
    assert Event.objects.get(verb="award.none").audience == "public"


def test_a_lot_with_a_valid_price_does_not_fail(world):
    stage, _bids = ranked_lot(world, "13.50", "200.01", evaluators=3, rules=TWO)
    with pytest.raises(Refused, match="valid: propose"):
        fail_lot(lot=stage.lots[0], by=stage.officer, now=PROPOSED)


# --- The award -------------------------------------------------------------------------------------------
def test_an_award_binds_and_writes_the_price_of_one_pack_for_the_supply_period(world, proposed):
    stage, bids = proposed
    decision = award_lot(lot=stage.lots[0], by=world.awarder, now=AWARDED)
    assert (decision.status, decision.awarded_at, decision.awarded_by) == ("awarded", AWARDED, world.awarder)
    assert (stage.lots[0].status, stage.lots[0].ending) == ("ended", "awarded")
    price = PriceEntry.objects.get()
    version = bids[1].product_version
    assert AwardProduct.objects.get().product_version == version
    assert (price.kind, price.item, price.product) == ("award", version.product.item, version.product)
    assert (price.price, price.units, price.region) == (Decimal(12), 10, stage.tender.region)
    assert (price.valid_from, price.valid_to) == (stage.tender.supply_from, stage.tender.supply_to)
    assert price.source == f"{stage.tender.reference} / L-01"
    assert price.recorded_by == world.awarder
    assert Event.objects.get(verb="lot.awarded").audience == "public"


def test_the_standstill_ends_at_its_very_instant(world, proposed):
    stage, _bids = proposed
    until = Decision.objects.get().standstill_until
    with pytest.raises(Refused, match="standstill is not over"):
        award_lot(lot=stage.lots[0], by=world.awarder, now=until - TICK)
    with pytest.raises(Refused, match="No lot can be awarded"):
        award_lots(tender=stage.tender, by=world.awarder, now=until - TICK)
    assert [decision.lot.number for decision in award_lots(tender=stage.tender, by=world.awarder, now=until)] == [1]


def test_a_waiting_objection_stops_the_award(world, proposed):
    stage, bids = proposed
    file_objection(lot=stage.lots[0], text="The licence is not theirs", by=bids[0].prepared_by, now=PROPOSED)
    with pytest.raises(Refused, match="stands still"):
        award_lot(lot=stage.lots[0], by=world.awarder, now=AWARDED)
    with pytest.raises(Refused, match="No lot can be awarded"):
        award_lots(tender=stage.tender, by=world.awarder, now=AWARDED)
    assert not PriceEntry.objects.exists()


def test_whoever_proposed_or_had_another_part_cannot_award(world, proposed):
    stage, _bids = proposed
    foreign = world.seat(world.organisation("agency"), "awarder")
    for seat in (stage.officer, foreign, stage.suppliers[0]):
        with pytest.raises(Denied):
            award_lot(lot=stage.lots[0], by=seat, now=AWARDED)
    both = world.seat(world.agency, "officer", "awarder")
    stage_two, _more = ranked_lot(world, "9.00", "8.00", evaluators=3, rules=TWO)
    propose_award(lot=stage_two.lots[0], by=both, now=PROPOSED)
    with pytest.raises(Refused, match="must not"):
        award_lot(lot=stage_two.lots[0], by=both, now=AWARDED)


def test_a_lot_is_awarded_once_and_whoever_comes_second_is_told(world, proposed):
    stage, _bids = proposed
    seen = stage.lots[0]
    award_lot(lot=stage.lots[0], by=world.awarder, now=AWARDED)
    with pytest.raises(Conflict, match="just done this"):
        award_lot(lot=seen, by=world.awarder, now=AWARDED)
    assert PriceEntry.objects.count() == 1


def test_an_awarded_lot_keeps_its_tender_from_being_cancelled(world, proposed):
    stage, _bids = proposed
    award_lot(lot=stage.lots[0], by=world.awarder, now=AWARDED)
    with pytest.raises(Refused, match="awarded"):
        cancelled(stage, now=AWARDED)


def test_a_cancelled_tender_awards_nothing(world, proposed):
    stage, _bids = proposed
    cancelled(stage, now=AWARDED)
    with pytest.raises(Refused, match="not possible while"):
        award_lot(lot=stage.lots[0], by=world.awarder, now=AWARDED)
    assert (stage.lots[0].status, stage.lots[0].ending) == ("ended", "cancelled")
    assert not Decision.objects.standing().exists()


# --- Steps in order --------------------------------------------------------------------------------------
def test_no_step_can_be_skipped(world):
    """At each status only the next step succeeds; every other one is refused and changes nothing."""
    stage, bids = opened_bids(world, "13.50", "12.00", evaluators=3, rules=TWO)

    def refused(*steps):
        before = (now_of(stage.lots[0]).status, Decision.objects.count(), PriceEntry.objects.count())
        for step in steps:
            with pytest.raises(Refused):
                step()
        assert (now_of(stage.lots[0]).status, Decision.objects.count(), PriceEntry.objects.count()) == before

    def propose():
        propose_award(lot=now_of(stage.lots[0]), by=stage.officer, now=PROPOSED)

    def award():
        award_lot(lot=now_of(stage.lots[0]), by=world.awarder, now=AWARDED)

    def object_to_it():
        file_objection(lot=now_of(stage.lots[0]), text="No", by=bids[0].prepared_by, now=AWARDED)

    def prices():
        open_envelopes(stage, "commercial", at=PRICED)

    refused(prices, propose, award, object_to_it)
    judge(stage, dict.fromkeys(bids, "80"))
    refused(propose, award, object_to_it)
    prices()
    refused(prices, award, object_to_it)
    propose()
    refused(prices, propose)
    award()
    refused(prices, propose, award, object_to_it)
    assert now_of(stage.lots[0]).ending == "awarded"


# --- Notices ---------------------------------------------------------------------------------------------
def test_every_bidder_of_the_lot_is_told_of_result_proposal_and_award(world, proposed):
    stage, bids = proposed
    lot = stage.lots[0]
    award_lot(lot=lot, by=world.awarder, now=AWARDED)
    decision = Decision.objects.get()
    queued = OutboxMessage.objects.filter(task__startswith="awards.tasks.")
    assert list(queued.order_by("pk").values_list("task", "arguments")) == [
        ("awards.tasks.announce_proposal", [decision.pk]),
        ("awards.tasks.announce_award", [decision.pk]),
    ]
    assert (announce_result(lot.pk), announce_proposal(decision.pk), announce_award(decision.pk)) == (2, 2, 2)
    assert announce_award(decision.pk) == 0
    told = InboxMessage.objects.filter(about=f"award:{lot.pk}")
    assert {notice.seat.organisation for notice in told} == {bid.supplier for bid in bids}
    assert bids[1].supplier.name in told[0].sentence
