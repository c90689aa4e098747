"""Pages of varieties: what is in them, and how prices and volumes of their items are converted."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import actions
from catalogue.converting import converted, told_factor, told_gaps
from catalogue.forms.varieties import (
    ChangeVarietyForm,
    FactorsForm,
    GroupItemsForm,
    MakeVarietyForm,
    PutItemsForm,
    ReasonedForm,
)
from catalogue.models import Item, PriceEntry, Variety
from catalogue.rules.specifications import Converted
from catalogue.tables.varieties import (
    EditableVarietyTable,
    StepTable,
    VarietyItemTable,
    VarietyPriceTable,
    VarietyTable,
    variety_status,
    variety_tone,
)
from core.clock import legal_date
from core.skins import attempt, fill_in

EDITS = Permission.IMPORT_CATALOGUE


@requires(Permission.READ_CATALOGUE)
def varieties(request: HttpRequest) -> HttpResponseBase:
    rows, may_edit = Variety.objects.visible_to(request.seat).for_list(), request.seat.may(EDITS)
    table = (EditableVarietyTable if may_edit else VarietyTable)(request, rows)
    if table.export:
        return table.export_response()
    return render(request, "catalogue/varieties.html", {"table": table, "may_edit": may_edit})


@requires(Permission.READ_CATALOGUE)
def variety(request: HttpRequest, reference: str) -> HttpResponseBase:
    found = _variety(request, reference)
    may_edit = request.seat.may(EDITS) and not found.ended_at
    items, prices = _parts(request, found, picking=may_edit)
    for table in (items, prices):
        if table.export:
            return table.export_response()
    context = {"variety": found, "items": items, "prices": prices, "status": variety_status(found)}
    context |= {"may_edit": may_edit, "may_price": request.seat.may(Permission.RECORD_PRICE) and not found.ended_at}
    return render(request, "catalogue/variety.html", {**context, "tone": variety_tone(found)})


def _parts(request: HttpRequest, found: Variety, *, picking: bool) -> tuple[VarietyItemTable, VarietyPriceTable]:
    """The items of a variety, and their prices."""
    rows = Item.objects.visible_to(request.seat).filter(variety=found).with_product_count()
    items = VarietyItemTable(request, rows, variety=found, picking=picking, prefix="items")
    entries = PriceEntry.objects.visible_to(request.seat).filter(item__variety=found).for_list()
    marked = entries.with_standard(request.seat, legal_date(timezone.now()))
    return items, VarietyPriceTable(request, marked, prefix="prices")


@requires(Permission.READ_CATALOGUE)
def conversion(request: HttpRequest, reference: str, item: str) -> HttpResponse:
    """How one item's price and volume follow from those of the main specification, or what is missing for it."""
    found = _variety(request, reference)
    [shown] = converted(
        found, [get_object_or_404(Item.objects.visible_to(request.seat), variety=found, reference=item)]
    )
    ways = [
        _way(request, "price", _("Of the price"), shown.price),
        _way(request, "volume", _("Of the volume"), shown.volume),
    ]
    context = {"variety": found, "item": shown.item, "ways": ways, "may_edit": request.seat.may(EDITS)}
    return render(request, "catalogue/conversion.html", context)


def _way(request: HttpRequest, name: str, title: str, found: Converted) -> dict[str, Any]:
    steps = StepTable(request, found.conversion.steps if found.conversion else [], prefix=name)
    said = {"name": name, "title": title, "steps": steps, "stated": found.stated}
    return {**said, "factor": told_factor(found.factor), "gaps": told_gaps(found)}


@requires(EDITS)
def make_variety(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("kind", "name", "form", "items")}
    form = MakeVarietyForm(request.POST or None, initial={**asked, "rules": Variety.Rules.NDRC})
    made: list[Variety] = []
    if request.method == "POST" and attempt(form, lambda: made.append(_make(request, form))):
        messages.success(request, _("The variety is made. Name its main specification, to which the others convert."))
        return redirect(made[0])
    words = {"title": _("Make a variety"), "submit": _("Make it")}
    return render(request, "catalogue/variety_form.html", {"form": form, **words})


def _make(request: HttpRequest, form: MakeVarietyForm) -> Variety:
    said = {name: form.cleaned_data[name] for name in ("kind", "items")}
    return actions.make_variety(**said, facts=form.facts, by=request.seat, now=timezone.now())


@requires(EDITS)
def group_items(request: HttpRequest) -> HttpResponse:
    """Many items into their varieties at once, typed, pasted or from a file."""
    form = GroupItemsForm(request.POST or None, request.FILES or None)
    act = {"by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.group_items(rows=form.rows, **act)):
        messages.success(request, _("Items put into their varieties: %(n)s.") % {"n": len(form.rows)})
        return redirect("catalogue:varieties")
    words = {"title": _("Put items into varieties"), "submit": _("Put them in")}
    return render(request, "catalogue/variety_form.html", {"form": form, **words})


@requires(EDITS)
def change_variety(request: HttpRequest, reference: str) -> HttpResponse:
    found = _variety(request, reference)
    begins = {name: getattr(found, name) for name in ("name", "form", "rules")}
    form = ChangeVarietyForm(request.POST or None, initial=begins)

    def change(*, reason: str, variety: Variety, **act: Any) -> Variety:
        return actions.change_variety(variety=variety, facts=form.facts, reason=reason, by=act["by"], now=act["now"])

    words = {"title": _("Change the variety"), "done": _("The variety is changed.")}
    return _deciding(request, found, form, change, words)


@requires(EDITS)
def put_items(request: HttpRequest, reference: str) -> HttpResponse:
    form = PutItemsForm(request.POST or None, initial={"items": request.GET.get("items", "")})
    words = {"title": _("Put items in"), "submit": _("Put them in"), "done": _("The items are in the variety.")}
    return _deciding(request, _variety(request, reference), form, actions.put_items, words)


@requires(EDITS)
def take_items(request: HttpRequest, reference: str) -> HttpResponse:
    found = _variety(request, reference)
    items = list(found.items.filter(reference__in=request.GET.getlist("pick")).order_by("pk"))
    if not items:
        messages.warning(request, _("Tick the items that are to be taken out."))
        return redirect(found)

    def take(**facts: Any) -> Variety:
        return actions.take_items(items=items, **facts)

    words = {"title": _("Take items out"), "submit": _("Take them out"), "done": _("The items are in no variety now.")}
    return _deciding(request, found, ReasonedForm(request.POST or None), take, {**words, "things": items})


@requires(EDITS)
def name_main_item(request: HttpRequest, reference: str, item: str) -> HttpResponse:
    found = _variety(request, reference)
    named = get_object_or_404(Item.objects.visible_to(request.seat), variety=found, reference=item)

    def name(**facts: Any) -> Variety:
        return actions.name_main_item(item=named, **facts)

    words = {"title": _("Name the main specification"), "submit": _("Name it"), "things": [named]}
    words["done"] = _("All items convert to it from now on.")
    return _deciding(request, found, ReasonedForm(request.POST or None), name, words)


@requires(EDITS)
def state_factors(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Factors that a document states, in a grid of all items of the variety."""
    found = _variety(request, reference)
    form = _factors(request, found)
    if template := request.GET.get("template"):
        return form.template_response(template)
    act = {"variety": found, "by": request.seat, "now": timezone.now()}

    def state() -> Variety:
        return actions.state_factors(factors=form.factors, source=form.cleaned_data["source"], **act)

    if fill_in(request, form, state):
        messages.success(request, _("The factors are stated. They go before those of the rules."))
        return redirect(found)
    return render(request, "catalogue/state_factors.html", {"variety": found, "form": form})


def _factors(request: HttpRequest, found: Variety) -> FactorsForm:
    items = list(found.items.order_by("pinyin", "strength", "pk"))
    return FactorsForm(items, request.POST or None, request.FILES or None, draft=f"state-factors/{found.reference}")


@requires(EDITS)
def end_variety(request: HttpRequest, reference: str) -> HttpResponse:
    words = {"title": _("End the variety"), "submit": _("End it"), "danger": True, "done": _("The variety has ended.")}
    words["lead"] = _("Its items belong to no variety afterwards. What was done with it stays on record.")
    found = _variety(request, reference)
    return _deciding(request, found, ReasonedForm(request.POST or None), actions.end_variety, words)


def _deciding(
    request: HttpRequest, found: Variety, form: forms.Form, act: Callable[..., Any], words: dict[str, Any]
) -> HttpResponse:
    """A page that asks before an act on a variety."""
    facts = {"variety": found, "by": request.seat, "now": timezone.now()}
    said = ("reason", "items")

    def do() -> Any:
        return act(**{name: form.cleaned_data[name] for name in said if name in form.cleaned_data}, **facts)

    if request.method == "POST" and attempt(form, do):
        messages.success(request, words["done"])
        return redirect(found)
    return render(request, "catalogue/variety_form.html", {"variety": found, "form": form, **words})


def _variety(request: HttpRequest, reference: str) -> Variety:
    return get_object_or_404(Variety.objects.visible_to(request.seat).for_list(), reference=reference)
