"""The same verbs over HTTP for programs, with tokens of seats."""

import gzip
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue import actions
from catalogue.models import CatalogueImport, Item, PriceEntry, Product
from tests.catalogue.files import PRECISE, PRICE, TABLET, merged, numbered, prices, products, read
from tests.roles import program_of
from tests.world import NOW


@pytest.fixture
def officer(world):
    return program_of(world.cataloguer)


@pytest.fixture
def hospital(world):
    return program_of(world.pharmacist)


def test_items_are_listed_searched_and_read(world, hospital):
    merged(world, products(TABLET, PRECISE))
    assert [item["name"] for item in hospital.get("/api/v1/items/").json()["results"]] == [
        "苯磺酸氨氯地平片",
        "比卡鲁胺片",
    ]
    [found] = hospital.get("/api/v1/items/", {"q": "bikalu"}).json()["results"]
    assert (found["strength"], found["code_prefix"], found["unverified"]) == ("50mg", "XL02BBB085A001", False)
    one = hospital.get(f"/api/v1/items/{found['reference']}/").json()
    assert one == found
    assert "id" not in one
    assert hospital.get("/api/v1/items/", {"kind": "consumable"}).json()["results"] == []


def test_what_has_not_changed_is_not_told_again(world, hospital):
    merged(world, products(TABLET))
    first = hospital.get("/api/v1/items/")
    has = {"If-None-Match": first.headers["ETag"]}
    again = hospital.get("/api/v1/items/", headers=has)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "private" in again.headers["Cache-Control"]
    assert {"Authorization", "Cookie", "Accept-Language"} <= set(first.headers["Vary"].split(", "))
    merged(world, products(PRECISE))
    assert len(hospital.get("/api/v1/items/", headers=has).json()["results"]) == 2
    assert hospital.get("/api/v1/orders/", headers=has).headers.get("ETag") is None


def test_an_answer_is_packed_for_a_token_and_never_for_a_session(client, world, hospital):
    """A page of another site can make a browser ask in a session, and watch how long the answer is."""
    merged(world, products(TABLET, PRECISE))
    takes = {"Accept-Encoding": "gzip"}
    plain = hospital.get("/api/v1/items/")
    packed = hospital.get("/api/v1/items/", headers=takes)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    unchanged = hospital.get("/api/v1/items/", headers=takes | {"If-None-Match": packed.headers["ETag"]})
    assert unchanged.status_code == 304
    client.force_login(world.pharmacist.person)
    for address in ("/api/v1/items/?q=bika", "/catalogue/?q=bika"):
        assert "Content-Encoding" not in client.get(address, headers=takes).headers


def test_products_come_with_their_versions(world, hospital):
    merged(world, products(PRECISE, TABLET))
    merged(world, products(PRECISE | {"pack_size": "30"}))
    item = Item.objects.get(name="比卡鲁胺片")
    [product] = hospital.get("/api/v1/products/", {"item": item.reference}).json()["results"]
    assert (product["maker"], product["maker_code"], product["item"]) == ("上海朝晖", "00662", item.reference)
    assert [(version["number"], version["pack_size"]) for version in product["versions"]] == [(1, 28), (2, 30)]
    assert hospital.get(f"/api/v1/products/{product['reference']}/").json() == product


def price_body(**changes):
    body = {"item": Item.objects.get().reference, "kind": "ceiling", "region": "420000", "price": "0.520000"}
    return body | {"units": 1, "valid_from": "2026-01-01", "source": "notice of 2026"} | changes


def test_a_price_is_recorded_read_and_ended(world, officer, hospital):
    merged(world, products(TABLET))
    answer = officer.post("/api/v1/prices/", price_body(), format="json")
    assert answer.status_code == 201, answer.json()
    recorded = answer.json()
    assert (recorded["price"], recorded["units"], recorded["valid_to"]) == ("0.520000", 1, None)
    [listed] = hospital.get("/api/v1/prices/", {"item": Item.objects.get().reference, "kind": "ceiling"}).json()[
        "results"
    ]
    assert listed == recorded
    address = f"/api/v1/prices/{recorded['reference']}/end/"
    assert officer.post(address, {"last_day": "2026-06-30"}, format="json").json()["valid_to"] == "2026-06-30"
    assert PriceEntry.objects.get().valid_to == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"price": "NaN"}, 400, "price"),
        ({"price": "Infinity"}, 400, "price"),
        ({"price": "0.1234567"}, 400, "price"),
        ({"price": "1e400"}, 400, "price"),
        ({"price": "-1"}, 422, "price"),
        ({"currency": "USD"}, 400, "currency"),
        ({"surprise": 1}, 400, "surprise"),
        ({"item": "I-0"}, 400, "item"),
        ({"valid_to": "2025-01-01"}, 422, "valid_to"),
    ],
)
def test_a_wrong_price_is_refused_at_its_field(world, officer, change, status, field):
    merged(world, products(TABLET))
    answer = officer.post("/api/v1/prices/", price_body(**change), format="json")
    assert answer.status_code == status, answer.json()
    assert [fault["field"] for fault in answer.json()["faults"]] == [field]
    assert not PriceEntry.objects.exists()


def test_an_overlapping_price_is_refused_with_the_name_of_the_other(world, officer):
    merged(world, products(TABLET))
    officer.post("/api/v1/prices/", price_body(), format="json")
    answer = officer.post("/api/v1/prices/", price_body(valid_from="2026-03-01"), format="json")
    assert answer.status_code == 422
    assert "notice of 2026" in answer.json()["message"]
    superseding = price_body(valid_from="2026-03-01", supersede=True)
    assert officer.post("/api/v1/prices/", superseding, format="json").status_code == 201


def upload(client, content, name="products.csv"):
    return client.post("/api/v1/imports/", {"file": SimpleUploadedFile(name, content)}, format="multipart")


def test_a_file_goes_from_upload_to_catalogue(officer):
    answer = upload(officer, products(TABLET))
    assert answer.status_code == 202, answer.json()
    reference = answer.json()["reference"]
    actions.read_import(batch=CatalogueImport.objects.get(), now=NOW)
    state = officer.get(f"/api/v1/imports/{reference}/").json()
    assert (state["status"], state["new"], state["rows"]) == ("ready", 1, 1)
    assert officer.post(f"/api/v1/imports/{reference}/merge/").json()["status"] == "merging"
    assert officer.post(f"/api/v1/imports/{reference}/merge/").status_code == 422
    actions.apply_import(batch=CatalogueImport.objects.get(), now=NOW)
    assert officer.get(f"/api/v1/imports/{reference}/").json()["status"] == "merged"
    assert Item.objects.count() == 1


def test_errors_of_rows_are_read_by_row_and_column(world, officer):
    batch = read(world, products(TABLET, TABLET | {"pack_size": "half"}))
    [fault] = officer.get(f"/api/v1/imports/{batch.reference}/errors/").json()
    assert (fault["row"], fault["field"]) == (3, "pack_size")
    assert officer.post(f"/api/v1/imports/{batch.reference}/merge/").status_code == 422
    assert officer.post(f"/api/v1/imports/{batch.reference}/discard/").json()["status"] == "discarded"


def test_a_file_that_is_none_is_refused(officer):
    answer = upload(officer, b"colour\nred\n")
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == "file"
    assert officer.post("/api/v1/imports/", {}, format="multipart").status_code == 400


def test_whoever_may_not_import_learns_nothing_of_imports(world, hospital):
    batch = read(world, products(TABLET))
    for address in ("", f"{batch.reference}/", f"{batch.reference}/errors/", "CI-0/"):
        assert hospital.get(f"/api/v1/imports/{address}").status_code == 403
    assert upload(hospital, products(TABLET)).status_code == 403
    assert hospital.post("/api/v1/prices/", {}, format="json").status_code == 403


def test_an_unknown_reference_is_not_found(officer):
    for address in ("items/I-0/", "products/P-0/", "imports/CI-0/"):
        assert officer.get(f"/api/v1/{address}").status_code == 404


@pytest.mark.parametrize("address", ["items", "products", "prices", "imports"])
def test_lists_cost_the_same_queries_for_three_rows_and_for_three_hundred(world, officer, address):
    rows, queries = numbered(303), []
    officer.get("/api/v1/me/")  # the first use of a token on a day is kept
    for some in (rows[:3], rows[3:]):
        merged(world, products(*some))
        merged(world, prices(*({**PRICE, "item_name": row["item_name"]} for row in some)))
        with CaptureQueriesContext(connection) as seen:
            assert officer.get(f"/api/v1/{address}/").status_code == 200
        queries.append(len(seen))
    assert queries[0] == queries[1]
    assert (Product.objects.count(), Decimal(PriceEntry.objects.first().price)) == (303, Decimal("0.52"))
