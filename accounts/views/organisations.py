"""Pages about organisations: their register, their life, and what is filed of them."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from accounts import actions
from accounts import presentation as look
from accounts.access import requires
from accounts.forms import (
    AffiliationForm,
    FilingForm,
    LiquidationForm,
    OrganisationForm,
    ReasonForm,
    RenamingForm,
    SuccessionForm,
    TieForm,
)
from accounts.models import Filing, Organisation
from accounts.permissions import Permission
from accounts.tables import FilingTable, OrganisationTable
from core.clock import legal_date
from core.skins import attempt

REGISTER, WATCH = Permission.MANAGE_ORGANISATIONS, Permission.READ_TRAIL


@requires(REGISTER)
def organisations(request: HttpRequest) -> HttpResponseBase:
    table = OrganisationTable(request, Organisation.objects.visible_to(request.seat).select_related("region"))
    if table.export:
        return table.export_response()
    return render(request, "accounts/organisations.html", {"table": table})


@requires(REGISTER, fresh=True)
def register_organisation(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: actions.register_organisation(**form.cleaned_data, by=request.seat, now=timezone.now())
    ):
        messages.success(request, _("Registered. Now invite its administrator."))
        return redirect("accounts:invite", credit_code=form.cleaned_data["credit_code"].strip().upper())
    return render(request, "accounts/register_organisation.html", {"form": form})


@requires(Permission.READ_CATALOGUE)
def organisation(request: HttpRequest, credit_code: str) -> HttpResponse:
    found = organisation_of(request, credit_code)
    context = {
        "organisation": found,
        "facts": look.organisation_facts(found),
        "tone": look.standing_tone(found),
        "versions": look.versions(found, request.seat),
        "predecessors": Organisation.objects.filter(pk__in=found.predecessors),
        "waiting": Filing.objects.visible_to(request.seat).filter(organisation=found, status="proposed"),
        "affiliations": look.affiliations(found, request.seat),
        "registers": request.seat.may(REGISTER),
    }
    return render(request, "accounts/organisation.html", context)


@requires(REGISTER, fresh=True)
def propose_renaming(request: HttpRequest, credit_code: str) -> HttpResponse:
    found = organisation_of(request, credit_code)
    start = {"name": found.name, "licence": found.licence}
    form = RenamingForm(request.POST or None, request.FILES or None, initial=start)
    act = partial(actions.propose_renaming, organisation=found)
    return _proposing(request, found, form, act, page="accounts/propose_renaming.html")


@requires(REGISTER, fresh=True)
def propose_affiliation(request: HttpRequest, credit_code: str) -> HttpResponse:
    found = organisation_of(request, credit_code)
    form = AffiliationForm(found, request.POST or None, request.FILES or None)
    return _proposing(request, found, form, actions.propose_affiliation, title=_("Belongs together with another"))


@requires(REGISTER, fresh=True)
def propose_separation(request: HttpRequest, credit_code: str) -> HttpResponse:
    found = organisation_of(request, credit_code)
    form = TieForm(found, request.POST or None, request.FILES or None)
    return _proposing(request, found, form, actions.propose_separation, title=_("No longer belongs together"))


@requires(REGISTER, fresh=True)
def propose_succession(request: HttpRequest, credit_code: str) -> HttpResponse:
    found = organisation_of(request, credit_code)
    form = SuccessionForm(request.POST or None, request.FILES or None)
    act = partial(actions.propose_succession, organisation=found)
    done = _("Filed. Another registrar sees what would pass, and confirms it.")
    return _proposing(request, found, form, act, title=_("Merged, succeeded or split"), done=done)


@requires(REGISTER, fresh=True)
def propose_liquidation(request: HttpRequest, credit_code: str) -> HttpResponse:
    found = organisation_of(request, credit_code)
    form = LiquidationForm(found, legal_date(timezone.now()), request.POST or None, request.FILES or None)
    act = partial(actions.propose_liquidation, organisation=found)
    return _proposing(request, found, form, act, title=_("In liquidation"))


@requires(REGISTER, fresh=True)
def propose_closure(request: HttpRequest, credit_code: str) -> HttpResponse:
    found = organisation_of(request, credit_code)
    form = FilingForm(request.POST or None, request.FILES or None)
    act = partial(actions.propose_closure, organisation=found)
    done = _("Filed. Another registrar confirms it, once nothing of it is open.")
    return _proposing(request, found, form, act, title=_("Closed"), done=done)


def _proposing(
    request: HttpRequest,
    found: Organisation,
    form: FilingForm,
    act: Callable[..., Filing],
    *,
    page: str = "accounts/propose_filing.html",
    **words: str,
) -> HttpResponse:
    """The page on which something is filed of an organisation, by the action that files it."""
    by = {"by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: act(**form.given, **by)):
        messages.success(request, words.get("done") or _("Filed. Another registrar confirms it."))
        return redirect(found)
    return render(request, page, {"form": form, "organisation": found, **words})


@requires(REGISTER, WATCH)
def filings(request: HttpRequest) -> HttpResponseBase:
    table = FilingTable(request, Filing.objects.visible_to(request.seat).with_people())
    if table.export:
        return table.export_response()
    return render(request, "accounts/filings.html", {"table": table})


@requires(REGISTER, WATCH)
def filing(request: HttpRequest, reference: str) -> HttpResponse:
    found = filing_of(request, reference)
    context = {"filing": found, "facts": look.filing_facts(found), "tone": look.TONES[found.status]}
    return render(request, "accounts/filing.html", context)


@requires(REGISTER, WATCH)
def filing_document(request: HttpRequest, reference: str) -> HttpResponse:
    """The document, to be kept as a file: it is never shown within a page."""
    found = filing_of(request, reference)
    response = HttpResponse(bytes(found.document), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, found.document_name)
    return response


@requires(REGISTER)
def decline_filing(request: HttpRequest, reference: str) -> HttpResponse:
    found = filing_of(request, reference)
    form = ReasonForm(request.POST or None)
    facts = {"filing": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.decline_filing(**form.cleaned_data, **facts)):
        messages.success(request, _("Declined. Everything stays as it is."))
        return redirect(found)
    return render(request, "accounts/decline_filing.html", {"form": form, "filing": found})


def organisation_of(request: HttpRequest, credit_code: str) -> Organisation:
    """An organisation by its code; else 404."""
    visible = Organisation.objects.visible_to(request.seat)
    related = ("region", "succeeded_by", "administrator__person")
    return get_object_or_404(visible.select_related(*related), credit_code=credit_code)


def filing_of(request: HttpRequest, reference: str) -> Filing:
    """A filing that the seat may read; else 404."""
    visible = Filing.objects.visible_to(request.seat).with_people()
    return get_object_or_404(visible, reference=reference)
