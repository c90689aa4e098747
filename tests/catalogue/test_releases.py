"""The national release: what its rows do to the catalogue, read on from a mark, all of it visible at once or none."""

import gzip
import io
import zipfile
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from catalogue import actions, tasks
from catalogue.actions.releases import acts, merging
from catalogue.models import CatalogueImport, Item, Maker, Product, ProductCode, ProductVersion, ReleaseRow
from core.actions import action
from core.errors import Denied, Refused
from core.models import Event, OutboxMessage, RowRecord
from tests.catalogue.files import as_xlsx
from tests.catalogue.releases import CODE, HEADINGS, STENT, as_release, counts, merged, numbered, read, stage
from tests.contracts.pages import sitting
from tests.world import NOW

LATER = NOW + timedelta(days=2)
NEW_CODE = f"{CODE[:13]}999{CODE[16:]}"


def version(code=CODE):
    return ProductVersion.objects.current().get(product__key=code)


def test_a_row_becomes_an_item_a_maker_and_a_product_with_all_that_it_says(world):
    batch = merged(world, as_release(STENT))
    item, product = Item.objects.get(), Product.objects.get()
    assert (item.kind, item.name, item.strength, item.code_prefix) == (
        "consumable",
        "脊柱内固定",
        "钛合金 万向",
        "C091001000",
    )
    assert (item.material, item.feature, item.category_code, item.initials) == ("钛合金", "万向", "091001", "jzngd")
    assert (product.key, product.maker.code, product.maker.name) == (CODE, "21179", "山东威高")
    said = version()
    assert (said.specification, said.model, said.approval_number, said.brand) == (
        "5mm",
        "A1",
        "国械注准20203130001",
        "脊柱内固定系统",
    )
    assert (said.national_code, said.source, batch.status) == (CODE, "release.csv", "merged")


def test_each_row_that_is_written_leaves_its_record_and_the_merge_its_event(world):
    before = RowRecord.objects.count()
    batch = merged(world, as_release(STENT, numbered(1)))
    written = RowRecord.objects.filter(pk__gt=before).values_list("table", flat=True)
    assert [list(written).count(f"catalogue_{name}") for name in ("item", "maker", "product", "productversion")] == [
        1,
        1,
        2,
        2,
    ]
    told = Event.objects.get(verb="release.merged", subject=batch.reference)
    assert (told.data["added"], told.data["faulty"]) == (2, 0)


def test_the_same_release_again_changes_nothing(world):
    merged(world, as_release(STENT, numbered(1)))
    again = merged(world, as_release(STENT, numbered(1)), now=LATER)
    assert counts(again) == {"kept": 2}
    assert ProductVersion.objects.count() == 2


def test_what_is_printed_anew_begins_a_version_and_an_empty_cell_says_nothing(world):
    merged(world, as_release(STENT))
    batch = merged(world, as_release(STENT | {"specification": "6mm", "model": ""}), now=LATER)
    assert counts(batch) == {"changed": 1}
    old, new = ProductVersion.objects.order_by("number")
    assert (old.specification, new.specification, new.model, new.number) == ("5mm", "6mm", "A1", 2)
    assert old.valid_to == new.valid_from - timedelta(days=1)
    assert ReleaseRow.objects.get(batch=batch).changes == {"specification": ["5mm", "6mm"]}


def test_a_remapped_code_keeps_its_product_and_still_finds_it(world):
    merged(world, as_release(STENT))
    product = Product.objects.get()
    batch = merged(world, as_release(STENT | {"old_code": CODE, "code": NEW_CODE, "change": "映射"}), now=LATER)
    assert counts(batch) == {"remapped": 1}
    assert Product.objects.get().pk == product.pk
    assert version(NEW_CODE).national_code == NEW_CODE
    said = ProductCode.objects.get()
    assert (said.code, said.status, said.leads_to, said.product_id) == (CODE, "remapped", NEW_CODE, product.pk)
    # Once more, and a release that still has the old code: neither makes a second product.
    again = read(world, as_release(STENT | {"old_code": CODE, "code": NEW_CODE}), LATER + timedelta(days=1))
    assert counts(again) == {"kept": 1}
    stale = read(world, as_release(STENT), LATER + timedelta(days=1))
    assert counts(stale) == {"faulty": 1}


def test_chains_of_remapped_codes_lead_to_their_end(world):
    merged(world, as_release(STENT))
    third = f"{CODE[:13]}998{CODE[16:]}"
    merged(world, as_release(STENT | {"old_code": CODE, "code": NEW_CODE}), now=LATER)
    merged(world, as_release(STENT | {"old_code": NEW_CODE, "code": third}), now=LATER + timedelta(days=2))
    assert dict(ProductCode.objects.values_list("code", "leads_to")) == {CODE: third, NEW_CODE: third}


def test_a_disabled_code_is_kept_with_its_product(world):
    merged(world, as_release(STENT))
    ended = {"old_code": CODE, "old_status": "停用"}
    batch = merged(world, as_release(ended), now=LATER)
    assert counts(batch) == {"disabled": 1}
    assert ProductCode.objects.get().product == Product.objects.get()
    assert ProductCode.objects.get().status == "disabled"
    assert counts(read(world, as_release(ended), LATER)) == {"kept": 1}


def test_rows_with_errors_are_left_out_and_told_in_a_file(world):
    wrong = (numbered(1, code="C0910"), numbered(2), numbered(2), numbered(3, code20="C" + "1" * 19))
    batch = merged(world, as_release(STENT, *wrong))
    assert counts(batch) == {"added": 2, "faulty": 3}
    answer = sitting(world.cataloguer).get(reverse("catalogue:release-rows", args=[batch.reference, "faulty"]))
    lines = b"".join(answer.streaming_content).decode().splitlines()[1:]
    assert [line.split(",")[:2] for line in lines] == [["3", "code"], ["5", "code"], ["6", "code20"]]
    assert "Row 4 has the same code." in lines[1]


ENDED = {"old_code": CODE, "old_status": "停用"}
THIRD_CODE = f"{CODE[:13]}998{CODE[16:]}"
ONTO = STENT | {"old_code": CODE, "code": NEW_CODE}
ONTO_ANOTHER = STENT | {"old_code": CODE, "code": THIRD_CODE}
PRINTED_ANEW = STENT | {"specification": "6mm"}


@pytest.mark.parametrize("stretch", [1, 50_000])
@pytest.mark.parametrize(
    ("known", "first", "second", "told"),
    [
        (True, ENDED, ENDED, "Row 2 has the same old code."),
        (False, ENDED, ENDED, "Row 2 has the same old code."),
        (True, ONTO, ONTO_ANOTHER, "Row 2 has the same old code."),
        (False, ONTO, ONTO_ANOTHER, "Row 2 has the same old code."),
        (True, PRINTED_ANEW, ONTO, "Row 2 changes this product already."),
        (True, ONTO, PRINTED_ANEW, "Row 2 changes this product already."),
        (True, PRINTED_ANEW | {"old_code": THIRD_CODE}, ONTO, "Row 2 changes this product already."),
    ],
)
def test_a_release_says_one_thing_of_an_old_code_and_changes_a_product_once(world, stretch, known, first, second, told):
    if known:
        merged(world, as_release(STENT))
    with patch.object(acts, "STRETCH", stretch), patch.object(acts, "_CHUNK", stretch):
        batch = merged(world, as_release(first, second), now=LATER)
    assert (counts(batch)["faulty"], batch.status) == (1, "merged")
    [fault] = ReleaseRow.objects.get(batch=batch, number=3).told()
    assert fault.message == told


def test_a_code_that_is_replaced_may_stand_in_the_release_as_it_was(world):
    merged(world, as_release(STENT))
    assert counts(merged(world, as_release(STENT, ONTO), now=LATER)) == {"kept": 1, "remapped": 1}


def test_what_is_said_twice_of_a_code_goes_in_once_whatever_it_was_judged_to_do(world):
    batch = read(world, as_release(ENDED, ENDED))
    action(ReleaseRow.objects.filter(batch=batch).update)(effect="disabled")
    actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)
    actions.apply_release(batch=batch, now=NOW)
    assert ProductCode.objects.get().code == CODE


@pytest.mark.parametrize("stretch", [1, 50_000])
def test_faulty_rows_at_the_end_of_a_workbook_are_counted_too(world, stretch):
    rows = [STENT, numbered(1), numbered(2, specification="=1+1"), numbered(3, specification="=1+1")]
    content = as_xlsx(HEADINGS.values(), [{HEADINGS[name]: text for name, text in row.items()} for row in rows])
    with patch.object(acts, "STRETCH", stretch), patch.object(acts, "_CHUNK", stretch):
        batch = read(world, content, name="r.xlsx")
    assert counts(batch) == {"added": 2, "faulty": 2}
    assert list(ReleaseRow.objects.filter(effect="faulty").values_list("number", flat=True)) == [4, 5]
    assert batch.run.mark["row"] == 5


def test_only_the_classes_that_were_asked_for_go_in(world):
    other = STENT | {"code": "C01" + CODE[3:]}
    batch = merged(world, as_release(STENT, other, STENT | {"code": "C02" + CODE[3:]}), classes="01，C0910")
    assert counts(batch) == {"added": 2}
    assert (batch.run.classes, batch.run.passed_over) == (["C01", "C0910"], 1)


@pytest.mark.parametrize("classes", ["X01", "C01x", "spine"])
def test_what_is_no_beginning_of_a_code_is_refused_at_its_field(world, classes):
    with pytest.raises(Refused) as refusal:
        stage(world, as_release(STENT), classes=classes)
    assert refusal.value.faults[0].field == "classes"


def packed() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("release.csv", as_release(STENT, numbered(1)))
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.csv", as_release(STENT, numbered(1), encoding="gb18030")),
        ("r.csv", b"\xef\xbb\xbf" + as_release(STENT, numbered(1))),
        ("r.csv.gz", gzip.compress(as_release(STENT, numbered(1)))),
        ("r.zip", packed()),
        (
            "r.xlsx",
            as_xlsx(HEADINGS.values(), [{HEADINGS[n]: t for n, t in row.items()} for row in (STENT, numbered(1))]),
        ),
    ],
)
def test_every_form_of_file_says_the_same(world, name, content):
    with patch.object(acts, "STRETCH", 1), patch.object(acts, "_CHUNK", 1):
        batch = read(world, content, name=name)
    assert counts(batch) == {"added": 2}
    assert set(ReleaseRow.objects.values_list("maker", flat=True)) == {"山东威高"}


@pytest.mark.parametrize(
    "content", [b"", b"colour\nred\n", gzip.compress(b"colour\n", mtime=0), b"PK\x03\x04" + b"x" * 40]
)
def test_what_is_no_release_is_refused_at_once(world, content):
    with pytest.raises(Refused):
        stage(world, content)
    assert not CatalogueImport.objects.exists()


def test_a_release_that_breaks_off_does_not_go_in(world):
    rows = as_release(*(numbered(number) for number in range(3_000)))
    with patch("catalogue.actions.releases.reading._HEAD", 2**12):
        batch = read(world, gzip.compress(rows, mtime=0)[:-3_000], name="r.csv.gz")
    assert batch.status == "faulty"
    assert "breaks off" in batch.told[0]
    with pytest.raises(Refused):
        actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)


def test_reading_goes_on_behind_the_mark_and_reads_no_row_twice(world):
    """Also where a cell holds the end of a line, and pieces end within rows."""
    rows = [numbered(number, feature="万向\n带锁" if number % 3 else "万向") for number in range(50)]
    with (
        patch.object(acts, "STRETCH", 7),
        patch.object(acts, "_CHUNK", 7),
        patch("catalogue.actions.releases.pieces.PIECE", 100),
    ):
        batch = stage(world, as_release(*rows))
        steps = 0
        while batch.status == "staging":
            actions.read_release(batch=batch, now=NOW)
            steps += 1
    assert steps == 8
    assert counts(batch) == {"added": 50}
    assert list(ReleaseRow.objects.order_by("number").values_list("number", flat=True)) == list(range(2, 52))


def test_a_line_that_cannot_be_read_costs_that_row_only(world):
    lines = as_release(STENT, numbered(1), numbered(2)).split(b"\r\n")
    content = b"\r\n".join([lines[0], lines[1], b'"C09" 1,' + lines[2], lines[3], b""])
    assert counts(read(world, content)) == {"added": 2, "faulty": 1}


def test_a_merge_that_fails_in_the_middle_leaves_nothing(world):
    batch = read(world, as_release(*(numbered(number) for number in range(6))))
    actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)
    told = []

    def die(_self, done):
        told.append(done)
        if done == 4:
            raise ConnectionError

    with patch.object(merging, "AT_ONCE", 2), patch.object(acts._Telling, "tell", die), pytest.raises(ConnectionError):
        actions.apply_release(batch=batch, now=NOW)
    assert told == [2, 4]
    assert not Product.objects.exists()
    assert not Maker.objects.exists()
    tasks.merge_release(batch.pk)
    assert Product.objects.count() == 6


def test_a_release_that_was_overtaken_is_compared_anew_and_decided_on_again(world):
    batch = read(world, as_release(STENT, numbered(1)))
    actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)
    merged(world, as_release(STENT | {"specification": "6mm"}), now=NOW)
    tasks.merge_release(batch.pk)
    batch.refresh_from_db()
    assert (batch.status, Product.objects.count()) == ("staging", 1)
    while batch.status == "staging":
        actions.read_release(batch=batch, now=LATER)
    assert counts(batch) == {"added": 1, "changed": 1}
    actions.merge_import(batch=batch, by=world.cataloguer, now=LATER)
    actions.apply_release(batch=batch, now=LATER)
    assert version().specification == "5mm"


def test_rows_of_an_overtaken_release_are_removed_however_long_that_takes(world):
    batch = read(world, as_release(STENT))
    actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)
    limits = []

    def listen(execute, sql, parameters, many, context):
        if sql.startswith('DELETE FROM "catalogue_releaserow"'):
            with connection.connection.cursor() as cursor:
                limits.append(cursor.execute("SHOW statement_timeout").fetchone()[0])
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(listen):
        actions.read_again(batch=batch, now=NOW)
    assert limits == ["0"]
    assert not ReleaseRow.objects.exists()


def test_a_release_may_be_discarded_at_any_time(world):
    batch = read(world, as_release(STENT))
    actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)
    actions.discard_import(batch=batch, by=world.cataloguer, now=NOW)
    tasks.start_release(batch.pk)
    tasks.merge_release(batch.pk)
    tasks.clear_release(batch.pk)
    batch.refresh_from_db()
    assert batch.status == "discarded"
    assert not Product.objects.exists()
    assert not ReleaseRow.objects.exists()


def test_a_merge_is_looked_after_until_it_is_done(world):
    batch = read(world, as_release(STENT))
    actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)
    with patch.object(tasks.merge_release, "delay") as sent:
        tasks.start_release(batch.pk)
        tasks.start_release(batch.pk)
    assert sent.call_count == 2
    waiting = OutboxMessage.objects.filter(task="catalogue.tasks.start_release", arguments=[batch.pk])
    assert waiting.count() == 3
    actions.apply_release(batch=batch, now=NOW)
    with patch.object(tasks.merge_release, "delay") as sent:
        tasks.start_release(batch.pk)
    assert (sent.call_count, waiting.count()) == (0, 3)


def test_only_who_may_import_stages_a_release(world):
    with pytest.raises(Denied):
        actions.stage_release(
            file_name="r.csv", file=io.BytesIO(as_release(STENT)), classes="", by=world.bid_manager, now=NOW
        )


def test_the_pages_of_a_release_from_upload_to_report(world):
    officer = sitting(world.cataloguer)
    file = SimpleUploadedFile("r.csv", as_release(STENT, numbered(1, code="C1")))
    answer = officer.post(reverse("catalogue:stage-release"), {"file": file, "classes": "C09"})
    batch = CatalogueImport.objects.get()
    address = reverse("catalogue:import", args=[batch.reference])
    assert answer["Location"] == address
    assert "being read and compared" in officer.get(address).content.decode()
    assert "hx-get" in officer.get(address, headers={"HX-Request": "true"}).content.decode()
    actions.read_release(batch=batch, now=NOW)
    shown = officer.get(address).content.decode()
    for words in ("What the release would do", "脊柱内固定", f"{address}faulty.csv", "C09"):
        assert words in shown, words
    assert "C1" in officer.get(address, {"rows": "faulty"}).content.decode()
    confirm = officer.get(reverse("catalogue:merge-import", args=[batch.reference])).content.decode()
    assert "1 row has an error and is left out." in confirm
    lines = b"".join(officer.get(f"{address}added.csv").streaming_content).decode()
    assert CODE in lines
    assert officer.get(f"{address}other.csv").status_code == 404
    assert sitting(world.bid_manager).get(f"{address}added.csv").status_code in (403, 404)


def test_what_merged_is_found_afterwards(world):
    batch = merged(world, as_release(STENT))
    tasks.index_release(batch.pk, 0)
    officer = sitting(world.cataloguer)
    assert "脊柱内固定" in officer.get(reverse("search"), {"q": CODE}).content.decode()
