"""Writing the trail: one event an act, in the transaction of the act."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import connection
from django.db.models import TextChoices
from django.utils import translation
from django.utils.functional import Promise

from core.authenticity import mac_of, words
from core.models import Event
from core.origin import current_origin


class Actor(Protocol):
    """What the trail needs to know of a seat."""

    pk: int
    organisation_id: int

    @property
    def signature(self) -> str: ...


# One statement an act, whatever it is about. Nothing is asked back: who writes an event may not be told of it.
_WRITE = """
    INSERT INTO core_event
        (verb, subject, at, seat_number, actor, data, audience, organisations, origin, address, request, mac)
    SELECT %s, subject, %s, %s, %s, data, %s, %s::bigint[], %s, %s, %s, decode(mac, 'hex')
    FROM jsonb_to_recordset(%s) AS told(subject text, data jsonb, mac text)
"""


def record(
    verb: TextChoices,
    subject: str,
    *,
    by: Actor | None,
    now: datetime,
    audience: str = Event.Audience.AGENCY,
    organisations: Iterable[int] = (),
    **data: Any,
) -> None:
    """Write one event.

    ``verb`` is a member of a room's ``Verb``, whose label is the sentence of the timeline; ``data``,
    in JSON's types, fills its placeholders; marked words stand there untranslated, in whatever language the
    act was asked for, and are translated with the sentence. ``organisations`` are primary keys of who may read it
    besides ``audience``; the actor's own organisation always reads its own acts. ``by`` is None for
    what the platform does by itself.
    """
    record_all(verb, [(subject, data)], by=by, now=now, audience=audience, organisations=organisations)


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
    origin, readers = current_origin(), sorted({*organisations} | ({by.organisation_id} if by else set()))
    who = (by.pk, by.signature) if by else (None, "")
    whence = (str(origin.kind), origin.address, origin.request)

    def told(subject: str, data: Mapping[str, Any]) -> dict[str, Any]:
        plain = json.loads(json.dumps(_untranslated(data)))
        text = words(verb.value, subject, now, *who, plain, str(audience), readers, *whence)
        return {"subject": subject, "data": plain, "mac": mac_of(text).hex()}

    everything = json.dumps([told(subject, data) for subject, data in subjects])
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [verb.value, now, *who, audience, readers, *whence, everything])


def _untranslated(data: Mapping[str, Any]) -> dict[str, Any]:
    with translation.override(None):
        return {name: str(value) if isinstance(value, Promise) else value for name, value in data.items()}
