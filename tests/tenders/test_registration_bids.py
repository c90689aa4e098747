"""A bid with all models of a registration at one price: begun from any of them, sealed, opened, ranked and checked."""

from dataclasses import replace
from decimal import Decimal

import pytest

from awards.actions import propose_award
from awards.models import Award
from checking.findings import Answer, check
from checking.material import Material
from core.errors import Conflict, Refused
from sealing.offers import OfferKind, Part, offer_of_product
from tenders.actions.bidding import submit_bid
from tenders.models import Ranking
from tenders.notice import PublishedNotice
from tests.arranging import arranged
from tests.checking.papers import record_of
from tests.tenders.bids import HOUR, a_bid, clock_at, fresh, offered, sealed_pair, submission_of
from tests.tenders.judging import OPENED, PRICED, PROPOSED, judge, open_envelopes
from tests.tenders.stage import DEADLINE, published_tender

STENT, OTHER = "国械注准20203130001", "国械注准20203130002"


@arranged
def registered(*versions, number=STENT):
    """The catalogue knows the registration of these products."""
    for version in versions:
        version.approval_number = number
        version.save(update_fields=["approval_number"])
    return versions


@pytest.fixture
def stage(world):
    return published_tender(world, lots=("700.00",), suppliers=4, offered="registration")


def models(stage, supplier, count=3, *, number=STENT, pack=1):
    lot = stage.lots[0]
    return registered(*(stage.product(lot, supplier, pack_size=pack) for _model in range(count)), number=number)


def handed_in(bid, price, offer=None):
    with clock_at(DEADLINE - HOUR):
        submission = submission_of(sealed_pair(bid, price, offer=offer))
        return submit_bid(bid=bid, submission=submission, by=bid.prepared_by, now=DEADLINE - HOUR)


def names(bid):
    return sorted(row.product_version.product.reference for row in bid.products.all())


def test_the_notice_asks_for_it_and_makes_every_offer_as_long_as_one_of_many_models(stage):
    notice = PublishedNotice.of(stage.tender)
    assert [lot["offer"] for lot in notice.body["lots"]] == ["registration"]
    assert notice.minimum_pad("commercial") == 16384


def test_a_bid_covers_every_model_of_the_registration_and_nothing_else(stage):
    supplier, rival = stage.suppliers[:2]
    own = models(stage, supplier)
    models(stage, supplier, 1, number=OTHER)
    models(stage, rival, 2)
    bid = a_bid(stage, supplier=supplier, product=own[1])
    assert names(bid) == sorted(version.product.reference for version in own)
    assert bid.registration == STENT
    with pytest.raises(Conflict):
        a_bid(stage, supplier=supplier, product=own[2])


def test_what_one_price_cannot_be_for_is_refused(stage):
    supplier = stage.suppliers[0]
    with pytest.raises(Refused, match="registration"):
        a_bid(stage, supplier=supplier)
    small = models(stage, supplier, 1)[0]
    models(stage, supplier, 1, pack=5)
    with pytest.raises(Refused, match="differ in pack"):
        a_bid(stage, supplier=supplier, product=small)


def test_the_lowest_common_price_leads_and_offers_of_something_else_are_malformed(stage):
    """A crooked bidder adds a model that its registration has not, leaves one out, or offers one product."""
    bids = [a_bid(stage, supplier=seat, product=models(stage, seat)[0]) for seat in stage.suppliers]
    honest, more, fewer, single = bids
    right = offered(more, "500")
    (part,) = right.parts
    handed_in(honest, "645.00")
    handed_in(more, "", replace(right, parts=(replace(part, products=(*part.products, "PD-ZZZ")),)))
    less = offered(fewer, "400")
    handed_in(fewer, "", replace(less, parts=(Part(less.products[:2], 1, Decimal(400)),)))
    handed_in(single, "", offer_of_product(currency="CNY", product=names(single)[0], pack=1, price=Decimal(300)))
    open_envelopes(stage, "technical", at=OPENED)
    stage.tender = fresh(stage.tender)
    judge(stage, dict.fromkeys(bids, "80"))
    open_envelopes(stage, "commercial", at=PRICED)
    found = {one.bid: (one.verdict, one.rank) for one in Ranking.objects.all()}
    assert found == {honest: ("valid", 1)} | dict.fromkeys((more, fewer, single), ("malformed", None))
    propose_award(lot=stage.lots[0], by=stage.officer, now=PROPOSED)
    awarded = Award.objects.get().products.all()
    assert sorted(one.product_version.product.reference for one in awarded) == names(honest)
    assert {one.price for one in awarded} == {Decimal(645)}, "one price, in whichever model it is ordered"
    record = record_of(stage)
    covered = next(one["covers"] for one in record["opened"] if one["bid"] == honest.reference)
    assert (covered["kind"], covered["registration"]) == (OfferKind.REGISTRATION, STENT)
    assert sorted(one["product"] for one in covered["products"]) == names(honest)
    assert [one for one in check(Material(record)) if one.answer is Answer.FAILS] == []
