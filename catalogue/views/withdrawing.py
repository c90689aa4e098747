"""Pages on which an officer lets a product go out of the catalogue, or takes it up again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.forms import ReasonForm
from accounts.permissions import Permission
from catalogue import actions
from catalogue.forms.editing import EditForm
from catalogue.models import Product
from core.clock import legal_date
from core.skins import attempt


@requires(Permission.IMPORT_CATALOGUE)
def withdraw_product(request: HttpRequest, reference: str) -> HttpResponse:
    found = _product(request, reference)
    form = EditForm(request.POST or None, initial={"starts_on": legal_date(timezone.now())})
    act = {"product": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.withdraw_product(**form.cleaned_data, **act)):
        messages.success(request, _("The product is withdrawn."))
        return redirect("catalogue:product", reference=reference)
    effects = [
        _("Nothing new is bid, listed or ordered of it. What was ordered before is delivered and paid."),
        _("It can be taken up again."),
    ]
    words = {"title": _("Withdraw the product"), "submit": _("Withdraw"), "effects": effects}
    return render(request, "confirm.html", {**words, "form": form, "lead": str(found), "reference": reference})


@requires(Permission.IMPORT_CATALOGUE)
def restore_product(request: HttpRequest, reference: str) -> HttpResponse:
    found = _product(request, reference)
    form = ReasonForm(request.POST or None)
    act = {"product": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.restore_product(**form.cleaned_data, **act)):
        messages.success(request, _("The product is taken up again."))
        return redirect("catalogue:product", reference=reference)
    words = {"title": _("Take the product up again"), "submit": _("Take it up again")}
    effects = [_("It can be bid, listed and ordered as before.")]
    return render(
        request, "confirm.html", {**words, "effects": effects, "form": form, "lead": str(found), "reference": reference}
    )


def _product(request: HttpRequest, reference: str) -> Product:
    rows = Product.objects.visible_to(request.seat).select_related("item", "maker")
    return get_object_or_404(rows, reference=reference)
