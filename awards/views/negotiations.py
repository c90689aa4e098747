"""Pages of negotiations: the list, one with its rounds, and each act of supplier, table, expert and agency."""

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
from awards.actions import negotiation as actions
from awards.forms import FollowedForm, LeadsOnForm, OpenNegotiationForm, OutcomeForm, PackPriceForm
from awards.models import Counter, Negotiation
from awards.presentation import negotiation as look
from core.clock import legal_date
from core.skins import attempt

READ, PROPOSE, AWARD = Permission.READ_TENDERS, Permission.PUBLISH_RESULT, Permission.AWARD
TALK, SEAL, BID = Permission.NEGOTIATE, Permission.EVALUATE, Permission.BID


@requires(READ)
def negotiations(request: HttpRequest) -> HttpResponseBase:
    rows = Negotiation.objects.visible_to(request.seat).for_list()
    table = look.NegotiationTable(request, rows)
    if table.export:
        return table.export_response()
    lots = look.lots_to_open(request.seat, timezone.now())
    return render(request, "awards/negotiations.html", {"table": table, "lots": lots})


@requires(READ)
def negotiation(request: HttpRequest, reference: str) -> HttpResponse:
    found = _negotiation(request, reference)
    return render(request, "awards/negotiation.html", look.page(found, request, timezone.now()))


@requires(PROPOSE)
def open_negotiation(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    now, asked = timezone.now(), {"tender__reference": reference, "number": number}
    lots = Negotiation.objects.lots_to_negotiate(request.seat.organisation_id, now).select_related("tender")
    lot = get_object_or_404(lots, **asked)
    form = OpenNegotiationForm(lot, legal_date(now), request.POST or None)
    act = {"lot": lot, "by": request.seat, "now": now}
    if request.method == "POST" and attempt(
        form, lambda: actions.open_negotiation(bid=form.cleaned_data["bid"], plan=form.plan, **act)
    ):
        messages.success(request, _("Opened. The supplier and the table find it among their tasks."))
        return redirect("awards:negotiations")
    words = {"title": _("Open a negotiation"), "submit": _("Open"), "lead": f"{lot.tender} / {lot.number} {lot.title}"}
    return render(request, "awards/negotiation_form.html", {"form": form, **words})


# --- The supplier and the table ----------------------------------------------------------------------------
@requires(BID, fresh=True)
def make_offer(request: HttpRequest, reference: str) -> HttpResponse:
    lead = _("It binds you. No later offer can be higher.")
    return _price_of(request, reference, actions.make_offer, title=_("Make an offer"), submit=_("Offer"), lead=lead)


@requires(TALK, fresh=True)
def propose_counter(request: HttpRequest, reference: str) -> HttpResponse:
    lead = _("The supplier sees it when a second seat of the table has signed it.")
    words = {"title": _("Answer the offer"), "submit": _("Propose the answer"), "lead": lead}
    return _price_of(request, reference, actions.propose_counter, **words)


@requires(TALK, fresh=True)
def sign_counter(request: HttpRequest, reference: str) -> HttpResponse:
    waiting = Counter.objects.filter(negotiation=_negotiation(request, reference), signed_at=None)
    counter = waiting.select_related("negotiation").order_by("pk").last()

    def sign(*, negotiation: Negotiation, **act: Any) -> Any:
        return actions.sign_counter(counter=get_object_or_404(waiting, pk=counter and counter.pk), **act)

    words = {"title": _("Sign the answer"), "submit": _("Sign"), "price": counter and counter.price}
    return _deciding(request, reference, _empty(request), sign, **words)


@requires(TALK)
def close_talks(request: HttpRequest, reference: str) -> HttpResponse:
    lead = _("No offer and no answer follows. The minutes say what came of it.")
    words = {"title": _("Close the talks"), "submit": _("Close"), "lead": lead}
    return _deciding(request, reference, _empty(request), actions.close_talks, **words)


@requires(TALK)
def draft_minutes(request: HttpRequest, reference: str) -> HttpResponse:
    form = OutcomeForm(request.POST if request.method == "POST" else None)

    def draft(*, negotiation: Negotiation, by: Any, now: Any, **given: Any) -> Any:
        return actions.draft_minutes(negotiation=negotiation, outcome=form.outcome, by=by, now=now)

    words = {"title": _("Draft the minutes"), "submit": _("Draft")}
    return _deciding(request, reference, form, draft, **words)


@requires(TALK, BID, fresh=True)
def sign_minutes(request: HttpRequest, reference: str) -> HttpResponse:
    minutes = look.last_minutes(_negotiation(request, reference))

    def sign(*, negotiation: Negotiation, **act: Any) -> Any:
        return actions.sign_minutes(minutes=get_object_or_404(negotiation.minutes, pk=minutes and minutes.pk), **act)

    words = {"title": _("Sign the minutes"), "submit": _("Sign"), "minutes": minutes}
    return _deciding(request, reference, _empty(request), sign, **words)


# --- The expert --------------------------------------------------------------------------------------------
@requires(SEAL, fresh=True)
def commit_reserve(request: HttpRequest, reference: str) -> HttpResponse:
    lead = _("Its salted hash is told now. The price is yours alone until you disclose it after the last offer.")
    words = {"title": _("Seal the reserve price"), "submit": _("Seal"), "lead": lead}
    return _price_of(request, reference, actions.commit_reserve, **words)


@requires(SEAL)
def compare_quote(request: HttpRequest, reference: str) -> HttpResponse:
    lead = _("Only whether the talk goes on is told.")
    words = {"title": _("Compare the quote"), "submit": _("Compare"), "lead": lead}
    return _deciding(request, reference, _empty(request), actions.compare_quote, **words)


@requires(SEAL, fresh=True)
def disclose_reserve(request: HttpRequest, reference: str) -> HttpResponse:
    lead = _("The table and the supplier see it, with the salt by which they recompute the hash.")
    words = {"title": _("Disclose the reserve price"), "submit": _("Disclose"), "lead": lead}
    return _deciding(request, reference, _empty(request), actions.disclose_reserve, **words)


# --- The agency --------------------------------------------------------------------------------------------
@requires(PROPOSE)
def skip_expert(request: HttpRequest, reference: str) -> HttpResponse:
    words = {"title": _("Go on without the expert"), "submit": _("Go on")}
    return _deciding(request, reference, _empty(request), actions.skip_expert, **words)


@requires(PROPOSE)
def lapse_negotiation(request: HttpRequest, reference: str) -> HttpResponse:
    words = {"title": _("End the negotiation"), "submit": _("End it")}
    return _deciding(request, reference, LeadsOnForm(request.POST or None), actions.lapse_negotiation, **words)


@requires(PROPOSE)
def propose_negotiated(request: HttpRequest, reference: str) -> HttpResponse:
    lead = _("The price becomes public, and the standstill runs as of every proposal.")
    words = {"title": _("Propose the award"), "submit": _("Propose"), "lead": lead}
    return _deciding(request, reference, _empty(request), actions.propose_negotiated, **words)


@requires(AWARD, fresh=True)
def register_confidential(request: HttpRequest, reference: str) -> HttpResponse:
    lead = _("Supplier, payer, agency, the hospitals of the lot and auditors see it in the price register.")
    words = {"title": _("Register the price"), "submit": _("Register"), "lead": lead}
    return _deciding(request, reference, _empty(request), actions.register_confidential, **words)


@requires(PROPOSE)
def follow_negotiation(request: HttpRequest, reference: str) -> HttpResponse:
    words = {"title": _("Record what followed"), "submit": _("Record")}
    return _deciding(request, reference, FollowedForm(request.POST or None), actions.follow_negotiation, **words)


def _price_of(request: HttpRequest, reference: str, act: Callable[..., Any], **words: Any) -> HttpResponse:
    return _deciding(request, reference, PackPriceForm(request.POST or None), act, **words)


def _deciding(
    request: HttpRequest, reference: str, form: forms.Form, act: Callable[..., Any], **words: Any
) -> HttpResponse:
    """A page that asks before an act in a negotiation."""
    found = _negotiation(request, reference)
    facts = {"negotiation": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: act(**form.cleaned_data, **facts)):
        messages.success(request, _("Done. It stands in the record of the negotiation."))
        return redirect(found)
    return render(request, "awards/negotiation_form.html", {"negotiation": found, "form": form, **words})


def _empty(request: HttpRequest) -> forms.Form:
    return forms.Form(request.POST if request.method == "POST" else None)


def _negotiation(request: HttpRequest, reference: str) -> Negotiation:
    people = [
        f"{one}__{part}"
        for one in ("agency_seat", "hospital_seat", "payer_seat")
        for part in ("person", "organisation")
    ]
    visible = Negotiation.objects.visible_to(request.seat).for_list().select_related(*people)
    return get_object_or_404(visible, reference=reference)
