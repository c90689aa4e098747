"""Pages on which prices of a whole variety are proposed: guide prices by conversion, and one national price."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import actions
from catalogue.actions.prices import guide_lines
from catalogue.forms.varieties import GuidePricesForm, NationalPriceForm
from catalogue.models import PriceChange, Variety
from catalogue.tables.varieties import GuideLineTable
from core.clock import legal_date
from core.skins import attempt


@requires(Permission.RECORD_PRICE)
def propose_guide_prices(request: HttpRequest, reference: str) -> HttpResponse:
    """What would follow is shown first; sent again from there, it is proposed to a second person."""
    found = _variety(request, reference)
    form = GuidePricesForm(found, request.POST or None, initial=_begins(request))
    made: list[Any] = []
    if request.method == "POST" and attempt(form, lambda: made.append(_act(request, found, form))):
        if isinstance(made[0], PriceChange):
            return _proposed(request, made[0])
        lines = GuideLineTable(request, made[0])
        return render(request, "catalogue/guide_prices.html", {"variety": found, "form": form, "lines": lines})
    return render(request, "catalogue/guide_prices.html", {"variety": found, "form": form})


def _act(request: HttpRequest, found: Variety, form: GuidePricesForm) -> Any:
    """The lines that would follow, or the change in which they are proposed."""
    if "propose" not in request.POST:
        return guide_lines(found, form.chosen, form.terms)
    said = {"representative": form.chosen, "terms": form.terms, "ground": form.ground}
    return actions.propose_guide_prices(variety=found, **said, by=request.seat, now=timezone.now())


@requires(Permission.RECORD_PRICE)
def propose_variety_price(request: HttpRequest, reference: str) -> HttpResponse:
    found = _variety(request, reference)
    form = NationalPriceForm(request.POST or None, initial=_begins(request))
    act = {"variety": found, "by": request.seat, "now": timezone.now()}
    made: list[PriceChange] = []

    def propose() -> None:
        made.append(actions.propose_variety_price(price=form.national_price, ground=form.ground, **act))

    if request.method == "POST" and attempt(form, propose):
        return _proposed(request, made[0])
    words = {"title": _("Propose one national price"), "submit": _("Propose the price")}
    words["lead"] = _("Confirmed by a second person, no item of the variety is tendered any more.")
    return render(request, "catalogue/variety_form.html", {"variety": found, "form": form, **words})


def _begins(request: HttpRequest) -> dict[str, Any]:
    return {"region": request.seat.organisation.region_id, "valid_from": legal_date(timezone.now())}


def _proposed(request: HttpRequest, change: PriceChange) -> HttpResponse:
    messages.success(request, _("Proposed. Another person of the agency confirms it before it counts."))
    return redirect(change)


def _variety(request: HttpRequest, reference: str) -> Variety:
    readable = Variety.objects.visible_to(request.seat).standing().select_related("main_item")
    return get_object_or_404(readable, reference=reference)
