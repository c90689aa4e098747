"""What may be put right only by two, and an expiry that was written wrongly."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from contracts import actions
from contracts.forms import ExpiryForm, LaterArrivalForm
from contracts.measures import moved_first_days
from contracts.models import Acceptance, Correction, Delivery, DeliveryLine
from contracts.presentation import corrections as look
from contracts.tables import MovedDaysTable
from contracts.views.asking import Question, ask, ask_reason
from core.skins import attempt

RELATED = ("delivery__deliverer", "delivery__hospital", "delivery__order__contract", "batch")


def _line(request: HttpRequest, reference: str, number: int) -> DeliveryLine:
    delivery = get_object_or_404(Delivery.objects.visible_to(request.seat), reference=reference)
    return get_object_or_404(delivery.lines.select_related(*RELATED), number=number)


def _waiting(line: DeliveryLine) -> Correction:
    """The correction of a line that waits for its answer; else 404."""
    found = line.corrections.open(timezone.now()).select_related("asked_by__person").first()
    if found is None:
        raise Http404
    found.line = line
    return found


@requires(Permission.ACCEPT_DELIVERY, fresh=True)
def reverse_acceptance(request: HttpRequest, reference: str, line: int) -> HttpResponse:
    """Reverse a verdict at once, or ask for it where its debt is overdue."""
    found, now = _line(request, reference, line), timezone.now()
    standing = Acceptance.objects.standing().select_related("line__delivery__order__contract", "payable")
    acceptance = get_object_or_404(standing, line=found)
    overdue = actions.is_overdue(acceptance, now)
    act = actions.ask_reversal if overdue else actions.reverse_acceptance
    facts = {"acceptance": acceptance, "by": request.seat, "now": now}
    question = Question(**look.reversing(acceptance, overdue=overdue))
    return ask_reason(request, question, lambda reason: act(reason=reason, **facts))


@requires(Permission.ACCEPT_DELIVERY)
def ask_later_arrival(request: HttpRequest, reference: str, line: int) -> HttpResponse:
    found = _line(request, reference, line)
    form = LaterArrivalForm(request.POST or None)
    facts = {"line": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.ask_later_arrival(**form.cleaned_data, **facts)):
        messages.success(request, _("Asked. The first day moves once the deliverer has confirmed it."))
        return redirect(found.delivery)
    context = {"form": form, "line": found, "delivery": found.delivery}
    return render(request, "contracts/later_arrival.html", context)


@requires(*actions.ANSWERED_WITH.values(), fresh=True)
def approve_correction(request: HttpRequest, reference: str, line: int) -> HttpResponse:
    correction = _waiting(_line(request, reference, line))
    facts = {"correction": correction, "by": request.seat, "now": timezone.now()}
    form = Form(request.POST if request.method == "POST" else None)
    question = Question(**look.approving(correction))
    return ask(request, question, form, lambda: actions.approve_correction(**facts))


@requires(*actions.ANSWERED_WITH.values())
def decline_correction(request: HttpRequest, reference: str, line: int) -> HttpResponse:
    correction = _waiting(_line(request, reference, line))
    facts = {"correction": correction, "by": request.seat, "now": timezone.now()}
    question = Question(**look.declining(correction))
    return ask_reason(request, question, lambda reason: actions.decline_correction(reason=reason, **facts))


@requires(Permission.ACCEPT_DELIVERY)
def withdraw_correction(request: HttpRequest, reference: str, line: int) -> HttpResponse:
    correction = _waiting(_line(request, reference, line))
    facts = {"correction": correction, "by": request.seat, "now": timezone.now()}
    form = Form(request.POST if request.method == "POST" else None)
    question = Question(**look.withdrawing(correction))
    return ask(request, question, form, lambda: actions.withdraw_correction(**facts))


@requires(Permission.DELIVER)
def correct_expiry(request: HttpRequest, reference: str, line: int) -> HttpResponse:
    found = _line(request, reference, line)
    form = ExpiryForm(request.POST or None, initial={"expires_on": found.batch.expires_on})
    facts = {"line": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.correct_expiry(**form.cleaned_data, **facts)):
        messages.success(request, _("Corrected. Every hospital that has the batch is told."))
        return redirect(found.delivery)
    return render(request, "contracts/correct_expiry.html", {"form": form, "line": found, "delivery": found.delivery})


@requires(Permission.READ_PAYABLES)
def moved_days(request: HttpRequest) -> HttpResponseBase:
    """By hospital, for whoever owes or watches: a supplier waits longer for each of these days."""
    seen = Correction.objects.filter(line__delivery__in=Delivery.objects.visible_to(request.seat))
    table = MovedDaysTable(request, list(moved_first_days(seen)))
    if table.export:
        return table.export_response()
    return render(request, "contracts/moved_days.html", {"table": table})
