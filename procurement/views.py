"""The home page: what must I do next, by when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import signed_in
from core.clock import legal_date
from procurement import shell
from procurement.usual import usual
from procurement.working_days import days_of


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "todos": shell.todos(request.seat, now),
        "figures": shell.figures(request.seat, now),
        "ahead": shell.ahead(request.seat, now),
        "usual": usual(request.seat),
        "now": now,
        "today": legal_date(now),
    }
    return render(request, "procurement/home.html", context)


@signed_in
def working_days(request: HttpRequest) -> HttpResponse:
    this_year = legal_date(timezone.now()).year
    years = [(year, list(days_of(year))) for year in (this_year, this_year + 1)]
    return render(request, "procurement/working_days.html", {"years": years})
