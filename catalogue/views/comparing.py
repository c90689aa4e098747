"""Products side by side, as they are or as they stood on a day."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import as_of
from catalogue.models import ProductVersion
from catalogue.presentation import comparison
from core.clock import legal_date
from core.spreadsheets import csv_response, xlsx_response

EXPORTS = {"csv": csv_response, "xlsx": xlsx_response}


@requires(Permission.READ_CATALOGUE)
def compare(request: HttpRequest) -> HttpResponseBase:
    asked = list(dict.fromkeys(request.GET.getlist("pick")))
    if not comparison.FEWEST <= len(asked) <= comparison.MOST:
        messages.warning(request, _("Tick two to six products to compare them."))
        return redirect("catalogue:products")
    on = as_of.asked(request, legal_date(timezone.now()))
    versions = _held(request, asked, on.day)
    lines = comparison.facts(versions)
    prices = comparison.prices(versions, request.seat, on.day or on.form.today)
    if answer := EXPORTS.get(request.GET.get("export", "")):
        header = [_("Product"), *(version.product.reference for version in versions)]
        rows = [[line.label, *line.values] for line in (*lines, *prices)]
        return answer(f"comparison.{request.GET['export']}", header, rows)
    context = {"versions": versions, "lines": lines, "prices": prices, "exports": EXPORTS, "on": on}
    return render(request, "catalogue/compare.html", context)


def _held(request: HttpRequest, asked: list[str], day: date | None) -> list[ProductVersion]:
    """The current versions of these products or those of a day, in the order in which they were asked for."""
    versions = ProductVersion.objects.visible_to(request.seat).for_list(day).filter(product__reference__in=asked)
    found = {version.product.reference: version for version in versions.select_related("holder")}
    if len(found) < len(asked):
        raise Http404
    return [found[reference] for reference in asked]
