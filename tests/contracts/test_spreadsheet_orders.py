"""The template goes out, comes back filled in, and is read into the form before anything is ordered."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from contracts.models import Order
from tests.contracts.builders import current_contract
from tests.contracts.pages import sitting

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(world):
    return current_contract(world)


def upload(world, content, name="order.csv", **typed):
    sent = {**typed, "read": "table", "sheet-table": SimpleUploadedFile(name, content)}
    return sitting(world.pharmacist).post("/orders/place/", sent)


def packs(page):
    return [row["packs"].value() for row in page.context["form"].rows]


def told(page):
    return " ".join(page.context["form"].non_field_errors())


def rows_of(contract, *quantities):
    lines = [f"{contract.reference},{line},{packs}" for line, packs in enumerate(quantities, start=1)]
    return "\n".join(["contract,line,packs", *lines]).encode()


def test_the_template_filled_in_fills_the_form(world, contract):
    answer = sitting(world.pharmacist).get("/orders/place/?template=table.xlsx")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    header = [cell.value for cell in book.active[1]]
    assert header == [
        "Contract",
        "Line",
        "Product",
        "Item",
        "Price a pack",
        "Agreed",
        "Left to agreed",
        "At most",
        "Packs",
    ]
    assert book.active.cell(2, 4).value.endswith(f" · {world.supplier.name} · 7 / box")
    book.active.cell(2, len(header)).value = 12
    filled = BytesIO()
    book.save(filled)
    page = upload(world, filled.getvalue(), "order.xlsx")
    assert packs(page) == ["12", ""]
    assert "Read: 1 row." in page.content.decode()
    assert not Order.objects.exists()


def test_a_csv_of_the_hospitals_own_program_does_as_well_and_leaves_the_note(world, contract):
    page = upload(world, rows_of(contract, 3, "４"), note="ring the bell")
    assert packs(page) == ["3", "4"]
    assert page.context["form"]["note"].value() == "ring the bell"


@pytest.mark.parametrize("quantity", ["2.5", "-1", "NaN", "99999999999"])
def test_a_wrong_quantity_stands_in_its_cell_with_what_is_wrong(world, contract, quantity):
    page = upload(world, rows_of(contract, 3, quantity))
    assert packs(page) == ["3", quantity]
    assert [list(row.errors) for row in page.context["form"].rows] == [[], ["packs"]]
    assert not Order.objects.exists()


def test_lines_of_others_lines_twice_and_formulas_are_told_by_row_and_column(world, contract):
    assert "Row 2, column A “contract”: The table has no row “C-1999-0001-1”." in told(
        upload(world, b"contract,line,packs\nC-1999-0001,1,5\n")
    )
    twice = rows_of(contract, 1) + f"\n{contract.reference},1,2".encode()
    assert "Row 3, column A “contract”: This row stands there twice." in told(upload(world, twice))
    assert "Row 2, column C “packs”: The cell holds a formula" in told(upload(world, rows_of(contract, "=1+1")))
