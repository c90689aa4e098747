"""What the model of a tender speaks of: its sizes and words, and what a bid, a request, a lot or a change is."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

SUPPLIERS, LOTS, OPENERS, EVALUATORS = 3, 2, 5, 3
NEEDED = 3  # openers who open an envelope
PASS_MARK, LEAST_BIDS = 60, 2
AMENDMENT_DAYS = OBJECTION_DAYS = STANDSTILL_DAYS = 1
ZONE = ZoneInfo("Asia/Shanghai")
OFFICERS = ("officer", "preparer")
TECHNICAL, COMMERCIAL = "technical", "commercial"
OPEN, EVALUATED, RANKED, PROPOSED = "open", "evaluated", "ranked", "proposed"
AWARDED, NEGOTIATION, FAILED = "awarded", "negotiation", "failed"
ENDED = (AWARDED, NEGOTIATION, FAILED)
# How the rows of lots say it: what follows from opened prices stands elsewhere.
STORED = {RANKED: "opened", PROPOSED: "opened", **dict.fromkeys(ENDED, "ended")}


@dataclass(frozen=True)
class Sealed:
    """What a bidder sealed: for which bid, as which version, to which notice, at which price in yuan.

    ``flaw`` names the envelope that opens and does not come out the same when it is sealed again.
    """

    bid: int
    number: int
    notice: int
    variant: int = 0
    flaw: str = ""

    @property
    def price(self) -> Decimal:
        """A price of a pack that no other envelope of the tender names; the lower bid numbers are cheaper."""
        return Decimal(f"7{self.bid}{self.number:02d}.{self.notice}{self.variant}7")


@dataclass
class Bid:
    number: int
    # None is a withdrawal.
    versions: list[Sealed | None] = field(default_factory=list)
    # By the key of the submission: what was stored under it, or "refused".
    answers: dict[str, Sealed | str | None] = field(default_factory=dict)

    @property
    def lot(self) -> int:
        return self.number // SUPPLIERS

    @property
    def supplier(self) -> int:
        return self.number % SUPPLIERS

    @property
    def last(self) -> Sealed | None:
        return self.versions[-1] if self.versions else None


@dataclass
class Request:
    """What the openers are asked for, who has answered with right shares and who with wrong ones."""

    bids: list[int]
    right: set[int] = field(default_factory=set)
    wrong: set[int] = field(default_factory=set)
    # By bid: whether it opened and came out the same.
    verdicts: dict[int, bool] = field(default_factory=dict)

    @property
    def releases(self) -> set[int]:
        return self.right | self.wrong

    @property
    def waits(self) -> bool:
        return len(self.verdicts) < len(self.bids)


@dataclass
class Lot:
    number: int
    status: str = OPEN
    reason: str = ""
    requests: dict[str, Request] = field(default_factory=dict)
    reviews: dict[int, bool] = field(default_factory=dict)
    scores: dict[tuple[int, int], int] = field(default_factory=dict)
    signed: set[int] = field(default_factory=set)
    round: int = 1
    # Reviews by bid, and points by bid and evaluator, that stay as the round before found them.
    carried: set[object] = field(default_factory=set)
    passed: list[int] | None = None
    final_at: datetime | None = None
    winner: int | None = None
    standstill_until: datetime | None = None


@dataclass
class Change:
    kind: str
    by: str
    notice: int
    deadline: datetime | None
    status: str = "proposed"


@dataclass
class Objection:
    lot: int
    supplier: int
    to_award: bool
    answer: str = ""


def local_date(instant: datetime) -> date:
    return instant.astimezone(ZONE).date()


def after_days(instant: datetime, days: int) -> datetime:
    """The first instant after so many full days that follow the day of ``instant``."""
    end = local_date(instant) + timedelta(days=days + 1)
    return datetime(end.year, end.month, end.day, tzinfo=ZONE)
