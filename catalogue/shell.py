"""What this room shows on pages of the whole."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.models import CatalogueImport, Verb
from core.shell import Ahead, Figure, NavEntry, Related, Todo

VERBS = Verb


def nav(seat: Seat) -> list[NavEntry]:
    entries = [
        NavEntry(_("Catalogue"), reverse("catalogue:items"), "pill"),
        NavEntry(_("Prices"), reverse("catalogue:prices"), "price"),
    ]
    if seat.may(Permission.IMPORT_CATALOGUE) or seat.may(Permission.RECORD_PRICE):
        undecided = CatalogueImport.objects.undecided().count()
        entries.append(NavEntry(_("Imports"), reverse("catalogue:imports"), "upload", undecided))
    return entries


def todos(seat: Seat, now: datetime) -> list[Todo]:
    """Files that wait for a decision of whoever imports."""
    batches = CatalogueImport.objects.visible_to(seat).undecided().order_by("uploaded_at")[:20]
    return [_todo(batch) for batch in batches]


def _todo(batch: CatalogueImport) -> Todo:
    faulty = batch.status == CatalogueImport.Status.FAULTY
    errors = ngettext_lazy("Correct a file: %(n)s row has errors", "Correct a file: %(n)s rows have errors", "n")
    return Todo(
        what=errors % {"n": batch.faulty} if faulty else _("Look through the import and merge it"),
        where=f"{batch.reference} · {batch.file_name}",
        url=reverse("catalogue:import", args=[batch.reference]),
        action=_("See the errors") if faulty else _("Preview"),
        since=batch.uploaded_at,
    )


def figures(seat: Seat, now: datetime) -> list[Figure]:
    return []


def ahead(seat: Seat, now: datetime) -> list[Ahead]:
    return []


def related(reference: str, seat: Seat) -> list[Related]:
    """Nothing: a product's page leads to its item by itself."""
    return []
