"""Pages about mandates: an institution gives one, the agency signs it, either ends it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from core.clock import legal_date
from core.skins import attempt
from demand import actions
from demand.mandate_forms import EndMandateForm, GiveMandateForm, SignMandatesForm
from demand.models import Mandate
from demand.presentation import mandate_context
from demand.querysets import MANDATE_READERS
from demand.tables import MandateTable

SIGN = Permission.SIGN_MANDATE


@requires(*MANDATE_READERS)
def mandates(request: HttpRequest) -> HttpResponseBase:
    today = legal_date(timezone.now())
    table = MandateTable(request, Mandate.objects.visible_to(request.seat).with_people(), today=today)
    if table.export:
        return table.export_response()
    return render(request, "demand/mandates.html", {"table": table, "may_sign": request.seat.may(SIGN)})


@requires(SIGN, fresh=True)
def give_mandate(request: HttpRequest) -> HttpResponse:
    now, own = timezone.now(), request.seat.organisation
    form = GiveMandateForm(own, legal_date(now).year, request.POST or None, request.FILES or None)
    made: list[Mandate] = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(actions.give_mandate(**form.asked, by=request.seat, now=now))
    ):
        messages.success(request, _("Signed. It is in force when the agency has signed too."))
        return redirect(made[0])
    return render(request, "demand/give_mandate.html", {"form": form})


@requires(*MANDATE_READERS)
def mandate(request: HttpRequest, reference: str) -> HttpResponse:
    found = _mandate(request, reference)
    return render(request, "demand/mandate.html", mandate_context(found, request.seat, legal_date(timezone.now())))


@requires(*MANDATE_READERS)
def mandate_document(request: HttpRequest, reference: str) -> HttpResponse:
    """The document, to be kept as a file: it is never shown within a page."""
    found = _mandate(request, reference)
    response = HttpResponse(bytes(found.document), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, found.document_name)
    return response


@requires(SIGN, fresh=True)
def sign_mandates(request: HttpRequest) -> HttpResponse:
    form = SignMandatesForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: actions.sign_mandates(**_chosen(form), by=request.seat, now=timezone.now())
    ):
        messages.success(request, _("Signed. Tenders may take what these institutions report."))
        return redirect("demand:mandates")
    return render(request, "demand/sign_mandates.html", {"form": form})


@requires(SIGN)
def withdraw_mandate(request: HttpRequest, reference: str) -> HttpResponse:
    effects = [_("It is never signed, and its need enters no tender.")]
    return _end(request, reference, actions.withdraw_mandate, title=_("Withdraw the mandate"), effects=effects)


@requires(SIGN, fresh=True)
def revoke_mandate(request: HttpRequest, reference: str) -> HttpResponse:
    effects = [
        _("Need that is not published yet enters no tender."),
        _("Tenders that are published keep what they have taken."),
    ]
    return _end(request, reference, actions.revoke_mandate, title=_("Revoke the mandate"), effects=effects)


def _end(request: HttpRequest, reference: str, act: Callable[..., Mandate], **context: Any) -> HttpResponse:
    found, form = _mandate(request, reference), EndMandateForm(request.POST or None)
    facts = {"mandate": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: act(**form.cleaned_data, **facts)):
        messages.success(request, _("Done."))
        return redirect(found)
    back = reverse("demand:mandate", args=[reference])
    return render(
        request,
        "confirm.html",
        {"form": form, "reference": reference, "submit": context["title"], "cancel_url": back, **context},
    )


def _chosen(form: SignMandatesForm) -> dict[str, list[Mandate]]:
    return {"mandates": list(form.cleaned_data["mandates"])}


def _mandate(request: HttpRequest, reference: str) -> Mandate:
    """A mandate that the seat may read; else 404."""
    return get_object_or_404(Mandate.objects.visible_to(request.seat).with_people(), reference=reference)
