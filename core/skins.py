"""How the outcome of an action reaches a person on a page: refusals beside the field they belong to."""

import errno
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.db import InterfaceError, OperationalError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from core import drafts
from core.errors import Conflict, Denied, Fault, Refused
from core.events import record
from core.grids import Grid
from core.models import Event, Verb
from core.origin import current_origin

# SQLSTATE classes of a database that is cut off, that has no room for more, and that starts or stops.
_AWAY = ("08", "53", "57P")
RETRY_AFTER = 30  # seconds
API = "/api/"
Answering = Callable[[HttpRequest], HttpResponse]


class SeatedRequest(HttpRequest):
    """A request as the middleware of accounts leaves it: with the seat that acts, or None for a visitor."""

    seat: Any


def attempt(form: Form, act: Callable[[], Any]) -> bool:
    """Run ``act`` if the form is valid. A refusal becomes errors of the form; True means done."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        for fault in refusal.faults:
            if isinstance(form, Grid):
                form.place(fault)
            else:
                form.add_error(fault.field if fault.field in form.fields else None, _with_row(fault))
        return False
    return True


def why_not(check: Callable[[], Any]) -> str:
    """The sentence with which an act would be refused now, so that its page offers no button; nothing where it may be
    done. ``check`` is what the action asks before it acts."""
    try:
        check()
    except Refused as refusal:
        return refusal.message
    return ""


def fill_in(request: SeatedRequest, grid: Grid, act: Callable[[], Any]) -> bool:
    """Run ``act`` if the grid was sent for it; what was kept of it while somebody typed goes when it is done."""
    if request.method != "POST" or not attempt(grid, act):
        return False
    drafts.drop(seat_number=request.seat.pk, form=grid.draft)
    return True


def _with_row(fault: Fault) -> str:
    if fault.row is None:
        return fault.message
    return _("Row %(row)s: %(message)s") % {"row": fault.row, "message": fault.message}


def read_at(request: HttpRequest) -> datetime | None:
    """When what its reader saw on the page was changed last, as the form of the page sends it along.

    None for anything else, so that an action that compares carries out nothing that its reader has not seen.
    """
    try:
        return parse_datetime(request.POST.get("read_at", ""))
    except ValueError:
        return None


def posted_from(page: str, *names: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """The view takes what a form sends and nothing else. Whoever opens its address, after signing in again or by the
    browser's Back, is led to the page where the form stands; ``names`` are the parameters that both addresses have."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def posted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            return redirect(page, **{name: kwargs[name] for name in names})

        return posted

    return decorate


class RefusalMiddleware:
    """A refusal that no form caught becomes a page that says why, with a way back; every refusal is recorded."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SeatedRequest) -> HttpResponse:
        response = self.get_response(request)
        refused = current_origin().refusals or (["denied"] if response.status_code == 403 else [])
        if refused and getattr(request, "seat", None):
            _record_refusal(request, refused[-1])
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Denied):
            return render(request, "403.html", {"permission": error.permission}, status=403)
        if isinstance(error, Refused):
            status = 409 if isinstance(error, Conflict) else 422
            return render(request, "409.html", {"refusal": error, "back": page_of_the_form(request)}, status=status)
        return None


def _record_refusal(request: SeatedRequest, reason: str) -> None:
    """What a seat wanted to do and might not: after the rollback, so that it stays. It is no fact about the thing,
    so it stands in nobody's timeline; the seat's own organisation and auditors read it."""
    match = request.resolver_match
    record(
        Verb.ACT_REFUSED,
        "refusal",
        by=request.seat,
        now=timezone.now(),
        audience=Event.Audience.NAMED,
        act=match.view_name if match else "",
        about=str(match.kwargs.get("reference", "")) if match else "",
        reason=reason,
    )


def page_of_the_form(request: HttpRequest) -> str:
    """Where a refused POST came from, if that is a page of ours; else nothing."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if ours and request.method == "POST" else ""


def answer_failure(request: HttpRequest) -> HttpResponse:
    """Django's handler for what nobody foresaw: 503 while the database is away or a disk is full, else 500.

    It asks the database nothing, so that it always answers; endpoints answer in the API's one shape of errors.
    """
    away = out_of_service(sys.exc_info()[1])
    status = 503 if away else 500
    if request.path.startswith(API):
        answer: HttpResponse = JsonResponse({**_failure(away), "faults": []}, status=status)
    else:
        answer = HttpResponse(render_to_string(f"{status}.html"), status=status)
    if away:
        answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def answer_malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for a request that no view gets to see: 400."""
    if request.path.startswith(API):
        sentence = _("This address or request is not one that the platform can read.")
        return JsonResponse({"code": "malformed", "message": sentence, "faults": []}, status=400)
    return HttpResponse(render_to_string("400.html"), status=400)


def answer_unknown(request: HttpRequest, **rest: Any) -> HttpResponse:
    """What stands below the API's address and is no endpoint: 404 in its one shape of errors."""
    sentence = _("There is nothing at this address. Addresses of the API end with a slash.")
    return JsonResponse({"code": "not_found", "message": sentence, "faults": []}, status=404)


def out_of_service(error: BaseException | None) -> bool:
    """Whether nothing can be done now, whatever was asked for: the database is away, or a disk is full."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOSPC
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(_AWAY)


def _failure(away: bool) -> dict[str, str]:
    if away:
        return {
            "code": "unavailable",
            "message": _("The platform cannot work for a moment. Send the same again."),
        }
    return {"code": "failed", "message": _("Something went wrong on our side.")}
