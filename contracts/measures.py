"""What is counted of contracts and orders for the public: what a ministry could decide differently stands here and in
no page. Rows come in as querysets, so that whoever asks decides whose they are."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.models import Case, Count, DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import TruncDate

from contracts.models import Correction, Delivery, Order, OrderLine
from contracts.rules import DELIVER_WITHIN, term_elapsed
from core.clock import zone
from core.workdays import working_calendar

QUARTER = timedelta(days=90)
EXACT = DecimalField(max_digits=40, decimal_places=18)
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Fulfilment:
    """Worth of what was agreed, of what was accepted of it, and of what a steady fulfilment would have reached."""

    agreed: Fraction
    accepted: Decimal
    expected: Fraction


@dataclass(frozen=True)
class Punctuality:
    """Orders sent whole in time, and orders that were or are late."""

    in_time: int
    late: int

    @property
    def all(self) -> int:
        return self.in_time + self.late


@dataclass(frozen=True)
class Delivered:
    """Packs that hospitals wanted, and those of them that they accepted."""

    wanted: int
    accepted: int


@dataclass(frozen=True)
class Saving:
    """What goods would have cost at the price before, and what they cost."""

    before: Decimal
    cost: Decimal


def fulfilment(volumes: QuerySet, today: date) -> Fulfilment:
    """Of agreed volumes under contracts that run today: agreed and accepted at contract prices, because tablets and
    stents do not add up; expected by the share of each term that is over."""
    term = ("line__contract__starts_on", "line__contract__ends_on")
    value = Sum(F("agreed") * F("line__price") / F("line__units"), output_field=EXACT)
    agreed = expected = Fraction(0)
    for starts_on, ends_on, worth in volumes.order_by().values_list(*term).annotate(value=value):
        agreed += Fraction(worth)
        expected += Fraction(worth) * term_elapsed(starts_on, ends_on, today)
    accepted = OrderLine.objects.filter(volume__in=volumes).aggregate(
        value=Sum(F("accepted") * F("price"), output_field=EXACT)
    )
    return Fulfilment(agreed, accepted["value"] or NOTHING, expected)


def delivered_in_time(orders: QuerySet, today: date) -> Punctuality:
    """Of the confirmed orders that were answered in the last 90 days: sent whole within two working days, or late.

    An order that still has time counts as neither; one whose rest was closed because the deliverer failed is late.
    Counted by day of confirmation and of the last delivery, so that
    many orders are few rows.
    """
    last = Delivery.objects.filter(order=OuterRef("pk")).order_by("-sent_at").values("sent_at")[:1]
    lines = OrderLine.objects.filter(order=OuterRef("pk"), delivered__lt=F("packs") - F("released"))
    by_days = (
        orders.filter(status="confirmed", answered_at__date__gte=today - QUARTER)
        .order_by()
        .annotate(
            answered_on=TruncDate("answered_at", tzinfo=zone()),
            sent_on=TruncDate(Subquery(last), tzinfo=zone()),
            pending=Exists(lines),
        )
        .values_list("answered_on", "sent_on", "pending", "closing")
        .annotate(count=Count("pk"))
    )
    calendar = working_calendar()
    in_time = late = 0
    for answered_on, sent_on, pending, closing, count in by_days:
        due_on = calendar.add(answered_on, DELIVER_WITHIN)
        if pending:
            late += count if due_on < today else 0
        elif closing not in (Order.Closing.NONE, Order.Closing.NOT_WANTED):
            late += count
        elif sent_on:
            in_time += count if sent_on <= due_on else 0
            late += count if sent_on > due_on else 0
    return Punctuality(in_time, late)


def late(orders: QuerySet, today: date) -> QuerySet:
    """The orders that ``delivered_in_time`` counts as late."""
    last = Delivery.objects.filter(order=OuterRef("pk")).order_by("-sent_at").values("sent_at")[:1]
    calendar = working_calendar()
    days = [today - timedelta(days=n) for n in range(QUARTER.days + 1)]
    due_on = Case(*(When(answered_on=day, then=Value(calendar.add(day, DELIVER_WITHIN))) for day in days))
    pending = OrderLine.objects.filter(order=OuterRef("pk"), delivered__lt=F("packs") - F("released"))
    confirmed = orders.filter(status="confirmed", answered_at__date__gte=today - QUARTER).annotate(
        answered_on=TruncDate("answered_at", tzinfo=zone()),
        sent_on=TruncDate(Subquery(last), tzinfo=zone()),
        pending=Exists(pending),
    )
    failed = ~Q(closing__in=(Order.Closing.NONE, Order.Closing.NOT_WANTED))
    return confirmed.annotate(due_on=due_on).filter(
        Q(pending=True, due_on__lt=today) | Q(pending=False) & (failed | Q(sent_on__gt=F("due_on")))
    )


def saving_of_orders(lines: QuerySet, today: date) -> Saving:
    """Of what was accepted from this year's orders and has a price before. Of a set the part that counts stands for
    all: the price before is one of the whole set."""
    award = "volume__line__award__"
    counted = lines.filter(
        **{f"{award}price_before__isnull": False},
        accepted__gt=0,
        order__placed_at__date__gte=today.replace(month=1, day=1),
    )
    of_a_pack = Case(
        When(volume__line__is_set=True, then=F("units")),
        default=F("pack_size") * F("product__factor"),
        output_field=EXACT,
    )
    units = F("accepted") * of_a_pack
    sums = counted.aggregate(
        before=Sum(units * F(f"{award}price_before"), output_field=EXACT),
        cost=Sum(F("accepted") * F("price"), output_field=EXACT),
    )
    return Saving(sums["before"] or NOTHING, sums["cost"] or NOTHING)


def delivery_rate(lines: QuerySet) -> Delivered:
    """Packs accepted of those confirmed, over order lines whose order has nothing more to come.

    What a deliverer did not send, by whichever side the rest was closed, counts as undelivered; what the hospital did
    not want any more counts nowhere. Orders still under way are not judged yet.
    """
    done = lines.filter(order__stage=Order.Progress.RECEIVED)
    unwanted = Sum("closed", filter=Q(order__closing=Order.Closing.NOT_WANTED), default=0)
    sums = done.aggregate(confirmed=Sum("confirmed", default=0), unwanted=unwanted, accepted=Sum("accepted", default=0))
    return Delivered(sums["confirmed"] - sums["unwanted"], sums["accepted"])


def moved_first_days(corrections: QuerySet) -> QuerySet:
    """How often, and by how many days, the first day of a debt was moved later, by hospital; the most first. Two
    hospitals of one name are two."""
    moved = corrections.filter(kind=Correction.Kind.LATER_ARRIVAL, status=Correction.Status.APPROVED)
    by_hospital = moved.values(
        credit_code=F("line__delivery__hospital__credit_code"), hospital=F("line__delivery__hospital__name")
    )
    return by_hospital.annotate(times=Count("pk"), days=Sum("moved_days")).order_by("-times", "credit_code")
