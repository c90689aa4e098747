"""Pages on which items and products are edited."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import actions
from catalogue.forms.editing import EditItemForm, EditProductForm
from catalogue.models import Item, Product
from core.clock import legal_date
from core.skins import attempt


@requires(Permission.IMPORT_CATALOGUE)
def edit_item(request: HttpRequest, reference: str) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.seat), reference=reference)
    form = EditItemForm(item, legal_date(timezone.now()), request.POST or None)
    act = {"item": item, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.edit_item(facts=form.facts, edit=form.edit, **act)):
        messages.success(request, _("The item is edited."))
        return redirect("catalogue:item", reference=item.reference)
    return render(request, "catalogue/edit_item.html", {"item": item, "form": form})


@requires(Permission.IMPORT_CATALOGUE)
def edit_product(request: HttpRequest, reference: str) -> HttpResponse:
    readable = Product.objects.visible_to(request.seat).select_related("item", "maker")
    product = get_object_or_404(readable, reference=reference)
    current = product.versions.current().select_related("holder", "commissioned_maker", "product__item").get()
    form = EditProductForm(product, current, legal_date(timezone.now()), request.POST or None)
    act = {"product": product, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(
        form, lambda: actions.edit_product(facts=form.facts, edit=form.edit, **act)
    ):
        messages.success(request, _("The product has a new version."))
        return redirect("catalogue:product", reference=product.reference)
    return render(request, "catalogue/edit_product.html", {"product": product, "form": form})
