"""A bid with a set: a product for each part, prices that add up, opened, ranked by the set, and checked."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from checking.findings import Answer, check
from checking.material import Material
from core.errors import Conflict, Refused
from sealing.offers import OfferKind
from tenders.actions.bidding import prepare_bid
from tenders.actions.preparation import LotItemPlan, LotPartPlan, LotPlan, set_lots
from tenders.models import OfferedProduct, Ranking
from tenders.notice import PublishedNotice
from tests.checking.papers import record_of
from tests.demand.stage import item_of
from tests.tenders.bids import HOUR, moved_deadline, offered, signed_in
from tests.tenders.sets import begun, handed_in, lot_of_sets, parts_of, ranked, ranked_sets
from tests.tenders.stage import draft_tender, published_tender
from tests.tenders.test_tender_pages import client_of, grid, page, text_of
from tests.world import NOW


@pytest.fixture
def stage(world):
    return lot_of_sets(world)


def test_the_notice_says_what_a_set_has_and_that_a_fee_may_be_asked(stage):
    (lot,) = PublishedNotice.of(stage.tender).body["lots"]
    assert (lot["offer"], lot["service_fee"]) == ("system", True)
    assert [part["quantity"] for part in lot["parts"]] == ["1", "4", "1"]
    assert [part["item"] for part in lot["parts"]] == [part.item.reference for part in stage.lots[0].parts.all()]


def test_a_bid_has_a_product_for_each_part_with_its_packs_in_a_set(stage):
    supplier = stage.suppliers[0]
    products = parts_of(stage, supplier)
    bid = begun(stage, supplier, products)
    assert [(row.product_version, row.quantity) for row in bid.products.order_by("pk")] == list(
        zip(products, (1, 2, 1), strict=True)
    )
    with pytest.raises(Conflict):
        begun(stage, supplier, products)


def test_another_part_a_missing_part_and_packs_that_make_up_no_set_are_refused_at_the_part(stage):
    supplier = stage.suppliers[0]
    stem, screw, cup = parts_of(stage, supplier)
    for products, field, words in (
        ([stem, cup, screw], "part-2", "which is the part asked for"),
        ([stem, screw], "parts", "a product for each part"),
        ([stem, parts_of(stage, supplier, (1, 3, 1))[1], cup], "part-2", "packs of 3 do not make up"),
        ([stem, parts_of(stage, stage.suppliers[1])[1], cup], "part-2", "Only the registered maker"),
    ):
        with pytest.raises(Refused, match=words) as refusal:
            begun(stage, supplier, products)
        assert refusal.value.faults[0].field == field


def test_sets_are_ranked_by_their_price_and_never_by_the_fee_and_the_check_agrees(stage):
    cheap, dear, fewer, other = ranked_sets(stage)
    found = {one.bid: (one.verdict, one.rank, one.pack_size, one.service_fee) for one in Ranking.objects.all()}
    assert found == {
        cheap: ("valid", 1, 1, 500),
        dear: ("valid", 2, 1, None),
        fewer: ("malformed", None, 1, None),
        other: ("malformed", None, 1, None),
    }
    rows = OfferedProduct.objects.filter(bid=cheap).values_list("price", "service_fee", "pack_size", "quantity")
    assert list(rows) == [(797, 500, 1, 1), (1, None, 2, 4), (1, None, 1, 1)]
    assert set(OfferedProduct.objects.values_list("bid", flat=True)) == {cheap.pk, dear.pk}
    record = record_of(stage)
    covered = next(one["covers"] for one in record["opened"] if one["bid"] == cheap.reference)
    assert (covered["kind"], covered["item"]) == (OfferKind.SYSTEM, stage.lots[0].lot_items.get().item.reference)
    assert [one for one in check(Material(record)) if one.answer is Answer.FAILS] == []


def test_a_fee_where_the_lot_has_none_is_another_offer_than_was_asked_for(world):
    stage = published_tender(world, lots=("20.00",), suppliers=3)
    bids = [
        prepare_bid(lot=stage.lots[0], product_version=stage.product(stage.lots[0], seat), by=seat, now=NOW)
        for seat in stage.suppliers
    ]
    handed_in(bids[0], "", replace(offered(bids[0], "100"), service_fee=Decimal(1)))
    handed_in(bids[1], "120")
    handed_in(bids[2], "130")
    ranked(stage, bids)
    assert {one.bid: one.verdict for one in Ranking.objects.all()} == {
        bids[0]: "malformed",
        bids[1]: "valid",
        bids[2]: "valid",
    }
    assert [one for one in check(Material(record_of(stage))) if one.answer is Answer.FAILS] == []


@pytest.mark.parametrize(
    ("quantities", "offered_kind", "words"),
    [
        ((1,), "system", "from 2 to 99"),
        ((2, 1), "system", "main part, which comes first, once"),
        ((1, 0), "system", "how many of each part"),
        ((1, 1), "product", "Only a set has parts"),
    ],
)
def test_a_set_that_cannot_be_is_refused_with_its_lot(world, quantities, offered_kind, words):
    stage = draft_tender(world, lots=("20.00",))
    item = stage.lots[0].lot_items.get().item
    parts = tuple(LotPartPlan(item_of(world, f"Part {n}"), count) for n, count in enumerate(quantities))
    plan = LotPlan("", (LotItemPlan(item),), Decimal(20), offered=offered_kind, parts=parts)
    with pytest.raises(Refused) as refusal:
        set_lots(tender=stage.tender, lots=[plan], by=world.preparer, now=NOW)
    (fault,) = refusal.value.faults
    assert (fault.field, fault.row) == ("parts", 1)
    assert words in fault.message


def test_an_officer_sets_a_lot_of_sets_in_the_grid_and_reads_it_again_there(world):
    stage = draft_tender(world, lots=("20.00",))
    stem, screw = item_of(world, "Stem"), item_of(world, "Screw")
    client = client_of(stage.officer)
    row = {"take": "on", "ceiling_price": "9000", "offered": "system", "with_service_fee": "on"}
    for typed, words in (
        ("I-999999", "The catalogue has no item"),
        (f"{stem.reference} × many", "how many of each part"),
        (stem.reference, "from 2 to 99"),
    ):
        answer = client.post(page("set-lots", stage.tender), grid([row | {"parts": typed}]))
        assert words in str(answer.context["form"].rows[0].errors["parts"])
    client.post(page("set-lots", stage.tender), grid([row | {"parts": f"{stem.reference}; {screw.reference} x 4"}]))
    (lot,) = stage.lots
    assert (lot.offered, lot.with_service_fee) == ("system", True)
    assert list(lot.parts.values_list("item", "quantity")) == [(stem.pk, 1), (screw.pk, 4)]
    shown = client.get(page("set-lots", stage.tender)).context["form"].rows[0]
    assert shown.initial["parts"] == f"{stem.reference} × 1; {screw.reference} × 4"
    assert "A bid is of a set of parts" in text_of(client.get(page("tender", stage.tender)))


def test_a_program_sets_a_lot_of_sets(client, world):
    stage = draft_tender(world, lots=("20.00",))
    item, stem, screw = stage.lots[0].lot_items.get().item, item_of(world, "Stem"), item_of(world, "Screw")
    lot = {
        "items": [{"item": item.reference}],
        "ceiling_price": "9000",
        "offered": "system",
        "parts": [{"item": stem.reference}, {"item": screw.reference, "quantity": 4}],
        "with_service_fee": True,
    }
    signed_in(client, stage.officer)
    address = reverse("api-set-lots", args=[stage.tender.reference])
    (set_now,) = client.put(address, {"lots": [lot]}, content_type="application/json").json()["lots"]
    assert [(part["item"], part["quantity"]) for part in set_now["parts"]] == [
        (stem.reference, 1),
        (screw.reference, 4),
    ]
    assert set_now["with_service_fee"] is True


def test_a_program_begins_a_bid_by_its_parts(client, stage):
    moved_deadline(stage.tender, timezone.now() + HOUR)
    supplier = stage.suppliers[0]
    first, *others = (version.product.reference for version in parts_of(stage, supplier))
    signed_in(client, supplier)
    wanted = {"tender": stage.tender.reference, "lot": 1, "product": first}
    answer = client.post(reverse("api-bids"), wanted, content_type="application/json")
    assert (answer.status_code, answer.json()["faults"][0]["field"]) == (422, "parts")
    answer = client.post(reverse("api-bids"), wanted | {"parts": others}, content_type="application/json")
    assert answer.status_code == 201
    assert [one["quantity"] for one in answer.json()["covers"]["products"]] == [1, 2, 1]
