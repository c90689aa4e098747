"""Pages of changes of prices: what waits, what one would do, and the second person's decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import actions
from catalogue.forms import AnswerPriceChangeForm, RefusePriceChangeForm, ReturnPriceChangeForm
from catalogue.models import PriceChange, PriceLine
from catalogue.tables.price_changes import FallingTable, PriceChangeTable, PriceLineTable, tone
from core.skins import attempt


@requires(Permission.RECORD_PRICE, Permission.READ_TRAIL)
def price_changes(request: HttpRequest) -> HttpResponseBase:
    table = PriceChangeTable(request, PriceChange.objects.visible_to(request.seat).with_people())
    if table.export:
        return table.export_response()
    return render(request, "catalogue/price_changes.html", {"table": table})


@requires(Permission.RECORD_PRICE, Permission.READ_TRAIL)
def price_change(request: HttpRequest, reference: str) -> HttpResponseBase:
    change = _change(request, reference)
    lines = PriceLineTable(request, PriceLine.objects.visible_to(request.seat).for_list().filter(change=change))
    if lines.export:
        return lines.export_response()
    context = {"change": change, "lines": lines, "is_open": change.status in PriceChange.OPEN}
    context["falling"] = FallingTable(request, _falling(change), prefix="falling") if context["is_open"] else None
    context["is_own"] = change.proposed_by.person_id == request.seat.person_id
    context["tone"] = tone(change)
    context["may_decide"] = request.seat.may(Permission.RECORD_PRICE)
    return render(request, "catalogue/price_change.html", context)


@requires(Permission.RECORD_PRICE, fresh=True)
def confirm_price_change(request: HttpRequest, reference: str) -> HttpResponse:
    change = _change(request, reference)
    if request.method == "POST":
        actions.confirm_price_change(change=change, by=request.seat, now=timezone.now())
        messages.success(request, _("The prices are in the register."))
        return redirect(change)
    effects = [_("Prices that begin or end: %(n)s") % {"n": change.lines.count()}]
    effects += [_("Listings that fall: %(n)s") % {"n": len(_falling(change))}]
    context = {"title": _("Confirm the prices"), "effects": effects, "submit": _("Confirm")}
    return render(request, "confirm.html", {**context, "reference": change.reference, "cancel_url": _page(change)})


@requires(Permission.RECORD_PRICE)
def return_price_change(request: HttpRequest, reference: str) -> HttpResponse:
    form = ReturnPriceChangeForm(request.POST or None)
    effect = _("Whoever proposed it answers; then it waits for its second person again.")
    return _act(request, reference, form, actions.return_price_change, (_("Ask back"), effect))


@requires(Permission.RECORD_PRICE)
def answer_price_change(request: HttpRequest, reference: str) -> HttpResponse:
    form = AnswerPriceChangeForm(request.POST or None)
    effect = _("It waits for its second person again.")
    return _act(request, reference, form, actions.answer_price_change, (_("Answer"), effect))


@requires(Permission.RECORD_PRICE)
def refuse_price_change(request: HttpRequest, reference: str) -> HttpResponse:
    form = RefusePriceChangeForm(request.POST or None)
    effect = _("Nothing of it comes into the register.")
    return _act(request, reference, form, actions.refuse_price_change, (_("Refuse the change"), effect))


@requires(Permission.RECORD_PRICE)
def withdraw_price_change(request: HttpRequest, reference: str) -> HttpResponse:
    change = _change(request, reference)
    if request.method == "POST":
        actions.withdraw_price_change(change=change, by=request.seat, now=timezone.now())
        return redirect(change)
    context = {"title": _("Withdraw the change"), "effects": [_("Nothing of it comes into the register.")]}
    context |= {"submit": _("Withdraw"), "reference": change.reference, "cancel_url": _page(change)}
    return render(request, "confirm.html", context)


def _act(request: HttpRequest, reference: str, form: Any, act: Any, words: tuple[str, str]) -> HttpResponse:
    """A page that asks for one sentence before an act."""
    change = _change(request, reference)
    if request.method == "POST" and attempt(
        form, lambda: act(change=change, **form.cleaned_data, by=request.seat, now=timezone.now())
    ):
        return redirect(change)
    title, effect = words
    context = {"title": title, "form": form, "submit": title, "reference": change.reference}
    return render(request, "confirm.html", {**context, "effects": [effect], "cancel_url": _page(change)})


def _change(request: HttpRequest, reference: str) -> PriceChange:
    return get_object_or_404(PriceChange.objects.visible_to(request.seat).with_people(), reference=reference)


def _falling(change: PriceChange) -> list[Any]:
    return actions.bound_by(change.act, list(change.lines.select_related("change")))


def _page(change: PriceChange) -> str:
    return reverse("catalogue:price-change", args=[change.reference])
