"""What may change in a published tender, until when, and how far ahead of the deadline bidders must know.

Sources: article 23 of the Bidding Law and article 21 of its Implementation Regulations: whoever changes the
papers tells every bidder in writing; a change that may affect the making of bids is told at least 15 days
before the deadline, or the deadline is extended. How many days stands in the rule set. That a deadline is
never brought forward is our own rule: a bidder may rely on the one that was published.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from core.calendar import local_date
from core.money import PRICE_DECIMALS
from selection.frozen import exactly, frozen, names_of, thawed
from tenders.rules.preparation import FULL_POINTS, MOST_CEILING_UNITS
from tenders.rules.schedule import Schedule, ScheduleGap, notice_length


class ChangeGap(StrEnum):
    """What can stand against a change."""

    DEADLINE_CAME = "deadline_came"
    NOT_LATER = "not_later"
    NOTHING = "nothing"
    TOO_SOON = "too_soon"
    OTHER_LOTS = "other_lots"
    OTHER_CRITERIA = "other_criteria"
    OTHER_DOCUMENTS = "other_documents"
    NO_CEILING = "no_ceiling"
    NO_TITLE = "no_title"
    WRONG_POINTS = "wrong_points"
    POINTS_NOT_FULL = "points_not_full"


@dataclass(frozen=True)
class LotTerms:
    """What a notice says of a lot and may be amended: the ceiling for so many base units, the quality asked for."""

    number: int
    ceiling_price: Decimal
    quality_requirement: str = ""
    ceiling_units: int = 1


@dataclass(frozen=True)
class CriterionTerms:
    """What a notice says of a criterion; its number and kind stay. A formal one (no points) has 0."""

    number: int
    kind: str
    title: str
    guidance: str = ""
    max_points: int = 0


@dataclass(frozen=True)
class NoticeTerms:
    """Everything in a notice that may be amended. The supply period is in days, both included.

    ``keys`` is the fingerprint of the openers' key list, ``documents`` are the hashes of the documents.
    """

    summary: str
    supply_from: date
    supply_to: date
    lots: tuple[LotTerms, ...]
    criteria: tuple[CriterionTerms, ...] = ()
    keys: str = ""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """One thing that changes: the field, the lot or criterion (0: the tender itself), and both values as text."""

    field: str
    number: int
    before: str
    after: str

    @property
    def part(self) -> str:
        """What it is a part of: ``tender``, ``lot`` or ``criterion``."""
        return "lot" if self.field in LOT_FIELDS else "criterion" if self.number else "tender"


TERMS = "notice-terms/1"
TENDER_FIELDS = ("summary", "supply_from", "supply_to", "keys", "documents")
LOT_FIELDS = ("ceiling_price", "ceiling_units", "quality_requirement")
CRITERION_FIELDS = ("title", "guidance", "max_points")


def differences(before: NoticeTerms, after: NoticeTerms) -> tuple[Difference, ...]:
    """What an amendment changes, in the order of the notice. Both have the same lots and criteria."""
    return (
        *_differing(TENDER_FIELDS, before, after),
        *(d for pair in zip(before.lots, after.lots, strict=True) for d in _differing(LOT_FIELDS, *pair)),
        *(d for pair in zip(before.criteria, after.criteria, strict=True) for d in _differing(CRITERION_FIELDS, *pair)),
    )


def _differing(fields: tuple[str, ...], before: Any, after: Any) -> Iterator[Difference]:
    for field in fields:
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield Difference(field, getattr(after, "number", 0), _text(old), _text(new))


def _text(value: object) -> str:
    """A value as it is stored: numbers without an exponent and needless zeros, days as 2026-03-24, documents a line."""
    if isinstance(value, tuple):
        return "\n".join(value)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True)
class Hindrance:
    """What stands against a change: why, in which field, of which lot or criterion (None: of none)."""

    gap: StrEnum
    field: str = ""
    number: int | None = None


def against_deadline(old: datetime, new: datetime | None, *, at: datetime) -> tuple[Hindrance, ...]:
    """What stands against another deadline at the instant ``at``; None leaves the old one.

    A deadline moves only before it has come, and only later: at 14:00:00 the tender of 14:00:00 is closed.
    """
    if at >= old:
        return (Hindrance(ChangeGap.DEADLINE_CAME),)
    return () if new is None or new > old else (Hindrance(ChangeGap.NOT_LATER, "deadline"),)


def against_supply(deadline: datetime, supply_from: date, supply_to: date, *, zone: ZoneInfo) -> tuple[Hindrance, ...]:
    """What stands against a supply period with this deadline: it begins after the deadline's day."""
    gaps = Schedule(deadline, supply_from, supply_to).supply_gaps(zone)
    return tuple(Hindrance(gap, SUPPLY_FIELDS[gap]) for gap in gaps)


SUPPLY_FIELDS = {ScheduleGap.SUPPLY_BACKWARDS: "supply_to", ScheduleGap.SUPPLY_EARLY: "supply_from"}


def against_amendment(
    before: NoticeTerms, after: NoticeTerms, *, deadline: datetime, at: datetime, zone: ZoneInfo, days: int
) -> tuple[Hindrance, ...]:
    """What stands against amending a notice at ``at`` when bids are then due before ``deadline``.

    ``days`` legal days lie between the day of the amendment and that of the deadline: with 15, an
    amendment of 1 March needs a deadline on 16 March or later.
    """
    shape = tuple(_against_shape(before, after))
    if shape:
        return shape
    return (
        *(() if differences(before, after) else (Hindrance(ChangeGap.NOTHING),)),
        *(Hindrance(ChangeGap.NO_CEILING, "ceiling_price", lot.number) for lot in after.lots if not _is_price(lot)),
        *_against_criteria(after.criteria),
        *against_supply(deadline, after.supply_from, after.supply_to, zone=zone),
        *(() if notice_length(at, deadline, zone) >= days else (Hindrance(ChangeGap.TOO_SOON, "deadline"),)),
    )


def _is_price(lot: LotTerms) -> bool:
    price = lot.ceiling_price
    exact = price.is_finite() and 0 < price < 10**9 and price == round(price, PRICE_DECIMALS)
    return exact and 0 < lot.ceiling_units <= MOST_CEILING_UNITS


def _against_shape(before: NoticeTerms, after: NoticeTerms) -> Iterator[Hindrance]:
    if [lot.number for lot in before.lots] != [lot.number for lot in after.lots]:
        yield Hindrance(ChangeGap.OTHER_LOTS, "lots")
    if _kinds(before) != _kinds(after):
        yield Hindrance(ChangeGap.OTHER_CRITERIA, "criteria")


def _kinds(terms: NoticeTerms) -> list[tuple[int, str]]:
    return [(criterion.number, criterion.kind) for criterion in terms.criteria]


def _against_criteria(criteria: tuple[CriterionTerms, ...]) -> Iterator[Hindrance]:
    for one in criteria:
        if not one.title:
            yield Hindrance(ChangeGap.NO_TITLE, "title", one.number)
        if (one.kind == "scored") != (one.max_points > 0):
            yield Hindrance(ChangeGap.WRONG_POINTS, "max_points", one.number)
    points = [one.max_points for one in criteria if one.kind == "scored"]
    if points and sum(points) != FULL_POINTS:
        yield Hindrance(ChangeGap.POINTS_NOT_FULL, "criteria")


def to_json(terms: NoticeTerms) -> dict[str, Any]:
    """The terms as the JSON that a proposal keeps until it is decided. Prices are strings."""
    values = {
        "summary": terms.summary,
        "supply_from": terms.supply_from.isoformat(),
        "supply_to": terms.supply_to.isoformat(),
        "lots": [{**vars(lot), "ceiling_price": f"{lot.ceiling_price:f}"} for lot in terms.lots],
        "criteria": [{**vars(one)} for one in terms.criteria],
        "keys": terms.keys,
        "documents": list(terms.documents),
    }
    return frozen(TERMS, values)


def from_json(body: Mapping[str, Any]) -> NoticeTerms:
    """Read the terms that a proposal keeps, all of them and no others. Raises ValueError for a body that is not one."""
    values = thawed(body, TERMS, names_of(NoticeTerms))
    lots = [exactly(lot, names_of(LotTerms)) for lot in values["lots"]]
    criteria = [exactly(one, names_of(CriterionTerms)) for one in values["criteria"]]
    return NoticeTerms(
        summary=values["summary"],
        supply_from=date.fromisoformat(values["supply_from"]),
        supply_to=date.fromisoformat(values["supply_to"]),
        lots=tuple(LotTerms(**{**lot, "ceiling_price": Decimal(lot["ceiling_price"])}) for lot in lots),
        criteria=tuple(CriterionTerms(**one) for one in criteria),
        keys=values["keys"],
        documents=tuple(values["documents"]),
    )


def last_notice_day(deadline: datetime, *, zone: ZoneInfo, days: int) -> date:
    """The last legal date on which an amendment with ``days`` of notice needs no later deadline."""
    return date.fromordinal(local_date(deadline, zone).toordinal() - days)
