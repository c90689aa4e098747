"""Which seat a request acts for, and what every route must declare about access.

Each view is wrapped in exactly one of ``public``, ``signed_in`` and ``requires``; the guard tests
refuse a route that is not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import Seat
from accounts.permissions import Permission
from core.clock import legal_date
from core.errors import Denied

View = Callable[..., HttpResponse]
SESSION_SEAT = "seat"


@dataclass(frozen=True)
class Access:
    """What a route declares: open to the world, or to seats that hold any of ``permissions``."""

    public: bool
    permissions: tuple[Permission, ...] = ()


def current_seats(person: Any) -> Any:
    """The seats that a person may sit in today."""
    seats = Seat.objects.current(legal_date(timezone.now()))
    return seats.filter(person=person).select_related("organisation", "person").order_by("pk")


class SeatMiddleware:
    """Puts ``request.seat`` on every request: the seat chosen in this session, else the first, else None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.seat = self._seat(request) if request.user.is_authenticated else None  # type: ignore[attr-defined]
        return self.get_response(request)

    def _seat(self, request: HttpRequest) -> Seat | None:
        seats = current_seats(request.user)
        chosen = request.session.get(SESSION_SEAT)
        return (seats.filter(pk=chosen).first() if chosen else None) or seats.first()


def public(view: View) -> View:
    """The route is open to the world."""
    view.access = Access(public=True)  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """The route is open to every seat."""
    return _guarded(view, ())


def requires(*permissions: Permission) -> Callable[[View], View]:
    """The route is open to seats that hold at least one of ``permissions``."""
    return lambda view: _guarded(view, permissions)


def demand(seat: Seat, *permissions: Permission) -> None:
    """Raise Denied unless the seat holds at least one of ``permissions``."""
    if not any(seat.may(permission) for permission in permissions):
        raise Denied(permissions[0])


def _guarded(view: View, permissions: tuple[Permission, ...]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.seat is None:  # type: ignore[attr-defined]
            return redirect_to_login(request.get_full_path())
        if permissions:
            demand(request.seat, *permissions)  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    guarded.access = Access(public=False, permissions=permissions)  # type: ignore[attr-defined]
    return guarded
