"""Who pays: the rows of the agency's rule, set and ended."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from contracts import actions
from contracts.forms import LastDayForm, PayerForm
from contracts.models import PayerRow
from contracts.tables import PayerTable
from core.clock import legal_date
from core.skins import attempt


@requires(Permission.SET_PAYERS)
def payers(request: HttpRequest) -> HttpResponseBase:
    rows = PayerRow.objects.visible_to(request.seat).select_related("rule", "region", "institution", "payer")
    table = PayerTable(request, rows, today=legal_date(timezone.now()))
    if table.export:
        return table.export_response()
    return render(request, "contracts/payers.html", {"table": table})


@requires(Permission.SET_PAYERS, fresh=True)
def set_payer(request: HttpRequest) -> HttpResponse:
    form = PayerForm(request.POST or None, initial={"valid_from": legal_date(timezone.now())})
    facts = {"by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.set_payer(terms=form.terms, **facts)):
        messages.success(request, _("Set. What is owed already keeps its payer."))
        return redirect("contracts:payers")
    return render(request, "contracts/set_payer.html", {"form": form})


@requires(Permission.SET_PAYERS, fresh=True)
def end_payer(request: HttpRequest, reference: str) -> HttpResponse:
    row = get_object_or_404(PayerRow.objects.visible_to(request.seat).select_related("rule"), reference=reference)
    form = LastDayForm(request.POST or None, initial={"last_day": legal_date(timezone.now())})
    facts = {"row": row, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.end_payer(**form.cleaned_data, **facts)):
        messages.success(request, _("Ended. What is owed already keeps its payer."))
        return redirect("contracts:payers")
    return render(request, "contracts/end_payer.html", {"form": form, "row": row})
