"""What waits between opened prices and an award: proposing, answering, awarding, reading."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Seat
from accounts.permissions import Permission
from awards.models import AwardLetter, Decision, NextOffer
from awards.presentation.letters import address
from awards.querysets import DecisionQuerySet
from core.shell import Todo
from tenders.models import Objection, Tender
from tenders.todos.evaluation import grouped, lots_to_read, to_answer

MOST = 50  # of a kind; the rest follows when these are done


def todos(seat: Seat, now: datetime) -> list[Todo]:
    found: list[Todo] = []
    if seat.may(Permission.PUBLISH_RESULT):
        found += _to_propose(seat)
        found += _to_fail(seat)
    if seat.may(Permission.ANSWER_OBJECTION):
        found += to_answer(seat, Objection.Stage.AWARD, "awards:answer-objection")
    if seat.may(Permission.AWARD):
        found += _to_award(seat, now)
        found += _after_an_end(seat, now)
    if seat.may(Permission.SIGN_CONTRACT):
        found += _to_answer_offers(seat, now)
    if seat.may(Permission.OBJECT):
        found += _to_read(seat, now)
    return found


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


def _after_an_end(seat: Seat, now: datetime) -> Iterator[Todo]:
    """Awards that are not signed by their day, and those that ended and wait for the next in rank."""
    own = AwardLetter.objects.filter(award__agency=seat.organisation_id).order_by("pk")
    own = own.select_related("award__supplier", "award__letter", "award__decision__lot__tender")
    steps = [("lapse-award", _("End the award: it is not signed"), one) for one in own.silent(now)[:MOST]]
    steps += [("offer-next", _("Offer the award to the next in rank"), one) for one in own.to_offer(now)[:MOST]]
    steps += [("award-next", _("Award to who accepted"), letter) for letter in own.to_award()[:MOST]]
    for name, what, letter in steps:
        lot = letter.award.decision.lot
        where = f"{_where(lot.tender)} · {letter.award.part} · {letter.award.supplier.name}"
        since = letter.ended_at or letter.sign_until
        yield Todo(what=what, where=where, url=address(name, lot, letter), action=_("Look at it"), since=since)


def _to_answer_offers(seat: Seat, now: datetime) -> Iterator[Todo]:
    offers = NextOffer.objects.running(now).filter(supplier__in=seat.lineage).order_by("answer_until")
    for offer in offers.select_related("letter__award__decision__lot__tender")[:MOST]:
        lot = offer.letter.award.decision.lot
        yield Todo(
            what=_("Answer the offer of an award"),
            where=f"{_where(lot.tender)} · {offer.letter.award.part}",
            url=address("answer-offer", lot, offer.letter),
            action=_("Answer"),
            until_at=offer.answer_until,
            since=offer.offered_at,
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


def _by_tender(decisions: DecisionQuerySet) -> Iterator[tuple[Tender, list[Decision]]]:
    """Decisions by tender, in one query."""
    found = decisions.select_related("lot__tender").order_by("lot__tender", "lot__number")
    for _key, group in groupby(found, key=lambda decision: decision.lot.tender_id):
        of_tender = list(group)
        yield of_tender[0].lot.tender, of_tender


def _where(tender: Tender) -> str:
    return f"{tender.reference} {tender.title}"
