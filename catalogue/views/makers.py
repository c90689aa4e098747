"""Pages on who may offer what: the registered organisation of a maker, its agents and dealers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import actions
from catalogue.forms import AuthoriseForm, EndAuthorisationForm, LinkMakerForm
from catalogue.models import Authorisation, Product
from catalogue.tables import AuthorisationTable, EditableAuthorisationTable
from core.clock import legal_date
from core.skins import attempt


@requires(Permission.IMPORT_CATALOGUE)
def link_maker(request: HttpRequest, reference: str) -> HttpResponse:
    product = _product(request, reference)
    form = LinkMakerForm(request.POST or None)
    act = {"maker": product.maker, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(
        form, lambda: actions.link_maker(organisation=form.cleaned_data["credit_code"], **act)
    ):
        messages.success(request, _("The maker is registered."))
        return redirect("catalogue:product", reference=product.reference)
    return render(request, "catalogue/link_maker.html", {"product": product, "form": form})


@requires(Permission.READ_CATALOGUE)
def authorisations(request: HttpRequest) -> HttpResponseBase:
    found = Authorisation.objects.visible_to(request.seat).select_related("supplier", "maker", "product__item")
    kind = EditableAuthorisationTable if request.seat.may(Permission.IMPORT_CATALOGUE) else AuthorisationTable
    table = kind(request, found, today=legal_date(timezone.now()))
    if table.export:
        return table.export_response()
    return render(request, "catalogue/authorisations.html", {"table": table})


@requires(Permission.IMPORT_CATALOGUE)
def authorise(request: HttpRequest, reference: str) -> HttpResponse:
    product = _product(request, reference)
    form = AuthoriseForm(product, request.POST or None, initial={"valid_from": legal_date(timezone.now())})
    act = {"by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(
        form, lambda: actions.authorise(letter=form.letter, supplier=form.cleaned_data["credit_code"], **act)
    ):
        messages.success(request, _("The authorisation is recorded."))
        return redirect("catalogue:product", reference=product.reference)
    return render(request, "catalogue/authorise.html", {"product": product, "form": form})


@requires(Permission.IMPORT_CATALOGUE)
def end_authorisation(request: HttpRequest, reference: str) -> HttpResponse:
    readable = Authorisation.objects.visible_to(request.seat).select_related("supplier", "maker", "product__item")
    authorisation = get_object_or_404(readable, reference=reference)
    form = EndAuthorisationForm(request.POST or None, initial={"last_day": legal_date(timezone.now())})
    act = {"authorisation": authorisation, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.end_authorisation(**form.cleaned_data, **act)):
        messages.success(request, _("The authorisation ends on %(day)s.") % {"day": authorisation.valid_to})
        return redirect("catalogue:authorisations")
    return render(request, "catalogue/end_authorisation.html", {"authorisation": authorisation, "form": form})


def _product(request: HttpRequest, reference: str) -> Product:
    readable = Product.objects.visible_to(request.seat).select_related("item", "maker")
    return get_object_or_404(readable, reference=reference)
