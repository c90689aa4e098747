"""What pages show of the changes of a published tender."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Seat
from accounts.permissions import Permission
from core.clock import zone
from core.templatetags.ui import price
from tenders.actions.preparation import in_words
from tenders.duties import administrators, second_officers
from tenders.models import Change, Tender
from tenders.presentation.tenders import rules_of
from tenders.renewal import is_renewed
from tenders.rules.changes import Difference, last_notice_day

FIELDS: Mapping[str, Promise] = {
    "summary": gettext_lazy("Summary"),
    "supply_from": gettext_lazy("First day of supply"),
    "supply_to": gettext_lazy("Last day of supply"),
    "keys": gettext_lazy("Fingerprint of the key list"),
    "ceiling_price": gettext_lazy("Ceiling price"),
    "quality_requirement": gettext_lazy("Quality requirement"),
    "title": gettext_lazy("Title"),
    "guidance": gettext_lazy("Guidance"),
    "max_points": gettext_lazy("Points"),
}
TONES: Mapping[str, str] = {
    Change.Status.PROPOSED: "warn",
    Change.Status.APPROVED: "good",
    Change.Status.DECLINED: "quiet",
}


@dataclass(frozen=True)
class Line:
    """One thing that a change changes, in words: where, and both values; a hash is shown so that it can be compared."""

    where: str
    what: str | Promise
    before: str
    after: str
    is_hash: bool = False


def lines_of(change: Change) -> list[Line]:
    """What a change changes, the deadline first."""
    moved = [Line("", _("Deadline"), in_words(change.deadline_before), in_words(change.deadline))]
    found = [Difference(**one) for one in change.differences]
    return (moved if change.deadline else []) + [
        Line(
            where=_where(one),
            what=FIELDS[one.field],
            before=_value(one.field, one.before),
            after=_value(one.field, one.after),
            is_hash=one.field == "keys",
        )
        for one in found
    ]


def _value(field: str, text: str) -> str:
    """A value as people read it: a ceiling price as all prices stand, and a word for nothing."""
    return str(price(Decimal(text))) if field == "ceiling_price" else text or _("none")


def _where(difference: Difference) -> str:
    words = {
        "tender": "",
        "lot": _("Lot %(n)d") % {"n": difference.number},
        "criterion": _("Criterion %(n)d") % {"n": difference.number},
    }
    return words[difference.part]


@dataclass(frozen=True)
class Shown:
    """A change as tables and pages show it."""

    change: Change
    lines: list[Line]
    waits: bool

    @property
    def state(self) -> str:
        """Its status; a proposal that came to nothing because the deadline came first is void."""
        void = self.change.status == Change.Status.PROPOSED and not self.waits
        return _("void: not decided in time") if void else str(self.change.get_status_display())

    @property
    def tone(self) -> str:
        return TONES[self.change.status] if self.waits or self.change.status != Change.Status.PROPOSED else "quiet"


PEOPLE = (
    "proposed_by__person",
    "proposed_by__organisation",
    "approved_by__person",
    "approved_by__organisation",
    "declined_by__person",
    "notice",
)


def changes_of(tender: Tender, seat: Seat | None, now: datetime) -> list[Shown]:
    """The changes that a seat may read, or without one the world: the newest first."""
    found = Change.objects.visible_to(seat).filter(tender=tender).select_related(*PEOPLE, "tender")
    return [Shown(change, lines_of(change), change.waits(now)) for change in found.order_by("-number")]


def change_context(change: Change, seat: Seat, now: datetime) -> dict[str, Any]:
    """One change, and what the seat may do with it."""
    shown = Shown(change, lines_of(change), change.waits(now))
    decides = shown.waits and seat.organisation_id == change.tender.agency_id and seat.may(Permission.PUBLISH_TENDER)
    own = change.proposed_by.person_id == seat.person_id
    return {
        "tender": change.tender,
        "change": change,
        "shown": shown,
        "decides": decides,
        "own": own,
        **(second_person_context(change.tender, seat, now) if decides and own else {}),
    }


def second_person_context(tender: Tender, seat: Seat, now: datetime) -> dict[str, Any]:
    """Who can be the second person beside the seat's, and who invites one where there is none."""
    others = second_officers(tender, seat, now)
    invite = [] if others else administrators(tender, now)
    return {
        "seconds": _(", ").join(dict.fromkeys(other.person.name for other in others)),
        "inviters": _(", ").join(dict.fromkeys(one.person.name for one in invite)),
    }


def approve_context(change: Change) -> dict[str, Any]:
    """What approval will do, in sentences."""
    effects: list[str] = []
    if change.deadline:
        effects.append(
            _("Bids are due before %(deadline)s instead of %(before)s. The deadline can never be brought forward.")
            % {"deadline": in_words(change.deadline), "before": in_words(change.tender.deadline)}
        )
    if change.kind == Change.Kind.AMENDMENT:
        effects += [
            _("A new notice is signed; the one before it stays readable."),
            _("A bid sealed to the notice before it counts only if it is sealed again before the deadline."),
        ]
    if change.kind == Change.Kind.CANCELLATION:
        effects += [
            _("Every lot ends without an award, for the reason that the tender was cancelled."),
            _("Bids stay sealed for ever: nobody will read them, not even the openers."),
        ]
    effects.append(_("All suppliers and everybody with a part in the tender are told, whether they bid or not."))
    effects.append(_("Your name and that of the proposer are published with the reason."))
    return {
        "tender": change.tender,
        "change": change,
        "effects": effects,
        "lead": change.reason,
        "lines": lines_of(change),
    }


def proposal_context(tender: Tender, seat: Seat, now: datetime) -> dict[str, Any]:
    """What a proposer needs to know: the deadline, the days an amendment needs, and who can approve."""
    days = rules_of(tender).periods.amendment_days
    return {
        "tender": tender,
        "now": now,
        "days": days,
        "is_renewed": is_renewed(tender, now),
        "last_day": last_notice_day(tender.deadline, zone=zone(), days=days) if tender.deadline else None,
        **second_person_context(tender, seat, now),
    }
