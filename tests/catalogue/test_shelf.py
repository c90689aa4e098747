"""A supplier's shelf: filled once, told of ahead, and without a licence in force nothing of it is bid or ordered."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.documents import Paper
from accounts.models import InboxMessage
from catalogue.actions.shelf import ShelfRow, attach_to_shelf, shelve, take_off_shelf
from catalogue.lapsing import Shelves, lapsed
from catalogue.models import ShelfDocument
from catalogue.tasks import warn_of_shelf
from catalogue.validity import Validity, lapse_of
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from tenders.actions.bidding import prepare_bid
from tenders.models import Bid
from tests.arranging import arranged
from tests.contracts.builders import contract_in_force, order
from tests.contracts.pages import sitting
from tests.tenders.stage import published_tender
from tests.world import NOW

TODAY = legal_date(NOW)
DAY = timedelta(days=1)
PDF = Paper("approval.pdf", b"%PDF-1.7 approved")
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))
DOCUMENTS = st.lists(
    st.builds(
        Validity, st.integers(1, 2), st.sampled_from(["approval", "production", "quality"]), st.just(0), st.just("1"),
        st.none() | DAYS, st.none() | DAYS, st.booleans(),
    ),
    max_size=6,
)  # fmt: skip


@given(documents=DOCUMENTS, day=DAYS)
@settings(max_examples=25)
def test_a_product_lapses_where_all_that_was_shown_of_a_needed_kind_has_ended(documents, day):
    lapse = lapse_of(documents, day)
    groups = {(one.supplier, one.kind) for one in documents if one.kind != "quality"}
    blocked = set()
    for group in groups:
        held = [one for one in documents if (one.supplier, one.kind) == group]
        over = [one for one in held if one.valid_until and one.valid_until < day]
        if over and not [one for one in held if one.holds(day)]:
            blocked.add(max(one.valid_until for one in over))
    assert (lapse.last_day if lapse else None) == min(blocked, default=None)


@pytest.fixture
def stage(world):
    return published_tender(world)


@pytest.fixture
def own(world, stage):
    """A product of the world's supplier."""
    return stage.product(stage.lots[0], world.bid_manager).product


@pytest.fixture
def strange(stage):
    """A product of another supplier."""
    return stage.product(stage.lots[0], stage.suppliers[0]).product


def shelved(world, product, kind="approval", until=TODAY - DAY, number="H1"):
    row = ShelfRow(kind, number, valid_until=until, products=(product,) if product else ())
    return shelve(rows=[row], by=world.bid_manager, now=NOW)[0]


def test_an_ended_approval_stops_its_product_until_the_next_one_stands_there(world, own):
    assert lapsed([own.pk], TODAY) == {}
    ended = shelved(world, own, until=TODAY)
    assert lapsed([own.pk], TODAY) == {}
    assert lapsed([own.pk], TODAY + DAY)[own.pk].number == "H1"
    with pytest.raises(Refused):
        take_off_shelf(document=ended, reason=" ", by=world.bid_manager, now=NOW)
    take_off_shelf(document=ended, reason="mine", by=world.bid_manager, now=NOW)
    assert lapsed([own.pk], TODAY + DAY)  # taking it off is no way round
    shelved(world, own, until=TODAY + 9 * DAY, number="H2")
    assert lapsed([own.pk], TODAY + DAY) == {}
    assert lapsed([own.pk], TODAY + 10 * DAY)[own.pk].number == "H2"


@arranged
def _succeeded(before, after):
    after.predecessors = before.lineage()
    after.save(update_fields=["predecessors"])


def test_what_ended_on_a_shelf_stops_whoever_has_taken_its_supplier_over(world, own):
    shelved(world, own, until=TODAY)
    heir = world.organisation("supplier")
    _succeeded(world.supplier, heir)
    assert Shelves([own.pk], [heir.pk]).lapse(own.pk, [heir.pk], TODAY + DAY).number == "H1"
    assert Shelves([own.pk], [heir.pk]).lapse(own.pk, [heir.pk], TODAY) is None


def test_an_officer_strikes_what_never_was(world, own):
    ended = shelved(world, own)
    with pytest.raises(Denied):
        take_off_shelf(document=ended, reason="not ours", by=world.pharmacist, now=NOW)
    take_off_shelf(document=ended, reason="wrong product", by=world.cataloguer, now=NOW)
    assert lapsed([own.pk], TODAY) == {}
    with pytest.raises(Conflict):
        take_off_shelf(document=ended, reason="again", by=world.cataloguer, now=NOW)


def test_a_licence_of_the_company_stops_all_that_it_offers_and_nothing_else(
    world, own, strange, django_assert_num_queries
):
    shelved(world, None, kind="production")
    with django_assert_num_queries(3):
        assert set(lapsed([own.pk, strange.pk], TODAY)) == {own.pk}
    assert set(lapsed([strange.pk], TODAY, world.supplier.pk)) == {strange.pk}  # what it offers of another, too


def test_no_bid_begins_with_a_product_whose_approval_has_ended(world, own, stage):
    shelved(world, own)
    version = own.versions.current().get()
    with pytest.raises(Refused, match="H1 ended with"):
        prepare_bid(lot=stage.lots[0], product_version=version, by=world.bid_manager, now=NOW)
    assert not Bid.objects.exists()


def test_nothing_is_ordered_of_which_a_licence_has_ended(world):
    contract = contract_in_force(world)
    supplier = contract.supplier
    manager = world.seat(supplier, "bid_manager")
    shelve(rows=[ShelfRow("production", "P1", valid_until=TODAY - DAY)], by=manager, now=NOW)
    with pytest.raises(Refused, match="P1 ended with"):
        order(world, contract, 2)
    shelve(rows=[ShelfRow("production", "P2", valid_until=TODAY + 4000 * DAY)], by=manager, now=NOW)
    order(world, contract, 2)


def test_each_row_is_refused_for_its_own_fault(world, own, strange):
    rows = [
        ShelfRow("approval", " ", products=(own,)),
        ShelfRow("approval", "A"),
        ShelfRow("approval", "B", products=(strange,)),
        ShelfRow("quality", "C", products=(own,), paper=Paper("a.pdf", b"MZ")),
        ShelfRow("business", "D"),
        ShelfRow("business", "D"),
    ]
    with pytest.raises(Refused) as refused:
        shelve(rows=rows, by=world.bid_manager, now=NOW)
    found = [(fault.row, fault.code) for fault in refused.value.faults]
    assert sorted(found) == [
        (1, "required"), (2, "required"), (3, "not_offered"), (4, "document"), (6, "twice")
    ]  # fmt: skip
    assert not ShelfDocument.objects.exists()
    shelved(world, own)
    with pytest.raises(Refused, match="already"):
        shelved(world, own)


def test_each_end_is_told_ahead_once(world, own):
    today = legal_date(timezone.now())
    near = shelved(world, own, until=today + 30 * DAY)
    shelved(world, own, until=today + 91 * DAY, number="far")
    told = InboxMessage.objects.filter(seat=world.bid_manager, about__startswith="shelf.")
    warn_of_shelf()
    warn_of_shelf()
    assert [message.about for message in told] == [f"shelf.30:{near.reference}"]


def test_a_supplier_fills_its_shelf_by_form_and_by_file_and_nobody_else_reads_it(world, own):
    client = sitting(world.bid_manager)
    form = {"kind": "approval", "number": "H7", "valid_until": "2099-01-01", "products": [own.pk]}
    file = SimpleUploadedFile("approval.pdf", PDF.content)
    assert client.post(reverse("catalogue:add-to-shelf"), form | {"document": file}).status_code == 302
    document = ShelfDocument.objects.get()
    address = reverse("catalogue:shelf-file", args=[document.reference])
    assert client.get(address).content == PDF.content
    stranger = world.seat(world.organisation("supplier"), "bid_manager")
    assert sitting(stranger).get(address).status_code == 404
    sheet = f"类别,编号,有效期至,产品\n注册证,R1,2099-01-01,{own.reference}\n营业执照,R2,长期,\n".encode()
    fill = {"file": SimpleUploadedFile("shelf.csv", sheet)}
    assert client.post(reverse("catalogue:fill-shelf"), fill).status_code == 302
    assert ShelfDocument.objects.count() == 3
    page = client.get(reverse("catalogue:shelf")).content.decode()
    assert "R2" in page
    bare = ShelfDocument.objects.get(number="R1")
    attach_to_shelf(document=bare, paper=PDF, by=world.bid_manager, now=NOW)
    with pytest.raises(Conflict):
        attach_to_shelf(document=bare, paper=PDF, by=world.bid_manager, now=NOW)
    wrong = {"file": SimpleUploadedFile("shelf.csv", "类别,编号,产品\n注册证,R9,PD-0\n".encode())}
    assert "PD-0" in client.post(reverse("catalogue:fill-shelf"), wrong).content.decode()
