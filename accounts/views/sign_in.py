"""Signing in: a password and then a factor, or a passkey alone; invitations and forgotten passwords."""

from functools import partial
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import actions, demo, devices, passkeys, passwords, proof
from accounts.access import SESSION_SEAT, public, signed_in
from accounts.actions import factors
from accounts.actions.guesses import ShutOut
from accounts.forms import AcceptInvitationForm, PasskeyForm, SignInForm
from accounts.models import Person, Seat
from accounts.resets import Links
from accounts.rules import DEMO_PASSWORD
from accounts.views.asking import ask, onward
from core.clock import legal_date
from core.skins import attempt


class SignIn(auth.LoginView):
    """The password. It lets in only whom it is enough for."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not demo.is_demo():
            return super().get_context_data(**kwargs)
        played = demo.played(legal_date(timezone.now()))
        return super().get_context_data(**kwargs) | {"played": played, "password": DEMO_PASSWORD}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except ShutOut as shut:
            context = {"until": shut.until, "contact": settings.CONTACT}
            answer = render(request, "accounts/shut_out.html", context, status=429)
            answer.headers["Retry-After"] = str(ceil((shut.until - timezone.now()).total_seconds()))
            return answer

    def form_valid(self, form: Any) -> HttpResponse:
        return after_password(self.request, form.get_user(), self.get_success_url())


def after_password(request: HttpRequest, person: Person, to: str) -> HttpResponse:
    """The second step for whoever has a factor; else in, to set one up where the seat needs it."""
    now = timezone.now()
    if factors.has_factor(person):
        proof.await_second_step(request, person, to, now)
        return redirect("accounts:second-step")
    return _enter(request, person, proof.PASSWORD, to)


@public
@never_cache
@sensitive_post_parameters()
def second_step(request: HttpRequest) -> HttpResponse:
    waiting = proof.awaited(request, timezone.now())
    if waiting is None:
        return redirect("accounts:login")
    person, to = waiting
    asked = ask(request, person)
    if asked.by:
        return _enter(request, person, asked.by, to)
    return render(request, "accounts/second_step.html", asked.context)


@public
@never_cache
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """In without a password: the passkey asks for PIN, finger or face. No guess of anybody's shuts this door."""
    form, found = PasskeyForm(request.POST or None), []
    if request.method == "POST" and attempt(form, lambda: found.append(_person_at(request, form))):
        return _enter(request, found[0], proof.PASSKEY, onward(request))
    options = passkeys.request_options(None, proof.new_challenge(request))
    return render(request, "accounts/passkey_sign_in.html", {"form": form, "options": options, "next": onward(request)})


@public
@sensitive_post_parameters("password")
def accept_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    form = AcceptInvitationForm(request.POST or None)
    seats: list[Seat] = []
    if request.method == "POST" and attempt(form, lambda: seats.append(_accepted(request, secret, form))):
        answer = after_password(request, seats[0].person, onward(request))
        request.session[SESSION_SEAT] = seats[0].pk
        return answer
    return render(request, "accounts/accept_invitation.html", {"form": form})


def _accepted(request: HttpRequest, secret: str, form: AcceptInvitationForm) -> Seat:
    """Whoever invites a person has the link too, and may not try that person's password with it as often as it likes:
    it is looked at, and counted, as at the sign-in."""
    password, invited = form.cleaned_data["password"], actions.invited_person(secret)
    if invited is not None:
        passwords.person_with(request, str(invited.email), password)
    return actions.accept_invitation(secret=secret, password=password, now=timezone.now())


class SignOut(auth.LogoutView):
    """What a page kept in this browser, such as the draft of a bid, goes when its person does."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"storage"'
        return response


class ConfirmReset(auth.PasswordResetConfirmView):
    """Whoever opened the mail and chose a password is known in this browser: guesses of others do not shut it out."""

    template_name = "accounts/confirm_reset.html"
    success_url = reverse_lazy("accounts:login")
    token_generator = Links()

    def form_valid(self, form: Any) -> HttpResponse:
        now, secret = timezone.now(), self.request.session.get(auth.INTERNAL_RESET_SESSION_TOKEN, "")
        password = form.cleaned_data["new_password1"]
        act = partial(actions.choose_password, person=form.user, secret=secret, password=password, now=now)
        if not attempt(form, act):
            return self.form_invalid(form)
        logout(self.request)
        answer = redirect(self.get_success_url())
        devices.remember(self.request, answer, form.user, now)
        return answer


@signed_in(unproved=True)
@never_cache
@sensitive_post_parameters()
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask again who is there, and go back to what is to be done."""
    asked = ask(request, request.seat.person)
    if asked.by:
        proof.renew(request, asked.by, timezone.now())
        return redirect(onward(request))
    return render(request, "accounts/confirm.html", asked.context | {"next": onward(request)})


def _enter(request: HttpRequest, person: Person, by: str, to: str) -> HttpResponse:
    now = timezone.now()
    proof.enter(request, person, by, now)
    answer = redirect(to)
    devices.remember(request, answer, person, now)
    return answer


def _person_at(request: HttpRequest, form: PasskeyForm) -> Person:
    person, now = passkeys.person_of(form.cleaned_data["credential"]), timezone.now()
    passkeys.checked_assertion(person, proof.take_challenge(request), form.cleaned_data["credential"], now=now)
    return person
