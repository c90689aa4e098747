"""A winner signs by the day of its letter, refuses, or is silent; then the next in rank is offered the award."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import InboxMessage
from awards.actions import (
    accept_offer,
    award_lot,
    award_next,
    decline_offer,
    give_up_award,
    lapse_award,
    offer_next,
    propose_award,
    refuse_award,
)
from awards.models import Allocation, Award, AwardLetter, NextOffer
from awards.rules import Priced, extra_cost
from awards.tasks import announce_end, announce_offer, announce_replacement
from catalogue.models import PriceEntry
from contracts.actions import ContractTerms, prepare_contract, sign_contract, void_contract
from contracts.models import AgreedVolume
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from selection.ruleset import TenderRules
from tests.tenders.bids import TICK
from tests.tenders.judging import AWARDED, PROPOSED, now_of, ranked_lot

JUDGED_BY = {"pass_mark": Decimal(60), "minimum_for_competition": 2, "minimum_evaluators": 3}
ONE = TenderRules(**JUDGED_BY, standbys=1)
SHARES = TenderRules(
    **JUDGED_BY, winners=2, allocation="shares", shares={1: (Decimal(1),), 2: (Decimal("0.6"), Decimal("0.4"))}
)
DAY = timedelta(days=1)


@pytest.fixture
def awarded(world):
    """12.00 is awarded, 13.50 stands by, 14.00 comes after."""
    return awarded_lot(world, ONE)


def awarded_lot(world, rules):
    stage, bids = ranked_lot(world, "13.50", "12.00", "14.00", evaluators=3, rules=rules)
    propose_award(lot=stage.lots[0], by=stage.officer, now=PROPOSED)
    award_lot(lot=now_of(stage.lots[0]), by=world.awarder, now=AWARDED)
    return stage, bids


def the_award(place=1):
    found = Award.objects.select_related("supplier", "letter", "decision__lot__tender")
    return found.get(place=place)


def signatory(world, supplier):
    return world.seat(supplier, "signatory")


def presented(world, award, now=AWARDED):
    today = legal_date(now)
    terms = ContractTerms(starts_on=today, ends_on=today + timedelta(days=364))
    return prepare_contract(source=award.source, supplier=award.supplier, terms=terms, by=world.officer, now=now)


def refused(world, place=1, now=AWARDED + DAY):
    award = the_award(place)
    refuse_award(award=award, reason="Raw material", by=signatory(world, award.supplier), now=now)
    return the_award(place)


def accepted(world, offer, now):
    return accept_offer(offer=offer, by=signatory(world, offer.supplier), now=now)


# --- The letter ------------------------------------------------------------------------------------------
def test_the_letter_gives_thirty_whole_days_to_sign(awarded):
    # Awarded on 8 April 2026 in Shanghai: 9 April to 8 May are whole days.
    letter = AwardLetter.objects.get()
    assert letter.sign_until == datetime(2026, 5, 8, 16, 0, tzinfo=UTC)
    assert (letter.award, letter.issued_at, letter.signed_at, letter.end) == (the_award(), AWARDED, None, "")


def test_with_the_suppliers_signature_the_award_is_accepted_and_no_longer_refused(world, awarded):
    award = the_award()
    contract = presented(world, award)
    seat = signatory(world, award.supplier)
    sign_contract(contract=contract, by=seat, now=AWARDED + DAY)
    letter = AwardLetter.objects.get()
    assert (letter.presented_at, letter.signed_at, letter.signed_by) == (AWARDED, AWARDED + DAY, seat)
    for act in (
        lambda: refuse_award(award=the_award(), reason="Too cheap", by=seat, now=AWARDED + DAY),
        lambda: lapse_award(award=the_award(), by=world.awarder, now=letter.sign_until),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "signed"


def test_a_winner_before_whom_no_contract_lies_is_not_silent(world, awarded):
    letter = AwardLetter.objects.get()
    with pytest.raises(Refused) as refusal:
        lapse_award(award=the_award(), by=world.awarder, now=letter.sign_until + DAY)
    assert refusal.value.code == "not_presented"
    presented(world, the_award(), now=letter.sign_until - TICK)
    later = AwardLetter.objects.get().sign_until
    assert later > letter.sign_until
    with pytest.raises(Refused, match="can still sign"):
        lapse_award(award=the_award(), by=world.awarder, now=later - TICK)
    lapse_award(award=the_award(), by=world.awarder, now=later)
    assert AwardLetter.objects.get().end == "silent"
    assert Event.objects.get(verb="award.lapsed").audience == "public"


def test_only_the_winner_refuses_and_only_the_award_officer_ends(world, awarded):
    stage, _bids = awarded
    award = the_award()
    for seat in (stage.suppliers[0], signatory(world, world.supplier), world.officer, world.awarder):
        with pytest.raises(Denied):
            refuse_award(award=award, reason="No", by=seat, now=AWARDED)
    presented(world, award)
    with pytest.raises(Denied):
        lapse_award(award=award, by=world.officer, now=award.letter.sign_until)


# --- The next in rank ------------------------------------------------------------------------------------
def test_a_refused_award_passes_whole_to_the_next_in_rank_at_its_own_price(world, awarded):
    _stage, bids = awarded
    award = refused(world)
    offer = offer_next(award=award, by=world.awarder, now=AWARDED + DAY)
    # 2,000 tablets in packs of 10: 1.50 a pack more.
    assert (offer.bid, offer.price, offer.extra) == (bids[0].reference, Decimal("13.5"), Decimal("300.00"))
    with pytest.raises(Refused, match="Nobody has accepted"):
        award_next(award=award, by=world.awarder, now=AWARDED + DAY)
    accepted(world, offer, AWARDED + 2 * DAY)
    made = award_next(award=award, by=world.awarder, now=AWARDED + 3 * DAY)
    assert (made.kind, made.bid, made.price, made.replaces) == ("winner", bids[0].reference, Decimal("13.5"), award)
    assert list(Award.objects.binding()) == [made]
    volumes = Allocation.objects.filter(award=made).values_list("hospital", "year", "quantity")
    assert sorted(volumes) == sorted(Allocation.objects.filter(award=award).values_list("hospital", "year", "quantity"))
    old, new = PriceEntry.objects.order_by("price")
    assert (old.price, old.valid_to) == (12, max(old.valid_from, legal_date(AWARDED + DAY)))
    assert (new.price, new.valid_to) == (Decimal("13.5"), made.ends_on)
    assert made.letter.sign_until > AwardLetter.objects.get(award=award).sign_until
    contract = presented(world, made, now=AWARDED + 3 * DAY)
    assert contract.supplier == bids[0].supplier
    assert AgreedVolume.objects.filter(line__contract=contract).count() == len(volumes)
    with pytest.raises(Conflict):
        award_next(award=award, by=world.awarder, now=AWARDED + 3 * DAY)


def test_who_declines_or_is_silent_leads_on_to_the_next_and_nobody_left_frees_the_need(world, awarded):
    stage, bids = awarded
    award, now = refused(world), AWARDED + DAY
    first = offer_next(award=award, by=world.awarder, now=now)
    with pytest.raises(Refused) as refusal:
        offer_next(award=award, by=world.awarder, now=now)
    assert refusal.value.code == "offered"
    decline_offer(offer=first, reason="No capacity", by=signatory(world, first.supplier), now=now)
    second = offer_next(award=award, by=world.awarder, now=now)
    assert [first.bid, second.bid] == [bids[0].reference, bids[2].reference]
    with pytest.raises(Refused) as refusal:
        give_up_award(award=award, by=world.awarder, now=second.answer_until - TICK)
    assert refusal.value.code == "offered"
    with pytest.raises(Refused, match="has passed"):
        accepted(world, second, second.answer_until)
    with pytest.raises(Refused) as refusal:
        offer_next(award=award, by=world.awarder, now=second.answer_until)
    assert refusal.value.code == "nobody_left"
    give_up_award(award=award, by=world.awarder, now=second.answer_until)
    lot = now_of(stage.lots[0])
    assert (lot.status, lot.ending, lot.ended_by) == ("ended", "unsigned", world.awarder)
    assert lot.ending in type(lot).WITHOUT_AWARD
    assert not Award.objects.binding().exists()
    with pytest.raises(Conflict):
        give_up_award(award=award, by=world.awarder, now=second.answer_until)


def test_an_award_that_stands_is_neither_offered_nor_given_up(world, awarded):
    for act in (offer_next, give_up_award):
        with pytest.raises(Refused, match="stands"):
            act(award=the_award(), by=world.awarder, now=AWARDED)


def test_of_two_winners_the_other_keeps_its_part(world):
    stage, bids = awarded_lot(world, SHARES)
    award = refused(world)
    offer = offer_next(award=award, by=world.awarder, now=AWARDED + DAY)
    assert offer.bid == bids[2].reference
    decline_offer(offer=offer, reason="No", by=signatory(world, offer.supplier), now=AWARDED + DAY)
    give_up_award(award=award, by=world.awarder, now=AWARDED + DAY)
    assert now_of(stage.lots[0]).ending == "awarded"
    assert [one.bid for one in Award.objects.binding()] == [bids[0].reference]


def test_only_who_was_offered_answers_once(world, awarded):
    award = refused(world)
    offer = offer_next(award=award, by=world.awarder, now=AWARDED + DAY)
    with pytest.raises(Denied):
        accept_offer(offer=offer, by=signatory(world, award.supplier), now=AWARDED + DAY)
    accepted(world, offer, AWARDED + DAY)
    with pytest.raises(Conflict, match="answered already"):
        decline_offer(offer=offer, reason="No", by=signatory(world, offer.supplier), now=AWARDED + DAY)
    with pytest.raises(Refused, match="has accepted"):
        offer_next(award=award, by=world.awarder, now=offer.answer_until)


# --- The contract ----------------------------------------------------------------------------------------
def test_a_contract_of_an_ended_award_is_signed_by_nobody_and_set_aside(world, awarded):
    award = the_award()
    contract = presented(world, award)
    with pytest.raises(Refused, match="stands"):
        void_contract(contract=contract, by=world.officer, now=AWARDED)
    refused(world)
    for seat in (signatory(world, award.supplier), world.awarder):
        with pytest.raises(Refused) as refusal:
            sign_contract(contract=contract, by=seat, now=AWARDED + DAY)
        assert refusal.value.code == "award_ended"
    void_contract(contract=contract, by=world.officer, now=AWARDED + DAY)
    contract.refresh_from_db()
    assert (contract.status, contract.lines.get().void) == ("void", True)
    with pytest.raises(Refused):
        sign_contract(contract=contract, by=world.awarder, now=AWARDED + DAY)


# --- What the database holds -----------------------------------------------------------------------------
@action
def forced(change):
    with transaction.atomic():
        change()


def test_the_database_refuses_both_a_signature_and_an_end(world, awarded):
    refused(world)
    with pytest.raises(IntegrityError, match="award_letter_signed_or_ended"):
        forced(lambda: AwardLetter.objects.update(signed_at=AWARDED, signed_by=world.officer))


def test_the_database_offers_an_award_to_one_at_a_time(world, awarded):
    award = refused(world)
    offer_next(award=award, by=world.awarder, now=AWARDED + DAY)
    again = NextOffer.objects.get()
    again.pk, again.number, again.bid, again._state.adding = None, 2, "B-OTHER", True
    with pytest.raises(DatabaseError, match="one at a time"):
        forced(again.save)


def test_the_database_replaces_an_award_whole(world, awarded):
    award = refused(world)
    half = the_award()
    half.pk, half.place, half.bid, half._state.adding = None, 9, "B-OTHER", True
    half.replaces = award

    def half_of_it():
        half.save()
        one = Allocation.objects.filter(award=award).first()
        one.pk, one.award, one._state.adding = None, half, True
        one.save()

        connection.check_constraints()

    with pytest.raises(DatabaseError, match="replaced whole"):
        forced(half_of_it)


# --- Told ------------------------------------------------------------------------------------------------
def test_every_bidder_of_the_lot_is_told_of_each_step(world, awarded):
    award = refused(world)
    offer = offer_next(award=award, by=world.awarder, now=AWARDED + DAY)
    accepted(world, offer, AWARDED + DAY)
    made = award_next(award=award, by=world.awarder, now=AWARDED + DAY)
    assert [announce_end(award.letter.pk), announce_offer(offer.pk), announce_replacement(made.pk)] == [3, 3, 3]
    assert announce_offer(offer.pk) == 0
    assert InboxMessage.objects.filter(about__startswith="offer:").count() == 3


prices = st.decimals("0.01", "9999", places=2)


@given(prices, prices, prices, st.integers(0, 10**9))
def test_what_one_costs_more_than_another_costs_the_other_less(a, b, c, units):
    one, two, three = (Priced(price, 10, Decimal("0.5")) for price in (a, b, c))
    assert extra_cost(units, one, two) == -extra_cost(units, two, one)
    assert extra_cost(units, one, one) == 0
    exact = units * (two.comparable - one.comparable)
    assert abs(extra_cost(units, one, two) - Decimal(exact.numerator) / exact.denominator) <= Decimal("0.005001")
    parts = extra_cost(units, one, two) + extra_cost(units, two, three)
    assert abs(parts - extra_cost(units, one, three)) <= Decimal("0.02")
