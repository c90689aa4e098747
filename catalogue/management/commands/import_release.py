"""Import the national release of consumable codes from a file on this server."""

import threading
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from accounts.models import Seat
from accounts.permissions import Permission
from catalogue import actions
from catalogue.actions.releases import Overtaken
from catalogue.management.importing import ImportCommand
from catalogue.models import CatalogueImport, ReleaseRun
from core.acting import acting_for
from core.errors import Refused

TOLD = 5  # seconds between two lines about a merge
WAITS = 1  # seconds until the command looks again where a worker reads the same release
_Status = CatalogueImport.Status


class Command(ImportCommand):
    """The same acts as the page's. Workers may read along: each stretch is read by one of them.

    Whatever ends the command, what it has read stays: workers go on, and the page of the import tells.
    """

    help = "Import the national release of consumable codes, of any size, and tell how far it is."
    permission = Permission.IMPORT_CATALOGUE
    takes = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV, also packed as .gz or .zip, or XLSX")
        parser.add_argument("--prefixes", default="", help="only codes that begin so, as C01,C02; all by default")
        parser.add_argument("--merge", action="store_true", help="merge what was read; else its page asks for that")
        parser.add_argument("--as", dest="email", help="e-mail address of the person who imports")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        by = self._seat(options["email"])
        try:
            with acting_for(by.acting), path.open("rb") as file:
                batch = actions.stage_release(
                    file_name=path.name, file=file, classes=options["prefixes"], by=by, now=timezone.now()
                )
                self.stdout.write(f"{batch.reference}: {path.name} is kept, and is read.")
                self._read(batch)
                if options["merge"]:
                    self._merge(batch, by)
        except Refused as refusal:
            raise CommandError(self._told(refusal)) from None

    def _read(self, batch: CatalogueImport) -> None:
        before = -1
        while batch.status == _Status.STAGING:
            actions.read_release(batch=batch, now=timezone.now())
            batch.refresh_from_db()
            run = ReleaseRun.objects.get(batch=batch)
            if run.rows_read == before:
                time.sleep(WAITS)
                continue
            before = run.rows_read
            self._say("read", run, run.rows_read, run.rows_expected)
        for note in batch.told:
            self.stdout.write(note)
        found = sorted(ReleaseRun.objects.get(batch=batch).counts.items())
        counts = ", ".join(f"{count:,} {effect}" for effect, count in found if count)
        self.stdout.write(f"{batch.reference} is {batch.status}: {counts}.")

    def _merge(self, batch: CatalogueImport, by: Seat) -> None:
        if batch.status != _Status.READY:
            raise CommandError(f"{batch.reference} is {batch.status} and cannot be merged.")
        actions.merge_import(batch=batch, by=by, now=timezone.now())
        done = threading.Event()
        telling = threading.Thread(target=self._tell, args=(batch, done), daemon=True)
        telling.start()
        try:
            while batch.status == _Status.MERGING:
                actions.apply_release(batch=batch, now=timezone.now())
                batch.refresh_from_db()
                if batch.status == _Status.MERGING:
                    time.sleep(WAITS)
        except Overtaken:
            raise CommandError(
                f"The catalogue has changed since {batch.reference} was read: a worker reads it anew."
            ) from None
        finally:
            done.set()
            telling.join()
        self.stdout.write(f"{batch.reference} is {batch.status}.")

    def _tell(self, batch: CatalogueImport, done: threading.Event) -> None:
        """How far the merge is, which says so over a connection of its own."""
        try:
            while not done.wait(TOLD):
                run = ReleaseRun.objects.get(batch=batch)
                self._say("merged", run, run.merged_rows, run.to_merge)
        finally:
            connection.close()

    def _say(self, what: str, run: ReleaseRun, rows: int, of: int) -> None:
        told = run.progress(rows, of)
        left = f", {told['left']} left" if told["left"] else ""
        self.stdout.write(f"{what} {rows:,} of {told['total']:,} rows, {told['rate']:,} a second{left}")
