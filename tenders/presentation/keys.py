"""What the pages of an opener's key show, and the words that their programs speak."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tenders.keylist import current_openers, fingerprint
from tenders.models import Minutes, Opener, OpeningRequest, Tender
from tenders.program import DESK_WORDS, KEY_WORDS, opener_desk, spoken
from tenders.renewal import list_may_change, may_make_key

_WORDS: dict[str, dict[str, Any]] = {
    "make": {
        "making": _("The key is made on this machine. This takes some seconds."),
        "made": _("Made. Save the file and write down the code before you go on."),
    },
    "prove": {"list-changed": _("The key list has changed, or is not complete. Load this page again.")},
    "desk": DESK_WORDS,
    "destroy": {},
}


def making(opener: Opener, now: datetime) -> dict[str, Any]:
    tender = opener.tender
    return _context(opener, "make") | {
        "makes": may_make_key(opener, now),
        "proves": opener.key_made_at and list_may_change(tender, now),
        "may_lose": tender.status == Tender.Status.PUBLISHED and not opener.lost_at and not tender.over(),
    }


def proving(opener: Opener, now: datetime) -> dict[str, Any]:
    openers = current_openers(opener.tender)
    return _context(opener, "prove") | {
        "may_sign": list_may_change(opener.tender, now),
        "openers": openers,
        "fingerprint": fingerprint(opener.tender, openers),
        "missing": [one.seat.person.name for one in openers if not one.key_made_at],
    }


def releasing(opener: Opener) -> dict[str, Any]:
    """What waits for the opener's key; the package itself is fetched by the page."""
    return _context(opener, "desk") | {
        "waiting": list(OpeningRequest.objects.waiting_for(pk=opener.pk).select_related("lot")),
        "unsigned": Minutes.objects.to_be_signed(pk=opener.pk).count(),
        "needed": opener.tender.openers_needed,
        "program": opener_desk(get_language() or "en").sha256,
    }


def destroying(opener: Opener) -> dict[str, Any]:
    openers = current_openers(opener.tender)
    return _context(opener, "destroy") | {
        "fingerprint": fingerprint(opener.tender, openers),
        "over": opener.tender.over(),
        "destruction": getattr(opener, "destruction", None),
    }


def _context(opener: Opener, page: str) -> dict[str, Any]:
    tender: Tender = opener.tender
    return {
        "tender": tender,
        "opener": opener,
        "words": spoken(KEY_WORDS | _WORDS[page]),
        "back": reverse("tenders:opening", args=[tender]),
    }
