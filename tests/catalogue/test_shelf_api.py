"""A supplier's own system fills its shelf, by JSON and by a file; nobody else's reads it."""

from base64 import b64encode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalogue import actions
from catalogue.models import Product, ShelfDocument
from tests.catalogue.files import TABLET, merged, products
from tests.roles import program_of
from tests.world import NOW

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 approved"
FILE = {"name": "approval.pdf", "content": b64encode(PDF).decode()}


@pytest.fixture
def product(world):
    merged(world, products(TABLET))
    product = Product.objects.get()
    actions.link_maker(maker=product.maker, organisation=world.supplier, by=world.cataloguer, now=NOW)
    return product


def test_documents_come_with_their_products_and_files_all_or_none(world, product):
    mine = program_of(world.bid_manager)
    approval = {"kind": "approval", "number": "H1", "valid_until": "2099-01-01", "products": [product.reference]}
    sent = {"documents": [{**approval, "document": FILE}, {"kind": "business", "number": "B1"}]}
    answer = mine.post("/api/v1/shelf/", sent, format="json")
    assert answer.status_code == 201, answer.content
    first, second = answer.json()["documents"]
    assert (first["products"], first["document_name"]) == ([product.reference], "approval.pdf")
    assert (second["products"], second["valid_until"]) == ([], None)
    wrong = mine.post("/api/v1/shelf/", {"documents": [{"kind": "approval", "number": "H2"}]}, format="json").json()
    assert [(fault["row"], fault["code"]) for fault in wrong["faults"]] == [(1, "required")]
    assert ShelfDocument.objects.count() == 2
    address = f"/api/v1/shelf/{first['reference']}/"
    assert mine.get(f"{address}file/").json()["content"] == FILE["content"]
    assert mine.get(f"/api/v1/shelf/{second['reference']}/file/").status_code == 404
    attached = mine.post(f"/api/v1/shelf/{second['reference']}/attach/", FILE, format="json").json()
    assert attached["document_name"] == "approval.pdf"
    assert mine.post(f"/api/v1/shelf/{second['reference']}/attach/", FILE, format="json").status_code == 409
    listed = mine.get(f"/api/v1/shelf/?uses__product__reference={product.reference}").json()["results"]
    assert [one["reference"] for one in listed] == [first["reference"]]
    off = mine.post(f"{address}withdraw/", {"reason": "replaced"}, format="json").json()
    assert (off["withdrawal_reason"], bool(off["withdrawn_at"])) == ("replaced", True)


def test_a_spreadsheet_fills_it_and_says_which_row_is_wrong(world, product):
    mine = program_of(world.bid_manager)
    head = "kind,number,valid_from,valid_until,products\n"

    def fill(text):
        file = SimpleUploadedFile("shelf.csv", (head + text).encode())
        return mine.post("/api/v1/shelf/fill/", {"file": file}, format="multipart")

    wrong = fill("approval,H1,,2099-01-01,PD-0\nbusiness,B1,,,\n").json()
    assert [(fault["row"], fault["code"]) for fault in wrong["faults"]] == [(2, "invalid")]
    made = fill(f"approval,H1,,2099-01-01,{product.reference}\nbusiness,B1,,,\n")
    assert [one["number"] for one in made.json()["documents"]] == ["H1", "B1"]
    broken = mine.post("/api/v1/shelf/fill/", {"file": SimpleUploadedFile("a.xlsx", b"PK")}, format="multipart")
    assert broken.json()["code"] == "spreadsheet"


def test_others_find_nothing_and_officers_read_all(world, product):
    mine, officer = program_of(world.bid_manager), program_of(world.cataloguer)
    made = mine.post("/api/v1/shelf/", {"documents": [{"kind": "business", "number": "B1"}]}, format="json").json()
    address = f"/api/v1/shelf/{made['documents'][0]['reference']}/"
    stranger = program_of(world.seat(world.organisation("supplier"), "bid_manager"))
    assert [who.get(address).status_code for who in (mine, officer, stranger)] == [200, 200, 404]
    assert stranger.get("/api/v1/shelf/").json()["results"] == []
    assert officer.post("/api/v1/shelf/", {"documents": []}, format="json").status_code == 403
    assert stranger.post(f"{address}withdraw/", {"reason": "x"}, format="json").status_code == 404
    assert officer.post(f"{address}withdraw/", {"reason": "never was"}, format="json").status_code == 200
