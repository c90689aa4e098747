"""Pages on which a winner refuses its award, and an award that ended goes to the next in rank."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from awards import actions
from awards.forms import AnswerOfferForm, RefusalForm
from awards.models import Award, NextOffer
from awards.presentation import letters as look
from awards.querysets import AwardQuerySet
from core.skins import attempt
from tenders.views.lots import lot_of

AWARD, SIGN = Permission.AWARD, Permission.SIGN_CONTRACT


@requires(SIGN, fresh=True)
def refuse_award(request: HttpRequest, reference: str, number: int, place: int) -> HttpResponse:
    award = get_object_or_404(
        _awards(request, reference, number).filter(supplier__in=request.seat.lineage), place=place
    )
    form, act = RefusalForm(request.POST or None), {"award": award, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.refuse_award(**form.cleaned_data, **act)):
        return _done(request, award, _("Refused. The award has ended, and the agency is told."))
    return render(request, "awards/confirm.html", look.refusal(award) | {"form": form})


@requires(AWARD, fresh=True)
def lapse_award(request: HttpRequest, reference: str, number: int, place: int) -> HttpResponse:
    award, form, act = _own(request, reference, number, place)
    if request.method == "POST" and attempt(form, lambda: actions.lapse_award(**act)):
        return _done(request, award, _("The award has ended. Offer it to the next in rank."))
    return render(request, "awards/confirm.html", look.lapse(award, act["now"]) | {"form": form})


@requires(AWARD, fresh=True)
def offer_next(request: HttpRequest, reference: str, number: int, place: int) -> HttpResponse:
    award, form, act = _own(request, reference, number, place)
    if request.method == "POST" and attempt(form, lambda: actions.offer_next(**act)):
        return _done(request, award, _("Offered. The next in rank is told, and its days run."))
    if look.nobody_left(award, act["now"]):
        return redirect("awards:give-up-award", reference=reference, number=number, place=place)
    return render(request, "awards/confirm.html", look.offering(award, act["now"]) | {"form": form})


@requires(SIGN, fresh=True)
def answer_offer(request: HttpRequest, reference: str, number: int, place: int) -> HttpResponse:
    offers = NextOffer.objects.filter(letter__award__in=_awards(request, reference, number).filter(place=place))
    offers = offers.filter(supplier__in=request.seat.lineage).select_related("letter__award__decision__lot__tender")
    offer = get_object_or_404(offers)
    form, act = AnswerOfferForm(request.POST or None), {"offer": offer, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.answer_offer(**form.cleaned_data, **act)):
        return _done(request, offer.letter.award, _("Answered. The agency is told."))
    return render(request, "awards/confirm.html", look.answer(offer, act["now"]) | {"form": form})


@requires(AWARD, fresh=True)
def award_next(request: HttpRequest, reference: str, number: int, place: int) -> HttpResponse:
    award, form, act = _own(request, reference, number, place)
    if request.method == "POST" and attempt(form, lambda: actions.award_next(**act)):
        return _done(request, award, _("Awarded. The price register has the price, and bidders are told."))
    return render(request, "awards/confirm.html", look.replacement(award) | {"form": form})


@requires(AWARD, fresh=True)
def give_up_award(request: HttpRequest, reference: str, number: int, place: int) -> HttpResponse:
    award, form, act = _own(request, reference, number, place)
    if request.method == "POST" and attempt(form, lambda: actions.give_up_award(**act)):
        return _done(request, award, _("Given up. The need is free for another tender."))
    return render(request, "awards/confirm.html", look.giving_up(award, act["now"]) | {"form": form})


def _awards(request: HttpRequest, reference: str, number: int) -> AwardQuerySet:
    """The winners' letters of a lot that the seat may see."""
    related = ("supplier", "letter", "decision__lot__tender")
    with_letters = Award.objects.filter(letter__isnull=False).select_related(*related)
    return with_letters.filter(decision__lot=lot_of(request, reference, number))


def _own(request: HttpRequest, reference: str, number: int, place: int) -> tuple[Award, Form, dict[str, Any]]:
    """An award of the seat's agency, the form that confirms, and what acts on it are told."""
    own = _awards(request, reference, number).filter(agency=request.seat.organisation)
    award = get_object_or_404(own, place=place)
    form = Form(request.POST if request.method == "POST" else None)
    return award, form, {"award": award, "by": request.seat, "now": timezone.now()}


def _done(request: HttpRequest, award: Award, told: str) -> HttpResponse:
    messages.success(request, told)
    lot = award.decision.lot
    return redirect("tenders:lot", reference=lot.tender.reference, number=lot.number)
