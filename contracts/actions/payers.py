"""Who pays and who is paid: rows of an agency's rule set and ended, and read for each debt on its first day."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.actions import require_standing
from accounts.models import Organisation, Region, Seat
from accounts.permissions import OrganisationKind, Permission
from contracts.actions.locks import require_last_day
from contracts.models import Order, PayeeRow, PayerRow, PayerRule, Verb
from contracts.models.payer import RuleRow
from contracts.rules import PayerPlace, nearest
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Fault, Refused
from core.events import record
from core.references import next_reference


@dataclass(frozen=True, kw_only=True)
class RowTerms:
    """For which of region, institution and list of products a row speaks, until when, and in which of the agency's
    rules, by code. Only ``begins_rule`` begins a new one, which contracts prepared from then on may name."""

    valid_to: date | None = None
    region: Region | None = None
    institution: Organisation | None = None
    product_list: str = ""
    rule: str = PayerRule.ORDINARY
    begins_rule: bool = False


@dataclass(frozen=True)
class PayerTerms(RowTerms):
    """What a row says: who pays, from when."""

    who: str
    valid_from: date
    payer: Organisation | None = None


@dataclass(frozen=True)
class PayeeTerms(RowTerms):
    """What a row says: who is paid, from when."""

    whom: str
    valid_from: date


@action
def set_payer(*, terms: PayerTerms, by: Seat, now: datetime) -> PayerRow:
    """Say who pays what is owed from a coming day on. What is owed already keeps its payer. Conflict where another
    row says so for the same in the same period."""
    require(by, Permission.SET_PAYERS)
    taken = _("Another row says who pays for the same in the same period.")
    row = _put(PayerRow, terms, [*_of_payer(terms), *_of_row(terms, legal_date(now))], taken, by=by, now=now)
    who = row.payer.name if row.payer else PayerRow.Who(row.who).label
    record(Verb.PAYER_SET, row.reference, by=by, now=now, row=row.reference, day=str(row.valid_from), who=who)
    return row


@action
def set_payee(*, terms: PayeeTerms, by: Seat, now: datetime) -> PayeeRow:
    """Say who is paid what is owed from a coming day on: the supplier, or whoever delivers. What is owed already keeps
    its payee. Conflict where another row says so for the same in the same period."""
    require(by, Permission.SET_PAYERS)
    taken = _("Another row says who is paid for the same in the same period.")
    row = _put(PayeeRow, terms, _of_row(terms, legal_date(now)), taken, by=by, now=now)
    whom = PayeeRow.Whom(row.whom).label
    record(Verb.PAYEE_SET, row.reference, by=by, now=now, row=row.reference, day=str(row.valid_from), whom=whom)
    return row


@action
def end_payer(*, row: PayerRow, last_day: date, by: Seat, now: datetime) -> PayerRow:
    """Let a row end on a day, today or later."""
    _end(row, last_day, by, now)
    record(Verb.PAYER_ENDED, row.reference, by=by, now=now, row=row.reference, day=str(last_day))
    return row


@action
def end_payee(*, row: PayeeRow, last_day: date, by: Seat, now: datetime) -> PayeeRow:
    """Let a row end on a day, today or later."""
    _end(row, last_day, by, now)
    record(Verb.PAYEE_ENDED, row.reference, by=by, now=now, row=row.reference, day=str(last_day))
    return row


def ordinary_rule(agency: Organisation) -> PayerRule:
    """An agency's ordinary rule, which is there from the first time that somebody needs it."""
    return PayerRule.objects.get_or_create(agency=agency, code=PayerRule.ORDINARY)[0]


class Parties:
    """Who owes whom what a hospital accepts of an order, by first day. Rows are read once."""

    def __init__(self, order: Order, hospital: Organisation) -> None:
        self.order, self.contract, self.hospital = order, order.contract, hospital

    def payer_on(self, day: date, lists: frozenset[str] = frozenset()) -> int:
        """The primary key of the organisation that owes what is owed from this day."""
        row = self._nearest(self._payers, day, lists)
        if row is None or row.who == PayerRow.Who.AGENCY:
            return self.contract.agency_id
        return row.payer_id or self.hospital.pk

    def payee_on(self, day: date, lists: frozenset[str] = frozenset()) -> int:
        """The primary key of the organisation to which it is owed."""
        row = self._nearest(self._payees, day, lists)
        to_supplier = row is not None and row.whom == PayeeRow.Whom.SUPPLIER
        return self.contract.supplier_id if to_supplier else self.order.deliverer_id

    def _nearest(self, rows: list[Any], day: date, lists: frozenset[str]) -> Any:
        in_force = {
            PayerPlace(row.region_id, row.institution_id, row.product_list): row
            for row in rows
            if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
        }
        if not in_force:
            return None
        place = nearest(list(in_force), self.hospital.pk, self.hospital.region.around, lists)
        return in_force[place] if place else None

    @cached_property
    def _payers(self) -> list[PayerRow]:
        return list(PayerRow.objects.filter(rule=self.contract.payer_rule_id))

    @cached_property
    def _payees(self) -> list[PayeeRow]:
        return list(PayeeRow.objects.filter(rule=self.contract.payer_rule_id))


PREFIXES: dict[type[RuleRow], tuple[str, str]] = {PayerRow: ("payer_row", "PY"), PayeeRow: ("payee_row", "PE")}


def _put(kind: type[Any], terms: RowTerms, faults: list[Fault], taken: str, *, by: Seat, now: datetime) -> Any:
    """The new row of a rule. Refused with all faults; Conflict, in the words given, where the place is taken."""
    if faults:
        raise Refused(faults[0].message, faults=faults)
    require_standing(*(one for one in (terms.institution, getattr(terms, "payer", None)) if one))
    facts = {name: value for name, value in vars(terms).items() if name != "begins_rule"}
    facts |= {"rule": _rule(by.organisation, terms), "set_at": now, "set_by": by}
    row = kind(**facts, reference=next_reference(*PREFIXES[kind], now))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(taken, code="overlap") from None
    return row


def _rule(agency: Organisation, terms: RowTerms) -> PayerRule:
    """The rule that the row belongs to: a slip of the finger begins none."""
    code = terms.rule.strip() or PayerRule.ORDINARY
    if code == PayerRule.ORDINARY:
        return ordinary_rule(agency)
    known = PayerRule.objects.filter(agency=agency, code=code).first()
    if known and not terms.begins_rule:
        return known
    if known:
        raise Refused(_("Your agency has a rule of this name already: choose it."), field="rule", code="rule_exists")
    if not terms.begins_rule:
        message = _("Your agency has no rule of this name. Choose one that it has, or say that a new one begins.")
        raise Refused(message, field="rule", code="unknown_rule")
    try:
        with transaction.atomic():
            return PayerRule.objects.create(agency=agency, code=code)
    except IntegrityError:
        raise Conflict(_("Somebody else has just begun a rule of this name."), code="already_done") from None


def _end(row: Any, last_day: date, by: Seat, now: datetime) -> None:
    require(by, Permission.SET_PAYERS)
    if row.rule.agency_id != by.organisation_id:
        raise Denied(Permission.SET_PAYERS)
    rows = type(row).objects.filter(pk=row.pk)
    require_last_day(last_day, rows.select_for_update(of=("self",)).get(), legal_date(now))
    rows.update(valid_to=last_day)
    row.refresh_from_db()


def _of_payer(terms: PayerTerms) -> list[Fault]:
    faults = []
    if (terms.payer is None) == (terms.who == PayerRow.Who.ORGANISATION):
        faults.append(
            Fault(_("Name the payer, where it is neither the agency nor the hospital."), "payer", code="required")
        )
    if terms.payer and terms.payer.kind != OrganisationKind.PAYER:
        faults.append(Fault(_("Name an organisation that is a payer."), "payer", code="wrong_kind"))
    return faults


def _of_row(terms: PayerTerms | PayeeTerms, today: date) -> list[Fault]:
    faults = []
    if terms.valid_from < today:
        faults.append(
            Fault(
                _("A row begins today or later: what is owed already stays as it is."),
                "valid_from",
                code="date_out_of_range",
            )
        )
    if terms.valid_to and terms.valid_to < terms.valid_from:
        faults.append(Fault(_("The end cannot be before the start."), "valid_to", code="end_before_start"))
    if terms.institution and terms.institution.kind != OrganisationKind.HOSPITAL:
        faults.append(Fault(_("Name a hospital."), "institution", code="wrong_kind"))
    if terms.institution and terms.region:
        faults.append(Fault(_("Name a region or an institution, not both."), "region", code="not_both"))
    return faults
