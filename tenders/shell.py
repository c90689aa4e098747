"""What this room shows on pages of the whole, gathered from its areas."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from accounts.permissions import Permission
from core.shell import NavEntry, Passing, Related, Step, Tab, Text, Todo
from tenders.ahead import ahead
from tenders.figures import figures
from tenders.models import Bid, Evaluator, Lot, Opener, Tender, Verb
from tenders.presentation.steps import steps_of, steps_of_lot
from tenders.presentation.tenders import PEOPLE_READERS
from tenders.record import papers_of
from tenders.todos import bidding, committee, evaluation, preparation, questions, reveal
from tenders.todos.preparation import onward

VERBS = Verb
__all__ = ["VERBS", "ahead", "figures", "nav", "onward", "record", "related", "steps", "succession", "tabs", "todos"]
AREAS = (preparation, committee, questions, bidding, reveal, evaluation)


def nav(seat: Seat) -> list[NavEntry]:
    return [entry for area in AREAS for entry in area.nav(seat)]


def todos(seat: Seat, now: datetime) -> list[Todo]:
    return [todo for area in AREAS for todo in area.todos(seat, now)]


def succession(organisation: Organisation, now: datetime) -> list[Passing]:
    """What is of one organisation for good: opened bids that are not decided, and parts in tenders under way.

    Of sealed bids nothing is told, not even that there are some.
    """
    under_way = Lot.objects.exclude(status=Lot.Status.ENDED)
    bids = Bid.objects.filter(supplier=organisation, lot__in=under_way, opened__isnull=False).distinct()
    tenders = Tender.objects.filter(status=Tender.Status.PUBLISHED, lots__in=under_way)
    sits = {"seat__organisation": organisation, "replaced_at": None, "tender__in": tenders}
    return [
        Passing(
            _("bids not decided"), bids.count(), stays=_("decided in its name; a contract is made with its successor")
        ),
        Passing(
            _("openers"),
            Opener.objects.filter(**sits).count(),
            stays=_("they keep their keys and seats, or are replaced"),
        ),
        Passing(
            _("evaluators"), Evaluator.objects.filter(**sits).count(), stays=_("they keep their seats, or are replaced")
        ),
    ]


def related(reference: str, seat: Seat) -> list[Related]:
    return [thing for area in AREAS for thing in area.related(reference, seat)]


def steps(tender: Tender, lot: Lot | None, now: datetime) -> list[Step]:
    """The steps of a tender, or of one of its lots alone, up to the ranked prices."""
    return steps_of_lot(lot, now) if lot else steps_of(tender, now)


def record(tender: Tender) -> dict[str, Any]:
    """The part of the public record that is of this room."""
    return papers_of(tender)


def tabs(tender: Tender, seat: Seat) -> list[Tab]:
    """The views of a tender that a seat may open; each is named as its route."""
    views = _views(tender, seat)
    return [Tab(name, label, reverse(f"tenders:{name}", args=[tender.reference])) for name, label in views]


def _views(tender: Tender, seat: Seat) -> Iterator[tuple[str, Text]]:
    public = tender.published_at is not None
    yield "tender", _("Overview")
    if any(seat.may(permission) for permission in PEOPLE_READERS):
        yield "people", _("People")
    if public:
        yield "questions", _("Questions and answers")
    if public and seat.may(Permission.BID):
        yield "tender-bids", _("Your bids")
    if public:
        yield "opening", _("Opening")
    if public and tender.envelopes == 2 and _reads_evaluation(tender, seat):
        yield "evaluation", _("Evaluation")


def _reads_evaluation(tender: Tender, seat: Seat) -> bool:
    if (seat.organisation_id == tender.agency_id and seat.may(Permission.PUBLISH_RESULT)) or seat.reads_the_trail:
        return True
    return Evaluator.objects.filter(tender=tender, seat=seat, replaced_at=None).exists()
