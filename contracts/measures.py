"""What is counted of trade for the public: what a ministry could decide differently stands here and in no page."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum

from contracts.models import Correction, Order


@dataclass(frozen=True)
class Delivered:
    """Packs that hospitals wanted, and those of them that they accepted."""

    wanted: int
    accepted: int


def delivery_rate(lines: QuerySet) -> Delivered:
    """Packs accepted of those confirmed, over order lines whose order has nothing more to come.

    What a deliverer did not send, by whichever side the rest was closed, counts as undelivered; what the hospital did
    not want any more counts nowhere. Orders still under way are not judged yet.
    """
    done = lines.filter(order__stage=Order.Progress.RECEIVED)
    unwanted = Sum("closed", filter=Q(order__closing=Order.Closing.NOT_WANTED), default=0)
    sums = done.aggregate(confirmed=Sum("confirmed", default=0), unwanted=unwanted, accepted=Sum("accepted", default=0))
    return Delivered(sums["confirmed"] - sums["unwanted"], sums["accepted"])


def moved_first_days(corrections: QuerySet[Correction]) -> QuerySet:
    """How often, and by how many days, the first day of a debt was moved later, by hospital; the most first."""
    hospital = F("line__delivery__hospital__name")
    moved = corrections.filter(kind=Correction.Kind.LATER_ARRIVAL, status=Correction.Status.APPROVED)
    return moved.values(hospital=hospital).annotate(times=Count("pk"), days=Sum("moved_days")).order_by("-times")
