"""Pages on which a published tender is extended, amended or cancelled, by two people."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from core.skins import attempt, fill_in
from tenders.actions import changes as actions
from tenders.forms.changes import AmendmentForm, CancellationForm, DeclineForm, ExtensionForm
from tenders.models import Change, Tender
from tenders.presentation import changes as look

OFFICER = Permission.PUBLISH_TENDER


@requires(OFFICER)
def propose_extension(request: HttpRequest, reference: str) -> HttpResponse:
    tender, form = _published(request, reference), ExtensionForm(request.POST or None)
    return _proposed(request, tender, form, actions.propose_extension, "tenders/propose_extension.html")


@requires(OFFICER)
def propose_cancellation(request: HttpRequest, reference: str) -> HttpResponse:
    tender, form = _published(request, reference), CancellationForm(request.POST or None)
    return _proposed(request, tender, form, actions.propose_cancellation, "tenders/propose_cancellation.html")


@requires(OFFICER)
def propose_amendment(request: HttpRequest, reference: str) -> HttpResponseBase:
    tender, now, made = _published(request, reference), timezone.now(), []
    form = AmendmentForm(tender, request.POST or None, request.FILES)
    if template := request.GET.get("template"):
        return form.template_response(template)
    facts = {"tender": tender, "by": request.seat, "now": now}
    if fill_in(request, form, lambda: made.append(actions.propose_amendment(**form.proposal, **facts))):
        return _to_change(request, made[0], _("Proposed. A second person decides it."))
    context = look.proposal_context(tender, request.seat, now)
    return render(request, "tenders/propose_amendment.html", context | {"form": form})


@requires(Permission.READ_TENDERS)
def change(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    change = _change(request, reference, number)
    return render(request, "tenders/change.html", look.change_context(change, request.seat, timezone.now()))


@requires(OFFICER)
def approve_change(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    change = _own_change(request, reference, number)
    if request.method == "POST":
        decided = actions.approve_change(change=change, by=request.seat, now=timezone.now())
        return _to_change(request, decided, _("Approved. Everybody is told."))
    return render(request, "tenders/approve_change.html", look.approve_context(change))


@requires(OFFICER)
def decline_change(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    change, form = _own_change(request, reference, number), DeclineForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: actions.decline_change(change=change, **form.cleaned_data, by=request.seat, now=timezone.now())
    ):
        return _to_change(request, change, _("Declined. The tender stays as it is."))
    return render(request, "tenders/decline_change.html", {"form": form, "change": change, "tender": change.tender})


def _proposed(
    request: HttpRequest, tender: Tender, form: Form, propose: Callable[..., Change], template: str
) -> HttpResponse:
    """The form of a proposal, or the change that it made."""
    now, made = timezone.now(), []

    def act() -> None:
        made.append(propose(tender=tender, **form.cleaned_data, by=request.seat, now=now))

    if request.method == "POST" and attempt(form, act):
        return _to_change(request, made[0], _("Proposed. A second person decides it."))
    return render(request, template, look.proposal_context(tender, request.seat, now) | {"form": form})


def _to_change(request: HttpRequest, change: Change, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("tenders:change", reference=change.tender.reference, number=change.number)


def _published(request: HttpRequest, reference: str) -> Tender:
    own = Tender.objects.visible_to(request.seat).published().filter(agency=request.seat.organisation)
    return get_object_or_404(own.select_related("agency", "region", "rule_set"), reference=reference)


def _change(request: HttpRequest, reference: str, number: int) -> Change:
    tenders = Tender.objects.visible_to(request.seat)
    changes = Change.objects.visible_to(request.seat).filter(tender__in=tenders)
    return get_object_or_404(
        changes.select_related(*look.PEOPLE, "tender__agency"), tender__reference=reference, number=number
    )


def _own_change(request: HttpRequest, reference: str, number: int) -> Change:
    own = Change.objects.filter(tender__agency=request.seat.organisation).select_related(*look.PEOPLE, "tender__agency")
    return get_object_or_404(own, tender__reference=reference, number=number)
