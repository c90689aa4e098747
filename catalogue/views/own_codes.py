"""Pages on which an organisation says what its own system calls an item or a product."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from catalogue import actions
from catalogue.forms.own_codes import OwnNumbersForm
from catalogue.models import Item, Product
from core.skins import attempt


@requires(*actions.MAPPERS)
def set_item_numbers(request: HttpRequest, reference: str) -> HttpResponse:
    return _set_numbers(request, get_object_or_404(Item.objects.visible_to(request.seat), reference=reference))


@requires(*actions.MAPPERS)
def set_product_numbers(request: HttpRequest, reference: str) -> HttpResponse:
    rows = Product.objects.visible_to(request.seat).select_related("item", "maker")
    return _set_numbers(request, get_object_or_404(rows, reference=reference))


def _set_numbers(request: HttpRequest, thing: Item | Product) -> HttpResponse:
    address = reverse(f"catalogue:{'item' if isinstance(thing, Item) else 'product'}", args=[thing.reference])
    form = OwnNumbersForm(request.POST or None, thing=thing, seat=request.seat)
    if request.method == "POST" and attempt(
        form, lambda: actions.set_own_codes(rows=form.rows, by=request.seat, now=timezone.now())
    ):
        messages.success(request, _("Your own numbers are kept."))
        return redirect(address)
    words = {"title": _("Own numbers"), "submit": _("Keep them"), "reference": thing.reference}
    context = {**words, "form": form, "lead": str(thing), "cancel_url": address}
    return render(request, "confirm.html", context)
