"""What search finds of this room. A contract or an order is found by its parties, the agency and who pays."""

from collections.abc import Iterator

from accounts.models import Organisation
from accounts.permissions import OrganisationKind
from contracts.models import AgreedVolume, Contract, Order
from core.search import Entry


def of_contract(contract: Contract) -> Entry:
    hospitals = AgreedVolume.objects.filter(line__contract=contract).values_list("hospital", flat=True).distinct()
    return Entry(
        kind="contract",
        reference=contract.reference,
        title=contract.tender.title,
        detail=contract.supplier.name,
        url=contract.get_absolute_url(),
        organisations=(contract.supplier_id, contract.deliverer_id, *hospitals, *_payers()),
    )


def of_order(order: Order) -> Entry:
    return Entry(
        kind="order",
        reference=order.reference,
        title=order.hospital.name,
        detail=order.deliverer.name,
        url=order.get_absolute_url(),
        words=(order.contract.reference,),
        organisations=(order.hospital_id, order.deliverer_id, order.contract.supplier_id, *_payers()),
    )


def everything() -> Iterator[Entry]:
    """Every entry of this room."""
    yield from map(of_contract, Contract.objects.select_related("tender", "supplier").iterator())
    yield from map(of_order, Order.objects.select_related("hospital", "deliverer", "contract").iterator())


def _payers() -> list[int]:
    """Who pays reads every contract and order."""
    return list(Organisation.objects.of_kind(OrganisationKind.PAYER).values_list("pk", flat=True))
