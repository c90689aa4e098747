"""What this room shows on pages of the whole."""

from datetime import datetime, timedelta

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import Organisation, Seat
from accounts.permissions import Permission
from catalogue.models import Authorisation, CatalogueImport, Item, Maker, PriceEntry, ProductVersion, Verb
from core.clock import legal_date
from core.shell import Ahead, Figure, NavEntry, Passing, Related, Todo, thousandths
from core.templatetags.ui import quantity

VERBS = Verb
MONTH = timedelta(days=30)


def nav(seat: Seat) -> list[NavEntry]:
    entries = [
        NavEntry(_("Catalogue"), reverse("catalogue:items"), "pill"),
        NavEntry(_("Prices"), reverse("catalogue:prices"), "price"),
    ]
    if seat.may(Permission.IMPORT_CATALOGUE) or seat.may(Permission.RECORD_PRICE):
        undecided = CatalogueImport.objects.undecided().count()
        entries.append(NavEntry(_("Imports"), reverse("catalogue:imports"), "upload", undecided))
    return entries


def succession(organisation: Organisation, now: datetime) -> list[Passing]:
    """What it may offer."""
    letters = Authorisation.objects.filter(supplier=organisation, valid_to__gte=legal_date(now))
    return [
        Passing(_("makers that it is"), Maker.objects.filter(organisation=organisation).count(), held=False),
        Passing(_("authorisations to offer what others make"), letters.count(), held=False),
    ]


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
    """For who keeps the catalogue: how much is in it, how much of that can be used, and what came of late."""
    if not (seat.may(Permission.IMPORT_CATALOGUE) or seat.may(Permission.RECORD_PRICE)):
        return []
    items = dict(Item.objects.visible_to(seat).order_by().values_list("kind").annotate(Count("pk")))
    known = Q(pack_size__isnull=False)
    versions = ProductVersion.objects.visible_to(seat).current().aggregate(all=Count("pk"), known=Count("pk", known))
    prices = PriceEntry.objects.visible_to(seat).in_force(legal_date(now))
    counted = prices.aggregate(all=Count("pk"), unverified=Count("pk", Q(unverified=True)))
    merged = CatalogueImport.objects.visible_to(seat).filter(merged_at__gte=now - MONTH)
    rows = merged.aggregate(files=Count("pk"), rows=Coalesce(Sum(F("new") + F("changed")), 0))
    return [
        Figure(
            _("Items"),
            quantity(sum(items.values())),
            parts=tuple(f"{kind.label}: {quantity(items[kind])}" for kind in Item.Kind if kind in items),
            url=reverse("catalogue:items"),
        ),
        Figure(
            _("Products whose pack is known"),
            quantity(versions["known"]),
            unit=_("of %(n)s") % {"n": quantity(versions["all"])},
            normal=_("the others cannot be bid or ordered") if versions["known"] < versions["all"] else "",
            done=thousandths(versions["known"], versions["all"]) if versions["all"] else None,
            url=reverse("catalogue:items"),
        ),
        Figure(
            _("Prices in force"),
            quantity(counted["all"]),
            normal=_("unverified: %(n)s") % {"n": quantity(counted["unverified"])} if counted["unverified"] else "",
            url=reverse("catalogue:prices"),
        ),
        Figure(
            _("Rows merged"),
            quantity(rows["rows"]),
            normal=_("last 30 days, files: %(n)s") % {"n": quantity(rows["files"])},
            url=reverse("catalogue:imports"),
        ),
    ]


def ahead(seat: Seat, now: datetime) -> list[Ahead]:
    """Nothing here has a date."""
    return []


def related(reference: str, seat: Seat) -> list[Related]:
    """Nothing: a product's page leads to its item by itself."""
    return []
