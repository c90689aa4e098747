"""The question who is there, as pages ask it: for a passkey, a code, or, where there is neither, the password."""

from dataclasses import dataclass, field
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts import codes, passkeys, passwords, proof
from accounts.actions import factors
from accounts.demo import is_demo
from accounts.forms import PasswordForm, ProofForm
from accounts.models import CodeApp, Person
from core.errors import Refused
from core.skins import attempt


@dataclass
class Asked:
    """What a person was asked, and by what it has answered: nothing yet, or wrongly, where ``by`` is empty."""

    by: str = ""
    context: dict[str, Any] = field(default_factory=dict)


def ask(request: HttpRequest, person: Person) -> Asked:
    """Ask for the strongest proof that a person has, or check what was answered."""
    app = CodeApp.objects.filter(person=person).first()
    strong = app is not None or person.passkeys.in_use().exists()
    shown = demo_code(app)
    form = (ProofForm if strong else PasswordForm)(request.POST or None, initial={"code": shown})
    given: list[str] = []
    check = _strong if strong else _password
    if request.method == "POST" and attempt(form, lambda: given.append(check(request, person, form))):
        return Asked(by=given[0])
    context = {"form": form, "person": person, "strong": strong, "demo_code": shown}
    if person.passkeys.in_use().exists():
        context["options"] = passkeys.request_options(person, proof.new_challenge(request))
    return Asked(context=context)


def onward(request: HttpRequest) -> str:
    """Where a page leads to next: an address of this site, or the home page."""
    to = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def demo_code(app: CodeApp | None) -> str:
    """The code that a demo account's app would show: for accounts that the seed made, in a demo, and nowhere else."""
    if app is None or not app.shown_in_demo or not is_demo():
        return ""
    step = max(codes.step_of(timezone.now()), app.last_step + 1)
    secret = factors.secret_of(app)
    return codes.code_at(secret, step) if secret else ""


def qr_code(text: str) -> str:
    """A QR code as the address of a picture, which a strict content policy allows."""
    return str(segno.make(text, error="m").svg_data_uri(scale=5, dark="#000", light="#fff", border=4))


def _strong(request: HttpRequest, person: Person, form: ProofForm) -> str:
    now, credential = timezone.now(), form.cleaned_data["credential"]
    if credential:
        passkeys.checked_assertion(person, proof.take_challenge(request), credential, now=now)
        return proof.PASSKEY
    factors.prove_by_code(person=person, text=form.cleaned_data["code"], now=now)
    return proof.CODE


def _password(request: HttpRequest, person: Person, form: PasswordForm) -> str:
    if passwords.person_with(request, str(person.email), form.cleaned_data["password"]) != person:
        raise Refused(_("This is not your password."), field="password", code="password")
    return proof.PASSWORD
