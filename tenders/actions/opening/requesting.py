"""Asking the openers: a signed list of envelopes, public before any opener acts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.actions import notify
from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from sealing import tree
from sealing.canonical import format_time
from sealing.documents import REQUEST, document_hash, read_document
from tenders.actions.lots import end_lot
from tenders.actions.opening.closing import close_tender, wait_for_bids_in_flight
from tenders.actions.opening.silence import list_revealed
from tenders.actions.preparation import in_words
from tenders.call import published_call
from tenders.duties import permit
from tenders.models import AskedKind, BidVersion, EnvelopeKind, Lot, OpeningRequest, Tender, Verb
from tenders.rules.opening import LotFacts, Obstacle, obstacle
from tenders.signing import server_public, sign

OBSTACLES = {
    Obstacle.CANCELLED: gettext_lazy("The tender is not published, or was cancelled."),
    Obstacle.NOT_CLOSED: gettext_lazy("The deadline of this tender has not come."),
    Obstacle.CALLED: gettext_lazy("The bidders still reveal their seeds: the hour of the call has not come."),
    Obstacle.REQUESTED: gettext_lazy("The openers were asked for these envelopes already."),
    Obstacle.ENDED: gettext_lazy("This lot has ended."),
    Obstacle.NO_TECHNICAL: gettext_lazy("This tender has no technical envelopes."),
    Obstacle.NOT_EVALUATED: gettext_lazy("The technical result of this lot is not published."),
    Obstacle.OBJECTION_TIME: gettext_lazy("The technical result can still be objected to."),
    Obstacle.HELD: gettext_lazy("The lot stands still: an objection, a complaint or a court holds it."),
}


@action
def request_opening(*, lot: Lot, envelope: str, by: Seat, now: datetime) -> OpeningRequest | None:
    """Publish the list of envelopes of one lot that the openers are asked to unlock.

    The technical list holds every standing bid of the lot; the commercial list exactly the bids that the
    signed technical result names as passed. A lot in which no bid stands ends here as failed, and there
    is no request. Closes the tender where nobody has. After the hour of a call the list holds the seeds that were
    revealed, and who was silent is recorded.
    """
    permit(lot.tender, by, Permission.PUBLISH_TENDER)
    close_tender(tender=lot.tender, now=now)
    wait_for_bids_in_flight(lot.tender)
    if _end_lots_without_bids([lot], by, now):
        return None
    lot = _with_facts(lot.tender).get(pk=lot.pk)
    found = obstacle(facts_of(lot), envelope, now)
    if found in (Obstacle.REQUESTED, Obstacle.ENDED):
        raise Conflict(str(OBSTACLES[found]), code=found)
    if found:
        raise Refused(str(OBSTACLES[found]), code=found)
    return next(iter(_ask(lot.tender, [lot], envelope, by=by, now=now)), None)


@action
def request_openings(*, tender: Tender, envelope: str, by: Seat, now: datetime) -> list[OpeningRequest]:
    """Ask for these envelopes of every lot of a tender that is ready for it; Refused where none is."""
    permit(tender, by, Permission.PUBLISH_TENDER)
    close_tender(tender=tender, now=now)
    wait_for_bids_in_flight(tender)
    ended = _end_lots_without_bids(tender.lots.all(), by, now)
    lots = ready_lots(tender, envelope, now)
    if not lots and not ended:
        raise Refused(_("No lot is ready for this opening."), code="none_ready")
    return _ask(tender, lots, envelope, by=by, now=now) if lots else []


def ready_lots(tender: Tender, envelope: str, now: datetime) -> list[Lot]:
    """The lots of a tender whose envelopes nothing keeps from being asked for at ``now``."""
    return [lot for lot in _with_facts(tender) if obstacle(facts_of(lot), envelope, now) is None]


def check_requesting(tender: Tender, envelope: str, now: datetime) -> None:
    """Refused, with the reason and the hour, where no lot's envelopes can be asked for now. Whoever asks after the
    deadline closes the tender by it."""
    facts = [facts_of(lot) for lot in _with_facts(tender)]
    hindrances = [obstacle(replace(one, closed=one.closed or tender.closed(now)), envelope, now) for one in facts]
    found = [one for one in hindrances if one is not None]
    if len(found) < len(facts) or not facts:
        return
    if Obstacle.NOT_CLOSED in found:
        told = _("Bids can still come, until %(until)s.") % {"until": in_words(tender.deadline)}
        raise Refused(told, code=Obstacle.NOT_CLOSED)
    if Obstacle.OBJECTION_TIME in found:
        until = in_words(min(one.final_at for one in facts if one.final_at))
        told = _("The technical result can still be objected to, until %(until)s.") % {"until": until}
        raise Refused(told, code=Obstacle.OBJECTION_TIME)
    raise Refused(str(OBSTACLES[found[0]]), code=found[0])


def facts_of(lot: Lot) -> LotFacts:
    """What the rule asks about a lot, from the rows fetched with it."""
    result, due_at = lot.technical_result, _due_at(lot.tender)
    asked: Iterable[Any] = lot.opening_requests.all()
    return LotFacts(
        published=lot.tender.status == Tender.Status.PUBLISHED,
        closed=hasattr(lot.tender, "close"),
        envelopes=lot.tender.envelopes,
        ended=lot.status == Lot.Status.ENDED,
        requested=frozenset(
            one.opens.value for one in asked if one.by_reveal or due_at is None or one.verdicts >= one.listed
        ),
        final_at=result.final_at if result else None,
        held=any(held.lifted_at is None for held in lot.holds.all()),
        due_at=due_at,
    )


def _due_at(tender: Tender) -> datetime | None:
    """The hour of the tender's published call to reveal; None without one."""
    call = getattr(tender, "reveal_call", None)
    return call.due_at if call and call.published_at else None


def _with_facts(tender: Tender) -> Any:
    lots = Lot.objects.filter(tender=tender).select_related("tender__close", "tender__reveal_call", "technical_result")
    return lots.prefetch_related(Prefetch("opening_requests", OpeningRequest.objects.with_verdicts()), "holds")


def _ask(tender: Tender, lots: Sequence[Lot], envelope: str, *, by: Seat, now: datetime) -> list[OpeningRequest]:
    listed, asked = _listed(lots, envelope), envelope
    if published_call(tender):
        asked = f"reveal-{envelope}"
        listed = {lot.pk: list_revealed(lot, listed[lot.pk], envelope, by=by, now=now) for lot in lots}
        lots = [lot for lot in lots if listed[lot.pk]]
    if not lots:
        return []
    requests = [_request(lot, asked, listed[lot.pk], by=by, now=now) for lot in lots]
    OpeningRequest.objects.bulk_create(requests)
    record(
        Verb.OPENING_REQUESTED,
        tender.reference,
        by=by,
        now=now,
        audience=Event.Audience.PUBLIC,
        lots=[lot.number for lot in lots],
        envelopes=sum(len(versions) for versions in listed.values()),
        envelope=AskedKind(asked).label,
    )
    _tell_openers(tender, requests, now)
    return requests


def _tell_openers(tender: Tender, requests: Sequence[OpeningRequest], now: datetime) -> None:
    openers = tender.openers.filter(replaced_at=None).select_related("seat")
    notify(
        seats=[opener.seat for opener in openers],
        subject=tender.reference,
        text=gettext_noop("Your shares are asked for in %(tender)s. Bring your key file and its code."),
        path=reverse("tenders:release-shares", args=[tender.reference]),
        about=f"opening:{requests[0].pk}",
        now=now,
        data={"tender": tender.reference},
    )


def _listed(lots: Sequence[Lot], envelope: str) -> dict[int, list[BidVersion]]:
    """The versions to be opened, by lot: all that stand, or for prices those of the bids that passed."""
    standing = BidVersion.objects.standing().filter(bid__lot__in=lots).order_by("bid__reference")
    listed: dict[int, list[BidVersion]] = defaultdict(list)
    for version in standing.select_related("bid__supplier", "receipt").defer("technical", "commercial"):
        listed[version.bid.lot_id].append(version)
    if envelope == EnvelopeKind.COMMERCIAL:
        return {lot.pk: _passed(lot, listed[lot.pk]) for lot in lots}
    return listed


def _passed(lot: Lot, standing: Sequence[BidVersion]) -> list[BidVersion]:
    """The versions of exactly the bids that the signed technical result names as passed."""
    document = bytes(lot.result.document)
    names = read_document(document, [server_public()], needed=1).body["passed"]
    versions = [version for version in standing if version.bid.reference in names]
    if [version.bid.reference for version in versions] != names:
        raise Refused(_("The signed technical result names a bid that does not stand."), code="result_differs")
    return versions


def _request(lot: Lot, asked: str, versions: Sequence[BidVersion], *, by: Seat, now: datetime) -> OpeningRequest:
    envelope = asked.removeprefix("reveal-")
    document = sign(
        {
            "format": REQUEST,
            "tender": lot.tender.reference,
            "lot": lot.key,
            "close": lot.tender.close.sha256,
            "envelope": asked,
            "number": 1,
            "previous": "",
            "result": lot.result.sha256 if envelope == EnvelopeKind.COMMERCIAL else "",
            "issued_at": format_time(now),
            "list": [_entry(version, envelope) for version in versions],
        }
    )
    return OpeningRequest(
        tender=lot.tender,
        lot=lot,
        envelope=asked,
        document=document,
        sha256=document_hash(document),
        listed=len(versions),
        requested_at=now,
        requested_by=by,
    )


def _entry(version: BidVersion, envelope: str) -> dict[str, Any]:
    return {
        "bid": version.bid.reference,
        "com": getattr(version, f"{envelope}_com"),
        "leaf": tree.leaf(version.receipt.body),
        "sha256": getattr(version, f"{envelope}_sha256"),
        "supplier": version.bid.supplier.credit_code,
        "version": version.number,
    }


def _end_lots_without_bids(lots: Iterable[Lot], by: Seat, now: datetime) -> list[Lot]:
    """End the closed lots among these in which no bid stands: nothing in them will ever be opened."""
    standing = BidVersion.objects.standing().filter(bid__lot__in=lots).values("bid__lot")
    open_lots = Lot.objects.filter(pk__in=[lot.pk for lot in lots], status=Lot.Status.OPEN, tender__status="published")
    empty = list(open_lots.select_related("tender").exclude(pk__in=standing))
    for lot in empty:
        end_lot(lot=lot, ending=Lot.Ending.NO_BID, by=by, now=now)
    return empty
