"""When envelopes may be asked for, what a close commits to, and what an opener's answers make of a request.

Technical envelopes come first and for every standing bid; prices come only for the bids that passed, and
only when the technical result is published, its objection time is over and nobody waits for an answer
(State Council document GBF[2010]56: the commercial envelope is opened after the technical evaluation).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sealing import tree

TECHNICAL, COMMERCIAL = "technical", "commercial"
OPENED = "opened"


class Obstacle(StrEnum):
    """Why envelopes of a lot cannot be asked for now, in the order in which it is checked."""

    CANCELLED = "cancelled"
    NOT_CLOSED = "not_closed"
    CALLED = "called"
    REQUESTED = "requested"
    ENDED = "ended"
    NO_TECHNICAL = "no_technical"
    NOT_EVALUATED = "not_evaluated"
    OBJECTION_TIME = "objection_time"
    HELD = "held"


@dataclass(frozen=True)
class LotFacts:
    """What decides whether envelopes of a lot may be asked for.

    ``requested`` holds the envelopes that were asked for already, ``final_at`` is the end of the
    objection time of the published technical result (None without one), ``held`` whether an
    objection, a complaint or a court holds the lot.
    """

    published: bool
    closed: bool
    envelopes: int
    ended: bool = False
    requested: frozenset[str] = frozenset()
    final_at: datetime | None = None
    held: bool = False
    due_at: datetime | None = None


def obstacle(facts: LotFacts, envelope: str, now: datetime) -> Obstacle | None:
    """The first thing that stands against asking for these envelopes at ``now``; None if nothing does.

    A result is final from ``final_at`` on: at that very instant prices may be asked for.
    """
    found = _against_any(facts, envelope, now)
    if found or envelope == TECHNICAL:
        return found
    if facts.final_at is None:
        return Obstacle.NOT_EVALUATED
    if now < facts.final_at:
        return Obstacle.OBJECTION_TIME
    return Obstacle.HELD if facts.held else None


def _against_any(facts: LotFacts, envelope: str, now: datetime) -> Obstacle | None:
    if not facts.published:
        return Obstacle.CANCELLED
    if not facts.closed:
        return Obstacle.NOT_CLOSED
    if facts.due_at and now < facts.due_at:
        return Obstacle.CALLED
    if envelope in facts.requested:
        return Obstacle.REQUESTED
    if facts.ended:
        return Obstacle.ENDED
    return Obstacle.NO_TECHNICAL if envelope == TECHNICAL and facts.envelopes == 1 else None


def to_reveal(*, envelopes: int, outcomes: Mapping[str, str], passed: bool | None = None) -> tuple[str, ...]:
    """The envelopes of a standing bid whose seeds a call asks for: all that are still shut and may yet be opened.

    ``outcomes`` holds the verdicts so far by envelope; ``passed`` is the technical verdict, None before it. A bid
    that is out of the tender reveals nothing: its price stays shut for ever.
    """
    if passed is False or any(outcome != OPENED for outcome in outcomes.values()):
        return ()
    kinds = (TECHNICAL, COMMERCIAL) if envelopes == 2 else (COMMERCIAL,)
    return tuple(kind for kind in kinds if kind not in outcomes)


@dataclass(frozen=True)
class Commitment:
    """What the close says about the bids that stand: how many, and the root over their last receipts."""

    count: int
    root: str


def commitment(receipts: Iterable[bytes]) -> Commitment:
    """The commitment to these receipt bodies; their order does not matter, since leaves are sorted."""
    leaves = sorted(tree.leaf(body) for body in receipts)
    return Commitment(count=len(leaves), root=tree.root(leaves))


def settled(*, releases: int, openers: int, needed: int, opened: bool) -> bool:
    """Whether an envelope's verdict is final after so many releases.

    An envelope that did not open waits for the remaining openers, because a wrong share may be an
    opener's fault: with 3 of 5 needed and one wrong share among three, a fourth opener opens it.
    """
    return releases >= needed and (opened or releases >= openers)
