"""Files of prices and products, sent in whatever way: each row says what was meant, or is refused where it does not."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from catalogue.actions.reading import Upload
from catalogue.rules import PRICE_COLUMNS, TEMPLATE_COLUMNS, parse_price_row, parse_row, recognise
from core.errors import Refused
from tests.core.sent import SentColumn, counts, days, prices, sent, texts, wide

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
NOTHING = ("", "/", "—", "-", "无", " — ", "／")
MAKER = SentColumn("maker", ("生产企业",), texts, ("{}", "{}（全称）"))


def nothing_or(write):
    return lambda value: write(value) if value else st.sampled_from(NOTHING)


def column(name, known, write, *decorations):
    return SentColumn(
        name, (known[name], name.replace("_", " ").title()), write, decorations or ("{}", "*{}", "{}（必填）")
    )


PRICES = (
    column("price_kind", PRICE_COLUMNS, lambda value: st.sampled_from([value, "限价", "Ceiling"])),
    column("item_name", PRICE_COLUMNS, texts),
    column("strength", PRICE_COLUMNS, nothing_or(texts)),
    column("price", PRICE_COLUMNS, prices, "{}", "{}（元）", "{}(人民币)*"),
    column("currency", PRICE_COLUMNS, lambda _value: st.sampled_from(["", "CNY", "人民币", "元", "RMB", "/"])),
    column("units", PRICE_COLUMNS, nothing_or(counts)),
    column("valid_from", PRICE_COLUMNS, days),
    column("valid_to", PRICE_COLUMNS, nothing_or(days)),
    column("source", PRICE_COLUMNS, texts),
)
A_PRICE = st.fixed_dictionaries(
    {
        "price_kind": st.just("ceiling"),
        "item_name": st.sampled_from(["甲硝唑片", "阿奇霉素片"]),
        "strength": st.sampled_from(["", "0.2g"]),
        "price": st.decimals(Decimal("0.01"), 10**6, places=2),
        "currency": st.just(""),
        "units": st.one_of(st.none(), st.integers(1, 10**6)),
        "valid_from": st.dates(date(2000, 1, 1), date(2030, 1, 1)),
        "valid_to": st.one_of(st.none(), st.dates(date(2031, 1, 1), date(2090, 1, 1))),
        "source": st.just("自编"),
    }
)
PRODUCTS = (
    column("kind", TEMPLATE_COLUMNS, lambda value: st.sampled_from([value, "药品", "Drug"])),
    column("item_name", TEMPLATE_COLUMNS, texts, "{}", "*{}", "＊{}"),
    column("strength", TEMPLATE_COLUMNS, nothing_or(lambda value: st.sampled_from([value, wide(value)]))),
    column("base_unit", TEMPLATE_COLUMNS, texts),
    MAKER,
    column("pack_size", TEMPLATE_COLUMNS, counts, "{}", "{}\n(片/盒)", "{}（片）"),
    column("pack_unit", TEMPLATE_COLUMNS, texts),
    column("valid_from", TEMPLATE_COLUMNS, nothing_or(days)),
    column("note", TEMPLATE_COLUMNS, nothing_or(texts)),
)
A_PRODUCT = st.fixed_dictionaries(
    {
        "kind": st.just("drug"),
        "item_name": st.sampled_from(["甲硝唑片", "阿奇霉素片"]),
        "strength": st.sampled_from(["", "0.2g", "0.25g"]),
        "base_unit": st.just("片"),
        "maker": st.just("某某制药有限公司"),
        "pack_size": st.integers(1, 10**6),
        "pack_unit": st.just("盒"),
        "valid_from": st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2030, 1, 1))),
        "note": st.just(""),
    }
)


def staged(file):
    """The rows of a file as they are staged; nothing where its bytes may be two texts."""
    try:
        return list(Upload(file.name, file.content).rows())
    except Refused as refusal:
        if "may be UTF-8" in refusal.message:
            return None
        raise


@given(st.data(), st.lists(A_PRICE, min_size=1, max_size=4))
@settings(max_examples=40, phases=QUICK)
def test_prices_are_read_as_they_are_meant(data, rows):
    file = data.draw(sent(PRICES, rows))
    found = staged(file)
    if found is None:
        return
    assert [(number, faults) for number, _values, faults in found] == [(number, []) for number in file.rows]
    for (_number, values, _faults), row in zip(found, rows, strict=True):
        said = {name: values.get(name) for name in ("item_name", "strength", "units", "valid_to")}
        meant = {"item_name": row["item_name"], "strength": row["strength"] or None, "units": row["units"]}
        assert said == meant | {"valid_to": row["valid_to"] and row["valid_to"].isoformat()}
        assert (Decimal(values["price"]), values["valid_from"]) == (row["price"], row["valid_from"].isoformat())


@given(st.data(), st.lists(A_PRODUCT, min_size=1, max_size=4))
@settings(max_examples=40, phases=QUICK)
def test_products_are_read_as_they_are_meant(data, rows):
    file = data.draw(sent(PRODUCTS, rows, merge=("strength", "kind", "item_name", "maker")))
    found = staged(file)
    if found is None:
        return
    assert [(number, faults) for number, _values, faults in found] == [(number, []) for number in file.rows]
    for (_number, values, _faults), row in zip(found, rows, strict=True):
        assert (values["name"], values["pack_size"], values["pack_unit"]) == (row["item_name"], row["pack_size"], "盒")
        assert values.get("strength_key", "") == row["strength"]
        assert values.get("valid_from") == (row["valid_from"] and row["valid_from"].isoformat())


@given(st.data(), st.lists(A_PRICE, min_size=1, max_size=4), st.sampled_from(["10,20", "12.5万", "1234,567", "1.2.3"]))
@settings(max_examples=20, phases=QUICK)
def test_a_price_that_may_be_two_is_refused_at_its_row_and_heading(data, rows, price):
    at = data.draw(st.integers(0, len(rows) - 1))
    rows[at] |= {"price": price}
    columns = [
        SentColumn(one.name, one.headings, lambda value: st.just(value) if isinstance(value, str) else prices(value))
        if one.name == "price"
        else one
        for one in PRICES
    ]
    file = data.draw(sent(columns, rows))
    found = staged(file)
    if found is not None:
        [(number, [fault])] = [(number, faults) for number, _values, faults in found if faults]
        assert number == file.rows[at]
        assert any(heading.lower() in fault["column"].lower() for heading in ("price", "价格"))


def test_a_heading_that_counts_in_something_else_is_refused_in_each_row():
    headings = ["kind", "item_name", "base_unit", "maker", "包装数量（盒/箱）", "pack_unit"]
    found = parse_row(
        dict(zip(headings, ["drug", "甲硝唑片", "片", "某厂", "24", "盒"], strict=True)), recognise(headings)
    )
    assert [(error.column, error.message) for error in found] == [
        ("包装数量（盒/箱）", "The heading counts in “盒/箱”, and this row in “片/盒”.")
    ]


@pytest.mark.parametrize(("units", "faults"), [("", ["计价数量"]), ("1", [])])
def test_a_price_by_the_tablet_says_of_how_many_it_is(units, faults):
    headings = ["价格类型", "通用名", "价格（元/片）", "计价数量", "生效日期", "来源"]
    row = dict(zip(headings, ["限价", "甲硝唑片", "0.5", units, "2026-03-01", "自编"], strict=True))
    found = parse_price_row(row, recognise(headings), "CNY")
    assert [error.column for error in found] == faults if faults else found.units == 1
