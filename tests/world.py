"""The people and organisations that most tests need, made through the real actions."""

from datetime import UTC, datetime, timedelta
from functools import cached_property

from accounts.actions import (
    BankDetails,
    confirm_bank_account,
    give_seat,
    propose_bank_account,
    register_organisation,
)
from accounts.models import BankAccount, Organisation, Person, Region, Seat
from accounts.permissions import OrganisationKind
from accounts.rules import demo_uscc
from core.actions import action
from core.clock import legal_date

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class World:
    """A small province. Everything is made when it is first asked for, with numbers above ``made``."""

    def __init__(self, made: int = 0) -> None:
        self.made = made

    def number(self) -> int:
        """Another one each time."""
        self.made += 1
        return self.made

    @cached_property
    def region(self) -> Region:
        return _region("420000", "湖北省", "Hubei")

    def organisation(self, kind: str, name: str = "", region: Region | None = None) -> Organisation:
        number = self.number()
        return register_organisation(
            kind=kind,
            name=name or f"Demo {kind} {number}",
            credit_code=demo_uscc(number),
            region=region or self.region,
            by=None,
            now=NOW,
        )

    def seat(self, organisation: Organisation, *roles: str, name: str = "") -> Seat:
        number = self.number()
        person = _person(f"person{number}@example.test", name or f"Demo person {number}")
        return give_seat(
            person=person, organisation=organisation, roles=roles, starts_on=legal_date(NOW), by=None, now=NOW
        )

    def bank_account(self, organisation: Organisation) -> BankAccount:
        """Where an organisation has been paid for a month: proposed by one person of it, confirmed by another."""
        known = BankAccount.objects.paid_at(organisation.pk, NOW)
        return known or self.new_bank_account(organisation, NOW - timedelta(days=30))

    def new_bank_account(self, organisation: Organisation, now: datetime) -> BankAccount:
        """Another account, by two people who come for it."""
        trades = organisation.kind in (OrganisationKind.SUPPLIER, OrganisationKind.DISTRIBUTOR)
        first, second = (self.seat(organisation, "accountant" if trades else "finance") for _person in range(2))
        details = BankDetails("Demo bank", organisation.name, f"6222{self.number():012d}")
        proposed = propose_bank_account(details=details, by=first, now=now)
        return confirm_bank_account(account=proposed, by=second, now=now)

    @cached_property
    def agency(self) -> Organisation:
        return self.organisation(OrganisationKind.AGENCY)

    @cached_property
    def supplier(self) -> Organisation:
        return self.organisation(OrganisationKind.SUPPLIER)

    @cached_property
    def hospital(self) -> Organisation:
        return self.organisation(OrganisationKind.HOSPITAL)

    @cached_property
    def regulator(self) -> Organisation:
        return self.organisation(OrganisationKind.REGULATOR)

    @cached_property
    def payer(self) -> Organisation:
        return self.organisation(OrganisationKind.PAYER)

    @cached_property
    def officer(self) -> Seat:
        return self.seat(self.agency, "officer")

    @cached_property
    def preparer(self) -> Seat:
        """A second officer: whoever prepares a tender does not publish it, and changes to it need two."""
        return self.seat(self.agency, "officer")

    @cached_property
    def cataloguer(self) -> Seat:
        return self.seat(self.agency, "cataloguer")

    @cached_property
    def awarder(self) -> Seat:
        return self.seat(self.agency, "awarder")

    @cached_property
    def finance(self) -> Seat:
        return self.seat(self.agency, "finance")

    @cached_property
    def bid_manager(self) -> Seat:
        return self.seat(self.supplier, "bid_manager", "signatory")

    @cached_property
    def dispatcher(self) -> Seat:
        return self.seat(self.supplier, "dispatcher")

    @cached_property
    def pharmacist(self) -> Seat:
        return self.seat(self.hospital, "pharmacist")

    @cached_property
    def order_approver(self) -> Seat:
        return self.seat(self.hospital, "order_approver")

    @cached_property
    def receiver(self) -> Seat:
        return self.seat(self.hospital, "receiver")

    @cached_property
    def auditor(self) -> Seat:
        return self.seat(self.regulator, "auditor")


@action
def _region(code: str, name: str, name_en: str) -> Region:
    return Region.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en})[0]


@action
def _person(email: str, name: str) -> Person:
    return Person.objects.create_user(email, name, "correct horse battery staple")
