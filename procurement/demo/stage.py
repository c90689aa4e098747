"""When the demo plays and who plays in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.contrib.auth.hashers import make_password
from django.utils.translation import get_language
from django.utils.translation import gettext as _

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
from accounts.rules import DEMO_PASSWORD, demo_email, demo_uscc
from core.actions import action
from core.calendar import start_of
from core.clock import legal_date, set_database_clock, zone

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


@dataclass(frozen=True)
class Size:
    """How much there is of what is many: published results that are a lot, common medicines, orders."""

    results: int = 26
    medicines: int = 400
    orders: int = 200


@dataclass
class Cast:
    """Organisations and seats of the demo."""

    clock: DemoClock
    size: Size = field(default_factory=Size)
    listed: dict[str, str] = field(default_factory=dict)
    numbers: int = 0

    @cached_property
    def region(self) -> Region:
        return Region.objects.get(code=REGION)

    @cached_property
    def password(self) -> str:
        """One hash for all: hashing is slow on purpose, and everybody has the same password here."""
        return make_password(DEMO_PASSWORD)

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
        details = BankDetails(_("Demo Bank"), holder, f"6222{first.organisation_id:012d}")
        proposed = propose_bank_account(details=details, by=first, now=self.clock.at(259))
        confirm_bank_account(account=proposed, by=second, now=self.clock.at(259, 11))

    @property
    def accounts(self) -> list[dict[str, str]]:
        """What is printed when the demo starts."""
        return [{"login": demo_email(login), "who": self.listed[login]} for login in LISTED]

    def seat(self, organisation: Organisation, login: str, name: str, *roles: str) -> Seat:
        """A person with a seat."""
        now = self.clock.at(260)
        if login in LISTED:
            self.listed[login] = f"{name}, {organisation.name}"
        seat = give_seat(
            person=_person(demo_email(login), name, self.password),
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
    senders: list[Seat]
    distributors: list[Seat]
    fund: Seat
    registrars: list[Seat]
    bidders: dict[str, Seat] = field(default_factory=dict)
    dispatchers: dict[int, Seat] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dispatchers |= {seat.organisation_id: seat for seat in (*self.distributors, *self.senders)}

    def bidder_for(self, maker: str) -> Seat:
        """The demo organisation that bids with a maker's products."""
        if maker not in self.bidders:
            number = len(self.bidders) + 1
            name = _("Demo bidder for %(maker)s") % {"maker": maker}
            manager, dispatcher = supplier_of(self.cast, name, (f"supplier{number}", f"dispatch{number}"), str(number))
            self.bidders[maker], self.dispatchers[manager.organisation_id] = manager, dispatcher
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
    agency = cast.organisation(kinds.AGENCY, _("Demo Procurement Agency"))
    regulator = cast.organisation(kinds.REGULATOR, _("Demo Healthcare Security Bureau"))
    payer = cast.organisation(kinds.PAYER, _("Demo Healthcare Fund"))
    distributors = [
        cast.organisation(kinds.DISTRIBUTOR, numbered(_("Demo Distributor %(n)s"), number)) for number in (1, 2)
    ]
    hospitals = [_hospital(cast, number) for number in range(1, HOSPITALS + 1)]
    _system(
        cast, hospitals[0].organisation, (1, 2), _("Demo hospital system"), ("pharmacist", "receiver", "ledger_reader")
    )
    _system(cast, distributors[0], (3, 4), _("Demo distribution system"), ("dispatcher", "ledger_reader"))
    cast.seat(regulator, "auditor", _("Demo auditor"), "auditor")
    competitors = [_competitor(cast, number) for number in range(1, COMPETITORS + 1)]
    return Province(
        cast=cast,
        agency=agency,
        preparer=cast.seat(agency, "preparer", _("Demo preparing officer"), "officer"),
        officer=cast.seat(agency, "officer", _("Demo officer"), "officer"),
        cataloguer=cast.seat(agency, "catalogue", _("Demo catalogue officer"), "cataloguer"),
        awarder=cast.seat(agency, "awarder", _("Demo award officer"), "awarder"),
        finance=cast.seat(agency, "finance", _("Demo finance officer"), "finance"),
        openers=[
            cast.seat(organisation, f"opener{number}", numbered(_("Demo opener %(n)s"), number), "opener")
            for number, organisation in enumerate((agency, regulator, payer, agency, regulator), start=1)
        ],
        evaluators=[
            cast.seat(
                hospitals[number % HOSPITALS].organisation,
                f"evaluator{number}",
                numbered(_("Demo evaluator %(n)s"), number),
                "evaluator",
            )
            for number in range(1, EVALUATORS + 1)
        ],
        hospitals=hospitals,
        competitors=[manager for manager, _sender in competitors],
        senders=[sender for _manager, sender in competitors],
        distributors=[
            _distributor(cast, organisation, login)
            for organisation, login in zip(distributors, ("distributor", "distributor2"), strict=True)
        ],
        fund=cast.seat(payer, "fund", _("Demo fund officer"), "finance"),
        registrars=[
            cast.seat(agency, "registrar", _("Demo registrar"), "registrar", "administrator"),
            cast.seat(agency, "registrar2", _("Demo second registrar"), "registrar"),
        ],
    )


def _hospital(cast: Cast, number: int) -> Hospital:
    region = CITY if number in IN_THE_CITY else REGION
    organisation = cast.organisation(OrganisationKind.HOSPITAL, hospital_name(number), region)
    pharmacist, approver, receiver = _("Demo pharmacist %(n)s"), _("Demo approver %(n)s"), _("Demo receiver %(n)s")
    return Hospital(
        organisation,
        cast.seat(organisation, f"pharmacist{number}", numbered(pharmacist, number), "pharmacist"),
        cast.seat(organisation, f"approver{number}", numbered(approver, number), "order_approver"),
        cast.seat(organisation, f"receiver{number}", numbered(receiver, number), "receiver"),
    )


def _system(cast: Cast, organisation: Organisation, numbers: Sequence[int], name: str, roles: Sequence[str]) -> None:
    """A program of an organisation, which two of its administrators let act; a token is made by whoever tries it."""
    first, second = (
        cast.seat(
            organisation, f"administrator{number}", numbered(_("Demo administrator %(n)s"), number), "administrator"
        )
        for number in numbers
    )
    now = cast.clock.at(200)
    last = legal_date(now) + timedelta(days=365)
    proposed = propose_system(organisation=organisation, name=name, roles=roles, ends_on=last, by=first, now=now)
    confirm_system(system=proposed, by=second, now=now)


def _competitor(cast: Cast, number: int) -> tuple[Seat, Seat]:
    name = numbered(_("Demo Competitor %(n)s"), number)
    return supplier_of(cast, name, (f"competitor{number}", f"dispatchc{number}"), f"C{number}")


def supplier_of(cast: Cast, name: str, logins: tuple[str, str], mark: str) -> tuple[Seat, Seat]:
    """A supplier with who bids and signs for it, and who confirms its orders, delivers and keeps its books."""
    organisation, (first, second) = cast.organisation(OrganisationKind.SUPPLIER, name), logins
    manager = cast.seat(organisation, first, numbered(_("Demo bid manager %(n)s"), mark), "bid_manager", "signatory")
    dispatcher = cast.seat(organisation, second, numbered(_("Demo dispatcher %(n)s"), mark), "dispatcher", "accountant")
    cast.bank_account(manager, dispatcher)
    return manager, dispatcher


def _distributor(cast: Cast, organisation: Organisation, login: str) -> Seat:
    """A distributor's manager, who keeps its books with an accountant."""
    number = login[11:] or 1
    name, books = _("Demo distribution manager %(n)s"), _("Demo accountant %(n)s")
    manager = cast.seat(organisation, login, numbered(name, number), "dispatcher", "accountant")
    accountant = cast.seat(organisation, f"accountant{number}", numbered(books, number), "accountant")
    cast.bank_account(accountant, manager)
    return manager


def hospital_name(number: int) -> str:
    return numbered(_("Demo Hospital %(n)s"), number)


def numbered(name: str, number: object) -> str:
    """One of several of a name."""
    return name % {"n": number}


@action
def _person(email: str, name: str, password: str) -> Person:
    # Mail and inbox speak it; pages go on speaking the language of whoever looks.
    return Person.objects.create(email=email, name=name, password=password, language=get_language())


def _set_up_codes(person: Person, now: datetime) -> None:
    """A second factor whose code the pages of the demo show, so that one password is enough to play."""
    secret = codes.new_secret()
    code = codes.code_at(secret, codes.step_of(now))
    factors.set_up_codes(person=person, secret=secret, code=code, keep=None, now=now, demo=True)
