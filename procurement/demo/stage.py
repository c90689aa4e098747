"""When the demo plays and who plays in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.contrib.auth.hashers import make_password

from accounts import codes
from accounts.actions import (
    BankDetails,
    confirm_bank_account,
    confirm_system,
    factors,
    give_seat,
    propose_bank_account,
    propose_system,
    register_organisation,
)
from accounts.models import Organisation, Person, Region, Seat
from accounts.permissions import OrganisationKind
from accounts.rules import demo_uscc
from core.actions import action
from core.calendar import start_of
from core.clock import legal_date, set_database_clock, zone

PASSWORD = "demo-demo-demo"
REGION, CITY = "420000", "421000"
IN_THE_CITY = (5, 6)  # hospitals, by number; the others lie elsewhere in the province
HOSPITALS = 6
EVALUATORS = 5
COMPETITORS = 3
# Whose accounts are printed, in the order in which a medicine meets them.
LISTED = (
    "officer",
    "catalogue",
    "supplier1",
    "competitor1",
    "opener1",
    "opener2",
    "opener3",
    "evaluator1",
    "awarder",
    "pharmacist1",
    "approver1",
    "dispatch1",
    "distributor",
    "distributor2",
    "receiver1",
    "finance",
    "fund",
    "auditor",
    "registrar",
    "administrator1",
    "administrator2",
)


class DemoClock:
    """The clock of the demo: ``at`` moves the database's clock too, so that bids are dated in the past."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def at(self, days_ago: int, hour: int = 10, minute: int = 0) -> datetime:
        """The instant so many legal days before today, at an hour of the platform's zone."""
        day = legal_date(self.now) - timedelta(days=days_ago)
        instant = start_of(day, zone()) + timedelta(hours=hour, minutes=minute)
        set_database_clock(instant)
        return instant


@dataclass
class Cast:
    """Organisations and seats of the demo."""

    clock: DemoClock
    listed: dict[str, str] = field(default_factory=dict)
    numbers: int = 0

    @cached_property
    def region(self) -> Region:
        return Region.objects.get(code=REGION)

    @cached_property
    def password(self) -> str:
        """One hash for all: hashing is slow on purpose, and everybody has the same password here."""
        return make_password(PASSWORD)

    def organisation(self, kind: str, name: str, region: str = REGION) -> Organisation:
        self.numbers += 1
        return register_organisation(
            kind=kind,
            name=name,
            credit_code=demo_uscc(self.numbers),
            region=Region.objects.get(code=region),
            by=None,
            now=self.clock.at(260),
        )

    def bank_account(self, *people: Seat) -> None:
        """Where an organisation is paid: proposed by one of two of its people and confirmed by the other."""
        first, second = people
        holder = first.organisation.name
        details = BankDetails("Demo Bank 演示银行", holder, f"6222{first.organisation_id:012d}")
        proposed = propose_bank_account(details=details, by=first, now=self.clock.at(259))
        confirm_bank_account(account=proposed, by=second, now=self.clock.at(259, 11))

    @property
    def accounts(self) -> list[dict[str, str]]:
        """What is printed when the demo starts."""
        return [{"login": _email(login), "who": self.listed[login]} for login in LISTED]

    def seat(self, organisation: Organisation, login: str, name: str, *roles: str) -> Seat:
        """A person with a seat."""
        now = self.clock.at(260)
        if login in LISTED:
            self.listed[login] = f"{name}, {organisation.name}"
        seat = give_seat(
            person=_person(_email(login), name, self.password),
            organisation=organisation,
            roles=roles,
            starts_on=legal_date(now),
            by=None,
            now=now,
        )
        if seat.needs_factor:
            _set_up_codes(seat.person, now)
        return seat


@dataclass
class Province:
    """Everybody who plays."""

    cast: Cast
    agency: Organisation
    officer: Seat
    preparer: Seat
    cataloguer: Seat
    awarder: Seat
    finance: Seat
    openers: list[Seat]
    evaluators: list[Seat]
    hospitals: list["Hospital"]
    competitors: list[Seat]
    distributors: list[Seat]
    fund: Seat
    registrars: list[Seat]
    bidders: dict[str, Seat] = field(default_factory=dict)
    dispatchers: dict[int, Seat] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dispatchers |= {seat.organisation_id: seat for seat in self.distributors}

    def bidder_for(self, maker: str) -> Seat:
        """The demo organisation that bids with a maker's products."""
        if maker not in self.bidders:
            number = len(self.bidders) + 1
            organisation = self.cast.organisation(OrganisationKind.SUPPLIER, f"Demo bidder 演示投标企业（{maker}）")
            self.bidders[maker] = self.cast.seat(
                organisation,
                f"supplier{number}",
                f"Demo bid manager {number}",
                "bid_manager",
                "signatory",
            )
            self.dispatchers[organisation.pk] = self.cast.seat(
                organisation, f"dispatch{number}", f"Demo dispatcher {number}", "dispatcher", "accountant"
            )
            self.cast.bank_account(self.bidders[maker], self.dispatchers[organisation.pk])
        return self.bidders[maker]


@dataclass(frozen=True)
class Hospital:
    """A hospital and its people."""

    organisation: Organisation
    pharmacist: Seat
    approver: Seat
    receiver: Seat


def gather(cast: Cast) -> Province:
    """Found the agency and everybody around it."""
    kinds = OrganisationKind
    agency = cast.organisation(kinds.AGENCY, "Demo Procurement Agency 演示采购中心")
    regulator = cast.organisation(kinds.REGULATOR, "Demo Healthcare Security Bureau 演示医保局")
    payer = cast.organisation(kinds.PAYER, "Demo Fund 演示医保经办机构")
    distributors = [
        cast.organisation(kinds.DISTRIBUTOR, f"Demo Distributor {number} 演示配送企业{number}") for number in (1, 2)
    ]
    hospitals = [_hospital(cast, number) for number in range(1, HOSPITALS + 1)]
    _system(
        cast, hospitals[0].organisation, (1, 2), "Demo hospital system", ("pharmacist", "receiver", "ledger_reader")
    )
    _system(cast, distributors[0], (3, 4), "Demo distribution system", ("dispatcher", "ledger_reader"))
    cast.seat(regulator, "auditor", "Demo auditor", "auditor")
    holders = ((agency, "Demo opener 1"), (regulator, "Demo opener 2"), (payer, "Demo opener 3"))
    more = ((agency, "Demo opener 4"), (regulator, "Demo opener 5"))
    return Province(
        cast=cast,
        agency=agency,
        preparer=cast.seat(agency, "preparer", "Demo preparing officer", "officer"),
        officer=cast.seat(agency, "officer", "Demo officer", "officer"),
        cataloguer=cast.seat(agency, "catalogue", "Demo catalogue officer", "cataloguer"),
        awarder=cast.seat(agency, "awarder", "Demo award officer", "awarder"),
        finance=cast.seat(agency, "finance", "Demo finance officer", "finance"),
        openers=[
            cast.seat(organisation, f"opener{number}", name, "opener")
            for number, (organisation, name) in enumerate((*holders, *more), start=1)
        ],
        evaluators=[
            cast.seat(
                hospitals[number % HOSPITALS].organisation,
                f"evaluator{number}",
                f"Demo evaluator {number}",
                "evaluator",
            )
            for number in range(1, EVALUATORS + 1)
        ],
        hospitals=hospitals,
        competitors=[_competitor(cast, number) for number in range(1, COMPETITORS + 1)],
        distributors=[
            _distributor(cast, organisation, login)
            for organisation, login in zip(distributors, ("distributor", "distributor2"), strict=True)
        ],
        fund=cast.seat(payer, "fund", "Demo fund officer", "finance"),
        registrars=[
            cast.seat(agency, "registrar", "Demo registrar", "registrar", "administrator"),
            cast.seat(agency, "registrar2", "Demo second registrar", "registrar"),
        ],
    )


def _hospital(cast: Cast, number: int) -> Hospital:
    region = CITY if number in IN_THE_CITY else REGION
    organisation = cast.organisation(OrganisationKind.HOSPITAL, f"Demo Hospital {number} 演示医院{number}", region)
    return Hospital(
        organisation,
        cast.seat(organisation, f"pharmacist{number}", f"Demo pharmacist {number}", "pharmacist"),
        cast.seat(organisation, f"approver{number}", f"Demo approver {number}", "order_approver"),
        cast.seat(organisation, f"receiver{number}", f"Demo receiver {number}", "receiver"),
    )


def _system(cast: Cast, organisation: Organisation, numbers: Sequence[int], name: str, roles: Sequence[str]) -> None:
    """A program of an organisation, which two of its administrators let act; a token is made by whoever tries it."""
    first, second = (
        cast.seat(organisation, f"administrator{number}", f"Demo administrator {number}", "administrator")
        for number in numbers
    )
    now = cast.clock.at(200)
    last = legal_date(now) + timedelta(days=365)
    proposed = propose_system(organisation=organisation, name=name, roles=roles, ends_on=last, by=first, now=now)
    confirm_system(system=proposed, by=second, now=now)


def _competitor(cast: Cast, number: int) -> Seat:
    """The bid manager of a supplier, whose accountant has confirmed where it is paid."""
    organisation = cast.organisation(OrganisationKind.SUPPLIER, f"Demo competitor {number} 演示竞争企业{number}")
    name = f"Demo bid manager C{number}"
    manager = cast.seat(organisation, f"competitor{number}", name, "bid_manager", "signatory")
    accountant = cast.seat(organisation, f"books{number}", f"Demo accountant C{number}", "accountant")
    cast.bank_account(manager, accountant)
    return manager


def _distributor(cast: Cast, organisation: Organisation, login: str) -> Seat:
    """A distributor's manager, who keeps its books with an accountant."""
    number = login[11:] or 1
    manager = cast.seat(organisation, login, f"Demo distribution manager {number}", "dispatcher", "accountant")
    accountant = cast.seat(organisation, f"accountant{number}", f"Demo accountant {number}", "accountant")
    cast.bank_account(accountant, manager)
    return manager


def _email(login: str) -> str:
    return f"{login}@demo.example"


@action
def _person(email: str, name: str, password: str) -> Person:
    return Person.objects.create(email=email, name=name, password=password)


def _set_up_codes(person: Person, now: datetime) -> None:
    """A second factor whose code the pages of the demo show, so that one password is enough to play."""
    secret = codes.new_secret()
    code = codes.code_at(secret, codes.step_of(now))
    factors.set_up_codes(person=person, secret=secret, code=code, keep=None, now=now, demo=True)
