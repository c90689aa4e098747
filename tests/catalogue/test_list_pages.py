"""Pages of lists: begun, drafted from a paste with preview, reviewed by a second person, read as of a day."""

from datetime import date
from decimal import Decimal

import pytest

from catalogue.actions import EntryRow
from catalogue.forms.entries import as_text, entered, typed_lines
from catalogue.models import CatalogueList, Edition
from tests.catalogue.listing_stage import drafted, insurance, published, reviewer
from tests.contracts.pages import sitting

pytestmark = pytest.mark.django_db
NEXT = date(2099, 6, 1)


@pytest.fixture
def listed(world):
    return insurance(world)


def post(page, url, **data):
    answer = page.post(url, data, follow=True)
    assert answer.status_code == 200, answer.content[:2000]
    return answer.content.decode()


def test_a_list_goes_from_its_beginning_to_an_edition_in_force(world, listed):
    mine, theirs = sitting(world.cataloguer), sitting(reviewer(world))
    post(mine, "/catalogue/lists/begin/", kind="zero_markup", name="零差率目录")
    made = CatalogueList.objects.get(kind="zero_markup")
    post(mine, f"/catalogue/lists/{made.reference}/draft/", title="2026", source="notice", valid_from="2026-01-01")
    edition = Edition.objects.get(list=made)
    address = edition.get_absolute_url()
    wrong = post(mine, f"{address}set-entries/", lines=f"{listed.items[0].reference}\nno such thing")
    assert "Line 2: The catalogue has no “no such thing”." in wrong
    preview = post(mine, f"{address}set-entries/", lines=f"code\tnote\n{listed.items[0].reference}\t网上采购")
    assert "new in the draft" in preview
    assert not edition.entries.exists()
    lines = preview.split('<textarea name="lines" hidden>')[1].split("</textarea>")[0]
    post(mine, f"{address}set-entries/", lines=lines, confirmed="1")
    assert edition.entries.get().note == "网上采购"
    post(mine, f"{address}propose/")
    assert "Another person than who prepared it" in mine.get(address).content.decode()
    assert f'{address}publish/"' in theirs.get(address).content.decode()
    unseen = theirs.post(f"{address}publish/", {"removed": "0"})
    assert unseen.context["form"].errors.keys() == {"seen"}
    post(theirs, f"{address}publish/", removed="0", seen="on")
    page = sitting(world.pharmacist).get(made.get_absolute_url()).content.decode()
    assert "网上采购" in page
    item = sitting(world.pharmacist).get(f"/catalogue/items/{listed.items[0].reference}/").content.decode()
    assert "零差率目录" in item
    assert "医保目录" in item


def test_the_comparison_is_shown_field_by_field_and_exported(world, listed):
    rows = [
        EntryRow(item=listed.items[0], entry_class="b", restriction="限二线"),
        EntryRow(item=listed.items[2], entry_class="negotiated", payment_standard=Decimal("4.16"), units=28),
    ]
    edition = drafted(world, listed.list, NEXT, rows, whole=True)
    page = sitting(world.cataloguer)
    changed = page.get(edition.get_absolute_url(), {"rows": "changed"}).content.decode()
    assert "Class: class A → class B · Restriction: – → 限二线" in changed
    assert "4.16" not in changed  # what is as it was is no change
    exported = b"".join(page.get(edition.get_absolute_url(), {"rows": "removed", "export": "csv"}).streaming_content)
    assert listed.items[1].name in exported.decode()
    assert exported.decode().count("\n") == 2


def test_drafts_are_seen_by_who_keeps_lists_alone(world, listed):
    edition = drafted(world, listed.list, NEXT)
    stranger = sitting(world.pharmacist)
    assert stranger.get(edition.get_absolute_url()).status_code == 404
    assert edition.reference not in stranger.get(listed.list.get_absolute_url()).content.decode()
    assert stranger.get("/catalogue/lists/begin/").status_code == 403


def test_a_list_is_read_as_it_stood_and_narrows_the_catalogue(world, listed):
    published(world, drafted(world, listed.list, NEXT, [EntryRow(item=listed.items[3], entry_class="b")]), removed=0)
    page = sitting(world.pharmacist)
    address = listed.list.get_absolute_url()
    assert listed.items[3].strength not in page.get(address).content.decode()
    assert listed.items[3].strength in page.get(address, {"on": "2099-06-01"}).content.decode()
    found = page.get("/catalogue/", {"list": listed.list.reference}).context["table"].rows
    assert {row.object for row in found} == set(listed.items[:3])


def test_lines_mean_items_products_classes_and_prices(world, listed):
    product = listed.items[1].products.get()
    text = "\n".join(
        (
            "产品编号\t药品名称\t规格\t类别\t支付标准(元)\t限定支付范围",
            f"\t{listed.items[0].name}\t2.5mg\t甲\t\t",
            f"{product.reference}\t\t\t协议期内谈判\t¥1,234.50\t限二线",
            f"\t{listed.items[0].name}\t20mg\t\t\t",
        )
    )
    told = entered(typed_lines(text), listed.list, "b")
    assert told.faults == []
    assert told.rows == [
        EntryRow(item=listed.items[0], entry_class="a"),
        EntryRow(
            item=listed.items[1],
            product=product,
            entry_class="negotiated",
            payment_standard=Decimal("1234.50"),
            restriction="限二线",
        ),
        EntryRow(item=listed.items[3], entry_class="b"),
    ]
    assert entered(typed_lines(as_text(told.rows)), listed.list).rows == told.rows
    alone = entered(typed_lines(listed.items[0].name), listed.list, "a")
    assert {row.item for row in alone.rows} == set(listed.items)  # a name alone means all its strengths
    wrong = entered(typed_lines(f"名称\t类别\t支付标准\n{listed.items[0].name}\t丙\t4"), listed.list)
    assert [number for number, _text in wrong.faults] == [2, 2]


@pytest.mark.parametrize("part", ["entries", "changed"])
def test_a_page_of_an_edition_asks_as_much_for_many_as_for_few(world, listed, part, django_assert_max_num_queries):
    rows = [EntryRow(item=item, entry_class="b") for item in listed.items]
    edition = drafted(world, listed.list, NEXT, rows)
    page = sitting(world.cataloguer)
    with django_assert_max_num_queries(30):
        page.get(edition.get_absolute_url(), {"rows": part})
