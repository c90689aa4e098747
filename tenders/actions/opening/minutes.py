"""Minutes of an opening: written by the platform when every verdict is there, signed by the openers."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Seat
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from sealing.canonical import canonical_json
from sealing.documents import MINUTES, check_body, document_hash, read_document
from sealing.errors import SealError
from sealing.primitives import sha256
from tenders.actions.keys import opener_of
from tenders.models import (
    EnvelopeKind,
    Minutes,
    MinutesSignature,
    OpenedEnvelope,
    OpeningRequest,
    Ranking,
    Tender,
    Verb,
)
from tenders.program import program_digest


def write_minutes(request: OpeningRequest, now: datetime) -> Minutes:
    """Write down what the opening of one lot's envelopes did. Within the action that gave the last verdict.

    Every envelope of the kind has its line, also one that was opened before a call or not revealed after it.
    The releases are all that were ever made for the lot, so that an opener who signs says that there are no others.
    """
    lot, kind = request.lot, request.opens
    requests = OpeningRequest.objects.filter(lot=lot).order_by("pk")
    opened = OpenedEnvelope.objects.filter(bid__lot=lot, envelope=kind).select_related("bid", "version")
    body = {
        "format": MINUTES,
        "tender": lot.tender.reference,
        "lot": lot.key,
        "notice": lot.tender.terms,
        "close": lot.tender.close.sha256,
        "results": [lot.result.sha256] if kind == EnvelopeKind.COMMERCIAL else [],
        "requests": [one.sha256 for one in requests],
        "releases": [document_hash(bytes(one.document)) for asked in requests for one in asked.releases.all()],
        "envelopes": [
            {
                "bid": one.bid.reference,
                "envelope": one.envelope,
                "outcome": one.outcome.replace("_", "-"),
                "sha256": getattr(one.version, f"{kind}_sha256"),
                "wrong": one.wrong_openers,
            }
            for one in opened.defer("version__technical", "version__commercial").order_by("bid__reference")
        ],
        "ranking": _ranking(request),
        "program": program_digest(),
    }
    check_body(body)
    written = canonical_json(body)
    return Minutes.objects.create(request=request, body=written, sha256=sha256(written), written_at=now)


def _ranking(request: OpeningRequest) -> list[dict[str, object]]:
    """The ranked bids with their comparable prices, once prices are open."""
    if request.opens != EnvelopeKind.COMMERCIAL:
        return []
    ranked = Ranking.objects.filter(lot=request.lot_id, rank__isnull=False).select_related("bid")
    return [
        {"bid": one.bid.reference, "price": f"{one.comparable:.6f}", "rank": one.rank}
        for one in ranked.order_by("rank", "bid__reference")
    ]


@action
def sign_minutes(*, tender: Tender, documents: Sequence[bytes], by: Seat, now: datetime) -> list[MinutesSignature]:
    """Take an opener's signatures under minutes of a tender: each document is minutes with the one signature.

    Refused for what is not minutes of this tender, or not signed with the key of the opener's place; Conflict where
    this opener has signed already.
    """
    opener = opener_of(tender, by)
    written = {one.sha256: one for one in Minutes.objects.filter(request__tender=tender).select_related("request__lot")}
    signatures = []
    for document in documents:
        minutes = written.get(document_hash(document))
        try:
            read_document(document, [opener.signing_key])
        except SealError:
            minutes = None
        if minutes is None:
            raise Refused(
                _("These are not minutes of this tender, signed with the key of place %(place)s.")
                % {"place": opener.place},
                field="minutes",
                code="other_document",
            )
        signatures.append(
            MinutesSignature(minutes=minutes, opener=opener, document=document, signed_at=now, signed_by=by)
        )
    if not signatures:
        raise Refused(_("There is nothing signed in this answer."), field="minutes", code="other_document")
    if MinutesSignature.objects.filter(opener=opener, minutes__in=[one.minutes for one in signatures]).exists():
        raise Conflict(_("You have signed these minutes already."), code="already_done")
    MinutesSignature.objects.bulk_create(signatures)
    record(
        Verb.MINUTES_SIGNED,
        tender.reference,
        by=by,
        now=now,
        audience=Event.Audience.PUBLIC,
        place=opener.place,
        lots=[one.minutes.request.lot.number for one in signatures],
    )
    return signatures
