"""Writing the trail: one event an act, in the transaction of the act."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from django.db.models import TextChoices

from core.models import Event


class Actor(Protocol):
    """What the trail needs to know of a seat."""

    pk: int
    organisation_id: int

    @property
    def signature(self) -> str: ...


def record(
    verb: TextChoices,
    subject: str,
    *,
    by: Actor | None,
    now: datetime,
    audience: str = Event.Audience.AGENCY,
    organisations: Iterable[int] = (),
    **data: Any,
) -> Event:
    """Write one event.

    ``verb`` is a member of a room's ``Verb``, whose label is the sentence of the timeline;
    ``data`` fills its placeholders. ``by`` is None for what the platform does by itself. The
    actor's own organisation always reads its own acts.
    """
    readers = {*organisations} | ({by.organisation_id} if by else set())
    return Event.objects.create(
        verb=verb.value,
        subject=subject,
        at=now,
        seat_number=by.pk if by else None,
        actor=by.signature if by else "",
        data=data,
        audience=audience,
        organisations=sorted(readers),
    )


def record_all(
    verb: TextChoices,
    subjects: Iterable[tuple[str, dict[str, Any]]],
    *,
    by: Actor,
    now: datetime,
    audience: str = Event.Audience.AGENCY,
) -> None:
    """Write the events of one act about many subjects, each with its own data, in one statement."""
    common = {"seat_number": by.pk, "actor": by.signature, "organisations": [by.organisation_id]}
    Event.objects.bulk_create(
        Event(verb=verb.value, subject=subject, at=now, data=data, audience=audience, **common)
        for subject, data in subjects
    )
