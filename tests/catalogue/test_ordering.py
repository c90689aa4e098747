"""``may_order`` never answers with a price that is not in force for region, hospital and day, nor a guide price."""

from datetime import timedelta
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.actions import Commitment, record_single_source
from catalogue.models import PriceEntry
from catalogue.ordering import may_order
from tests.arranging import arranged
from tests.catalogue.listings import TODAY, listed
from tests.contracts.builders import product
from tests.world import NOW, World, _region

DAY = timedelta(days=1)
AGREED = {"award", "negotiated", "listing", "own"}
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["award", "negotiated", "own", "guide", "ceiling", "payment_standard", "unified"]),
        st.integers(1, 40),  # price
        st.integers(-4, 3),  # begins
        st.integers(0, 4),  # lasts
        st.booleans(),  # in the hospital's city, not the province
        st.booleans(),  # of the product, not its item
        st.booleans(),  # another hospital's, or shown to another alone
        st.sampled_from(["fixed", "ceiling", "reference"]),
    ),
    max_size=12,
)


class Place:
    """A province, a city in it, a hospital there and another, a listed product."""

    def __init__(self, world: World) -> None:
        self.city = _region("420100", "武汉市", "Wuhan")
        self.hospital = world.organisation("hospital", region=self.city)
        self.other = world.organisation("hospital", region=self.city)
        self.listing = listed(world)
        self.product = self.listing.product


def entry_of(place, world, row):
    kind, price, begins, lasts, near, of_product, foreign, guide_class = row
    hidden = foreign and kind != "own"
    return PriceEntry(
        item=place.product.item,
        product=place.product if of_product else None,
        kind=kind,
        guide_class=guide_class if kind == "guide" else "",
        region=place.city if near else world.region,
        hospital=(place.other if foreign else place.hospital) if kind == "own" else None,
        price=Decimal(price),
        units=7 if of_product else 1,
        valid_from=TODAY + begins * DAY,
        valid_to=TODAY + (begins + lasts) * DAY,
        source="generated",
        visibility="parties" if hidden else "public",
        parties=[place.other.pk] if hidden else [],
        recorded_at=NOW,
        recorded_by=world.cataloguer,
    )


@arranged
def put(entries):
    """Those that the register holds beside each other."""
    kept, seen = [], set()
    for one in entries:
        key = (one.kind, one.region_id, one.product_id, one.hospital_id)
        if key not in seen:
            seen.add(key)
            kept.append(one)
    PriceEntry.objects.exclude(kind="listing").delete()
    PriceEntry.objects.bulk_create(kept)


def test_never_a_price_that_is_not_in_force_and_never_a_guide_price(world):
    place = Place(world)

    @settings(max_examples=25)
    @given(ENTRIES, st.integers(-1, 3))
    def holds(rows, ahead):
        put([entry_of(place, world, row) for row in rows])
        day = TODAY + ahead * DAY
        asked = {"region": place.city, "hospital": place.hospital, "day": day}
        answer = may_order([place.product.pk], **asked)[place.product.pk]
        known = [
            one
            for one in PriceEntry.objects.select_related("region")
            if one.valid_from <= day
            and (one.valid_to is None or one.valid_to >= day)
            and (one.hospital_id in (None, place.hospital.pk))
            and (one.visibility == "public")
        ]
        mine = [one for one in known if one.product_id and one.kind in AGREED]
        nearest = {
            kind: min((one for one in mine if one.kind == kind), key=lambda one: one.region_id != "420100")
            for kind in {one.kind for one in mine}
        }
        lowest = min((one.price for one in nearest.values()), default=None)
        if answer.entry is None:
            guides = [one for one in known if one.kind == "guide" and one.guide_class in ("fixed", "ceiling")]
            assert lowest is None or any(lowest / 7 > one.price / one.units for one in guides)
            assert answer.code in ("no_price", "above_guide", "not_yet")
            return
        assert answer.entry in mine
        assert answer.entry.kind in AGREED
        assert answer.entry.price == lowest
        contracts = [one for one in nearest.values() if one.kind in ("award", "negotiated")]
        if any(one.price == lowest for one in contracts):
            assert answer.entry.kind in ("award", "negotiated")

    holds()


def test_a_commitment_names_of_whom_is_bought_the_hospital_before_its_region(world):
    listing, rival = listed(world), world.organisation("supplier")
    facts = {
        "item": listing.product.item,
        "region": world.region,
        "valid_from": TODAY,
        "valid_to": TODAY + 9 * DAY,
        "source": "VBP 2026",
    }
    asked = {"region": world.region, "hospital": world.hospital}
    record_single_source(commitment=Commitment(supplier=rival, **facts), by=world.awarder, now=NOW)
    answer = may_order([listing.product_id], **asked, day=TODAY)[listing.product_id]
    assert answer.needs_departure(world.supplier.pk)
    assert not answer.needs_departure(rival.pk)
    own = Commitment(supplier=world.supplier, hospital=world.hospital, **facts)
    record_single_source(commitment=own, by=world.awarder, now=NOW)
    assert not may_order([listing.product_id], **asked, day=TODAY)[listing.product_id].needs_departure(
        world.supplier.pk
    )
    later = may_order([listing.product_id], **asked, day=TODAY + 10 * DAY)[listing.product_id]
    assert later.commitment is None


def test_many_products_are_asked_for_in_as_many_statements_as_one(world):
    products = [product(f"Medicine {number}", maker=world.supplier).product_id for number in range(12)]
    asked = {"region": world.region, "hospital": world.hospital, "day": TODAY}
    counts = []
    for some in (products[:1], products):
        with CaptureQueriesContext(connection) as queries:
            assert len(may_order(some, **asked)) == len(some)
        counts.append(len(queries))
    assert counts[0] == counts[1]
