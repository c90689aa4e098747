"""What search finds of this room."""

from collections.abc import Iterator

from accounts.models import Organisation
from core.models import Event
from core.search import Entry


def of_organisation(organisation: Organisation) -> Entry:
    """Organisations are public facts: every seat finds them all."""
    return Entry(
        kind="organisation",
        reference=organisation.credit_code,
        title=organisation.name,
        detail=organisation.region.name,
        audience=Event.Audience.PUBLIC,
    )


def everything() -> Iterator[Entry]:
    """Every entry of this room."""
    return map(of_organisation, Organisation.objects.select_related("region").iterator())
