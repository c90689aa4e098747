"""Who delivers under a contract: named and ended by the supplier, and read for each order."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.access import require_for
from accounts.actions import require_unrestricted
from accounts.models import Organisation, Region, Seat
from accounts.permissions import OrganisationKind, Permission
from catalogue.models import Product
from contracts import searching
from contracts.actions.locks import require_last_day
from contracts.models import AgreedVolume, Contract, ContractProduct, Distribution, Verb
from contracts.rules import DeliveryScope, nearest_distribution
from core import search
from core.actions import action
from core.clock import legal_date
from core.errors import Fault, Refused
from core.events import record


@dataclass(frozen=True)
class DistributionTerms:
    """Who delivers from a day on: in an area, or everywhere; one product, or all of the contract."""

    deliverer: Organisation
    valid_from: date
    area: Region | None = None
    product: Product | None = None


@action
def name_deliverer(*, contract: Contract, terms: DistributionTerms, by: Seat, now: datetime) -> Distribution:
    """The supplier says who confirms, ships and invoices: itself or a distributor.

    Whoever was named for the same area and product until then ends the day before; of two that begin on one day the
    second stands. Orders placed before stay where they are.
    """
    require_for(by, Permission.SIGN_CONTRACT, contract.supplier_id)
    require_unrestricted(terms.deliverer, field="deliverer")
    _hold(contract)
    if faults := _faults(contract, terms, legal_date(now)):
        raise Refused(faults[0].message, faults=faults)
    rows = contract.distribution.filter(area=terms.area, product=terms.product)
    row = rows.filter(valid_from=terms.valid_from).first()
    facts = {"deliverer": terms.deliverer, "named_at": now, "named_by": by}
    if row is None:
        rows.in_force(terms.valid_from).update(valid_to=terms.valid_from - timedelta(days=1))
        row = Distribution.objects.create(
            contract=contract, number=contract.distribution.count() + 1, **vars(terms) | facts
        )
    else:
        rows.filter(pk=row.pk).update(**facts)
        row.refresh_from_db()
    _tell(Verb.DELIVERER_NAMED, row, terms.valid_from, by, now)
    search.index([searching.of_contract(contract)])
    return row


@action
def end_distribution(*, row: Distribution, last_day: date, by: Seat, now: datetime) -> Distribution:
    """Let a row end on a day, today or later. What it spoke of then goes to the next wider row, or the supplier."""
    require_for(by, Permission.SIGN_CONTRACT, row.contract.supplier_id)
    _hold(row.contract)
    row.refresh_from_db()
    require_last_day(last_day, row, legal_date(now))
    Distribution.objects.filter(pk=row.pk).update(valid_to=last_day)
    row.refresh_from_db()
    _tell(Verb.DISTRIBUTION_ENDED, row, last_day, by, now)
    return row


class Deliverers:
    """Who delivers to a hospital on a day under some contracts. Rows are read once."""

    def __init__(self, contracts: Collection[int], hospital: Organisation, day: date) -> None:
        self._regions = hospital.region.around
        self._rows: dict[int, dict[DeliveryScope, Organisation]] = defaultdict(dict)
        rows = Distribution.objects.in_force(day).filter(contract__in=contracts).select_related("deliverer")
        for row in rows:
            self._rows[row.contract_id][DeliveryScope(row.area_id, row.product_id)] = row.deliverer

    def of(self, contract: Contract, product: ContractProduct) -> Organisation:
        """Whom an order of this product goes to. The parts of a set go where its first part goes."""
        if product.line.is_set:
            product = product.line.products.all()[0]
        rows = self._rows[contract.pk]
        place = nearest_distribution(list(rows), self._regions, product.product_version.product_id)
        return contract.supplier if place is None else rows[place]


def _hold(contract: Contract) -> None:
    """One names at a time; nobody under a contract that was terminated."""
    held = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if held.status == Contract.Status.TERMINATED:
        raise Refused(_("The contract was terminated."), code="contract_closed")
    if held.status == Contract.Status.VOID:
        raise Refused(_("The contract was set aside unsigned."), code="contract_closed")


def _faults(contract: Contract, terms: DistributionTerms, today: date) -> list[Fault]:
    faults = []
    if terms.deliverer.pk != contract.supplier_id and terms.deliverer.kind != OrganisationKind.DISTRIBUTOR:
        faults.append(Fault(_("Name yourself or a distributor."), "deliverer", code="not_a_deliverer"))
    if terms.valid_from < today:
        faults.append(
            Fault(
                _("A deliverer is named from today or later: orders placed stay."),
                "valid_from",
                code="date_out_of_range",
            )
        )
    own = ContractProduct.objects.filter(line__contract=contract, product_version__product=terms.product)
    if terms.product and not own.exists():
        faults.append(Fault(_("This product is not in the contract."), "product", code="unknown_line"))
    later = Q(valid_from__gt=terms.valid_from) | Q(valid_from__lt=terms.valid_from, valid_to__gte=terms.valid_from)
    fixed = contract.distribution.filter(later, area=terms.area, product=terms.product).exclude(
        valid_from__lt=terms.valid_from, valid_to=None
    )
    if (row := fixed.first()) is not None:
        named = {"deliverer": row.deliverer, "day": row.valid_from}
        message = _("%(deliverer)s is named for the same from %(day)s. End that first, or name from a later day.")
        faults.append(Fault(message % named, "valid_from", code="overlap"))
    return faults


def _tell(verb: Verb, row: Distribution, day: date, by: Seat, now: datetime) -> None:
    contract = row.contract
    scope = ", ".join(str(part) for part in (row.area, row.product) if part) or contract.reference
    told = {"deliverer": row.deliverer.name, "day": day.isoformat(), "scope": scope}
    record(verb, contract.reference, by=by, now=now, organisations=parties(contract), **told)


def parties(contract: Contract) -> set[int]:
    """The organisations that a contract concerns: both sides, its hospitals, and whoever was named to deliver."""
    hospitals = AgreedVolume.objects.filter(line__contract=contract).values_list("hospital", flat=True).distinct()
    deliverers = contract.distribution.values_list("deliverer", flat=True)
    return {contract.supplier_id, contract.agency_id, *hospitals, *deliverers}
