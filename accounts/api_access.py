"""The same rules for programs: seat tokens or a signed-in session, and a declared permission."""

import hashlib
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import APIException, AuthenticationFailed, MethodNotAllowed, NotAuthenticated, Throttled
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts import proof
from accounts.access import current_seats, lacks_factor, require, take_seat
from accounts.actions import note_use
from accounts.models import Seat, SeatToken
from core.clock import legal_date
from core.origin import client_address, place

MOST_WRONG_TOKENS = 20  # from one address
WRONG_TOKENS_WITHIN = 300  # seconds


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Token <secret>``: the request acts as the seat that the token belongs to."""

    keyword = "Token"

    def authenticate(self, request: Request) -> tuple[Any, SeatToken] | None:
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.decode("latin-1") != self.keyword:
            return None
        digest = hashlib.sha256(secret.strip()).hexdigest()
        token = (
            SeatToken.objects.filter(secret_hash=digest, revoked_at=None).select_related("seat__person", "use").first()
        )
        seat = token and current_seats(token.seat.person).filter(pk=token.seat_id).first()
        if seat is None:
            _count_wrong(client_address(request._request))
            raise AuthenticationFailed(_("The token is not valid, was revoked, or its seat has ended."))
        take_seat(request._request, seat)
        if not hasattr(token, "use") or token.use.last_on != legal_date(timezone.now()):
            note_use(token=token, place=place(client_address(request._request)), now=timezone.now())
        return seat.person, token

    def authenticate_header(self, request: Request) -> str:
        return self.keyword


def _count_wrong(address: str) -> None:
    """Raise Throttled once an address has sent too many wrong tokens in a while.

    Only wrong ones are counted and held up: a good token works from everywhere, also from behind the same address.
    Nobody guesses one (256 bits), so that what is limited is the noise.
    """
    now = timezone.now().timestamp()
    key = f"wrong-token:{place(address)}:{int(now // WRONG_TOKENS_WITHIN)}"
    cache.add(key, 0, WRONG_TOKENS_WITHIN)
    if cache.incr(key) > MOST_WRONG_TOKENS:
        raise Throttled(wait=WRONG_TOKENS_WITHIN - now % WRONG_TOKENS_WITHIN)


class TokenScheme(OpenApiAuthenticationExtension):
    """How the published description of the API tells of tokens."""

    target_class = TokenAuthentication
    name = "seatToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Token <secret>"}


class ProofNeeded(APIException):
    """The session may do this once its person has confirmed who is there, on the page for that."""

    status_code = 403
    default_code = "proof_needed"


class SeatMay(BasePermission):
    """Every endpoint names ``permissions``: a mapping from HTTP method to the permissions of which one is needed.

    ``fresh`` names the methods that are weighty acts: a session needs a fresh proof for them. A token is a proof by
    itself, because it is made with one; so is a request for which the endpoint's ``carries_proof(request)`` says
    that it brings a passkey's signature over what it asks for, which the endpoint then checks.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated or seat_of(request) is None:
            raise NotAuthenticated()
        needed = getattr(view, "permissions", {})
        if request.method not in needed:
            raise MethodNotAllowed(str(request.method))
        on_page = not isinstance(request.auth, SeatToken)
        if on_page and lacks_factor(request._request):
            raise ProofNeeded(_("This seat needs a second factor. Set one up or confirm it on your account page."))
        require(seat_of(request), *needed[request.method])
        weighty = request.method in getattr(view, "fresh", ()) and not getattr(view, "carries_proof", _bare)(request)
        if on_page and weighty and not proof.is_fresh(request._request.session, timezone.now()):
            raise ProofNeeded(_("Nothing was done yet. Confirm that it is you, and send it again."))
        return True


def _bare(request: Request) -> bool:
    return False


def seat_of(request: Request) -> Seat:
    """The seat that an API request acts for."""
    return request._request.seat


__all__ = ["SeatMay", "SessionAuthentication", "TokenAuthentication", "seat_of"]
