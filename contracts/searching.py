"""What search finds of this room. A contract, an order or a delivery is found by its parties, the agency and who pays;
a contract by every product that can be ordered from it too, a delivery by its batches."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import Q

from accounts.models import Organisation
from accounts.permissions import OrganisationKind
from contracts.models import AgreedVolume, Contract, ContractProduct, Delivery, DeliveryLine, Order
from core.search import AT_ONCE, Entry


def of_contract(contract: Contract) -> Entry:
    hospitals = AgreedVolume.objects.filter(line__contract=contract).values_list("hospital", flat=True).distinct()
    deliverers = contract.distribution.values_list("deliverer", flat=True)
    return Entry(
        kind="contract",
        reference=contract.reference,
        title=contract.title,
        detail=contract.supplier.name,
        url=contract.get_absolute_url(),
        words=(*_products(contract), *_former_names(contract.supplier)),
        organisations=(contract.supplier_id, *deliverers, *hospitals, *_payers()),
    )


def of_orders(orders: Sequence[Order]) -> Iterator[Entry]:
    """The entries of some orders, whose organisations are asked for at once."""
    names, payers = _named(orders)
    for order in orders:
        yield Entry(
            kind="order",
            reference=order.reference,
            title=names[order.hospital_id],
            detail=names[order.deliverer_id],
            url=order.get_absolute_url(),
            words=(order.contract.reference, order.own_number),
            organisations=_readers(order, order.contract, payers),
            named=False,
        )


def of_deliveries(deliveries: Sequence[Delivery]) -> Iterator[Entry]:
    """The entries of some deliveries, with their order's contract, whose organisations and batches are asked for at
    once."""
    names, payers = _named(deliveries)
    batches: dict[int, set[str]] = defaultdict(set)
    lines = DeliveryLine.objects.filter(delivery__in=[delivery.pk for delivery in deliveries])
    for delivery, batch in lines.values_list("delivery", "batch__number"):
        batches[delivery].add(batch)
    for delivery in deliveries:
        yield Entry(
            kind="delivery",
            reference=delivery.reference,
            title=names[delivery.hospital_id],
            detail=names[delivery.deliverer_id],
            url=delivery.get_absolute_url(),
            words=(delivery.order.reference, *sorted(batches[delivery.pk])),
            organisations=_readers(delivery, delivery.order.contract, payers),
            named=False,
        )


def _named(things: Sequence[Order] | Sequence[Delivery]) -> tuple[dict[int, str], list[int]]:
    """The names of the hospitals and deliverers of some things by primary key, and who pays."""
    parties = {key for thing in things for key in (thing.hospital_id, thing.deliverer_id)}
    named = Organisation.objects.filter(Q(pk__in=parties) | Q(kind=OrganisationKind.PAYER))
    rows = list(named.values_list("pk", "name", "kind"))
    payers = [pk for pk, _name, kind in rows if kind == OrganisationKind.PAYER]
    return {pk: name for pk, name, _kind in rows}, payers


def _readers(thing: Order | Delivery, contract: Contract, payers: Sequence[int]) -> tuple[int, ...]:
    """Who is told of an order or a delivery besides the agency."""
    return (thing.hospital_id, thing.deliverer_id, contract.supplier_id, *payers)


def everything() -> Iterator[Entry]:
    """Every entry of this room, the oldest first."""
    yield from map(of_contract, Contract.objects.select_related("supplier").order_by("pk").iterator())
    orders = Order.objects.select_related("contract").order_by("pk").iterator()
    while some := list(islice(orders, AT_ONCE)):
        yield from of_orders(some)
    deliveries = Delivery.objects.select_related("order__contract").order_by("pk").iterator()
    while sent := list(islice(deliveries, AT_ONCE)):
        yield from of_deliveries(sent)


def of_supplier(organisation: Organisation) -> Iterator[Entry]:
    """The entries of a supplier's contracts, which are found by its name."""
    return map(of_contract, Contract.objects.filter(supplier=organisation).select_related("supplier").iterator())


def _former_names(organisation: Organisation) -> list[str]:
    names = organisation.versions.exclude(name=organisation.name).order_by("valid_from")
    return list(names.values_list("name", flat=True))


def _products(contract: Contract) -> tuple[str, ...]:
    """The items, brands and codes of a contract's products, each once."""
    version = "product_version__"
    names = (f"{version}product__item__name", f"{version}brand", f"{version}national_code", f"{version}approval_number")
    rows = ContractProduct.objects.filter(line__contract=contract).order_by("line__number", "number")
    return tuple(dict.fromkeys(word for row in rows.values_list(*names) for word in row if word))


def _payers() -> list[int]:
    """Who pays reads every contract and order."""
    return list(Organisation.objects.of_kind(OrganisationKind.PAYER).values_list("pk", flat=True))
