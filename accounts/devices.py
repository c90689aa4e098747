"""Browsers in which people sign in: named for people, and known again by a cookie."""

import secrets
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.actions import factors
from accounts.models import Person
from accounts.proof import DEVICE

COOKIE = "device"
COOKIE_AGE = 2 * 365 * 24 * 60 * 60  # seconds
# In this order: a browser's own name stands before those it pretends to be.
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def name_of(agent: str) -> str:
    """What a person would call the browser with this User-Agent: "Firefox, Windows"."""
    found = [next((name for sign, name in names if sign in agent), "") for names in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or _("unknown device")


def remember(request: HttpRequest, response: HttpResponse, person: Person, now: datetime) -> None:
    """Note the browser in which a person has just signed in; a new one is told by mail."""
    secret = request.COOKIES.get(COOKIE) or secrets.token_urlsafe(24)
    name = name_of(request.headers.get("User-Agent", ""))
    request.session[DEVICE] = name
    factors.note_device(person=person, secret=secret, name=name, now=now)
    flags = {"secure": settings.SESSION_COOKIE_SECURE, "httponly": True, "samesite": "Lax"}
    response.set_cookie(COOKIE, secret, max_age=COOKIE_AGE, **flags)
