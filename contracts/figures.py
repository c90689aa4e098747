"""How trade stands for a seat: agreed volumes, orders, deliveries, and what is owed and paid.

Every figure counts what the seat may see, the agency's own contracts only; each costs one or two queries.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Case, Count, DecimalField, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Seat
from accounts.permissions import OrganisationKind, Permission
from contracts.models import Acceptance, AgreedVolume, Contract, Delivery, Order, OrderLine, Payable, PaymentLine
from contracts.querysets import DUE_SOON
from contracts.rules import DELIVER_WITHIN, VERDICT_DAYS, Clock, Stage, term_elapsed
from core.calendar import days_left
from core.clock import legal_date, zone
from core.shell import Figure, per_cent, thousandths
from core.templatetags.ui import DASH, money, quantity
from core.workdays import working_calendar
from tenders.figures import saving
from tenders.models import LotItem

MONTH = timedelta(days=30)
QUARTER = timedelta(days=90)
FOUR_WEEKS = timedelta(days=27)  # today and the 27 days after it
BEHIND = 100  # thousandths behind a steady fulfilment before a figure warns
EXACT = DecimalField(max_digits=40, decimal_places=18)
NOTHING = Decimal("0.00")
DELIVERING_KINDS = {OrganisationKind.SUPPLIER, OrganisationKind.DISTRIBUTOR}


def figures(seat: Seat, now: datetime) -> list[Figure]:
    """At most four, by what the seat does: pays, runs tenders, buys, supplies, distributes, or looks on."""
    if not seat.may(Permission.READ_CONTRACTS):
        return []
    today = legal_date(now)
    if seat.may(Permission.PAY):
        return [_paid_in_time(seat, today), *_to_pay(seat, today)]
    if seat.reads_the_trail:
        return [_paid_in_time(seat, today), _overdue(_open_by_due_date(seat), today)]
    if seat.organisation.kind == OrganisationKind.HOSPITAL:
        return [_fulfilment(seat, today), _spend(seat, today), _waiting_deliveries(seat, now), _saving(seat, today)]
    if seat.may(Permission.BID) and not Contract.objects.visible_to(seat).exists():
        return []  # a bidder that supplies nothing yet: its tenders say more than four noughts
    if seat.organisation.kind in DELIVERING_KINDS:
        return [_open_orders(seat), _delivered_in_time(seat, today), *_after_delivery(seat, now)]
    return [_fulfilment(seat, today), _paid_in_time(seat, today)]


# --- Agreed volumes and prices ----------------------------------------------------------------------------
def _fulfilment(seat: Seat, today: date) -> Figure:
    """What was accepted under contracts that run today, as a share of what was agreed, both at contract prices,
    because tablets and stents do not add up; beside it the share that a steady fulfilment would have reached."""
    volumes = own_rows(AgreedVolume.objects.visible_to(seat).orderable(today), seat, "line__contract__agency")
    term = ("line__contract__starts_on", "line__contract__ends_on")
    value = Sum(F("agreed") * F("line__price") / F("line__pack_size"), output_field=EXACT)
    terms = volumes.order_by().values_list(*term).annotate(value=value)
    agreed = expected = Fraction(0)
    for starts_on, ends_on, worth in terms:
        agreed += Fraction(worth)
        expected += Fraction(worth) * term_elapsed(starts_on, ends_on, today)
    label, url = _("Agreed volume done"), reverse("contracts:contracts")
    if not agreed:
        return Figure(label, DASH, normal=_("no contract is running"), url=url)
    accepted = OrderLine.objects.filter(volume__in=volumes).aggregate(
        value=Sum(F("accepted") * F("price"), output_field=EXACT)
    )
    done, tick = thousandths(accepted["value"] or 0, agreed), thousandths(expected, agreed)
    behind = done < tick - BEHIND
    return Figure(
        label,
        per_cent(accepted["value"] or 0, agreed),
        unit="%",
        trend=_("behind") if behind else _("on course"),
        tone="warn" if behind else "good",
        normal=_("time elapsed: %(share)s%%") % {"share": per_cent(expected, agreed)},
        done=done,
        tick=tick,
        url=url,
    )


def _saving(seat: Seat, today: date) -> Figure:
    """What the goods accepted from this year's orders would have cost at the price before, less what they cost."""
    line = "volume__line__"
    factor = LotItem.objects.filter(
        lot=OuterRef(f"{line}award__lot"), item=OuterRef(f"{line}product_version__product__item")
    )
    lines = own_rows(OrderLine.objects.visible_to(seat), seat, f"{line}contract__agency").filter(
        **{f"{line}award__lot__price_before__isnull": False},
        accepted__gt=0,
        order__placed_at__date__gte=today.replace(month=1, day=1),
    )
    sums = lines.annotate(factor=Subquery(factor.values("factor")[:1])).aggregate(
        before=Sum(
            F("accepted") * F("pack_size") * F("factor") * F(f"{line}award__lot__price_before"), output_field=EXACT
        ),
        cost=Sum(F("accepted") * F("price"), output_field=EXACT),
    )
    label = _("Saving this year")
    if not sums["before"]:
        return Figure(label, DASH, normal=_("no price before is known"))
    return saving(label, sums["before"], sums["cost"], _("against the price before"))


# --- Orders and deliveries --------------------------------------------------------------------------------
def _delivered_in_time(seat: Seat, today: date) -> Figure:
    """Of the orders confirmed in the last 90 days whose goods were sent or are late, the share sent whole within
    two working days. Counted by day of confirmation and of the last delivery, so that many orders are few rows."""
    last = Delivery.objects.filter(order=OuterRef("pk")).order_by("-sent_at").values("sent_at")[:1]
    lines = OrderLine.objects.filter(order=OuterRef("pk"), delivered__lt=F("packs") - F("released"))
    orders = Order.objects.visible_to(seat).filter(status=Order.Status.CONFIRMED)
    by_days = (
        orders.filter(answered_at__date__gte=today - QUARTER)
        .order_by()
        .annotate(
            answered_on=TruncDate("answered_at", tzinfo=zone()),
            sent_on=TruncDate(Subquery(last), tzinfo=zone()),
            pending=Exists(lines),
        )
        .values_list("answered_on", "sent_on", "pending")
        .annotate(count=Count("pk"))
    )
    calendar = working_calendar()
    in_time = late = 0
    for answered_on, sent_on, pending, count in by_days:
        due_on = calendar.add(answered_on, DELIVER_WITHIN)
        if pending:
            late += count if due_on < today else 0
        elif sent_on:
            in_time += count if sent_on <= due_on else 0
            late += count if sent_on > due_on else 0
    late_words = ngettext("%(n)s order late", "%(n)s orders late", late) % {"n": quantity(late)}
    return Figure(
        _("Delivered in time"),
        per_cent(in_time, in_time + late),
        unit="%" if in_time + late else "",
        trend=late_words if late else "",
        tone="bad" if late else "",
        normal=_("within %(n)s working days, last 90 days") % {"n": DELIVER_WITHIN},
        done=thousandths(in_time, in_time + late) if in_time + late else None,
        url=reverse("contracts:orders"),
    )


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
        url=reverse("contracts:orders"),
    )


def _after_delivery(seat: Seat, now: datetime) -> list[Figure]:
    """What is owed to a supplier; for a distributor, to whom nothing is owed, what became of its deliveries."""
    if seat.organisation.kind == OrganisationKind.SUPPLIER and seat.may(Permission.READ_PAYABLES):
        open_amounts = _open_by_due_date(seat)
        today = legal_date(now)
        return [_owed(open_amounts, today), _overdue(open_amounts, today)]
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
            _("%(n)s packs rejected") % {"n": quantity(rejected)},
            _("%(n)s packs short") % {"n": quantity(short)},
        ),
        normal=_("last 90 days"),
        done=thousandths(accepted, total) if total else None,
        url=reverse("contracts:deliveries"),
    )


# --- Money ------------------------------------------------------------------------------------------------
def _paid_in_time(seat: Seat, today: date) -> Figure:
    """Of the amounts settled or overdue, the share settled by the due date, 30 days after acceptance.

    What is overdue and unpaid counts as late, so that not paying at all never makes the share better. The last
    30 days are those of the due date.
    """
    paid_on = PaymentLine.objects.filter(payable=OuterRef("pk")).order_by().values("payable")
    last = Subquery(paid_on.annotate(last=Max("payment__paid_on")).values("last"))
    owed = F("amount") - F("reversed")
    settled = Q(paid__gte=owed)
    rows = _payables(seat).exclude(amount=F("reversed")).filter(settled | Q(due_on__lt=today))
    in_time, lately = settled & Q(last__lte=F("due_on")), Q(due_on__gt=today - MONTH, due_on__lte=today)
    sums = rows.annotate(last=Case(When(settled, then=last))).aggregate(
        whole=Sum(owed),
        done=Sum(owed, filter=in_time),
        whole_lately=Sum(owed, filter=lately),
        done_lately=Sum(owed, filter=in_time & lately),
    )
    whole, done, whole_lately, done_lately = (sums[name] or NOTHING for name in sums)
    better = done_lately * whole >= done * whole_lately
    return Figure(
        _("Paid within 30 days"),
        per_cent(done, whole),
        unit="%" if whole else "",
        trend=_("last 30 days: %(share)s%%") % {"share": per_cent(done_lately, whole_lately)} if whole_lately else "",
        direction=("up" if better else "down") if whole_lately and done_lately * whole != done * whole_lately else "",
        tone="good" if better else "bad",
        normal=_("target: %(share)s%%") % {"share": 100} if whole else _("nothing was due yet"),
        done=thousandths(done, whole) if whole else None,
        url=reverse("contracts:payables") if seat.may(Permission.READ_PAYABLES) else "",
    )


def _to_pay(seat: Seat, today: date) -> list[Figure]:
    """Due within seven days, overdue, and what the coming four weeks need."""
    open_amounts = _open_by_due_date(seat)
    starts = [today + timedelta(days=7 * n) for n in range(4)]
    weeks = [_sum_of(open_amounts, start, start + timedelta(days=6)) for start in starts]
    soon, address = today + DUE_SOON, reverse("contracts:payables")
    return [
        Figure(
            _("Due within 7 days"),
            money(_sum_of(open_amounts, today, soon)),
            normal=_("today: %(amount)s") % {"amount": money(_sum_of(open_amounts, today, today))},
            url=f"{address}?due_from={today}&due_until={soon}",
        ),
        _overdue(open_amounts, today),
        Figure(
            _("Cash need in 4 weeks"),
            money(sum(weeks, NOTHING)),
            parts=tuple(
                _("week %(n)s: %(amount)s") % {"n": n, "amount": money(week)} for n, week in enumerate(weeks, 1)
            ),
            url=f"{address}?due_from={today}&due_until={today + FOUR_WEEKS}",
        ),
    ]


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


def _owed(open_amounts: Mapping[date, Decimal], today: date) -> Figure:
    coming = min((day for day in open_amounts if day >= today), default=None)
    next_words = {"amount": money(open_amounts[coming]), "day": coming} if coming else {}
    return Figure(
        _("Owed to you"),
        money(sum(open_amounts.values(), NOTHING)),
        normal=_("next: %(amount)s on %(day)s") % next_words if coming else "",
        url=reverse("contracts:payables"),
    )


def _overdue(open_amounts: Mapping[date, Decimal], today: date) -> Figure:
    late = [day for day in open_amounts if day < today]
    days = days_left(today, min(late, default=today))
    longest = ngettext("longest: %(n)s day", "longest: %(n)s days", days) % {"n": quantity(days)}
    return Figure(
        _("Overdue"),
        money(sum((open_amounts[day] for day in late), NOTHING)),
        trend=longest if late else "",
        tone="bad" if late else "",
        normal=_("target: %(amount)s") % {"amount": money(NOTHING)},
        url=f"{reverse('contracts:payables')}?clock={Clock.OVERDUE}",
    )


def _open_by_due_date(seat: Seat) -> dict[date, Decimal]:
    rows = _payables(seat).unpaid().order_by().values_list("due_on")
    return dict(rows.annotate(open=Sum(F("amount") - F("reversed") - F("paid"))))


def _sum_of(amounts: Mapping[date, Decimal], first: date, last: date) -> Decimal:
    return sum((amount for day, amount in amounts.items() if first <= day <= last), NOTHING)


def _payables(seat: Seat) -> QuerySet:
    return own_rows(Payable.objects.visible_to(seat), seat, "payer")


def own_rows(rows: Any, seat: Seat, agency: str) -> Any:
    """Of what a seat may see, what is its organisation's: an agency may see what others bought."""
    return rows.filter(**{agency: seat.organisation_id}) if seat.of_the_agency else rows
