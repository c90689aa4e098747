"""What search finds of this room: tenders alone. No bid is there, and no price."""

from collections.abc import Iterator

from django.urls import reverse

from core.models import Event
from core.search import Entry
from tenders.models import Tender


def of_tender(tender: Tender) -> Entry:
    """A draft is found by the agency; what was published, by everybody, and by what its lots ask for."""
    return Entry(
        kind="tender",
        reference=tender.reference,
        title=tender.title,
        detail=tender.agency.name,
        url=reverse("tenders:tender", args=[tender.reference]),
        words=tuple(tender.lots.values_list("lot_items__item__name", flat=True)),
        audience=Event.Audience.PUBLIC if tender.published_at else Event.Audience.AGENCY,
    )


def everything() -> Iterator[Entry]:
    """Every entry of this room, the oldest first."""
    return map(of_tender, Tender.objects.select_related("agency").order_by("pk").iterator())
