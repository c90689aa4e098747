"""Linking, signing and sending, each at its time. A run that is missed or doubled does no harm."""

from celery import shared_task
from django.utils import timezone

from core import trail
from oversight import actions, sending
from oversight.models import TrailHead


@shared_task
def link_trail() -> int:
    """Link what was recorded since the last run. Returns how many."""
    return trail.link_waiting()


@shared_task
def sign_head() -> int:
    """Sign a head where one is due. Returns how many were signed, one or none."""
    return 1 if actions.sign_head(now=timezone.now()) else 0


@shared_task
def send_head(head_id: int, place: str) -> None:
    """Send one head to one place; the outbox tries again until it arrived."""
    sending.send(bytes(TrailHead.objects.get(pk=head_id).document), place)
