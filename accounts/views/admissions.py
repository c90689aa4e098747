"""Pages about who was admitted: published to everybody, objected to, answered; suspended and removed by filing."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import actions
from accounts.access import public, requires, signed_in
from accounts.forms.applications import AnswerForm, MeasureForm, ObjectionForm
from accounts.models import AdmissionObjection, Application
from accounts.permissions import Permission
from accounts.presentation import applications as look
from accounts.tables.applications import AdmissionTable, ObjectionTable
from accounts.views.organisations import organisation_of, proposing
from core.clock import legal_date
from core.skins import attempt

REGISTER = Permission.MANAGE_ORGANISATIONS


@public
def admissions(request: HttpRequest) -> HttpResponseBase:
    """Who was admitted and until when anybody may object, the same for whoever asks."""
    table = AdmissionTable(request, Application.objects.published(), today=legal_date(timezone.now()))
    if table.export:
        return table.export_response()
    return render(request, "accounts/admissions.html", {"table": table})


@signed_in
def object_to_admission(request: HttpRequest, reference: str) -> HttpResponse:
    found = get_object_or_404(Application.objects.published(), reference=reference)
    form = ObjectionForm(request.POST or None)
    facts = {"application": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.object_to_admission(**form.cleaned_data, **facts)):
        messages.success(request, _("Your objection has arrived. Another person than who admitted answers it."))
        return redirect("accounts:admission-objections")
    return render(request, "accounts/object_to_admission.html", {"form": form, "application": found})


@signed_in
def admission_objections(request: HttpRequest) -> HttpResponseBase:
    seen = AdmissionObjection.objects.visible_to(request.seat).with_parties()
    table = ObjectionTable(request, seen)
    if table.export:
        return table.export_response()
    return render(request, "accounts/admission_objections.html", {"table": table})


@signed_in
def admission_objection(request: HttpRequest, reference: str) -> HttpResponse:
    found = _objection(request, reference)
    context = {"objection": found, "facts": look.objection_facts(found)}
    context["answers"] = AdmissionObjection.objects.waiting_for(request.seat).filter(pk=found.pk).exists()
    return render(request, "accounts/admission_objection.html", context)


@requires(REGISTER, fresh=True)
def answer_admission_objection(request: HttpRequest, reference: str) -> HttpResponse:
    found = _objection(request, reference)
    form = AnswerForm(request.POST or None)
    facts = {"objection": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.answer_admission_objection(**form.given, **facts)):
        messages.success(request, _("Answered. Who objected reads it."))
        return redirect(found)
    return render(request, "accounts/answer_admission_objection.html", {"form": form, "objection": found})


@requires(REGISTER, fresh=True)
def propose_measure(request: HttpRequest, credit_code: str) -> HttpResponse:
    found = organisation_of(request, credit_code)
    form = MeasureForm(found, request.POST or None, request.FILES or None)
    act = partial(actions.propose_measure, organisation=found)
    return proposing(request, found, form, act, title=_("Suspend, remove or reinstate"))


def _objection(request: HttpRequest, reference: str) -> AdmissionObjection:
    seen = AdmissionObjection.objects.visible_to(request.seat).with_parties()
    return get_object_or_404(seen, reference=reference)
