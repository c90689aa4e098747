"""Pages of coming in: for applicants without an account, by a secret link, and for the agency, which decides."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts import actions
from accounts.access import public, requires
from accounts.actions.guesses import ShutOut, application_doors, count_try
from accounts.forms import ReasonForm
from accounts.forms.applications import ApplicationForm, LostLinkForm, QuestionForm, ReviewForm
from accounts.models import Application, ApplicationLicence, Organisation
from accounts.permissions import Permission
from accounts.presentation import applications as look
from accounts.tables.applications import ApplicationTable
from core.errors import Refused
from core.origin import client_address, place
from core.skins import attempt

REGISTER, WATCH, MANAGE = Permission.MANAGE_ORGANISATIONS, Permission.READ_TRAIL, Permission.MANAGE_SEATS


@public
@never_cache
def apply(request: HttpRequest) -> HttpResponse:
    form = ApplicationForm(request.POST or None, request.FILES or None)
    made: list[Application] = []
    if request.method == "POST" and attempt(form, lambda: made.append(_applied(request, form))):
        return render(request, "accounts/applied.html", {"application": made[0]})
    return render(request, "accounts/apply.html", {"form": form})


@requires(MANAGE)
@never_cache
def renew_admission(request: HttpRequest) -> HttpResponse:
    """An organisation that is registered asks to be admitted anew, with what is known of it to begin with."""
    own: Organisation = request.seat.organisation
    form = ApplicationForm(request.POST or None, request.FILES or None, initial=look.begin_renewal(own, request.seat))
    made: list[Application] = []
    facts = {"renews": own, "by": request.seat}
    if request.method == "POST" and attempt(form, lambda: made.append(_applied(request, form, **facts))):
        return redirect(made[0])
    return render(request, "accounts/apply.html", {"form": form, "organisation": own})


@public
@never_cache
def own_application(request: HttpRequest, secret: str) -> HttpResponse:
    """How an application stands, for whoever has its link; where it was asked back it is corrected here."""
    found = _by_link(secret)
    form = None
    if found.status == Application.Status.RETURNED:
        form = ApplicationForm(request.POST or None, request.FILES or None, application=found)
        act = {"application": found, "now": timezone.now()}
        if request.method == "POST" and attempt(
            form, lambda: actions.correct_application(statement=form.statement, licences=form.licences, **act)
        ):
            messages.success(request, _("Sent again. The procurement agency looks at it anew."))
            return redirect("accounts:own-application", secret=secret)
    return render(request, "accounts/own_application.html", look.own_page(found, form, secret))


@public
@never_cache
def withdraw_application(request: HttpRequest, secret: str) -> HttpResponse:
    found = _by_link(secret)
    back = redirect("accounts:own-application", secret=secret)
    if request.method == "POST":
        actions.withdraw_application(application=found, now=timezone.now())
        messages.success(request, _("The application is withdrawn."))
        return back
    context = {"title": _("Withdraw the application"), "reference": found.reference, "cancel_url": back.url}
    effects = [_("Nobody looks at it any more. You can apply again at any time.")]
    return render(request, "confirm.html", {**context, "effects": effects, "submit": _("Withdraw"), "danger": True})


@public
@never_cache
def lost_link(request: HttpRequest) -> HttpResponse:
    form = LostLinkForm(request.POST or None)
    if request.method == "POST" and attempt(form, lambda: _sent_again(request, form)):
        messages.success(request, _("If there is such an application, its link is on its way by mail."))
        return redirect("accounts:apply")
    return render(request, "accounts/lost_link.html", {"form": form})


@requires(REGISTER, WATCH, MANAGE)
def applications(request: HttpRequest) -> HttpResponseBase:
    table = ApplicationTable(request, Application.objects.visible_to(request.seat).with_people(), now=timezone.now())
    if table.export:
        return table.export_response()
    renews = request.seat.may(MANAGE) and not request.seat.of_the_agency
    return render(request, "accounts/applications.html", {"table": table, "renews": renews})


@requires(REGISTER, WATCH, MANAGE)
def application(request: HttpRequest, reference: str) -> HttpResponse:
    return render(request, "accounts/application.html", look.page(_application(request, reference), request.seat))


@requires(REGISTER, WATCH, MANAGE)
def licence_document(request: HttpRequest, reference: str, sha256: str) -> HttpResponse:
    """A licence as it was given, to be kept as a file: it is never shown within a page."""
    licences = ApplicationLicence.objects.filter(application=_application(request, reference))
    found = licences.filter(sha256=sha256).first()
    if found is None:
        raise Http404
    return document_response(found)


@requires(REGISTER, fresh=True)
def return_application(request: HttpRequest, reference: str) -> HttpResponse:
    words = {"title": _("Ask back"), "submit": _("Ask back"), "lead": _("The applicant is written to by mail.")}
    return _deciding(request, reference, QuestionForm(request.POST or None), actions.return_application, words)


@requires(REGISTER, fresh=True)
def review_application(request: HttpRequest, reference: str) -> HttpResponse:
    words = {"title": _("First look"), "submit": _("Recommend"), "lead": _("Another person decides afterwards.")}
    return _deciding(request, reference, ReviewForm(request.POST or None), actions.review_application, words)


@requires(REGISTER, fresh=True)
def refuse_application(request: HttpRequest, reference: str) -> HttpResponse:
    words = {"title": _("Refuse the application"), "submit": _("Refuse"), "danger": True}
    words["lead"] = _("The applicant is told the reason by mail.")
    return _deciding(request, reference, ReasonForm(request.POST or None), actions.refuse_application, words)


@requires(REGISTER, fresh=True)
def admit_application(request: HttpRequest, reference: str) -> HttpResponse:
    found = _application(request, reference)
    if request.method == "POST":
        actions.admit_application(application=found, by=request.seat, now=timezone.now())
        messages.success(request, _("Admitted. Everybody can read it now, and object for some days."))
        return redirect(found)
    return render(request, "confirm.html", {**look.admitting(found), "cancel_url": found.get_absolute_url()})


def document_response(kept: Any) -> HttpResponse:
    """A document as it was uploaded, to be kept as a file."""
    response = HttpResponse(bytes(kept.document), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, kept.document_name)
    return response


def _deciding(
    request: HttpRequest, reference: str, form: Any, act: Callable[..., Application], words: dict[str, Any]
) -> HttpResponse:
    found = _application(request, reference)
    facts = {"application": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: act(**form.cleaned_data, **facts)):
        messages.success(request, _("Done."))
        return redirect(found)
    return render(request, "accounts/decide_application.html", {"form": form, "application": found, **words})


def _applied(request: HttpRequest, form: ApplicationForm, **facts: Any) -> Application:
    _count(request, form.statement.contact_email)
    said = {"statement": form.statement, "licences": form.licences, "language": get_language() or ""}
    return actions.apply(**said, **facts, now=timezone.now())


def _sent_again(request: HttpRequest, form: LostLinkForm) -> None:
    _count(request, form.cleaned_data["email"])
    actions.send_link_again(**form.cleaned_data, now=timezone.now())


def _count(request: HttpRequest, email: str) -> None:
    """Each application and each link is counted by who asks and whom it writes to, before anything is done."""
    try:
        count_try(doors=application_doors(email, place(client_address(request))), now=timezone.now())
    except ShutOut:
        wait = _("Too many applications came from here. Wait a quarter of an hour and send it again.")
        raise Refused(wait, code="too_many") from None


def _by_link(secret: str) -> Application:
    found = Application.objects.select_related("region", "renews", "organisation")
    return get_object_or_404(found, secret_hash=actions.digest_of(secret))


def _application(request: HttpRequest, reference: str) -> Application:
    return get_object_or_404(Application.objects.visible_to(request.seat).with_people(), reference=reference)
