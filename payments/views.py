"""What is owed to whom until when, and the payments against it."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.models import Organisation, Seat
from accounts.permissions import Permission
from contracts.models import Payable
from contracts.querysets import DELIVERING_KINDS, PayableQuerySet
from core.clock import legal_date
from core.errors import Refused
from core.skins import attempt, fill_in
from payments import actions, choosing
from payments import presentation as payment_look
from payments.forms import PaymentForm, PaymentsForm
from payments.models import Payment
from payments.tables import PayableTable, PaymentTable

ACCEPTED = "acceptance__line__delivery"
PRODUCT = "acceptance__line__order_line__product__product_version__product"
GOODS = (f"{PRODUCT}__item", f"{PRODUCT}__maker")
MOST_ON_A_PAGE = 200  # payables of one payee, the oldest due first


@requires(Permission.READ_PAYABLES)
def payables(request: HttpRequest) -> HttpResponseBase:
    today = legal_date(timezone.now())
    seen = _listed(request.seat).with_open_amount()
    shown = payment_look.shown(seen, request.GET.get("show", ""))
    parties = ("supplier", "payee", "hospital", "payer")
    table = PayableTable(request, shown.select_related(*parties, ACCEPTED, *GOODS), today=today)
    table.pick, table.pick_amount = payment_look.tick_of(request.seat), "open_amount"
    if table.export:
        return table.export_response()
    table.totals = payment_look.totals(table.matching)
    by_day = dict(seen.unpaid().order_by("due_on").values_list("due_on").annotate(total=Sum("open")))
    context = {"table": table, "tabs": payment_look.tabs(request.GET.get("show", ""))}
    context |= payment_look.page(by_day, request.seat, today)
    if context["may_pay"]:
        context["matching"] = payment_look.matching(table.matching, request.seat)
    return render(request, "payments/payables.html", context)


def _listed(seat: Seat) -> PayableQuerySet:
    """What the list is about: what is owed to whoever delivers; everything that others may see."""
    paid = seat.organisation.kind in DELIVERING_KINDS
    return Payable.objects.of_own(seat) if paid else Payable.objects.visible_to(seat)


@requires(Permission.READ_PAYABLES)
def payments(request: HttpRequest) -> HttpResponseBase:
    seen = Payment.objects.visible_to(request.seat).select_related("payee", "payer", "account")
    table = PaymentTable(request, seen)
    if table.export:
        return table.export_response()
    return render(request, "payments/payments.html", {"table": table})


@requires(Permission.READ_PAYABLES)
def payment(request: HttpRequest, reference: str) -> HttpResponse:
    seen = Payment.objects.visible_to(request.seat).select_related("payee", "payer", "account", "paid_by__person")
    found = get_object_or_404(seen, reference=reference)
    lines = found.lines.select_related(
        "payable__hospital", f"payable__{ACCEPTED}", *(f"payable__{path}" for path in GOODS)
    )
    context = {"payment": found, "lines": lines, "facts": payment_look.facts(found, request.seat)}
    return render(request, "payments/payment.html", context)


@requires(Permission.PAY)
def choose_payables(request: HttpRequest) -> HttpResponse:
    """From what is ticked to the page of its one payee or of its payees; from all that match to that of its payees."""
    codes = set(_chosen(request).values_list("payee__credit_code", flat=True))
    if not codes:
        messages.warning(request, _("Tick what is to be paid. What others owe, or what is paid, cannot be chosen."))
        return redirect("payments:payables")
    if len(codes) == 1 and "all" not in request.GET:
        address = reverse("payments:record-payment", args=[codes.pop()])
    else:
        address = reverse("payments:record-payments")
    return redirect(f"{address}?{request.GET.urlencode()}")


def _chosen(request: HttpRequest) -> PayableQuerySet:
    """Of what the seat's organisation still owes, what the address ticks or, with ``all``, what its filters leave."""
    owed = Payable.objects.filter(payer=request.seat.organisation_id).unpaid().with_open_amount()
    if "all" in request.GET:
        return PayableTable(request, owed, today=legal_date(timezone.now())).matching
    return owed.filter(reference__in=request.GET.getlist("pick"))


@requires(Permission.PAY, fresh=True)
def record_payments(request: HttpRequest) -> HttpResponseBase:
    """Transfers to several payees at once, which pay whole what was chosen."""
    now = timezone.now()
    day = choosing.day_typed(request.POST.get("paid_on", ""), now)
    try:
        owed = choosing.by_payee(_chosen(request), day, now)
    except Refused as refusal:
        messages.warning(request, refusal.message)
        return redirect("payments:payables")
    form = PaymentsForm(
        owed, request.POST or None, request.FILES, initial={"paid_on": day}, draft="record-payments", today=day
    )
    if template := request.GET.get("template"):
        return form.template_response(template)
    return _recorded_once_confirmed(request, form, owed)


def _recorded_once_confirmed(request: HttpRequest, form: PaymentsForm, owed: Sequence[choosing.Owed]) -> HttpResponse:
    context = {"form": form, "mark": choosing.mark_of(owed), **payment_look.chosen(owed)}
    asked = request.method == "POST" and "change" not in request.POST
    if "confirmed" in request.POST:
        if fill_in(request, form, lambda: _record_all(request, form, owed)):
            messages.success(request, _("Recorded. The payees have been told."))
            return redirect("payments:payments")
    elif asked and attempt(form, lambda: _check(request, form, owed)):
        return render(request, "payments/confirm_payments.html", context | payment_look.transfers(form))
    return render(request, "payments/record_payments.html", context)


def _check(request: HttpRequest, form: PaymentsForm, owed: Sequence[choosing.Owed]) -> None:
    choosing.require_unchanged(owed, request.POST.get("mark", ""))
    if not form.transfers:
        raise Refused(_("Enter the bank's reference of one transfer at least."), code="empty")


def _record_all(request: HttpRequest, form: PaymentsForm, owed: Sequence[choosing.Owed]) -> None:
    _check(request, form, owed)
    facts = {name: form.cleaned_data[name] for name in ("paid_on", "reason")}
    actions.record_payments(transfers=form.transfers, **facts, by=request.seat, now=timezone.now())


@requires(Permission.PAY, fresh=True)
def record_payment(request: HttpRequest, credit_code: str) -> HttpResponseBase:
    payee = get_object_or_404(Organisation.objects.visible_to(request.seat), credit_code=credit_code)
    form = _payment_form(request, payee)
    if template := request.GET.get("template"):
        return form.template_response(template)
    context = {"payee": payee, "form": form}
    context["account"] = actions.account_on(payee, legal_date(timezone.now()), timezone.now())
    paid: list[Payment] = []
    if "confirmed" in request.POST:
        if fill_in(request, form, lambda: paid.append(_recorded(request, payee, form))):
            messages.success(request, _("Recorded. The payee has been told."))
            return redirect(paid[0])
    elif request.method == "POST" and "change" not in request.POST and attempt(form, lambda: _require_rows(form)):
        context |= payment_look.effects(form, payee, timezone.now())
        return render(request, "payments/confirm_payment.html", context)
    return render(request, "payments/record_payment.html", context)


def _payment_form(request: HttpRequest, payee: Organisation) -> PaymentForm:
    """What was ticked, to be paid whole; or else what is open with the payee, and what is due of it filled in."""
    today = legal_date(timezone.now())
    owed = Payable.objects.filter(payee=payee, payer=request.seat.organisation_id).unpaid()
    ticked = request.GET.getlist("pick")
    if ticked:
        owed = owed.filter(reference__in=ticked)
    rows = owed.select_related("hospital", ACCEPTED, *GOODS).order_by("due_on", "pk")[:MOST_ON_A_PAGE]
    whole = {f"amount-{row.reference}": f"{row.open_amount:.2f}" for row in rows if ticked or row.due_on <= today}
    facts = {"draft": f"record-payment/{payee.credit_code}{'/ticked' if ticked else ''}", "today": today}
    return PaymentForm(rows, request.POST or None, request.FILES, initial={"paid_on": today, **whole}, **facts)


def _require_rows(form: PaymentForm) -> None:
    if not form.payment_rows:
        raise Refused(_("Enter an amount for one payable at least."), code="empty")


def _recorded(request: HttpRequest, payee: Organisation, form: PaymentForm) -> Payment:
    facts = {name: form.cleaned_data[name] for name in ("bank_reference", "paid_on", "reason")}
    act = {"rows": form.payment_rows, "by": request.seat, "now": timezone.now()}
    return actions.record_payment(payee=payee, **facts, **act)
