"""A lot with too few qualified bids is negotiated on record: table, rounds, reserve, minutes, and what follows."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from awards.actions import award_lot
from awards.actions.negotiation import (
    NegotiationPlan,
    close_talks,
    compare_quote,
    disclose_reserve,
    follow_negotiation,
    lapse_negotiation,
    make_offer,
    open_negotiation,
    propose_counter,
    propose_negotiated,
    register_confidential,
    sign_counter,
    sign_minutes,
    skip_expert,
)
from awards.actions.negotiation.holding import salted_hash
from awards.models import Award, Decision, Negotiation, NegotiationOffer, Reserve
from catalogue.models import PriceEntry
from core.acting import Acting, Reads, acting_for
from core.actions import action
from core.errors import Conflict, Denied, Refused
from core.models import Event
from selection.negotiation import NATIONAL_ACCESS, NegotiationRules
from tests.awards.table import BEGUN, at_the_table
from tests.tenders.bids import clock_at
from tests.tenders.judging import now_of

LATER = BEGUN + timedelta(days=8)


# --- Table and rounds ------------------------------------------------------------------------------------
def test_two_rounds_and_four_signatures_make_a_price_that_is_proposed_awarded_and_registered(world):
    table = at_the_table(world, reserve="11.00")
    agreed = table.agreed("10.00")
    assert (agreed.status, agreed.leads_on, agreed.price_hash) == ("agreed", "award", "")
    decision = propose_negotiated(negotiation=agreed, by=table.stage.officer, now=BEGUN)
    award = decision.awards.get()
    assert (award.supplier, award.price, award.bid) == (table.bid.supplier, Decimal(10), table.bid.reference)
    lot = now_of(table.stage.lots[0])
    with pytest.raises(Refused, match="standstill is not over"):
        award_lot(lot=lot, by=world.awarder, now=BEGUN)
    award_lot(lot=lot, by=world.awarder, now=LATER)
    entry = PriceEntry.objects.get()
    assert (entry.kind, entry.price, entry.visibility) == ("negotiated", Decimal(10), "public")
    assert list(Award.objects.binding()) == [award]
    assert now_of(lot).ending == "too_few"


def test_a_later_offer_is_never_higher_and_the_database_holds_it(world):
    table = at_the_table(world)
    table.offer("12.00")
    table.counter("9.00")
    with pytest.raises(Refused, match="never higher"):
        table.offer("12.01")
    with pytest.raises(DatabaseError, match="never higher"), transaction.atomic(), clock_at(BEGUN):
        offer_by_hand(table.now, 2, "12.01", table.supplier)
    assert table.offer("12.00").number == 2


def test_an_offer_above_the_ceiling_of_the_lot_is_none(world):
    table = at_the_table(world)
    with pytest.raises(Refused, match="above the ceiling"):
        table.offer("20000.00")


def test_nobody_offers_or_answers_out_of_turn(world):
    table = at_the_table(world)
    with pytest.raises(Refused, match="the supplier offers"):
        propose_counter(negotiation=table.now, price=Decimal(9), by=table.agency, now=BEGUN)
    table.offer("12.00")
    with pytest.raises(Refused, match="the table answers"):
        table.offer("11.00")
    with pytest.raises(DatabaseError, match="in its turn"), transaction.atomic():
        offer_by_hand(table.now, 2, "11.00", table.supplier)


def test_an_offer_at_the_end_of_its_turn_is_late_for_action_and_database(world):
    table = at_the_table(world)
    due = table.now.due_at
    with clock_at(due):
        with pytest.raises(Refused, match="last offer stands"):
            make_offer(negotiation=table.now, price=Decimal(12), by=table.supplier, now=due)
        with pytest.raises(DatabaseError, match="LATE"), transaction.atomic():
            offer_by_hand(table.now, 1, "12.00", table.supplier)
    early = due - timedelta(microseconds=1)
    with clock_at(early):
        offer = make_offer(negotiation=table.now, price=Decimal(12), by=table.supplier, now=BEGUN)
    assert offer.made_at == early


def test_an_answer_needs_two_of_the_table(world):
    table = at_the_table(world)
    table.offer("12.00")
    said = propose_counter(negotiation=table.now, price=Decimal(9), by=table.hospital, now=BEGUN)
    with pytest.raises(Refused, match="Somebody else"):
        sign_counter(counter=said, by=table.hospital, now=BEGUN)
    for stranger in (table.supplier, world.seat(world.payer, "negotiator"), table.stage.officer):
        with pytest.raises(Denied):
            sign_counter(counter=said, by=stranger, now=BEGUN)
    sign_counter(counter=said, by=table.agency, now=BEGUN)
    assert table.now.status == "offer"


def test_a_silent_supplier_ends_the_rounds_and_two_of_three_record_the_failure(world):
    table = at_the_table(world)
    with pytest.raises(Refused, match="may offer until"):
        table.closed(day=1)
    table.closed(day=8)
    with pytest.raises(Refused, match="no offer to agree on"):
        table.draft()
    with pytest.raises(Refused, match="Say what a failure leads to"):
        table.draft("supplier_silent", "award")
    minutes = table.draft("supplier_silent", "open_entry")
    with clock_at(LATER):
        sign_minutes(minutes=minutes, by=table.agency, now=LATER)
        assert table.now.status == "closing"
        sign_minutes(minutes=minutes, by=table.payer, now=LATER)
    failed = table.now
    assert (failed.status, failed.reason, failed.leads_on) == ("failed", "supplier_silent", "open_entry")
    follow_negotiation(negotiation=failed, what="T-2026-0099", by=table.stage.officer, now=LATER)
    with pytest.raises(Conflict):
        follow_negotiation(negotiation=failed, what="T-2026-0100", by=table.stage.officer, now=LATER)


def test_a_silent_table_is_ended_by_the_agency_on_the_last_day(world):
    table = at_the_table(world)
    table.offer("12.00")
    act = {"negotiation": table.now, "leads_on": "price_only", "by": table.stage.officer}
    with pytest.raises(Refused, match="It may last until"):
        lapse_negotiation(**act, now=LATER)
    lapse_negotiation(**act, now=table.now.ends_at)
    assert (table.now.status, table.now.reason) == ("failed", "lapsed")


def test_an_agreement_needs_every_signature(world):
    table = at_the_table(world)
    table.offer("12.00")
    table.closed()
    minutes = table.draft()
    with clock_at(BEGUN):
        for seat in table.sides[:3]:
            sign_minutes(minutes=minutes, by=seat, now=BEGUN)
        assert table.now.status == "closing"
        with pytest.raises(Conflict, match="signed these minutes"):
            sign_minutes(minutes=minutes, by=table.agency, now=BEGUN)
        again = table.draft("no_agreement", "next_lane")
        with pytest.raises(Conflict, match="drafted anew"):
            sign_minutes(minutes=minutes, by=table.supplier, now=BEGUN)
    assert again.number == 2
    assert table.now.status == "closing"


# --- The reserve -----------------------------------------------------------------------------------------
def test_the_reserve_is_its_experts_alone_until_it_is_disclosed(world, request):
    table = at_the_table(world, reserve="11.173951")
    seats = (*table.sides, world.auditor, table.stage.officer)
    request.getfixturevalue("as_web_role")
    for seat in seats:
        with acting_for(Acting(seat.organisation_id, seat.pk, Reads.ALL)):
            assert not Reserve.objects.exists()
    with acting_for(Acting(table.expert.organisation_id, table.expert.pk)):
        assert Reserve.objects.get().price == Decimal("11.173951")


def test_the_reserve_leaks_through_no_event_and_no_column_that_is_not_its_own(world):
    at_the_table(world, reserve="11.173951")
    told = json.dumps([event.data for event in Event.objects.all()])
    assert "11.17" not in told
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(n)::text FROM awards_negotiation n")
        assert "11.17" not in cursor.fetchone()[0]


def test_an_agreement_waits_for_the_reserve_and_is_never_above_it(world):
    table = at_the_table(world, reserve="9.99")
    table.offer("12.00")
    table.counter("9.00")
    table.offer("10.00")
    with pytest.raises(Refused, match="discloses the reserve"):
        table.draft()
    reserve = disclose_reserve(negotiation=table.now, by=table.expert, now=BEGUN)
    assert salted_hash(table.now, reserve.price, reserve.salt) == table.now.reserve_hash
    with pytest.raises(Refused, match="above the reserve"):
        table.draft()
    assert table.draft("too_high", "next_lane").price is None


def test_a_reserve_is_disclosed_after_the_last_offer_only(world):
    table = at_the_table(world, reserve="11.00")
    with pytest.raises(Refused):
        disclose_reserve(negotiation=table.now, by=table.expert, now=BEGUN)
    with pytest.raises(DatabaseError, match="shown after the last"), transaction.atomic():
        disclose_by_hand(table)


def test_after_two_quotes_the_talk_goes_on_within_115_percent(world):
    table = at_the_table(world, reserve="10.00", rules=NATIONAL_ACCESS)
    table.offer("12.00")
    table.counter("9.00")
    table.offer("11.50")
    with pytest.raises(Denied):
        compare_quote(negotiation=table.now, by=table.agency, now=BEGUN)
    compare_quote(negotiation=table.now, by=table.expert, now=BEGUN)
    assert table.now.status == "counter"


def test_a_quote_above_115_percent_ends_the_talk(world):
    table = at_the_table(world, reserve="10.00", rules=NATIONAL_ACCESS)
    table.offer("12.00")
    table.counter("9.00")
    table.offer("11.500001")
    compare_quote(negotiation=table.now, by=table.expert, now=BEGUN)
    assert table.now.status == "closing"


def test_a_silent_expert_is_gone_past_when_the_turn_is_over(world):
    table = at_the_table(world, reserve="10.00", rules=NegotiationRules(rounds=2, quotes=1))
    table.offer("12.00")
    with pytest.raises(Refused, match="There is time"):
        skip_expert(negotiation=table.now, by=table.stage.officer, now=BEGUN)
    skip_expert(negotiation=table.now, by=table.stage.officer, now=LATER)
    assert table.now.status == "counter"


# --- The confidential price ------------------------------------------------------------------------------
def test_a_confidential_price_is_a_hash_in_public_and_a_price_to_its_parties(world, request):
    table = at_the_table(world, confidential=True)
    agreed = table.agreed("7.173951")
    minutes = agreed.minutes.get()
    assert salted_hash(agreed, minutes.price, minutes.salt) == agreed.price_hash
    with pytest.raises(Refused, match="registered with its parties"):
        propose_negotiated(negotiation=agreed, by=table.stage.officer, now=BEGUN)
    with pytest.raises(Refused, match="standstill"):
        register_confidential(negotiation=agreed, by=world.awarder, now=BEGUN)
    assert "7.17" not in json.dumps([event.data for event in Event.objects.all()])
    register_confidential(negotiation=agreed, by=world.awarder, now=LATER)
    assert not Decision.objects.exists()
    request.getfixturevalue("as_web_role")
    rival = next(seat for seat in table.stage.suppliers if seat.organisation != table.bid.supplier)
    for model in (PriceEntry, Negotiation, NegotiationOffer, type(minutes)):
        with acting_for(Acting(rival.organisation_id, rival.pk)):
            assert not model.objects.exists()
        for seat in (table.supplier, table.payer, table.hospital):
            with acting_for(Acting(seat.organisation_id, seat.pk)):
                assert model.objects.exists()


# --- Who may ---------------------------------------------------------------------------------------------
def test_a_lot_is_negotiated_once_and_by_the_officer_of_its_agency(world):
    table = at_the_table(world)
    plan_of = {"lot": now_of(table.stage.lots[0]), "bid": table.bid, "now": BEGUN}
    plan = NegotiationPlan(table.agency, table.hospital, table.payer)
    with pytest.raises(Conflict, match="negotiated already"):
        open_negotiation(**plan_of, plan=plan, by=table.stage.officer)
    with pytest.raises(Denied):
        open_negotiation(**plan_of, plan=plan, by=table.agency)


def test_who_evaluated_does_not_sit_at_the_table(world):
    table = at_the_table(world)
    with pytest.raises(Denied):
        close_talks(negotiation=table.now, by=table.stage.evaluators[0].seat, now=BEGUN)


@action
def offer_by_hand(negotiation, number, price, by):
    facts = {"number": number, "price": Decimal(price), "made_at": BEGUN, "made_by": by}
    NegotiationOffer.objects.create(negotiation=negotiation, **facts)


@action
def disclose_by_hand(table):
    Reserve.objects.update(disclosed_at=BEGUN, disclosed_by=table.expert)
