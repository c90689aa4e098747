"""`manage.py verify_trail`: whether everything is as it was written, every fault by table and row."""

import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from oversight.actions import keep_check
from oversight.rules import documents_in
from oversight.sending import file_at
from oversight.verification import Report, verify

KEPT = 100  # faults


class Command(BaseCommand):
    help = "Checks the trail: chain, rows, heads, triggers, signed documents. Exits with 1 where there is a fault."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            metavar="FILE",
            action="append",
            type=Path,
            default=[],
            help="a file of heads that was kept outside this database; may be given several times",
        )
        parser.add_argument(
            "--keep", action="store_true", help="show auditors what was found; compares with the heads sent to files"
        )

    def handle(self, *args: object, head: list[Path], keep: bool, **options: object) -> None:
        start, report, faults, told = time.monotonic(), Report(), 0, list[str]()
        head = head or (_sent_to_files() if keep else [])
        try:
            for fault in verify(_documents(head), report):
                faults += 1
                told += [str(fault)] if faults <= KEPT else []
                self.stdout.write(self.style.ERROR(str(fault)))
        except OSError as error:
            raise CommandError(str(error), returncode=3) from None
        if keep:
            keep_check(looked_at=report.looked_at, faults=faults, told=told, now=timezone.now())
        counted = ", ".join(f"{number:,} {name}" for name, number in report.looked_at.items())
        self.stdout.write(f"Looked at {counted} in {time.monotonic() - start:.1f} s.")
        if faults:
            raise CommandError(f"{faults} faults", returncode=1)
        self.stdout.write("No fault.")
        if not head:
            self.stdout.write("No head from outside was given: whoever owns the database could have written it anew.")


def _sent_to_files() -> list[Path]:
    files = (file_at(place) for place in settings.TRAIL_HEADS_TO)
    return [file for file in files if file and file.is_file()]


def _documents(files: list[Path]) -> Iterator[bytes]:
    for path in files:
        with path.open("rb") as lines:
            yield from documents_in(lines)
