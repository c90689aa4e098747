"""Pages about people, organisations, roles and the inbox."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import actions, permissions
from accounts.access import SESSION_SEAT, current_seats, public, requires, signed_in
from accounts.forms import AcceptInvitationForm, EndSeatForm, InvitationForm, OrganisationForm, TokenForm
from accounts.models import Notice, Organisation, Seat, SeatToken
from accounts.permissions import Permission
from accounts.tables import OrganisationTable, SeatTable
from core.skins import attempt

BACKEND = "django.contrib.auth.backends.ModelBackend"


@requires(Permission.MANAGE_ORGANISATIONS)
def organisations(request: HttpRequest) -> HttpResponseBase:
    table = OrganisationTable(request, Organisation.objects.visible_to(request.seat).select_related("region"))
    if table.export:
        return table.export_response()
    return render(request, "accounts/organisations.html", {"table": table})


@requires(Permission.MANAGE_ORGANISATIONS)
def register_organisation(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    act = lambda: actions.register_organisation(**form.cleaned_data, by=request.seat, now=timezone.now())  # noqa: E731
    if request.method == "POST" and attempt(form, act):
        messages.success(request, _("Registered. Now invite its administrator."))
        return redirect("accounts:invite", credit_code=form.cleaned_data["credit_code"].strip().upper())
    return render(request, "accounts/register_organisation.html", {"form": form})


@requires(Permission.MANAGE_SEATS, Permission.MANAGE_ORGANISATIONS)
def people(request: HttpRequest) -> HttpResponseBase:
    seats = Seat.objects.filter(organisation=request.seat.organisation).select_related("person", "organisation")
    table = SeatTable(request, seats)
    if table.export:
        return table.export_response()
    return render(request, "accounts/people.html", {"table": table, "organisation": request.seat.organisation})


@requires(Permission.MANAGE_SEATS, Permission.MANAGE_ORGANISATIONS)
def invite(request: HttpRequest, credit_code: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.seat), credit_code=credit_code)
    form = InvitationForm(organisation, request.POST or None)
    context = {"form": form, "organisation": organisation}
    if request.method == "POST" and form.is_valid():
        invited = actions.invite(**form.cleaned_data, organisation=organisation, by=request.seat, now=timezone.now())
        path = reverse("accounts:accept-invitation", args=[invited[1]])
        return render(request, "accounts/invited.html", {**context, "link": request.build_absolute_uri(path)})
    return render(request, "accounts/invite.html", context)


@requires(Permission.MANAGE_SEATS, Permission.MANAGE_ORGANISATIONS)
def end_seat(request: HttpRequest, email: str) -> HttpResponse:
    own = Seat.objects.filter(organisation=request.seat.organisation, ended_at=None)
    seat = get_object_or_404(own, person__email=email)
    form = EndSeatForm(request.POST or None)
    act = lambda: actions.end_seat(seat=seat, **form.cleaned_data, by=request.seat, now=timezone.now())  # noqa: E731
    if request.method == "POST" and attempt(form, act):
        messages.success(request, _("%(person)s can no longer act here.") % {"person": seat.person.name})
        return redirect("accounts:people")
    return render(request, "accounts/end_seat.html", {"form": form, "ending": seat})


class ChangePassword(auth.PasswordChangeView):
    template_name = "accounts/change_password.html"
    success_url = reverse_lazy("accounts:account")

    def form_valid(self, form: Any) -> HttpResponse:
        actions.change_password(person=form.user, password=form.cleaned_data["new_password1"], now=timezone.now())
        auth.update_session_auth_hash(self.request, form.user)
        return redirect(self.get_success_url())


class SignOut(auth.LogoutView):
    """What a page kept in this browser, such as the draft of a bid, goes when its person does."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"storage"'
        return response


class ConfirmReset(auth.PasswordResetConfirmView):
    template_name = "accounts/confirm_reset.html"
    success_url = reverse_lazy("accounts:login")

    def form_valid(self, form: Any) -> HttpResponse:
        actions.change_password(person=form.user, password=form.cleaned_data["new_password1"], now=timezone.now())
        del self.request.session[auth.INTERNAL_RESET_SESSION_TOKEN]
        return redirect(self.get_success_url())


@public
@sensitive_post_parameters("password")
def accept_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    form = AcceptInvitationForm(request.POST or None)
    seats: list[Seat] = []
    act = lambda: seats.append(  # noqa: E731
        actions.accept_invitation(secret=secret, **form.cleaned_data, now=timezone.now())
    )
    if request.method == "POST" and attempt(form, act):
        login(request, seats[0].person, backend=BACKEND)
        request.session[SESSION_SEAT] = seats[0].pk
        return redirect("home")
    return render(request, "accounts/accept_invitation.html", {"form": form})


@signed_in
@require_POST
def take_seat(request: HttpRequest) -> HttpResponse:
    seat = get_object_or_404(current_seats(request.user), pk=request.POST.get("seat", 0))
    request.session.cycle_key()
    request.session[SESSION_SEAT] = seat.pk
    return redirect("home")


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    tokens = SeatToken.objects.filter(seat=request.seat, revoked_at=None)
    form = TokenForm(request.POST or None)
    context = {"form": form, "tokens": tokens, "seats": current_seats(request.user)}
    if request.method == "POST" and form.is_valid():
        _token, secret = actions.make_token(**form.cleaned_data, by=request.seat, now=timezone.now())
        return render(request, "accounts/account.html", {**context, "form": TokenForm(), "secret": secret})
    return render(request, "accounts/account.html", context)


@signed_in
@require_POST
def revoke_token(request: HttpRequest, fingerprint: str) -> HttpResponse:
    own = SeatToken.objects.filter(seat=request.seat, revoked_at=None)
    token = get_object_or_404(own, secret_hash__startswith=fingerprint)
    actions.revoke_token(token=token, by=request.seat, now=timezone.now())
    messages.success(request, _("The token no longer works."))
    return redirect("accounts:account")


@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    notices = list(Notice.objects.visible_to(request.seat)[:100])
    if request.method == "POST":
        actions.mark_read(notices=notices, by=request.seat, now=timezone.now())
        return redirect("accounts:inbox")
    return render(request, "accounts/inbox.html", {"notices": notices})


@public
def roles(request: HttpRequest) -> HttpResponse:
    context = {
        "roles": permissions.ROLES.values(),
        "exclusive": sorted(sorted(p.label for p in pair) for pair in permissions.EXCLUSIVE_IN_ONE_TENDER),
        "never": sorted(sorted(p.label for p in pair) for pair in permissions.EXCLUSIVE_IN_ONE_SEAT),
    }
    return render(request, "accounts/roles.html", context)
