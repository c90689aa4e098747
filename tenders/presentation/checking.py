"""Anybody's check as a page of the platform, and as one file that works without it."""

from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from checking.findings import Answer
from checking.words import NUMBERS, POINTS, REASONS
from tenders.single_file import SingleFile, single_file

ENTRY = "js/check_page.js"
STYLES = ("css/tokens.css", "css/base.css", "css/components.css", "css/print.css")


def words() -> dict[str, Any]:
    """What the script says, in the reader's language."""
    return {
        "points": {point: _(sentence) for point, sentence in POINTS.items()},
        "numbers": NUMBERS,
        "reasons": {why: _(sentence) for why, sentence in REASONS.items()},
        "answers": {
            Answer.HOLDS: _("holds"),
            Answer.REMARK: _("holds, with a remark"),
            Answer.FAILS: _("does not hold"),
            Answer.WAITS: _("not yet"),
            Answer.NOT_ASKED: _("not asked for"),
        },
        "terms": {
            "technical": _("technical"),
            "commercial": _("commercial"),
            "notice": _("notice"),
            "close": _("close"),
            "receipt": _("receipt"),
            "results": _("results"),
            "requests": _("requests"),
            "releases": _("releases"),
            "minutes": _("minutes"),
        },
        "files": {
            "record": _("public record of {tender}"),
            "evidence": _("evidence of bid {bid}"),
            "recovery": _("recovery file; its code is needed"),
        },
        "verdicts": {
            "checking": _("Checking …"),
            "holds": _("Everything that was asked holds."),
            "open": _("Nothing speaks against it. Points that wait or were not asked for: {count}; each says why."),
            "fails": _("Points that do not hold: {count}. Keep these files, and ask the agency or the regulator."),
        },
        "errors": {
            "unknown": _(
                "{name} is none of the files that are checked. Take the record, the evidence or the recovery file."
            ),
            "damaged": _("{name} is damaged or cut short ({where}). Fetch it anew."),
            "no_record": _("Choose the public record of the tender first. It stands on the page of the notice."),
            "no_code": _("Type the code of the recovery file: 16 letters and digits in groups of four."),
            "wrong_code": _("The code does not open this recovery file. Check both."),
        },
    }


@cache
def check_file() -> SingleFile:
    """The whole check in one file, in every language: the same bytes wherever this version of the platform runs."""
    pages, data = [], {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            pages.append(render_to_string("tenders/check_file.html", {"languages": settings.LANGUAGES}))
            data[f"check-words-{code}"] = words()
    body = "\n".join(pages)
    return single_file(title="Check a tender · 核验采购项目", body=body, entry=ENTRY, styles=STYLES, data=data)
