"""Pages of rule sets: those in force, those being written, what differs, what the check says, and trying them out."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from core.clock import legal_date
from core.skins import attempt
from tenders.actions import rule_sets as actions
from tenders.forms.rule_sets import ProposeRuleSetForm, RefuseRuleSetForm, RuleSetForm, TrialForm
from tenders.models import RuleSet, RuleSetDraft
from tenders.presentation import rule_sets as look
from tenders.tables import RuleSetDraftTable, RuleSetTable

READ, PREPARE, DECIDE = Permission.READ_TENDERS, Permission.PREPARE_TENDER, Permission.PUBLISH_TENDER


@requires(READ)
def rule_sets(request: HttpRequest) -> HttpResponseBase:
    in_force = RuleSetTable(request, RuleSet.objects.in_force(legal_date(timezone.now())))
    drafts = RuleSetDraftTable(request, RuleSetDraft.objects.visible_to(request.seat).with_people(), prefix="drafts")
    for table in (in_force, drafts):
        if table.export:
            return table.export_response()
    context = {"in_force": in_force, "drafts": drafts, "may_draft": request.seat.may(PREPARE)}
    return render(request, "tenders/rule_sets.html", context)


@requires(READ)
def rule_set(request: HttpRequest, code: str, version: int) -> HttpResponse:
    rules = get_object_or_404(RuleSet, code=code, version=version)
    return render(request, "tenders/rule_set.html", look.rule_set_context(rules, request.seat))


@requires(READ)
def rule_set_draft(request: HttpRequest, reference: str) -> HttpResponse:
    draft = _draft(request, reference)
    return render(request, "tenders/rule_set_draft.html", look.draft_context(draft, request.seat))


@requires(READ)
def try_rule_set(request: HttpRequest, reference: str) -> HttpResponse:
    """Run the rules over made-up bids, or over those of a tender whose prices are open."""
    draft, form = _draft(request, reference), TrialForm(request.GET or None)
    context = {"draft": draft, "form": form}
    if form.is_bound and form.is_valid():
        context |= look.trial(draft, form.cleaned_data)
    return render(request, "tenders/try_rule_set.html", context)


@requires(PREPARE)
def draft_rule_set(request: HttpRequest) -> HttpResponse:
    """Begin rules from a version in force, or from what a release brought."""
    start = _start(request)
    form = RuleSetForm(start, request.POST or None)
    made: list[RuleSetDraft] = []
    if request.method == "POST" and attempt(form, lambda: made.append(_drafted(request, form))):
        messages.success(request, _("Kept as a draft. The check says what is still missing."))
        return redirect(made[0])
    return render(request, "tenders/draft_rule_set.html", {"form": form, "start": start, "cancel_url": _list()})


@requires(PREPARE)
def edit_rule_set(request: HttpRequest, reference: str) -> HttpResponse:
    draft = _draft(request, reference)
    form = RuleSetForm(draft, request.POST or None, own=True)
    if request.method == "POST" and attempt(
        form, lambda: actions.edit_rule_set(draft=draft, plan=form.plan, by=request.seat, now=timezone.now())
    ):
        return redirect(draft)
    context = {"form": form, "start": draft, "draft": draft, "cancel_url": draft.get_absolute_url()}
    return render(request, "tenders/draft_rule_set.html", context)


@requires(PREPARE)
def propose_rule_set(request: HttpRequest, reference: str) -> HttpResponse:
    form = ProposeRuleSetForm(request.POST or None, initial={"valid_from": legal_date(timezone.now())})
    effects = [_("Another person puts these rules in force or refuses them."), _("Until then no tender takes them.")]
    return _act(request, reference, actions.propose_rule_set, (_("Propose the rules"), effects), form)


@requires(PREPARE)
def take_back_rule_set(request: HttpRequest, reference: str) -> HttpResponse:
    effects = [_("The rules are a draft again, and you may change them.")]
    return _act(request, reference, actions.take_back_rule_set, (_("Take the rules back"), effects))


@requires(PREPARE)
def withdraw_rule_set(request: HttpRequest, reference: str) -> HttpResponse:
    effects = [_("The draft stays on record and waits for nobody any more.")]
    return _act(request, reference, actions.withdraw_rule_set, (_("Give the draft up"), effects))


@requires(DECIDE)
def refuse_rule_set(request: HttpRequest, reference: str) -> HttpResponse:
    form = RefuseRuleSetForm(request.POST or None)
    effects = [_("The rules in force stay as they are.")]
    return _act(request, reference, actions.refuse_rule_set, (_("Refuse the rules"), effects), form)


@requires(DECIDE, fresh=True)
def put_rule_set_in_force(request: HttpRequest, reference: str) -> HttpResponse:
    words = (_("Put the rules in force"), look.effects(_draft(request, reference)))
    return _act(request, reference, actions.put_rule_set_in_force, words)


def _act(
    request: HttpRequest, reference: str, act: Any, words: tuple[str, list[str]], form: Any = None
) -> HttpResponse:
    """A page that says what an act does, asks what it needs to know, and does it."""
    draft, form = _draft(request, reference), form or Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(
        form, lambda: act(draft=draft, **form.cleaned_data, by=request.seat, now=timezone.now())
    ):
        return redirect(draft)
    context = {"title": words[0], "effects": words[1], "form": form, "submit": words[0], "reference": draft.reference}
    return render(request, "confirm.html", {**context, "cancel_url": draft.get_absolute_url()})


def _draft(request: HttpRequest, reference: str) -> RuleSetDraft:
    return get_object_or_404(RuleSetDraft.objects.visible_to(request.seat).with_people(), reference=reference)


def _start(request: HttpRequest) -> RuleSet | RuleSetDraft:
    """The rules from which a draft begins, named in the address: a version, or what is being written."""
    named = request.GET.get("from", "")
    code, _slash, version = named.partition("/")
    if version.isdecimal():
        return get_object_or_404(RuleSet, code=code, version=int(version))
    return get_object_or_404(RuleSetDraft.objects.visible_to(request.seat), reference=named)


def _drafted(request: HttpRequest, form: RuleSetForm) -> RuleSetDraft:
    return actions.draft_rule_set(plan=form.plan, by=request.seat, now=timezone.now())


def _list() -> str:
    return reverse("tenders:rule-sets")
