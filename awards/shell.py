"""What this room shows on pages of the whole, and on the pages of tenders and lots."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from accounts.permissions import Permission
from awards.ahead import ahead
from awards.figures import figures
from awards.models import Award, Decision, Verb
from awards.presentation.awards import lot_part
from awards.record import decisions_of
from awards.todos import todos
from core.shell import NavEntry, Onward, PagePart, Passing, Related, Step, Tab
from tenders.models import Lot, Objection, TechnicalResult, Tender
from tenders.presentation.steps import alive, took

VERBS = Verb
__all__ = [
    "VERBS",
    "ahead",
    "figures",
    "lot_parts",
    "nav",
    "onward",
    "record",
    "related",
    "steps",
    "succession",
    "tabs",
    "todos",
]


def nav(seat: Seat) -> list[NavEntry]:
    """Negotiations, for whom they may concern."""
    if any(map(seat.may, (Permission.NEGOTIATE, Permission.BID, Permission.PUBLISH_RESULT, Permission.READ_TRAIL))):
        return [NavEntry(_("Negotiations"), reverse("awards:negotiations"), "chat")]
    return []


def succession(organisation: Organisation, now: datetime) -> list[Passing]:
    """Proposals and awards are of whom they name."""
    proposed = Award.objects.filter(supplier=organisation, decision__in=Decision.objects.proposed())
    return [
        Passing(
            _("proposed awards"),
            proposed.count(),
            stays=_("decided in its name; a contract is made with its successor"),
        )
    ]


def related(reference: str, seat: Seat) -> list[Related]:
    """The results of a tender once there are any."""
    if TechnicalResult.objects.filter(lot__tender__reference=reference).exists():
        return [Related(_("Results and awards"), reference, reverse("awards:awards", args=[reference]))]
    return []


def onward(reference: str, seat: Seat) -> list[Onward]:
    """From an objection to a proposed award to its answer."""
    waiting = Objection.objects.waiting().filter(reference=reference, stage=Objection.Stage.AWARD)
    if seat.may(Permission.ANSWER_OBJECTION) and waiting.filter(lot__tender__agency=seat.organisation_id).exists():
        return [Onward(_("Answer the objection"), reverse("awards:answer-objection", args=[reference]))]
    return []


def tabs(tender: Tender, seat: Seat) -> list[Tab]:
    if tender.published_at is None:
        return []
    return [Tab("awards", _("Results and awards"), reverse("awards:awards", args=[tender.reference]))]


def steps(tender: Tender, lot: Lot | None, now: datetime) -> list[Step]:
    """Proposal, standstill and award: of a tender when all its lots that run or were awarded have taken them."""
    lots = {lot.pk} if lot else alive(tender)
    standing = Decision.objects.standing().filter(lot__in=lots)
    counted = standing.aggregate(
        proposed=Count("pk"),
        at=Max("proposed_at"),
        until=Max("standstill_until"),
        awarded=Count("awarded_at"),
        awarded_at=Max("awarded_at"),
    )
    proposed = took(tender, counted["proposed"], len(lots), counted["at"])
    waited = proposed and (counted["until"] is None or counted["until"] <= now)
    return [
        Step(_("Award proposed"), proposed, counted["at"]),
        Step(_("Standstill over"), waited, counted["until"]),
        Step(_("Awarded"), took(tender, counted["awarded"], len(lots), counted["awarded_at"]), counted["awarded_at"]),
    ]


def lot_parts(lot: Lot, seat: Seat | None, now: datetime) -> list[PagePart]:
    """The decision on a lot, from its opened prices on."""
    return lot_part(lot, seat, now)


def record(tender: Tender) -> dict[str, Any]:
    """The part of the public record that is of this room."""
    return {"decisions": decisions_of(tender)}
