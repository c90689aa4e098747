"""Which seat a request acts for, and what every route must declare about access.

Each view is wrapped in exactly one of ``public``, ``signed_in`` and ``requires``; the guard tests
refuse a route that is not. A weighty act says ``fresh=True``: it needs a proof of who is there, five minutes old
at most. What a person opens in order to set up a second factor says ``unproved=True``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import proof, unsent
from accounts.actions import factors
from accounts.models import Seat
from accounts.permissions import Permission
from core.acting import act_for, act_for_nobody, streamed_for
from core.clock import legal_date
from core.errors import Denied

View = Callable[..., HttpResponse]
SESSION_SEAT = "seat"


@dataclass(frozen=True)
class Access:
    """What a route declares: open to the world, or to seats that hold any of ``permissions``; whether it needs a
    fresh proof, and whether it opens before a seat that needs a second factor has one."""

    public: bool
    permissions: tuple[Permission, ...] = ()
    fresh: bool = False
    unproved: bool = False


def current_seats(person: Any) -> Any:
    """The seats that a person may sit in today."""
    seats = Seat.objects.current(legal_date(timezone.now()))
    return seats.filter(person=person).select_related("organisation", "person").order_by("pk")


def take_seat(request: HttpRequest, seat: Seat) -> None:
    """Let a request act from a seat, and the session of the database with it."""
    request.seat = seat
    act_for(seat.acting)


class SeatMiddleware:
    """Puts ``request.seat`` on every request: the seat chosen in this session, else the first, else None.

    When the answer is made, the session of the database, which outlives the request, acts for nobody again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.seat = None
        try:
            if request.user.is_authenticated and (seat := self._seat(request)):
                take_seat(request, seat)
            response = self.get_response(request)
        finally:
            # A program's seat is known by its token, and taken on the way (``accounts.api_access``).
            if request.seat:
                act_for_nobody()
        if request.seat and response.streaming:
            response.streaming_content = streamed_for(request.seat.acting, response.streaming_content)
        return response

    def _seat(self, request: HttpRequest) -> Seat | None:
        seats = current_seats(request.user)
        chosen = request.session.get(SESSION_SEAT)
        return (seats.filter(pk=chosen).first() if chosen else None) or seats.first()


def public(view: View) -> View:
    """The route is open to the world."""
    view.access = Access(public=True)
    return view


def signed_in(view: View | None = None, *, fresh: bool = False, unproved: bool = False) -> Any:
    """The route is open to every seat. Used bare, or with what it needs."""
    access = Access(public=False, fresh=fresh, unproved=unproved)
    return _guarded(view, access) if view else lambda view: _guarded(view, access)


def requires(*permissions: Permission, fresh: bool = False) -> Callable[[View], View]:
    """The route is open to seats that hold at least one of ``permissions``."""
    access = Access(public=False, permissions=permissions, fresh=fresh)
    return lambda view: _guarded(view, access)


def require(seat: Seat, *permissions: Permission) -> None:
    """Raise Denied unless the seat holds at least one of ``permissions``."""
    if not any(seat.may(permission) for permission in permissions):
        raise Denied(permissions[0])


def require_for(by: Seat, permission: Permission, organisation_id: int) -> None:
    """Raise Denied unless the seat holds the permission and sits in that organisation, or in one that succeeded it."""
    require(by, permission)
    if organisation_id not in by.lineage:
        raise Denied(permission)


def lacks_factor(request: HttpRequest) -> bool:
    """Whether the seat needs a second factor that this session has not proved."""
    return request.seat.needs_factor and not proof.is_strong(request.session)


def hindrance(request: HttpRequest, access: Access) -> str:
    """What stands in the way of what an address needs, as ``accounts.unsent`` names it; nothing where it is open.

    Permissions are not asked: a form is shown to whoever may send it.
    """
    if access.public:
        return ""
    if request.seat is None:
        return unsent.SIGN_IN
    stale = access.fresh and not proof.is_fresh(request.session, timezone.now())
    return unsent.PROOF if stale or (not access.unproved and lacks_factor(request)) else ""


def _guarded(view: View, access: Access) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.seat is None:
            return unsent.to_sign_in(request)
        if not access.unproved and lacks_factor(request):
            return _ask_for_factor(request)
        if access.permissions:
            require(request.seat, *access.permissions)
        if access.fresh and not proof.is_fresh(request.session, timezone.now()):
            return _ask_for_proof(request)
        return view(request, *args, **kwargs)

    guarded.access = access
    return guarded


def _ask_for_factor(request: HttpRequest) -> HttpResponse:
    """To where the person proves the factor it has, or sets up a first one."""
    if factors.has_factor(request.user):
        return _ask_for_proof(request)
    return redirect("accounts:account")


def _ask_for_proof(request: HttpRequest) -> HttpResponse:
    """To the page that asks who is there, and back. What was sent is not done, and the person is told so."""
    if request.accepts("application/json") and not request.accepts("text/html"):
        sentence = _("Nothing was done yet. Confirm that it is you, and send it again.")
        return JsonResponse({"code": "proof_needed", "message": sentence, "faults": []}, status=403)
    if unsent.came_from_a_form(request):
        return unsent.answer(request, unsent.PROOF)
    return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': request.get_full_path()})}")
