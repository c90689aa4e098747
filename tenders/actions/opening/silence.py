"""Silence after a call to reveal: whoever let its hour pass has withdrawn, as the notice says."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import Seat
from core.models import Event
from tenders.actions.lots import end_lot, tell
from tenders.actions.opening.minutes import write_minutes
from tenders.actions.ranking import rank_lot
from tenders.call import shut_envelopes
from tenders.models import BidVersion, EnvelopeKind, Lot, OpenedEnvelope, OpeningRequest, Qualification, Reveal, Verb


def list_revealed(
    lot: Lot, versions: Sequence[BidVersion], envelope: str, *, by: Seat, now: datetime
) -> list[BidVersion]:
    """Of the versions whose envelopes would be asked for, those whose seeds were revealed; the silent are recorded.

    A lot of which nothing is left to open ends here. Within the action that asks the openers.
    """
    shut = shut_envelopes(lot.tender, bid__lot=lot)
    waiting = [version for version in versions if envelope in shut.get(version, ())]
    revealed = set(
        Reveal.objects.filter(version__in=waiting)
        .exclude(**{f"{envelope}_sha256": ""})
        .values_list("version", flat=True)
    )
    silent = [version for version in waiting if version.pk not in revealed]
    if silent:
        _record(lot, silent, envelope, now)
    listed = [version for version in waiting if version.pk in revealed]
    if not listed:
        _end(lot, envelope, by, now)
    return listed


def _record(lot: Lot, silent: Sequence[BidVersion], envelope: str, now: datetime) -> None:
    passes = {
        one.bid_id: one for one in Qualification.objects.standing().filter(bid__in=[version.bid for version in silent])
    }
    OpenedEnvelope.objects.bulk_create(
        OpenedEnvelope(
            version=version,
            bid=version.bid,
            envelope=envelope,
            outcome=OpenedEnvelope.Outcome.NOT_REVEALED,
            qualification=passes.get(version.bid_id),
            opened_at=now,
        )
        for version in silent
    )
    tell(Verb.BIDS_NOT_REVEALED, lot, None, now, audience=Event.Audience.PUBLIC, bids=len(silent))


def _end(lot: Lot, envelope: str, by: Seat, now: datetime) -> None:
    """Nobody revealed: what was opened before is written down and ranked, and a lot without a bid has failed."""
    if envelope == EnvelopeKind.COMMERCIAL:
        rank_lot(lot=lot, now=now)
    begun = OpeningRequest.objects.filter(lot=lot, envelope=envelope, minutes=None).exclude(opened=None).first()
    if begun:
        write_minutes(begun, now)
    elif envelope == EnvelopeKind.TECHNICAL:
        end_lot(lot=lot, ending=Lot.Ending.NO_BID, by=by, now=now)
