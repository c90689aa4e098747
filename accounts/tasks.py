"""Mail that repeats what stands in an inbox, word of bank accounts and applications, and the sweeping of sessions."""

from datetime import datetime

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, override

from accounts.actions import note_admission_ends, notify
from accounts.actions.applications import invitation_secret, link_secret
from accounts.actions.guesses import forget_tries
from accounts.models import Application, BankAccount, InboxMessage, Organisation, Seat
from accounts.permissions import Permission
from accounts.rules import warning_due
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
APPLICATION_NEWS = {
    Application.Status.SUBMITTED: gettext_noop(
        "The application of %(name)s has arrived. Follow it here, and keep the link to yourself: whoever has it can"
        " answer for you."
    ),
    Application.Status.RETURNED: gettext_noop(
        "The procurement agency asks %(name)s to correct or add something: %(question)s"
    ),
    Application.Status.REVIEWED: gettext_noop("The application of %(name)s was looked through; a decision follows."),
    Application.Status.ADMITTED: gettext_noop(
        "%(name)s has been admitted. Choose a password here within 7 days, and you are its first administrator."
    ),
    Application.Status.REFUSED: gettext_noop("%(name)s has not been admitted: %(reason)s"),
    Application.Status.WITHDRAWN: gettext_noop("The application of %(name)s has been withdrawn."),
}
ADMISSION_ENDS = gettext_noop(
    "A licence by which you were admitted ends with %(last_day)s. Ask to be admitted anew, with the one that follows."
)
ADMISSION_ENDED = gettext_noop(
    "A licence by which you were admitted ended with %(last_day)s. Ask to be admitted anew, with the licence in force."
)


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


@shared_task
def tell_applicant(application_id: int) -> None:
    """Write to whoever applied how its application stands, with the link by which it goes on."""
    application = Application.objects.get(pk=application_id)
    invited = application.status == Application.Status.ADMITTED and application.renews_id is None
    if invited:
        path = reverse("accounts:accept-invitation", args=[invitation_secret(application.nonce)])
    else:
        path = reverse("accounts:own-application", args=[link_secret(application.nonce)])
    with override(application.language or settings.LANGUAGE_CODE):
        told = {"name": application.name, "question": application.question, "reason": application.reason}
        sentence = gettext(APPLICATION_NEWS[Application.Status(application.status)]) % told
        subject = f"{application.reference}: {application.get_status_display()}"
    send_mail(subject, f"{sentence}\n\n{settings.PUBLIC_URL}{path}\n", None, [application.contact_email])


@shared_task
def warn_of_admissions() -> None:
    """Tell organisations 90, 30 and 7 days ahead, and once it has come, that their admission ends: each time once."""
    now = timezone.now()
    today = legal_date(now)
    for application in Application.objects.in_force().ending(today):
        days = warning_due(application.admitted_until, today)
        if days is None or (application.warned_days is not None and application.warned_days <= days):
            continue
        notify(
            seats=list(Seat.objects.that_may(Permission.MANAGE_SEATS, [application.organisation_id], today)),
            subject=application.reference,
            text=ADMISSION_ENDS if days else ADMISSION_ENDED,
            data={"last_day": application.admitted_until.isoformat()},
            path=reverse("accounts:renew-admission"),
            about=f"admission.{days}:{application.reference}",
            now=now,
        )
        note_admission_ends(application=application, days=days, now=now)
