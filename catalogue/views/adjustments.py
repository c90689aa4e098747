"""Pages of proposals to change the catalogue: put by whoever buys or sells, answered by the catalogue's officers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import requires
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue import actions
from catalogue.actions import PROPOSERS, Proposal
from catalogue.actions.adjustments.said import current_versions, said_of_item, said_of_product
from catalogue.forms.adjustments import (
    DECISIONS,
    AnswerAdjustmentForm,
    DecideAdjustmentsForm,
    EvidenceForm,
    ProposeForm,
    ProposeManyForm,
)
from catalogue.models import Adjustment, AdjustmentPaper, Item, Product
from catalogue.presentation.adjustments import ADDED, TONES, said_by, who_acts
from catalogue.rules import ITEM_FACTS, PRODUCT_FACTS
from catalogue.tables.adjustments import AdjustmentTable
from core.errors import Refused
from core.skins import attempt

KEEPS = Permission.IMPORT_CATALOGUE
READS = (*PROPOSERS, KEEPS, Permission.READ_TRAIL)
MOST_AT_ONCE = 500
_Kind = Adjustment.Kind


@requires(*READS)
def adjustments(request: HttpRequest) -> HttpResponseBase:
    table = AdjustmentTable(request, Adjustment.objects.visible_to(request.seat).for_list(), now=timezone.now())
    decides = any(map(request.seat.may, (KEEPS, *PROPOSERS)))
    table.pick = (lambda row: row.reference) if decides else ""
    if table.export:
        return table.export_response()
    context = {"table": table, "decides": decides, "proposes": any(map(request.seat.may, PROPOSERS))}
    return render(request, "catalogue/adjustments.html", context)


@requires(*READS)
def adjustment(request: HttpRequest, reference: str) -> HttpResponse:
    found = _load(request, reference)
    context = {
        "adjustment": found,
        "tone": TONES[found.status],
        "said": list(said_by(found)),
        "acts": who_acts(found),
        "papers": AdjustmentPaper.objects.visible_to(request.seat).filter(bundle=found.bundle),
        "may_answer": found.status == Adjustment.Status.ASKED and _is_its_own(request.seat, found),
        "may_decide": found.is_open and (request.seat.may(KEEPS) or _is_its_own(request.seat, found)),
    }
    return render(request, "catalogue/adjustment.html", context)


@requires(*PROPOSERS)
def propose_addition(request: HttpRequest) -> HttpResponse:
    form = ProposeForm(
        ADDED,
        request.POST or None,
        request.FILES or None,
        proposal=partial(Proposal, _Kind.ADD),
        initial={"kind": "drug"},
    )
    return _proposing(request, form, _("Propose an addition"))


@requires(*PROPOSERS)
def propose_many(request: HttpRequest) -> HttpResponse:
    form = ProposeManyForm(request.POST or None, request.FILES or None)
    return _proposing(request, form, _("Propose many from a file"))


@requires(*PROPOSERS)
def propose_item_correction(request: HttpRequest, reference: str) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.seat), reference=reference)
    form = ProposeForm(
        tuple(ITEM_FACTS),
        request.POST or None,
        request.FILES or None,
        proposal=partial(Proposal, _Kind.CORRECT_ITEM, item=item),
        initial=said_of_item(item),
    )
    return _proposing(request, form, _("Propose a correction"), str(item))


@requires(*PROPOSERS)
def propose_product_correction(request: HttpRequest, reference: str) -> HttpResponse:
    product = _product(request, reference)
    form = ProposeForm(
        tuple(PRODUCT_FACTS),
        request.POST or None,
        request.FILES or None,
        proposal=partial(Proposal, _Kind.CORRECT_PRODUCT, product=product),
        initial=said_of_product(current_versions([product.pk])[product.pk]),
    )
    return _proposing(request, form, _("Propose a correction"), str(product))


@requires(*PROPOSERS)
def propose_withdrawal(request: HttpRequest, reference: str) -> HttpResponse:
    product = _product(request, reference)
    form = ProposeForm(
        (), request.POST or None, request.FILES or None, proposal=partial(Proposal, _Kind.WITHDRAW, product=product)
    )
    return _proposing(request, form, _("Propose a withdrawal"), str(product))


@requires(*PROPOSERS)
def answer_adjustment(request: HttpRequest, reference: str) -> HttpResponse:
    found = _load(request, reference)
    columns = () if found.kind == _Kind.WITHDRAW else _columns(found)
    form = AnswerAdjustmentForm(columns, request.POST or None, request.FILES or None, initial=_as_it_is(found))
    act = {"adjustment": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.answer_adjustment(**form.given, **act)):
        messages.success(request, _("Answered: the proposal waits for the agency again."))
        return redirect(found)
    context = {"form": form, "title": _("Answer"), "lead": found.question, "back": found.get_absolute_url()}
    return render(request, "catalogue/propose_adjustment.html", {**context, "submit": _("Answer")})


@requires(*READS)
def adjustment_file(request: HttpRequest, reference: str, sha256: str) -> HttpResponse:
    """A file of the evidence, to be kept: it is never shown within a page."""
    found = _load(request, reference)
    papers = AdjustmentPaper.objects.visible_to(request.seat).filter(bundle=found.bundle)
    paper = get_object_or_404(papers, sha256=sha256)
    response = HttpResponse(bytes(paper.document), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, paper.document_name)
    return response


@dataclass(frozen=True)
class AnsweredProposal:
    """What became of one of the proposals that were decided on: why not, or nothing."""

    adjustment: Adjustment
    why: str = ""


@requires(KEEPS, *PROPOSERS)
def decide_adjustments(request: HttpRequest) -> HttpResponse:
    """One decision on what is ticked, an answer a row: what is refused leaves the others decided."""
    ticked = request.GET.getlist("pick")[:MOST_AT_ONCE]
    found = Adjustment.objects.visible_to(request.seat).for_list().filter(reference__in=ticked).order_by("pk")
    if not found:
        messages.warning(request, _("Tick what is to be decided."))
        return redirect("catalogue:adjustments")
    form, answers = DecideAdjustmentsForm(request.seat, found, request.POST or None), []
    if request.method == "POST" and form.is_valid():
        answers = [_decide(one, form.cleaned_data, request.seat) for one in found]
        if not any(answer.why for answer in answers):
            messages.success(request, _("Decided: %(n)s.") % {"n": len(answers)})
            return redirect(found[0] if len(answers) == 1 else "catalogue:adjustments")
        form = DecideAdjustmentsForm(request.seat, found, initial=form.words)  # on the rows as they are shown now
    context = {"form": form, "rows": [(one, list(said_by(one))) for one in found], "answers": answers}
    return render(request, "catalogue/decide_adjustments.html", context)


def _decide(one: Adjustment, said: dict[str, Any], seat: Seat) -> AnsweredProposal:
    facts = {"adjustment": one, "by": seat, "now": timezone.now()}
    acts: dict[str, Callable[[], Adjustment]] = {
        "accept": lambda: actions.accept_adjustment(starts_on=said.get("starts_on"), seen=said[f"seen-{one}"], **facts),
        "ask_back": lambda: actions.ask_back_adjustment(question=said["reason"], **facts),
        "refuse": lambda: actions.refuse_adjustment(reason=said["reason"], **facts),
        "withdraw": lambda: actions.withdraw_adjustment(reason=said["reason"], **facts),
    }
    assert acts.keys() == DECISIONS.keys()
    try:
        acts[said["act"]]()
    except Refused as refusal:
        return AnsweredProposal(one, " ".join(dict.fromkeys(fault.message for fault in refusal.faults)))
    return AnsweredProposal(one)


def _proposing(request: HttpRequest, form: EvidenceForm, title: str, lead: str = "") -> HttpResponse:
    made: list[Adjustment] = []
    facts = {"by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(
        form, lambda: made.extend(actions.propose_adjustments(proposals=form.proposals, papers=form.papers, **facts))
    ):
        told = ngettext("%(n)s proposal waits for the agency.", "%(n)s proposals wait for the agency.", len(made))
        messages.success(request, told % {"n": len(made)})
        return redirect(made[0] if len(made) == 1 else "catalogue:adjustments")
    return render(request, "catalogue/propose_adjustment.html", {"form": form, "title": title, "lead": lead})


def _load(request: HttpRequest, reference: str) -> Adjustment:
    return get_object_or_404(Adjustment.objects.visible_to(request.seat).for_list(), reference=reference)


def _product(request: HttpRequest, reference: str) -> Product:
    rows = Product.objects.visible_to(request.seat).select_related("item", "maker")
    return get_object_or_404(rows, reference=reference)


def _is_its_own(seat: Seat, found: Adjustment) -> bool:
    return any(map(seat.may, PROPOSERS)) and found.organisation_id in seat.lineage


def _columns(found: Adjustment) -> Sequence[str]:
    if found.kind == _Kind.ADD:
        return [*ADDED, *(name for name in found.said if name not in ADDED)]
    return tuple(ITEM_FACTS if found.kind == _Kind.CORRECT_ITEM else PRODUCT_FACTS)


def _as_it_is(found: Adjustment) -> dict[str, str]:
    """What the form of an answer begins with: what the catalogue says now, and what was said instead."""
    now: dict[str, str] = {}
    if found.item and found.kind == _Kind.CORRECT_ITEM:
        now = said_of_item(found.item)
    if found.product and found.kind == _Kind.CORRECT_PRODUCT:
        now = said_of_product(current_versions([found.product.pk])[found.product.pk])
    return {**now, **found.said}
