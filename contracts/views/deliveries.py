"""Deliveries: sent by batch, received by batch."""

from functools import partial

from django.contrib import messages
from django.db.models import F, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from contracts import actions
from contracts.forms import BatchForm, VerdictForm
from contracts.models import Acceptance, Correction, Delivery, Order, OrderLine
from contracts.presentation import deliveries as delivery_look
from contracts.tables import DeliveryTable
from core.clock import legal_date
from core.skins import fill_in

PRODUCT = "product__product_version__product"


def _load(request: HttpRequest, reference: str) -> Delivery:
    found = Delivery.objects.visible_to(request.seat).with_waiting().with_packs()
    related = ("hospital", "deliverer", "order__contract__supplier", "sent_by__person")
    return get_object_or_404(found.select_related(*related), reference=reference)


def _lines(delivery: Delivery) -> QuerySet:
    """The lines of the note with their product; as ``standing`` the verdict that stands, as ``asked`` a correction that
    waits."""
    standing = Acceptance.objects.standing().select_related("accepted_by__person", "payable")
    asked = Correction.objects.open(timezone.now()).select_related("asked_by__person")
    related = ("batch", f"order_line__{PRODUCT}__item", f"order_line__{PRODUCT}__maker")
    lines = delivery.lines.select_related(*related)
    return lines.prefetch_related(
        Prefetch("acceptances", standing, to_attr="standing"), Prefetch("corrections", asked, to_attr="asked")
    )


def _still_to_come(order: Order) -> list[OrderLine]:
    lines = order.lines.filter(delivered__lt=F("packs") - F("released")).select_related(f"{PRODUCT}__item")
    return list(lines.order_by("number"))


@requires(Permission.READ_CONTRACTS)
def deliveries(request: HttpRequest) -> HttpResponseBase:
    found = Delivery.objects.visible_to(request.seat).with_waiting().with_packs().with_first()
    table = DeliveryTable(request, found.select_related("hospital", "deliverer"))
    if table.export:
        return table.export_response()
    return render(request, "contracts/deliveries.html", {"table": table})


@requires(Permission.DELIVER)
def send_delivery(request: HttpRequest, reference: str) -> HttpResponseBase:
    orders = Order.objects.visible_to(request.seat).select_related("hospital", "contract__supplier")
    order, sent = get_object_or_404(orders, reference=reference), []
    form = BatchForm(_still_to_come(order), request.POST or None, request.FILES, draft=f"send-delivery/{reference}")
    if template := request.GET.get("template"):
        return form.template_response(template)
    facts = {"order": order, "by": request.seat, "now": timezone.now()}
    act = partial(actions.send_delivery, **facts)
    if fill_in(request, form, lambda: sent.append(act(batches=form.batches, note=form.cleaned_data["note"]))):
        messages.success(request, _("Sent. Print the delivery note and put it to the goods."))
        return redirect(sent[0])
    return render(request, "contracts/send_delivery.html", {"order": order, "form": form})


@requires(Permission.READ_CONTRACTS)
def delivery(request: HttpRequest, reference: str) -> HttpResponse:
    found = _load(request, reference)
    reversals = Acceptance.objects.filter(line__delivery=found, reverses__isnull=False).order_by("pk")
    context = {"delivery": found, "lines": _lines(found)}
    context["reversals"] = reversals.select_related("line__batch", "accepted_by__person")
    today = legal_date(timezone.now())
    return render(request, "contracts/delivery.html", context | delivery_look.page(found, request.seat, today))


@requires(Permission.ACCEPT_DELIVERY, fresh=True)
def accept_delivery(request: HttpRequest, reference: str) -> HttpResponseBase:
    found, now = _load(request, reference), timezone.now()
    waiting = [line for line in _lines(found) if not line.standing]
    facts = {"draft": f"accept-delivery/{reference}", "today": legal_date(now)}
    form = VerdictForm(waiting, request.POST or None, request.FILES, **facts)
    if template := request.GET.get("template"):
        return form.template_response(template)
    act = partial(actions.accept_delivery, delivery=found, by=request.seat, now=now)
    if fill_in(request, form, lambda: act(verdicts=form.verdicts)):
        messages.success(request, _("Received. What you accepted is now owed."))
        return redirect(found)
    return render(request, "contracts/accept_delivery.html", {"delivery": found, "form": form})


@requires(Permission.READ_CONTRACTS)
def print_delivery(request: HttpRequest, reference: str) -> HttpResponse:
    found = _load(request, reference)
    context = {"delivery": found, "lines": _lines(found), "back_url": found.get_absolute_url()}
    return render(request, "contracts/print_delivery.html", context | delivery_look.letter(found))
