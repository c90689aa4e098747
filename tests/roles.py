"""As whom a test speaks to the database: its owner, unless it says otherwise.

with as_web(supplier): ...     # with the rights of web processes and workers, acting for an organisation
with as_web(): ...             # acting for nobody, as workers do
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from accounts.acting import act_for, act_for_nobody
from accounts.models import Organisation


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
