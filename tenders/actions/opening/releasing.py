"""Releasing: an opener brings the key, and its shares of the envelopes asked for are unlocked.

The key file and its code are used inside this call and dropped with it: never stored, logged or repeated.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts.access import demand
from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from tenders.actions.opening.closing import wait_for_bids_in_flight
from tenders.actions.opening.unlocking import listed_in, open_envelopes
from tenders.models import Opener, OpeningRequest, Release, Tender, Verb
from tenders.sealing.canonical import format_time
from tenders.sealing.documents import RELEASE, sign_document
from tenders.sealing.envelope import parse
from tenders.sealing.errors import CodeError, SealError, ShareError
from tenders.sealing.keys import OpenerKeys, unlock
from tenders.sealing.opening import release_share
from tenders.sealing.primitives import sha256


@sensitive_variables()
def release_shares(*, tender: Tender, key_file: bytes, code: str, by: Seat, now: datetime) -> list[Release]:
    """Unlock an opener's key file and release with it (see ``release_with_keys``).

    Refused, before anything slow, for somebody who is not an opener of the tender or for whom nothing
    waits; then for a file or code that does not open.
    """
    _waiting_for(_opener(tender, by))
    try:
        keys = OpenerKeys.from_secret(unlock(key_file, code, "opener"))
    except CodeError:
        raise Refused(_("The code does not open this key file. Check both."), field="code") from None
    except SealError:
        raise Refused(_("This is not an opener's key file."), field="key_file") from None
    return release_with_keys(tender=tender, keys=keys, by=by, now=now)


@sensitive_variables()
@action
def release_with_keys(*, tender: Tender, keys: OpenerKeys, by: Seat, now: datetime) -> list[Release]:
    """Unlock an opener's share of every envelope that the tender's open requests list.

    Writes a signed release for each request, and opens the envelopes of every request that now has as
    many releases as the notice asks for. Refused for keys that are not those of the opener's place;
    Conflict where nothing waits for this opener any more.
    """
    opener = _opener(tender, by)
    _check_place(keys, opener)
    wait_for_bids_in_flight(tender)
    requests = _waiting_for(opener)
    releases = [_release(request, opener, keys, by, now) for request in requests]
    Release.objects.bulk_create(releases)
    record(
        Verb.SHARES_RELEASED,
        tender.reference,
        by=by,
        now=now,
        audience=Event.Audience.PUBLIC,
        place=opener.place,
        lots=[request.lot.number for request in requests],
    )
    open_envelopes(requests=requests, by=by, now=now)
    return releases


def _opener(tender: Tender, by: Seat) -> Opener:
    demand(by, Permission.OPEN_ENVELOPES)
    opener = tender.openers.filter(seat=by, replaced_at=None).select_related("tender").first()
    if opener is None:
        raise Refused(_("You hold no key of this tender."), code="not_an_opener")
    return opener


def _waiting_for(opener: Opener) -> Sequence[OpeningRequest]:
    requests = list(OpeningRequest.objects.waiting_for(opener).select_related("lot__tender"))
    if requests:
        return requests
    if opener.releases.exists():
        raise Conflict(_("You have released your shares already; nothing else waits for you."), code="released")
    raise Refused(_("Nobody has asked the openers to unlock envelopes that are still shut."), code="not_asked")


def _check_place(keys: OpenerKeys, opener: Opener) -> None:
    published = (opener.tender.reference, opener.public_key, opener.signing_key)
    if (keys.tender, keys.ecdh_public, keys.sign_public) != published:
        raise Refused(
            _("This key file is not the one of place %(place)s in tender %(tender)s.")
            % {"place": opener.place, "tender": opener.tender.reference},
            field="key_file",
        )


@sensitive_variables()
def _release(asked: OpeningRequest, opener: Opener, keys: OpenerKeys, by: Seat, now: datetime) -> Release:
    shares = [_share(listed.file, opener.place, keys) for listed in listed_in(asked)]
    document = sign_document(
        {
            "format": RELEASE,
            "tender": asked.lot.tender.reference,
            "lot": asked.lot.key,
            "request": asked.sha256,
            "opener": opener.place,
            "released_at": format_time(now),
            "shares": [sha256(share) if share else "" for share in shares],
        },
        keys.sign,
    )
    return Release(
        request=asked,
        opener=opener,
        document=document,
        shares=[share.hex() for share in shares],
        released_at=now,
        released_by=by,
    )


@sensitive_variables()
def _share(file: bytes | None, place: int, keys: OpenerKeys) -> bytes:
    """The opener's share, empty where there is no file or its seal does not open: that stops no other envelope."""
    if file is None:
        return b""
    parsed = parse(file)
    try:
        return release_share(parsed.header_bytes, parsed.seals[place - 1], position=place, key=keys.ecdh)
    except ShareError:
        return b""
