"""Lists, listings, commitments, letters, shortages and comparisons as they stood on a day: pages, exports, programs."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse

from catalogue import actions
from catalogue.actions import Commission, Commitment, EntryRow, ReportedShortage
from catalogue.models import Listing
from tests.catalogue.files import PRECISE, merged, products
from tests.catalogue.listing_stage import TODAY, drafted, insurance, published
from tests.catalogue.listings import applied, listed
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW

DAY = timedelta(days=1)
LATER = NOW + 20 * DAY
LAST = TODAY + 20 * DAY


@pytest.fixture(autouse=True)
def later():
    with patch("django.utils.timezone.now", return_value=LATER):
        yield


def told(seat, name, day=None, **asked):
    """What a page and its export say, of now or of a day."""
    asked |= {"on": day.isoformat()} if day else {}
    page = sitting(seat).get(reverse(f"catalogue:{name}"), asked).content.decode()
    export = sitting(seat).get(reverse(f"catalogue:{name}"), asked | {"export": "csv"})
    return page, b"".join(export.streaming_content).decode()


def programs(seat, path, day=None, **asked):
    asked |= {"on": day.isoformat()} if day else {}
    answer = program_of(seat).get(f"/api/v1/{path}/", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize(
    "name",
    ["lists", "listings", "shortages", "prices", "single-sources", "designated-production", "authorisations", "codes"],
)
def test_a_day_to_come_is_asked_of_no_list(world, name):
    page = sitting(world.pharmacist).get(reverse(f"catalogue:{name}"), {"on": "2999-01-01"}).content.decode()
    assert name == "prices" or 'id="filter_on_error"' in page
    answer = program_of(world.pharmacist).get(f"/api/v1/{name}/", {"on": "2999-01-01"})
    assert name == "designated-production" or answer.json()["faults"][0]["field"] == "on"


def test_a_listing_of_a_day_has_the_status_of_that_day(world):
    listing = listed(world)
    actions.suspend_listing(listing=listing, reason="no stock", by=world.awarder, now=NOW + 5 * DAY)
    actions.delist(listing=listing, reason="given up", by=world.awarder, now=NOW + 10 * DAY)
    stages = ((TODAY - DAY, None), (TODAY, "listed"), (TODAY + 6 * DAY, "suspended"), (None, "delisted"))
    for day, status in stages:
        page, export = told(world.pharmacist, "listings", day)
        assert (listing.reference in page, listing.reference in export) == (bool(status), bool(status))
        found = programs(world.pharmacist, "listings", day)["results"]
        assert [one["status"] for one in found] == ([status] if status else [])
        assert all(step["day"] <= str(day or LAST) for one in found for step in one["steps"])
        if status:
            assert str(Listing.Status(status).label) in export
            assert programs(world.pharmacist, f"listings/{listing.reference}", day)["status"] == status
            assert len(programs(world.pharmacist, "listings", day, status=status)["results"]) == 1
            assert listing.reference in told(world.pharmacist, "listings", day, status=status)[1]
    assert listing.reference not in told(world.pharmacist, "listings", TODAY, status="delisted")[1]
    gone = program_of(world.pharmacist).get(f"/api/v1/listings/{listing.reference}/", {"on": str(TODAY - DAY)})
    assert gone.status_code == 404


def test_what_was_applied_for_then_is_told_to_its_parties_alone(world):
    listing = applied(world)
    actions.review_listing(listing=listing, by=world.cataloguer, now=NOW + 2 * DAY)
    actions.list_product(listing=listing, by=world.awarder, now=NOW + 4 * DAY)
    for seat, status in ((world.cataloguer, "applied"), (world.bid_manager, "applied"), (world.pharmacist, None)):
        found = programs(seat, "listings", TODAY)["results"]
        assert [one["status"] for one in found] == ([status] if status else [])
        assert (listing.reference in told(seat, "listings", TODAY)[0]) == bool(status)


def test_a_shortage_of_a_day_knows_nothing_of_its_later_end(world):
    items = insurance(world).items
    report = ReportedShortage(items[0], None, world.region, TODAY - 3 * DAY, "three refusals")
    [made] = actions.report_shortages(reports=[report], by=world.pharmacist, now=NOW)
    actions.verify_shortage(shortage=made, by=world.cataloguer, now=NOW)
    end = {"last_day": TODAY + 5 * DAY, "reason": "delivered"}
    actions.end_shortage(shortage=made, **end, by=world.cataloguer, now=NOW + 6 * DAY)
    for day, is_short in ((TODAY - 4 * DAY, False), (TODAY, True), (TODAY + 5 * DAY, True), (TODAY + 6 * DAY, False)):
        page, export = told(world.pharmacist, "shortages", day)
        assert (made.reference in page, made.reference in export) == (is_short, is_short)
        found = programs(world.pharmacist, "shortages", day)["results"]
        assert [(one["status"], one["valid_to"]) for one in found] == [("verified", None)] * is_short
        alone = program_of(world.pharmacist).get(f"/api/v1/shortages/{made.reference}/", {"on": day.isoformat()})
        assert alone.json() == found[0] if is_short else alone.status_code == 404
    [now] = programs(world.pharmacist, "shortages")["results"]
    assert (now["status"], now["valid_to"]) == ("over", str(TODAY + 5 * DAY))


def test_a_list_of_a_day_has_the_edition_of_that_day(world):
    of = insurance(world)
    second = published(
        world, drafted(world, of.list, TODAY + 10 * DAY, [EntryRow(item=of.items[3], entry_class="b")]), removed=0
    )
    stages = ((TODAY + 9 * DAY, of.first, 3), (TODAY + 10 * DAY, second, 4), (None, second, 4))
    for day, edition, count in stages:
        page, export = told(world.pharmacist, "lists", day)
        assert edition.title in page
        assert edition.title in export
        [found] = programs(world.pharmacist, "lists", day)["results"]
        assert (found["edition"], found["since"], found["entries"]) == (
            edition.reference,
            str(edition.valid_from),
            count,
        )
        assert programs(world.pharmacist, f"lists/{of.list.reference}", day)["edition"] == edition.reference
    assert of.list.name not in told(world.pharmacist, "lists", TODAY - 300 * DAY)[1]
    assert programs(world.pharmacist, "lists", TODAY - 300 * DAY)["results"] == []


def test_commitments_and_commissions_of_a_day_are_those_in_force(world):
    items = insurance(world).items
    maker = items[0].products.get().maker
    first, last = TODAY + DAY, TODAY + 9 * DAY
    commitment = Commitment(
        supplier=world.supplier, region=world.region, valid_from=first, valid_to=last, source="award", item=items[0]
    )
    actions.record_single_source(commitment=commitment, by=world.awarder, now=NOW)
    commission = Commission(items[0], maker, world.region, first, last, "decision 7")
    actions.designate_production(commission=commission, by=world.cataloguer, now=NOW)
    for name, said in (("single-sources", "SS-"), ("designated-production", "DP-")):
        for day, holds in ((TODAY, False), (first, True), (last, True), (last + DAY, False)):
            page, export = told(world.pharmacist, name, day)
            assert (said in page.split("<main")[1], said in export) == (holds, holds)
            assert bool(programs(world.pharmacist, name, day)["results"]) is holds


def test_products_are_compared_as_they_stood(world):
    merged(
        world, products(PRECISE, PRECISE | {"maker": "另一厂", "national_code": PRECISE["national_code"][:-1] + "3"})
    )
    merged(world, products(PRECISE | {"brand": "新牌"}), now=NOW + 5 * DAY)
    both = [found["reference"] for found in programs(world.pharmacist, "products")["results"]]
    address = reverse("catalogue:compare")
    for day, branded in ((TODAY, False), (TODAY + 6 * DAY, True)):
        page = sitting(world.pharmacist).get(address, {"pick": both, "on": day.isoformat()}).content.decode()
        assert ("新牌" in page) == branded
        assert f'datetime="{day}"' in page
    assert sitting(world.pharmacist).get(address, {"pick": both, "on": str(TODAY - DAY)}).status_code == 404
