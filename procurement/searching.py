"""What search finds of the whole platform: the rooms that have something to find, and the words for it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import searching as accounts
from catalogue import searching as catalogue
from contracts import searching as contracts
from core.search import Entry
from tenders import searching as tenders

ROOMS: tuple[Any, ...] = (accounts, catalogue, tenders, contracts)
KINDS = {
    "contract": _("Contract"),
    "item": _("Item"),
    "order": _("Order"),
    "organisation": _("Organisation"),
    "product": _("Product"),
    "tender": _("Tender"),
}


def everything() -> Iterator[Entry]:
    """Every entry of every room, as its rows are now."""
    return (entry for room in ROOMS for entry in room.everything())
