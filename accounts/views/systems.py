"""Programs of an organisation: proposed by one administrator, confirmed by another, with tokens of their own."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import actions
from accounts import presentation as look
from accounts.access import requires
from accounts.forms import ReasonForm, SystemForm
from accounts.models import Seat, SeatToken, System
from accounts.permissions import Permission
from accounts.tables import SystemTable
from accounts.views.account import token_page
from core.skins import attempt

MANAGE = (Permission.MANAGE_SEATS, Permission.MANAGE_ORGANISATIONS)


def _system(request: HttpRequest, reference: str) -> System:
    return get_object_or_404(System.objects.visible_to(request.seat).with_people(), reference=reference)


@requires(*MANAGE)
def systems(request: HttpRequest) -> HttpResponseBase:
    table = SystemTable(request, System.objects.visible_to(request.seat).with_people())
    if table.export:
        return table.export_response()
    return render(request, "accounts/systems.html", {"table": table})


@requires(*MANAGE, fresh=True)
def propose_system(request: HttpRequest) -> HttpResponse:
    organisation = request.seat.organisation
    form = SystemForm(organisation, request.POST or None)
    facts = {"organisation": organisation, "by": request.seat, "now": timezone.now()}
    made: list[System] = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(actions.propose_system(**form.cleaned_data, **facts))
    ):
        messages.success(request, _("Proposed. A second person of your organisation confirms it."))
        return redirect(made[0])
    return render(request, "accounts/propose_system.html", {"form": form})


@requires(*MANAGE)
def system(request: HttpRequest, reference: str) -> HttpResponse:
    found = _system(request, reference)
    tokens = SeatToken.objects.filter(seat=found.seat_id, revoked_at=None).select_related("use")
    acts = look.system_acts(found, request.seat)
    status, tone = look.system_stage(found)
    context = {"system": found, "facts": look.system_facts(found), "acts": acts, "tokens": tokens}
    context |= {"status": status, "tone": tone}
    return render(request, "accounts/system.html", context)


@requires(*MANAGE, fresh=True)
def confirm_system(request: HttpRequest, reference: str) -> HttpResponse:
    found = _system(request, reference)
    asked = {"title": _("Confirm the system"), "effects": look.confirming_system(found)}
    return _decide(request, found, actions.confirm_system, asked)


@requires(*MANAGE)
def decline_system(request: HttpRequest, reference: str) -> HttpResponse:
    found = _system(request, reference)
    effects = [_("%(name)s gets no seat and no token.") % {"name": found.name}]
    return _decide(request, found, actions.decline_system, {"title": _("Decline the system"), "effects": effects})


def _decide(request: HttpRequest, found: System, act: Callable[..., Any], asked: dict[str, Any]) -> HttpResponse:
    form = Form(request.POST if request.method == "POST" else None)
    facts = {"system": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: act(**facts)):
        messages.success(request, _("Done. It stands in the record of the organisation."))
        return redirect(found)
    context = {"form": form, "submit": asked["title"], "reference": found.reference}
    return render(request, "confirm.html", {**asked, **context, "cancel_url": found.get_absolute_url()})


@requires(*MANAGE, fresh=True)
def make_system_token(request: HttpRequest, reference: str) -> HttpResponse:
    found = _system(request, reference)
    lead = _(
        "Whoever carries it acts as %(name)s. Two may be in use at once, so that a new one takes the place of the old"
        " without a gap."
    ) % {"name": found.name}
    seat = get_object_or_404(Seat, pk=found.seat_id)  # a proposed one has none yet
    return token_page(request, seat=seat, up=found.name, up_url=found.get_absolute_url(), lead=lead)


@requires(*MANAGE)
def revoke_system_token(request: HttpRequest, reference: str, fingerprint: str) -> HttpResponse:
    found, form = _system(request, reference), Form(request.POST if request.method == "POST" else None)
    own = SeatToken.objects.filter(seat=found.seat_id, seat__isnull=False, revoked_at=None)
    token = get_object_or_404(own.select_related("seat__organisation"), secret_hash__startswith=fingerprint)
    facts = {"token": token, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.revoke_token(**facts)):
        messages.success(request, _("The token no longer works."))
        return redirect(found)
    effects = [_("Programs that carry the token %(label)s are refused at once.") % {"label": token.label}]
    context = {"title": _("Revoke the token"), "submit": _("Revoke the token"), "effects": effects, "danger": True}
    context |= {"form": form, "reference": found.reference, "cancel_url": found.get_absolute_url()}
    return render(request, "confirm.html", context)


@requires(*MANAGE, fresh=True)
def end_system(request: HttpRequest, reference: str) -> HttpResponse:
    found, form = _system(request, reference), ReasonForm(request.POST or None)
    seat = get_object_or_404(Seat.objects.filter(ended_at=None), pk=found.seat_id)
    facts = {"seat": seat, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.end_seat(**form.cleaned_data, **facts)):
        messages.success(request, _("%(person)s can no longer act here.") % {"person": found.name})
        return redirect(found)
    effects = [_("All tokens of %(name)s stop at once.") % {"name": found.name}]
    context = {"title": _("End the system"), "submit": _("End the system"), "effects": effects, "danger": True}
    context |= {"form": form, "reference": found.reference, "cancel_url": found.get_absolute_url()}
    return render(request, "confirm.html", context)
