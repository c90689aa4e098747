"""What search finds of this room."""

from collections.abc import Iterator

from accounts.models import Organisation
from core.models import Event
from core.search import Entry


def of_organisation(organisation: Organisation) -> Entry:
    """Organisations are public facts: every seat finds them all, by every name that they have had."""
    former = {version.name for version in organisation.versions.all()} - {organisation.name}
    return Entry(
        kind="organisation",
        reference=organisation.credit_code,
        title=organisation.name,
        url=organisation.get_absolute_url(),
        words=tuple(sorted(former)),
        detail=organisation.region.name,
        audience=Event.Audience.PUBLIC,
    )


def everything() -> Iterator[Entry]:
    """Every entry of this room."""
    organisations = Organisation.objects.select_related("region").prefetch_related("versions")
    return map(of_organisation, organisations.iterator(chunk_size=2000))
