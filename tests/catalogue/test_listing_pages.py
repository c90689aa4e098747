"""Suppliers apply for many products on one page; officers decide on many with an answer a row; programs do the same."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from catalogue.actions import delist, review_listing
from catalogue.models import Listing, PriceEntry
from core.clock import legal_date
from tests.catalogue.listings import TODAY, applied, listed
from tests.contracts.builders import product
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW


@pytest.fixture(autouse=True)
def _now(travel):
    travel(NOW)


def test_a_supplier_applies_for_what_it_gives_a_price(world):
    first, second = (product(name, maker=world.supplier).product for name in ("First", "Second"))
    product("Foreign")
    page = sitting(world.bid_manager)
    address = reverse("catalogue:apply-for-listing")
    shown = page.get(address).content.decode()
    assert "First" in shown
    assert "Foreign" not in shown
    sent = {
        f"price-{first.reference}": "12.5",
        f"price-{second.reference}": "",
        "regions": world.region.full_name,
        "valid_from": TODAY.isoformat(),
        "basis": "direct",
        "evidence": "Notice 12",
    }
    assert page.post(address, sent).status_code == 302
    made = Listing.objects.get()
    assert (made.product, made.price, made.pack_size, made.status) == (first, Decimal("12.5"), 7, "applied")
    again = page.post(address, sent)
    assert "waits already" in again.content.decode()


def test_many_are_decided_at_once_with_an_answer_a_row(world):
    good = applied(world)
    gone = applied(world, version=product("Other", maker=world.supplier))
    picks = f"?pick={good.reference}&pick={gone.reference}"
    reviewer, lister = sitting(world.cataloguer), sitting(world.awarder)
    address = reverse("catalogue:decide-listings") + picks
    assert reviewer.post(reverse("catalogue:decide-listings") + f"?pick={good.reference}", {"act": "review"}).url
    answer = lister.post(address, {"act": "list", "reason": ""})
    told = answer.content.decode()
    assert told.count('class="row--bad"') == 1
    assert "not possible while the status" in told
    assert PriceEntry.objects.get().source == good.reference
    missing = lister.post(address, {"act": "suspend", "reason": ""})
    assert "Give the reason" in missing.content.decode()


def test_what_waits_is_a_todo_of_who_must_act_and_a_foreign_application_a_missing_page(world):
    listing = applied(world)
    assert "Review the application" in sitting(world.cataloguer).get("/").content.decode()
    assert "Review the application" not in sitting(world.awarder).get("/").content.decode()
    other = world.seat(world.organisation("supplier"), "signatory")
    assert sitting(other).get(listing.get_absolute_url()).status_code == 404
    assert sitting(world.pharmacist).get(listing.get_absolute_url()).status_code == 404
    assert sitting(world.cataloguer).get(listing.get_absolute_url()).status_code == 200


def test_pages_of_listings_cost_the_same_with_many(world, django_assert_max_num_queries):
    for number in range(6):
        listed(world, version=product(f"Medicine {number}", maker=world.supplier))
    page = sitting(world.pharmacist)
    page.get(reverse("catalogue:listings"))
    with django_assert_max_num_queries(22):
        assert page.get(reverse("catalogue:listings")).status_code == 200


def test_programs_read_listings_and_commitments_and_people_decide_by_token(world):
    listing = listed(world)
    read = program_of(world.pharmacist)
    found = read.get("/api/v1/listings/").json()["results"]
    assert [(row["reference"], row["price"], row["status"]) for row in found] == [
        (listing.reference, "10.500000", "listed")
    ]
    assert read.get("/api/v1/single-sources/").json()["results"] == []
    denied = read.post(f"/api/v1/listings/{listing.reference}/delist/", {"reason": "x"}, format="json")
    assert denied.status_code == 403
    wrong = sitting(world.awarder).post(
        reverse("catalogue:record-single-source"),
        {"item": listing.product.item.reference, "supplier": "nobody", "region": world.region.full_name},
    )
    assert "No supplier is registered" in wrong.content.decode()


def test_the_queue_says_who_must_act_and_for_how_long_and_shows_what_waits_for_whom(world, travel):
    """An officer sees what waits for a reviewer, or for whom it is the second person; nobody what others must do."""
    old, fresh = applied(world), applied(world, version=product("Other", maker=world.supplier))
    review_listing(listing=fresh, by=world.cataloguer, now=NOW)
    travel(NOW + timedelta(days=12))
    address = reverse("catalogue:listings")
    told = sitting(world.cataloguer).get(address, {"waiting": "me"}).content.decode()
    assert old.reference in told
    assert fresh.reference not in told
    assert "a reviewer" in told
    assert "12 days" in told
    second = sitting(world.awarder).get(address, {"waiting": "me", "sort": "since"}).content.decode()
    assert fresh.reference in second
    assert old.reference not in second
    assert old.reference in sitting(world.awarder).get(address, {"waiting": "review"}).content.decode()


def test_a_products_page_has_its_listings_as_they_stood_and_products_are_found_by_them(world, travel):
    listing = listed(world)
    other = product("Other", maker=world.supplier)
    later = NOW + timedelta(days=3)
    delist(listing=listing, reason="Not made any more", by=world.awarder, now=later)
    travel(later)
    address = reverse("catalogue:product", args=[listing.product.reference])
    page = sitting(world.pharmacist)
    assert "Not listed" not in page.get(address).content.decode()
    table = page.get(address).context["listings"]
    assert [row.cells[4].value for row in table.rows] == ["delisted"]
    then = page.get(address, {"on": TODAY.isoformat()}).context["listings"]
    assert [row.cells[4].value for row in then.rows] == ["listed"]
    listed(world, version=other, now=later, day=legal_date(later))
    found = page.get(reverse("catalogue:products"), {"listed": "yes"}).content.decode()
    assert other.product.reference in found
    assert listing.product.reference not in found


def test_programs_decide_on_many_with_an_answer_a_row(world):
    good, wrong = applied(world), applied(world, version=product("Other", maker=world.supplier))
    sent = {"rows": [{"reference": good.reference}, {"reference": "LS-0"}, {"reference": wrong.reference, "x": 1}]}
    page = sitting(world.cataloguer)
    answer = page.post("/api/v1/bulk/listings/review/", sent, content_type="application/json").json()
    assert (answer["done"], answer["not_done"]) == (1, 2)
    assert [row["status"] for row in answer["results"]] == [200, 404, 400]
    assert answer["results"][0]["answer"]["status"] == "reviewed"
    refusal = {"rows": [{"reference": wrong.reference, "reason": "Too dear"}, {"reference": "LS-0", "reason": "?"}]}
    refused = page.post("/api/v1/bulk/listings/refuse/", refusal, content_type="application/json").json()
    assert [row["status"] for row in refused["results"]] == [200, 404]
    rows = {"rows": [{"reference": good.reference}, {"reference": wrong.reference}]}
    second = sitting(world.awarder).post("/api/v1/bulk/listings/list/", rows, content_type="application/json").json()
    assert [row["error"] and row["error"]["code"] for row in second["results"]] == [None, "not_now"]
    assert Listing.objects.get(pk=good.pk).status == "listed"
