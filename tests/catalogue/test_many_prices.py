"""Many prices are proposed at once, typed, pasted or from a file, and refused at their rows and fields."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import actions
from catalogue.models import Item, PriceChange, PriceEntry, Product
from catalogue.rules import ParsedCode, PriceFact
from core.clock import legal_date
from tests.catalogue.files import PRECISE, merged, numbered, price_recorded, products
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW

TODAY = legal_date(NOW)
ADDRESS = "/catalogue/price-changes/propose/"
API = "/api/v1/price-changes/propose/"
CODE = PRECISE["national_code"]


@pytest.fixture
def items(world):
    merged(world, products(*numbered(3), PRECISE))
    return list(Item.objects.order_by("pk"))


def sent(*rows, **said):
    """A grid as a browser sends it: rows of what it is of, price, units and another region."""
    given = {"act": "record", "kind": "ceiling", "region": "420000", "valid_from": TODAY.isoformat()}
    given |= {"reason": "as published", "source": "notice 7"} | said
    for number, row in enumerate(rows, 1):
        names = ("of", "price", "units", "region")
        given |= {f"{name}-{number}": text for name, text in zip(names, row, strict=False)}
    return given


def errors_of(answer):
    return {name: [str(error) for error in errors] for name, errors in answer.context["form"].errors.items()}


def test_a_grid_of_prices_is_one_change_that_another_person_confirms(world, items):
    product = Product.objects.get(key=CODE)
    client = sitting(world.cataloguer)
    assert "Propose many prices" in client.get(reverse("catalogue:price-changes")).content.decode()
    assert client.get(ADDRESS).status_code == 200
    rows = [
        (items[0].reference, "0.5"),
        ("", "", ""),
        (CODE.lower(), "12.6", "28", "420100"),
        (items[1].reference, "0.7"),
    ]
    answer = client.post(ADDRESS, sent(*rows))
    change = PriceChange.objects.get()
    assert answer.url == change.get_absolute_url()
    lines = [(line.item_id, line.product_id, line.price, line.units, line.region_id) for line in change.lines.all()]
    assert lines == [
        (items[0].pk, None, Decimal("0.5"), 1, "420000"),
        (product.item_id, product.pk, Decimal("12.6"), 28, "420100"),
        (items[1].pk, None, Decimal("0.7"), 1, "420000"),
    ]
    assert not PriceEntry.objects.exists()
    actions.confirm_price_change(change=change, by=world.second_cataloguer, now=NOW)
    assert PriceEntry.objects.filter(kind="ceiling", source="notice 7").count() == 3
    assert sitting(world.pharmacist).get(ADDRESS).status_code == 403


def test_an_old_code_names_the_product_that_has_the_new_one(world, items):
    new = CODE[:-7] + "0200662"
    actions.set_codes(rows=[ParsedCode(CODE, new, reason="merged codes")], by=world.cataloguer, now=NOW)
    sitting(world.cataloguer).post(ADDRESS, sent((CODE, "1"), (new, "2", "", "420100")))
    assert {line.product.key for line in PriceChange.objects.get().lines.all()} == {new}


def test_what_is_wrong_stands_at_its_row_and_field_and_nothing_is_proposed(world, items):
    answer = sitting(world.cataloguer).post(
        ADDRESS,
        sent(
            ("I-0", "1"), (items[0].reference, ""), ("", "2"), (items[1].reference, "x", "0"), (CODE, "1", "", "无此地")
        ),
    )
    assert set(errors_of(answer)) == {"of-1", "price-2", "of-3", "price-4", "units-4", "region-5"}
    for given in (sent(), sent((items[0].reference, "0"))):
        assert errors_of(sitting(world.cataloguer).post(ADDRESS, given))
    assert not PriceChange.objects.exists()


def test_what_the_register_refuses_stands_at_its_row_too(world, items):
    fact = PriceFact(items[1].pk, "420000", Decimal("0.9"), 1, TODAY, "notice 1")
    price_recorded(world, fact, "ceiling")
    client = sitting(world.cataloguer)
    answer = client.post(ADDRESS, sent((items[0].reference, "1"), (items[1].reference, "1")))
    assert list(errors_of(answer)) == ["of-2"]
    assert "Only one may hold" in errors_of(answer)["of-2"][0]
    answer = client.post(ADDRESS, sent((items[0].reference, "1"), (items[2].reference, "1"), (items[0].reference, "2")))
    assert errors_of(answer) == {"of-3": ["Two prices are given for the same thing."]}
    answer = client.post(ADDRESS, sent((items[1].reference, "1")))
    assert "Only one may hold" in errors_of(answer)["valid_from"][0]
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    answer = client.post(ADDRESS, sent((items[0].reference, "1"), valid_to=yesterday))
    assert "valid_to" in errors_of(answer) or "of-1" in errors_of(answer)
    answer = client.post(ADDRESS, sent((items[0].reference, "1"), act="cut"))
    assert "A cut is of a payment standard" in str(errors_of(answer))
    assert PriceChange.objects.count() == 1


def test_a_file_fills_the_grid(world, items):
    text = "Item or product,Price,Of how many base units,Another region\n"
    text += f"{items[0].reference},0.5,,\n{CODE},¥12.60,28,420100\n"
    file = SimpleUploadedFile("prices.csv", text.encode())
    answer = sitting(world.cataloguer).post(ADDRESS, sent() | {"read": "table", "sheet-table": file})
    assert not PriceChange.objects.exists()
    held = {row.key: [row[name].value() for name in row.fields] for row in answer.context["form"].rows}
    assert held["1"][:2] == [items[0].reference, "0.5"]
    assert [str(value) for value in held["2"]] == [CODE, "12.60", "28", "420100"]
    template = sitting(world.cataloguer).get(ADDRESS, {"template": "table.csv"})
    assert (
        "Item or product" in b"".join(template.streaming_content if template.streaming else [template.content]).decode()
    )


def test_a_grid_of_many_rows_asks_no_more_of_the_database_than_one_of_few(world, items):
    client = sitting(world.cataloguer)

    def asked(count):
        with CaptureQueriesContext(connection) as queries:
            rows = [(item.reference, "1") for item in Item.objects.order_by("pk")[:count]]
            assert client.post(ADDRESS, sent(*rows)).status_code == 302
        return len(queries)

    merged(world, products(*numbered(60)))
    asked(2)
    assert asked(50) == asked(2)


def send(seat, key, **asked):
    given = {"reason": "as published", "source": "notice 7", **asked}
    return program_of(seat).post(API, given, format="json", headers={"Idempotency-Key": key})


def line(item, price, **more):
    return {
        "kind": "ceiling", "item": item.reference, "region": "420000", "price": price, "units": 1,
        "valid_from": TODAY.isoformat(),
    } | more  # fmt: skip


def test_a_program_proposes_many_prices_at_once(world, items):
    product = Product.objects.get(key=CODE)
    prices = [line(items[0], "0.5"), line(product.item, "12.6", product=product.reference, units=28)]
    answer = send(world.cataloguer, "prices-of-march-1", prices=prices)
    assert answer.status_code == 201, answer.content
    assert [(one["price"], one["product"]) for one in answer.json()["lines"]] == [
        ("0.500000", None), ("12.600000", product.reference),
    ]  # fmt: skip
    wrong = [line(items[0], "0.5"), line(items[1], "1") | {"item": "I-0"}]
    answer = send(world.cataloguer, "prices-of-march-2", prices=wrong)
    assert answer.status_code == 400
    [fault] = answer.json()["faults"]
    assert (fault["row"], fault["field"]) == (2, "item") or fault["field"].endswith("item")
    twice = [line(items[1], "0.5"), line(items[1], "0.6")]
    answer = send(world.cataloguer, "prices-of-march-3", prices=twice)
    assert (answer.status_code, answer.json()["faults"][0]["row"]) == (422, 2)
    assert send(world.pharmacist, "prices-of-march-4", prices=prices).status_code == 403
    assert PriceChange.objects.count() == 1
