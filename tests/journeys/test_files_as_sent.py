"""Spreadsheets as people really send them, each answered as it should be, by page, command and program.

The examples stand beside the project in ``shared/data/uploads``, whose README says what is right of each.
"""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import OrganisationKind
from catalogue import actions
from catalogue.actions.imports import faults_of
from catalogue.models import CatalogueImport, Item, PriceEntry
from catalogue.rules import identity_keys
from core.actions import action
from core.clock import legal_date
from demand.actions import WindowPlan, open_window
from demand.models import DemandEntry
from tests.catalogue.files import LISTED, PRECISE, listed, merged, products
from tests.roles import program_of
from tests.world import NOW

EXAMPLES = Path(os.environ.get("UPLOADS", Path(__file__).parents[3] / "shared" / "data" / "uploads"))
needs_examples = pytest.mark.skipif(not EXAMPLES.is_dir(), reason=f"the example files are not there: {EXAMPLES}")
BACKEND = "django.contrib.auth.backends.ModelBackend"
METRONIDAZOLE = PRECISE | {"national_code": "", "item_name": "甲硝唑片", "strength": "0.2g", "pack_size": "24"}


def example(name):
    return (EXAMPLES / name).read_bytes()


# What each file of the catalogue comes to: the new rows, those that fall together with others, and words of a note; or
# the row, column and words of its one fault.
CATALOGUE = {
    "c01_gbk.csv": (2, 0, ""),
    "c02_fullwidth_pair.csv": (1, 2, "count once: 2 (row 3, 4)"),
    "c02b_fullwidth_digits.csv": (2, 0, ""),
    "c03_merged_strength.xlsx": (3, 0, ""),
    "c04_title_row.xlsx": (1, 0, ""),
    "c04b_title_row.csv": (1, 0, ""),
    "c08_placeholders.csv": (2, 0, ""),
    "c08b_placeholder_strength_only.csv": (1, 1, "count once: 1 (row 3)"),
    "c10_date_3.csv": (1, 0, ""),
    "c10_date_4.csv": (1, 0, ""),
    "c11_serial_formula.xlsx": (3, 0, "Columns that are not read: 序号."),
    "c12b_hidden_row.xlsx": (2, 0, "Hidden rows that were read like the others: 1 (row 3)."),
    "c14_decorated_headings.xlsx": (1, 0, ""),
    "p15_currency_cn.csv": (1, 0, ""),
    "p15_heading_unit.csv": (1, 0, ""),
    "p15_price_1.csv": (1, 0, ""),
}
TWO_TEXTS = "c17_gbk_valid_utf8.csv"
CONTRADICTION = "p16_code_of_one_pack_of_another.csv"


def by_page(world, name):
    client = Client()
    client.force_login(world.cataloguer.person, backend=BACKEND)
    answer = client.post(reverse("catalogue:stage-import"), {"file": SimpleUploadedFile(name, example(name))})
    if answer.status_code != 302:
        return answer.content.decode()
    return client.get(reverse("catalogue:import", args=[_read().reference])).content.decode()


def by_program(world, name):
    client = program_of(world.cataloguer)
    answer = client.post("/api/v1/imports/", {"file": SimpleUploadedFile(name, example(name))}, format="multipart")
    if answer.status_code != 202:
        return answer.json()
    return client.get(f"/api/v1/imports/{_read().reference}/").json()


def _read():
    """The file, read as the worker would."""
    batch = CatalogueImport.objects.first()
    actions.read_import(batch=batch, now=NOW)
    return batch


def by_command(name):
    out = StringIO()
    call_command("import_prices" if name.startswith("p") else "import_catalogue", str(EXAMPLES / name), stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _catalogue(world):
    merged(world, products(METRONIDAZOLE), "before.csv")
    merged(world, listed(LISTED), "list.csv")
    merged(world, products(PRECISE), "codes.csv")


@needs_examples
@pytest.mark.parametrize("name", CATALOGUE)
def test_a_file_of_the_catalogue_is_read_as_it_is_meant(world, name):
    new, same, note = CATALOGUE[name]
    shown = by_page(world, name)
    batch = CatalogueImport.objects.first()
    assert (batch.status, batch.new, batch.same, faults_of(batch)) == ("ready", new, same, [])
    assert note in shown
    state = by_program(world, name)
    assert (state["status"], state["new"], state["same"]) == ("ready", new, same)
    assert note in " ".join(state["notes"])
    told = by_command(name)
    assert f"{new} were new" in told
    assert note in told


@needs_examples
def test_every_row_of_a_merged_area_has_its_value():
    by_command("c03_merged_strength.xlsx")
    assert Item.objects.get(name="氯雷他定片").strength == "10mg"


@needs_examples
def test_bytes_that_are_two_texts_are_refused_with_both(world):
    told = "The text may be UTF-8 (“ģ”) or GBK (“模”). Save the file as “CSV UTF-8” or as .xlsx."
    assert told in by_page(world, TWO_TEXTS)
    assert told in by_program(world, TWO_TEXTS)["message"]
    with pytest.raises(CommandError, match="may be UTF-8"):
        by_command(TWO_TEXTS)


@needs_examples
def test_a_price_may_not_contradict_its_code(world):
    told = "The code is that of “{}”; correct the row, or leave this cell empty."
    expected = [
        ("通用名", told.format("比卡鲁胺片")),
        ("规格", told.format("50mg")),
        ("包装数量", told.format("28")),
        ("生产企业", told.format("上海朝晖")),
    ]
    shown = by_page(world, CONTRADICTION)
    assert all(message in shown for _column, message in expected)
    assert [(fault.row, fault.field, fault.message) for fault in faults_of(CatalogueImport.objects.first())] == [
        (2, *fault) for fault in expected
    ]
    assert by_program(world, CONTRADICTION)["status"] == "faulty"
    with pytest.raises(CommandError, match="The file has errors"):
        by_command(CONTRADICTION)
    assert not PriceEntry.objects.exists()


# --- Reports of demand ---
LINES = (("厄贝沙坦片", "75mg"), ("苯磺酸氨氯地平片", "5mg"), ("Item 000", "5mg"))
# What stands in the cells after each file, and what is told.
REPORTS = {
    "d02_second_sheet_filled.xlsx": (
        ["300", "20", ""],
        "The sheets “Sheet” and “填报” hold the same table. Keep the one that counts.",
    ),
    "d04_template_of_DW-2026-0003.csv": (
        ["300", "20", ""],
        "Row 2, column B “品规”: The file says “冠状动脉药物洗脱支架” here, and the table says “厄贝沙坦片” of row 1.",
    ),
    "d05_partial_one_line.csv": (["300", "500", ""], ""),
    "d06_unit_column_says_box.csv": (
        ["300", "20", ""],
        "Row 2, column E “单位”: The file says “盒” here, and the table says “片” of row 1.",
    ),
    "d07_comma_10_20.csv": (["10,20", "20", ""], ""),
    "d08_english_template.csv": (["500", "20", ""], ""),
}


@pytest.fixture
def window(world):
    today = legal_date(timezone.now())
    plan = WindowPlan("Next year", today.year, today, today + timedelta(days=9))
    items = [_item(*line) for line in LINES]
    return open_window(plan=plan, items=items, hospitals=[world.hospital], by=world.officer, now=timezone.now())


@action
def _item(name, strength):
    said = {"name": name, "strength": strength, "form": "片剂"}
    return Item.objects.create(kind="drug", base_unit="片", pinyin=name, **said, **identity_keys(**said))


def upload(world, window, name, content, *typed):
    client = Client()
    client.force_login(world.pharmacist.person, backend=BACKEND)
    cells = {f"quantity-{number}": text for number, text in enumerate(typed, start=1)}
    data = {"read": "table", "sheet-table": SimpleUploadedFile(name, content), **cells}
    return client.post(reverse("demand:report-demand", args=[window.reference]), data)


@needs_examples
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_of_demand_is_read_as_it_is_meant(world, window, name):
    cells, told = REPORTS[name]
    answer = upload(world, window, name, example(name), "300", "20", "")
    form = answer.context["form"]
    assert [row["quantity"].value() for row in form.rows] == cells
    assert " ".join(form.non_field_errors()).startswith(told)
    assert bool(form.rows[0].errors) == (name == "d07_comma_10_20.csv")
    assert not DemandEntry.objects.exists()


@needs_examples
def test_what_a_file_replaces_and_what_it_leaves_is_said_before_it_counts(world, window):
    name = "d05_partial_one_line.csv"
    answer = upload(world, window, name, example(name), "300", "20", "")
    [change] = answer.context["form"].changes
    assert (change.row, change.before, change.after) == ("苯磺酸氨氯地平片 5mg", "20", "500")
    shown = " ".join(answer.content.decode().split())
    assert "The file changes 1 figure that stands here. </strong>" in shown
    assert "1 row that is filled in is not in the file and stays as it is." in shown


def template(world, window, kind):
    client = Client()
    client.force_login(world.pharmacist.person, backend=BACKEND)
    answer = client.get(reverse("demand:report-demand", args=[window.reference]), {"template": f"table.{kind}"})
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_knows_its_window_and_its_hospital(world, window, kind):
    today = legal_date(timezone.now())
    plan = WindowPlan("The same items again", today.year, today, today + timedelta(days=9))
    other = world.organisation(OrganisationKind.HOSPITAL)
    asked = {"hospitals": [world.hospital, other], "by": world.officer, "now": timezone.now()}
    again = open_window(plan=plan, items=[line.item for line in window.lines.all()], **asked)
    file = template(world, window, kind)
    assert not upload(world, window, f"t.{kind}", file).context["form"].non_field_errors()
    [told] = upload(world, again, f"t.{kind}", file, "300").context["form"].non_field_errors()
    assert f"This file was made for {window.reference} ({world.hospital.credit_code}) and not for" in told
    assert again.reference in told


def test_names_that_were_sorted_away_from_their_lines_are_refused(world, window):
    rows = template(world, window, "csv").decode("utf-8-sig").splitlines()
    mark, header, first, second, third = (row.split(",") for row in rows)
    first[1:5], second[1:5] = second[1:5], first[1:5]
    content = "\n".join(",".join(row) for row in (mark, header, [*first[:5], "7"], [*second[:5], "8"], third))
    form = upload(world, window, "t.csv", content.encode(), "300", "20", "").context["form"]
    assert [row["quantity"].value() for row in form.rows] == ["300", "20", ""]
    assert [told.partition(":")[0] for told in form.non_field_errors()] == [
        "Row 3, column B “Item”",
        "Row 4, column B “Item”",
    ]
