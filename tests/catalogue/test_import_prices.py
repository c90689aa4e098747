"""A file of prices goes into the register whole or not at all, and twice is once."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import actions
from catalogue.models import Item, PriceEntry, ProductVersion
from catalogue.rules import PRICE_COLUMNS, parse_price_row, recognise
from tests.catalogue.files import PRECISE, PRICE, TABLET, as_csv, counts, merged, prices, products, read
from tests.world import NOW

HEADER = recognise(list(PRICE_COLUMNS))


@pytest.fixture(autouse=True)
def _catalogue(world):
    merged(world, products(TABLET, PRECISE))


def faults(world, *rows):
    from catalogue.actions.imports import faults_of

    return [(fault.row, fault.field, fault.message) for fault in faults_of(read(world, prices(*rows)))]


def test_prices_are_imported_for_items_and_for_products(world):
    of_code = {k: v for k, v in PRICE.items() if k not in ("item_name", "strength")}
    rows = (
        PRICE,
        PRICE | {"maker": "浙江京新", "price": "4.16", "price_kind": "award"},
        of_code | {"national_code": PRECISE["national_code"], "units": "1", "region": "湖北省"},
    )
    batch = merged(world, prices(*rows), "prices.csv")
    assert (batch.layout, counts(batch)) == ("prices", (3, 0, 0, 0))
    assert list(PriceEntry.objects.order_by("id").values_list("kind", "price", "units", "region_id")) == [
        ("ceiling", Decimal("0.52"), 1, "420000"),
        ("award", Decimal("4.16"), 28, "420000"),
        ("ceiling", Decimal("0.52"), 1, "420000"),
    ]
    whole, product, coded = PriceEntry.objects.order_by("id")
    assert (whole.product, product.item, coded.product.key) == (None, whole.item, PRECISE["national_code"])
    assert whole.recorded_by == world.cataloguer


def test_the_same_file_again_changes_nothing(world):
    rows = (PRICE, PRICE | {"price_kind": "guide", "valid_to": "2026-12-31"})
    merged(world, prices(*rows))
    assert counts(merged(world, prices(*rows))) == (0, 0, 2, 0)
    assert PriceEntry.objects.count() == 2


def test_a_running_price_ends_the_day_before_the_next(world):
    merged(world, prices(PRICE))
    batch = merged(world, prices(PRICE | {"price": "0.50", "valid_from": "2026-07-01"}))
    assert counts(batch) == (0, 1, 0, 0)
    assert batch.staged_rows.get().changes == {"price": ["0.52", "0.5"]}
    assert list(PriceEntry.objects.order_by("valid_from").values_list("valid_to", flat=True)) == [
        date(2026, 6, 30),
        None,
    ]
    assert counts(merged(world, prices(PRICE))) == (0, 0, 1, 0)


def test_an_overlap_with_the_register_is_a_fault_that_names_the_other_entry(world):
    merged(world, prices(PRICE | {"valid_to": "2026-12-31"}))
    assert faults(world, PRICE | {"price": "0.50", "valid_from": "2026-07-01"}) == [
        (2, "valid_from", "Overlaps with the price 0.52 from 2026-01-01 to 2026-12-31 (notice of 2026).")
    ]


def test_an_overlap_within_the_file_is_a_fault(world):
    assert faults(world, PRICE, PRICE | {"price": "0.50"}, PRICE) == [
        (3, "valid_from", "Row 2 has another price for the same days."),
        (4, "valid_from", "Row 3 has another price for the same days."),
    ]


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"price": "0.1234567"}, "price", "A price has at most 6 decimals."),
        ({"price": "NaN"}, "price", "A price is a plain number"),
        ({"price": "Infinity"}, "price", "A price is a plain number"),
        ({"price": "-1"}, "price", "A price is a plain number"),
        ({"price": "10,20"}, "price", "A price is a plain number"),
        ({"price": "1234,567"}, "price", "A price is a plain number"),
        ({"price": "1e3"}, "price", "A price is a plain number"),
        ({"price": "٣"}, "price", "A price is a plain number"),
        ({"price": "0"}, "price", "A price is above zero."),
        ({"price": "9" * 40}, "price", "The price is too large."),
        ({"price": ""}, "price", "The price is missing."),
        ({"price_kind": "tariff"}, "price_kind", "Expected one of: award, ceiling, guide"),
        ({"currency": "USD"}, "currency", "Prices are kept in CNY."),
        ({"valid_from": "soon"}, "valid_from", "Expected a date like 2026-01-31."),
        ({"valid_to": "2025-12-31"}, "valid_to", "The end cannot be before the start."),
        ({"units": "half"}, "units", "Expected a whole number"),
        ({"source": ""}, "source", "The source of the price is missing."),
        ({"item_name": "", "strength": ""}, "item_name", "Say what the price is for"),
        ({"national_code": "XL02"}, "national_code", "The code ends before position 5"),
        ({"item_name": "无此药"}, "item_name", "The catalogue has no such item or product."),
        ({"maker": "无此厂"}, "item_name", "The catalogue has no such item or product."),
        ({"national_code": "XL02BBB085A001010100999"}, "national_code", "The catalogue has no product with this code."),
        ({"region": "Atlantis"}, "region", "No region has this code or name."),
    ],
)
def test_each_fault_stands_at_its_row_and_column(world, change, column, words):
    [(row, field, message)] = faults(world, PRICE | {"price_kind": "guide"}, PRICE | change)
    assert (row, field) == (3, column)
    assert message.startswith(words)
    assert not PriceEntry.objects.exists()


def test_a_name_that_fits_several_things_asks_for_more(world):
    merged(world, products(TABLET | {"strength": "10mg"}))
    [(_row, field, message)] = faults(world, {**PRICE, "strength": ""})
    assert field == "item_name"
    assert message == "2 things fit; add strength, form, maker, brand or pack, or give the code."


def test_a_product_of_unknown_pack_needs_the_units_of_its_price(world):
    from tests.catalogue.files import LISTED, listed

    code = "XL02BBB085A001010900662"
    merged(world, listed(LISTED | {"code": code, "pack_code": "09"}))
    assert ProductVersion.objects.get(national_code=code).pack_size is None
    row = PRICE | {"item_name": "", "strength": "", "national_code": code}
    [(_row, field, _message)] = faults(world, row)
    assert field == "units"
    assert counts(read(world, prices(row | {"units": "28"}))) == (1, 0, 0, 0)


def test_a_price_recorded_after_the_preview_leaves_the_file_with_its_errors(world):
    from catalogue.rules import PriceFact

    batch = read(world, prices(PRICE))
    item = Item.objects.get(name=PRICE["item_name"])
    fact = PriceFact(
        item_id=item.pk,
        region_code=world.region.pk,
        price=Decimal("0.60"),
        units=1,
        valid_from=date(2026, 2, 1),
        source="by hand",
    )
    actions.record_price(fact=fact, kind="ceiling", by=world.cataloguer, now=NOW)
    actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)
    actions.apply_import(batch=batch, now=NOW)
    assert batch.status == "faulty"
    assert PriceEntry.objects.count() == 1


def test_chinese_headings_and_words_are_taken(world):
    row = {PRICE_COLUMNS[name]: text for name, text in (PRICE | {"price_kind": "最高有效申报价"}).items()}
    assert counts(merged(world, as_csv(PRICE_COLUMNS.values(), [row]))) == (1, 0, 0, 0)


@given(st.fixed_dictionaries({}, optional={name: st.text(max_size=30) for name in PRICE_COLUMNS}))
def test_any_cells_are_read_or_refused_and_nothing_else(row):
    answer = parse_price_row(row, HEADER, "CNY")
    if isinstance(answer, list):
        assert answer
        assert all(error.column in PRICE_COLUMNS and error.message for error in answer)
    else:
        assert answer.price > 0


@given(st.decimals(min_value=Decimal("0.000001"), max_value=Decimal("999999999999"), places=6))
def test_every_price_of_six_decimals_is_read_exactly(price):
    answer = parse_price_row(PRICE | {"price": f"{price:f}"}, HEADER, "CNY")
    assert answer.price == price


def test_a_name_that_several_regions_have_is_a_fault(world):
    assert faults(world, PRICE | {"region": "朝阳区"}, PRICE | {"region": "北京市朝阳区"}) == [
        (2, "region", "Several regions have this name; give the code, or the full name such as 湖北省武汉市.")
    ]
