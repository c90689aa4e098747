"""A lot of several winners: who supplies what is said once, adds up, and is all that contracts read."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, Region
from awards.actions import answer_objection, award_lot, file_objection, propose_award
from awards.measures import saving_of
from awards.models import Allocation, Award, AwardProduct, Decision
from catalogue.models import PriceEntry
from checking.material import Material
from contracts.actions import ContractTerms, prepare_contract
from contracts.models import AgreedVolume
from core.actions import action
from core.clock import legal_date
from core.errors import Refused
from core.models import Event
from tenders.models import Lot, LotItem
from tests.arranging import arranged
from tests.checking.papers import answers
from tests.ruling import ruled
from tests.tenders.judging import AWARDED, PROPOSED, now_of, ranked_lot
from tests.tenders.test_tender_pages import client_of, page, text_of

JUDGED_BY = {"pass_mark": Decimal(60), "minimum_for_competition": 2, "minimum_evaluators": 3}
REGIONS = ruled(**JUDGED_BY, winners=2, standbys=1, allocation="regions")
SHARES = ruled(
    **JUDGED_BY, winners=2, allocation="shares", shares={1: (Decimal(1),), 2: (Decimal("0.6"), Decimal("0.4"))}
)
HERE, THERE = "420000", "430000"


@pytest.fixture
def by_regions(world):
    """Three ranked bids, 12.00 before 13.50 before 14.00; the second hospital lies in another region."""
    stage, bids = ranked_lot(world, "13.50", "12.00", "14.00", evaluators=3, rules=REGIONS)
    lies_in(stage.hospitals[1], THERE)
    return stage, bids


@arranged
def lies_in(hospital, code):
    region, _made = Region.objects.get_or_create(
        code=code, defaults={"name": "湖南省", "full_name": "湖南省", "level": Region.Level.PROVINCE}
    )
    Organisation.objects.filter(pk=hospital.pk).update(region=region)


def proposed(stage, **regions):
    return propose_award(lot=now_of(stage.lots[0]), by=stage.officer, now=PROPOSED, **regions)


def allocated(decision):
    rows = decision.allocations.order_by("award__place", "hospital")
    return [(row.award.place, row.hospital, row.region_id, row.quantity) for row in rows.select_related("award")]


def test_a_lot_of_two_winners_over_two_regions_leads_to_two_contracts(world, by_regions):
    stage, bids = by_regions
    decision = proposed(stage, regions={HERE: 2, THERE: 1})
    assert [(one.place, one.kind, one.bid) for one in decision.awards.order_by("place")] == [
        (1, "winner", bids[1].reference),
        (2, "winner", bids[0].reference),
        (3, "standby", bids[2].reference),
    ]
    here, there = stage.hospitals
    assert allocated(decision) == [(1, there, THERE, 1000), (2, here, HERE, 1000)]
    assert set(decision.allocations.values_list("year", flat=True)) == {stage.tender.supply_from.year}
    named = f"{bids[1].supplier.name}, {bids[0].supplier.name}"
    assert Event.objects.get(verb="award.proposed").data["supplier"] == named

    award_lot(lot=now_of(stage.lots[0]), by=world.awarder, now=AWARDED)
    assert sorted(PriceEntry.objects.values_list("price", flat=True)) == [12, Decimal("13.5")]
    today = legal_date(AWARDED)
    terms = ContractTerms(starts_on=today, ends_on=today + timedelta(days=364))
    for award, hospital in zip(decision.awards.winners().order_by("place"), (there, here), strict=True):
        facts = {"supplier": award.supplier, "terms": terms, "by": world.officer, "now": AWARDED}
        contract = prepare_contract(source=stage.tender.reference, **facts)
        line = contract.lines.get()
        assert (line.award, line.price) == (award, award.price)
        assert AgreedVolume.objects.filter(line=line).values_list("hospital", "agreed").get() == (hospital.pk, 1000)
    standby = decision.awards.standbys().get()
    with pytest.raises(Refused, match="no award"):
        prepare_contract(
            source=stage.tender.reference, supplier=standby.supplier, terms=terms, by=world.officer, now=AWARDED
        )


def test_by_shares_every_hospital_and_the_region_add_up(world):
    stage, _bids = ranked_lot(world, "13.50", "12.00", "14.00", evaluators=3, rules=SHARES)
    decision = proposed(stage)
    assert sorted((place, units) for place, _hospital, _region, units in allocated(decision)) == [
        (1, 600),
        (1, 600),
        (2, 400),
        (2, 400),
    ]
    assert not decision.awards.standbys().exists()


def test_with_fewer_valid_bids_than_winners_those_that_are_there_win(world):
    stage, bids = ranked_lot(world, "13.50", "210.00", evaluators=3, rules=SHARES)
    decision = proposed(stage)
    assert [(one.bid, one.kind) for one in decision.awards.all()] == [(bids[0].reference, "winner")]
    assert decision.allocations.count() == len(stage.hospitals)


def test_what_is_set_aside_after_an_objection_is_one_bid_and_the_others_are_proposed_again(by_regions):
    stage, bids = by_regions
    proposed(stage, regions={HERE: 1, THERE: 2})
    lot = now_of(stage.lots[0])
    found = file_objection(lot=lot, text="Wrong", by=bids[2].prepared_by, now=PROPOSED)
    with pytest.raises(Refused, match="no bid at this place"):
        answer_objection(objection=found, answer="upheld", text="So", set_aside=4, by=stage.officer, now=PROPOSED)
    found.refresh_from_db()
    answer_objection(objection=found, answer="upheld", text="So", set_aside=2, by=stage.officer, now=PROPOSED)
    second = proposed(stage, regions={HERE: 1, THERE: 2})
    assert [one.bid for one in second.awards.winners().order_by("place")] == [bids[1].reference, bids[2].reference]
    assert not second.awards.standbys().exists()


def test_the_saving_is_counted_over_what_each_winner_supplies(world, by_regions):
    stage, _bids = by_regions
    priced_before(stage.lots[0])
    proposed(stage, regions={HERE: 2, THERE: 1})
    award_lot(lot=now_of(stage.lots[0]), by=world.awarder, now=AWARDED)
    saving = saving_of(world.agency.pk)
    assert (saving.before, saving.awarded, saving.lots) == (4000, 1200 + 1350, 1)


@arranged
def priced_before(lot):
    Lot.objects.filter(pk=lot.pk).update(price_before=2)


# --- The database holds it ---
@action
def moved(decision, **changes):
    """A proposal written by hand that differs from an honest one."""
    award = decision.awards.get(place=1)
    row = decision.allocations.first()
    facts = {"region_id": row.region_id, "hospital": row.hospital, "year": row.year + 1, "quantity": 1}
    Allocation.objects.create(**{"decision": decision, "award": award, **facts, **changes})


def test_nothing_is_allocated_beyond_what_a_hospital_needs_and_nothing_to_a_standby(by_regions):
    stage, _bids = by_regions
    decision = proposed(stage, regions={HERE: 2, THERE: 1})
    with pytest.raises(DatabaseError, match="no more is allocated"), transaction.atomic():
        moved(decision)
    with pytest.raises(DatabaseError, match="winners of a decision"), transaction.atomic():
        moved(decision, award=decision.awards.get(kind=Award.Kind.STANDBY))


@action
def without_an_allocation(stage):
    facts = {"standstill_until": PROPOSED, "proposed_at": PROPOSED, "proposed_by": stage.officer}
    Decision.objects.create(lot=stage.lots[0], number=1, **facts)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as the commit does


def test_a_decision_that_leaves_volume_out_is_not_written(by_regions):
    stage, _bids = by_regions
    with pytest.raises(DatabaseError, match="add up to what each hospital needs"), transaction.atomic():
        without_an_allocation(stage)


def test_the_factor_for_volumes_is_another_than_the_one_for_prices(world):
    stage, _bids = ranked_lot(world, "13.50", "12.00", evaluators=3, rules=SHARES)
    counted_twice(stage.lots[0])
    decision = proposed(stage)
    assert sum(units for *_rest, units in allocated(decision)) == 4000
    assert set(AwardProduct.objects.values_list("factor", "volume_factor")) == {(1, 2)}


@arranged
def counted_twice(lot):
    LotItem.objects.filter(lot=lot).update(volume_factor=2)


# --- Who reads what ---
def test_a_winner_and_a_hospital_read_their_own_quantities_and_others_only_totals(world, by_regions):
    stage, bids = by_regions
    proposed(stage, regions={HERE: 2, THERE: 1})
    here, there = stage.hospitals
    address = page("lot", stage.tender, 1) + "allocations/"
    shown = text_of(client_of(bids[1].prepared_by).get(address))
    assert there.name in shown
    assert here.name not in shown
    rows = [
        Allocation.objects.visible_to(seat).count() for seat in (stage.officer, world.pharmacist, world.bid_manager)
    ]
    assert rows == [2, 1, 0]


def test_the_way_to_all_proposals_leads_to_the_lot_whose_regions_wait_for_a_choice(by_regions):
    stage, _bids = by_regions
    answer = client_of(stage.officer).get(reverse("awards:propose-awards", args=[stage.tender.reference]))
    assert answer.url == page("lot", stage.tender, 1) + "propose-award/"


def test_results_name_winners_and_standbys_and_files_say_what_each_supplies(world, by_regions):
    stage, bids = by_regions
    proposed(stage, regions={HERE: 2, THERE: 1})
    award_lot(lot=now_of(stage.lots[0]), by=world.awarder, now=AWARDED)
    whole = text_of(Client().get(reverse("awards:result", args=[stage.tender.reference])))
    assert f"{bids[1].supplier.name}, {bids[0].supplier.name}" in whole
    assert f"standby: {bids[2].supplier.name}" in whole
    assert "to 13.50" in whole
    body = json.loads(Client().get(reverse("awards:result-export", args=[stage.tender.reference, "json"])).content)
    rows = {row["bid"]: (row["awarded"], row["standby"], row["allocated"]) for row in body["bids"]}
    assert [rows[bid.reference] for bid in bids] == [(True, False, 1000), (True, False, 1000), (False, True, 0)]
    record = json.loads(b"".join(Client().get(reverse("record", args=[stage.tender.reference])).streaming_content))
    (decision,) = record["decisions"]
    assert [one["kind"] for one in decision["awards"]] == ["winner", "winner", "standby"]
    assert decision["regions"] == [
        {"region": HERE, "hospitals": 1, "parts": [{"place": 2, "quantity": "1000"}]},
        {"region": THERE, "hospitals": 1, "parts": [{"place": 1, "quantity": "1000"}]},
    ]
    assert not any(hospital.name in json.dumps(record["decisions"], ensure_ascii=False) for hospital in stage.hospitals)
    assert answers(Material(record))["awards"] == ("holds", "")
