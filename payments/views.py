"""What is owed to whom until when, and the payments against it."""

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
from payments import actions
from payments import presentation as payment_look
from payments.forms import PaymentForm
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
    table.pick = payment_look.tick_of(request.seat)
    if table.export:
        return table.export_response()
    sums = table.matching.aggregate(sum_owed=Sum("owed"), sum_paid=Sum("paid"), sum_open=Sum("open"))
    table.totals = {"amount": sums["sum_owed"], "paid": sums["sum_paid"], "open": sums["sum_open"]}
    by_day = dict(seen.unpaid().order_by("due_on").values_list("due_on").annotate(total=Sum("open")))
    context = {"table": table, "tabs": payment_look.tabs(request.GET.get("show", ""))}
    context |= payment_look.page(by_day, request.seat, today)
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
    """From the ticked payables to the page of their one payee."""
    picked = Payable.objects.filter(reference__in=request.GET.getlist("pick"), payer=request.seat.organisation_id)
    codes = set(picked.values_list("payee__credit_code", flat=True))
    if len(codes) != 1:
        messages.warning(request, _("Choose payables of one payee: a payment is one transfer to one account."))
        return redirect("payments:payables")
    return redirect(f"{reverse('payments:record-payment', args=[codes.pop()])}?{request.GET.urlencode()}")


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
