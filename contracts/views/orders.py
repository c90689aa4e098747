"""Orders: placed by a hospital, approved, confirmed or refused by the deliverer, cancelled."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import requires
from accounts.permissions import Permission
from contracts import actions
from contracts.actions import Deliverers
from contracts.forms import ClosingForm, ConfirmForm, OrderForm
from contracts.models import AgreedVolume, Order, Orderable
from contracts.presentation import orders as order_look
from contracts.tables import OrderTable
from contracts.views.asking import Question, ask_reason
from core.clock import legal_date
from core.idempotency import fingerprint, once
from core.skins import attempt, fill_in, posted_from

PARTIES = ("hospital", "deliverer", "contract__supplier", "placed_by__person")
PRODUCT = "product__product_version__product"


def _load(request: HttpRequest, reference: str) -> Order:
    found = Order.objects.visible_to(request.seat).with_progress().select_related(*PARTIES)
    return get_object_or_404(found, reference=reference)


def _lines(order: Order) -> QuerySet:
    return order.lines.select_related(f"{PRODUCT}__item", f"{PRODUCT}__maker", "volume__line").order_by("number")


def _orderable(request: HttpRequest) -> list[Orderable]:
    """What the seat's hospital may order today, perhaps of one contract only."""
    today = legal_date(timezone.now())
    volumes = AgreedVolume.objects.filter(hospital=request.seat.organisation_id).orderable(today)
    if request.GET.get("contract"):
        volumes = volumes.filter(line__contract__reference=request.GET["contract"])
    volumes = volumes.select_related("line__contract__supplier", "hospital").with_products()
    ordered = list(volumes.order_by("line__contract__reference", "line__number"))
    deliverers = Deliverers({one.line.contract_id for one in ordered}, request.seat.organisation, today)
    return [
        replace(orderable, deliverer=deliverers.of(volume.line.contract, orderable.first))
        for volume in ordered
        for orderable in volume.orderables
    ]


@requires(Permission.READ_CONTRACTS)
def orders(request: HttpRequest) -> HttpResponseBase:
    found = Order.objects.visible_to(request.seat).with_progress().with_first()
    table = OrderTable(request, found.select_related("hospital", "deliverer"), today=legal_date(timezone.now()))
    if table.export:
        return table.export_response()
    return render(request, "contracts/orders.html", {"table": table})


@requires(Permission.PLACE_ORDER)
def place_order(request: HttpRequest) -> HttpResponseBase:
    one, repeats = request.GET.get("contract", ""), _repeated(request)
    form = OrderForm(_orderable(request), request.POST or None, request.FILES, one=bool(one), initial=repeats.packs)
    if template := request.GET.get("template"):
        return form.template_response(template)
    if "review" in request.POST:
        return _review(request, form) or _ask(request, form, repeats)
    placed: list[str] = []
    if fill_in(request, form, lambda: placed.extend(_place_once(request, form))):
        told = ngettext("The order waits for approval.", "%(n)s orders wait for approval.", len(placed))
        messages.success(request, told % {"n": len(placed)})
        return redirect("contracts:order", placed[0]) if len(placed) == 1 else redirect("contracts:orders")
    return _ask(request, form, repeats)


def _ask(request: HttpRequest, form: OrderForm, repeats: order_look.Repeated) -> HttpResponse:
    """The page with the quantities."""
    last = Order.objects.filter(hospital__in=request.seat.lineage).first()
    gone = [] if form.is_bound else repeats.gone({row.add_prefix("packs") for row in form.rows})
    context = {"form": form, "last": last, "chosen": request.GET.get("contract", ""), "gone": gone}
    return render(request, "contracts/place_order.html", context)


def _review(request: HttpRequest, form: OrderForm) -> HttpResponse | None:
    """What would be placed, before it is; None where the form asks for nothing that can be read."""
    plans: list[actions.Plan] = []
    facts = {"by": request.seat, "now": timezone.now()}
    if not attempt(form, lambda: plans.append(actions.plan_orders(baskets=form.baskets, **facts))):
        return None
    return render(request, "contracts/review_order.html", order_look.review(plans[0], form))


def _repeated(request: HttpRequest) -> order_look.Repeated:
    """What was ordered at once with the order to repeat."""
    seen = Order.objects.visible_to(request.seat).filter(hospital__in=request.seat.lineage)
    baskets = seen.filter(reference=request.GET.get("repeat", "")).values("basket")
    return order_look.repeated(seen.filter(basket__in=baskets).order_by("pk"))


def _place_once(request: HttpRequest, form: OrderForm) -> list[str]:
    """Place what the form asks for, or answer as the first time when it is sent again."""
    baskets = form.baskets
    asked = repr([(contract.reference, rows) for contract, rows in baskets])

    def act() -> tuple[int, list[str]]:
        note, now = form.cleaned_data["note"], timezone.now()
        orders = actions.place_orders(baskets=baskets, note=note, by=request.seat, now=now)
        return 302, [order.reference for order in orders]

    key = f"page:{form.cleaned_data['submission']}"
    mark = fingerprint("POST", request.path, asked.encode())
    return once(seat_number=request.seat.pk, key=key, fingerprint=mark, now=timezone.now(), act=act)[1]


@requires(Permission.READ_CONTRACTS)
def order(request: HttpRequest, reference: str) -> HttpResponse:
    found = _load(request, reference)
    deliveries = found.deliveries.all().with_waiting().with_packs().order_by("pk")
    context = {"order": found, "lines": _lines(found), "deliveries": deliveries}
    return render(request, "contracts/order.html", context | order_look.page(found, request.seat, timezone.now()))


@requires(Permission.READ_CONTRACTS)
def print_order(request: HttpRequest, reference: str) -> HttpResponse:
    found = _load(request, reference)
    context = {"order": found, "lines": _lines(found), "back_url": found.get_absolute_url()}
    return render(request, "contracts/print_order.html", context | order_look.letter(found))


@requires(Permission.APPROVE_ORDER)
@posted_from("contracts:order", "reference")
def approve_order(request: HttpRequest, reference: str) -> HttpResponse:
    found = actions.approve_order(order=_load(request, reference), by=request.seat, now=timezone.now())
    messages.success(request, _("Approved: %(deliverer)s has been told.") % {"deliverer": found.deliverer.name})
    return redirect(found)


@requires(Permission.CONFIRM_ORDER)
def confirm_order(request: HttpRequest, reference: str) -> HttpResponseBase:
    found = _load(request, reference)
    form = ConfirmForm(_lines(found), request.POST or None, request.FILES, draft=f"confirm-order/{reference}")
    if template := request.GET.get("template"):
        return form.template_response(template)
    facts = {"order": found, "by": request.seat, "now": timezone.now()}
    if fill_in(request, form, lambda: actions.confirm_order(packs=form.packs, **facts)):
        messages.success(request, _("Confirmed. Send the delivery when it leaves."))
        return redirect(found)
    return render(request, "contracts/confirm_order.html", {"order": found, "form": form})


@requires(Permission.CONFIRM_ORDER)
def refuse_order(request: HttpRequest, reference: str) -> HttpResponse:
    return _end(request, reference, order_look.refusing, actions.refuse_order)


@requires(Permission.APPROVE_ORDER)
def send_back_order(request: HttpRequest, reference: str) -> HttpResponse:
    return _end(request, reference, order_look.sending_back, actions.send_back_order)


@requires(Permission.PLACE_ORDER)
def cancel_order(request: HttpRequest, reference: str) -> HttpResponse:
    return _end(request, reference, order_look.cancelling, actions.cancel_order)


def _end(
    request: HttpRequest, reference: str, words: Callable[[Order], dict[str, Any]], end: Callable[..., Order]
) -> HttpResponse:
    """Ask for the reason why an order ends, and end it."""
    found = _load(request, reference)
    facts = {"order": found, "by": request.seat, "now": timezone.now()}
    return ask_reason(request, Question(**words(found)), lambda reason: end(reason=reason, **facts))


@requires(Permission.READ_CONTRACTS)
def close_rest(request: HttpRequest, reference: str) -> HttpResponse:
    found, now = _load(request, reference), timezone.now()
    form = ClosingForm(order_look.closings(found, request.seat, now), request.POST or None)
    facts = {"order": found, "by": request.seat, "now": now}
    if request.method == "POST" and attempt(form, lambda: actions.close_rest(**form.cleaned_data, **facts)):
        messages.success(request, _("Closed. Both sides are told."))
        return redirect(found)
    return render(request, "contracts/close_rest.html", {"form": form, "order": found})
