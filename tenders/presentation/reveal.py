"""What the pages after lost keys show: the call, what it waits for, and what a bidder's browser needs."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Seat
from tenders.call import PublishedCall, published_call, shut_envelopes
from tenders.checklist import missing_of_openers
from tenders.duties import second_officers
from tenders.keylist import current_openers
from tenders.models import Bid, Reveal, RevealCall, Tender
from tenders.presentation.offering_words import words
from tenders.presentation.page_program import program_context


def calling_context(tender: Tender, seat: Seat, now: datetime) -> dict[str, Any]:
    """The form of a call, and who may publish it."""
    names = [other.person.name for other in second_officers(tender, seat, now)]
    return {"tender": tender, "now": now, "seconds": ", ".join(names)}


def publishing_context(call: RevealCall, now: datetime) -> dict[str, Any]:
    """What a call says, what it still waits for, and what its publication will do."""
    return {
        "tender": call.tender,
        "call": call,
        "faults": missing_of_openers(call.tender, now=now),
        "openers": current_openers(call.tender),
        "effects": [
            _("The call is signed and public, with its reason, its hour and the keys of the new openers."),
            _("Every bidder whose bid stands is told to reveal its seeds with the recovery file."),
            _("Whoever is silent until that hour has withdrawn, as the notice says."),
            _("From then on only revealed seeds open envelopes; the openers can no longer be replaced."),
        ],
    }


def call_context(tender: Tender) -> dict[str, Any]:
    """The call of a tender as the page of the opening shows it, in preparation to its officers alone."""
    call = RevealCall.objects.filter(tender=tender).select_related("called_by__person", "published_by__person").first()
    fingerprint = PublishedCall.of(call).body["fingerprint"] if call and call.published_at else ""
    return {"call": call, "call_fingerprint": fingerprint}


def bid_reveal(bid: Bid, now: datetime) -> dict[str, Any]:
    """What the page of a bid says about a call: whether it asks for its seeds, and the reveal once it is here."""
    call = published_call(bid.tender)
    if call is None:
        return {}
    reveal = Reveal.objects.filter(bid=bid).defer("technical", "commercial").first()
    waits = reveal is None and now < call.due_at and bool(shut_envelopes(bid.tender, bid=bid))
    return {"call": call, "reveal": reveal, "reveals": waits}


def revealing_context(bid: Bid, request: HttpRequest, now: datetime) -> dict[str, Any]:
    """The page that reveals: the signed documents that the browser checks, and which envelopes are shut."""
    shut = bid_reveal(bid, now)
    kinds = next(iter(shut_envelopes(bid.tender, bid=bid).values()), ())
    tender = bid.tender
    facts = {
        "bid": bid.reference,
        "notice": bytes(tender.notice).decode(),
        "close": bytes(tender.close.document).decode(),
        "call": bytes(tender.reveal_call.document).decode(),
        "envelopes": kinds,
        "csrf": get_token(request),
        "confirm": reverse("accounts:confirm"),
        "api": reverse("api-bid", args=[bid.reference]),
    }
    shown = {"bid": bid, "tender": tender, "now": now, "facts": facts, "words": words() | _words(), **shut}
    return shown | program_context("reveal_page", tender)


def _words() -> dict[str, str]:
    return {
        "call_checked": _("Checked in your browser: the call is signed, and every opener named signed its key list."),
        "call_wrong": _(
            "The call does not agree with the signed notice and close. Reveal nothing, and tell the agency."
        ),
        "unable": _("This browser cannot check the call's signatures. Use a newer one, or the command."),
        "recovery_wrong": _(
            "File and code do not open the sealed envelopes of this bid. Take the recovery file of the version that "
            "stands, and compare the code letter by letter. Nothing was sent."
        ),
        "cut_off": _("No answer came: the connection is broken. Press the button again when you are back online."),
    }
