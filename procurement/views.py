"""The home page: what must I do next, by when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import signed_in
from core.clock import legal_date
from procurement import shell
from procurement.usual import usual


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
