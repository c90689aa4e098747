"""Contracts: prepared, signed, who delivers, ended."""

from django import forms
from django.contrib import messages
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.models import Organisation
from accounts.permissions import Permission
from awards.models import Award
from awards.querysets import AWARDED_AT
from contracts import actions
from contracts.forms import DelivererForm, LastDayForm, TermsForm
from contracts.models import AgreedVolume, Contract, ContractLine
from contracts.presentation import contracts as contract_look
from contracts.querysets import own_rows
from contracts.tables import AwardTable, ContractTable, RunningVolumeTable, VolumeTable
from contracts.views.asking import Question, ask, ask_reason
from core.clock import legal_date
from core.skins import attempt

PARTIES = ("agency", "supplier", "payer_rule")
PRODUCT = "product_version__product"


def _load(request: HttpRequest, reference: str) -> Contract:
    return get_object_or_404(Contract.objects.visible_to(request.seat).select_related(*PARTIES), reference=reference)


@requires(Permission.READ_CONTRACTS)
def contracts(request: HttpRequest) -> HttpResponseBase:
    found = Contract.objects.visible_to(request.seat).select_related(*PARTIES).with_first()
    table = ContractTable(request, found, today=legal_date(timezone.now()))
    if table.export:
        return table.export_response()
    return render(request, "contracts/contracts.html", {"table": table})


@requires(Permission.READ_CONTRACTS)
def volumes(request: HttpRequest) -> HttpResponseBase:
    """What was agreed under all contracts that run, and what of it is behind time."""
    today = legal_date(timezone.now())
    running = own_rows(
        AgreedVolume.objects.visible_to(request.seat).orderable(today).filter(line__award__isnull=False),
        request.seat,
        "line__contract__agency",
    )
    found = running.with_course(today).with_products().select_related("hospital", "line__contract", "line__award")
    table = RunningVolumeTable(request, found, today=today)
    if table.export:
        return table.export_response()
    return render(request, "contracts/volumes.html", {"table": table})


@requires(Permission.PREPARE_CONTRACT)
def awards(request: HttpRequest) -> HttpResponse:
    waiting = awards_without_contract(request.seat.organisation_id)
    columns = ("source", "source_title", "supplier__name", "supplier__credit_code")
    rows = waiting.order_by(*columns).values(*columns).annotate(lots=Count("pk"), since=Min(AWARDED_AT))
    return render(request, "contracts/awards.html", {"table": AwardTable(request, list(rows))})


def awards_without_contract(agency_id: int) -> QuerySet:
    """Binding awards of an agency that stand in no contract yet."""
    taken = ContractLine.objects.awards()
    return Award.objects.binding().filter(agency=agency_id).exclude(pk__in=taken)


@requires(Permission.PREPARE_CONTRACT)
def prepare_contract(request: HttpRequest, source: str, supplier: str) -> HttpResponse:
    party = get_object_or_404(Organisation.objects.visible_to(request.seat), credit_code=supplier)
    waiting = awards_without_contract(request.seat.organisation_id).filter(source=source, supplier=party)
    first = waiting.first()
    form = TermsForm(request.POST or None, initial=first and {"starts_on": first.starts_on, "ends_on": first.ends_on})
    facts = {"source": source, "supplier": party, "by": request.seat, "now": timezone.now()}
    made: list[Contract] = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(actions.prepare_contract(terms=form.terms, **facts))
    ):
        messages.success(request, _("Prepared. Both sides have been asked to sign."))
        return redirect(made[0])
    rows = waiting.prefetch_related(f"products__{PRODUCT}__item", f"products__{PRODUCT}__maker").by_part()
    return render(request, "contracts/prepare_contract.html", {"form": form, "awards": rows, **facts})


@requires(Permission.READ_CONTRACTS)
def contract(request: HttpRequest, reference: str) -> HttpResponseBase:
    found = _load(request, reference)
    now = timezone.now()
    seen = AgreedVolume.objects.visible_to(request.seat).filter(line__contract=found).with_accepted_units()
    volumes = VolumeTable(request, seen.select_related("hospital").with_products(), prefix="volumes")
    if volumes.export:
        return volumes.export_response()
    lines = found.lines.with_totals(request.seat).with_products()
    context = {"contract": found, "lines": lines, "volumes": volumes, "today": legal_date(now)}
    return render(request, "contracts/contract.html", context | contract_look.page(found, lines, request.seat, now))


@requires(Permission.SIGN_CONTRACT, fresh=True)
def sign_contract(request: HttpRequest, reference: str) -> HttpResponse:
    found, now = _load(request, reference), timezone.now()
    form = forms.Form(request.POST if request.method == "POST" else None)
    question = Question(
        title=_("Sign the contract"),
        reference=found.reference,
        lead=_("You sign for %(organisation)s.") % {"organisation": request.seat.organisation.name},
        effects=contract_look.signing_effects(found, request.seat),
        submit=_("Sign"),
        done=_("Signed."),
        back=found.get_absolute_url(),
    )
    return ask(request, question, form, lambda: actions.sign_contract(contract=found, by=request.seat, now=now))


@requires(Permission.SIGN_CONTRACT)
def name_deliverer(request: HttpRequest, reference: str) -> HttpResponse:
    found = _load(request, reference)
    form = DelivererForm(found, request.POST or None, initial={"valid_from": legal_date(timezone.now())})
    facts = {"contract": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.name_deliverer(terms=form.terms, **facts)):
        messages.success(request, _("Orders placed from now on go there."))
        return redirect(found)
    return render(request, "contracts/name_deliverer.html", {"form": form, "contract": found})


@requires(Permission.SIGN_CONTRACT)
def end_distribution(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = _load(request, reference)
    row = get_object_or_404(found.distribution.select_related("deliverer", "area", "product"), number=number)
    form = LastDayForm(request.POST or None, initial={"last_day": legal_date(timezone.now())})
    facts = {"row": row, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.end_distribution(**form.cleaned_data, **facts)):
        messages.success(request, _("Ended. Orders placed before stay where they are."))
        return redirect(found)
    return render(request, "contracts/end_distribution.html", {"form": form, "contract": found, "row": row})


@requires(Permission.SIGN_CONTRACT, fresh=True)
def terminate_contract(request: HttpRequest, reference: str) -> HttpResponse:
    found = _load(request, reference)
    question = Question(
        title=_("Terminate the contract"),
        reference=found.reference,
        effects=contract_look.terminating_effects(found),
        submit=_("Terminate"),
        done=_("Terminated. Hospitals, supplier and deliverer are told."),
        back=found.get_absolute_url(),
        danger=True,
    )
    facts = {"contract": found, "by": request.seat, "now": timezone.now()}
    return ask_reason(request, question, lambda reason: actions.terminate_contract(reason=reason, **facts))


@requires(Permission.PREPARE_CONTRACT)
def void_contract(request: HttpRequest, reference: str) -> HttpResponse:
    found = _load(request, reference)
    question = Question(
        title=_("Set the contract aside"),
        reference=found.reference,
        effects=contract_look.voiding_effects(),
        submit=_("Set aside"),
        done=_("Set aside. Awards of it that stand wait for a contract."),
        back=found.get_absolute_url(),
    )
    form = forms.Form(request.POST if request.method == "POST" else None)
    act = {"contract": found, "by": request.seat, "now": timezone.now()}
    return ask(request, question, form, lambda: actions.void_contract(**act))


@requires(Permission.READ_CONTRACTS)
def print_contract(request: HttpRequest, reference: str) -> HttpResponse:
    found = _load(request, reference)
    lines = found.lines.with_totals(request.seat).with_products()
    volumes = AgreedVolume.objects.visible_to(request.seat).filter(line__contract=found)
    volumes = volumes.select_related("hospital", "line").prefetch_related("hospital__versions")
    context = {"contract": found, "lines": lines, "back_url": found.get_absolute_url()}
    context["volumes"] = volumes.order_by("line__number", "hospital__name")
    context |= contract_look.letter(found, request.seat, timezone.now())
    return render(request, "contracts/print_contract.html", context)
