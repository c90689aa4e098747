"""What both import commands do: the same actions as the pages, at once and without a worker."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Seat
from accounts.permissions import ROLES, Permission
from catalogue.actions import import_at_once, read_import, stage_import
from catalogue.actions.imports import faults_of
from catalogue.models import CatalogueImport
from core.clock import legal_date
from core.errors import Fault, Refused

SHOWN = 20


class ImportCommand(BaseCommand):
    """Import one file as a seat with ``permission``; ``takes`` names the layouts that it is for."""

    permission: Permission
    takes: tuple[CatalogueImport.Layout, ...]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV or XLSX")
        parser.add_argument("--dry-run", action="store_true", help="say what the file would do, and do nothing")
        parser.add_argument("--as", dest="email", help="e-mail address of the person who imports")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        given = {"file_name": path.name, "content": path.read_bytes(), "by": self._seat(options["email"])}
        try:
            batch = self._try_out(given) if options["dry_run"] else self._import(given)
        except Refused as refusal:
            raise CommandError(self._told(refusal)) from None
        before = CatalogueImport.objects.merged_before(batch).first()
        if before is not None:
            self.stdout.write(f"This very file was merged before as {before.reference}.")
        for note in batch.told:
            self.stdout.write(note)
        done = "would be" if options["dry_run"] else "were"
        self.stdout.write(
            f"{batch.rows} rows: {batch.new} {done} new, {batch.changed} changed, {batch.same} left as they are."
        )

    def _import(self, given: dict[str, Any]) -> CatalogueImport:
        with transaction.atomic():
            batch = import_at_once(**given, now=timezone.now())
            self._require_layout(batch)
        return batch

    def _try_out(self, given: dict[str, Any]) -> CatalogueImport:
        now = timezone.now()
        with transaction.atomic():
            batch = stage_import(**given, now=now)
            self._require_layout(batch)
            read_import(batch=batch, now=now)
            faults = faults_of(batch)
            transaction.set_rollback(True)
        if faults:
            raise Refused("The file has errors, so none of its rows would be imported.", faults=faults)
        return batch

    def _require_layout(self, batch: CatalogueImport) -> None:
        if batch.layout not in self.takes:
            raise Refused(
                f"The file holds {batch.get_layout_display()}: there is another command for that.", code="wrong_kind"
            )

    def _seat(self, email: str | None) -> Seat:
        roles = [role.code for role in ROLES.values() if self.permission in role.permissions]
        seats = Seat.objects.current(legal_date(timezone.now())).with_role(*roles)
        found = list((seats.filter(person__email=email.lower()) if email else seats)[:2])
        if len(found) == 1:
            return found[0]
        if email:
            raise CommandError(f"{email} has no seat that may import this.")
        raise CommandError("Say with --as who imports: one person must answer for it.")

    def _told(self, refusal: Refused) -> str:
        lines = [refusal.message, *(_line(fault) for fault in refusal.faults[:SHOWN] if fault.row is not None)]
        if len(refusal.faults) > SHOWN:
            lines.append(f"… and {len(refusal.faults) - SHOWN} more.")
        return "\n".join(lines)


def _line(fault: Fault) -> str:
    return (
        f"  row {fault.row}, {fault.field}: {fault.message}" if fault.field else f"  row {fault.row}: {fault.message}"
    )
