"""Signing the trail, and keeping what a check of it found."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.actions import notify
from accounts.models import Organisation, Seat
from accounts.permissions import Permission
from core.actions import action
from core.clock import legal_date
from core.events import record
from core.outbox import queue_each
from core.trail import link_waiting, tip
from oversight.models import TrailCheck, TrailHead, Verb
from oversight.rules import due, head_body
from sealing.documents import document_hash
from tenders.signing import server_public, sign


@action
def sign_head(*, now: datetime) -> TrailHead | None:
    """Sign the trail as it is, and have the head sent to every place that the settings name.

    None where the last head is not ten minutes old, or there is nothing to sign yet. Linking takes the sequencer's
    turn until the commit, so that of two who sign at once the second finds the first one's head.
    """
    link_waiting()
    end, last = tip(), TrailHead.objects.first()
    if not end.number or not due(last.signed_at if last else None, now):
        return None
    prev = last.sha256 if last else ""
    document = sign(head_body(hash=end.hash, prev=prev, installation=server_public(), now=now))
    head = TrailHead.objects.create(
        number=end.number, hash=end.hash, document=document, sha256=document_hash(document), signed_at=now
    )
    queue_each("oversight.tasks.send_head", [(head.pk, place) for place in settings.TRAIL_HEADS_TO], now=now)
    return head


@action
def keep_check(*, looked_at: Mapping[str, int], faults: int, told: Sequence[str], now: datetime) -> TrailCheck:
    """Keep the outcome of a check: what was looked at, how many faults, and the first of them. Who reads the trail is
    told of faults, in the inbox and by mail."""
    check = TrailCheck.objects.create(looked_at=looked_at, faults=faults, told=list(told), checked_at=now)
    record(Verb.TRAIL_CHECKED, "", by=None, now=now, faults=faults)
    if faults:
        everywhere = Organisation.objects.values_list("pk", flat=True)
        notify(
            seats=list(Seat.objects.that_may(Permission.READ_TRAIL, everywhere, legal_date(now))),
            subject=gettext_noop("Trail"),
            text=gettext_noop("The check of the trail found faults: %(faults)s. The first of them: %(first)s"),
            data={"faults": str(faults), "first": check.told[0][:200] if check.told else ""},
            path=reverse("oversight:heads"),
            about=f"trail-check:{check.pk}",
            now=now,
        )
    return check
