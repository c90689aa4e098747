"""A demo, and whom a visitor may play in it."""

from datetime import date

from django.conf import settings

from accounts.models import Seat
from accounts.permissions import OrganisationKind
from accounts.rules import DEMO_DOMAIN
from core.clock import installation_kind


def is_demo() -> bool:
    """Whether this is a demo: both the installation and its database have to say so."""
    return bool(settings.DEMO) and installation_kind() == "demo"


def played(today: date) -> list[Seat]:
    """The seats of the demo's people, by kind of organisation and by organisation."""
    kinds = list(OrganisationKind.values)
    current = Seat.objects.current(today).filter(person__email__endswith=f"@{DEMO_DOMAIN}", organisation__ended_on=None)
    seats = current.select_related("person", "organisation").order_by("pk")
    return sorted(seats, key=lambda seat: (kinds.index(seat.organisation.kind), seat.organisation_id))
