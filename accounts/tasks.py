"""Mail that repeats what stands in an inbox, and the sweeping of old sessions."""

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext, override

from accounts.models import Notice
from accounts.sessions import SessionStore


@shared_task
def mail_notice(notice_id: int) -> None:
    """Send one notice to its person. Sent twice it says the same thing again."""
    notice = Notice.objects.select_related("seat__person").get(pk=notice_id)
    person = notice.seat.person
    with override(person.language or settings.LANGUAGE_CODE):
        sentence = notice.sentence
        subject = f"{gettext('Procurement platform')}: {notice.subject}"
    send_mail(subject, f"{sentence}\n\n{settings.PUBLIC_URL}{notice.path}\n", None, [person.email])


@shared_task
def clear_sessions() -> None:
    """Delete the rows of sessions that are over; they let nobody in any more."""
    SessionStore.clear_expired()
