"""Releasing: what an opener's program unlocked and signed comes in, and is held against the request.

No private key ever comes here. A share is believed as far as its hash stands in the signed release; whether it is
the share that the bidder sealed shows when the envelope is sealed again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts.models import Seat
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from sealing.documents import RELEASE, read_document
from sealing.errors import SealError
from sealing.opening import SHARE_BYTES
from sealing.primitives import sha256
from tenders.actions.keys import opener_of
from tenders.actions.opening.closing import wait_for_bids_in_flight
from tenders.actions.opening.unlocking import open_envelopes
from tenders.models import Opener, OpeningRequest, Release, Tender, Verb


@dataclass(frozen=True)
class Released:
    """An opener's answer to one request: the signed release, and the shares in the order of the request's list."""

    document: bytes
    shares: tuple[bytes, ...] = field(repr=False)


@sensitive_variables()
@action
def release_shares(*, tender: Tender, answers: Sequence[Released], by: Seat, now: datetime) -> list[Release]:
    """Take an opener's answers to requests of a tender, and open what enough releases now unlock.

    Refused for a release that the keys of the opener's place did not sign, that answers no request which waits
    for this opener, or whose hashes are not those of the shares; Conflict where nothing waits any more.
    """
    opener = opener_of(tender, by)
    wait_for_bids_in_flight(tender)
    waiting = {request.sha256: request for request in _waiting_for(opener)}
    if not answers:
        raise Refused(_("There is no release in this answer."), field="releases", code="other_document")
    releases = [_held(answer, opener, waiting, by, now) for answer in answers]
    Release.objects.bulk_create(releases)
    record(
        Verb.SHARES_RELEASED,
        tender.reference,
        by=by,
        now=now,
        audience=Event.Audience.PUBLIC,
        place=opener.place,
        lots=[release.request.lot.number for release in releases],
    )
    open_envelopes(requests=[release.request for release in releases], now=now)
    return releases


def _waiting_for(opener: Opener) -> Sequence[OpeningRequest]:
    requests = list(OpeningRequest.objects.waiting_for(pk=opener.pk).select_related("lot__tender"))
    if requests:
        return requests
    if opener.releases.exists():
        raise Conflict(_("You have released your shares already; nothing else waits for you."), code="released")
    raise Refused(_("Nobody has asked the openers to unlock envelopes that are still shut."), code="not_asked")


@sensitive_variables()
def _held(answer: Released, opener: Opener, waiting: dict[str, OpeningRequest], by: Seat, now: datetime) -> Release:
    """An answer held against the request that it names; each request is answered once."""
    try:
        body = read_document(answer.document, [opener.signing_key]).body
    except SealError:
        raise _refused(_("This release is not signed with the key of place %(place)s."), opener) from None
    asked = waiting.pop(body.get("request", ""), None)
    if body["format"] != RELEASE or asked is None or body["opener"] != opener.place:
        raise _refused(_("This release answers no request that waits for place %(place)s."), opener)
    hashes = [sha256(share) if share else "" for share in answer.shares]
    complete = len(hashes) == asked.listed and all(len(share) in (0, SHARE_BYTES) for share in answer.shares)
    if not complete or body["shares"] != hashes or (body["tender"], body["lot"]) != (str(opener.tender), asked.lot.key):
        raise _refused(_("The shares of place %(place)s are not those that its release names."), opener)
    return Release(
        request=asked,
        opener=opener,
        document=answer.document,
        shares=[share.hex() for share in answer.shares],
        released_at=now,
        released_by=by,
    )


def _refused(message: str, opener: Opener) -> Refused:
    return Refused(message % {"place": opener.place}, field="releases", code="release")
