"""What the pages of an opener's key show, and the words that their programs speak."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tenders.keylist import current_openers, fingerprint
from tenders.models import Minutes, Opener, OpeningRequest, Tender
from tenders.single_file import SingleFile, single_file

_COMMON = {
    "unlocking": _("Opening the key file. This takes some seconds."),
    "no-file": _("Choose your key file, or type its paper copy."),
    "paper": _("Line %(line)s of the paper copy is not as printed. Compare it digit by digit."),
    "code": _("The code does not open this key file. Check both."),
    "key-file": _("This is not a file that belongs here. Take the one of this tender."),
    "network": _("The connection was cut. Nothing is lost: try again."),
    "failed": _("Something went wrong on this page. Load it again and try once more."),
}
_WORDS: dict[str, dict[str, Any]] = {
    "make": {
        "making": _("The key is made on this machine. This takes some seconds."),
        "made": _("Made. Save the file and write down the code before you go on."),
    },
    "prove": {"list-changed": _("The key list has changed, or is not complete. Load this page again.")},
    "desk": {
        "checking": _("Checking what is asked for."),
        "checked": _("Everything that is asked for agrees with what was published."),
        "nothing": _("Nothing waits for your key now."),
        "sending": _("Sending."),
        "saved": _("The answer is saved as a file. Bring it to the page of the opening."),
        "not-stored": _("the platform no longer has the file that it received"),
        "technical": _("Lot %(lot)s: technical envelopes, %(count)s"),
        "commercial": _("Lot %(lot)s: prices of the bids that passed, %(count)s"),
        "minutes": _("Minutes to sign: %(count)s"),
        "ceremony": _("Stopped, and nothing was unlocked: %(where)s. Tell the other openers and the auditor."),
        "where-root": _("the root is not the one from the mail"),
        "where-notice": _("the notice is not the one that names your key"),
        "where-close": _("the close is not signed, or was made before the deadline"),
        "where-requests": _("the list of envelopes does not agree with the close or with the published result"),
        "where-releases": _("a release that is shown as yours is not signed with your key"),
        "where-minutes": _("the minutes leave out something that you released, or are of another tender"),
    },
    "destroy": {},
}
STYLES = ("css/tokens.css", "css/base.css", "css/components.css")


def making(opener: Opener) -> dict[str, Any]:
    return _context(opener, "make") | {"signed": opener.key_proved_at}


def proving(opener: Opener) -> dict[str, Any]:
    openers = current_openers(opener.tender)
    return _context(opener, "prove") | {
        "openers": openers,
        "fingerprint": fingerprint(opener.tender, openers),
        "missing": [one.seat.person.name for one in openers if not one.key_made_at],
    }


def releasing(opener: Opener) -> dict[str, Any]:
    """What waits for the opener's key; the package itself is fetched by the page."""
    return _context(opener, "desk") | {
        "waiting": list(OpeningRequest.objects.waiting_for(opener).select_related("lot")),
        "unsigned": Minutes.objects.to_be_signed(pk=opener.pk).count(),
        "needed": opener.tender.openers_needed,
        "program": opener_page().sha256,
    }


def destroying(opener: Opener) -> dict[str, Any]:
    openers = current_openers(opener.tender)
    return _context(opener, "destroy") | {
        "fingerprint": fingerprint(opener.tender, openers),
        "over": opener.tender.over(),
        "destruction": getattr(opener, "destruction", None),
    }


def opener_page() -> SingleFile:
    """The opener's desk as one file that runs without any connection, in the reader's language."""
    return single_file(
        title=gettext("Opener's desk"),
        body=render_to_string("tenders/opener_page.html"),
        entry="js/opener/desk.js",
        styles=STYLES,
        data={"words": _words("desk")},
        language=get_language() or "en",
    )


def _context(opener: Opener, page: str) -> dict[str, Any]:
    tender: Tender = opener.tender
    return {
        "tender": tender,
        "opener": opener,
        "words": _words(page),
        "back": reverse("tenders:opening", args=[tender]),
    }


def _words(page: str) -> dict[str, str]:
    return {name: str(text) for name, text in (_COMMON | _WORDS[page]).items()}
