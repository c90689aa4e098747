"""Pages of questions about a tender and of their answers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from core.skins import attempt
from tenders.actions import questions as actions
from tenders.forms.questions import AnswerQuestionsForm, QuestionsForm
from tenders.models import Tender
from tenders.presentation import questions as look


@requires(Permission.READ_TENDERS)
def questions(request: HttpRequest, reference: str) -> HttpResponseBase:
    tender = _published(request, reference)
    kind, rows = look.waiting_table(tender, request.seat)
    table = kind(request, rows)
    if table.export:
        return table.export_response()
    context = look.questions_context(tender, request.seat, timezone.now())
    return render(request, "tenders/questions.html", context | {"table": table})


@requires(Permission.BID)
def ask_questions(request: HttpRequest, reference: str) -> HttpResponse:
    tender, form, now = _published(request, reference), QuestionsForm(request.POST or None), timezone.now()
    act = {"tender": tender, "by": request.seat, "now": now}
    if request.method == "POST" and attempt(form, lambda: actions.ask_questions(**form.cleaned_data, **act)):
        messages.success(request, _("Asked. The answer is published to everybody, without your name."))
        return redirect("tenders:questions", reference=reference)
    context = {"form": form, "tender": tender, "until": actions.questions_end(tender), "now": now}
    return render(request, "tenders/ask_questions.html", context)


@requires(Permission.PUBLISH_TENDER)
def answer_questions(request: HttpRequest, reference: str) -> HttpResponse:
    tender = _published(request, reference)
    if tender.agency_id != request.seat.organisation_id:
        raise Http404
    form = AnswerQuestionsForm(tender, request.GET.getlist("pick"), request.POST or None)
    act = {"tender": tender, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.answer_questions(**form.cleaned_data, **act)):
        messages.success(request, _("Answered. Everybody is told."))
        return redirect("tenders:questions", reference=reference)
    return render(request, "tenders/answer_questions.html", {"form": form, "tender": tender})


def _published(request: HttpRequest, reference: str) -> Tender:
    tenders = Tender.objects.visible_to(request.seat).published().select_related("agency")
    return get_object_or_404(tenders, reference=reference)
