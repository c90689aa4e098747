"""The points of the check in their order, and the answer to each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from checking import awards, bids, evaluation, stamp, tender
from checking.material import Fails, Material, NotAsked, Remark, Waits
from sealing.errors import SealError


class Answer(StrEnum):
    """What can be said of a point."""

    HOLDS = "holds"
    REMARK = "holds, with a remark"
    FAILS = "does not hold"
    WAITS = "not yet"
    NOT_ASKED = "not asked for"


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one point, and why where it does not simply hold."""

    point: str
    answer: Answer
    why: str = ""
    about: dict[str, Any] = field(default_factory=dict)


POINTS: dict[str, Callable[[Material], None]] = {
    "notice": tender.notice_is_signed,
    "receipt": bids.receipt_is_signed,
    "included": bids.receipt_is_included,
    "root": tender.root_is_mine,
    "stamp": stamp.close_is_stamped,
    "count": tender.count_is_right,
    "commitment": bids.commitment_opens,
    "price": bids.price_is_mine,
    "evaluation": evaluation.evaluation_is_right,
    "ranking": tender.ranking_is_right,
    "awards": awards.awards_are_right,
    "openers": tender.openers_signed,
    "requests": tender.requests_are_right,
    "releases": tender.releases_are_right,
    "files": tender.files_reproduce,
    "program": tender.program_is_as_printed,
}


def check(given: Material) -> list[Finding]:
    """Every point with its answer. One that does not hold keeps none of the others from being answered."""
    return [_found(name, point, given) for name, point in POINTS.items()]


def _found(name: str, point: Callable[[Material], None], given: Material) -> Finding:
    try:
        point(given)
    except Waits as why:
        return Finding(name, Answer.WAITS, why.why, why.about)
    except NotAsked as why:
        return Finding(name, Answer.NOT_ASKED, why.why, why.about)
    except Remark as why:
        return Finding(name, Answer.REMARK, why.why, why.about)
    except Fails as why:
        return Finding(name, Answer.FAILS, why.why, why.about)
    except (SealError, ValueError, KeyError, IndexError, TypeError, StopIteration):
        # Papers that are not even of their shape: whoever made them, the point does not hold.
        return Finding(name, Answer.FAILS, "malformed")
    return Finding(name, Answer.HOLDS)
