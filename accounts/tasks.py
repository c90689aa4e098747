"""Mail that repeats what stands in an inbox, and the sweeping of old sessions."""

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext, override

from accounts.models import InboxMessage
from accounts.sessions import SessionStore


@shared_task
def mail_message(message_id: int) -> None:
    """Send one message to its person. Sent twice it says the same thing again."""
    message = InboxMessage.objects.select_related("seat__person").get(pk=message_id)
    person = message.seat.person
    with override(person.language or settings.LANGUAGE_CODE):
        sentence = message.sentence
        subject = f"{gettext('Procurement platform')}: {message.subject}"
    send_mail(subject, f"{sentence}\n\n{settings.PUBLIC_URL}{message.path}\n", None, [person.email])


@shared_task
def clear_sessions() -> None:
    """Delete the rows of sessions that are over; they let nobody in any more."""
    SessionStore.clear_expired()
