"""The one place where a password is looked at."""

from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils import timezone

from accounts.actions import guesses
from accounts.devices import COOKIE
from accounts.models import Person
from core.origin import client_address, place


def person_with(request: HttpRequest, email: str, password: str) -> Person | None:
    """Whose e-mail address and password these are, if anybody's. Raises ShutOut after too many wrong ones."""
    caller = guesses.Caller(email.lower(), request.COOKIES.get(COOKIE, ""), place(client_address(request)))
    doors, now = caller.doors, timezone.now()
    guesses.count_try(doors=doors, now=now)
    found: Any = authenticate(request, username=email, password=password)
    if found is not None:
        guesses.give_back(doors=doors, now=now)
    return found
