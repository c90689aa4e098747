"""Opening: shares are combined, every envelope is sealed again and compared, verdicts are published at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.errors import Refused
from core.models import Event
from sealing.errors import PayloadError
from sealing.opening import Opened, Outcome, open_envelope, open_revealed
from sealing.payloads import read_payload
from sealing.primitives import sha256
from tenders.actions.lots import tell
from tenders.actions.opening.closing import wait_for_bids_in_flight
from tenders.actions.opening.minutes import write_minutes
from tenders.actions.ranking import rank_lot
from tenders.duties import permit
from tenders.models import BidVersion, EnvelopeKind, OpenedEnvelope, OpeningRequest, Qualification, Release, Verb
from tenders.rules.opening import settled

OUTCOMES = {
    Outcome.OPENED: OpenedEnvelope.Outcome.OPENED,
    Outcome.BIDDER_FAULT: OpenedEnvelope.Outcome.BIDDER_FAULT,
    Outcome.UNREADABLE: OpenedEnvelope.Outcome.UNREADABLE,
}


@action
def open_envelopes(*, requests: Sequence[OpeningRequest], now: datetime) -> list[OpenedEnvelope]:
    """Open what enough releases unlock, each envelope by itself: a bad one stops none of the others.

    An envelope that does not open waits while openers remain who could still release: the share of one
    of those who did may be wrong. Requests with too few releases are left as they are. With the last price
    of a lot its ranking is written.
    """
    return [envelope for request in requests for envelope in _open(request, now, everybody_was_asked=False)]


@action
def conclude_opening(*, request: OpeningRequest, by: Seat, now: datetime) -> list[OpenedEnvelope]:
    """End an opening whose remaining openers cannot come: what did not open is recorded as unreadable."""
    permit(request.tender, by, Permission.PUBLISH_TENDER)
    wait_for_bids_in_flight(request.tender)
    if not OpeningRequest.objects.still_shut().filter(pk=request.pk).exists():
        raise Refused(_("Every envelope of this request has its verdict, or is opened by its seed."), code="concluded")
    if request.releases.count() < request.tender.openers_needed:
        raise Refused(_("Too few openers have released their shares. The opening is postponed."), code="too_few")
    return _open(request, now, everybody_was_asked=True)


@dataclass(frozen=True)
class Listed:
    """A version that a request lists, with the file received for it and, after a call, the one that reveals its seed;
    None where the stored one differs."""

    version: BidVersion
    file: bytes | None = field(repr=False)
    by_reveal: bool = False
    reveal: bytes | None = field(default=None, repr=False)

    @property
    def for_openers(self) -> bytes | None:
        """The file whose seals the openers unlock."""
        return self.reveal if self.by_reveal else self.file

    def opened_with(self, shares: dict[int, bytes]) -> Opened | None:
        """The verdict on the file received; None where what is stored cannot be opened at all."""
        if self.file is None or self.for_openers is None:
            return None
        if self.reveal is None:
            return open_envelope(self.file, shares)
        return open_revealed(self.file, self.reveal, shares)


def listed_in(request: OpeningRequest) -> list[Listed]:
    """What a request lists, in its order. Each file is held against the hash that its receipt, or reveal, names."""
    entries = request.entries
    references = [entry["bid"] for entry in entries]
    unread = {EnvelopeKind.TECHNICAL.value, EnvelopeKind.COMMERCIAL.value} - {request.opens.value}
    standing = BidVersion.objects.standing().filter(bid__lot=request.lot_id, bid__reference__in=references)
    related = ["bid__supplier", "bid__product_version__product__item", "bid__product_version__product__maker"]
    if request.by_reveal:
        unread |= {f"reveal__{kind}" for kind in unread}
        related.append("reveal")
    found = {version.bid.reference: version for version in standing.select_related(*related).defer(*unread)}
    if len(found) < len(entries):
        raise Refused(_("A bid that was received is no longer stored. Nothing was opened."), code="tampered")
    return [_held_against(entry["sha256"], found[entry["bid"]], request) for entry in entries]


def _held_against(digest: str, version: BidVersion, request: OpeningRequest) -> Listed:
    kind = request.opens.value
    file = _as_received(getattr(version, kind), digest)
    if not request.by_reveal:
        return Listed(version, file)
    revealed = _as_received(getattr(version.reveal, kind), getattr(version.reveal, f"{kind}_sha256"))
    return Listed(version, file, by_reveal=True, reveal=revealed)


def _as_received(stored: bytes | memoryview | None, digest: str) -> bytes | None:
    file = bytes(stored or b"")
    return file if sha256(file) == digest else None


@sensitive_variables()
def _open(asked: OpeningRequest, now: datetime, *, everybody_was_asked: bool) -> list[OpenedEnvelope]:
    tender = asked.lot.tender
    releases = list(Release.objects.filter(request=asked).select_related("opener"))
    openers = len(releases) if everybody_was_asked else tender.openers.filter(replaced_at=None).count()
    if len(releases) < tender.openers_needed:
        return []
    done = set(asked.opened.values_list("bid", flat=True))
    passes = _passes(asked)
    envelopes = []
    for position, listed in enumerate(listed_in(asked)):
        if listed.version.bid_id in done:
            continue
        shares = {r.opener.place: bytes.fromhex(r.shares[position]) for r in releases if r.shares[position]}
        opened = listed.opened_with(shares)
        legible = opened is not None and opened.outcome is not Outcome.UNREADABLE
        if settled(releases=len(releases), openers=openers, needed=tender.openers_needed, opened=legible):
            envelopes.append(_envelope(asked, listed.version, opened, passes.get(listed.version.bid_id), now))
    OpenedEnvelope.objects.bulk_create(envelopes)
    if envelopes:
        _tell(asked, envelopes, now)
        if len(done) + len(envelopes) == asked.listed:
            if asked.opens == EnvelopeKind.COMMERCIAL:
                rank_lot(lot=asked.lot, now=now)
            write_minutes(asked, now)
    return envelopes


def _passes(request: OpeningRequest) -> dict[int, Qualification]:
    """For prices: the pass of each listed bid. Without every one of them no share is even combined."""
    if request.opens == EnvelopeKind.TECHNICAL:
        return {}
    passed = Qualification.objects.standing().filter(bid__lot=request.lot_id, verdict=Qualification.Verdict.QUALIFIED)
    passes = {one.bid.reference: one for one in passed.select_related("bid")}
    if not {entry["bid"] for entry in request.entries} <= set(passes):
        raise Refused(_("A listed bid has not passed. Nothing was opened."), code="no_pass")
    return {one.bid_id: one for one in passes.values()}


def _envelope(
    request: OpeningRequest,
    version: BidVersion,
    opened: Opened | None,
    passed: Qualification | None,
    now: datetime,
) -> OpenedEnvelope:
    outcome, payload = _read(opened) if opened else (Outcome.UNREADABLE, "")
    return OpenedEnvelope(
        version=version,
        bid=version.bid,
        request=request,
        envelope=request.opens,
        outcome=OUTCOMES[outcome],
        payload=payload,
        seed=opened.seed.hex() if opened and opened.seed else "",
        wrong_openers=list(opened.wrong_openers) if opened else [],
        qualification=passed,
        opened_at=now,
    )


def _read(opened: Opened) -> tuple[Outcome, str]:
    """What became of an envelope, and its text. A payload that nobody can read as an offer is the bidder's fault."""
    if opened.payload is None:
        return opened.outcome, ""
    try:
        header = opened.header
        read_payload(opened.payload, header.envelope, supplier=header.supplier, blobs=len(header.blobs))
    except PayloadError:
        return Outcome.BIDDER_FAULT, ""
    return opened.outcome, opened.payload.decode()


def _tell(request: OpeningRequest, envelopes: Sequence[OpenedEnvelope], now: datetime) -> None:
    tell(
        Verb.ENVELOPES_OPENED,
        request.lot,
        None,
        now,
        audience=Event.Audience.PUBLIC,
        opened=sum(envelope.outcome == OpenedEnvelope.Outcome.OPENED for envelope in envelopes),
        listed=request.listed,
        envelope=request.opens.label,
    )
