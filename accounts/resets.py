"""Links for lost passwords, as the framework's views ask for them: each is a row, and works once."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.forms import PasswordResetForm
from django.utils import timezone

from accounts import actions
from accounts.actions import digest_of
from accounts.models import PasswordReset, Person

# Anybody can ask for anybody: somebody's mailbox gets no more links than this in an hour.
IN_AN_HOUR = 5


class Links:
    """Makes a link for a person, and says whether one still works."""

    def make_token(self, user: Person) -> str:
        return actions.send_link(person=user, now=timezone.now())

    def check_token(self, user: Person | None, token: str | None) -> bool:
        links = PasswordReset.objects.filter(person=user, secret_hash=digest_of(token or ""))
        return user is not None and links.usable(timezone.now()).exists()


class AskForLinkForm(PasswordResetForm):
    """An e-mail address; who asks is told nothing about whether it has an account."""

    def get_users(self, email: str) -> Any:
        since = timezone.now() - timedelta(hours=1)
        for person in super().get_users(email):
            if person.resets.filter(asked_at__gt=since).count() < IN_AN_HOUR:
                yield person
