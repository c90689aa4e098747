"""Where an organisation is paid: one person of it proposes a bank account, another confirms it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import BankAccount, Seat, Verb
from accounts.permissions import Permission
from accounts.rules import clean_account_number, usable_from
from core.actions import action
from core.clock import zone
from core.errors import Conflict, Denied, Fault, Refused
from core.events import record
from core.moves import move
from core.outbox import queue
from core.references import next_reference


@dataclass(frozen=True)
class BankDetails:
    """An account as the bank's letter has it: the bank with its branch, in whose name, and the number."""

    bank: str
    holder: str
    number: str


@action
def propose_bank_account(*, details: BankDetails, by: Seat, now: datetime) -> BankAccount:
    """Propose the account to which the seat's own organisation is to be paid. Its people, and those who pay, are told.
    Conflict while another one waits."""
    _require_own(by, by.organisation_id)
    number = _number(details)
    paid_to = BankAccount.objects.paid_at(by.organisation_id, now)
    if paid_to and paid_to.number == number:
        raise Refused(_("Payments go to this account already."), field="number", code="unchanged")
    _note_lapsed(by.organisation_id, now)
    account = BankAccount(
        reference=next_reference("bank_account", "BA", now),
        organisation_id=by.organisation_id,
        bank=details.bank.strip(),
        holder=details.holder.strip(),
        number=number,
        proposed_at=now,
        proposed_by=by,
    )
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise Conflict(
            _("Another bank account of the organisation waits for its second person."), code="pending"
        ) from None
    _record(Verb.BANK_ACCOUNT_PROPOSED, account, by=by, now=now)
    queue("accounts.tasks.tell_of_bank_account", account.pk, now=now)
    return account


@action
def confirm_bank_account(*, account: BankAccount, by: Seat, now: datetime) -> BankAccount:
    """Confirm a proposed account, as another person than the one who proposed it.

    The first account of an organisation is paid to at once; one that replaces another only 72 hours later, so that
    whoever is told of it can stop it before money goes astray.
    """
    _require_own(by, account.organisation_id)
    if by.person_id == account.proposed_by.person_id:
        raise Refused(_("Somebody else than the person who proposed the account confirms it."), code="same_person")
    if account.has_lapsed(now):
        raise Refused(_("Nobody confirmed it in time, so this lapsed. It can be proposed anew."), code="lapsed")
    replaces = BankAccount.objects.paid_at(account.organisation_id, now) is not None
    usable_at = usable_from(now, replaces=replaces)
    move(account, BankAccount.Status.CONFIRMED, confirmed_at=now, confirmed_by=by, usable_at=usable_at)
    since = f"{usable_at.astimezone(zone()):%Y-%m-%d %H:%M}"
    _record(Verb.BANK_ACCOUNT_CONFIRMED, account, by=by, now=now, since=since)
    queue("accounts.tasks.tell_of_bank_account", account.pk, now=now)
    return account


@action
def withdraw_bank_account(*, account: BankAccount, reason: str, by: Seat, now: datetime) -> BankAccount:
    """Stop an account before anything is paid to it: one person of the organisation is enough, or of those who pay,
    whom a call to the organisation may have told that nobody there knows of it."""
    if not (by.of_the_agency and by.may(Permission.PAY)):
        _require_own(by, account.organisation_id)
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    if account.status == BankAccount.Status.CONFIRMED and not account.cools(now):
        raise Refused(_("Payments go to this account already: propose another one."), code="not_now")
    if account.has_lapsed(now):
        raise Refused(_("Nobody confirmed it in time, so this lapsed already."), code="lapsed")
    move(account, BankAccount.Status.WITHDRAWN, withdrawn_at=now, withdrawn_by=by, reason=reason.strip())
    _record(Verb.BANK_ACCOUNT_WITHDRAWN, account, by=by, now=now, reason=account.reason)
    queue("accounts.tasks.tell_of_bank_account", account.pk, now=now)
    return account


def _require_own(by: Seat, organisation: int) -> None:
    if not by.may(Permission.SET_BANK_ACCOUNT) or by.organisation_id != organisation:
        raise Denied(Permission.SET_BANK_ACCOUNT)


def _number(details: BankDetails) -> str:
    """The number in its plain form. Refused with every fault of the details."""
    faults = [
        Fault(_("Enter this as on the bank's letter."), field, code="required")
        for field in ("bank", "holder")
        if not getattr(details, field).strip()
    ]
    try:
        number = clean_account_number(details.number)
    except ValueError:
        faults.append(Fault(_("Enter the number of the account: 8 to 34 digits or letters."), "number", code="invalid"))
    if faults:
        raise Refused(faults[0].message, faults=faults)
    return number


def _note_lapsed(organisation: int, now: datetime) -> None:
    """What nobody confirmed in time ended then, by itself; it is noted when the next one is proposed."""
    for account in BankAccount.objects.lapsed(now).filter(organisation=organisation):
        move(account, BankAccount.Status.LAPSED)
        _record(Verb.BANK_ACCOUNT_LAPSED, account, by=None, now=account.lapses_at)


def _record(verb: Verb, account: BankAccount, *, by: Seat | None, now: datetime, **data: str) -> None:
    """In the trail of the account, which shows the end of its number alone."""
    data |= {"account": str(account), "row": account.reference}
    record(verb, account.reference, by=by, now=now, organisations=[account.organisation_id], **data)
