"""What search finds of this room. A contract or an order is found by its parties, the agency and who pays; a contract
by every product that can be ordered from it too."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import Q

from accounts.models import Organisation
from accounts.permissions import OrganisationKind
from contracts.models import AgreedVolume, Contract, ContractProduct, Order
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
    parties = {key for order in orders for key in (order.hospital_id, order.deliverer_id)}
    named = Organisation.objects.filter(Q(pk__in=parties) | Q(kind=OrganisationKind.PAYER))
    rows = list(named.values_list("pk", "name", "kind"))
    names = {pk: name for pk, name, _kind in rows}
    payers = [pk for pk, _name, kind in rows if kind == OrganisationKind.PAYER]
    for order in orders:
        yield Entry(
            kind="order",
            reference=order.reference,
            title=names[order.hospital_id],
            detail=names[order.deliverer_id],
            url=order.get_absolute_url(),
            words=(order.contract.reference, order.own_number),
            organisations=(order.hospital_id, order.deliverer_id, order.contract.supplier_id, *payers),
        )


def everything() -> Iterator[Entry]:
    """Every entry of this room."""
    yield from map(of_contract, Contract.objects.select_related("supplier").iterator())
    orders = Order.objects.select_related("contract").iterator()
    while some := list(islice(orders, AT_ONCE)):
        yield from of_orders(some)


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
