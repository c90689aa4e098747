"""A medicine that is spelt in many ways is one item; one in two dosage forms is two."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from catalogue.models import Item, Maker, PriceEntry, Product, ProductVersion, StagedRow
from tests.catalogue.files import LISTED, PRECISE, PRICE, TABLET, counts, listed, merged, prices, products, read
from tests.catalogue.test_import_products import LATER, faults

SHARED = Path(__file__).parents[3] / "shared" / "data"
PILLS = TABLET | {"item_name": "银翘解毒丸", "strength": "60g", "base_unit": "瓶", "pack_size": "1", "pack_unit": "瓶"}


def shared(name: str) -> Path:
    """A published file that is no part of the project."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    return path


def test_one_medicine_in_two_dosage_forms_is_two_items_of_one_maker(world):
    merged(world, products(PILLS | {"form": "水蜜丸"}, PILLS | {"form": "浓缩水丸"}))
    assert sorted(Item.objects.values_list("form", flat=True)) == ["水蜜丸", "浓缩水丸"]
    assert (Maker.objects.count(), Product.objects.count(), ProductVersion.objects.count()) == (1, 2, 2)
    assert {str(item) for item in Item.objects.all()} == {"银翘解毒丸 60g 水蜜丸", "银翘解毒丸 60g 浓缩水丸"}


def test_a_price_names_the_form_where_several_fit(world):
    merged(world, products(PILLS | {"form": "水蜜丸"}, PILLS | {"form": "浓缩水丸"}))
    price = PRICE | {"item_name": "银翘解毒丸", "strength": "60G"}
    [(row, field, message)] = faults(read(world, prices(price)))
    assert (row, field) == (2, "item_name")
    assert message.startswith("2 things fit; add strength, form")
    merged(world, prices(price | {"form": "水蜜丸"}, price | {"form": "浓缩 水丸", "price": "0.6"}))
    assert sorted(PriceEntry.objects.values_list("item__form", "price")) == [
        ("水蜜丸", Decimal("0.52")),
        ("浓缩水丸", Decimal("0.6")),
    ]


@pytest.mark.parametrize(
    "change", [{}, {"strength": "５ＭＧ"}, {"item_name": "苯磺酸 氨氯地平片"}, {"maker": "浙江　京新"}]
)
def test_however_it_is_spelt_it_is_the_item_that_is_there(world, change):
    merged(world, products(TABLET))
    merged(world, products(TABLET | {"brand": "", **change}), now=LATER)
    item = Item.objects.get()
    assert (item.name, item.strength, item.form) == (TABLET["item_name"], "5mg", "片剂")
    assert (Maker.objects.count(), Product.objects.count()) == (1, 2), "without its brand it is another product"


def test_a_row_without_a_form_means_the_only_one_there_is(world):
    bare = {k: v for k, v in TABLET.items() if k != "form"}
    merged(world, products(TABLET))
    assert counts(merged(world, products(bare), now=LATER)) == (0, 0, 1, 0)
    merged(world, products(TABLET | {"form": "胶囊"}), now=LATER)
    assert faults(read(world, products(bare))) == [
        (2, "form", "Items of this name and strength have the forms 片剂, 胶囊: say which is meant.")
    ]


def test_an_item_without_a_form_is_completed_by_a_file_that_names_one(world):
    bare = {k: v for k, v in TABLET.items() if k != "form"}
    merged(world, products(bare))
    batch = read(world, products(TABLET))
    assert StagedRow.objects.get(batch=batch).changes == {"form": ["", "片剂"]}
    merged(world, products(TABLET, bare | {"brand": "另一"}), now=LATER)
    assert (Item.objects.get().form, Item.objects.get().form_key) == ("片剂", "片剂")
    assert Product.objects.count() == 2


def test_an_item_without_a_form_stays_beside_two_that_have_one(world):
    bare = {k: v for k, v in TABLET.items() if k != "form"}
    merged(world, products(bare))
    merged(world, products(TABLET, TABLET | {"form": "胶囊"}), now=LATER)
    assert sorted(Item.objects.values_list("form", flat=True)) == ["", "片剂", "胶囊"]
    assert counts(merged(world, products(bare), now=LATER)) == (0, 0, 1, 0)


def test_a_coded_product_keeps_its_item_when_a_row_leaves_out_the_form(world):
    merged(world, listed(LISTED))
    merged(world, products(PRECISE | {"form": "片剂"}), now=LATER)
    assert Product.objects.get().item.form == "片剂"
    assert counts(merged(world, products(PRECISE, PRECISE), now=LATER)) == (0, 0, 2, 0)
    assert counts(merged(world, listed(LISTED), now=LATER)) == (0, 0, 1, 0)
    batch = read(world, products(PRECISE | {"form": "胶囊"}))
    assert faults(batch) == [(2, "item_name", "The catalogue has this product under “比卡鲁胺片 50mg”.")]


def test_strength_fill_and_pack_are_kept_as_quantities_beside_the_print(world):
    row = TABLET | {"item_name": "氟比洛芬酯注射液", "strength": "5ml：50mg", "base_unit": "支", "form": "注射剂"}
    row |= {"pack_size": "", "pack_unit": "", "packaging": "5支/盒×10盒/箱", "holder": "北京泰德"}
    merged(world, products(row))
    item = Item.objects.get()
    assert (item.strength, str(item.quantities)) == ("5ml：50mg", "5ml:50mg")
    assert (str(item.quantities.fill), [str(part) for part in item.quantities.parts]) == ("5ml", ["50mg"])
    version = ProductVersion.objects.select_related("holder").get()
    assert (version.pack_size, version.pack_unit) == (50, "箱")
    assert version.containers == [{"unit": "盒", "holds": 5}, {"unit": "箱", "holds": 10}]
    assert (version.holder.name, version.maker_name) == ("北京泰德", "浙江京新")
    assert counts(merged(world, products(row), now=LATER)) == (0, 0, 1, 0)


def test_a_pack_that_contradicts_its_containers_is_a_fault(world):
    batch = read(world, products(TABLET | {"packaging": "10片/板×2板/盒"}))
    assert faults(batch) == [(2, "packaging", "The containers hold 20/盒, the row says otherwise.")]


def test_a_later_file_adds_a_fill_and_does_not_undo_what_is_known(world):
    merged(world, products(TABLET))
    merged(world, products(TABLET | {"fill": "0.3g"}), now=LATER)
    assert str(Item.objects.get().quantities) == "0.3g:5mg"
    assert counts(merged(world, products(TABLET), now=LATER)) == (0, 0, 1, 0)


def test_one_medicine_in_three_widths_is_one_and_the_preview_says_which_rows_are_the_same(world):
    batch = read(world, shared("uploads/c02_fullwidth_pair.csv").read_bytes())
    assert counts(batch) == (1, 0, 2, 0)
    said = StagedRow.objects.filter(batch=batch, effect="same").order_by("number").values_list("changes", flat=True)
    assert list(said) == [{"row": [3, 2]}, {"row": [4, 2]}]


def test_strokes_where_nothing_is_are_empty(world):
    merged(world, shared("uploads/c08_placeholders.csv").read_bytes())
    assert sorted(Item.objects.values_list("name", "strength", "form")) == [
        ("氯化钠注射液", "", "片剂"),
        ("葡萄糖注射液", "", ""),
    ]
    assert not ProductVersion.objects.exclude(brand="").exists()
    batch = read(world, shared("uploads/c08b_placeholder_strength_only.csv").read_bytes())
    assert counts(batch) == (0, 0, 2, 0)


GUIDE = {"price_kind": "指导价", "valid_from": "2012-01-01", "source": "777doc.com/doc-359664"}
AWARD = {"price_kind": "中选价", "valid_from": "2019-04-01"}


def _guide_prices() -> list[dict[str, str]]:
    """13 published guide prices of three medicines, one of them in two dosage forms (NDRC, traditional medicines)."""
    with shared("ndrc_guide_prices_sample.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _named(row: dict[str, str], **change: str) -> dict[str, str]:
    return {"item_name": row["name"], "form": row["form"], "strength": row["spec"]} | change


def test_the_published_guide_prices_are_imported_each_for_its_dosage_form(world):
    rows = _guide_prices()
    merged(world, products(*(_named(row, kind="drug", base_unit=row["unit"]) for row in rows)))
    assert Item.objects.count() == 13
    merged(world, prices(*(_named(row, price=row["guide_retail_price_yuan"]) | GUIDE for row in rows)))
    for row in rows:
        entry = PriceEntry.objects.get(item__name=row["name"], item__form=row["form"], item__strength=row["spec"])
        assert entry.price == Decimal(row["guide_retail_price_yuan"])


def test_representative_prices_of_one_name_clash_unless_the_form_tells_them_apart(world):
    """A representative price, from which others are converted, is that of a medicine in a dosage form."""
    rows = [row for row in _guide_prices() if row["mark"]]
    merged(world, products(*(_named(row, kind="drug", base_unit=row["unit"], strength="") for row in rows)))
    priced = [_named(row, price=row["guide_retail_price_yuan"], strength="") | GUIDE for row in rows]
    assert faults(read(world, prices(*(row | {"form": ""} for row in priced))))
    assert counts(merged(world, prices(*priced))) == (len(rows), 0, 0, 0)


def test_the_26_published_prices_of_2018_are_imported_where_other_forms_are_sold_too(world):
    with shared("vbp_4plus7_2018_winners.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    said = [{"item_name": row["generic_name"], "strength": row["strength"]} for row in rows]
    forms = ({"form": "片剂"}, {"form": "胶囊剂"})
    merged(world, products(*(one | form | {"kind": "drug", "base_unit": "片"} for one in said for form in forms)))
    priced = [
        one | AWARD | {"price": row["winning_price_per_pack_yuan"], "units": row["pack_size"], "source": row["source"]}
        for one, row in zip(said, rows, strict=True)
    ]
    assert len(faults(read(world, prices(*priced)))) == 26
    assert counts(merged(world, prices(*(row | forms[0] for row in priced)))) == (26, 0, 0, 0)
    assert not PriceEntry.objects.filter(item__form_key="胶囊剂").exists()
