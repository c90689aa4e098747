"""From where an act comes: a page, a program, the platform's own tasks or its command line, which network, and with
which request.

Events keep this much of an address and no more: a keyed hash, alike for acts from one place. An auditor can so see
that two bidders act from one network, or that a payer's session moved; nobody can read from a copy of the database
where somebody was. The key is derived from ``SECRET_KEY``: with another key, hashes from before compare among
themselves only.
"""

import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from uuid import uuid4

from celery import current_task
from django.conf import settings
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

REQUEST_HEADER = "X-Request-ID"
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
HASH_DIGITS = 16  # 64 bits: enough to tell places apart


class OriginKind(TextChoices):
    WEB = "web", _("a page")
    API = "api", _("a program")
    TASK = "task", _("the platform itself")
    COMMAND = "command", _("the operator's command line")


@dataclass
class Origin:
    """Where the acts of one request, task or command come from, and which of them were refused, by their codes."""

    kind: str
    address: str = ""
    request: str = ""
    refusals: list[str] = field(default_factory=list)


_request: ContextVar[Origin | None] = ContextVar("origin", default=None)


def current_origin() -> Origin:
    """The origin of what runs now."""
    return _request.get() or Origin(OriginKind.TASK if current_task else OriginKind.COMMAND)


def place(address: str) -> str:
    """The keyed hash of a network address: 16 hex digits, or "" where there is none.

    An IPv6 address counts as its network of 64 bits, which is what a household or an office has; an IPv4 address
    written as IPv6 counts as IPv4.
    """
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or ip_network((found, 64), strict=False).network_address
    return salted_hmac("core.origin", str(found), algorithm="sha256").hexdigest()[:HASH_DIGITS]


def client_address(request: HttpRequest) -> str:
    """Who called: the other end of the line; with proxies in front (``TRUSTED_PROXIES``), whom the outermost names.

    Each of them writes at the end of X-Forwarded-For who called it. What stands before, the caller wrote itself.
    """
    named = request.headers.get("X-Forwarded-For", "").split(",")[-settings.TRUSTED_PROXIES :]
    return (settings.TRUSTED_PROXIES and _bare(named[0])) or request.META.get("REMOTE_ADDR", "")


def _bare(named: str) -> str:
    """An address as a proxy writes it, without port and brackets; nothing where it is none."""
    found = re.fullmatch(r"\s*(?:\[([0-9a-fA-F:.]+)\](?::\d+)?|([0-9.]+)(?::\d+)?|([0-9a-fA-F:.]+))\s*", named)
    address = next(filter(None, found.groups()), "") if found else ""
    return address if place(address) else ""


def number_of(request: HttpRequest) -> str:
    """What a request is called in the log and in the trail: as its sender or the proxy says, if that is well formed,
    or else a new number."""
    said = request.headers.get(REQUEST_HEADER, "")
    return said if _WELL_FORMED.fullmatch(said) else uuid4().hex


class OriginMiddleware:
    """Says for the length of a request where its acts come from, and tells the sender what the request is called."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kind = OriginKind.API if request.path.startswith("/api/") else OriginKind.WEB
        number = number_of(request)
        request.number = number  # type: ignore[attr-defined]  # for lines of the log that come when the answer has gone
        token = _request.set(Origin(kind, place(client_address(request)), number))
        try:
            response = self.get_response(request)
            response.headers[REQUEST_HEADER] = number
            return response
        finally:
            _request.reset(token)
