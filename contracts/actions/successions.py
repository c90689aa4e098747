"""What is open of an organisation passes to whoever takes its place; what is past keeps its party.

Locked in the order of this room: orders, then agreed volumes, then contracts, then debts. Whoever orders meanwhile
holds a volume and is waited for, or waits and finds the volume at its new hospital.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actions import Succession
from accounts.models import Organisation, Seat
from contracts import searching
from contracts.actions.payers import PREFIXES
from contracts.models import (
    AgreedVolume,
    Contract,
    Delivery,
    Distribution,
    Order,
    OrderLine,
    Payable,
    PayeeRow,
    PayerRow,
    Verb,
)
from contracts.models.payer import RuleRow
from core import search
from core.actions import action
from core.clock import legal_date
from core.events import record_all
from core.references import next_reference

# In which part a contract or an order had the one who is succeeded.
_SUPPLIER, _HOSPITAL, _DELIVERER = _("supplier"), _("hospital"), _("deliverer")


@action
def succeed(*, succession: Succession, by: Seat, now: datetime) -> None:
    """Let open orders, deliveries under way, agreed volumes, contracts, distribution, rows of who pays and unpaid
    debts pass. Volumes of one line add up; debts keep their amounts and days."""
    before, after, today = succession.before, succession.after, legal_date(now)
    list(_orders(before).locked())
    list(AgreedVolume.objects.touched_by(before.pk, after.pk).locked())
    told = _Told(succession, by, now)
    contracts = Contract.objects.open(today).filter(supplier=before)
    kept = list(contracts.select_for_update(of=("self",), no_key=True).order_by("pk"))
    Contract.objects.filter(pk__in=[contract.pk for contract in kept]).update(supplier=after)
    told.contracts(kept, _SUPPLIER)
    told.contracts(_pass_volumes(before, after, today), _HOSPITAL)
    told.contracts(_pass_distribution(succession, by, now), _DELIVERER)
    _pass_orders(before, after, told)
    _pass_debts(before, after)
    for kind in (PayerRow, PayeeRow):
        _pass_rule_rows(kind, succession, by, now)
    told.find_again()


class _Told:
    """What is said of contracts and orders that pass, on their timelines and to search."""

    def __init__(self, succession: Succession, by: Seat, now: datetime) -> None:
        self._succession, self._by, self._now = succession, by, now
        self._contracts: set[int] = set()
        self._orders: set[int] = set()

    def contracts(self, contracts: Iterable[Contract], part: Promise) -> None:
        for contract in contracts:
            self._contracts.add(contract.pk)
            self._say([contract.reference], {contract.supplier_id, contract.agency_id}, part)

    def orders(self, orders: Sequence[Order], part: Promise) -> None:
        alike: dict[frozenset[int], list[str]] = defaultdict(list)
        for order in orders:
            self._orders.add(order.pk)
            alike[frozenset({order.hospital_id, order.deliverer_id, order.contract.supplier_id})].append(
                order.reference
            )
        for parties, references in alike.items():
            self._say(references, parties, part)

    def find_again(self) -> None:
        contracts = Contract.objects.filter(pk__in=self._contracts).select_related("supplier")
        search.index(map(searching.of_contract, contracts))
        search.index(searching.of_orders(list(Order.objects.filter(pk__in=self._orders).select_related("contract"))))
        deliveries = Delivery.objects.filter(order__in=self._orders).select_related("order__contract")
        search.index(searching.of_deliveries(list(deliveries)))

    def _say(self, references: Sequence[str], parties: Iterable[int], part: Promise) -> None:
        said: dict[str, Any] = {**self._succession.told, "part": part}
        readers = {*parties, self._succession.before.pk, self._succession.after.pk}
        subjects = [(reference, said) for reference in references]
        record_all(Verb.PARTY_SUCCEEDED, subjects, by=self._by, now=self._now, organisations=readers)


def _orders(before: Organisation) -> Any:
    return Order.objects.open().filter(Q(hospital=before) | Q(deliverer=before))


def _pass_volumes(before: Organisation, after: Organisation, today: date) -> list[Contract]:
    """Agreed volumes under open contracts. Where the successor has one of the same line both become one: what was
    agreed, the maximum and what is ordered add up, and the order lines go along."""
    open_ones = AgreedVolume.objects.filter(line__contract__in=Contract.objects.open(today))
    own = {volume.line_id: volume for volume in open_ones.filter(hospital=after)}
    passing = list(open_ones.filter(hospital=before).select_related("line__contract").order_by("pk"))
    for volume in passing:
        into = own.get(volume.line_id)
        if into is None:
            AgreedVolume.objects.filter(pk=volume.pk).update(hospital=after)
            continue
        # Without a maximum on either side there is none: NULL plus a number is NULL.
        AgreedVolume.objects.filter(pk=into.pk).update(
            agreed=F("agreed") + volume.agreed,
            maximum=None if volume.maximum is None else F("maximum") + volume.maximum,
            ordered=F("ordered") + volume.ordered,
        )
        OrderLine.objects.filter(volume=volume).update(volume=into)
        AgreedVolume.objects.filter(pk=volume.pk).delete()
    return list({volume.line.contract_id: volume.line.contract for volume in passing}.values())


def _pass_distribution(succession: Succession, by: Seat, now: datetime) -> list[Contract]:
    """Rows of who delivers, in force or to come: the successor's begin today, with the last day that was set."""
    today = legal_date(now)
    rows = Distribution.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), deliverer=succession.before)
    standing = list(rows.exclude(contract__status="terminated").select_related("contract").order_by("pk"))
    for row in standing:
        own = Distribution.objects.filter(pk=row.pk)
        if row.valid_from >= today:
            own.update(deliverer=succession.after, named_at=now, named_by=by)
            continue
        own.update(valid_to=succession.parted(today))
        Distribution.objects.create(
            contract=row.contract,
            number=row.contract.distribution.count() + 1,
            deliverer=succession.after,
            area_id=row.area_id,
            product_id=row.product_id,
            valid_from=today,
            valid_to=row.valid_to,
            named_at=now,
            named_by=by,
        )
    return list({row.contract_id: row.contract for row in standing}.values())


def _pass_orders(before: Organisation, after: Organisation, told: _Told) -> None:
    """Open orders and deliveries that wait for a verdict, also such as were placed while this waited."""
    for name, part in (("hospital", _HOSPITAL), ("deliverer", _DELIVERER)):
        passing = list(Order.objects.open().filter(**{name: before}).select_related("contract").order_by("pk"))
        Order.objects.filter(pk__in=[order.pk for order in passing]).update(**{name: after})
        told.orders(passing, part)
        waiting = Delivery.objects.waiting().filter(**{name: before}).values_list("pk", flat=True)
        Delivery.objects.filter(pk__in=list(waiting)).update(**{name: after})


def _pass_debts(before: Organisation, after: Organisation) -> None:
    """What is unpaid, to or by the one who is succeeded; what is paid of it stays paid. Whose goods they were, and who
    took them, is past and stays."""
    open_ones = Payable.objects.unpaid().filter(Q(payee=before) | Q(payer=before))
    keys = [payable.pk for payable in open_ones.locked()]
    for name in ("payee", "payer"):
        Payable.objects.unpaid().filter(pk__in=keys, **{name: before}).update(**{name: after})


def _pass_rule_rows(kind: type[RuleRow], succession: Succession, by: Seat, now: datetime) -> None:
    """Rows of who pays or is paid, for the institution or by the payer that is succeeded, begin anew with the successor
    today. Where the successor has a row of its own for the same, that one stands."""
    before, after, today = succession.before.pk, succession.after.pk, legal_date(now)
    named = Q(institution=before) | Q(payer=before) if kind is PayerRow else Q(institution=before)
    rows = kind.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), named)
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        parties = {"institution_id": after if row.institution_id == before else row.institution_id}
        if kind is PayerRow:
            payer = row.payer_id  # type: ignore[attr-defined]  # a row of who pays has one
            parties["payer_id"] = after if payer == before else payer
        own, stands = kind.objects.filter(pk=row.pk), _stands(row, parties["institution_id"], today)
        if row.valid_from >= today and not stands:
            own.update(**parties)
            continue
        own.update(valid_to=max(row.valid_from, succession.parted(today)))
        if not stands:
            kept = ("rule_id", "region_id", "product_list", "valid_to", "whom" if kind is PayeeRow else "who")
            kind.objects.create(
                **{name: getattr(row, name) for name in kept},
                **parties,
                reference=next_reference(*PREFIXES[kind], now),
                valid_from=today,
                set_at=now,
                set_by=by,
            )


def _stands(row: RuleRow, institution: int | None, today: date) -> bool:
    """Whether another row speaks of the same for this institution, in the time that is left of this one."""
    same = {"rule": row.rule_id, "region": row.region_id, "institution": institution, "product_list": row.product_list}
    others = type(row).objects.filter(**same).exclude(pk=row.pk)
    later = others.filter(Q(valid_to=None) | Q(valid_to__gte=max(row.valid_from, today)))
    return (later.filter(valid_from__lte=row.valid_to) if row.valid_to else later).exists()
