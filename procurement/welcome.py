"""What a visitor is told: in what one can take part and until when, what was decided, what is paid, and whom to ask.

All of it is public: nothing here knows of a bid before its opening, nor of a price that not everybody sees.
"""

from datetime import datetime
from typing import Any

from django.conf import settings

from accounts.models import Organisation
from accounts.permissions import OrganisationKind
from awards.presentation.results import with_results
from catalogue.models import PriceEntry
from core.clock import legal_date
from tenders.models import Tender

OPEN, LATEST = 10, 5  # tenders open for bids; results and prices
# What a procurement leads to, told from lists that were imported.
_REACHED = (PriceEntry.Kind.AWARD, PriceEntry.Kind.NEGOTIATED)


def welcome_context(now: datetime) -> dict[str, Any]:
    """The first of every public list, and the agencies that a visitor may turn to."""
    to_bid_for = list(
        Tender.objects.open_for_bids(now).for_list().select_related("agency").order_by("deadline")[: OPEN + 1]
    )
    prices = PriceEntry.objects.visible_to(None).in_force(legal_date(now)).filter(kind__in=_REACHED).for_list()
    return {
        "tenders": to_bid_for[:OPEN],
        "more": len(to_bid_for) > OPEN,
        "results": with_results().order_by("-latest")[:LATEST],
        "prices": prices.order_by("-pk")[:LATEST],
        "agencies": Organisation.objects.of_kind(OrganisationKind.AGENCY).standing().select_related("region"),
        "contact": settings.CONTACT,
        "now": now,
    }
