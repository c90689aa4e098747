"""Pages of one edition: what it holds, what it changes, its preparation and its review."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import actions
from catalogue.forms.lists import (
    AskBackForm,
    DiscardEditionForm,
    EditionForm,
    EntriesForm,
    ProposeEditionForm,
    PublishEditionForm,
)
from catalogue.models import Edition
from catalogue.rules.lists import compare
from catalogue.tables.lists import TONES, ChangedTable, EntryTable
from core.skins import attempt, posted_from, why_not

PARTS = {
    "entries": gettext_lazy("Entries"),
    "added": gettext_lazy("Added"),
    "removed": gettext_lazy("Removed"),
    "changed": gettext_lazy("Changed"),
}


@requires(Permission.READ_CATALOGUE)
def edition(request: HttpRequest, reference: str) -> HttpResponseBase:
    """An edition by parts: all its entries, or what it adds, removes and changes of the one before."""
    found = _edition(request, reference)
    counts = {"entries": found.entries.count(), **found.differences()}
    part, table = _part(request, found)
    if table.export:
        return table.export_response()
    keeps, drafts = request.seat.may(Permission.KEEP_LISTS), found.status == Edition.Status.DRAFT
    if keeps and drafts and part != "removed":
        table.pick = "pk"
    tabs = _tabs(counts, part)
    not_mine = why_not(lambda: actions.require_reviewer(found, request.seat))
    context = {"edition": found, "table": table, "tabs": tabs, "tone": TONES[found.status], "keeps": keeps}
    return render(request, "catalogue/edition.html", {**context, "counts": counts, "not_mine": not_mine})


def _part(request: HttpRequest, edition: Edition) -> tuple[str, ChangedTable | EntryTable]:
    """The part of an edition that is asked for: of one that waits, first of all what it adds."""
    begins = "added" if edition.is_open and edition.before else "entries"
    part = request.GET.get("rows") if request.GET.get("rows") in PARTS else begins
    rows = getattr(edition, part)().for_list() if part != "entries" else edition.entries.for_list()
    return part, (ChangedTable if part == "changed" else EntryTable)(request, rows, of_list=edition.list)


def _tabs(counts: Mapping[str, int], part: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": f"?rows={name}", "count": counts[name], "current": name == part}
        for name, label in PARTS.items()
    ]


@requires(Permission.KEEP_LISTS)
def edit_edition(request: HttpRequest, reference: str) -> HttpResponse:
    found = _edition(request, reference)
    form = EditionForm(request.POST or None, initial=vars(found))
    act = _act(request, found)
    if request.method == "POST" and attempt(form, lambda: actions.edit_edition(facts=form.facts, **act)):
        messages.success(request, _("The draft is changed."))
        return redirect(found)
    return render(
        request, "catalogue/edition_form.html", {"edition": found, "form": form, "title": _("Edit the draft")}
    )


@requires(Permission.KEEP_LISTS)
def set_entries(request: HttpRequest, reference: str) -> HttpResponse:
    """Lines are read and shown with what they would do; sent again from there, they are set."""
    found = _edition(request, reference)
    form = EntriesForm(found.list, request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "catalogue/set_entries.html", {"edition": found, "form": form})
    whole = form.cleaned_data["whole"]
    if "confirmed" in request.POST:
        rows = form.entered.rows
        if attempt(form, lambda: actions.set_entries(rows=rows, whole=whole, **_act(request, found))):
            messages.success(request, _("The entries are in the draft."))
            return redirect(found)
        return render(request, "catalogue/set_entries.html", {"edition": found, "form": form})
    context = {"edition": found, "lines": form.as_text(), "whole": whole, "effects": _effects(found, form, whole)}
    return render(request, "catalogue/entries_preview.html", context)


def _effects(found: Edition, form: EntriesForm, whole: bool) -> list[dict[str, Any]]:
    """What lines would do to a draft, by its entries as they are."""
    fields = found.list.entries_say.fields
    values = found.entries.values_list("item_id", "product_id", *fields)
    before = {(item, product): dict(zip(fields, said, strict=True)) for item, product, *said in values}
    after = {row.key: {name: getattr(row, name) for name in fields} for row in form.entered.rows}
    told = compare(before, after)
    counted = {
        _("new in the draft"): len(told.added),
        _("changed"): len(told.changed),
        _("as they are"): len(told.same),
    }
    left = {_("removed from the draft") if whole else _("other entries, which stay"): len(told.removed)}
    return [{"label": label, "value": count} for label, count in (counted | left).items()]


@requires(Permission.KEEP_LISTS)
@posted_from("catalogue:edition", "reference")
def remove_entries(request: HttpRequest, reference: str) -> HttpResponse:
    found = _edition(request, reference)
    picked = [int(one) for one in request.POST.getlist("pick") if one.isdecimal()]
    done = actions.remove_entries(entries=picked, **_act(request, found))
    messages.success(request, _("Removed: %(n)s. They stand in the comparison.") % {"n": done.removed})
    return redirect(found)


@requires(Permission.KEEP_LISTS)
def propose_edition(request: HttpRequest, reference: str) -> HttpResponse:
    found = _edition(request, reference)
    form = ProposeEditionForm(found.removed().count(), request.POST if request.method == "POST" else None)
    words = {"title": _("Give the edition to review"), "submit": _("Give to review"), "show": True}
    done = _("Given to review. A second person looks through it and publishes it.")
    return _deciding(request, found, form, actions.propose_edition, words, done)


@requires(Permission.KEEP_LISTS, fresh=True)
def publish_edition(request: HttpRequest, reference: str) -> HttpResponse:
    found = _edition(request, reference)
    actions.require_reviewer(found, request.seat)
    form = PublishEditionForm(found.removed().count(), request.POST or None)
    words = {"title": _("Publish the edition"), "submit": _("Publish"), "show": True}

    def publish(*, seen: bool, **facts: Any) -> Edition:
        return actions.publish_edition(**facts)

    done = _("Published. It takes effect on %(day)s.") % {"day": found.valid_from}
    return _deciding(request, found, form, publish, words, done)


@requires(Permission.KEEP_LISTS)
def ask_back_edition(request: HttpRequest, reference: str) -> HttpResponse:
    found = _edition(request, reference)
    words = {"title": _("Give the edition back"), "submit": _("Give back")}
    done = _("Given back with your question.")
    return _deciding(request, found, AskBackForm(request.POST or None), actions.ask_back_edition, words, done)


@requires(Permission.KEEP_LISTS)
def discard_edition(request: HttpRequest, reference: str) -> HttpResponse:
    found = _edition(request, reference)
    words = {"title": _("Discard the edition"), "submit": _("Discard"), "danger": True}
    form = DiscardEditionForm(request.POST or None)
    return _deciding(request, found, form, actions.discard_edition, words, _("The edition is discarded."))


def _deciding(
    request: HttpRequest, found: Edition, form: forms.Form, act: Callable[..., Any], words: dict[str, Any], done: str
) -> HttpResponse:
    """A page that asks before an act on an edition."""
    facts = _act(request, found)
    if request.method == "POST" and attempt(form, lambda: act(**form.cleaned_data, **facts)):
        messages.success(request, done)
        return redirect(found)
    counts = found.differences() if words.get("show") else {}
    return render(request, "catalogue/edition_form.html", {"edition": found, "form": form, "counts": counts, **words})


def _act(request: HttpRequest, found: Edition) -> dict[str, Any]:
    return {"edition": found, "by": request.seat, "now": timezone.now()}


def _edition(request: HttpRequest, reference: str) -> Edition:
    people = ("drafted_by", "proposed_by", "asked_back_by", "published_by", "discarded_by")
    related = [f"{name}__{part}" for name in people for part in ("person", "organisation")]
    readable = Edition.objects.visible_to(request.seat).select_related("list__region", "before", *related)
    return get_object_or_404(readable, reference=reference)
