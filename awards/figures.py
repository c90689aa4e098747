"""What awards have come to for a seat: what they save the agency, and what a bidder has won."""

from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Seat
from accounts.permissions import Permission
from awards.measures import saving_of
from awards.models import Award
from core.shell import Figure, per_cent, thousandths
from core.templatetags.ui import DASH, money
from tenders.figures import RUNS
from tenders.models import Bid, Lot


def figures(seat: Seat, now: datetime) -> list[Figure]:
    found: list[Figure] = []
    if any(seat.may(permission) for permission in RUNS):
        found.append(_saving(seat))
    if seat.may(Permission.BID):
        found.append(_won(seat))
    return found


def _saving(seat: Seat) -> Figure:
    sums = saving_of(seat.organisation_id)
    label = _("Saving by awards")
    if not sums.before:
        return Figure(label, DASH, normal=_("no awarded lot has a price before"), url=reverse("awards:results"))
    normal = ngettext(
        "a year, %(n)s lot, against the price before", "a year, %(n)s lots, against the price before", sums.lots
    ) % {"n": sums.lots}
    return saving(label, sums.before, sums.awarded, normal, url=reverse("awards:results"))


def saving(label: str, before: Decimal, cost: Decimal, normal: str, *, url: str = "") -> Figure:
    """How much less something costs than before, as an amount and as a share of what it cost."""
    saved = before - cost
    return Figure(
        label,
        money(saved),
        trend=f"{per_cent(abs(saved), before)}%",
        direction="down" if saved >= 0 else "up",
        tone="good" if saved >= 0 else "bad",
        normal=normal,
        url=url,
    )


def _won(seat: Seat) -> Figure:
    """The lots that a bidder has won, of those in which it bid and that have ended."""
    own = Bid.objects.standing().filter(supplier__in=seat.lineage).values("lot")
    ended = Lot.objects.filter(pk__in=own, status=Lot.Status.ENDED, tender__status="published").count()
    won = Award.objects.binding().filter(supplier__in=seat.lineage).values("decision__lot").distinct().count()
    return Figure(
        _("Lots won"),
        str(won),
        unit=_("of %(n)s") % {"n": ended},
        normal=_("lots in which you bid and that have ended"),
        done=thousandths(won, ended) if ended else None,
        url=reverse("awards:results"),
    )
