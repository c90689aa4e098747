"""A bid's further specifications: begun with it, at no price but the one that follows, and never ranked."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from awards.actions import propose_award
from awards.models import Award
from checking.coverage import ranked_offer
from checking.findings import Answer, check
from checking.material import Material
from core.errors import Conflict, Refused
from sealing.offers import Further, OfferKind, offer_of_product
from selection.conversion import converted_price
from tenders.models import OfferedProduct, Ranking
from tenders.rules.covering import MOST_FURTHER, Coverage, CoveredProduct, FurtherProduct, fits
from tests.checking.papers import record_of
from tests.contracts.pages import sitting
from tests.demand.stage import item_of
from tests.tenders.bids import HOUR, a_bid, moved_deadline, offered, sealed_pair, signed_in
from tests.tenders.further import begun, lot_of_two_items, products_of, ranked_bids
from tests.tenders.judging import PROPOSED
from tests.tenders.sets import handed_in, ranked
from tests.tenders.stage import product_of, published_tender
from tests.tenders.test_registration_bids import registered


@pytest.fixture
def stage(world):
    return lot_of_two_items(world)


def fails(record):
    return [one for one in check(Material(record)) if one.answer is Answer.FAILS]


def test_the_length_of_an_envelope_tells_nothing_of_them(stage):
    one, other = stage.suppliers[:2]
    item = stage.lots[0].lot_items.order_by("pk")[0].item
    many = [product_of(item, one.organisation, pack) for pack in range(1, MOST_FURTHER + 2)]
    bids = [begun(stage, one, many), begun(stage, other, products_of(stage, other)[:1])]
    dear, cheap = (
        sealed_pair(bid, price)["commercial"].file for bid, price in zip(bids, ("99999999", "1"), strict=True)
    )
    assert len(dear) == len(cheap)


class TestBegun:
    def test_what_is_no_other_product_of_the_same_holder_in_the_lot_is_refused(self, stage, world):
        supplier, rival = stage.suppliers[:2]
        main, more, _other = products_of(stage, supplier)
        theirs = products_of(stage, rival)[1]
        stranger = product_of(item_of(world, "Stranger"), supplier.organisation, 10)
        for further, words in (
            ([main], "each product once"),
            ([more, more], "each product once"),
            ([theirs], "Only the registered maker"),
            ([stranger], "no product of the same holder in this lot"),
            ([more] * (MOST_FURTHER + 1), "at most 30"),
        ):
            with pytest.raises(Refused, match=words) as refusal:
                begun(stage, supplier, [main, *further])
            assert refusal.value.faults[0].field == "further"

    def test_a_product_stands_in_one_bid_of_its_supplier(self, stage):
        supplier = stage.suppliers[0]
        main, more, other = products_of(stage, supplier)
        begun(stage, supplier, [main, more])
        for products in ([more], [other, more], [other, main]):
            with pytest.raises(Conflict):
                begun(stage, supplier, products)
        assert begun(stage, supplier, [other]).products.count() == 1

    def test_models_of_a_registration_and_sets_have_none(self, world):
        stage = published_tender(world, lots=("20.00",), suppliers=1, offered="registration")
        models = registered(*(stage.product(stage.lots[0], stage.suppliers[0]) for _model in range(2)))
        with pytest.raises(Refused, match="Only a bid of one product"):
            begun(stage, stage.suppliers[0], models)

    def test_a_supplier_chooses_them_on_the_page_and_a_program_names_them(self, stage, client):
        moved_deadline(stage.tender, timezone.now() + HOUR)
        supplier, other = stage.suppliers[:2]
        main, *further = products_of(stage, supplier)
        page = sitting(supplier)
        address = reverse("tenders:prepare-bid", args=[stage.tender.reference, 1])
        typed = {"product_version": main.pk, "further": [main.pk, further[0].pk]}
        assert "Name each product once" in page.post(address, typed).content.decode()
        typed["further"] = [version.pk for version in further]
        answer = page.post(address, typed, follow=True).content.decode()
        assert all(version.label in answer for version in further)

        main, *further = (version.product.reference for version in products_of(stage, other))
        signed_in(client, other)
        wanted = {"tender": stage.tender.reference, "lot": 1, "product": main, "further": further}
        covers = client.post(reverse("api-bids"), wanted, content_type="application/json").json()["covers"]
        assert [one["product"] for one in covers["products"]] == [main]
        assert [(one["product"], one["pack"]) for one in covers["further"]] == list(zip(further, (30, 7), strict=True))


def test_no_price_but_the_one_that_follows_is_taken_and_only_the_main_product_is_ranked(stage):
    cheap, dear, lower, fewer = ranked_bids(stage)
    found = {one.bid: (one.verdict, one.rank, one.price) for one in Ranking.objects.all()}
    assert found == {
        cheap: ("valid", 1, Decimal("100.01")),
        dear: ("valid", 2, 120),
        lower: ("malformed", None, 80),
        fewer: ("malformed", None, 90),
    }
    rows = OfferedProduct.objects.filter(bid=cheap).values_list("number", "price", "pack_size")
    assert list(rows) == [(1, Decimal("100.01"), 10), (2, Decimal("300.03"), 30), (3, Decimal("140.014"), 7)]
    assert set(OfferedProduct.objects.values_list("bid", flat=True)) == {cheap.pk, dear.pk}

    propose_award(lot=stage.lots[0], by=stage.officer, now=PROPOSED)
    products = Award.objects.get(place=1).products.values_list("price", "factor", "volume_factor")
    assert list(products) == [(Decimal("100.01"), 1, 1), (Decimal("300.03"), 1, 1), (Decimal("140.014"), 2, 2)]
    record = record_of(stage)
    assert fails(record) == []
    honest = next(one for one in record["opened"] if one["bid"] == cheap.reference and one["file"])
    for change in (
        {"further": honest["covers"]["further"][:1]},
        {"further": [one | {"pack": one["pack"] + 1} for one in honest["covers"]["further"]]},
        {"further": [one | {"item": "I-0"} for one in honest["covers"]["further"]]},
    ):
        forged = honest | {"covers": honest["covers"] | change}
        opened = [forged if one is honest else one for one in record["opened"]]
        assert [one.point for one in fails(record | {"opened": opened})] == ["ranking"]
    explained = (
        sitting(stage.suppliers[0]).get(reverse("tenders:lot", args=[stage.tender.reference, 1])).content.decode()
    )
    assert "140.014 for a pack of 7" in explained


def test_a_fee_beside_the_price_is_none_of_what_follows(world):
    stage = lot_of_two_items(world, with_service_fee=True)
    bid = begun(stage, stage.suppliers[0])
    others = [a_bid(stage, supplier=seat) for seat in stage.suppliers[1:3]]
    handed_in(bid, "", replace(offered(bid, "100"), service_fee=Decimal(5)))
    for one in others:
        handed_in(one, "110")
    ranked(stage, [bid, *others])
    assert list(OfferedProduct.objects.filter(bid=bid).values_list("service_fee", flat=True)) == [5, None, None]


PACKS = st.integers(1, 999)
BILLIONTHS = st.integers(1, 10**11).map(lambda number: Decimal(number).scaleb(-9))


@given(st.integers(1, 10**13), PACKS, BILLIONTHS, PACKS, BILLIONTHS, st.integers(-2, 2))
def test_both_programs_take_the_same_price_and_no_other(millionths, pack, factor, other, other_factor, off):
    """Whatever price is stated, what opens the bid and what checks the record say the same of it."""
    offer = offer_of_product(currency="CNY", product="PD-1", pack=pack, price=Decimal(millionths).scaleb(-6))
    further = FurtherProduct("PD-2", "I-2", other, other_factor)
    right = converted_price(offer.price, pack * Fraction(factor), further.counts)
    stated = right + Decimal(off).scaleb(-6)
    offer = replace(offer, further=(Further("PD-2", other, stated),))
    covered = CoveredProduct("PD-1", "I-1", pack)
    coverage = Coverage(OfferKind.PRODUCT, "I-1", (covered,), factor=factor, further=(further,))
    covers = {
        "kind": "product",
        "registration": None,
        "item": "I-1",
        "products": [{"item": "I-1", "pack": pack, "product": "PD-1", "quantity": 1}],
        "further": [{"item": "I-2", "pack": other, "product": "PD-2"}],
    }
    items = [{"item": "I-1", "factor_price": f"{factor:f}"}, {"item": "I-2", "factor_price": f"{other_factor:f}"}]
    again = ranked_offer(offer, {"bid": "B-1", "covers": covers}, {"items": items}, None)
    assert fits(offer, coverage) is again.fits is (off == 0)
