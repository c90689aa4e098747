"""The shelf in bids and listings: filled once, it shows what stands, lapses or is missing, and answers by reference."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.documents import Paper
from catalogue.actions.shelf import ShelfRow, shelve
from catalogue.shelf_use import holdings, lines_of
from catalogue.validity import Standing, Validity, standing_of
from core.clock import legal_date
from tenders.actions.bidding import prepare_bid
from tenders.models import Criterion
from tenders.presentation.documents import answers_of, documents_of, needed_until
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.tenders.stage import published_tender
from tests.world import NOW

TODAY = legal_date(NOW)
DAY = timedelta(days=1)
PDF = Paper("approval.pdf", b"%PDF-1.7 approved")


@pytest.fixture
def stage(world):
    return published_tender(world)


@pytest.fixture
def version(world, stage):
    return stage.product(stage.lots[0], world.bid_manager)


@pytest.fixture
def bid(world, stage, version):
    return prepare_bid(lot=stage.lots[0], product_version=version, by=world.bid_manager, now=NOW)


def put(world, kind, number, until=None, products=(), paper=None):
    row = ShelfRow(kind, number, valid_until=until, products=tuple(products), paper=paper)
    return shelve(rows=[row], by=world.bid_manager, now=NOW)[0]


def stood(found):
    return [("/".join(one.kinds), str(one.standing)) for one in found]


@pytest.mark.parametrize(
    ("begins", "ends", "standing"),
    [
        (None, None, Standing.STANDS),
        (None, TODAY + 9 * DAY, Standing.STANDS),
        (None, TODAY, Standing.ENDS),
        (None, TODAY - DAY, Standing.ENDED),
        (TODAY + DAY, None, Standing.LATER),
    ],
)
def test_a_document_stands_from_its_first_day_to_its_last(begins, ends, standing):
    assert standing_of(Validity(1, "approval", 1, "H1", begins, ends), TODAY, TODAY + 9 * DAY) is standing


def test_what_every_offer_shows_is_missing_until_it_is_on_the_shelf(world, version, django_assert_num_queries):
    product, until = version.product, TODAY + 90 * DAY
    asked = ([product], world.supplier, TODAY, until)
    found = holdings(*asked)
    assert stood(found) == [("business", "missing"), ("production/distribution", "missing"), ("approval", "missing")]
    put(world, "business", "B1")
    put(world, "distribution", "D1", until=until - DAY)
    put(world, "approval", "H1", until=TODAY - DAY, products=[product])
    assert stood(holdings(*asked)) == [("business", "stands"), ("distribution", "ends"), ("approval", "ended")]
    put(world, "approval", "H2", until=until, products=[product])
    with django_assert_num_queries(2):
        found = holdings(*asked)
    assert stood(found) == [("business", "stands"), ("distribution", "ends"), ("approval", "stands")]
    assert [one.document.number for one in found] == ["B1", "D1", "H2"]
    assert holdings([product], world.organisation("supplier"), TODAY, until)[0].standing == "missing"


def test_formal_requirements_are_answered_by_reference_and_hash(world, stage, version):
    product = version.product
    approval = put(world, "approval", "H1", until=date(2099, 1, 1), products=[product], paper=PDF)
    put(world, "business", "B1")
    found = holdings([product], world.supplier, TODAY, TODAY)
    tender = stage.tender
    criteria = [
        Criterion(tender=tender, number=1, kind="formal", title="Valid approval of the product"),
        Criterion(tender=tender, number=2, kind="formal", title="Sample"),
        Criterion(tender=tender, number=3, kind="scored", title="Registration", max_points=5),
    ]
    answers = answers_of(criteria, found)
    (answer,) = answers.values()
    assert list(answers) == [criteria[0].key]
    assert answer == f"{approval.reference} · {found[-1].kind_words} · H1 · until 2099-01-01 · SHA-256 {PDF.sha256}"
    assert lines_of(found, ["business"]).count("\n") == 0


def test_the_pages_of_a_bid_show_the_shelf_and_nobody_elses(world, stage, bid, version):
    approval = put(world, "approval", "H-OWN", until=date(2099, 1, 1), products=[version.product], paper=PDF)
    page = sitting(world.bid_manager)
    for address in ("tenders:bid", "tenders:submit-bid"):
        shown = page.get(reverse(address, args=[bid.reference])).content.decode()
        assert "H-OWN" in shown
        assert reverse("catalogue:shelf-file", args=[approval.reference]) in shown
        assert "not on the shelf" in shown
    assert documents_of(bid, NOW)["documents_until"] == needed_until(stage.tender)
    stranger = sitting(stage.suppliers[0])
    assert stranger.get(reverse("tenders:bid", args=[bid.reference])).status_code == 404
    told = program_of(world.bid_manager).get(f"/api/v1/bids/{bid.reference}/documents/").json()
    assert [(one["kinds"], one["standing"]) for one in told["documents"]][-1] == (["approval"], "stands")
    assert told["documents"][-1]["document"] == approval.reference


def test_an_application_for_listing_shows_it_to_its_supplier_and_its_reviewer(world, version):
    put(world, "approval", "H-LISTED", until=date(2099, 1, 1), products=[version.product])
    page = sitting(world.bid_manager)
    shown = page.get(reverse("catalogue:apply-for-listing")).content.decode()
    assert "business licence: not on the shelf" in shown
    assert "approval or registration certificate: not on the shelf" not in shown


def test_what_ends_soon_leads_to_the_form_of_what_follows(world, version):
    ends = legal_date(timezone.now()) + 20 * DAY
    before = put(world, "approval", "H1", until=ends, products=[version.product])
    page = sitting(world.bid_manager)
    address = f"{reverse('catalogue:add-to-shelf')}?after={before.reference}"
    put(world, "approval", "H1-file", until=ends, products=[version.product], paper=PDF)
    assert page.get(reverse("catalogue:shelf")).content.decode().count("?after=") == 1
    begun = page.get(address).context["form"].initial
    assert (begun["kind"], begun["valid_from"], begun["products"]) == ("approval", ends + DAY, [version.product_id])
    assert page.get(address.replace(before.reference, "SH-0")).context["form"].initial == {}
