"""How many passwords are looked at: counted by account and by address, and so that nobody shuts out somebody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Max
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.actions.seats import digest_of
from accounts.models import Device, GuessedPasswords
from core.actions import action
from core.errors import Refused

WHILE = timedelta(minutes=15)
FROM_ONE = 10  # for one account, from a browser that it knows or from one address
FOR_ONE_ACCOUNT = 25  # from all browsers that it does not know: a hundred an hour (OWASP ASVS 2.2.1)
FROM_ONE_ADDRESS = 100  # for whatever accounts, by browsers that these do not know: a hospital is one address
# In one statement, and of all doors or, as the action refuses, of none. In the order of their names, so that two never
# wait for each other.
_COUNT = """
    INSERT INTO accounts_guessedpasswords AS had (door, tries_left, since_at)
    SELECT door, most - 1, %(now)s FROM unnest(%(doors)s::text[], %(most)s::int[]) AS asked (door, most) ORDER BY door
    ON CONFLICT (door) DO UPDATE SET
        tries_left = CASE WHEN had.since_at <= %(since)s THEN EXCLUDED.tries_left ELSE had.tries_left - 1 END,
        since_at = CASE WHEN had.since_at <= %(since)s THEN %(now)s ELSE had.since_at END
    WHERE had.since_at <= %(since)s OR had.tries_left > 0
    RETURNING door
"""


class ShutOut(Refused):
    """No password is looked at before ``until``, right or wrong."""

    def __init__(self, until: datetime) -> None:
        wait = _("Too many wrong passwords. Wait a quarter of an hour, or sign in with a passkey.")
        super().__init__(wait, field="password", code="too_many")
        self.until = until


@dataclass(frozen=True)
class Caller:
    """Who gives a password: for which account, in a browser with which secret in its cookie, from which place."""

    email: str
    browser: str
    place: str

    @property
    def doors(self) -> dict[str, int]:
        """The doors that this try passes, each with how many tries it takes in a while.

        A browser in which this person has signed in before has a door of its own, which nobody else can shut.
        """
        known = Device.objects.filter(person__email=self.email, secret_hash=digest_of(self.browser))
        if self.browser and known.exists():
            return {_door("browser", self.email, self.browser): FROM_ONE}
        doors = {_door("account", self.email): FOR_ONE_ACCOUNT}
        if self.place:
            doors |= {_door("both", self.email, self.place): FROM_ONE, _door("place", self.place): FROM_ONE_ADDRESS}
        return doors


@action
def count_try(*, doors: dict[str, int], now: datetime) -> None:
    """Count a password before it is looked at, so that a thousand at the same moment are not a thousand looks.
    Raises ShutOut where one of the doors takes no more."""
    since = now - WHILE
    count: dict[str, Any] = {"doors": list(doors), "most": list(doors.values()), "now": now, "since": since}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, count)
        open_ones = {door for (door,) in cursor.fetchall()}
    if shut := doors.keys() - open_ones:
        last = GuessedPasswords.objects.filter(door__in=shut).aggregate(last=Max("since_at"))["last"]
        raise ShutOut(last + WHILE)


@action
def give_back(*, doors: dict[str, int], now: datetime) -> None:
    """A right password was no guess. Those before it stay counted: an own account opens no door again."""
    counted = GuessedPasswords.objects.filter(door__in=doors, since_at__gt=now - WHILE)
    counted.update(tries_left=F("tries_left") + 1)


@action
def forget_tries(*, now: datetime) -> None:
    """Delete the counts of whiles that are over; each begins anew in any case."""
    GuessedPasswords.objects.filter(since_at__lte=now - WHILE).delete()


def _door(*parts: str) -> str:
    return salted_hmac("accounts.guesses", "\n".join(parts), algorithm="sha256").hexdigest()[:32]
