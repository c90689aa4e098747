"""As whom a test speaks to the database, its owner unless it says otherwise, and to the API.

with as_web(supplier): ...     # with the rights of web processes and workers, acting for an organisation
with as_web(seat): ...         # or from a seat, as requests do
with as_web(): ...             # acting for nobody, as workers do
program_of(seat).get("/api/v1/tenders/")
"""

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from typing import Any

from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import make_token
from accounts.models import Organisation, Seat
from core.acting import Acting, Reads, act_for, act_for_nobody

_READS = {Organisation.Kind.AGENCY: Reads.AGENCY, Organisation.Kind.REGULATOR: Reads.ALL}


@contextmanager
def as_web(who: Organisation | Seat | None = None) -> Iterator[None]:
    """The rights of the web role within a block."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE web")
        if who:
            act_for(_acting(who))
        try:
            yield
        finally:
            act_for_nobody()
            cursor.execute("RESET ROLE")


def _acting(who: Organisation | Seat) -> Acting:
    if isinstance(who, Seat):
        return who.acting
    return Acting(who.pk, reads=_READS.get(who.kind, Reads.PUBLIC))


class Program(APIClient):
    """A program that sends a new idempotency key with everything that has none."""

    def request(self, **given: Any) -> Any:
        return super().request(**{"HTTP_IDEMPOTENCY_KEY": token_hex(8)} | given)


def program_of(seat: Seat) -> Program:
    """A program that acts from a seat by a token."""
    _token, secret = make_token(label="test", by=seat, now=timezone.now())
    return Program(HTTP_AUTHORIZATION=f"Token {secret}")
