"""What search finds of this room: windows, never what a hospital needs."""

from collections.abc import Iterator

from django.urls import reverse

from core.search import Entry
from demand.models import DemandWindow


def of_window(window: DemandWindow) -> Entry:
    """A window is found by the agencies and the hospitals that it asks, and by the items that it asks for."""
    return Entry(
        kind="demand",
        reference=window.reference,
        title=window.title,
        detail=window.agency.name,
        url=reverse("demand:window", args=[window.reference]),
        words=tuple(window.items.order_by("pk").values_list("name", flat=True)),
        organisations=tuple(window.hospitals.order_by("pk").values_list("pk", flat=True)),
    )


def everything() -> Iterator[Entry]:
    """Every entry of this room, the oldest first."""
    return map(of_window, DemandWindow.objects.select_related("agency").order_by("pk").iterator())
