"""When envelopes may be asked for, what a close commits to, and what an opener's answers make of a request.

Technical envelopes come first and for every standing bid; prices come only for the bids that passed, and
only when the technical result is published, its objection time is over and nobody waits for an answer
(State Council document GBF[2010]56: the commercial envelope is opened after the technical evaluation).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tenders.sealing import tree

TECHNICAL, COMMERCIAL = "technical", "commercial"


class Obstacle(StrEnum):
    """Why envelopes of a lot cannot be asked for now, in the order in which it is checked."""

    CANCELLED = "cancelled"
    NOT_CLOSED = "not_closed"
    REQUESTED = "requested"
    ENDED = "ended"
    NO_TECHNICAL = "no_technical"
    NOT_EVALUATED = "not_evaluated"
    OBJECTION_TIME = "objection_time"
    OBJECTION_WAITING = "objection_waiting"


@dataclass(frozen=True)
class LotFacts:
    """What decides whether envelopes of a lot may be asked for.

    ``requested`` holds the envelopes that were asked for already, ``final_at`` is the end of the
    objection time of the published technical result (None without one), ``objections_waiting`` the
    number of objections without an answer.
    """

    published: bool
    closed: bool
    envelopes: int
    ended: bool = False
    requested: frozenset[str] = frozenset()
    final_at: datetime | None = None
    objections_waiting: int = 0


def obstacle(facts: LotFacts, envelope: str, now: datetime) -> Obstacle | None:
    """The first thing that stands against asking for these envelopes at ``now``; None if nothing does.

    A result is final from ``final_at`` on: at that very instant prices may be asked for.
    """
    found = _against_any(facts, envelope)
    if found or envelope == TECHNICAL:
        return found
    if facts.final_at is None:
        return Obstacle.NOT_EVALUATED
    if now < facts.final_at:
        return Obstacle.OBJECTION_TIME
    return Obstacle.OBJECTION_WAITING if facts.objections_waiting else None


def _against_any(facts: LotFacts, envelope: str) -> Obstacle | None:
    if not facts.published:
        return Obstacle.CANCELLED
    if not facts.closed:
        return Obstacle.NOT_CLOSED
    if envelope in facts.requested:
        return Obstacle.REQUESTED
    if facts.ended:
        return Obstacle.ENDED
    return Obstacle.NO_TECHNICAL if envelope == TECHNICAL and facts.envelopes == 1 else None


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
