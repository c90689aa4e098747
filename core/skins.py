"""How the outcome of an action reaches a person on a page: refusals beside the field they belong to."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import Conflict, Denied, Refused


def attempt(form: Form, act: Callable[[], Any]) -> bool:
    """Run ``act`` if the form is valid. A refusal becomes errors of the form; True means done."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        for fault in refusal.faults:
            form.add_error(fault.field if fault.field in form.fields else None, fault.message)
        return False
    return True


class RefusalMiddleware:
    """A refusal that no form caught becomes a page that says why, with a way back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Denied):
            return render(request, "403.html", {"permission": error.permission}, status=403)
        if isinstance(error, Refused):
            status = 409 if isinstance(error, Conflict) else 422
            back = request.headers.get("Referer", "") if request.method == "POST" else ""
            return render(request, "409.html", {"refusal": error, "back": back}, status=status)
        return None
