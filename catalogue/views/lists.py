"""Pages of lists and their editions in force."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import actions, as_of
from catalogue.forms.lists import BeginListForm, DraftEditionForm
from catalogue.models import CatalogueList, EditionEntry
from catalogue.tables.lists import BeginnableListTable, EditionTable, EntryTable, ListTable
from core.clock import legal_date
from core.skins import attempt
from core.written import read_day


@requires(Permission.READ_CATALOGUE)
def lists(request: HttpRequest) -> HttpResponseBase:
    on = as_of.asked(request, legal_date(timezone.now()))
    rows = CatalogueList.objects.visible_to(request.seat).with_current(on.day or on.form.today)
    keeps = request.seat.may(Permission.KEEP_LISTS)
    kind = BeginnableListTable if keeps else ListTable
    table = kind(request, rows.select_related("region", "supplements"), today=on.form.today)
    if table.export and not on.form.errors:
        return table.export_response()
    return render(request, "catalogue/lists.html", {"table": table, "keeps": keeps, "on": on.day})


@requires(Permission.READ_CATALOGUE)
def list_page(request: HttpRequest, reference: str) -> HttpResponseBase:
    """A list as it stood on a day, today unless the address says another, and its editions."""
    found = _list(request, reference)
    day = read_day(request.GET.get("on", "")) or legal_date(timezone.now())
    entries = EditionEntry.objects.in_force(day).filter(edition__list=found).for_list()
    table = EntryTable(request, entries, of_list=found, prefix="entries")
    if table.export:
        return table.export_response()
    people = ("drafted_by__person", "published_by__person")
    editions = found.editions.visible_to(request.seat).select_related(*people)
    context = {"list": found, "table": table, "day": day, "keeps": request.seat.may(Permission.KEEP_LISTS)}
    context["edition"] = found.editions.in_force(day).first()
    context["open"] = context["keeps"] and found.editions.in_preparation().first()
    context["editions"] = EditionTable(request, editions, prefix="editions")
    return render(request, "catalogue/list.html", context)


@requires(Permission.KEEP_LISTS)
def begin_list(request: HttpRequest) -> HttpResponse:
    form = BeginListForm(request.POST or None)
    made: list[CatalogueList] = []
    act = {"by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: made.append(actions.begin_list(**form.cleaned_data, **act))):
        messages.success(request, _("The list is begun. Prepare its first edition now."))
        return redirect("catalogue:list", reference=made[0].reference)
    return render(request, "catalogue/begin_list.html", {"form": form})


@requires(Permission.KEEP_LISTS)
def draft_edition(request: HttpRequest, reference: str) -> HttpResponse:
    found = _list(request, reference)
    form = DraftEditionForm(request.POST or None)
    act = {"of": found, "by": request.seat, "now": timezone.now()}
    made = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(actions.draft_edition(facts=form.facts, empty=form.cleaned_data["empty"], **act))
    ):
        messages.success(request, _("The edition is in preparation. Change what changes, then give it to review."))
        return redirect("catalogue:edition", reference=made[0].reference)
    return render(request, "catalogue/draft_edition.html", {"list": found, "form": form})


def _list(request: HttpRequest, reference: str) -> CatalogueList:
    readable = CatalogueList.objects.visible_to(request.seat).select_related("region", "supplements")
    return get_object_or_404(readable, reference=reference)
