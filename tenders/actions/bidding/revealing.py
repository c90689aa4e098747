"""Revealing: after a call, a bidder's seeds come in, sealed by its own program to the openers of the call."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from accounts.models import Seat
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from sealing.envelope import check_upload, parse
from sealing.errors import SealError
from sealing.primitives import sha256
from tenders.actions.bidding.submitting import LATE_STATE, require_own
from tenders.call import PublishedCall, published_call, shut_envelopes
from tenders.models import Bid, BidVersion, Reveal, RevealCall, Verb


@dataclass(frozen=True)
class Seeds:
    """The sealed files of a reveal, ``reveal-technical`` and ``reveal-commercial``; None where none is asked for."""

    technical: bytes | None = field(default=None, repr=False)
    commercial: bytes | None = field(default=None, repr=False)

    @property
    def files(self) -> dict[str, bytes]:
        both = {"technical": self.technical, "commercial": self.commercial}
        return {kind: file for kind, file in both.items() if file is not None}

    @property
    def columns(self) -> dict[str, object]:
        """Files and their hashes as the columns of a reveal."""
        return {**self.files, **{f"{kind}_sha256": sha256(file) for kind, file in self.files.items()}}


@action
def reveal_bid(*, bid: Bid, seeds: Seeds, by: Seat, now: datetime) -> Reveal:
    """Keep the seeds of a bid's shut envelopes, all at once, sealed to the openers of the call, before its hour.

    The same files again get the same reveal; others are refused, because what was sealed first may be on its way to
    the openers. Refused for files that are not sealed to this call for this bid, and from the hour on, which the
    database's clock decides.
    """
    require_own(bid, by)
    Bid.objects.select_for_update(no_key=True).get(pk=bid.pk)
    earlier = Reveal.objects.filter(bid=bid).first()
    if earlier is not None:
        return _same(earlier, seeds)
    call = published_call(bid.tender)
    found = shut_envelopes(bid.tender, bid=bid)
    if call is None or not found:
        raise Refused(_("Nobody has called for the seeds of this bid."), code="not_called")
    ((version, kinds),) = found.items()
    _check(seeds, call, version, kinds)
    reveal = Reveal(call=call, bid=bid, version=version, received_at=now, submitted_by=by, **seeds.columns)
    _keep(reveal)
    record(Verb.BID_REVEALED, bid.reference, by=by, now=now, audience=Event.Audience.NAMED)
    return reveal


def _same(earlier: Reveal, seeds: Seeds) -> Reveal:
    columns = {"technical_sha256": "", "commercial_sha256": ""} | seeds.columns
    if any(getattr(earlier, name) != columns[name] for name in ("technical_sha256", "commercial_sha256")):
        raise Conflict(_("The seeds of this bid are here already."), code="revealed")
    return earlier


def _check(seeds: Seeds, call: RevealCall, version: BidVersion, kinds: tuple[str, ...]) -> None:
    """Every shut envelope's seed, each sealed to this call in this bid's name, with nothing attached."""
    if tuple(seeds.files) != kinds:
        raise Refused(_("Reveal the seeds of all envelopes that are still shut, and of no other."), code="kinds")
    published = PublishedCall.of(call)
    for kind, file in seeds.files.items():
        try:
            parsed = parse(file)
            check_upload(parsed, *published.asks(version, kind))
            where = "blobs" if parsed.header.blobs else ""
        except SealError as error:
            where = error.where or "file"
        if where:
            message = _("The file is not a seed of this bid, sealed to the openers of the call.")
            raise Refused(message, field=f"{kind}.{where}", code="not_as_sealed")


def _keep(reveal: Reveal) -> None:
    try:
        with transaction.atomic():
            reveal.save(force_insert=True)
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") != LATE_STATE:
            raise
        raise Refused(_("The hour of the call has passed."), code="late") from None
    reveal.refresh_from_db(fields=["received_at"])
