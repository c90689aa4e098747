"""A file of items and products goes into the catalogue whole or not at all, and twice is once."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue import actions
from catalogue.models import CatalogueImport, Item, ItemVersion, Maker, Product, ProductVersion, StagedRow
from catalogue.tasks import index_import
from core.errors import Conflict, Denied, Refused
from core.models import Event, OutboxMessage
from core.search import find
from tests.catalogue.files import (
    LISTED,
    PRECISE,
    TABLET,
    as_xlsx,
    counts,
    listed,
    merged,
    products,
    read,
    real_list,
    stage,
)
from tests.world import NOW

LATER = NOW + timedelta(days=40)


def faults(batch):
    """The faults of a file as row, column and sentence."""
    from catalogue.actions.imports import faults_of

    return [(fault.row, fault.field, fault.message) for fault in faults_of(batch)]


def facts():
    """Everything that an import may write, without numbers of rows."""
    return (
        sorted(Item.objects.values_list("kind", "code_prefix", "name", "strength", "form", "base_unit", "unverified")),
        sorted(Maker.objects.values_list("name", "code")),
        sorted(Product.objects.values_list("key", "item__name", "item__strength", "maker__name")),
        sorted(
            ProductVersion.objects.values_list("product__key", "number", "brand", "pack_size", "valid_to").order_by()
        ),
    )


def test_a_file_is_kept_and_waits_for_a_worker(world):
    batch = stage(world, products(TABLET), "products.csv")
    assert (batch.status, batch.layout, batch.file_name) == ("staging", "template", "products.csv")
    assert OutboxMessage.objects.filter(task="catalogue.tasks.read_import", arguments=[batch.pk]).exists()
    assert Event.objects.get(subject=batch.reference).verb == "import.staged"
    assert not StagedRow.objects.exists()


def test_reading_says_what_each_row_would_do_and_changes_nothing(world):
    batch = read(world, products(TABLET, TABLET | {"strength": "10mg"}))
    assert (batch.status, batch.rows, batch.rows_done) == ("ready", 2, 2)
    assert counts(batch) == (2, 0, 0, 0)
    assert not Item.objects.exists()


def test_merging_writes_items_makers_products_and_versions(world):
    batch = merged(world, products(TABLET | {"national_code": "", "approval_no": "国药准字H20064705"}))
    assert (batch.status, batch.merged_by, batch.approved_by) == ("merged", world.cataloguer, world.cataloguer)
    item = Item.objects.get()
    assert (item.name, item.strength, item.form, item.route, item.base_unit) == (
        "苯磺酸氨氯地平片",
        "5mg",
        "片剂",
        "口服",
        "片",
    )
    assert (item.pinyin, item.initials) == ("benhuangsuananlvdipingpian", "bhsaldpp")
    assert item.reference.startswith("I-")
    version = ProductVersion.objects.select_related("product__maker").get()
    assert (version.product.maker.name, version.maker_name, version.brand) == ("浙江京新", "浙江京新", "京新")
    assert (version.pack_size, version.pack_unit, version.approval_number) == (28, "盒", "国药准字H20064705")
    assert (version.national_code, version.valid_from, version.valid_to, version.number) == ("", None, None, 1)
    assert Event.objects.filter(subject=batch.reference).order_by("id").last().data["new"] == 1


def test_the_same_file_again_changes_nothing(world):
    content = products(TABLET, PRECISE, {"kind": "consumable", "item_name": "导管", "base_unit": "根"})
    merged(world, content)
    before = facts()
    again = merged(world, content, now=LATER)
    assert counts(again) == (0, 0, 3, 0)
    assert facts() == before
    assert CatalogueImport.objects.merged_before(again).count() == 1


@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "item_name": st.sampled_from(["甲片", "乙片", "丙注射液"]),
                "strength": st.sampled_from(["", "5mg", "10mg"]),
                "maker": st.sampled_from(["", "甲厂", "乙厂"]),
                "brand": st.sampled_from(["", "一", "二"]),
                "form": st.sampled_from(["", "片剂", "片 剂", "胶囊"]),
                "pack_size": st.sampled_from(["10", "20"]),
                "source": st.sampled_from(["", "a notice", "memory, unverified"]),
            }
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_goes_in_whole_or_not_at_all_and_twice_is_once(world, rows):
    content = products(*(_row(row) for row in rows))
    before = facts()
    try:
        merged(world, content)
    except Refused:
        assert facts() == before
        return
    after = facts()
    again = merged(world, content, now=LATER)
    assert counts(again) == (0, 0, len(rows), 0)
    assert facts() == after


def _row(row):
    whole = {"kind": "drug", "base_unit": "片", "pack_unit": "盒", **row}
    return whole if row["maker"] else {k: v for k, v in whole.items() if k not in ("brand", "pack_size", "pack_unit")}


def test_an_empty_cell_says_nothing(world):
    merged(world, products(TABLET))
    before = facts()
    bare = {k: v for k, v in TABLET.items() if k not in ("form", "route", "source")}
    assert counts(merged(world, products(bare), now=LATER)) == (0, 0, 1, 0)
    assert facts() == before


def test_a_changed_product_gets_a_new_version_from_its_day(world):
    merged(world, products(PRECISE | {"valid_from": "2026-01-01"}))
    batch = merged(world, products(PRECISE | {"pack_size": "30", "valid_from": "2026-04-01"}), now=LATER)
    assert counts(batch) == (0, 1, 0, 0)
    old, new = ProductVersion.objects.order_by("number")
    assert (old.pack_size, old.valid_from, old.valid_to) == (28, date(2026, 1, 1), date(2026, 3, 31))
    assert (new.pack_size, new.number, new.valid_from, new.valid_to) == (30, 2, date(2026, 4, 1), None)
    assert new.maker_name == "上海朝晖"


def test_the_preview_says_what_would_change_from_what_to_what(world):
    merged(world, listed(LISTED))
    batch = read(world, products(PRECISE | {"brand": "朝晖先"}))
    assert StagedRow.objects.get(batch=batch).changes == {
        "item_name": ["比卡鲁胺片", "比卡鲁胺片 50mg"],
        "maker": ["", "上海朝晖"],
        "brand": ["", "朝晖先"],
        "pack_size": [None, 28],
        "pack_unit": ["", "盒"],
    }


def test_a_change_without_a_day_begins_on_the_day_of_the_merge(world):
    merged(world, products(PRECISE))
    merged(world, products(PRECISE | {"brand": "新"}), now=LATER)
    old, new = ProductVersion.objects.order_by("number")
    assert (old.valid_to, new.valid_from) == (date(2026, 4, 10), date(2026, 4, 11))


def test_a_change_before_the_current_version_is_a_fault(world):
    merged(world, products(PRECISE | {"valid_from": "2026-01-01"}))
    batch = read(world, products(PRECISE | {"brand": "新", "valid_from": "2026-01-01"}))
    assert faults(batch) == [
        (2, "valid_from", "The current version holds from 2026-01-01; a change must begin on a later day.")
    ]


def test_the_national_list_is_completed_by_the_template_and_does_not_undo_it(world):
    merged(world, listed(LISTED))
    assert Maker.objects.get().code == "00662"
    batch = merged(world, products(PRECISE), now=LATER)
    assert counts(batch) == (0, 1, 0, 0)
    product = Product.objects.select_related("item", "maker").get()
    assert (product.item.strength, product.item.base_unit, product.maker.name) == ("50mg", "片", "上海朝晖")
    before = facts()
    assert counts(merged(world, listed(LISTED), now=LATER)) == (0, 0, 1, 0)
    assert facts() == before


def test_a_product_whose_pack_is_known_stays_under_its_item(world):
    merged(world, products(PRECISE))
    batch = read(world, products(PRECISE | {"strength": "150mg"}))
    assert faults(batch) == [(2, "item_name", "The catalogue has this product under “比卡鲁胺片 50mg”.")]


def test_two_products_of_one_maker_in_one_pack_are_told_apart_by_their_brand(world):
    stent = {"kind": "consumable", "item_name": "支架", "base_unit": "个", "maker": "Boston", "pack_size": "1"}
    rows = [stent | {"pack_unit": "个", "brand": brand} for brand in ("PREMIER", "Element Plus")]
    merged(world, products(*rows))
    assert (Item.objects.count(), Maker.objects.count(), Product.objects.count()) == (1, 1, 2)


def test_the_same_row_twice_is_once_and_a_contradiction_is_a_fault(world):
    assert counts(read(world, products(TABLET, TABLET))) == (1, 0, 1, 0)
    batch = read(world, products(PRECISE, PRECISE | {"brand": "B"}))
    assert faults(batch) == [(3, "item_name", "Row 2 says something else about the same thing.")]
    assert batch.status == "faulty"


@pytest.mark.parametrize(
    ("change", "column"),
    [({"route": "注射"}, "route"), ({"base_unit": "粒"}, "base_unit")],
)
def test_rows_of_one_item_agree_with_each_other(world, change, column):
    other = TABLET | {"maker": "乙厂"} | change
    [(row, field, message)] = faults(read(world, products(TABLET, other)))
    assert (row in (2, 3), field) == (True, column)
    assert message.startswith("Another row says “")


def test_one_makers_code_has_one_name_in_a_file(world):
    other = PRECISE | {"national_code": "XL02BBB085A001010200662", "maker": "另一家"}
    [(_number, field, message)] = faults(read(world, products(PRECISE, other)))
    assert field == "maker"
    assert message.endswith("for the same maker's code.")


def test_a_base_unit_that_quantities_depend_on_does_not_change(world):
    merged(world, products(TABLET))
    batch = read(world, products(TABLET | {"base_unit": "粒", "maker": "乙厂"}))
    assert faults(batch) == [(2, "base_unit", "The catalogue counts this item in “片”, and quantities depend on it.")]


def test_a_route_is_corrected_by_a_later_file_and_what_it_was_is_kept(world):
    merged(world, products(TABLET))
    batch = merged(world, products(TABLET | {"route": "舌下"}), now=LATER)
    assert counts(batch) == (0, 1, 0, 0)
    assert (Item.objects.get().route, ProductVersion.objects.count()) == ("舌下", 1)
    before = ItemVersion.objects.get()
    assert (before.number, before.route, before.valid_to, before.reason, before.edited_by) == (
        1,
        "口服",
        date(2026, 4, 10),
        batch.reference,
        world.cataloguer,
    )


def test_unverified_facts_are_marked_until_a_source_confirms_them(world):
    merged(world, products(TABLET | {"source": "memory, unverified"}))
    assert Item.objects.get().unverified
    assert ProductVersion.objects.get().unverified
    assert counts(merged(world, products(TABLET | {"source": ""}), now=LATER)) == (0, 0, 1, 0)
    assert Item.objects.get().unverified
    assert counts(merged(world, products(TABLET), now=LATER)) == (0, 1, 0, 0)
    version = ProductVersion.objects.get()
    assert (Item.objects.get().unverified, version.unverified, version.source) == (False, False, "notice of 2019")
    assert counts(merged(world, products(TABLET | {"source": "memory, unverified"}), now=LATER)) == (0, 0, 1, 0)


def test_a_maker_gets_its_name_from_a_later_file(world):
    merged(world, listed(LISTED))
    merged(world, products(PRECISE | {"national_code": "XL02BBB085A001010200662"}), now=LATER)
    assert Maker.objects.values_list("name", "code").get() == ("上海朝晖", "00662")


def test_faults_of_rows_stand_at_row_and_column_and_stop_the_whole_file(world):
    content = products(TABLET, TABLET | {"pack_size": "half"}, {"kind": "thing", "item_name": "", "base_unit": ""})
    batch = read(world, content)
    assert batch.status == "faulty"
    assert counts(batch) == (1, 0, 0, 2)
    assert [(row, column) for row, column, _message in faults(batch)] == [
        (3, "pack_size"),
        (4, "kind"),
        (4, "item_name"),
        (4, "base_unit"),
    ]
    with pytest.raises(Refused, match="all rows go in, or none"):
        actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)
    assert not Item.objects.exists()


def test_import_at_once_refuses_with_every_fault_and_leaves_nothing(world):
    with pytest.raises(Refused) as refusal:
        merged(world, products(TABLET, TABLET | {"national_code": "XL02"}))
    assert [(fault.row, fault.field) for fault in refusal.value.faults] == [(3, "national_code")]
    assert not CatalogueImport.objects.exists()


def test_faults_are_told_in_the_readers_language(world):
    from django.utils import translation

    batch = read(world, products(TABLET | {"pack_size": "half"}))
    stored = StagedRow.objects.get(batch=batch).faults[0]
    assert stored["message"] == "A pack holds a whole number of base units, from 1 to %(limit)s."
    assert (stored["values"], stored["value"]) == ({"limit": 1_000_000}, "half")
    with translation.override("en"):
        assert faults(batch)[0][2] == "A pack holds a whole number of base units, from 1 to 1000000."


def test_a_workbook_is_read_like_a_csv_file(world):
    batch = read(world, as_xlsx(TABLET, [TABLET | {"pack_size": 28}]), "products.xlsx")
    assert (batch.status, counts(batch)) == ("ready", (1, 0, 0, 0))


def test_a_formula_is_a_fault_at_its_cell(world):
    batch = read(world, as_xlsx(TABLET, [TABLET, TABLET | {"pack_size": "=14*2"}]), "products.xlsx")
    assert faults(batch) == [(3, "pack_size", "The cell holds a formula; paste its value instead.")]
    batch = read(world, products(TABLET | {"brand": '=HYPERLINK("http://x")'}))
    assert faults(batch) == [(2, "brand", "The cell holds a formula; paste its value instead.")]


def test_a_file_that_breaks_off_says_where(world):
    batch = read(world, products(TABLET) + b'drug,"broken')
    [(row, _column, message)] = faults(batch)
    assert (batch.status, row) == ("faulty", 3)
    assert message.startswith("A quotation mark is out of place")


def test_a_file_without_rows_is_faulty(world):
    batch = read(world, products())
    assert faults(batch) == [(0, "", "The file has no rows under its headings.")]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "The file is empty"),
        ("a.csv", b"colour,size\nred,1\n", "The column “kind” is missing"),
        ("a.csv", b"\x89PNG\r\n\x1a\n0000", "holds no text"),
        ("a.xlsx", b"PK\x03\x04 broken", "The workbook is damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old format"),
        ("a.pdf", b"%PDF-1.7", "Only CSV and XLSX"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_before_it_is_kept(world, name, content, words):
    with pytest.raises(Refused, match=words) as refusal:
        stage(world, content, name)
    assert refusal.value.faults[0].field == "file"
    assert not CatalogueImport.objects.exists()


def test_nobody_else_imports(world):
    for seat in (world.officer, world.bid_manager, world.pharmacist):
        with pytest.raises(Denied):
            actions.stage_import(file_name="a.csv", content=products(TABLET), by=seat, now=NOW)
        assert not CatalogueImport.objects.visible_to(seat).exists()
    batch = read(world, products(TABLET))
    with pytest.raises(Denied):
        actions.merge_import(batch=batch, by=world.officer, now=NOW)
    with pytest.raises(Denied):
        actions.discard_import(batch=batch, by=world.officer, now=NOW)
    assert list(CatalogueImport.objects.visible_to(world.cataloguer)) == [batch]


def test_a_discarded_file_is_never_merged(world):
    batch = read(world, products(TABLET))
    actions.discard_import(batch=batch, by=world.cataloguer, now=NOW)
    assert not StagedRow.objects.exists()
    with pytest.raises(Refused):
        actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)


def test_a_file_is_merged_once(world):
    batch = read(world, products(TABLET))
    other = CatalogueImport.objects.get(pk=batch.pk)
    actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)
    with pytest.raises(Conflict):
        actions.merge_import(batch=other, by=world.cataloguer, now=NOW)
    actions.apply_import(batch=batch, now=NOW)
    before = facts()
    actions.apply_import(batch=batch, now=LATER)
    assert facts() == before


def test_a_file_that_another_one_has_overtaken_is_left_with_its_errors(world):
    first = read(world, products(PRECISE))
    second = read(world, products(PRECISE | {"strength": "150mg"}))
    assert (first.status, second.status) == ("ready", "ready")
    for batch in (first, second):
        actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)
        actions.apply_import(batch=batch, now=NOW)
    assert (first.status, second.status) == ("merged", "faulty")
    assert faults(second)[0][1] == "item_name"
    assert Item.objects.get().strength == "50mg"
    assert Event.objects.filter(subject=second.reference, verb="import.overtaken").exists()


def test_web_processes_and_workers_have_the_rights_that_an_import_needs(world, as_web_role):
    batch = merged(world, products(TABLET))
    assert batch.status == "merged"


@pytest.mark.skipif(
    not real_list().is_file(),
    reason="the published list is not part of the project; NHSA_DRUG_CODES names the file",
)
def test_the_published_list_is_taken_as_it_is(world):
    content = real_list().read_bytes()
    assert counts(merged(world, content, "nhsa_drug_codes.csv")) == (10_000, 0, 0, 0)
    assert Product.objects.count() == ProductVersion.objects.count() == 10_000
    assert counts(merged(world, content, "nhsa_drug_codes.csv", now=LATER)) == (0, 0, 10_000, 0)
    assert ProductVersion.objects.count() == 10_000


def test_references_of_items_and_products_have_prefixes_of_their_own(world):
    merged(world, products(TABLET))
    assert Item.objects.get().reference.startswith("I-")
    assert Product.objects.get().reference.startswith("PD-")


def test_what_a_file_brought_is_found_once_the_worker_has_come_to_it(world):
    batch = merged(world, products(TABLET, TABLET | {"strength": "10mg"}))
    assert OutboxMessage.objects.filter(task="catalogue.tasks.index_import", arguments=[batch.pk]).exists()
    assert find(TABLET["item_name"], ("item", "product"), 50) == []
    for _twice in range(2):
        index_import(batch.pk)
        found = {(hit.kind, hit.reference) for hit in find(TABLET["item_name"], ("item", "product"), 50)}
        assert found == {("item", item.reference) for item in Item.objects.all()} | {
            ("product", product.reference) for product in Product.objects.all()
        }


def test_an_edit_is_found_at_once(world):
    merged(world, products(TABLET))
    item = Item.objects.get()
    edit = actions.Edit(date(2026, 3, 1), "misprinted")
    facts = actions.ItemFacts("新名称片", item.strength, item.form, item.route, item.base_unit)
    actions.edit_item(item=item, facts=facts, edit=edit, by=world.cataloguer, now=NOW)
    assert {hit.kind for hit in find("xinmingcheng", ("item", "product"), 50)} == {"item", "product"}
    assert find(TABLET["item_name"], ("item", "product"), 50) == []
