"""What stands against a change, as sentences that say what to do; asked at the proposal and at the approval."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.clock import zone
from core.errors import Fault, Refused
from selection import ruleset
from tenders.checklist import SENTENCES as DRAFT_SENTENCES
from tenders.checklist import missing_of_openers
from tenders.models import Tender
from tenders.notice import PublishedNotice
from tenders.renewal import is_renewed
from tenders.rules.changes import (
    ChangeGap,
    CriterionTerms,
    Hindrance,
    LotTerms,
    NoticeTerms,
    against_amendment,
    against_deadline,
    against_supply,
)
from tenders.rules.preparation import FULL_POINTS
from tenders.rules.schedule import ScheduleGap

SENTENCES: dict[StrEnum, str | Promise] = {
    ChangeGap.DEADLINE_CAME: gettext_lazy("The deadline has come: neither it nor the notice can change any more."),
    ChangeGap.NOT_LATER: gettext_lazy("A deadline can only be extended: enter a later instant than the one published."),
    ChangeGap.NOTHING: gettext_lazy("Nothing was changed. Change what the notice should say."),
    ChangeGap.TOO_SOON: gettext_lazy(
        "An amendment needs %(days)s days before the deadline. Extend the deadline in the same proposal."
    ),
    ChangeGap.OTHER_LOTS: gettext_lazy("The lots of a published tender stay; what is asked of them may change."),
    ChangeGap.OTHER_CRITERIA: gettext_lazy(
        "The criteria stay, with their kinds; titles, guidance and points may change."
    ),
    ChangeGap.NO_CEILING: gettext_lazy("Enter a price above zero with at most 6 decimals."),
    ChangeGap.NO_TITLE: gettext_lazy("Say what is asked for."),
    ChangeGap.WRONG_POINTS: gettext_lazy("A scored criterion has points; a formal one has none."),
    ChangeGap.POINTS_NOT_FULL: gettext_lazy("The scored criteria must add up to %(points)s points."),
    ScheduleGap.SUPPLY_BACKWARDS: DRAFT_SENTENCES[ScheduleGap.SUPPLY_BACKWARDS],
    ScheduleGap.SUPPLY_EARLY: gettext_lazy(
        "Supply begins before this deadline is over. Amend the supply period with it."
    ),
}
CODES: dict[StrEnum, str] = {
    ChangeGap.DEADLINE_CAME: "closed",
    ChangeGap.NOT_LATER: "date_out_of_range",
    ChangeGap.NOTHING: "unchanged",
    ChangeGap.TOO_SOON: "date_out_of_range",
    ChangeGap.OTHER_LOTS: "stays",
    ChangeGap.OTHER_CRITERIA: "stays",
    ChangeGap.NO_CEILING: "invalid",
    ChangeGap.NO_TITLE: "required",
    ChangeGap.WRONG_POINTS: "invalid",
    ChangeGap.POINTS_NOT_FULL: "incomplete",
    ScheduleGap.SUPPLY_BACKWARDS: "end_before_start",
    ScheduleGap.SUPPLY_EARLY: "date_out_of_range",
}


def check_extension(tender: Tender, deadline: datetime, *, at: datetime) -> None:
    """Raise Refused, with every fault, for a deadline that cannot take the place of the tender's at ``at``."""
    found = against_deadline(_deadline(tender), deadline, at=at)
    if tender.supply_from and tender.supply_to:
        found += against_supply(deadline, tender.supply_from, tender.supply_to, zone=zone())
    _refuse(found, tender)


def check_amendment(tender: Tender, after: NoticeTerms, deadline: datetime | None, *, at: datetime) -> None:
    """Raise Refused, with every fault, for terms that cannot take the place of the tender's at ``at``.

    ``deadline`` is the later one that comes with the amendment; None leaves the tender's. A notice is never signed
    for a key list that a successor has joined and not everybody has signed.
    """
    old = _deadline(tender)
    found = against_deadline(old, deadline, at=at)
    days = ruleset.from_json(tender.rules).periods.amendment_days
    found += against_amendment(terms_of(tender), after, deadline=deadline or old, at=at, zone=zone(), days=days)
    _refuse(found, tender, missing_of_openers(tender, now=at) if is_renewed(tender, at) else ())


def terms_of(tender: Tender) -> NoticeTerms:
    """What the tender's signed notice says now and an amendment may change."""
    body = PublishedNotice.of(tender).body
    return NoticeTerms(
        summary=body["summary"],
        supply_from=date.fromisoformat(body["supply"]["from"]),
        supply_to=date.fromisoformat(body["supply"]["to"]),
        lots=tuple(
            LotTerms(number, Decimal(lot["ceiling"]), lot["quality"])
            for number, lot in enumerate(body["lots"], start=1)
        ),
        criteria=tuple(
            CriterionTerms(number, one["kind"], one["title"], one["guidance"], one["points"])
            for number, one in enumerate(body["criteria"], start=1)
        ),
        keys=body["fingerprint"],
    )


def _deadline(tender: Tender) -> datetime:
    if tender.status != Tender.Status.PUBLISHED or tender.deadline is None:
        raise Refused(_("Only a published tender is extended, amended or cancelled by two people."), code="not_now")
    return tender.deadline


def _refuse(found: Iterable[Hindrance], tender: Tender, of_openers: Iterable[Fault] = ()) -> None:
    facts = {"days": ruleset.from_json(tender.rules).periods.amendment_days, "points": FULL_POINTS}
    faults = [
        Fault(str(SENTENCES[one.gap]) % facts, one.field, one.number, CODES[one.gap]) for one in dict.fromkeys(found)
    ]
    faults += of_openers
    if faults:
        closed = any(one.gap is ChangeGap.DEADLINE_CAME for one in found)
        raise Refused(_("The change is not possible so."), faults=faults, code="closed" if closed else "")
