"""Pages of shortages, substitutes and designated production."""

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
from catalogue.forms.lists import DiscardEditionForm
from catalogue.forms.shortages import (
    DesignateForm,
    EndShortageForm,
    NameSubstituteForm,
    ReportShortageForm,
    ShortageReasonForm,
)
from catalogue.models import DesignatedProduction, Item, Shortage
from catalogue.tables.shortages import (
    TONES,
    DesignatedTable,
    EditableDesignatedTable,
    ReportableShortageTable,
    ShortageTable,
    SubstituteTable,
    WithdrawableSubstituteTable,
)
from core.clock import legal_date
from core.skins import attempt


@requires(Permission.READ_CATALOGUE)
def shortages(request: HttpRequest) -> HttpResponseBase:
    rows = Shortage.objects.visible_to(request.seat).for_list()
    reports = request.seat.may(Permission.REPORT_SHORTAGE)
    kind = ReportableShortageTable if reports else ShortageTable
    table = kind(request, rows, today=legal_date(timezone.now()))
    if table.export and table.filter_form.is_valid():
        return table.export_response()
    return render(request, "catalogue/shortages.html", {"table": table, "reports": reports})


@requires(Permission.READ_CATALOGUE)
def shortage(request: HttpRequest, reference: str) -> HttpResponse:
    found = _shortage(request, reference)
    decides = request.seat.may(Permission.KEEP_LISTS)
    verified = found.status == Shortage.Status.VERIFIED
    kind = WithdrawableSubstituteTable if decides and verified else SubstituteTable
    context = {"shortage": found, "tone": TONES[found.status], "decides": decides, "verified": verified}
    context["substitutes"] = kind(request, found.substitutes.standing(), prefix="substitutes")
    reported = found.status == Shortage.Status.REPORTED
    mine = found.reporter_id in request.seat.lineage and request.seat.may(Permission.REPORT_SHORTAGE)
    return render(request, "catalogue/shortage.html", {**context, "reported": reported, "mine": mine})


@requires(Permission.REPORT_SHORTAGE)
def report_shortages(request: HttpRequest) -> HttpResponse:
    begins = {"region": request.seat.organisation.region_id, "things": request.GET.get("item", "")}
    begins["valid_from"] = legal_date(timezone.now())
    form = ReportShortageForm(request.POST or None, initial=begins)
    act = {"by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.report_shortages(reports=form.reports, **act)):
        messages.success(request, _("Reported. The agency verifies it and answers you here."))
        return redirect("catalogue:shortages")
    return render(request, "catalogue/report_shortages.html", {"form": form})


@requires(Permission.KEEP_LISTS)
def verify_shortage(request: HttpRequest, reference: str) -> HttpResponse:
    words = {"title": _("Verify the shortage"), "submit": _("It is short")}
    done = _("Verified. Whoever orders there sees it from now on. Name a substitute if there is one.")
    form = forms.Form(request.POST if request.method == "POST" else None)
    return _deciding(request, reference, form, actions.verify_shortage, words | {"done": done})


@requires(Permission.KEEP_LISTS)
def refuse_shortage(request: HttpRequest, reference: str) -> HttpResponse:
    words = {"title": _("This is not a shortage"), "submit": _("Answer"), "done": _("Answered, with the reason.")}
    return _deciding(request, reference, ShortageReasonForm(request.POST or None), actions.refuse_shortage, words)


@requires(Permission.REPORT_SHORTAGE)
def withdraw_shortage(request: HttpRequest, reference: str) -> HttpResponse:
    words = {"title": _("Take the report back"), "submit": _("Take back"), "done": _("The report is taken back.")}
    return _deciding(request, reference, DiscardEditionForm(request.POST or None), actions.withdraw_shortage, words)


@requires(Permission.KEEP_LISTS)
def end_shortage(request: HttpRequest, reference: str) -> HttpResponse:
    form = EndShortageForm(request.POST or None, initial={"last_day": legal_date(timezone.now())})
    words = {"title": _("End the shortage"), "submit": _("It is over"), "done": _("The shortage is over.")}
    return _deciding(request, reference, form, actions.end_shortage, words)


@requires(Permission.KEEP_LISTS)
def name_substitute(request: HttpRequest, reference: str) -> HttpResponse:
    def name(*, thing: Any, **facts: Any) -> Any:
        item, product = thing
        return actions.name_substitute(item=item, product=product, **facts)

    words = {"title": _("Name a substitute"), "submit": _("Name it"), "done": _("The substitute is named.")}
    return _deciding(request, reference, NameSubstituteForm(request.POST or None), name, words)


@requires(Permission.KEEP_LISTS)
def withdraw_substitute(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = _shortage(request, reference)
    substitute = get_object_or_404(found.substitutes.standing(), pk=number)
    words = {"title": _("Withdraw %(substitute)s as a substitute") % {"substitute": substitute}}
    words |= {"submit": _("Withdraw"), "done": _("It is no substitute any more.")}

    def withdraw(*, shortage: Shortage, **act: Any) -> Any:
        return actions.withdraw_substitute(substitute=substitute, **act)

    form = forms.Form(request.POST if request.method == "POST" else None)
    return _deciding(request, reference, form, withdraw, words)


@requires(Permission.READ_CATALOGUE)
def designated_production(request: HttpRequest) -> HttpResponseBase:
    rows = DesignatedProduction.objects.visible_to(request.seat).for_list()
    kind = EditableDesignatedTable if request.seat.may(Permission.KEEP_LISTS) else DesignatedTable
    table = kind(request, rows, today=legal_date(timezone.now()))
    if table.export and table.filter_form.is_valid():
        return table.export_response()
    return render(request, "catalogue/designated_production.html", {"table": table})


@requires(Permission.KEEP_LISTS)
def designate_production(request: HttpRequest, reference: str) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.seat), reference=reference)
    form = DesignateForm(item, request.POST or None, initial={"valid_from": legal_date(timezone.now())})
    act = {"by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(
        form, lambda: actions.designate_production(commission=form.commission, **act)
    ):
        messages.success(request, _("The commission is recorded."))
        return redirect("catalogue:item", reference=item.reference)
    words = {"title": _("Record designated production"), "submit": _("Record"), "thing": item}
    return render(request, "catalogue/shortage_form.html", {"form": form, "back": item.reference, **words})


@requires(Permission.KEEP_LISTS)
def end_designation(request: HttpRequest, reference: str) -> HttpResponse:
    readable = DesignatedProduction.objects.visible_to(request.seat).for_list()
    found = get_object_or_404(readable, reference=reference)
    form = EndShortageForm(request.POST or None, initial={"last_day": legal_date(timezone.now())})
    act = {"designation": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.end_designation(**form.cleaned_data, **act)):
        messages.success(request, _("The commission ends on %(day)s.") % {"day": found.valid_to})
        return redirect("catalogue:designated-production")
    words = {"title": _("End the commission"), "submit": _("End it"), "thing": f"{found.item} · {found.maker}"}
    return render(request, "catalogue/shortage_form.html", {"form": form, **words})


def _deciding(
    request: HttpRequest, reference: str, form: forms.Form, act: Callable[..., Any], words: dict[str, Any]
) -> HttpResponse:
    """A page that asks before an act on a shortage."""
    found = _shortage(request, reference)
    facts = {"shortage": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: act(**form.cleaned_data, **facts)):
        messages.success(request, words["done"])
        return redirect(found)
    return render(
        request, "catalogue/shortage_form.html", {"shortage": found, "form": form, "thing": found.thing, **words}
    )


def _shortage(request: HttpRequest, reference: str) -> Shortage:
    people = ("reported_by__person", "decided_by__person", "ended_by__person")
    readable = Shortage.objects.visible_to(request.seat).for_list().select_related(*people)
    return get_object_or_404(readable, reference=reference)
