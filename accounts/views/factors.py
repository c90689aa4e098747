"""Adding and removing what a person proves itself with."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from accounts import codes, passkeys, proof
from accounts.access import requires, signed_in
from accounts.actions import factors
from accounts.forms import NewPasskeyForm, ReasonForm, SetUpCodesForm
from accounts.models import CodeApp, Seat
from accounts.permissions import Permission
from accounts.views.asking import qr_code
from core.skins import attempt

SECRET = "new code secret"  # the key in a session, until a code shows that the app has it


@signed_in(fresh=True, unproved=True)
@never_cache
def add_passkey(request: HttpRequest) -> HttpResponse:
    form = NewPasskeyForm(request.POST or None)
    made: list[list[str]] = []
    if request.method == "POST" and attempt(form, lambda: made.append(_keep_passkey(request, form))):
        proof.renew(request, proof.PASSKEY, timezone.now())
        messages.success(request, _("The passkey is added."))
        return _show_once(request, made[0])
    options = passkeys.creation_options(request.seat.person, proof.new_challenge(request))
    return render(request, "accounts/add_passkey.html", {"form": form, "options": options})


@signed_in(fresh=True, unproved=True)
@never_cache
@sensitive_variables("secret")
def set_up_codes(request: HttpRequest) -> HttpResponse:
    person, form = request.seat.person, SetUpCodesForm(request.POST or None)
    secret = bytes.fromhex(request.session.setdefault(SECRET, codes.new_secret().hex()))
    facts = {"person": person, "secret": secret, "keep": request.session.session_key, "now": timezone.now()}
    made: list[list[str]] = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(factors.set_up_codes(**facts, **form.cleaned_data))
    ):
        del request.session[SECRET]
        proof.renew(request, proof.CODE, timezone.now())
        messages.success(request, _("One-time codes are set up."))
        return _show_once(request, made[0])
    address = codes.app_address(secret, person.email, _("Procurement platform"))
    context = {"form": form, "secret": codes.secret_text(secret), "picture": qr_code(address)}
    return render(request, "accounts/set_up_codes.html", context)


@signed_in(fresh=True)
@never_cache
@sensitive_variables("made")
def make_recovery_codes(request: HttpRequest) -> HttpResponse:
    if not factors.has_factor(request.seat.person):
        raise Http404
    if request.method == "POST":
        return _show_once(request, factors.make_recovery_codes(person=request.seat.person, now=timezone.now()))
    effects = [_("Ten new codes are shown, once."), _("The codes that you have now stop working.")]
    return _confirm(request, _("Make new recovery codes"), effects, _("Make them"))


@signed_in(fresh=True)
def remove_passkey(request: HttpRequest, fingerprint: str) -> HttpResponse:
    own = request.seat.person.passkeys.in_use()
    passkey = next((found for found in own if found.fingerprint == fingerprint), None)
    if passkey is None:
        raise Http404
    if request.method == "POST":
        factors.remove_passkey(passkey=passkey, now=timezone.now())
        messages.success(request, _("The passkey is removed."))
        return redirect("accounts:account")
    effects = [_("“%(label)s” no longer signs you in. What it signed can still be checked.") % {"label": passkey}]
    return _confirm(request, _("Remove a passkey"), effects, _("Remove it"))


@signed_in(fresh=True)
def remove_codes(request: HttpRequest) -> HttpResponse:
    get_object_or_404(CodeApp, person=request.seat.person)
    if request.method == "POST":
        factors.remove_codes(person=request.seat.person, now=timezone.now())
        messages.success(request, _("One-time codes are removed."))
        return redirect("accounts:account")
    effects = [_("The codes of your app no longer sign you in. Delete them in the app too.")]
    return _confirm(request, _("Remove one-time codes"), effects, _("Remove them"))


@requires(Permission.MANAGE_SEATS, Permission.MANAGE_ORGANISATIONS, fresh=True)
@sensitive_post_parameters()
def reset_factors(request: HttpRequest, email: str) -> HttpResponse:
    own = Seat.objects.filter(organisation=request.seat.organisation, ended_at=None).select_related("person")
    seat, form = get_object_or_404(own, person__email=email), ReasonForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: factors.reset_factors(seat=seat, **form.cleaned_data, by=request.seat, now=timezone.now())
    ):
        messages.success(
            request, _("Removed. %(person)s is told, and sets up new ones.") % {"person": seat.person.name}
        )
        return redirect("accounts:people")
    return render(request, "accounts/reset_factors.html", {"form": form, "losing": seat})


def _keep_passkey(request: HttpRequest, form: NewPasskeyForm) -> list[str]:
    registered = passkeys.checked_registration(proof.take_challenge(request), form.cleaned_data["credential"])
    facts = {"keep": request.session.session_key, "now": timezone.now()}
    return factors.add_passkey(
        person=request.seat.person, registered=registered, label=form.cleaned_data["label"], **facts
    )


def _show_once(request: HttpRequest, made: list[str]) -> HttpResponse:
    """Recovery codes, where there are new ones; else back to the account."""
    if not made:
        return redirect("accounts:account")
    return render(request, "accounts/recovery_codes.html", {"codes": made})


def _confirm(request: HttpRequest, title: str, effects: list[str], submit: str) -> HttpResponse:
    return render(request, "confirm.html", {"title": title, "effects": effects, "submit": submit})
