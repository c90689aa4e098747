"""What waits between opened prices and an award: proposing, answering, awarding, reading."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Seat
from accounts.permissions import Permission
from awards.models import Decision, Negotiation
from awards.presentation.negotiation import acts, lots_to_open
from awards.querysets import DecisionQuerySet
from core.shell import Todo
from tenders.models import Objection, Tender
from tenders.todos.evaluation import grouped, lots_to_read, to_answer


def todos(seat: Seat, now: datetime) -> list[Todo]:
    found: list[Todo] = []
    if seat.may(Permission.PUBLISH_RESULT):
        found += _to_propose(seat)
        found += _to_fail(seat)
    if seat.may(Permission.ANSWER_OBJECTION):
        found += to_answer(seat, Objection.Stage.AWARD, "awards:answer-objection")
    if seat.may(Permission.AWARD):
        found += _to_award(seat, now)
    if seat.may(Permission.OBJECT):
        found += _to_read(seat, now)
    return [*found, *_of_negotiations(seat, now)]


def _to_propose(seat: Seat) -> Iterator[Todo]:
    to_propose = Decision.objects.lots_to_propose().filter(tender__agency=seat.organisation_id)
    for tender, lots in grouped(to_propose):
        text = ngettext("Propose %(n)d award", "Propose %(n)d awards", len(lots))
        yield Todo(
            what=text % {"n": len(lots)},
            where=_where(tender),
            url=reverse("awards:propose-awards", args=[tender.reference]),
            action=_("Propose"),
            count=len(lots),
        )


def _to_fail(seat: Seat) -> Iterator[Todo]:
    """Lots of which no opened price is valid: somebody has to decide that they are not awarded."""
    lots = Decision.objects.lots_to_fail().filter(tender__agency=seat.organisation_id)
    for lot in lots.select_related("tender").order_by("tender", "number"):
        yield Todo(
            what=_("End lot %(lot)d: no opened price is valid") % {"lot": lot.number},
            where=_where(lot.tender),
            url=reverse("awards:fail-lot", args=[lot.tender.reference, lot.number]),
            action=_("End it"),
        )


def _to_award(seat: Seat, now: datetime) -> Iterator[Todo]:
    ready = Decision.objects.ready_to_award(now).filter(lot__tender__agency=seat.organisation_id)
    for tender, decisions in _by_tender(ready):
        text = ngettext("Award %(n)d lot", "Award %(n)d lots", len(decisions))
        yield Todo(
            what=text % {"n": len(decisions)},
            where=_where(tender),
            url=reverse("awards:award-lots", args=[tender.reference]),
            action=_("Award"),
            since=min(decision.standstill_until for decision in decisions),
            count=len(decisions),
        )


def _to_read(seat: Seat, now: datetime) -> Iterator[Todo]:
    """Proposals that this bidder can still object to."""
    for tender, decisions in _by_tender(Decision.objects.in_standstill(now).filter(lot__in=lots_to_read(seat))):
        n = len(decisions)
        text = ngettext("Read the proposed award of %(n)d lot", "Read the proposed awards of %(n)d lots", n)
        one = reverse("tenders:lot", args=[tender.reference, decisions[0].lot.number])
        yield Todo(
            what=_("%(what)s; you may object") % {"what": text % {"n": n}},
            where=_where(tender),
            url=one if n == 1 else reverse("awards:awards", args=[tender.reference]),
            action=_("Read"),
            until_at=min(decision.standstill_until for decision in decisions),
            since=min(decision.proposed_at for decision in decisions),
            count=n,
        )


def _of_negotiations(seat: Seat, now: datetime) -> Iterator[Todo]:
    """A lot to be negotiated, and whatever waits for this seat in a negotiation: its first act that is open."""
    for lot in lots_to_open(seat, now):
        yield Todo(
            what=_("Negotiate lot %(lot)d, which ended without a price") % {"lot": lot.number},
            where=_where(lot.tender),
            url=reverse("awards:open-negotiation", args=[lot.tender.reference, lot.number]),
            action=_("Open"),
            since=lot.ended_at,
        )
    unfinished = Negotiation.objects.visible_to(seat).filter(followed_at=None).for_list()
    for negotiation in unfinished.order_by("due_at"):
        act = next(acts(negotiation, seat, now), None)
        if act:
            running = negotiation.status in Negotiation.RUNNING
            yield Todo(
                what=str(act.label),
                where=f"{negotiation.reference} {negotiation.product_version}",
                url=act.url,
                action=_("Open"),
                until_at=negotiation.due_at if running else None,
                since=negotiation.ended_at or negotiation.opened_at,
            )


def _by_tender(decisions: DecisionQuerySet) -> Iterator[tuple[Tender, list[Decision]]]:
    """Decisions by tender, in one query."""
    found = decisions.select_related("lot__tender").order_by("lot__tender", "lot__number")
    for _key, group in groupby(found, key=lambda decision: decision.lot.tender_id):
        of_tender = list(group)
        yield of_tender[0].lot.tender, of_tender


def _where(tender: Tender) -> str:
    return f"{tender.reference} {tender.title}"
