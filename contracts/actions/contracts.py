"""A contract: prepared from awards, signed by both sides, ended before its time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.access import require, require_for
from accounts.actions import require_standing
from accounts.models import Organisation, Seat
from accounts.permissions import Permission
from awards.actions import present_letters, require_none_ended, sign_letters
from awards.models import Allocation, Award
from contracts import searching
from contracts.actions.distribution import parties
from contracts.actions.locks import require_reason
from contracts.actions.payers import ordinary_rule
from contracts.models import AgreedVolume, Contract, ContractLine, ContractProduct, PayerRule, Verb
from contracts.rules import (
    LATEST_ARRIVAL_DAYS,
    LONGEST_CAP,
    MOST_DELAY,
    PAYMENT_LIMIT,
    PaymentRule,
    maximum_units,
)
from core import search
from core.actions import action
from core.clock import installation_kind, legal_date
from core.errors import Conflict, Denied, Fault, Refused
from core.events import record
from core.moves import move
from core.outbox import queue
from core.references import next_reference


@dataclass(frozen=True)
class ContractTerms:
    """What the contract says beside its lines. ``payer_rule`` is the code of the agency's rule of who pays whom;
    ``agreed_delay`` the working days that a delivery may be late before the hospital may close what is not sent;
    ``maximum_percent`` of the agreed volume the most that each hospital may buy, None for no maximum."""

    starts_on: date
    ends_on: date
    payment_rule: str = PaymentRule.DAYS
    payment_days: int | None = 30
    payment_cap: int = PAYMENT_LIMIT
    cap_policy: str = ""
    payer_rule: str = PayerRule.ORDINARY
    minimum_shelf_life: int = 180
    latest_arrival_days: int = LATEST_ARRIVAL_DAYS
    agreed_delay: int = 0
    maximum_percent: int | None = None


@action
def prepare_contract(*, source: str, supplier: Organisation, terms: ContractTerms, by: Seat, now: datetime) -> Contract:
    """Draw up the contract on every award to the supplier that came from this procedure and has none yet.

    Its lines carry the awarded prices and the versions that were bid; each hospital's agreed volume is what is
    allocated to the award for it, in base units of the lot's main specification. Conflict when somebody else has just
    done so.
    """
    require(by, Permission.PREPARE_CONTRACT)
    _check(terms, legal_date(now))
    awards = list(
        Award.objects.binding()
        .filter(source=source, supplier=supplier)
        .exclude(pk__in=ContractLine.objects.awards())
        .prefetch_related("products")
        .by_part()
    )
    if not awards:
        raise Refused(_("This supplier has no award in the tender that waits for a contract."), code="no_award")
    require_for(by, Permission.PREPARE_CONTRACT, awards[0].agency_id)
    heirs = _heirs(supplier, awards)
    contract = Contract.objects.create(
        reference=next_reference("contract", "C", now),
        source=source,
        title=awards[0].source_title,
        agency_id=by.organisation_id,
        supplier_id=heirs[supplier.pk],
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        payment_rule=terms.payment_rule,
        payment_days=terms.payment_days,
        payment_cap=terms.payment_cap,
        cap_policy=terms.cap_policy.strip(),
        payer_rule=_payer_rule(by.organisation, terms.payer_rule),
        minimum_shelf_life=terms.minimum_shelf_life,
        latest_arrival_days=terms.latest_arrival_days,
        agreed_delay=terms.agreed_delay,
        demo=installation_kind() == "demo",
        prepared_at=now,
        prepared_by=by,
    )
    try:
        with transaction.atomic():
            lines = ContractLine.objects.bulk_create(_line(contract, n, award) for n, award in enumerate(awards, 1))
    except IntegrityError:
        raise Conflict(
            _("Somebody else has just prepared the contract on these awards."), code="already_done"
        ) from None
    products = {line: list(_products(line, award)) for line, award in zip(lines, awards, strict=True)}
    ContractProduct.objects.bulk_create(chain.from_iterable(products.values()))
    AgreedVolume.objects.bulk_create(_volumes(products, terms.maximum_percent, heirs))
    present_letters(awards, by=by, now=now)
    _record(Verb.CONTRACT_PREPARED, contract, by=by, now=now)
    search.index([searching.of_contract(contract)])
    queue("contracts.tasks.tell_of_contract", contract.pk, now=now)
    return contract


@action
def sign_contract(*, contract: Contract, by: Seat, now: datetime) -> Contract:
    """Sign for the seat's side, once; with both signatures the contract is in force. With the supplier's its awards are
    accepted. Refused where an award of it has ended."""
    held = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    side = _side(held, by)
    if getattr(held, f"signed_by_{side}_at") is not None:
        raise Conflict(_("Your side has signed this contract already."), code="already_done")
    awards = list(held.lines.filter(award__isnull=False).values_list("award", flat=True))
    if side == "supplier":
        sign_letters(awards, by=by, now=now)
    else:
        require_none_ended(awards)
    facts = {f"signed_by_{side}_at": now, f"signed_by_{side}_by": by}
    other = held.signed_by_agency_at if side == "supplier" else held.signed_by_supplier_at
    _record(Verb.SIGNED_BY_SUPPLIER if side == "supplier" else Verb.SIGNED_BY_AGENCY, held, by=by, now=now)
    if other is None:
        Contract.objects.filter(pk=held.pk).update(**facts)
    else:
        move(held, Contract.Status.SIGNED, **facts)
        record(Verb.CONTRACT_IN_FORCE, held.reference, by=None, now=now, organisations=parties(held))
    queue("contracts.tasks.tell_of_contract", held.pk, now=now)
    held.refresh_from_db()
    return held


@action
def terminate_contract(*, contract: Contract, reason: str, by: Seat, now: datetime) -> Contract:
    """End a contract in force before its term: nothing more can be ordered. Orders already placed stand."""
    require_for(by, Permission.SIGN_CONTRACT, contract.agency_id)
    reason = require_reason(reason)
    # Orders hold these rows while they draw: whoever comes after us reads the contract as terminated.
    list(AgreedVolume.objects.filter(line__contract=contract).locked())
    move(contract, Contract.Status.TERMINATED, terminated_at=now, terminated_by=by, terminate_reason=reason)
    _record(Verb.CONTRACT_TERMINATED, contract, by=by, now=now, reason=reason)
    queue("contracts.tasks.tell_of_contract", contract.pk, now=now)
    return contract


@action
def void_contract(*, contract: Contract, by: Seat, now: datetime) -> Contract:
    """Set an unsigned contract aside of which an award has ended. Awards of it that stand wait for a contract anew."""
    require_for(by, Permission.PREPARE_CONTRACT, contract.agency_id)
    check_voiding(contract)
    move(contract, Contract.Status.VOID, voided_at=now, voided_by=by)
    contract.lines.update(void=True)
    _record(Verb.CONTRACT_VOIDED, contract, by=by, now=now)
    queue("contracts.tasks.tell_of_contract", contract.pk, now=now)
    return contract


def check_voiding(contract: Contract) -> None:
    """Refused where no award of an unsigned contract has ended."""
    if contract.status == Contract.Status.DRAFT and not contract.lines.with_ended_award().exists():
        raise Refused(_("Every award of this contract stands."), code="stands")


def _check(terms: ContractTerms, today: date) -> None:
    faults = []
    if terms.ends_on < terms.starts_on:
        faults.append(Fault(_("The end cannot be before the start."), "ends_on", code="end_before_start"))
    elif terms.ends_on < today:
        faults.append(Fault(_("This term is over already."), "ends_on", code="date_out_of_range"))
    faults += _of_payment(terms)
    if not 0 <= terms.minimum_shelf_life <= 3650:
        faults.append(Fault(_("Enter 0 to 3,650 days."), "minimum_shelf_life", code="out_of_range"))
    if not 0 <= terms.agreed_delay <= MOST_DELAY:
        faults.append(Fault(_("Enter 0 to 60 working days."), "agreed_delay", code="out_of_range"))
    if not 0 <= terms.latest_arrival_days <= 365:
        faults.append(Fault(_("Enter 0 to 365 days."), "latest_arrival_days", code="out_of_range"))
    if terms.maximum_percent is not None and not 100 <= terms.maximum_percent <= 1000:
        message = _("The maximum cannot be below the agreed volume: enter 100 to 1,000 percent, or nothing.")
        faults.append(Fault(message, "maximum_percent", code="out_of_range"))
    if faults:
        raise Refused(faults[0].message, faults=faults)


def _payer_rule(agency: Organisation, code: str) -> PayerRule:
    """The rule that the contract names: the ordinary one, or one that has a row."""
    if code in ("", PayerRule.ORDINARY):
        return ordinary_rule(agency)
    known = PayerRule.objects.filter(agency=agency, code=code).first()
    if known is None:
        raise Refused(
            _("Your agency has no rule of this name. Set its first payer first."),
            field="payer_rule",
            code="unknown_rule",
        )
    return known


def _of_payment(terms: ContractTerms) -> Iterator[Fault]:
    if terms.payment_rule != PaymentRule.DAYS:
        if terms.payment_days is not None:
            yield Fault(
                _("The end of the next month has no number of days: leave it empty."),
                "payment_days",
                code="must_be_empty",
            )
    elif terms.payment_days is None or not 0 <= terms.payment_days <= 365:
        yield Fault(_("Enter 0 to 365 days."), "payment_days", code="out_of_range")
    if not 1 <= terms.payment_cap <= LONGEST_CAP:
        yield Fault(
            _("Nothing is due later than 60 days from its first day: enter 1 to 60."),
            "payment_cap",
            code="out_of_range",
        )
    elif terms.payment_cap > PAYMENT_LIMIT and not terms.cap_policy.strip():
        yield Fault(_("Name the policy that allows more than 30 days."), "cap_policy", code="required")


def _line(contract: Contract, number: int, award: Award) -> ContractLine:
    first = award.products.all()[0]
    return ContractLine(
        contract=contract,
        number=number,
        award=award,
        unit=award.unit,
        is_set=award.is_set,
        price=award.price,
        units=1 if award.is_set else first.pack_size * first.volume_factor,
    )


def _products(line: ContractLine, award: Award) -> Iterator[ContractProduct]:
    """What can be ordered from a line; of a set the first part alone counts."""
    for one in award.products.all():
        counts = int(one.number == 1) if line.is_set else one.pack_size * one.volume_factor
        yield ContractProduct(
            line=line,
            number=one.number,
            product_version_id=one.product_version_id,
            price=one.price,
            service_fee=one.service_fee,
            pack_size=one.pack_size,
            factor=one.factor,
            units=counts,
            quantity=one.quantity,
        )


def _heirs(supplier: Organisation, awards: Sequence[Award]) -> dict[int, int]:
    """Who stands in the place of the awarded supplier and of its hospitals by now, held until commit."""
    hospitals = Allocation.objects.filter(award__in=awards).values_list("hospital", flat=True)
    heirs = Organisation.objects.heirs({supplier.pk, *hospitals})
    require_standing(*Organisation.objects.filter(pk__in=heirs.values()))
    return heirs


def _volumes(
    lines: Mapping[ContractLine, Sequence[ContractProduct]], percent: int | None, heirs: Mapping[int, int]
) -> Iterator[AgreedVolume]:
    of_award = {line.award_id: line for line in lines}
    allocated = Allocation.objects.filter(award__in=of_award).values_list("award", "hospital")
    volumes: Counter[tuple[int, int]] = Counter()
    for award, hospital, agreed in allocated.annotate(Sum("quantity")).order_by("award", "hospital"):
        volumes[award, heirs[hospital]] += agreed
    for (award, hospital), agreed in volumes.items():
        line = of_award[award]
        counted = [product.units for product in lines[line] if product.units]
        maximum = None if percent is None else maximum_units(agreed, percent, counted)
        yield AgreedVolume(line=line, hospital_id=hospital, agreed=agreed, maximum=maximum)


def _side(contract: Contract, by: Seat) -> str:
    """The side that the seat may sign for."""
    if by.may(Permission.SIGN_CONTRACT):
        if by.organisation_id == contract.supplier_id:
            return "supplier"
        if by.organisation_id == contract.agency_id:
            return "agency"
    raise Denied(Permission.SIGN_CONTRACT)


def _record(verb: Verb, contract: Contract, *, by: Seat, now: datetime, **data: Any) -> None:
    record(verb, contract.reference, by=by, now=now, organisations=parties(contract), **data)
