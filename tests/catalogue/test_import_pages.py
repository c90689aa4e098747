"""Uploading a file, watching it being read, looking at its rows and errors, merging or discarding it."""

from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.urls import reverse

from catalogue import actions, shell
from catalogue.models import CatalogueImport, Item
from core.actions import action
from core.models import OutboxMessage
from core.spreadsheets import LIMITS
from tests.catalogue.files import PRICE, TABLET, merged, numbered, prices, products, read, stage
from tests.world import NOW


@pytest.fixture
def officer(world, client):
    client.force_login(world.cataloguer.person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def upload(client, content, name="products.csv"):
    return client.post(reverse("catalogue:stage-import"), {"file": SimpleUploadedFile(name, content)})


def page(client, batch, **asked):
    answer = client.get(reverse("catalogue:import", args=[batch.reference]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_file_goes_from_upload_to_catalogue(officer):
    answer = upload(officer, products(TABLET))
    batch = CatalogueImport.objects.get()
    assert answer["Location"] == reverse("catalogue:import", args=[batch.reference])
    assert "The file is being read" in page(officer, batch)
    actions.read_import(batch=batch, now=NOW)
    assert "苯磺酸氨氯地平片" in page(officer, batch)
    confirm = officer.get(reverse("catalogue:merge-import", args=[batch.reference])).content.decode()
    assert "1 row adds something new." in confirm
    assert not Item.objects.exists()
    officer.post(reverse("catalogue:merge-import", args=[batch.reference]))
    batch.refresh_from_db()
    assert "The rows are being merged" in page(officer, batch)
    actions.apply_import(batch=batch, now=NOW)
    assert "What the rows did" in page(officer, batch)
    assert Item.objects.count() == 1


def test_a_file_that_is_none_is_refused_beside_its_field(officer):
    answer = upload(officer, b"colour\nred\n")
    assert "The column “kind” is missing" in answer.content.decode()
    assert not CatalogueImport.objects.exists()


def test_a_file_that_is_too_large_is_refused_for_its_size(officer):
    answer = upload(officer, b"kind,item_name,base_unit\n" + b"x" * LIMITS.bytes)
    assert "The file is larger than 32 megabytes." in answer.content.decode()
    assert not CatalogueImport.objects.exists()


def test_an_upload_never_touches_the_disk_of_the_web_server(officer):
    with patch.object(TemporaryUploadedFile, "__init__", side_effect=OSError(28, "No space left on device")):
        assert upload(officer, products(*numbered(20_000))).status_code == 302
    assert len(bytes(CatalogueImport.objects.get().content)) > 2.5 * 2**20 / 2


def test_an_upload_without_the_token_of_its_form_is_refused(world, officer):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.cataloguer.person, backend="django.contrib.auth.backends.ModelBackend")
    assert upload(strict, products(TABLET)).status_code == 403
    assert not CatalogueImport.objects.exists()


def test_errors_are_shown_by_row_and_column_and_downloaded(world, officer):
    batch = read(world, products(TABLET, TABLET | {"pack_size": "half", "kind": "thing"}))
    shown = page(officer, batch)
    for words in ("1 row has an error", "kind · pack_size", "thing · half"):
        assert words in shown, words
    assert "Merge" not in shown.split("<main")[1].split("Timeline")[0]
    address = reverse("catalogue:import-faults", args=[batch.reference])
    lines = b"".join(officer.get(address).streaming_content).decode().splitlines()
    assert lines[0].endswith("Row,Column,What is wrong")
    assert [line.split(",")[:2] for line in lines[1:]] == [["3", "kind"], ["3", "pack_size"]]


def test_only_one_page_of_rows_is_shown_at_a_time(world, officer):
    batch = read(world, products(*numbered(120)))
    shown = page(officer, batch)
    assert "片剂00049" in shown
    assert "片剂00050" not in shown


def test_changes_are_previewed_from_what_to_what(world, officer):
    merged(world, products(TABLET))
    shown = page(officer, read(world, products(TABLET | {"route": "舌下"})), rows="changed")
    assert "route: 口服 → 舌下" in shown


def test_prices_are_previewed_with_their_kind(world, officer):
    merged(world, products(TABLET))
    shown = page(officer, read(world, prices(PRICE), "prices.csv"))
    for words in ("ceiling price", "0.520000", "2026-01-01"):
        assert words in shown, words


def test_a_file_merged_before_says_so(world, officer):
    first = merged(world, products(TABLET))
    assert first.reference in page(officer, read(world, products(TABLET)))


def test_progress_asks_for_itself_until_the_file_is_read(world, officer):
    batch = stage(world, products(TABLET))
    address = reverse("catalogue:import", args=[batch.reference])
    fragment = officer.get(address, headers={"HX-Request": "true"})
    assert f'hx-get="{address}"' in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    actions.read_import(batch=batch, now=NOW)
    assert officer.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_a_worker_that_failed_is_told_honestly(world, officer):
    batch = stage(world, products(TABLET))
    _fail_twice()
    assert "2 attempts failed and left nothing behind." in page(officer, batch)


@action
def _fail_twice():
    OutboxMessage.objects.update(attempts=2, last_error="OperationalError")


def test_a_file_is_discarded_after_a_question(world, officer):
    batch = read(world, products(TABLET))
    address = reverse("catalogue:discard-import", args=[batch.reference])
    assert "Nothing of this file goes into the catalogue." in officer.get(address).content.decode()
    officer.post(address)
    batch.refresh_from_db()
    assert batch.status == "discarded"
    assert "This file was discarded" in page(officer, batch)


def test_merging_twice_answers_that_it_is_done(world, officer):
    batch = read(world, products(TABLET))
    address = reverse("catalogue:merge-import", args=[batch.reference])
    assert officer.post(address).status_code == 302
    assert officer.post(address).status_code in (409, 422)


@pytest.mark.parametrize("name", ["products", "prices"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_is_a_file_that_can_be_filled_in_and_taken(world, officer, name, kind):
    answer = officer.get(reverse("catalogue:template", args=[name, kind]))
    batch = read(world, b"".join(answer.streaming_content), f"{name}.{kind}")
    assert batch.layout == {"products": "template", "prices": "prices"}[name]
    assert batch.status == "faulty", "it has no rows yet"


def test_there_is_no_other_template(officer):
    assert officer.get(reverse("catalogue:template", args=["seats", "csv"])).status_code == 404


def test_files_that_wait_are_to_do_for_the_catalogue_officer(world):
    ready = read(world, products(TABLET))
    faulty = read(world, products(TABLET | {"pack_size": "half"}))
    todos = {todo.where.split(" · ")[0]: str(todo.what) for todo in shell.todos(world.cataloguer, NOW)}
    assert todos == {
        ready.reference: "Look through the import and merge it",
        faulty.reference: "Correct a file: 1 row has errors",
    }
    assert shell.todos(world.officer, NOW) == []
    [imports] = [entry for entry in shell.nav(world.cataloguer) if entry.count]
    assert imports.count == 2
