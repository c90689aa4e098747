"""What waits when openers do not come or have lost their keys: an opening, a call, seeds to reveal."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Seat
from accounts.permissions import Permission
from core.shell import NavEntry, Related, Todo
from tenders.actions.opening import absent_openers, ready_lots
from tenders.call import shut_envelopes
from tenders.models import EnvelopeKind, OpeningRequest, RevealCall, Tender


def nav(seat: Seat) -> list[NavEntry]:
    return []


def todos(seat: Seat, now: datetime) -> list[Todo]:
    found: list[Todo] = []
    if seat.may(Permission.PUBLISH_TENDER):
        found += _absent(seat)
        found += _calls_to_publish(seat)
        found += _seeds_to_ask_for(seat, now)
    if seat.may(Permission.BID):
        found += _seeds_to_reveal(seat, now)
    return found


def related(reference: str, seat: Seat) -> list[Related]:
    return []


def _absent(seat: Seat) -> Iterator[Todo]:
    """Openings of the agency that wait for openers, and for whom."""
    waiting = OpeningRequest.objects.still_shut().filter(tender__agency=seat.organisation_id)
    for tender in Tender.objects.filter(pk__in=waiting.values("tender")):
        absent = absent_openers(tender)
        if absent:
            yield Todo(
                what=_("The opening waits for openers: %(names)s") % {"names": ", ".join(absent)},
                where=f"{tender.reference} {tender.title}",
                url=reverse("tenders:opening", args=[tender.reference]),
                action=_("See the opening"),
            )


def _calls_to_publish(seat: Seat) -> Iterator[Todo]:
    prepared = RevealCall.objects.in_preparation().filter(tender__agency=seat.organisation_id)
    for call in prepared.exclude(called_by__person=seat.person_id).select_related("tender"):
        yield Todo(
            what=_("Publish the call to reveal as the second person"),
            where=f"{call.tender.reference} {call.tender.title}",
            url=reverse("tenders:publish-call", args=[call.tender.reference]),
            action=_("Look at it"),
            until_at=call.due_at,
            since=call.called_at,
        )


def _seeds_to_ask_for(seat: Seat, now: datetime) -> Iterator[Todo]:
    due = RevealCall.objects.published().filter(tender__agency=seat.organisation_id, due_at__lte=now)
    for call in due.filter(tender__status=Tender.Status.PUBLISHED).select_related("tender"):
        for kind in EnvelopeKind:
            if ready_lots(call.tender, kind, now):
                yield Todo(
                    what=_("Ask the openers for the revealed seeds: %(envelope)s") % {"envelope": kind.label},
                    where=f"{call.tender.reference} {call.tender.title}",
                    url=reverse("tenders:request-openings", args=[call.tender.reference, kind.value]),
                    action=_("Ask"),
                    since=call.due_at,
                )


def _seeds_to_reveal(seat: Seat, now: datetime) -> Iterator[Todo]:
    """Bids whose seeds a call asks for, and has not."""
    running = RevealCall.objects.published().filter(due_at__gt=now, tender__status=Tender.Status.PUBLISHED)
    for call in running.filter(tender__bids__supplier=seat.organisation_id).select_related("tender").distinct():
        bids = [one.bid for one in shut_envelopes(call.tender, bid__supplier=seat.organisation_id, reveal=None)]
        if bids:
            one = reverse("tenders:reveal-bid", args=[bids[0].reference])
            text = ngettext("Reveal the seeds of %(n)d bid", "Reveal the seeds of %(n)d bids", len(bids))
            yield Todo(
                what=text % {"n": len(bids)},
                where=f"{call.tender.reference} {call.tender.title}",
                url=one if len(bids) == 1 else reverse("tenders:tender-bids", args=[call.tender.reference]),
                action=_("Reveal"),
                until_at=call.due_at,
                since=call.published_at,
                count=len(bids),
            )
