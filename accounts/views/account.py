"""A person's own account: seats, factors, sessions, tokens, password, inbox."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import actions, proof
from accounts.access import SESSION_SEAT, current_seats, lacks_factor, signed_in
from accounts.actions import factors
from accounts.forms import ChangePasswordForm, TokenForm
from accounts.models import CodeApp, InboxMessage, RecoveryCode, Seat, SeatToken, Session
from accounts.permissions import BETTER_WITH_PASSKEY
from core.skins import attempt, posted_from


@signed_in(unproved=True)
def account(request: HttpRequest) -> HttpResponse:
    person, lacking = request.seat.person, lacks_factor(request)
    context = {
        "lacking": lacking,
        "better_with_passkey": not request.seat.permissions.isdisjoint(BETTER_WITH_PASSKEY),
        "seats": current_seats(person),
        "passkeys": person.passkeys.in_use(),
        "app": CodeApp.objects.filter(person=person).first(),
        "recovery_left": RecoveryCode.objects.filter(person=person, used_at=None).count(),
        "sessions": [] if lacking else _sessions(request),
        "tokens": [] if lacking else SeatToken.objects.filter(seat=request.seat, revoked_at=None),
    }
    return render(request, "accounts/account.html", context)


@signed_in(unproved=True)
@posted_from("accounts:account")
def take_seat(request: HttpRequest) -> HttpResponse:
    seat = get_object_or_404(current_seats(request.user), pk=request.POST.get("seat", 0))
    request.session.cycle_key()
    request.session[SESSION_SEAT] = seat.pk
    return redirect("home")


class ChangePassword(auth.PasswordChangeView):
    template_name = "accounts/change_password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("accounts:account")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}

    def form_valid(self, form: Any) -> HttpResponse:
        actions.change_password(person=form.user, password=form.cleaned_data["new_password1"], now=timezone.now())
        auth.update_session_auth_hash(self.request, form.user)
        return redirect(self.get_success_url())


@signed_in
@posted_from("accounts:account")
def end_sessions(request: HttpRequest) -> HttpResponse:
    person, keep = request.seat.person, request.session.session_key
    factors.end_other_sessions(person=person, keep=keep, now=timezone.now())
    messages.success(request, _("All other sessions have ended."))
    return redirect("accounts:account")


@signed_in(fresh=True)
def make_token(request: HttpRequest) -> HttpResponse:
    lead = _(
        "A program that carries a token acts as this seat over the HTTP API, weighty acts included. Revoke what is no"
        " longer used."
    )
    return token_page(request, up=_("Account"), up_url=reverse("accounts:account"), lead=lead)


def token_page(request: HttpRequest, *, seat: Seat | None = None, **page: Any) -> HttpResponse:
    """Make a token of the seat itself or of another, and show its secret once. ``page`` says to which page it belongs
    (``up``, ``up_url``) and who will act by the token (``lead``)."""
    form, made = TokenForm(request.POST or None), list[tuple[SeatToken, str]]()
    facts = {"seat": seat, "by": request.seat, "now": timezone.now()}
    if request.method == "POST":
        attempt(form, lambda: made.append(actions.make_token(**form.cleaned_data, **facts)))
    context = {"form": TokenForm() if made else form, "secret": made[0][1] if made else ""}
    return render(request, "accounts/make_token.html", {**page, **context})


@signed_in
@posted_from("accounts:account")
def revoke_token(request: HttpRequest, fingerprint: str) -> HttpResponse:
    own = SeatToken.objects.filter(seat=request.seat, revoked_at=None)
    token = get_object_or_404(own, secret_hash__startswith=fingerprint)
    actions.revoke_token(token=token, by=request.seat, now=timezone.now())
    messages.success(request, _("The token no longer works."))
    return redirect("accounts:account")


@signed_in(unproved=True)
def inbox(request: HttpRequest) -> HttpResponse:
    received = list(InboxMessage.objects.visible_to(request.seat)[:100])
    if request.method == "POST":
        actions.mark_read(messages=received, by=request.seat, now=timezone.now())
        return redirect("accounts:inbox")
    return render(request, "accounts/inbox.html", {"received": received})


def _sessions(request: HttpRequest) -> list[dict[str, Any]]:
    """The person's sessions, the latest proof first; the one of this page is marked."""
    running = Session.objects.filter(person=request.seat.person, expire_date__gt=timezone.now())
    found = [
        {"here": row.session_key == request.session.session_key, **proof.described(row.get_decoded())}
        for row in running.order_by("-expire_date")
    ]
    return sorted(found, key=lambda session: not session["here"])
