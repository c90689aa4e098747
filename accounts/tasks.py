"""Mail that repeats what stands in an inbox, word of bank accounts, and the sweeping of old sessions."""

from datetime import datetime

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext_noop, override

from accounts.actions import notify
from accounts.actions.guesses import forget_tries
from accounts.models import BankAccount, InboxMessage, Organisation, Seat
from accounts.permissions import Permission
from accounts.sessions import SessionStore
from core.clock import legal_date, zone

BANK_ACCOUNT_NEWS = {
    BankAccount.Status.PROPOSED: gettext_noop(
        "%(person)s proposed that %(organisation)s be paid to account %(account)s. Is it wrong? Withdraw it."
    ),
    BankAccount.Status.CONFIRMED: gettext_noop(
        "%(person)s confirmed that %(organisation)s be paid to account %(account)s from %(since)s."
        " Is it wrong? Stop it before."
    ),
    BankAccount.Status.WITHDRAWN: gettext_noop(
        "%(person)s withdrew account %(account)s of %(organisation)s: %(reason)s. Nothing is paid to it."
    ),
}


@shared_task
def mail_message(message_id: int) -> None:
    """Send one message to its person. Sent twice it says the same thing again."""
    message = InboxMessage.objects.select_related("seat__person").get(pk=message_id)
    person = message.seat.person
    if person.email is None:
        return  # a program reads what has changed, and no mail
    with override(person.language or settings.LANGUAGE_CODE):
        sentence = message.sentence
        subject = message.headline
    send_mail(subject, f"{sentence}\n\n{settings.PUBLIC_URL}{message.path}\n", None, [person.email])


@shared_task
def tell_of_bank_account(account_id: int) -> None:
    """Tell an organisation's administrators and all who deal with its money, and the agencies' finance, how one of its
    bank accounts stands. Nobody can have it changed unseen."""
    account = BankAccount.objects.select_related(
        "organisation", "proposed_by__person", "confirmed_by__person", "withdrawn_by__person"
    ).get(pk=account_id)
    now = timezone.now()
    by = account.withdrawn_by or account.confirmed_by or account.proposed_by
    notify(
        seats=_told_of_bank_account(account, now),
        subject=account.reference,
        text=BANK_ACCOUNT_NEWS[BankAccount.Status(account.status)],
        data={
            "person": by.person.name,
            "organisation": account.organisation.name,
            "account": account.masked,
            "since": f"{account.usable_at.astimezone(zone()):%Y-%m-%d %H:%M}" if account.usable_at else "",
            "reason": account.reason,
        },
        path=account.get_absolute_url(),
        about=f"bank_account.{account.status}:{account.reference}",
        now=now,
    )


def _told_of_bank_account(account: BankAccount, now: datetime) -> list[Seat]:
    today = legal_date(now)
    agencies = list(Organisation.objects.of_kind(Organisation.Kind.AGENCY).values_list("pk", flat=True))
    told = Seat.objects.that_may(Permission.PAY, agencies, today)
    for permission in (Permission.MANAGE_SEATS, Permission.SET_BANK_ACCOUNT):
        told = told | Seat.objects.that_may(permission, [account.organisation_id], today)
    return list(told.distinct().order_by("pk"))


@shared_task
def clear_sessions() -> None:
    """Delete the rows of sessions that are over, which let nobody in any more, and of passwords tried long ago."""
    SessionStore.clear_expired()
    forget_tries(now=timezone.now())
