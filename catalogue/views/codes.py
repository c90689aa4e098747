"""Pages on which what became of a national code is looked up, recorded, and taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import actions
from catalogue.forms import ChangeCodeForm, TakeBackCodeForm
from catalogue.models import Product, ProductCode
from catalogue.tables.codes import AllCodesTable, said_of
from core.clock import legal_date
from core.skins import attempt


@requires(Permission.READ_CATALOGUE)
def codes(request: HttpRequest) -> HttpResponseBase:
    said = ProductCode.objects.visible_to(request.seat).for_list()
    table = AllCodesTable(request, said, today=legal_date(timezone.now()))
    if table.export and table.filter_form.is_valid():
        return table.export_response()
    return render(request, "catalogue/codes.html", {"table": table, "on": table.filter_values.get("on")})


@requires(Permission.IMPORT_CATALOGUE)
def change_code(request: HttpRequest, reference: str) -> HttpResponse:
    readable = Product.objects.visible_to(request.seat).select_related("item", "maker")
    product = get_object_or_404(readable, reference=reference)
    code = product.versions.current().get().national_code
    form = ChangeCodeForm(request.POST or None, code=code, initial={"valid_from": legal_date(timezone.now())})
    act = {"by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.set_codes(rows=[form.row], **act)):
        messages.success(request, _("What became of the code is recorded."))
        return redirect("catalogue:product", reference=product.reference)
    return render(request, "catalogue/change_code.html", {"product": product, "form": form, "code": code})


@requires(Permission.IMPORT_CATALOGUE)
def take_back_code(request: HttpRequest, code: str, status: str) -> HttpResponse:
    said = get_object_or_404(ProductCode.objects.visible_to(request.seat).for_list().said(code, status))
    form = TakeBackCodeForm(request.POST or None, initial={"last_day": legal_date(timezone.now())})
    act = {"by": request.seat, "now": timezone.now()}
    back = said_of(said) or reverse("catalogue:codes")
    if request.method == "POST" and attempt(
        form, lambda: actions.take_back_code(code=said, **form.cleaned_data, **act)
    ):
        messages.success(request, _("What was said of the code is taken back."))
        return redirect(back)
    context = {"title": _("Take back what was said of a code"), "effects": _effects(said), "form": form}
    return render(request, "confirm.html", {**context, "submit": _("Take back"), "reference": code, "cancel_url": back})


def _effects(said: ProductCode) -> list[str]:
    """What taking it back does, in sentences."""
    told = {"code": said.code, "new": said.remapped_to}
    if said.status == ProductCode.Status.DISABLED:
        return [_("From the day after, %(code)s is bid and ordered again.") % told]
    effects = [_("From the day after, %(new)s stands no longer in place of %(code)s.") % told]
    if said.product:
        effects.append(_("A product that took the new code with the remapping has its old one again."))
    return effects
