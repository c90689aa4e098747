"""Who pays: rows of an agency's rule set and ended, and read for each debt on its first day."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.actions import require_standing
from accounts.models import Organisation, Region, Seat
from accounts.permissions import OrganisationKind, Permission
from contracts.actions.locks import require_last_day
from contracts.models import Contract, PayerRow, PayerRule, Verb
from contracts.rules import PayerPlace, nearest
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Fault, Refused
from core.events import record
from core.references import next_reference


@dataclass(frozen=True)
class PayerTerms:
    """What a row says: who pays, for which of region, institution and list of products, from when until when; and in
    which of the agency's rules, by code. A new code begins a rule, which contracts prepared from then on may name."""

    who: str
    valid_from: date
    valid_to: date | None = None
    payer: Organisation | None = None
    region: Region | None = None
    institution: Organisation | None = None
    product_list: str = ""
    rule: str = PayerRule.ORDINARY


@action
def set_payer(*, terms: PayerTerms, by: Seat, now: datetime) -> PayerRow:
    """Say who pays what is owed from a coming day on. What is owed already keeps its payer. Conflict where another
    row says so for the same in the same period."""
    require(by, Permission.SET_PAYERS)
    require_standing(*filter(None, (terms.payer, terms.institution)))
    if faults := _faults(terms, legal_date(now)):
        raise Refused(faults[0].message, faults=faults)
    row = PayerRow(
        **vars(terms) | {"rule": payer_rule(by.organisation, terms.rule)},
        reference=next_reference("payer_row", "PY", now),
        set_at=now,
        set_by=by,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("Another row says who pays for the same in the same period.")) from None
    who = row.payer.name if row.payer else PayerRow.Who(row.who).label
    record(Verb.PAYER_SET, row.reference, by=by, now=now, row=row.reference, day=str(row.valid_from), who=who)
    return row


@action
def end_payer(*, row: PayerRow, last_day: date, by: Seat, now: datetime) -> PayerRow:
    """Let a row end on a day, today or later."""
    require(by, Permission.SET_PAYERS)
    if row.rule.agency_id != by.organisation_id:
        raise Denied(Permission.SET_PAYERS)
    held = PayerRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    require_last_day(last_day, held, legal_date(now))
    PayerRow.objects.filter(pk=row.pk).update(valid_to=last_day)
    record(Verb.PAYER_ENDED, row.reference, by=by, now=now, row=row.reference, day=str(last_day))
    row.refresh_from_db()
    return row


def payer_rule(agency: Organisation, code: str) -> PayerRule:
    """An agency's rule by its code, begun where there is none yet."""
    return PayerRule.objects.get_or_create(agency=agency, code=code.strip() or PayerRule.ORDINARY)[0]


class Payers:
    """Who owes what a hospital accepts under a contract, by first day. Rows are read once."""

    def __init__(self, contract: Contract, hospital: Organisation) -> None:
        self.contract, self.hospital = contract, hospital

    def on(self, day: date, lists: frozenset[str] = frozenset()) -> int:
        """The primary key of the organisation that owes what is owed from this day."""
        rows = {
            PayerPlace(row.region_id, row.institution_id, row.product_list): row
            for row in self._rows
            if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
        }
        place = nearest(list(rows), self.hospital.pk, self.hospital.region.around, lists) if rows else None
        if place is None or rows[place].who == PayerRow.Who.AGENCY:
            return self.contract.agency_id
        return rows[place].payer_id or self.hospital.pk

    @cached_property
    def _rows(self) -> list[PayerRow]:
        return list(PayerRow.objects.filter(rule=self.contract.payer_rule_id))


def _faults(terms: PayerTerms, today: date) -> list[Fault]:
    faults = []
    if terms.valid_from < today:
        faults.append(Fault(_("A row begins today or later: what is owed already keeps its payer."), "valid_from"))
    if terms.valid_to and terms.valid_to < terms.valid_from:
        faults.append(Fault(_("The end cannot be before the start."), "valid_to"))
    if (terms.payer is None) == (terms.who == PayerRow.Who.ORGANISATION):
        faults.append(Fault(_("Name the payer, where it is neither the agency nor the hospital."), "payer"))
    if terms.payer and terms.payer.kind != OrganisationKind.PAYER:
        faults.append(Fault(_("Name an organisation that is a payer."), "payer"))
    if terms.institution and terms.institution.kind != OrganisationKind.HOSPITAL:
        faults.append(Fault(_("Name a hospital."), "institution"))
    if terms.institution and terms.region:
        faults.append(Fault(_("Name a region or an institution, not both."), "region"))
    return faults
