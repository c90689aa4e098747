"""Pages about the people in organisations, and roles."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import actions, permissions
from accounts.access import public, requires
from accounts.forms import InvitationForm, ReasonForm
from accounts.models import Organisation, Seat
from accounts.permissions import Permission
from accounts.tables import SeatTable
from core.skins import attempt


@requires(Permission.MANAGE_SEATS, Permission.MANAGE_ORGANISATIONS)
def people(request: HttpRequest) -> HttpResponseBase:
    own = Seat.objects.filter(organisation=request.seat.organisation).exclude(person__email=None)
    seats = own.select_related("person", "organisation")
    table = SeatTable(request, seats)
    if table.export:
        return table.export_response()
    return render(request, "accounts/people.html", {"table": table, "organisation": request.seat.organisation})


@requires(Permission.MANAGE_SEATS, Permission.MANAGE_ORGANISATIONS, fresh=True)
def invite(request: HttpRequest, credit_code: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.seat), credit_code=credit_code)
    form = InvitationForm(organisation, request.POST or None)
    context = {"form": form, "organisation": organisation}
    if request.method == "POST" and form.is_valid():
        invited = actions.invite(**form.cleaned_data, organisation=organisation, by=request.seat, now=timezone.now())
        path = reverse("accounts:accept-invitation", args=[invited[1]])
        return render(request, "accounts/invited.html", {**context, "link": request.build_absolute_uri(path)})
    return render(request, "accounts/invite.html", context)


@requires(Permission.MANAGE_SEATS, Permission.MANAGE_ORGANISATIONS, fresh=True)
def end_seat(request: HttpRequest, email: str) -> HttpResponse:
    own = Seat.objects.filter(organisation=request.seat.organisation, ended_at=None)
    seat = get_object_or_404(own, person__email=email)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: actions.end_seat(seat=seat, **form.cleaned_data, by=request.seat, now=timezone.now())
    ):
        messages.success(request, _("%(person)s can no longer act here.") % {"person": seat.person.name})
        return redirect("accounts:people")
    return render(request, "accounts/end_seat.html", {"form": form, "ending": seat})


@public
def roles(request: HttpRequest) -> HttpResponse:
    context = {
        "roles": permissions.ROLES.values(),
        "exclusive": sorted(sorted(p.label for p in pair) for pair in permissions.EXCLUSIVE_IN_ONE_TENDER),
        "needing": sorted(p.label for p in permissions.NEEDS_FACTOR),
        "better": sorted(p.label for p in permissions.BETTER_WITH_PASSKEY),
        "never": sorted(sorted(p.label for p in pair) for pair in permissions.EXCLUSIVE_IN_ONE_SEAT),
    }
    return render(request, "accounts/roles.html", context)
