"""``may_order`` never answers with a price that is not in force for region, hospital and day, nor a guide price."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.actions import (
    Commitment,
    Letter,
    authorise,
    record_award_prices,
    record_single_source,
    suspend_listing,
)
from catalogue.actions.shelf import ShelfRow, shelve
from catalogue.models import PriceEntry
from catalogue.ordering import may_order
from catalogue.rules import PriceFact
from tests.arranging import arranged
from tests.catalogue.listings import TODAY, listed
from tests.contracts.builders import product
from tests.contracts.pages import sitting
from tests.roles import program_of
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


def limit_of(known):
    """The price of a base unit above which nothing is ordered: of each kind what speaks of the product before what
    speaks of its item, then the city before the province."""
    limits = []
    for kind in ("guide", "unified"):
        some = [one for one in known if one.kind == kind]
        nearest = min(some, key=lambda one: (not one.product_id, one.region_id != "420100"), default=None)
        if nearest and (kind == "unified" or nearest.guide_class in ("fixed", "ceiling")):
            limits.append(Fraction(nearest.price) / nearest.units)
    return min(limits, default=None)


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
        limit = limit_of(known)
        if answer.entry is None:
            assert lowest is None or (limit is not None and Fraction(lowest) / 7 > limit)
            assert answer.code in ("no_price", "above_guide", "not_yet")
            return
        assert limit is None or Fraction(lowest) / 7 <= limit
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


def test_an_ended_licence_stops_the_price_of_whoever_has_shown_it(world):
    """A dealer's own licence stops its listing, and not the lower contract of the maker; the maker's stops all."""
    version = product("Dealt medicine", maker=world.organisation("supplier"))
    letter = Letter("dealer", version.product.maker, version.product, TODAY, TODAY + 99 * DAY, "Letter 7")
    authorise(letter=letter, supplier=world.supplier, by=world.cataloguer, now=NOW)
    listing = listed(world, version=version)
    asked = {"region": world.region, "hospital": world.hospital, "day": TODAY + DAY}
    key = listing.product_id
    assert may_order([key], **asked)[key].listing == listing
    ends = ShelfRow("distribution", "D1", valid_until=TODAY)
    shelve(rows=[ends], by=world.seat(world.supplier, "bid_manager"), now=NOW)
    answer = may_order([key], **asked)[key]
    assert (answer.entry, answer.code) == (None, "lapsed_licence")
    assert "D1" in answer.why
    fact = PriceFact(version.product.item_id, world.region.pk, Decimal("20"), 7, TODAY, "Award", product_id=key)
    record_award_prices(entries=[fact], by=world.awarder, now=NOW)
    assert may_order([key], **asked)[key].entry.kind == "award"
    assert may_order([key], **asked, supplier=world.supplier.pk)[key].code == "lapsed_licence"
    maker = world.seat(version.product.maker.organisation, "bid_manager")
    shelve(rows=[ShelfRow("production", "P1", valid_until=TODAY)], by=maker, now=NOW)
    assert "P1" in may_order([key], **asked)[key].why


def test_many_products_are_asked_for_in_as_many_statements_as_one(world):
    products = [product(f"Medicine {number}", maker=world.supplier).product_id for number in range(12)]
    asked = {"region": world.region, "hospital": world.hospital, "day": TODAY}
    counts = []
    for some in (products[:1], products):
        with CaptureQueriesContext(connection) as queries:
            assert len(may_order(some, **asked)) == len(some)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_hospital_reads_on_the_products_page_whether_it_may_order_and_why(world, travel):
    travel(NOW)
    listing = listed(world)
    address = reverse("catalogue:product", args=[listing.product.reference])
    told = sitting(world.pharmacist).get(address).content.decode()
    assert "at 10.50 CNY" in told
    assert listing.reference in told
    assert "For your hospital" not in sitting(world.cataloguer).get(address).content.decode()
    facts = {"region": world.region, "valid_from": TODAY, "valid_to": TODAY + DAY, "source": "VBP 2026"}
    rival = Commitment(supplier=world.organisation("supplier"), item=listing.product.item, **facts)
    record_single_source(commitment=rival, by=world.awarder, now=NOW)
    assert "an order takes a reason" in sitting(world.pharmacist).get(address).content.decode()
    suspend_listing(listing=listing, reason="Quality alert", by=world.awarder, now=NOW)
    told = sitting(world.pharmacist).get(address).content.decode()
    assert "It may not be ordered" in told
    assert "Quality alert" in told


def test_programs_ask_for_many_products_hospitals_regions_and_days(world, travel):
    travel(NOW)
    listing, other = listed(world), product("Unlisted", maker=world.supplier).product
    asked = {"product": f"{listing.product.reference},{other.reference}", "day": f"{TODAY},{TODAY - DAY}"}
    found = program_of(world.pharmacist).get("/api/v1/may-order/", asked).json()
    assert [(one["product"], one["may_order"], one["code"]) for one in found] == [
        (listing.product.reference, True, ""),
        (other.reference, False, "no_price"),
        (listing.product.reference, False, "no_price"),
        (other.reference, False, "no_price"),
    ]
    assert (found[0]["price"], found[0]["units"], found[0]["listing"]) == ("10.500000", 7, listing.reference)
    assert found[0]["hospital"] == world.hospital.credit_code
    agency = program_of(world.cataloguer)
    assert agency.get("/api/v1/may-order/", asked).status_code == 400
    whole = asked | {"hospital": world.hospital.credit_code, "region": world.region.code}
    assert agency.get("/api/v1/may-order/", whole).json() == found
    stranger = program_of(world.seat(world.organisation("hospital"), "pharmacist"))
    refused = stranger.get("/api/v1/may-order/", whole)
    assert "There is no such hospital" in str(refused.json())
    assert "does_not_exist" in str(program_of(world.pharmacist).get("/api/v1/may-order/", {"product": "PD-0"}).json())
    many = asked | {"day": ",".join(f"{TODAY + n * DAY}" for n in range(21))}
    assert "at most 20" in str(program_of(world.pharmacist).get("/api/v1/may-order/", many).json())
