"""As whom a test speaks to the database, its owner unless it says otherwise, and to the API.

with as_web(supplier): ...     # with the rights of web processes and workers, acting for an organisation
with as_web(): ...             # acting for nobody, as workers do
program_of(seat).get("/api/v1/tenders/")
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.acting import act_for, act_for_nobody
from accounts.actions import make_token
from accounts.models import Organisation, Seat


@contextmanager
def as_web(organisation: Organisation | None = None) -> Iterator[None]:
    """The rights of the web role within a block."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE web")
        if organisation:
            act_for(organisation.pk)
        try:
            yield
        finally:
            act_for_nobody()
            cursor.execute("RESET ROLE")


def program_of(seat: Seat) -> APIClient:
    """A program that acts from a seat by a token."""
    _token, secret = make_token(label="test", by=seat, now=timezone.now())
    return APIClient(HTTP_AUTHORIZATION=f"Token {secret}")
