"""What a purchase plan must say before a second person decides it.

Sources: the policy's purchase plans name dosage form, specification, quality requirement and quantity, and a
single-source commitment where the quantity cannot be known; GBF[2015]7 sorts what hospitals buy into lanes and holds
each medicine to three dosage forms, and to two specifications a form.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_FORMS = 3  # of one generic name
MOST_STRENGTHS = 2  # of one form of it
TENDERED = "tender"  # the one lane that needs no word of reason: it is the rule


class PlanGap(StrEnum):
    """What can keep a plan from being decided."""

    NOTHING_PLANNED = "nothing_planned"
    NO_REASON = "no_reason"
    TOO_MANY_FORMS = "too_many_forms"
    TOO_MANY_STRENGTHS = "too_many_strengths"
    NO_CEILING = "no_ceiling"
    NO_BASIS = "no_basis"
    NO_VOLUME = "no_volume"


@dataclass(frozen=True)
class PlannedLine:
    """A line as far as the rules ask about it; ``drug`` is whether forms and specifications are limited."""

    number: int
    name: str
    form: str
    strength: str
    lane: str
    has_reason: bool
    has_ceiling: bool
    has_basis: bool
    volume: int
    drug: bool = True


@dataclass(frozen=True)
class PlanLack:
    """One thing that is missing: what, in which cell of which line (None: of the plan), of which medicine."""

    gap: PlanGap
    field: str = ""
    number: int | None = None
    name: str = ""


def plan_lacks(lines: Sequence[PlannedLine]) -> Iterator[PlanLack]:
    """Everything that keeps a plan of these lines from being decided, in their order; nothing: it may be."""
    if not lines:
        yield PlanLack(PlanGap.NOTHING_PLANNED)
    forms: dict[str, set[str]] = defaultdict(set)
    strengths: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in lines:
        forms[line.name].add(line.form)
        strengths[line.name, line.form].add(line.strength)
        if not line.has_reason and (gap := _needs_reason(line, forms, strengths)):
            yield PlanLack(gap, "reason", line.number, line.name)
        if line.lane == TENDERED:
            yield from _untendered(line)


def _needs_reason(
    line: PlannedLine, forms: dict[str, set[str]], strengths: dict[tuple[str, str], set[str]]
) -> PlanGap | None:
    """Why a line without a reason needs one: the lines up to it count."""
    if line.lane != TENDERED:
        return PlanGap.NO_REASON
    if line.drug and len(forms[line.name]) > MOST_FORMS:
        return PlanGap.TOO_MANY_FORMS
    if line.drug and len(strengths[line.name, line.form]) > MOST_STRENGTHS:
        return PlanGap.TOO_MANY_STRENGTHS
    return None


def _untendered(line: PlannedLine) -> Iterator[PlanLack]:
    """What keeps a line from becoming a lot: quantity is tied to price."""
    if not line.volume:
        yield PlanLack(PlanGap.NO_VOLUME, "lane", line.number, line.name)
    if not line.has_ceiling:
        yield PlanLack(PlanGap.NO_CEILING, "ceiling_price", line.number, line.name)
    elif not line.has_basis:
        yield PlanLack(PlanGap.NO_BASIS, "ceiling_basis", line.number, line.name)
