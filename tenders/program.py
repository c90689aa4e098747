"""The programs on which a bid's secrecy rests, and the fingerprints by which people recognise them."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

import checking
import sealing
import selection
from tenders.single_file import SingleFile, single_file, single_script

STYLES = ("css/tokens.css", "css/base.css", "css/components.css")
# By name, the pages on which a bid's answers, price or seeds are: nothing runs there but their one script.
PAGES = {"sealing_page": "js/bidding/page.js", "reveal_page": "js/bidding/reveal.js"}
# What an opener's pages say by themselves; the desk that runs from a file carries its words with it.
KEY_WORDS = {
    "unlocking": _("Opening the key file. This takes some seconds."),
    "no-file": _("Choose your key file, or type its paper copy."),
    "paper": _("Line %(line)s of the paper copy is not as printed. Compare it digit by digit."),
    "code": _("The code does not open this key file. Check both."),
    "key-file": _("This is not a file that belongs here. Take the one of this tender."),
    "network": _("The connection was cut. Nothing is lost: try again."),
    "failed": _("Something went wrong on this page. Load it again and try once more."),
}
DESK_WORDS = KEY_WORDS | {
    "checking": _("Checking what is asked for."),
    "checked": _("Everything that is asked for agrees with what was published."),
    "nothing": _("Nothing waits for your key now."),
    "sending": _("Sending."),
    "saved": _("The answer is saved as a file. Bring it to the page of the opening."),
    "not-stored": _("the platform no longer has the file that it received"),
    "technical": _("Lot %(lot)s: technical envelopes, %(count)s"),
    "commercial": _("Lot %(lot)s: prices of the bids that passed, %(count)s"),
    "reveal-technical": _("Lot %(lot)s: revealed seeds of technical envelopes, %(count)s"),
    "reveal-commercial": _("Lot %(lot)s: revealed seeds of prices of the bids that passed, %(count)s"),
    "further": _("A further request: %(count)s of these bids are new."),
    "asked-before": _("asked for before"),
    "minutes": _("Minutes to sign: %(count)s"),
    "ceremony": _("Stopped, and nothing was unlocked: %(where)s. Tell the other openers and the auditor."),
    "root_missing": _("Type the root from the mail that was sent to you at the close: at least its first 20 digits."),
    "root_short": _(
        "This is not a root: it has digits 0 to 9 and letters a to f. Type at least the first 20 of its 64, or copy all"
        " of them."
    ),
    "root_other": _(
        "These digits are not those of this tender's close, and nothing was unlocked. Is the mail about this tender?"
        " Compare digit by digit. If the mail really says so, stop, and tell the other openers and the auditor."
    ),
    "key_tender": _("This key belongs to another tender. Take the key file that you made for this one."),
    "key_place": _(
        "This is the key of place %(place)s, and another place is asked. Take your own key file, or sign in as the"
        " opener whose key it is."
    ),
    "clock": _(
        "By the clock of this machine (%(now)s) the hour has not come, and nothing was unlocked. Compare it with"
        " another clock. Set it if it is slow, and try again; if it is right, tell the other openers and the auditor."
    ),
    "where-notice": _("the notice does not name your key (did you make it anew? Then take its newest file first)"),
    "where-call": _("the call to reveal is not signed, does not name your key, or was asked for before its hour"),
    "where-close": _("the close is not signed, or was made before the deadline"),
    "where-requests": _("the list of envelopes does not agree with the close or with the published result"),
    "where-releases": _("a release that is shown as yours is not signed with your key"),
    "where-minutes": _("the minutes leave out something that you released, or are of another tender"),
}


@cache
def program_digest() -> str:
    """SHA-256 over all files of the packages that give the verdicts and check them: their paths from the packages'
    folder and their contents in the paths' order, each with its length before it."""
    whole = hashlib.sha256()
    for name, file in sorted(_program_files()):
        for part in (name.encode(), file.read_bytes()):
            whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def _program_files() -> Iterator[tuple[str, Path]]:
    for package in (sealing, selection, checking):
        folder = Path(package.__path__[0])
        for file in folder.rglob("*.py"):
            yield file.relative_to(folder.parent).as_posix(), file


@cache
def opener_desk(language: str) -> SingleFile:
    """The opener's desk as one file that runs without any connection, in one of the platform's languages."""
    with translation.override(language):
        return single_file(
            title=gettext("Opener's desk"),
            body=render_to_string("tenders/opener_desk.html"),
            entry="js/opener/desk.js",
            styles=STYLES,
            data={"words": spoken(DESK_WORDS)},
            language=language,
        )


@cache
def page_script(page: str) -> SingleFile:
    """All that runs on a page where a bid's secrets are, as one script, which the notice names by its hash."""
    return single_script(PAGES[page])


def script_by_hash(sha256: str) -> SingleFile | None:
    """The script with this hash, where it is one of this version's."""
    return next((script for script in map(page_script, PAGES) if script.sha256 == sha256), None)


def spoken(words: dict) -> dict[str, str]:
    """Words in the reader's language."""
    return {name: str(text) for name, text in words.items()}


def fingerprints() -> dict[str, object]:
    """What the notice prints of the programs: which code will give the verdicts, the openers' desk by language, and
    what runs on the pages where bids are sealed and, after lost keys, revealed."""
    desks = {code: opener_desk(code).sha256 for code, _name in settings.LANGUAGES}
    scripts = {page: page_script(page).sha256 for page in PAGES}
    return {"opener_desk": desks, "verdicts": program_digest(), **scripts}
