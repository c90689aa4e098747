"""The arithmetic from a contract to what is owed. Quantities are base units where they say units, else whole packs."""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import TypeVar

from core.calendar import days_left
from core.money import line_amount

Key = TypeVar("Key", bound=Hashable)

MAX_PACKS = 1_000_000  # a line; more is a slip of the finger
DUE_SOON_DAYS = 7
CONFIRM_WITHIN = 1  # working days after the approval
DELIVER_WITHIN = 2  # working days after the confirmation
VERDICT_DAYS = 3  # a delivery is to be accepted within three days; the hospital is reminded then
ESCALATION_DAYS = 7  # and after seven those who answer for the hospital hear of it


# --- Volumes ----------------------------------------------------------------------------------------------
def converted_volume(needs: Iterable[tuple[int, Fraction]], factor: Fraction) -> int:
    """What was needed of the items of a lot, in base units of the product that won it.

    ``needs`` are pairs of base units and the item's factor to the reference item; ``factor`` is the one of
    the winning product's item. Rounded up once, so that the need is covered: 100 tablets of 20 mg (factor 2)
    and 50 of 10 mg (factor 1) are 250 tablets of 10 mg or 125 of 20 mg.
    """
    return ceil(sum((units * of_item for units, of_item in needs), Fraction(0)) / factor)


def maximum_units(agreed: int, percent: int) -> int:
    """The most that may be bought: ``percent`` (100 or more) of the agreed units, rounded down."""
    if percent < 100:
        raise ValueError("a maximum below the agreed volume")
    return agreed * percent // 100


def packs_that_fit(maximum: int | None, ordered: int, pack_size: int) -> int | None:
    """How many whole packs the maximum still lets a hospital order; None where there is no maximum."""
    return None if maximum is None else max(maximum - ordered, 0) // pack_size


def fulfilment(done: int, agreed: int) -> Fraction:
    """Share of the agreed volume that is done; more than 1 where more was bought."""
    return Fraction(done, agreed) if agreed else Fraction(1)


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


# --- The payment clock ------------------------------------------------------------------------------------
class Clock(StrEnum):
    """Where an unpaid amount stands."""

    PAID = "paid"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    NOT_YET = "not_yet"


def due_date(accepted_on: date, payment_days: int) -> date:
    """Calendar days after the legal date of the acceptance, holidays or not: 31 January + 30 is 2 March (1 March
    in a leap year). Fixed at acceptance."""
    return accepted_on + timedelta(days=payment_days)


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
