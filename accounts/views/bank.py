"""Where organisations are paid: their bank accounts, proposed by one person and confirmed by another."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import actions
from accounts import presentation as look
from accounts.access import requires
from accounts.forms import BankAccountForm, ReasonForm
from accounts.models import BankAccount
from accounts.permissions import Permission
from accounts.tables import BankAccountTable
from core.skins import attempt

RELATED = ("organisation", "proposed_by__person", "confirmed_by__person", "withdrawn_by__person")


def _account(request: HttpRequest, reference: str) -> BankAccount:
    seen = BankAccount.objects.visible_to(request.seat).with_replaced(timezone.now()).select_related(*RELATED)
    return get_object_or_404(seen, reference=reference)


@requires(Permission.SET_BANK_ACCOUNT, Permission.PAY)
def bank_accounts(request: HttpRequest) -> HttpResponseBase:
    now = timezone.now()
    seen = BankAccount.objects.visible_to(request.seat).with_replaced(now).select_related("organisation")
    table = BankAccountTable(request, seen, now=now)
    if table.export:
        return table.export_response()
    context = {"table": table, "may_propose": request.seat.may(Permission.SET_BANK_ACCOUNT)}
    return render(request, "accounts/bank_accounts.html", context)


@requires(Permission.SET_BANK_ACCOUNT, fresh=True)
def propose_bank_account(request: HttpRequest) -> HttpResponse:
    form = BankAccountForm(request.POST or None, initial={"holder": request.seat.organisation.name})
    facts = {"by": request.seat, "now": timezone.now()}
    made: list[BankAccount] = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(actions.propose_bank_account(details=form.details, **facts))
    ):
        messages.success(request, _("Proposed. A second person of your organisation confirms it."))
        return redirect(made[0])
    return render(request, "accounts/propose_bank_account.html", {"form": form})


@requires(Permission.SET_BANK_ACCOUNT, Permission.PAY)
def bank_account(request: HttpRequest, reference: str) -> HttpResponse:
    account, now = _account(request, reference), timezone.now()
    stage = account.stage(now)
    word, tone = look.ACCOUNT_STAGES[stage]
    context = {"account": account, "stage": stage, "status": word, "tone": tone}
    context |= {
        "facts": look.account_facts(account, request.seat),
        "acts": look.account_acts(account, request.seat, now),
    }
    return render(request, "accounts/bank_account.html", context)


@requires(Permission.SET_BANK_ACCOUNT, fresh=True)
def confirm_bank_account(request: HttpRequest, reference: str) -> HttpResponse:
    account, now = _account(request, reference), timezone.now()
    paid_to = BankAccount.objects.paid_at(account.organisation_id, now)
    form = Form(request.POST if request.method == "POST" else None)
    facts = {"account": account, "by": request.seat, "now": now}
    if request.method == "POST" and attempt(form, lambda: actions.confirm_bank_account(**facts)):
        messages.success(request, _("Confirmed. Everybody concerned is told."))
        return redirect(account)
    effects = look.confirming_account(account, paid_to, request.seat)
    return _ask(request, account, form, {"title": _("Confirm the bank account"), "effects": effects})


@requires(Permission.SET_BANK_ACCOUNT, Permission.PAY)
def withdraw_bank_account(request: HttpRequest, reference: str) -> HttpResponse:
    account, form = _account(request, reference), ReasonForm(request.POST or None)
    facts = {"account": account, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.withdraw_bank_account(**form.cleaned_data, **facts)):
        messages.success(request, _("Withdrawn. Nothing is paid to it."))
        return redirect(account)
    asked = {"title": _("Withdraw the bank account"), "effects": look.withdrawing_account(account), "danger": True}
    return _ask(request, account, form, asked)


def _ask(request: HttpRequest, account: BankAccount, form: Form, asked: dict[str, object]) -> HttpResponse:
    """The page before an act: what it will do; its title is the word of the button."""
    context = {"form": form, "submit": asked["title"], "reference": account.reference}
    return render(request, "confirm.html", {**asked, **context, "cancel_url": account.get_absolute_url()})
