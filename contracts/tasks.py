"""Notices about contracts, orders and deliveries."""

from datetime import datetime, timedelta
from functools import cache

from celery import shared_task
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.actions import notify
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.models import Shortage
from contracts import actions
from contracts.actions import ANSWERED_WITH, close_after_latest_arrival
from contracts.actions.distribution import parties
from contracts.models import AgreedVolume, Contract, Correction, Delivery, Order, ProductBatch
from contracts.rules import ESCALATION_DAYS, VERDICT_DAYS, Stage
from core.clock import legal_date

TOLD_WITHIN = timedelta(days=2)  # of its verification; whoever begins to buy it later sees it where it is ordered
ORDER_NEWS = {
    Order.Status.PLACED: ("hospital_id", Permission.APPROVE_ORDER, gettext_noop("Order %(order)s waits for approval")),
    Order.Status.APPROVED: (
        "deliverer_id",
        Permission.CONFIRM_ORDER,
        gettext_noop("Order %(order)s of %(hospital)s waits for your confirmation"),
    ),
    Order.Status.CONFIRMED: (
        "hospital_id",
        Permission.PLACE_ORDER,
        gettext_noop("%(deliverer)s confirmed order %(order)s"),
    ),
    Order.Status.REFUSED: (
        "hospital_id",
        Permission.PLACE_ORDER,
        gettext_noop("%(deliverer)s refused order %(order)s: %(reason)s"),
    ),
    Order.Status.SENT_BACK: (
        "hospital_id",
        Permission.PLACE_ORDER,
        gettext_noop("Order %(order)s was not approved: %(reason)s"),
    ),
    Order.Status.CANCELLED: (
        "deliverer_id",
        Permission.CONFIRM_ORDER,
        gettext_noop("%(hospital)s cancelled order %(order)s: %(reason)s"),
    ),
}

CORRECTION_NEWS = {
    (Correction.Status.ASKED, Correction.Kind.REVERSAL): gettext_noop(
        "The reversal of an overdue acceptance waits for a second person: %(delivery)s, line %(line)s: %(reason)s"
    ),
    (Correction.Status.ASKED, Correction.Kind.LATER_ARRIVAL): gettext_noop(
        "The hospital says that the goods of %(delivery)s, line %(line)s came on %(day)s: %(reason)s"
    ),
    (Correction.Status.APPROVED, ""): gettext_noop("The correction of %(delivery)s, line %(line)s was approved"),
    (Correction.Status.DECLINED, ""): gettext_noop(
        "The correction of %(delivery)s, line %(line)s was declined: %(reason)s"
    ),
}


@shared_task
def tell_of_contract(contract_id: int) -> None:
    """Ask both sides for their signature; once it is in force, or ended, tell the hospitals as well."""
    contract = Contract.objects.get(pk=contract_id)
    text, permission, told = {
        Contract.Status.DRAFT: (
            gettext_noop("Contract %(contract)s waits for signatures"),
            Permission.SIGN_CONTRACT,
            {contract.supplier_id, contract.agency_id},
        ),
        Contract.Status.SIGNED: (
            gettext_noop("Contract %(contract)s is in force: order from it"),
            Permission.PLACE_ORDER,
            _hospitals(contract),
        ),
        Contract.Status.TERMINATED: (
            gettext_noop("Contract %(contract)s was terminated: %(reason)s"),
            Permission.READ_CONTRACTS,
            parties(contract) - {contract.agency_id},
        ),
        Contract.Status.VOID: (
            gettext_noop("Contract %(contract)s was set aside unsigned: an award of it has ended"),
            Permission.SIGN_CONTRACT,
            {contract.supplier_id, contract.agency_id},
        ),
    }[Contract.Status(contract.status)]
    now = timezone.now()
    notify(
        seats=Seat.objects.that_may(permission, told, legal_date(now)),
        subject=contract.reference,
        text=text,
        data={"contract": contract.reference, "reason": contract.terminate_reason},
        path=reverse("contracts:contract", args=[contract.reference]),
        about=f"contract.{contract.status}:{contract.reference}",
        now=now,
    )


@shared_task
def tell_of_order(order_id: int) -> None:
    """Tell whoever must act on the order, or waits for it, how it stands."""
    order = Order.objects.select_related("hospital", "deliverer").get(pk=order_id)
    if order.status == Order.Status.CANCELLED and order.approved_at is None:
        return  # the deliverer never knew of it
    organisation, permission, text = ORDER_NEWS[Order.Status(order.status)]
    now = timezone.now()
    notify(
        seats=Seat.objects.that_may(permission, [getattr(order, organisation)], legal_date(now)),
        subject=order.reference,
        text=text,
        data={
            "order": order.reference,
            "hospital": order.hospital.name,
            "deliverer": order.deliverer.name,
            "reason": order.reason,
        },
        path=reverse("contracts:order", args=[order.reference]),
        about=f"order.{order.status}:{order.reference}",
        now=now,
    )


@shared_task
def tell_of_closing(order_id: int) -> None:
    """Tell both sides that the rest of an order is not delivered any more, and why."""
    order, now = Order.objects.get(pk=order_id), timezone.now()
    today = legal_date(now)
    buyers = Seat.objects.that_may(Permission.PLACE_ORDER, [order.hospital_id], today)
    notify(
        seats=[*buyers, *Seat.objects.that_may(Permission.DELIVER, [order.deliverer_id], today)],
        subject=order.reference,
        text=gettext_noop("The rest of order %(order)s is closed: %(reason)s"),
        data={"order": order.reference, "reason": order.close_reason or str(order.latest_arrival_on)},
        path=reverse("contracts:order", args=[order.reference]),
        about=f"order.closed:{order.reference}",
        now=now,
    )


@shared_task
def take_up_listings() -> int:
    """Give what was listed, and what stands at the turn of the year, its line in an agreement. Returns how many
    agreements got one."""
    return len(actions.take_up_listings(now=timezone.now()))


@shared_task
def tell_of_shortages() -> int:
    """Tell hospitals of a region of what has been verified as short that they have agreed to buy or buy as listed, once
    each. Returns how many messages are new."""
    now = timezone.now()
    today, new = legal_date(now), 0
    recent = Shortage.objects.in_force(today).filter(decided_at__gte=now - TOLD_WITHIN)
    for shortage in recent.select_related("item", "product__item", "product__maker", "region").order_by("pk"):
        hospitals = AgreedVolume.objects.buying(shortage, today).values_list("hospital", flat=True)
        new += notify(
            seats=Seat.objects.that_may(Permission.PLACE_ORDER, set(hospitals), today),
            subject=shortage.reference,
            text=gettext_noop("%(thing)s is short in %(region)s since %(day)s: see what may take its place"),
            data={
                "thing": str(shortage.thing),
                "region": str(shortage.region),
                "day": shortage.valid_from.isoformat(),
            },
            path=shortage.get_absolute_url(),
            about=f"shortage.verified:{shortage.reference}",
            now=now,
        )
    return new


@shared_task
def close_rests() -> int:
    """Note which orders closed by themselves because their latest arrival is over. Nobody could send them any more
    since then, whether or not this ran. Returns how many."""
    now = timezone.now()
    over = Order.objects.at_stage(Stage.TO_SEND).filter(latest_arrival_on__lt=legal_date(now))
    orders = list(over.select_related("contract").order_by("pk"))
    for order in orders:
        close_after_latest_arrival(order=order, now=now)
    return len(orders)


@shared_task
def tell_of_delivery(delivery_id: int) -> None:
    """Tell the hospital that goods are on their way."""
    delivery = Delivery.objects.select_related("deliverer").get(pk=delivery_id)
    now = timezone.now()
    notify(
        seats=Seat.objects.that_may(Permission.ACCEPT_DELIVERY, [delivery.hospital_id], legal_date(now)),
        subject=delivery.reference,
        text=gettext_noop("%(deliverer)s sent delivery %(delivery)s"),
        data={"delivery": delivery.reference, "deliverer": delivery.deliverer.name},
        path=reverse("contracts:delivery", args=[delivery.reference]),
        about=f"delivery.sent:{delivery.reference}",
        now=now,
    )


@shared_task
def tell_of_verdict(delivery_id: int) -> None:
    """Tell the deliverer what the hospital found, each time it gives or reverses a verdict."""
    delivery = Delivery.objects.select_related("hospital").get(pk=delivery_id)
    turns = Delivery.objects.filter(pk=delivery_id).aggregate(turns=Count("lines__acceptances"))["turns"]
    now = timezone.now()
    notify(
        seats=Seat.objects.that_may(Permission.DELIVER, [delivery.deliverer_id], legal_date(now)),
        subject=delivery.reference,
        text=gettext_noop("%(hospital)s gave its verdict on delivery %(delivery)s"),
        data={"delivery": delivery.reference, "hospital": delivery.hospital.name},
        path=reverse("contracts:delivery", args=[delivery.reference]),
        about=f"delivery.verdict-{turns}:{delivery.reference}",
        now=now,
    )


@shared_task
def tell_of_correction(correction_id: int) -> None:
    """Ask whoever answers a correction; tell whoever asked for it what came of it."""
    correction = Correction.objects.select_related("line__delivery", "asked_by").get(pk=correction_id)
    delivery, now = correction.line.delivery, timezone.now()
    told = [correction.asked_by]
    if correction.status == Correction.Status.ASKED:
        theirs = delivery.hospital_id if correction.kind == Correction.Kind.REVERSAL else delivery.deliverer_id
        told = list(Seat.objects.that_may(ANSWERED_WITH[correction.kind], [theirs], legal_date(now)))
    notify(
        seats=told,
        subject=delivery.reference,
        text=CORRECTION_NEWS.get((correction.status, correction.kind)) or CORRECTION_NEWS[correction.status, ""],
        data={
            "delivery": delivery.reference,
            "line": str(correction.line.number),
            "day": correction.arrived_on.isoformat() if correction.arrived_on else "",
            "reason": correction.answer or correction.reason,
        },
        path=reverse("contracts:delivery", args=[delivery.reference]),
        about=f"correction.{correction.status}:{correction.pk}",
        now=now,
    )


@shared_task
def tell_of_expiry(delivery_id: int, batch_id: int) -> None:
    """Tell a hospital that the expiry of a batch it was sent was corrected."""
    delivery, batch = Delivery.objects.get(pk=delivery_id), ProductBatch.objects.get(pk=batch_id)
    now = timezone.now()
    notify(
        seats=list(Seat.objects.that_may(Permission.ACCEPT_DELIVERY, [delivery.hospital_id], legal_date(now))),
        subject=delivery.reference,
        text=gettext_noop("Batch %(batch)s in delivery %(delivery)s expires on %(day)s; another day was said before"),
        data={"batch": batch.number, "delivery": delivery.reference, "day": batch.expires_on.isoformat()},
        path=reverse("contracts:delivery", args=[delivery.reference]),
        about=f"batch.expiry-{batch.expires_on}:{batch.pk}:{delivery.reference}",
        now=now,
    )


@shared_task
def remind_deliveries() -> int:
    """Acceptance has its own clock: remind the hospital's receivers on the third day, and on the seventh
    tell those who approve its orders and the agency's officers. Returns how many messages are new."""
    now = timezone.now()
    today = legal_date(now)
    receivers = cache(lambda hospital: Seat.objects.that_may(Permission.ACCEPT_DELIVERY, [hospital], today))
    approvers = cache(lambda hospital: Seat.objects.that_may(Permission.APPROVE_ORDER, [hospital], today))
    officers = cache(lambda agency: Seat.objects.that_may(Permission.PREPARE_CONTRACT, [agency], today))
    new = 0
    for delivery in Delivery.objects.waiting().select_related("hospital", "order__contract").order_by("pk"):
        days = (today - legal_date(delivery.sent_at)).days
        if days >= VERDICT_DAYS:
            new += _remind_of(delivery, VERDICT_DAYS, receivers(delivery.hospital_id), now)
        if days >= ESCALATION_DAYS:
            told = [*approvers(delivery.hospital_id), *officers(delivery.order.contract.agency_id)]
            new += _remind_of(delivery, ESCALATION_DAYS, told, now)
    return new


def _remind_of(delivery: Delivery, days: int, seats: list[Seat], now: datetime) -> int:
    return notify(
        seats=seats,
        subject=delivery.reference,
        text=gettext_noop("Delivery %(delivery)s to %(hospital)s has waited for its acceptance for %(days)s days"),
        data={"delivery": delivery.reference, "hospital": delivery.hospital.name, "days": str(days)},
        path=reverse("contracts:delivery", args=[delivery.reference]),
        about=f"delivery.waits-{days}:{delivery.reference}",
        now=now,
    )


def _hospitals(contract: Contract) -> set[int]:
    return set(AgreedVolume.objects.filter(line__contract=contract).values_list("hospital", flat=True))
