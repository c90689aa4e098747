"""Products side by side."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import comparison
from catalogue.models import ProductVersion
from core.clock import legal_date
from core.spreadsheets import csv_response, xlsx_response

EXPORTS = {"csv": csv_response, "xlsx": xlsx_response}


@requires(Permission.READ_CATALOGUE)
def compare(request: HttpRequest) -> HttpResponseBase:
    asked = list(dict.fromkeys(request.GET.getlist("pick")))
    if not comparison.FEWEST <= len(asked) <= comparison.MOST:
        messages.warning(request, _("Tick two to six products to compare them."))
        return redirect("catalogue:products")
    versions = _current(request, asked)
    lines = comparison.facts(versions)
    prices = comparison.prices(versions, request.seat, legal_date(timezone.now()))
    if answer := EXPORTS.get(request.GET.get("export", "")):
        header = [_("Product"), *(version.product.reference for version in versions)]
        rows = [[line.label, *line.values] for line in (*lines, *prices)]
        return answer(f"comparison.{request.GET['export']}", header, rows)
    context = {"versions": versions, "lines": lines, "prices": prices, "exports": EXPORTS}
    return render(request, "catalogue/compare.html", context)


def _current(request: HttpRequest, asked: list[str]) -> list[ProductVersion]:
    """The current versions of these products, in the order in which they were asked for."""
    current = ProductVersion.objects.visible_to(request.seat).current().filter(product__reference__in=asked)
    found = {
        version.product.reference: version
        for version in current.select_related("product__item", "product__maker", "holder")
    }
    if len(found) < len(asked):
        raise Http404
    return [found[reference] for reference in asked]
