"""When a tender is complete: everything that must hold before it may be published, judged in one go.

Sources: GBF[2010]56 asks for quantity tied to price, so that a lot without volume or ceiling cannot be
published; that no opener opens alone, none blocks alone and no organisation can do either follows from the
sealing format (any k of n openers). Evaluators are an odd number, five or more by article 37 of the Bidding
Law; how many at least stands in the rule set, like everything that a province may change.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from catalogue.rules.bounds import Bound, Use, judge
from selection.ruleset import RuleSet
from tenders.rules.schedule import Schedule

MOST_OPENERS = 15
FULL_POINTS = 100
PROOF_LASTS = timedelta(days=30)


class DemandState(StrEnum):
    """How far the demand behind a tender is."""

    NONE = "none"
    OPEN = "open"
    LOCKED = "locked"


class Gap(StrEnum):
    """What can keep a tender from being published, beside its schedule."""

    RULES_NOT_IN_FORCE = "rules_not_in_force"
    SHORTLIST_HAS_GAPS = "shortlist_has_gaps"
    RULES_NOT_RUN = "rules_not_run"
    NO_DEMAND = "no_demand"
    DEMAND_OPEN = "demand_open"
    NO_LOTS = "no_lots"
    NO_ITEMS = "no_items"
    NO_CEILING = "no_ceiling"
    NO_REFERENCE = "no_reference"
    NO_VOLUME = "no_volume"
    ITEM_TAKEN = "item_taken"
    UNIFIED_PRICE = "unified_price"
    ABOVE_GUIDE = "above_guide"
    NO_CRITERIA = "no_criteria"
    POINTS_NOT_FULL = "points_not_full"
    RULES_NEED_POINTS = "rules_need_points"
    RULES_NEED_ENVELOPE = "rules_need_envelope"
    POINTS_NEED_ENVELOPE = "points_need_envelope"
    TOO_FEW_OPENERS = "too_few_openers"
    TOO_MANY_OPENERS = "too_many_openers"
    ORGANISATION_TOO_STRONG = "organisation_too_strong"
    KEY_NOT_MADE = "key_not_made"
    KEY_NOT_PROVED = "key_not_proved"
    LIST_NOT_SIGNED = "list_not_signed"
    TOO_FEW_EVALUATORS = "too_few_evaluators"
    EVEN_EVALUATORS = "even_evaluators"
    NOT_DECLARED = "not_declared"
    HAS_INTEREST = "has_interest"
    SEAT_ENDED = "seat_ended"
    PUBLISHER_HAS_A_PART = "publisher_has_a_part"
    PUBLISHER_PREPARED = "publisher_prepared"


@dataclass(frozen=True)
class Lack:
    """One thing that is missing or wrong: what, on which part of the page, on which lot, about whom or how much."""

    gap: StrEnum
    part: str
    lot: int | None = None
    name: str = ""
    needed: int = 0
    found: int = 0


@dataclass(frozen=True)
class LotItemDraft:
    """An item of a lot: ``volume`` in its own base units; ``taken_by`` names another tender that buys it already.

    ``bound`` is what the price register says that a base unit of it may cost.
    """

    name: str
    factor: Decimal
    volume: int
    taken_by: str = ""
    bound: Bound | None = None


@dataclass(frozen=True)
class LotDraft:
    number: int
    items: tuple[LotItemDraft, ...]
    ceiling: Decimal | None


@dataclass(frozen=True)
class OpenerDraft:
    """Who holds a key, when that was last shown, and whether the key list as it is now was signed with it;
    ``current`` is whether the seat may still be sat in."""

    person: int
    name: str
    organisation: int
    organisation_name: str
    key_made: bool
    key_proved_at: datetime | None
    list_signed: bool = True
    current: bool = True


@dataclass(frozen=True)
class EvaluatorDraft:
    person: int
    name: str
    declared: bool
    has_interest: bool
    current: bool = True


@dataclass(frozen=True)
class Draft:
    """A tender in preparation, as far as publication asks about it.

    ``publisher`` is the person who would publish, ``preparer`` the one who changed the draft last: two people
    see what is published.
    """

    envelopes: int
    rules: RuleSet
    demand: DemandState
    schedule: Schedule
    lots: tuple[LotDraft, ...] = ()
    formal_criteria: int = 0
    points: tuple[int, ...] = ()
    openers_needed: int = 3
    openers: tuple[OpenerDraft, ...] = ()
    evaluators: tuple[EvaluatorDraft, ...] = ()
    preparer: int | None = None
    publisher: int | None = None
    rules_in_force: bool = True


def organisation_limit(needed: int, openers: int) -> int:
    """How many of ``openers`` one organisation may provide when ``needed`` of them open.

    min(k−1, n−k): with k of them it could open alone, with more than n−k it could block alone.
    3 of 5: two; 2 of 3: one; 3 of 4: one; 3 of 3: none, because everybody could block.
    """
    return max(0, min(needed - 1, openers - needed))


def lacks(draft: Draft, *, now: datetime, zone: ZoneInfo) -> tuple[Lack, ...]:
    """Everything that keeps the draft from being published at ``now``, in the order of the page; empty: nothing."""
    schedule = draft.schedule.gaps(now=now, zone=zone, notice_days=draft.rules.periods.notice_days)
    return (
        *_demand(draft),
        *_lots(draft),
        *(Lack(gap, "schedule", needed=draft.rules.periods.notice_days) for gap in schedule),
        *_criteria(draft),
        *opener_lacks(draft.openers, draft.openers_needed, now),
        *_evaluators(draft),
        *_publisher(draft),
    )


def _demand(draft: Draft) -> Iterator[Lack]:
    if draft.demand is DemandState.NONE:
        yield Lack(Gap.NO_DEMAND, "demand")
    elif draft.demand is DemandState.OPEN:
        yield Lack(Gap.DEMAND_OPEN, "demand")


def _lots(draft: Draft) -> Iterator[Lack]:
    if not draft.lots:
        yield Lack(Gap.NO_LOTS, "lots")
    for lot in draft.lots:
        if not lot.items:
            yield Lack(Gap.NO_ITEMS, "lots", lot.number)
        elif lot.items[0].factor != 1:
            yield Lack(Gap.NO_REFERENCE, "lots", lot.number, lot.items[0].name)
        if lot.ceiling is None:
            yield Lack(Gap.NO_CEILING, "lots", lot.number)
        if draft.demand is DemandState.LOCKED:
            yield from (Lack(Gap.NO_VOLUME, "lots", lot.number, item.name) for item in lot.items if not item.volume)
        yield from (Lack(Gap.ITEM_TAKEN, "lots", lot.number, item.taken_by) for item in lot.items if item.taken_by)
        yield from (lack for item in lot.items if item.bound for lack in _bound(lot, item, item.bound))


def _bound(lot: LotDraft, item: LotItemDraft, bound: Bound) -> Iterator[Lack]:
    """An item of one national price is bought at it and not tendered; no other is asked for above its guide price."""
    told = f"{item.name} ({bound.reference})"
    if bound.strength == "unified":
        yield Lack(Gap.UNIFIED_PRICE, "lots", lot.number, told)
    elif lot.ceiling is not None and judge(bound, Fraction(lot.ceiling) * Fraction(item.factor), Use.BID).refuses:
        yield Lack(Gap.ABOVE_GUIDE, "lots", lot.number, told)


def not_run(rules: RuleSet) -> list[str]:
    """The keys of a rule set that tenders and awards do not carry out yet: what would be promised and not done."""
    known, selection = RuleSet(), rules.selection
    done = {
        "evaluation.too_few": rules.evaluation.too_few == known.evaluation.too_few,
        "comparison": rules.comparison == known.comparison,
        "ceiling": rules.ceiling == known.ceiling,
        "ties.order": set(rules.ties.order) <= {"score", "lots_drawn"},
        "committee.drawn": not rules.committee.drawn,
    }
    as_known = ("mode", "no_price", "steps", "count", "per_company", "highest_out", "groups", "classes")
    done |= {f"selection.{key}": getattr(selection, key) == getattr(known.selection, key) for key in as_known}
    return [key for key, carried_out in done.items() if not carried_out]


def _criteria(draft: Draft) -> Iterator[Lack]:
    evaluation = draft.rules.evaluation
    rules_use_points = evaluation.pass_mark is not None or evaluation.shortlist is not None
    if not draft.rules_in_force:
        yield Lack(Gap.RULES_NOT_IN_FORCE, "rules")
    if evaluation.shortlist and (gaps := evaluation.shortlist.uncovered):
        yield Lack(Gap.SHORTLIST_HAS_GAPS, "rules", name=", ".join(map(str, gaps)))
    if keys := not_run(draft.rules):
        yield Lack(Gap.RULES_NOT_RUN, "rules", name=", ".join(keys))
    if draft.envelopes == 1:
        if draft.points:
            yield Lack(Gap.POINTS_NEED_ENVELOPE, "criteria")
        if rules_use_points:
            yield Lack(Gap.RULES_NEED_ENVELOPE, "rules")
        return
    if not draft.formal_criteria and not draft.points:
        yield Lack(Gap.NO_CRITERIA, "criteria")
    elif draft.points and sum(draft.points) != FULL_POINTS:
        yield Lack(Gap.POINTS_NOT_FULL, "criteria", needed=FULL_POINTS, found=sum(draft.points))
    elif rules_use_points and not draft.points:
        yield Lack(Gap.RULES_NEED_POINTS, "criteria")


def opener_lacks(openers: Sequence[OpenerDraft], needed: int, now: datetime) -> Iterator[Lack]:
    """What is missing of a key list, ``needed`` of whose openers open: before publication, and before a call."""
    named = len(openers)
    if named <= needed:
        yield Lack(Gap.TOO_FEW_OPENERS, "people", needed=needed + 1, found=named)
    elif named > MOST_OPENERS:
        yield Lack(Gap.TOO_MANY_OPENERS, "people", needed=MOST_OPENERS, found=named)
    else:
        yield from _strong_organisations(openers, organisation_limit(needed, named))
    complete = all(opener.key_made for opener in openers)
    for opener in openers:
        if not opener.current:
            yield Lack(Gap.SEAT_ENDED, "people", name=opener.name)
        elif not opener.key_made:
            yield Lack(Gap.KEY_NOT_MADE, "people", name=opener.name)
        elif opener.key_proved_at is None or now - opener.key_proved_at > PROOF_LASTS:
            yield Lack(Gap.KEY_NOT_PROVED, "people", name=opener.name)
        elif complete and not opener.list_signed:
            yield Lack(Gap.LIST_NOT_SIGNED, "people", name=opener.name)


def _strong_organisations(openers: Sequence[OpenerDraft], limit: int) -> Iterator[Lack]:
    names = {opener.organisation: opener.organisation_name for opener in openers}
    for organisation, count in Counter(opener.organisation for opener in openers).items():
        if count > limit:
            yield Lack(Gap.ORGANISATION_TOO_STRONG, "people", name=names[organisation], needed=limit, found=count)


def _evaluators(draft: Draft) -> Iterator[Lack]:
    if draft.envelopes == 1:
        return
    named, least = len(draft.evaluators), max(1, draft.rules.committee.minimum_evaluators)
    if named < least:
        yield Lack(Gap.TOO_FEW_EVALUATORS, "people", needed=least, found=named)
    elif named % 2 == 0:
        yield Lack(Gap.EVEN_EVALUATORS, "people", found=named)
    for evaluator in draft.evaluators:
        if not evaluator.current:
            yield Lack(Gap.SEAT_ENDED, "people", name=evaluator.name)
        elif evaluator.has_interest:
            yield Lack(Gap.HAS_INTEREST, "people", name=evaluator.name)
        elif not evaluator.declared:
            yield Lack(Gap.NOT_DECLARED, "people", name=evaluator.name)


def _publisher(draft: Draft) -> Iterator[Lack]:
    named = {opener.person: opener.name for opener in draft.openers}
    named |= {evaluator.person: evaluator.name for evaluator in draft.evaluators}
    if draft.publisher in named:
        yield Lack(Gap.PUBLISHER_HAS_A_PART, "people", name=named[draft.publisher])
    if draft.publisher is not None and draft.publisher == draft.preparer:
        yield Lack(Gap.PUBLISHER_PREPARED, "publisher")
