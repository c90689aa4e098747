"""The views of one tender that a seat may open, as tabs on each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from accounts.permissions import Permission
from tenders.models import Evaluator, Tender
from tenders.presentation.tenders import PEOPLE_READERS

register = template.Library()


@dataclass(frozen=True)
class Tab:
    label: str | Promise
    url: str
    current: bool
    count: int | None = None


@register.inclusion_tag("_components/tabs.html", takes_context=True)
def tender_tabs(context: dict[str, Any], tender: Tender, current: str) -> dict[str, Any]:
    """``{% tender_tabs tender "opening" %}``: ``current`` is the name of the route that the page belongs to."""
    views = _views(tender, context["request"].seat)
    tabs = [Tab(label, reverse(f"tenders:{name}", args=[tender.reference]), name == current) for name, label in views]
    return {"tabs": tabs, "label": _("Views of the tender")}


def _views(tender: Tender, seat: Seat) -> Iterator[tuple[str, Promise]]:
    public = tender.published_at is not None
    yield "tender", _("Overview")
    if any(seat.may(permission) for permission in PEOPLE_READERS):
        yield "people", _("People")
    if public and seat.may(Permission.BID):
        yield "tender-bids", _("Your bids")
    if public:
        yield "opening", _("Opening")
    if public and tender.envelopes == 2 and _reads_evaluation(tender, seat):
        yield "evaluation", _("Evaluation")
    if public:
        yield "awards", _("Results and awards")


def _reads_evaluation(tender: Tender, seat: Seat) -> bool:
    if (seat.organisation_id == tender.agency_id and seat.may(Permission.PUBLISH_RESULT)) or seat.reads_the_trail:
        return True
    return Evaluator.objects.filter(tender=tender, seat=seat, replaced_at=None).exists()
