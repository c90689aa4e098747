"""Writing the trail: one event an act, in the transaction of the act."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db.models import TextChoices
from django.utils import translation
from django.utils.functional import Promise

from core.models import Event
from core.origin import current_origin


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

    ``verb`` is a member of a room's ``Verb``, whose label is the sentence of the timeline; ``data``,
    in JSON's types, fills its placeholders; marked words stand there untranslated, in whatever language the
    act was asked for, and are translated with the sentence. ``organisations`` are primary keys of who may read it
    besides ``audience``; the actor's own organisation always reads its own acts. ``by`` is None for
    what the platform does by itself.
    """
    signed = _signed(verb, by, now, audience, organisations)
    return Event.objects.create(**signed, subject=subject, data=_untranslated(data))


def record_all(
    verb: TextChoices,
    subjects: Iterable[tuple[str, dict[str, Any]]],
    *,
    by: Actor | None,
    now: datetime,
    audience: str = Event.Audience.AGENCY,
    organisations: Iterable[int] = (),
) -> None:
    """Write the events of one act about many subjects, each with its own data, in one statement."""
    signed = _signed(verb, by, now, audience, organisations)
    Event.objects.bulk_create(Event(**signed, subject=subject, data=_untranslated(data)) for subject, data in subjects)


def _untranslated(data: Mapping[str, Any]) -> dict[str, Any]:
    with translation.override(None):
        return {name: str(value) if isinstance(value, Promise) else value for name, value in data.items()}


def _signed(
    verb: TextChoices, by: Actor | None, now: datetime, audience: str, organisations: Iterable[int]
) -> dict[str, Any]:
    origin = current_origin()
    return {
        "verb": verb.value,
        "origin": origin.kind,
        "address": origin.address,
        "at": now,
        "seat_number": by.pk if by else None,
        "actor": by.signature if by else "",
        "audience": audience,
        "organisations": sorted({*organisations} | ({by.organisation_id} if by else set())),
    }
