"""A lot of two winners over two regions: who supplies which is said region by region, on the page and by programs."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Organisation, Region
from awards.actions import propose_award, propose_awards
from awards.models import Allocation, Award
from core.errors import Refused
from tests.arranging import arranged
from tests.roles import program_of
from tests.ruling import ruled
from tests.tenders.judging import PROPOSED, ranked_lot

CITY = "421000"
RULES = ruled(
    pass_mark=Decimal(60),
    minimum_for_competition=2,
    minimum_evaluators=3,
    winners=2,
    standbys=1,
    allocation="regions",
)


@arranged
def moved(hospital: Organisation, code: str) -> None:
    Organisation.objects.filter(pk=hospital.pk).update(region=code)


@pytest.fixture
def ranked(world):
    """Three valid prices; of the two hospitals one lies in a city of its own."""
    stage, bids = ranked_lot(world, "13.50", "12.00", "14.00", evaluators=3, rules=RULES)
    moved(stage.hospitals[1], CITY)
    return stage, bids


def both(world) -> dict[str, int]:
    """The first winner supplies the province's own hospital, the second the city's."""
    return {world.region.code: 1, CITY: 2}


def proposed(world, stage):
    return propose_award(lot=stage.lots[0], regions=both(world), by=stage.officer, now=PROPOSED)


def test_each_region_goes_whole_to_its_winner_and_the_standby_has_a_price_and_no_volume(world, ranked):
    stage, bids = ranked
    decision = proposed(world, stage)
    awards = decision.awards.order_by("place")
    assert [(one.place, one.kind, one.bid) for one in awards] == [
        (1, "winner", bids[1].reference),
        (2, "winner", bids[0].reference),
        (3, "standby", bids[2].reference),
    ]
    needed = dict(stage.lots[0].volumes.values_list("hospital", "quantity"))
    got = {(one.hospital_id, one.award.place): one.quantity for one in decision.allocations.select_related("award")}
    first, second = (hospital.pk for hospital in stage.hospitals)
    assert got == {(first, 1): needed[first], (second, 2): needed[second]}


@pytest.mark.parametrize(
    ("chosen", "faulty"),
    [
        ({}, {"420000", CITY}),
        ({"420000": 1}, {CITY}),
        ({"420000": 1, CITY: 3}, {CITY}),
        ({"420000": 0, CITY: 2}, {"420000"}),
        ({"420000": 1, CITY: 2, "110000": 1}, {"110000"}),
    ],
)
def test_each_region_needs_one_of_the_winners_and_no_other_region_does(world, ranked, chosen, faulty):
    stage, _bids = ranked
    with pytest.raises(Refused) as refusal:
        propose_award(lot=stage.lots[0], regions=chosen, by=stage.officer, now=PROPOSED)
    assert {fault.field for fault in refusal.value.faults} == faulty
    assert not Award.objects.exists()


def test_what_needs_somebodys_choice_is_not_proposed_with_all_others(world, ranked):
    stage, _bids = ranked
    with pytest.raises(Refused, match="No lot waits"):
        propose_awards(tender=stage.tender, by=stage.officer, now=PROPOSED)


def test_the_page_asks_who_supplies_each_region_and_the_lot_shows_it(world, client, ranked):
    stage, bids = ranked
    client.force_login(stage.officer.person)
    where = [stage.tender.reference, 1]
    address = reverse("awards:propose-award", args=where)
    page = client.get(address).content.decode()
    assert Region.objects.get(code=CITY).full_name in page
    assert f"2 · {bids[0].supplier.name}" in page
    refused = client.post(address, {world.region.code: "1", CITY: ""})
    assert (refused.status_code, Award.objects.count()) == (200, 0)
    assert client.post(address, {code: str(place) for code, place in both(world).items()}).status_code == 302
    lot = client.get(reverse("tenders:lot", args=where)).content.decode()
    assert "Standby" in lot
    listed = client.get(reverse("awards:allocations", args=where)).content.decode()
    assert all(hospital.name in listed for hospital in stage.hospitals)


def test_a_program_says_it_too_and_each_reads_its_own_allocations(world, ranked):
    stage, bids = ranked
    program = program_of(stage.officer)
    address = f"/api/v1/tenders/{stage.tender.reference}/lots/1/"
    assert program.post(f"{address}propose-award/", {}, format="json").status_code == 422
    made = program.post(f"{address}propose-award/", {"regions": both(world)}, format="json")
    assert (made.status_code, [one["kind"] for one in made.json()["awards"]]) == (201, ["winner", "winner", "standby"])
    rows = program.get(f"{address}allocations/").json()["results"]
    assert [(row["place"], row["region"]) for row in rows] == [(1, world.region.code), (2, CITY)]
    winner = next(seat for seat in stage.suppliers if seat.organisation_id == bids[0].supplier_id)
    assert [one.award.place for one in Allocation.objects.visible_to(winner)] == [2]
