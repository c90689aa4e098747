"""The steps in the life of a tender and of one lot up to the ranked prices, derived from facts and the clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.shell import Step
from tenders.models import Lot, OpeningRequest, TechnicalResult, Tender


def steps_of(tender: Tender, now: datetime) -> list[Step]:
    """Each step with whether every lot that runs or was awarded has taken it, and when, or until when."""
    lots = _progress(tender)
    opened, priced = lots.asked_at["technical"], lots.asked_at["commercial"]
    evaluated = lots.took(lots.evaluated, lots.published_at)
    steps = [
        Step(_("Prepared"), tender.published_at is not None, tender.prepared_at),
        Step(_("Published"), tender.published_at is not None, tender.published_at),
        Step(_("Bids closed"), tender.closed(now), tender.deadline),
    ]
    if tender.envelopes == 2:
        steps += [
            Step(_("Technical envelopes opened"), lots.took(lots.asked["technical"], opened), opened),
            Step(_("Evaluated"), evaluated, lots.published_at),
            Step(_("Technical result published"), evaluated, lots.published_at),
            Step(_("Objection time over"), evaluated and _over(lots.final_at, now), lots.final_at),
        ]
    return [
        *steps,
        Step(_("Prices opened"), lots.took(lots.asked["commercial"], priced), priced),
        Step(_("Ranked"), lots.took(lots.opened, priced), priced),
    ]


def steps_of_lot(lot: Lot, now: datetime) -> list[Step]:
    """The steps of this lot alone."""
    tender, result = lot.tender, lot.technical_result
    asked = dict(OpeningRequest.objects.filter(lot=lot).values_list("envelope", "requested_at"))
    published, final = result and result.published_at, result and result.final_at
    priced = asked.get("commercial") if lot.rankings.exists() else None
    technical = [
        Step(_("Technical envelopes opened"), "technical" in asked, asked.get("technical")),
        Step(_("Technical result published"), result is not None, published),
        Step(_("Objection time over"), result is not None and _over(final, now), final),
    ]
    return [
        Step(_("Published"), tender.published_at is not None, tender.published_at),
        Step(_("Bids closed"), tender.closed(now), tender.deadline),
        *(technical if tender.envelopes == 2 else technical[1:2]),
        Step(_("Prices opened"), priced is not None, priced),
    ]


def is_stopped(tender: Tender, lot: Lot | None = None) -> bool:
    """Whether the tender, or the lot alone, ended without an award."""
    lots = tender.lots.filter(pk=lot.pk) if lot else tender.lots.all()
    ended = lots.filter(ending__in=Lot.WITHOUT_AWARD)
    return tender.status == Tender.Status.CANCELLED or (ended.exists() and not lots.running().exists())


def alive(tender: Tender) -> set[int]:
    """The lots that run or were awarded, by primary key: those whose steps count for the tender."""
    return set(tender.lots.exclude(ending__in=Lot.WITHOUT_AWARD).values_list("pk", flat=True))


def took(tender: Tender, lots: int, of: int, at: datetime | None) -> bool:
    """Whether so many of the lots that run or were awarded are all of them; where none is left, whether any lot took
    the step before its end."""
    return tender.published_at is not None and (lots >= of if of else at is not None)


@dataclass(frozen=True)
class _Progress:
    """How far the lots that run or were awarded are, and when the last lot took each step."""

    tender: Tender
    alive: int
    asked: dict[str, int]
    asked_at: dict[str, datetime | None]
    evaluated: int
    published_at: datetime | None
    final_at: datetime | None
    opened: int

    def took(self, lots: int, at: datetime | None) -> bool:
        return took(self.tender, lots, self.alive, at)


def _progress(tender: Tender) -> _Progress:
    """Counts over the lots that have not ended without an award; three queries, whatever their number."""
    statuses = dict(tender.lots.exclude(ending__in=Lot.WITHOUT_AWARD).values_list("pk", "status"))
    asked = OpeningRequest.objects.filter(tender=tender)
    requests = [(one.lot_id, one.opens.value, one.requested_at) for one in asked.defer("document")]
    results = TechnicalResult.objects.filter(lot__tender=tender).aggregate(
        published=Max("published_at"), final=Max("final_at")
    )
    kinds = ("technical", "commercial")
    beyond = {
        Lot.Status.EVALUATED: (Lot.Status.EVALUATED, Lot.Status.OPENED, Lot.Status.ENDED),
        Lot.Status.OPENED: (Lot.Status.OPENED, Lot.Status.ENDED),
    }
    after = {at: sum(status in later for status in statuses.values()) for at, later in beyond.items()}
    return _Progress(
        tender=tender,
        alive=len(statuses),
        asked={kind: _asked(requests, kind, set(statuses)) for kind in kinds},
        asked_at={kind: max((at for _lot, one, at in requests if one == kind), default=None) for kind in kinds},
        evaluated=after[Lot.Status.EVALUATED],
        published_at=results["published"],
        final_at=results["final"],
        opened=after[Lot.Status.OPENED],
    )


def _asked(requests: list[tuple[Any, Any, Any]], kind: str, lots: set[int]) -> int:
    return len({lot for lot, one, _at in requests if one == kind} & lots)


def _over(until: datetime | None, now: datetime) -> bool:
    return until is None or until <= now
