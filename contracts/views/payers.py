"""Who pays and who is paid: the rows of the agency's rules, set and ended."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from contracts import actions
from contracts.forms import LastDayForm, PayeeForm, PayerForm
from contracts.models import PayeeRow, PayerRow
from contracts.models.payer import RuleRow
from contracts.tables import PayeeTable, PayerTable
from core.clock import legal_date
from core.skins import attempt

SCOPE = ("rule", "region", "institution")


@requires(Permission.SET_PAYERS)
def payers(request: HttpRequest) -> HttpResponseBase:
    paying = PayerTable(request, PayerRow.objects.visible_to(request.seat).select_related(*SCOPE, "payer"))
    paid = PayeeTable(request, PayeeRow.objects.visible_to(request.seat).select_related(*SCOPE), prefix="paid")
    for table in (paying, paid):
        if table.export:
            return table.export_response()
    return render(request, "contracts/payers.html", {"payers": paying, "payees": paid})


@requires(Permission.SET_PAYERS, fresh=True)
def set_payer(request: HttpRequest) -> HttpResponse:
    return _set(request, PayerForm, actions.set_payer, _("Set a payer"))


@requires(Permission.SET_PAYERS, fresh=True)
def set_payee(request: HttpRequest) -> HttpResponse:
    return _set(request, PayeeForm, actions.set_payee, _("Set a payee"))


@requires(Permission.SET_PAYERS, fresh=True)
def end_payer(request: HttpRequest, reference: str) -> HttpResponse:
    return _end(request, PayerRow, reference, actions.end_payer)


@requires(Permission.SET_PAYERS, fresh=True)
def end_payee(request: HttpRequest, reference: str) -> HttpResponse:
    return _end(request, PayeeRow, reference, actions.end_payee)


def _set(request: HttpRequest, kind: type[Any], act: Callable[..., RuleRow], title: str) -> HttpResponse:
    form = kind(request.seat.organisation, request.POST or None, initial={"valid_from": legal_date(timezone.now())})
    facts = {"by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: act(terms=form.terms, **facts)):
        messages.success(request, _("Set. What is owed already stays as it is."))
        return redirect("contracts:payers")
    return render(request, "contracts/set_payer.html", {"form": form, "title": title})


def _end(request: HttpRequest, kind: type[Any], reference: str, act: Callable[..., RuleRow]) -> HttpResponse:
    row = get_object_or_404(kind.objects.visible_to(request.seat).select_related("rule"), reference=reference)
    form = LastDayForm(request.POST or None, initial={"last_day": legal_date(timezone.now())})
    facts = {"row": row, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: act(**form.cleaned_data, **facts)):
        messages.success(request, _("Ended. What is owed already stays as it is."))
        return redirect("contracts:payers")
    return render(request, "contracts/end_payer.html", {"form": form, "row": row})
