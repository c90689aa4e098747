"""How trade stands for a seat: agreed volumes, orders and deliveries.

Every figure counts what the seat may see, the agency's own contracts only; each costs one or two queries.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, DecimalField, F, Min, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Seat
from accounts.permissions import OrganisationKind, Permission
from awards.figures import saving
from contracts.measures import delivered_in_time, delivery_rate, fulfilment, saving_of_orders
from contracts.models import Acceptance, AgreedVolume, Contract, Delivery, Order, OrderLine, Payable
from contracts.querysets import DELIVERING_KINDS, own_rows
from contracts.rules import BEHIND, DELIVER_WITHIN, VERDICT_DAYS, Stage
from core.calendar import days_left
from core.clock import legal_date
from core.shell import Figure, per_cent, thousandths
from core.templatetags.ui import DASH, money, quantity

MONTH = timedelta(days=30)
QUARTER = timedelta(days=90)
FOUR_WEEKS = timedelta(days=27)  # today and the 27 days after it
EXACT = DecimalField(max_digits=40, decimal_places=18)
NOTHING = Decimal("0.00")


def figures(seat: Seat, now: datetime) -> list[Figure]:
    """At most four, by what the seat does: runs tenders, buys, supplies or distributes."""
    if not seat.may(Permission.READ_CONTRACTS):
        return []
    today = legal_date(now)
    if seat.may(Permission.PAY) or seat.reads_the_trail:
        return []  # to whom payments say more
    if seat.organisation.kind == OrganisationKind.HOSPITAL:
        return [_fulfilment(seat, today), _spend(seat, today), _waiting_deliveries(seat, now), _saving(seat, today)]
    if seat.may(Permission.BID) and not Contract.objects.visible_to(seat).exists():
        return []  # a bidder that supplies nothing yet: its tenders say more than four noughts
    if seat.organisation.kind in DELIVERING_KINDS:
        return [_open_orders(seat), _delivered_in_time(seat, today), *_after_delivery(seat, now)]
    return [_fulfilment(seat, today)]


# --- Agreed volumes and prices ----------------------------------------------------------------------------
def _fulfilment(seat: Seat, today: date) -> Figure:
    """What was accepted of what was agreed; beside it the share that a steady fulfilment would have reached."""
    volumes = own_rows(AgreedVolume.objects.visible_to(seat).orderable(today), seat, "line__contract__agency")
    found = fulfilment(volumes, today)
    label, url = _("Agreed volume done"), reverse("contracts:volumes")
    if not found.agreed:
        return Figure(label, DASH, normal=_("no contract is running"), url=url)
    lines = own_rows(OrderLine.objects.visible_to(seat), seat, "volume__line__contract__agency")
    done, tick = thousandths(found.accepted, found.agreed), thousandths(found.expected, found.agreed)
    behind = done < tick - BEHIND
    return Figure(
        label,
        per_cent(found.accepted, found.agreed),
        unit="%",
        trend=_("behind") if behind else _("on course"),
        tone="warn" if behind else "good",
        parts=_delivered(lines),
        normal=_("time elapsed: %(share)s%%") % {"share": per_cent(found.expected, found.agreed)},
        done=done,
        tick=tick,
        url=f"{url}?behind=yes" if behind else url,
    )


def _saving(seat: Seat, today: date) -> Figure:
    lines = own_rows(OrderLine.objects.visible_to(seat), seat, "volume__line__contract__agency")
    found = saving_of_orders(lines, today)
    label = _("Saving this year")
    if not found.before:
        return Figure(label, DASH, normal=_("no price before is known"))
    return saving(label, found.before, found.cost, _("against the price before"))


def _spend(seat: Seat, today: date) -> Figure:
    """What the hospital's acceptances of this year owe, after reversals; the trend is of the last 30 days."""
    new_year = today.replace(month=1, day=1)
    rows = Payable.objects.visible_to(seat).filter(owed_from__gte=new_year - 2 * MONTH)
    owed = F("amount") - F("reversed")
    sums = rows.aggregate(
        year=Sum(owed, filter=Q(owed_from__gte=new_year)),
        month=Sum(owed, filter=Q(owed_from__gt=today - MONTH)),
        before=Sum(owed, filter=Q(owed_from__gt=today - 2 * MONTH, owed_from__lte=today - MONTH)),
    )
    year, month, before = (sums[name] or NOTHING for name in ("year", "month", "before"))
    return Figure(
        _("Spend this year"),
        money(year),
        trend=_("last 30 days: %(amount)s") % {"amount": money(month)},
        direction="up" if month > before else "down" if month < before else "",
        normal=_("the 30 days before: %(amount)s") % {"amount": money(before)},
        url=reverse("contracts:deliveries"),
    )


# --- Orders and deliveries --------------------------------------------------------------------------------
def _delivered_in_time(seat: Seat, today: date) -> Figure:
    found = delivered_in_time(Order.objects.visible_to(seat), today)
    late = found.late
    late_words = ngettext("%(n)s order late", "%(n)s orders late", late) % {"n": quantity(late)}
    return Figure(
        _("Delivered in time"),
        per_cent(found.in_time, found.all),
        unit="%" if found.all else "",
        trend=late_words if late else "",
        tone="bad" if late else "",
        parts=_delivered(OrderLine.objects.visible_to(seat)),
        normal=_("within %(n)s working days, last 90 days") % {"n": DELIVER_WITHIN},
        done=thousandths(found.in_time, found.all) if found.all else None,
        url=f"{reverse('contracts:orders')}?state=late" if late else reverse("contracts:orders"),
    )


def _delivered(lines: QuerySet) -> tuple[str, ...]:
    """Of what deliverers confirmed, what hospitals accepted, over the orders from which nothing more is to come."""
    found = delivery_rate(lines)
    share = {"share": per_cent(found.accepted, found.wanted)}
    return (_("delivered of what was confirmed: %(share)s%%") % share,) if found.wanted else ()


def _open_orders(seat: Seat) -> Figure:
    """Orders that the hospital has approved and whose goods are not all sent, with what they are worth."""
    to_send = Order.objects.visible_to(seat).at_stage(Stage.TO_SEND)
    to_confirm = Order.objects.visible_to(seat).filter(status=Order.Status.APPROVED)
    confirm, send = (rows.aggregate(count=Count("pk"), amount=Sum("amount")) for rows in (to_confirm, to_send))
    return Figure(
        _("Open orders"),
        quantity(confirm["count"] + send["count"]),
        parts=tuple(
            words % {"n": quantity(rows["count"])}
            for words, rows in ((_("%(n)s to confirm"), confirm), (_("%(n)s to send"), send))
            if rows["count"]
        ),
        normal=_("worth %(amount)s") % {"amount": money((confirm["amount"] or 0) + (send["amount"] or 0))},
        url=f"{reverse('contracts:orders')}?state=unsent",
    )


def _after_delivery(seat: Seat, now: datetime) -> list[Figure]:
    """What became of deliveries; a supplier, to whom money is owed, hears of that instead, from payments."""
    if seat.organisation.kind == OrganisationKind.SUPPLIER and seat.may(Permission.READ_PAYABLES):
        return []
    return [_waiting_deliveries(seat, now), _accepted_share(seat, now)]


def _waiting_deliveries(seat: Seat, now: datetime) -> Figure:
    waiting = Delivery.objects.visible_to(seat).waiting().aggregate(count=Count("pk"), since=Min("sent_at"))
    days = days_left(legal_date(now), legal_date(waiting["since"])) if waiting["since"] else 0
    longest = ngettext("longest: %(n)s day", "longest: %(n)s days", days) % {"n": quantity(days)}
    return Figure(
        _("Deliveries to accept"),
        quantity(waiting["count"]),
        trend=longest if waiting["count"] else "",
        tone="warn" if days > VERDICT_DAYS else "",
        normal=_("normal: within %(n)s days") % {"n": VERDICT_DAYS},
        url=f"{reverse('contracts:deliveries')}?waits=yes",
    )


def _accepted_share(seat: Seat, now: datetime) -> Figure:
    """Packs accepted of those on which hospitals gave a verdict in the last 90 days."""
    deliveries = Delivery.objects.visible_to(seat).values("pk")
    verdicts = Acceptance.objects.standing().filter(line__delivery__in=deliveries, accepted_at__gte=now - QUARTER)
    packs = verdicts.aggregate(accepted=Sum("accepted"), rejected=Sum("rejected"), short=Sum("short"))
    accepted, rejected, short = (packs[name] or 0 for name in ("accepted", "rejected", "short"))
    total = accepted + rejected + short
    return Figure(
        _("Accepted of what was sent"),
        per_cent(accepted, total),
        unit="%" if total else "",
        parts=(
            _("packs rejected: %(n)s") % {"n": quantity(rejected)},
            _("packs short: %(n)s") % {"n": quantity(short)},
        ),
        normal=_("last 90 days"),
        done=thousandths(accepted, total) if total else None,
        url=reverse("contracts:deliveries"),
    )
