"""The arithmetic from a contract to what is owed. Quantities are base units where they say units, else whole packs."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import TypeVar

from core.calendar import days_left, last_of_next_month
from core.money import line_amount

Key = TypeVar("Key", bound=Hashable)

MAX_PACKS = 1_000_000  # a line; more is a slip of the finger
DUE_SOON_DAYS = 7
CONFIRM_WITHIN = 1  # working days after the approval
DELIVER_WITHIN = 2  # working days after the confirmation
MOST_DELAY = 60  # working days that a contract may let a delivery be late before a hospital gives it up
VERDICT_DAYS = 3  # a delivery is to be accepted within three days; the hospital is reminded then
ESCALATION_DAYS = 7  # and after seven those who answer for the hospital hear of it
LATEST_ARRIVAL_DAYS = 30  # after a contract's end its orders may still arrive so long
CORRECTION_DAYS = 14  # a correction that waits for a second person lapses then
PAYMENT_RULES_VERSION = 1
PAYMENT_LIMIT = 30  # calendar days from a debt's first day
NO_FEE = Decimal(0)  # where none stands beside the price
LONGEST_CAP = 60  # which a policy may raise the limit to


# --- Volumes ----------------------------------------------------------------------------------------------
def covering_packs(wanted: Decimal | int, units: Decimal | int) -> int:
    """The whole packs of so many units that cover the wanted ones: 20 tablets in packs of 30 are 1."""
    return ceil(Fraction(wanted) / Fraction(units))


def maximum_units(agreed: int, percent: int, units: Iterable[Decimal | int]) -> int:
    """The most that may be bought: ``percent`` (100 or more) of the agreed units, rounded down, and never less than
    the whole packs that cover them, whichever pack of ``units`` is ordered, or nothing could ever be ordered of 20
    tablets in packs of 30."""
    if percent < 100:
        raise ValueError("a maximum below the agreed volume")
    return max(agreed * percent // 100, *(ceil(covering_packs(agreed, one) * one) for one in units))


def packs_that_fit(maximum: int | None, ordered: Decimal | int, units: Decimal | int) -> int | None:
    """How many whole packs of so many units the maximum still lets a hospital order; None where there is none."""
    return None if maximum is None else int(max(maximum - Fraction(ordered), Fraction(0)) / Fraction(units))


def packs_of_sets(sets: int, quantity: int, pack_size: int) -> Fraction:
    """The packs of a part in so many sets, each of which has ``quantity`` base units of it; whole or not.

    3 sets with 4 screws each are 12 screws, or 6 packs of 2; 2.4 packs of 5 cannot be ordered.
    """
    return Fraction(sets * quantity, pack_size)


def fulfilment(done: Decimal | int, agreed: int) -> Fraction:
    """Share of the agreed volume that is done; more than 1 where more was bought."""
    return Fraction(done) / agreed if agreed else Fraction(1)


BEHIND = 100  # thousandths of what was agreed: as much less than a steady fulfilment is not yet behind


def term_elapsed(starts_on: date, ends_on: date, today: date) -> Fraction:
    """Share of the contract's days that are over at the end of ``today``: what a steady fulfilment would be."""
    days = (ends_on - starts_on).days + 1
    over = (today - starts_on).days + 1
    return Fraction(min(max(over, 0), days), days)


# --- Orders and deliveries --------------------------------------------------------------------------------
class Stage(StrEnum):
    """How far a confirmed order is; it follows from its lines."""

    TO_SEND = "to_send"
    UNDER_WAY = "under_way"
    RECEIVED = "received"


def stage_of(to_send: int, under_way: int) -> Stage:
    """The stage of a confirmed order with ``to_send`` packs not sent and ``under_way`` ones not accepted."""
    if to_send:
        return Stage.TO_SEND
    return Stage.UNDER_WAY if under_way else Stage.RECEIVED


def remaining_life(expires_on: date, on: date) -> int:
    """Days that a batch still lasts: 0 on its last day, negative once expired."""
    return days_left(expires_on, on)


def is_expired(expires_on: date, on: date) -> bool:
    """A batch may be used on its last day, and not after it."""
    return remaining_life(expires_on, on) < 0


# --- What is owed -----------------------------------------------------------------------------------------
def owed_by_part(price: Decimal, accepted_before: int, accepted: int) -> Decimal:
    """What accepting some more packs of an order line owes.

    round(price x accepted so far) - owed so far, and owed so far is round(price x accepted before): parts
    always add up to what the whole would cost. Three times 1 pack at 0.335: 0.34, 0.33 and 0.34 are 1.01.
    """
    return line_amount(price, accepted_before + accepted) - line_amount(price, accepted_before)


def taken_back(price: Decimal, accepted: int, reversed_packs: int) -> Decimal:
    """What reversing the acceptance of some of the ``accepted`` packs takes off what is owed.

    The mirror of ``owed_by_part``, so that the line owes round(price x accepted) afterwards too. It differs
    from what that acceptance owed by a hundredth at most.
    """
    return owed_by_part(price, accepted - reversed_packs, reversed_packs)


def drawn(amount: Decimal, open_amounts: Sequence[tuple[Key, Decimal]]) -> dict[Key, Decimal]:
    """Take ``amount`` from what is open, in the order given. ValueError where that is too little.

    A payment settles what is due first; a reversal takes from the payable it reverses, then from others of
    the same line. Keys that give nothing are left out.
    """
    parts: dict[Key, Decimal] = {}
    for key, available in open_amounts:
        part = min(amount, available)
        if part > 0:
            parts[key] = part
            amount -= part
    if amount > 0:
        raise ValueError("more than is open")
    return parts


def first_day(first_verdict_on: date, arrived_on: date | None) -> date:
    """The day from which the accepted goods of one line of a delivery note are owed.

    It is the day of the line's first verdict, whatever was reversed and judged anew since: a correction never
    moves it later, or a debtor could begin its thirty days again for ever. Only a day on which the goods came
    later, confirmed by the deliverer, does. First verdict on 2 March, reversed, accepted on 20 April: owed from 2
    March; from 5 March where the deliverer confirmed that they came then.
    """
    return max(first_verdict_on, arrived_on or first_verdict_on)


@dataclass(frozen=True)
class PayerPlace:
    """For what a row of a payer rule speaks; None and an empty list's code leave a side open."""

    region: str | None
    institution: int | None
    product_list: str


def nearest(
    places: Sequence[PayerPlace], institution: int, regions: Sequence[str], lists: frozenset[str]
) -> PayerPlace | None:
    """Of the rows in force, the one that speaks most closely of a debt; None where none speaks of it.

    A row that names the product's list comes before one that names none (direct settlement goes by list); then one
    that names the institution, then the nearest of ``regions`` (the institution's own first), then one for all.
    Fund for a list, hospital itself for everything: what stands in the list is the fund's, all else the hospital's.
    """

    def speaks(place: PayerPlace) -> bool:
        return (
            (place.institution in (None, institution))
            and (place.region is None or place.region in regions)
            and (not place.product_list or place.product_list in lists)
        )

    def closeness(place: PayerPlace) -> tuple[bool, bool, int, str]:
        near = len(regions) - regions.index(place.region) if place.region else 0
        return bool(place.product_list), place.institution is not None, near, place.product_list

    return max(filter(speaks, places), key=closeness, default=None)


# --- Who delivers -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class DeliveryScope:
    """For what a row of a contract's distribution speaks; None leaves a side open."""

    area: str | None
    product: int | None


def nearest_distribution(rows: Sequence[DeliveryScope], regions: Sequence[str], product: int) -> DeliveryScope | None:
    """Of the rows in force, the one that speaks most closely of a product for a hospital; None where none does.

    A row of the nearest of ``regions`` (the hospital's own first) comes before one of a wider region, and that before
    one for everywhere; of two for one area the one that names the product. Distributor A everywhere and B in a city:
    a hospital of that city is B's, whatever A was named for.
    """

    def speaks(row: DeliveryScope) -> bool:
        return (row.area is None or row.area in regions) and row.product in (None, product)

    def closeness(row: DeliveryScope) -> tuple[int, bool]:
        return len(regions) - regions.index(row.area) if row.area else 0, row.product is not None

    return max(filter(speaks, rows), key=closeness, default=None)


# --- The payment clock ------------------------------------------------------------------------------------
class PaymentRule(StrEnum):
    """How a contract counts to the day on which a debt is due."""

    DAYS = "days"
    END_OF_NEXT_MONTH = "end_of_next_month"


@dataclass(frozen=True)
class PaymentTerm:
    """When debts of a contract are due: on the rule's day, and never later than the cap.

    ``version`` is the edition of these rules that the contract was signed under: a later edition reads an older
    contract by its number and never by today's habits. The policy's own limit is 30 calendar days from the
    first day (State Council, 2010: "in principle not over 30 days"); a policy that the contract names may raise
    the cap to 60, which State Council Order 802 (2025) lets nobody pass. ValueError for anything else.
    """

    rule: PaymentRule
    days: int | None
    cap: int = PAYMENT_LIMIT
    policy: str = ""
    version: int = PAYMENT_RULES_VERSION

    def __post_init__(self) -> None:
        if self.version != PAYMENT_RULES_VERSION:
            raise ValueError(f"no edition {self.version} of the payment rules is known")
        if (self.days is None) != (self.rule is not PaymentRule.DAYS) or (self.days or 0) < 0:
            raise ValueError("days belong to the rule that counts days")
        if not 1 <= self.cap <= LONGEST_CAP or (self.cap > PAYMENT_LIMIT and not self.policy.strip()):
            raise ValueError(f"a cap above {PAYMENT_LIMIT} days needs a policy, and none goes beyond {LONGEST_CAP}")

    def due_on(self, first_day: date) -> date:
        """The earlier of the rule's day and the cap, holidays or not.

        31 January + 30 days is 2 March, in a leap year 1 March. By the end of next month, what is owed from 1
        January is due on 31 January, when the cap of 30 days is reached, and from 31 January on 28 February.
        """
        day = last_of_next_month(first_day) if self.days is None else first_day + timedelta(days=self.days)
        return min(day, first_day + timedelta(days=self.cap))


class Clock(StrEnum):
    """Where an amount stands."""

    PAID = "paid"
    REVERSED = "reversed"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    NOT_YET = "not_yet"


def clock_of(due_on: date, open_amount: Decimal, today: date) -> Clock:
    """Due soon is within seven days; overdue begins the day after the due date."""
    if open_amount <= 0:
        return Clock.PAID
    left = days_left(due_on, today)
    if left < 0:
        return Clock.OVERDUE
    if left == 0:
        return Clock.DUE_TODAY
    return Clock.DUE_SOON if left <= DUE_SOON_DAYS else Clock.NOT_YET


def per_thousand(share: Fraction) -> int:
    """A share as a length of 0 to 1000 in a drawing; more than the whole fills it."""
    return min(max(int(share * 1000), 0), 1000)
