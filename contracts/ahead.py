"""What falls on the coming days around contracts, orders and deliveries: one row a day and kind."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Seat
from accounts.permissions import OrganisationKind, Permission
from contracts.models import Contract, Delivery, Order
from contracts.querysets import own_rows
from contracts.rules import DELIVER_WITHIN, VERDICT_DAYS, Stage
from core.clock import legal_date, zone
from core.shell import Ahead, last_day_ahead
from core.workdays import provisional, working_calendar


def ahead(seat: Seat, now: datetime) -> list[Ahead]:
    """What a seat has to reckon with in the coming fortnight, by its own organisation's contracts."""
    found: list[Ahead] = []
    today = legal_date(now)
    of_a_hospital = seat.organisation.kind == OrganisationKind.HOSPITAL and seat.may(Permission.READ_CONTRACTS)
    if seat.may(Permission.DELIVER) or of_a_hospital:
        found += _to_send(seat, today)
    if of_a_hospital:
        found += _to_accept(seat, today)
    if seat.may(Permission.READ_CONTRACTS):
        found += _terms(seat, today, "starts_on")
        found += _terms(seat, today, "ends_on")
    return found


def _to_send(seat: Seat, today: date) -> Iterator[Ahead]:
    """Goods that leave, or for a hospital arrive, at the latest: two working days after the confirmation."""
    own = "deliverer" if seat.may(Permission.DELIVER) else "hospital"
    orders = Order.objects.filter(**{own: seat.organisation_id}).at_stage(Stage.TO_SEND)
    recent = orders.filter(answered_at__date__gte=today - timedelta(days=30))
    calendar = working_calendar()
    days: Counter[date] = Counter()
    first: dict[date, str] = {}
    for answered_on, count, reference in _by_day(recent, "answered_at"):
        due_on = calendar.add(answered_on, DELIVER_WITHIN)
        days[due_on] += count
        first.setdefault(due_on, reference)
    for day, count in days.items():
        if today <= day <= last_day_ahead(today):
            named = first[day] if count == 1 else _("%(order)s and others") % {"order": first[day]}
            yield Ahead(
                day,
                ngettext("Send the goods of %(n)s order", "Send the goods of %(n)s orders", count) % {"n": count}
                if own == "deliverer"
                else ngettext("Goods of %(n)s order to arrive", "Goods of %(n)s orders to arrive", count)
                % {"n": count},
                " · ".join(filter(None, (named, provisional(day, calendar)))),
                reverse("contracts:order", args=[first[day]])
                if count == 1
                else f"{reverse('contracts:orders')}?state=stage-{Stage.TO_SEND}",
                "truck",
            )


def _to_accept(seat: Seat, today: date) -> Iterator[Ahead]:
    waiting = Delivery.objects.filter(hospital=seat.organisation_id).waiting()
    for sent_on, count, reference in _by_day(waiting, "sent_at"):
        day = sent_on + timedelta(days=VERDICT_DAYS)
        if day >= today:
            page = "accept-delivery" if seat.may(Permission.ACCEPT_DELIVERY) else "delivery"
            yield Ahead(
                day,
                ngettext("Accept %(n)s delivery", "Accept %(n)s deliveries", count) % {"n": count},
                reference if count == 1 else _("%(order)s and others") % {"order": reference},
                reverse(f"contracts:{page}", args=[reference])
                if count == 1
                else f"{reverse('contracts:deliveries')}?waits=yes",
                "box",
            )


def _terms(seat: Seat, today: date, end: str) -> Iterator[Ahead]:
    """Signed contracts whose term begins or ends."""
    rows = own_rows(Contract.objects.visible_to(seat), seat, "agency").filter(status=Contract.Status.SIGNED)
    days = rows.filter(**{f"{end}__range": (today, last_day_ahead(today))}).order_by(end).values(end)
    words = {
        "starts_on": lambda n: ngettext("%(n)s contract begins", "%(n)s contracts begin", n),
        "ends_on": lambda n: ngettext("%(n)s contract ends", "%(n)s contracts end", n),
    }[end]
    for row in days.annotate(count=Count("pk"), first=Min("reference"), supplier=Min("supplier__name")):
        one, count = row["first"], row["count"]
        yield Ahead(
            row[end],
            words(count) % {"n": count},
            f"{one} · {row['supplier']}" if count == 1 else _("%(order)s and others") % {"order": one},
            reverse("contracts:contract", args=[one]) if count == 1 else reverse("contracts:contracts"),
            "contract",
        )


def _by_day(rows: QuerySet, instant: str) -> Any:
    """Legal days on which something happened, with how many rows each has, and the first one's reference."""
    days = rows.order_by().annotate(day=TruncDate(instant, tzinfo=zone())).values_list("day").order_by("day")
    return days.annotate(Count("pk"), Min("reference"))
