"""A full disk, met by the real database and the real file: said in words, nothing half done, and it heals itself.

Every write to the device ``/dev/full`` fails for want of room. It takes the place of a table's file, so that the
server itself meets a full disk when the table has to grow.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files import uploadedfile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from catalogue.models import CatalogueImport
from contracts.models import Order
from core.models import Event, OutboxMessage
from tenders.models import BidVersion, Receipt
from tests.catalogue.files import TABLET, products
from tests.contracts.builders import current_contract
from tests.contracts.pages import sitting
from tests.plugin import servers
from tests.tenders.bids import a_bid, moved_deadline, sealed
from tests.tenders.stage import published_tender
from tests.tenders.test_bidding_api import files, posted

FULL = Path("/dev/full")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full"),
]


@contextmanager
def no_room_for(table: str) -> Iterator[None]:
    """The disk is full for an empty table, until the end of the block."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM FULL {table}")  # gives the table a new file, which nobody has opened yet
        cursor.execute("SELECT pg_relation_filepath(%s)", [table])
        file = servers.RUN.servers.home.data / cursor.fetchone()[0]
    assert file.stat().st_size == 0
    kept = file.rename(file.with_name(f"{file.name}.kept"))
    file.symlink_to(FULL)
    connection.close()
    try:
        yield
    finally:
        connection.close()
        file.unlink()
        kept.rename(file)


def upload(client: Client, path: str):
    return client.post(path, {"file": SimpleUploadedFile("products.csv", products(TABLET))})


def nothing_of_an_import_is_left() -> bool:
    left = CatalogueImport.objects.all(), OutboxMessage.objects.all(), Event.objects.filter(verb__startswith="import.")
    return not any(rows.exists() for rows in left)


def test_an_upload_on_a_page_is_refused_beside_its_field_and_taken_when_there_is_room_again(world):
    client = sitting(world.cataloguer)
    with no_room_for("catalogue_catalogueimport"):
        answer = upload(client, "/catalogue/imports/stage/")
    (told,) = answer.context["form"].errors["file"]
    assert told.startswith("The platform's storage is full")
    assert nothing_of_an_import_is_left()
    assert upload(client, "/catalogue/imports/stage/").status_code == 302
    assert CatalogueImport.objects.count() == 1


def test_an_upload_by_a_program_is_refused_in_the_shape_of_every_error(world):
    client = sitting(world.cataloguer)
    with no_room_for("catalogue_catalogueimport"):
        answer = upload(client, "/api/v1/imports/")
    assert (answer.status_code, answer.json()["code"]) == (422, "storage_full")
    assert nothing_of_an_import_is_left()
    assert upload(client, "/api/v1/imports/").status_code == 202


@pytest.mark.parametrize("table", ["tenders_bidversion", "tenders_receipt"])
def test_a_bid_that_finds_no_room_gets_no_receipt_and_the_same_submission_is_taken_later(world, table):
    stage = published_tender(world, lots=("20.00",))
    moved_deadline(stage.tender, timezone.now() + timedelta(hours=5))
    bid = a_bid(stage)
    client = sitting(bid.prepared_by)
    client.raise_request_exception = False
    body = files(sealed(bid, "13.50"))
    with no_room_for(table):
        answer = posted(client, "submit-bid", bid.reference, body=body, key="the-same-key")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["Retry-After"] == "30"
    assert not BidVersion.objects.exists()
    assert not Receipt.objects.exists()
    assert posted(client, "submit-bid", bid.reference, body=body, key="the-same-key").status_code == 201
    assert (BidVersion.objects.count(), Receipt.objects.get().kind) == (1, "bid")


def test_an_order_that_finds_no_room_draws_nothing_and_is_placed_later(world):
    contract = current_contract(world)
    client = sitting(world.pharmacist)
    client.raise_request_exception = False
    volume = contract.lines.get(number=1).volumes.get()
    form = {"submission": "abcdefgh", f"packs-{contract.reference}-1": "2"}
    with no_room_for("contracts_orderline"):
        answer = client.post("/orders/place/", form)
    assert answer.status_code == 503
    assert not Order.objects.exists()
    volume.refresh_from_db()
    assert volume.ordered == 0
    assert client.post("/orders/place/", form).status_code == 302
    assert Order.objects.count() == 1


def test_a_large_file_that_finds_no_room_on_the_web_servers_disk_is_told(world, settings, monkeypatch):
    contract = current_contract(world)
    client = sitting(world.pharmacist)
    client.raise_request_exception = False
    large = b"contract,line,packs\n" + b"\n".join([f"{contract.reference},1,2".encode()] * 200_000)
    assert len(large) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    monkeypatch.setattr(uploadedfile.tempfile, "NamedTemporaryFile", lambda **options: FULL.open("wb"))
    answer = client.post("/orders/place/", {"read": "table", "sheet-table": SimpleUploadedFile("order.csv", large)})
    assert answer.status_code == 503
    assert "Back in a moment" in answer.content.decode()
    assert not Order.objects.exists()
