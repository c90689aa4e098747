"""What this room shows on pages of the whole: its part of the navigation, work that waits, related things."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Seat
from accounts.permissions import Permission
from awards.models import Award
from awards.querysets import AWARDED_AT
from contracts.ahead import ahead
from contracts.figures import figures
from contracts.models import Contract, ContractLine, Correction, Delivery, Order, Verb
from contracts.passing import succession
from contracts.presentation import goods
from contracts.rules import CONFIRM_WITHIN, DELIVER_WITHIN, VERDICT_DAYS, Stage
from core.calendar import WorkingCalendar
from core.clock import end_of, legal_date
from core.shell import NavEntry, Related, Todo
from core.templatetags.ui import money
from core.workdays import provisional, working_calendar

VERBS = Verb
__all__ = ["VERBS", "ahead", "figures", "nav", "related", "succession", "todos"]

ONE_BY_ONE = 8  # more of a kind become one line with their number
CONTRACT_WITHIN = timedelta(days=30)
REFUSALS_SHOWN = timedelta(days=14)


def nav(seat: Seat) -> list[NavEntry]:
    if not seat.may(Permission.READ_CONTRACTS):
        return []
    contracts = _unsigned(seat).count() if seat.may(Permission.SIGN_CONTRACT) else 0
    return [
        NavEntry(_("Contracts"), reverse("contracts:contracts"), "contract", contracts),
        NavEntry(_("Orders"), reverse("contracts:orders"), "order", sum(rows.count() for rows in _orders(seat))),
        NavEntry(_("Deliveries"), reverse("contracts:deliveries"), "truck", _unreceived(seat).count()),
    ]


def todos(seat: Seat, now: datetime) -> list[Todo]:
    found: list[Todo] = []
    if seat.may(Permission.PREPARE_CONTRACT):
        found += _to_prepare(seat)
        found += _to_void(seat)
    if seat.may(Permission.SIGN_CONTRACT):
        found += _to_sign(seat)
    if seat.may(Permission.APPROVE_ORDER):
        found += _to_approve(seat)
    if seat.may(Permission.CONFIRM_ORDER) or seat.may(Permission.DELIVER):
        found += _to_answer(seat, working_calendar())
    if seat.may(Permission.ACCEPT_DELIVERY):
        found += _to_accept(seat)
    if seat.may(Permission.APPROVE_REVERSAL) or seat.may(Permission.DELIVER):
        found += _to_put_right(seat, now)
    if seat.may(Permission.PLACE_ORDER):
        found += _to_order_again(seat, now)
    return found


def related(reference: str, seat: Seat) -> list[Related]:
    """Contracts of a tender, the latest orders of a contract, the contract and deliveries of an order."""
    found: list[Related] = []
    kind = reference.partition("-")[0]
    if not seat.may(Permission.READ_CONTRACTS):
        return found
    if kind == "T":
        contracts = Contract.objects.visible_to(seat).filter(source=reference).select_related("supplier")
        found = [_link(_("Contract with %(name)s") % {"name": row.supplier.name}, row) for row in contracts[:50]]
    if kind == "C":
        orders = Order.objects.visible_to(seat).filter(contract__reference=reference).select_related("hospital")
        found = [_link(_("Order of %(name)s") % {"name": row.hospital.name}, row) for row in orders[:5]]
    if kind == "O":
        orders = Order.objects.visible_to(seat).filter(reference=reference).select_related("contract__supplier")
        for order in orders:
            label = _("Contract with %(name)s") % {"name": order.contract.supplier.name}
            found = [_link(label, order.contract), *(_link(_("Delivery"), row) for row in order.deliveries.all()[:50])]
    return found


def _link(label: str, thing: Any) -> Related:
    return Related(label, thing.reference, thing.get_absolute_url())


# --- What waits for a seat --------------------------------------------------------------------------------
def _unsigned(seat: Seat) -> QuerySet:
    return Contract.objects.waiting_for_signature(seat.organisation_id)


def _orders(seat: Seat) -> list[QuerySet]:
    """The orders on which the seat must act, by kind of act."""
    ours, theirs = (
        Order.objects.filter(hospital=seat.organisation_id),
        Order.objects.filter(deliverer=seat.organisation_id),
    )
    found = []
    if seat.may(Permission.APPROVE_ORDER):
        found.append(ours.filter(status=Order.Status.PLACED))
    if seat.may(Permission.CONFIRM_ORDER):
        found.append(theirs.filter(status=Order.Status.APPROVED))
    if seat.may(Permission.DELIVER):
        found.append(theirs.at_stage(Stage.TO_SEND))
    return found


def _unreceived(seat: Seat) -> QuerySet:
    if not seat.may(Permission.ACCEPT_DELIVERY):
        return Delivery.objects.none()
    return Delivery.objects.filter(hospital=seat.organisation_id).waiting()


def _to_prepare(seat: Seat) -> Iterable[Todo]:
    waiting = Award.objects.binding().filter(agency=seat.organisation_id)
    waiting = waiting.exclude(pk__in=ContractLine.objects.awards())
    names = ("source", "supplier__name", "supplier__credit_code")
    rows = waiting.order_by(*names).values(*names).annotate(lots=Count("pk"), since=Min(AWARDED_AT))
    for row in rows[:50]:
        source, supplier, credit_code = (row[name] for name in names)
        yield Todo(
            what=ngettext("Prepare the contract on %(n)s lot", "Prepare the contract on %(n)s lots", row["lots"])
            % {"n": row["lots"]},
            where=f"{source} · {supplier}",
            url=reverse("contracts:prepare-contract", args=[source, credit_code]),
            action=_("Prepare"),
            until_at=end_of(legal_date(row["since"] + CONTRACT_WITHIN)),
            since=row["since"],
        )


def _to_void(seat: Seat) -> list[Todo]:
    """Drafts of which an award has ended: what else stands in them waits until they are set aside."""
    return _listed(
        Contract.objects.to_void().filter(agency=seat.organisation_id).select_related("supplier").order_by("pk"),
        lambda contract: Todo(
            what=_("Set the contract aside: an award of it has ended"),
            where=f"{contract.reference} · {contract.supplier.name} · {contract.title}",
            url=reverse("contracts:void-contract", args=[contract.reference]),
            action=_("Set aside"),
            since=contract.prepared_at,
        ),
        many=lambda n: _("Set %(n)s contracts aside") % {"n": n},
        url=f"{reverse('contracts:contracts')}?status=draft",
    )


def _to_sign(seat: Seat) -> list[Todo]:
    return _listed(
        _unsigned(seat).select_related("supplier"),
        lambda contract: Todo(
            what=_("Sign the contract"),
            where=f"{contract.reference} · {contract.supplier.name} · {contract.title}",
            url=reverse("contracts:sign-contract", args=[contract.reference]),
            action=_("Sign"),
            since=contract.prepared_at,
        ),
        many=lambda n: _("Sign %(n)s contracts") % {"n": n},
        url=f"{reverse('contracts:contracts')}?status=draft",
    )


def _to_approve(seat: Seat) -> list[Todo]:
    waiting = Order.objects.filter(hospital=seat.organisation_id, status=Order.Status.PLACED)
    return _listed(
        waiting.with_first().select_related("deliverer").order_by("pk"),
        lambda order: Todo(
            what=_("Approve the order over %(amount)s") % {"amount": money(order.amount)},
            where=f"{order.reference} · {goods.of_order(order)} · {order.deliverer.name}",
            url=order.get_absolute_url(),
            action=_("Look at it"),
            since=order.placed_at,
        ),
        many=lambda n: _("Approve %(n)s orders") % {"n": n},
        url=f"{reverse('contracts:orders')}?state=placed",
    )


def _to_answer(seat: Seat, calendar: WorkingCalendar) -> list[Todo]:
    theirs = Order.objects.filter(deliverer=seat.organisation_id).with_first()
    theirs = theirs.select_related("hospital").order_by("pk")
    found = []
    if seat.may(Permission.CONFIRM_ORDER):
        found += _listed(
            theirs.filter(status=Order.Status.APPROVED),
            lambda order: _of_order(
                order,
                _("Confirm or refuse the order"),
                "confirm-order",
                _("Confirm"),
                order.approved_at,
                CONFIRM_WITHIN,
                calendar,
            ),
            many=lambda n: _("Confirm or refuse %(n)s orders") % {"n": n},
            url=f"{reverse('contracts:orders')}?state=approved",
        )
    if seat.may(Permission.DELIVER):
        found += _listed(
            theirs.at_stage(Stage.TO_SEND),
            lambda order: _of_order(
                order,
                _("Send the delivery"),
                "send-delivery",
                _("Send"),
                order.answered_at,
                DELIVER_WITHIN,
                calendar,
            ),
            many=lambda n: _("Send the deliveries of %(n)s orders") % {"n": n},
            url=f"{reverse('contracts:orders')}?state=stage-{Stage.TO_SEND}",
        )
    return found


def _of_order(
    order: Order, what: str, page: str, act: str, since: datetime, within: int, calendar: WorkingCalendar
) -> Todo:
    """What is to be done with an order within so many working days."""
    until = calendar.add(legal_date(since), within)
    return Todo(
        what=what,
        where=" · ".join(
            filter(None, (order.reference, goods.of_order(order), order.hospital.name, provisional(until, calendar)))
        ),
        url=reverse(f"contracts:{page}", args=[order.reference]),
        action=act,
        until_at=end_of(until),
        since=since,
    )


def _to_accept(seat: Seat) -> list[Todo]:
    return _listed(
        _unreceived(seat).with_first().select_related("deliverer").order_by("pk"),
        lambda delivery: Todo(
            what=_("Receive the delivery"),
            where=f"{delivery.reference} · {goods.of_delivery(delivery)} · {delivery.deliverer.name}",
            url=reverse("contracts:accept-delivery", args=[delivery.reference]),
            action=_("Receive"),
            until_at=end_of(legal_date(delivery.sent_at) + timedelta(days=VERDICT_DAYS)),
            since=delivery.sent_at,
        ),
        many=lambda n: _("Receive %(n)s deliveries") % {"n": n},
        url=f"{reverse('contracts:deliveries')}?waits=yes",
    )


def _to_put_right(seat: Seat, now: datetime) -> list[Todo]:
    words = {
        Correction.Kind.REVERSAL: _("Approve the reversal of an overdue acceptance"),
        Correction.Kind.LATER_ARRIVAL: _("Confirm when the goods came"),
    }
    return _listed(
        Correction.objects.to_answer(seat, now).select_related("line__delivery__hospital"),
        lambda asked: Todo(
            what=words[Correction.Kind(asked.kind)],
            where=f"{asked.line.delivery.reference} · {asked.line.delivery.hospital.name} · {asked.reason}",
            url=reverse("contracts:approve-correction", args=[asked.line.delivery.reference, asked.line.number]),
            action=_("Look at it"),
            until_at=asked.lapses_at,
            since=asked.asked_at,
        ),
        many=lambda n: _("%(n)s corrections wait for an answer") % {"n": n},
        url=reverse("contracts:deliveries"),
    )


def _to_order_again(seat: Seat, now: datetime) -> list[Todo]:
    ended = Order.objects.filter(hospital__in=seat.lineage).refused_without_another(now - REFUSALS_SHOWN)
    words = {Order.Status.REFUSED: _("Order again: refused"), Order.Status.SENT_BACK: _("Order again: not approved")}
    return _listed(
        ended.with_first().select_related("deliverer").order_by("pk"),
        lambda order: Todo(
            what=words[Order.Status(order.status)],
            where=f"{order.reference} · {goods.of_order(order)} · {order.deliverer.name} · {order.reason}",
            url=order.get_absolute_url(),
            action=_("Look at it"),
            since=order.answered_at or order.ended_at,
        ),
        many=lambda n: _("%(n)s orders were refused or not approved") % {"n": n},
        url=f"{reverse('contracts:orders')}?state={Order.Status.REFUSED}",
    )


def _listed(rows: QuerySet, one: Callable[[Any], Todo], *, many: Callable[[int], str], url: str) -> list[Todo]:
    """A line for each of a few rows; of many one line, with their number and their list."""
    few = list(rows[: ONE_BY_ONE + 1])
    if len(few) <= ONE_BY_ONE:
        return [one(row) for row in few]
    count = rows.count()
    first = one(few[0])
    link = {"where": _("in one list"), "url": url, "action": _("Show")}
    return [Todo(what=many(count), **link, until_at=first.until_at, since=first.since, count=count)]
