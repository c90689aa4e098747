"""The template goes out, comes back filled in, and is read into the form before anything is ordered."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from contracts.models import Order
from tests.contracts.builders import current_contract
from tests.contracts.pages import sitting

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(world):
    return current_contract(world)


def upload(world, name, content):
    return sitting(world.pharmacist).post("/orders/upload/", {"file": SimpleUploadedFile(name, content)})


def rows_of(contract, *quantities):
    lines = [f"{contract.reference},{line},{packs}" for line, packs in enumerate(quantities, start=1)]
    return "\n".join(["contract,line,packs", *lines]).encode()


def test_the_template_filled_in_fills_the_form(world, contract):
    answer = sitting(world.pharmacist).get("/orders/template.xlsx")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    header = [cell.value for cell in book.active[1]]
    assert (header[0], header[1], header[-1]) == ("contract", "line", "packs")
    book.active.cell(2, len(header)).value = 12
    filled = BytesIO()
    book.save(filled)
    page = upload(world, "order.xlsx", filled.getvalue())
    assert [row.cells["packs"].value() for row in page.context["form"].rows] == [12, None]
    assert "Read: 1 quantities" in page.content.decode()
    assert not Order.objects.exists()


def test_a_csv_does_as_well(world, contract):
    template = b"".join(sitting(world.pharmacist).get("/orders/template.csv").streaming_content)
    assert template.decode("utf-8-sig").startswith("contract,line,")
    page = upload(world, "order.csv", rows_of(contract, 3, 4))
    assert [row.cells["packs"].value() for row in page.context["form"].rows] == [3, 4]


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        ("2.5", "Row 3, column “packs”: enter whole packs"),
        ("-1", "Row 3, column “packs”: enter whole packs"),
        ("NaN", "Row 3, column “packs”: enter whole packs"),
        ("٣", "Row 3, column “packs”: enter whole packs"),
        ("99999999999", "Row 3, column “packs”: enter whole packs"),
        ("=1+1", "Row 3, column “packs”: The cell holds a formula"),
    ],
)
def test_a_wrong_quantity_is_told_by_row_and_column(world, contract, quantity, words):
    page = upload(world, "order.csv", rows_of(contract, 3, quantity))
    assert words in " ".join(page.context["upload"].non_field_errors())
    assert [row.cells["packs"].value() for row in page.context["form"].rows] == [None, None]


def test_lines_of_others_and_lines_twice_are_told(world, contract):
    foreign = b"contract,line,packs\nC-1999-0001,1,5\n"
    assert "cannot order this line" in " ".join(upload(world, "a.csv", foreign).context["upload"].non_field_errors())
    twice = rows_of(contract, 1) + f"\n{contract.reference},1,2".encode()
    assert "twice" in " ".join(upload(world, "a.csv", twice).context["upload"].non_field_errors())


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("order.csv", b"a,b\n1,2\n", "lacks the columns: contract, line, packs"),
        ("order.csv", b"", "empty"),
        ("order.xlsx", b"PK\x03\x04 this is no workbook", ""),
        ("order.pdf", b"%PDF-1.7", "Only CSV and XLSX"),
    ],
)
def test_a_file_that_is_none_is_told_and_the_page_stands(world, contract, name, content, words):
    page = upload(world, name, content)
    assert page.status_code == 200
    errors = page.context["upload"].errors
    assert errors
    assert words in str(errors)


def test_a_formula_in_a_workbook_is_not_taken_for_its_value(world, contract):
    book = Workbook()
    book.active.append(["contract", "line", "packs"])
    book.active.append([contract.reference, 1, "=10*10"])
    content = BytesIO()
    book.save(content)
    page = upload(world, "order.xlsx", content.getvalue())
    assert "formula" in " ".join(page.context["upload"].non_field_errors())
