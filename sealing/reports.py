"""The report of a technical evaluation: what each member gave, by number, and all that follows from it.

Canonical JSON without a signature of its own: its hash stands in the signed result. What a member signs by passkey is
the member's sheet, and the report carries the hash of that assertion. A member is a number here, never a name.
"""

from typing import Any

from sealing.canonical import (
    HASH,
    HASH_OR_NONE,
    REFERENCE,
    Check,
    anything,
    canonical_json,
    choice,
    listing,
    matching,
    nullable,
    number,
    read_canonical,
    record,
)
from sealing.errors import FormatError

REPORT = "evaluation-report/1"
SHEET = "evaluation-sheet/1"
OUTCOMES = ("qualified", "not_qualified", "not_shortlisted", "formal", "unreadable")

_member = number(1, 999)
_points = matching(r"(?:0|[1-9][0-9]{0,3})\.[0-9]{2}", "points with exactly two decimals")
_mark = matching(r"(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,2})?", "a mark with at most two decimals")
_remark = matching(r"(?s:.){0,2000}", "a text of at most 2,000 characters")


def _by(name: str, **fields: Check) -> Check:
    """Entries, each with the field by which they ascend."""
    return listing(record(**fields), ascending=lambda entry: entry[name])


_check_report = record(
    format=choice(REPORT),
    tender=REFERENCE,
    lot=REFERENCE,
    close=HASH,
    round=number(1),
    members=_by("member", member=_member, assertion=HASH_OR_NONE),
    mark=nullable(_mark),
    table=record(reached=number(0), going_on=number(0), cut=nullable(_points)),
    bids=_by(
        "bid",
        bid=REFERENCE,
        outcome=choice(*OUTCOMES),
        formal=_remark,
        place=nullable(number(1)),
        score=nullable(_points),
        means=_by("criterion", criterion=REFERENCE, mean=_points),
        sheets=_by(
            "member",
            member=_member,
            comment=_remark,
            points=_by("criterion", criterion=REFERENCE, points=_points),
        ),
        answers=_by("criterion", criterion=REFERENCE, value=anything),
    ),
)


def report_bytes(body: dict[str, Any]) -> bytes:
    """Write a report; raises `FormatError` for fields that are not a report's."""
    _check_report(body, "")
    written = canonical_json(body)
    read_report(written)
    return written


def read_report(data: bytes) -> dict[str, Any]:
    """Read a report; raises `FormatError` for bytes or fields that are not one, or for a member not on its list."""
    body = read_canonical(data)
    _check_report(body, "")
    members = {entry["member"] for entry in body["members"]}
    if not all(sheet["member"] in members for bid in body["bids"] for sheet in bid["sheets"]):
        raise FormatError("points of somebody who is no member", where="bids")
    return dict(body)


def sheet(report: dict[str, Any], member: int) -> bytes:
    """What a member signs: the own points and comments of a round, as the report will have them.

    Its SHA-256 is the challenge of the member's passkey.
    """
    own = [(bid["bid"], entry) for bid in report["bids"] for entry in bid["sheets"] if entry["member"] == member]
    return canonical_json(
        {
            "format": SHEET,
            **{name: report[name] for name in ("tender", "lot", "close", "round")},
            "member": member,
            "bids": [{"bid": bid, "comment": entry["comment"], "points": entry["points"]} for bid, entry in own],
        }
    )
