"""The twelve steps in the life of a tender, derived from its facts and the clock."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.clock import legal_date
from tenders.models import Award, Lot, OpeningRequest, TechnicalResult, Tender


@dataclass(frozen=True)
class Step:
    """A step as the steps bar draws it; ``state`` is done, now, next or stopped."""

    label: str | Promise
    state: str
    on: date | None = None


@dataclass(frozen=True)
class _Progress:
    """How far the lots that run or were awarded are, when the last lot took each step, and how many ended
    without an award."""

    running: int
    ended: int
    asked: dict[str, int]
    asked_at: dict[str, datetime | None]
    evaluated: int
    published_at: datetime | None
    final_at: datetime | None
    ranked: int
    proposed: int
    proposed_at: datetime | None
    standstill_until: datetime | None
    awarded: int
    awarded_at: datetime | None


def steps_of(tender: Tender, now: datetime) -> list[Step]:
    """The steps bar of a tender: done up to the first step that some lot has yet to take."""
    lots = _progress(tender)
    facts = _facts(tender, lots, now)
    if tender.envelopes == 1:
        facts = [fact for fact in facts if fact[0] not in _TECHNICAL]
    states = [state for _label, state, _on in facts]
    here = states.index(False) if False in states else len(facts)
    without_award = bool(lots.ended) and not lots.running
    stopped = tender.status == Tender.Status.CANCELLED or without_award
    marks = ("done" if at < here else "now" if at == here else "next" for at in range(len(facts)))
    return [
        Step(label, "stopped" if stopped and mark == "now" else mark, on and legal_date(on))
        for (label, _state, on), mark in zip(facts, marks, strict=True)
    ]


_TECHNICAL = (
    _("Technical envelopes opened"),
    _("Evaluated"),
    _("Technical result published"),
    _("Objection time over"),
)


def _facts(tender: Tender, lots: _Progress, now: datetime) -> list[tuple[str | Promise, bool, datetime | None]]:
    """Each step with whether every running lot has taken it, and when, or until when."""

    def taken(count: int, at: datetime | None) -> bool:
        """By every lot that runs or was awarded; where all ended without an award, by any lot before its end."""
        return tender.published_at is not None and (count >= lots.running if lots.running else at is not None)

    opened, priced = lots.asked_at["technical"], lots.asked_at["commercial"]
    evaluated = taken(lots.evaluated, lots.published_at)
    final = evaluated and (lots.final_at is None or lots.final_at <= now)
    proposed = taken(lots.proposed, lots.proposed_at)
    waited = proposed and (lots.standstill_until is None or lots.standstill_until <= now)
    return [
        (_("Prepared"), tender.published_at is not None, tender.prepared_at),
        (_("Published"), tender.published_at is not None, tender.published_at),
        (_("Bids closed"), tender.closed(now), tender.deadline),
        (_TECHNICAL[0], taken(lots.asked["technical"], opened), opened),
        (_TECHNICAL[1], evaluated, lots.published_at),
        (_TECHNICAL[2], evaluated, lots.published_at),
        (_TECHNICAL[3], final, lots.final_at),
        (_("Prices opened"), taken(lots.asked["commercial"], priced), priced),
        (_("Ranked"), taken(lots.ranked, priced), priced),
        (_("Award proposed"), proposed, lots.proposed_at),
        (_("Standstill over"), waited, lots.standstill_until),
        (_("Awarded"), taken(lots.awarded, lots.awarded_at), lots.awarded_at),
    ]


def _progress(tender: Tender) -> _Progress:
    """Counts over the lots that have not ended without an award; three queries, whatever their number."""
    lots = dict(tender.lots.values_list("pk", "status"))
    ended = {Lot.Status.NEGOTIATION, Lot.Status.FAILED}
    running = {pk for pk, status in lots.items() if status not in ended}
    asked = OpeningRequest.objects.filter(tender=tender)
    requests = [(one.lot_id, one.opens.value, one.requested_at) for one in asked.defer("document")]
    results = TechnicalResult.objects.filter(lot__tender=tender).aggregate(
        published=Max("published_at"), final=Max("final_at")
    )
    awards = Award.objects.filter(lot__tender=tender).aggregate(
        proposed=Max("proposed_at"), until=Max("standstill_until"), awarded=Max("awarded_at")
    )
    after: dict[str, int] = {}
    order = (Lot.Status.EVALUATED, Lot.Status.RANKED, Lot.Status.PROPOSED, Lot.Status.AWARDED)
    for place, status in enumerate(order):
        after[status] = sum(lots[pk] in order[place:] for pk in running)
    return _Progress(
        running=len(running),
        ended=len(lots) - len(running),
        asked={kind: _asked(requests, kind, running) for kind in ("technical", "commercial")},
        asked_at={
            kind: max((at for _lot, one, at in requests if one == kind), default=None)
            for kind in ("technical", "commercial")
        },
        evaluated=after[Lot.Status.EVALUATED],
        published_at=results["published"],
        final_at=results["final"],
        ranked=after[Lot.Status.RANKED],
        proposed=after[Lot.Status.PROPOSED],
        proposed_at=awards["proposed"],
        standstill_until=awards["until"],
        awarded=after[Lot.Status.AWARDED],
        awarded_at=awards["awarded"],
    )


def _asked(requests: list[tuple[Any, Any, Any]], kind: str, running: set[int]) -> int:
    return len({lot for lot, one, _at in requests if one == kind} & running)
