"""Pages on which what became of a national code is recorded, and taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import actions
from catalogue.forms import ChangeCodeForm
from catalogue.models import Product
from core.clock import legal_date
from core.skins import attempt


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
