"""Rule sets: drafted and proposed by one person, put in force from a day by another. Those of a release are drafts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Refused
from core.events import record
from core.moves import move
from core.references import next_reference
from selection.presets import PRESETS
from selection.ruleset import to_json
from tenders.models import RuleSet, RuleSetDraft, Verb
from tenders.rule_faults import require_document, require_whole

_Status = RuleSetDraft.Status


@dataclass(frozen=True)
class RuleSetPlan:
    """What somebody writes down of a rule set: ``body`` is a document of the format of ``selection.ruleset``."""

    code: str
    title: str
    source: str
    body: Mapping[str, Any]
    unverified: str = ""
    based_on: RuleSet | None = None


@action
def draft_rule_set(*, plan: RuleSetPlan, by: Seat, now: datetime) -> RuleSetDraft:
    """Begin rules of one's own. They may still be incomplete; what is no document of the format is refused."""
    require(by, Permission.PREPARE_TENDER)
    require_document(plan.body)
    draft = _write(by=by, now=now, **vars(plan))
    record(Verb.RULE_SET_DRAFTED, draft.reference, by=by, now=now, title=plan.title)
    return draft


@action
def edit_rule_set(*, draft: RuleSetDraft, plan: RuleSetPlan, by: Seat, now: datetime) -> RuleSetDraft:
    """Write one's own draft anew. Its code stays: another code is another draft."""
    held = _hold(draft, Permission.PREPARE_TENDER, by)
    if held.drafted_by is None or held.drafted_by.person_id != by.person_id:
        raise Refused(_("Draft rules of your own from these: what somebody else wrote stays theirs."), code="not_yours")
    if held.status != _Status.DRAFTED:
        raise Refused(_("These rules are proposed: take them back before you change them."), code="not_now")
    require_document(plan.body)
    for name in ("title", "source", "unverified", "body"):
        setattr(held, name, getattr(plan, name))
    held.save(update_fields=("title", "source", "unverified", "body"))
    record(Verb.RULE_SET_EDITED, held.reference, by=by, now=now, title=held.title)
    return held


@action
def propose_rule_set(*, draft: RuleSetDraft, valid_from: date, reason: str, by: Seat, now: datetime) -> RuleSetDraft:
    """Propose rules, which the check has to take whole, from a day on. A second person puts them in force."""
    held = _hold(draft, Permission.PREPARE_TENDER, by)
    if held.closed:
        raise Refused(_("This round is over: draft rules of your own from it."), code="closed_round")
    if held.drafted_by is not None and held.drafted_by.person_id != by.person_id:
        raise Refused(_("Whoever drafted these rules proposes them."), code="not_yours")
    if valid_from < legal_date(now):
        raise Refused(_("Rules hold from today on, or from a later day."), field="valid_from", code="date_out_of_range")
    if not reason.strip():
        raise Refused(_("Say why these rules, for the record."), field="reason", code="required")
    require_whole(held.body)
    facts = {"valid_from": valid_from, "reason": reason.strip(), "proposed_at": now, "proposed_by": by}
    move(held, _Status.PROPOSED, **facts)
    record(Verb.RULE_SET_PROPOSED, held.reference, by=by, now=now, title=held.title, day=str(valid_from))
    return held


@action
def take_back_rule_set(*, draft: RuleSetDraft, by: Seat, now: datetime) -> RuleSetDraft:
    """Take back what one has proposed, to write it anew."""
    held = _hold(draft, Permission.PREPARE_TENDER, by)
    if held.proposed_by is not None and held.proposed_by.person_id != by.person_id:
        raise Refused(_("Whoever proposed these rules takes them back; you may refuse them."), code="not_yours")
    move(held, _Status.DRAFTED, valid_from=None, reason="", proposed_at=None, proposed_by=None)
    record(Verb.RULE_SET_TAKEN_BACK, held.reference, by=by, now=now, title=held.title)
    return held


@action
def put_rule_set_in_force(*, draft: RuleSetDraft, by: Seat, now: datetime) -> RuleSet:
    """Make what another person has proposed the next version of its code.

    It holds from its day, or from today where that day went by while it waited. Tenders that are published keep theirs.
    """
    held = _hold_proposed(draft, by)
    require_whole(held.body)
    versions = RuleSet.objects.filter(code=held.code).select_for_update().values_list("version", flat=True)
    made = RuleSet.objects.create(
        version=max(versions, default=0) + 1,
        valid_from=max(cast(date, held.valid_from), legal_date(now)),  # what is proposed has its day
        **{name: getattr(held, name) for name in ("code", "title", "source", "unverified", "body")},
    )
    move(held, _Status.IN_FORCE, decided_at=now, decided_by=by, rule_set=made)
    day = str(made.valid_from)
    record(Verb.RULE_SET_IN_FORCE, held.reference, by=by, now=now, title=made.title, version=made.version, day=day)
    return made


@action
def refuse_rule_set(*, draft: RuleSetDraft, reason: str, by: Seat, now: datetime) -> RuleSetDraft:
    """Leave the rules as they are, and say why."""
    held = _hold_proposed(draft, by)
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    move(held, _Status.REFUSED, decided_at=now, decided_by=by, refusal=reason.strip())
    record(Verb.RULE_SET_REFUSED, held.reference, by=by, now=now, title=held.title, reason=reason.strip())
    return held


@action
def withdraw_rule_set(*, draft: RuleSetDraft, by: Seat, now: datetime) -> RuleSetDraft:
    """Give a draft up, one's own or one that nobody takes up. It stays on record."""
    held = _hold(draft, Permission.PREPARE_TENDER, by)
    move(held, _Status.WITHDRAWN, decided_at=now, decided_by=by)
    record(Verb.RULE_SET_WITHDRAWN, held.reference, by=by, now=now, title=held.title)
    return held


@action
def install_rule_sets(*, now: datetime) -> list[RuleSetDraft]:
    """Lay every preset that is new, or that has changed, before the officers as a draft. Returns those.

    Every installation does so after its migrations, so that an upgrade brings the presets of its release. A draft of an
    earlier release that nobody has taken up is written anew.
    """
    laid = []
    for preset in PRESETS:
        body = to_json(preset.rules)
        drafts = RuleSetDraft.objects.filter(code=preset.code, drafted_by=None)
        last = drafts.order_by("-pk").first()
        if last is not None and last.body == body:
            continue
        said = {"title": preset.title, "source": preset.source, "unverified": "\n".join(preset.unverified)}
        if last is not None and last.status == _Status.DRAFTED:
            drafts.filter(pk=last.pk).update(body=body, **said)
        else:
            last = _write(code=preset.code, body=body, closed=preset.closed, by=None, now=now, **said)
        record(Verb.RULE_SET_INSTALLED, last.reference, by=None, now=now, title=preset.title)
        laid.append(last)
    return laid


def _write(*, by: Seat | None, now: datetime, **facts: Any) -> RuleSetDraft:
    reference = next_reference("rule_set_draft", "RS", now)
    return RuleSetDraft.objects.create(reference=reference, drafted_at=now, drafted_by=by, **facts)


def _hold(draft: RuleSetDraft, permission: Permission, by: Seat) -> RuleSetDraft:
    """The draft as it is now, held until commit; Conflict where somebody has decided it."""
    require(by, permission)
    rows = RuleSetDraft.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    held = rows.select_related("drafted_by", "proposed_by").get(pk=draft.pk)
    if held.status not in RuleSetDraft.OPEN:
        raise Conflict(_("This is decided already."), code="already_done")
    return held


def _hold_proposed(draft: RuleSetDraft, by: Seat) -> RuleSetDraft:
    """The draft that waits for a second person, who ``by`` is. A draft that nobody proposed moves nowhere."""
    held = _hold(draft, Permission.PUBLISH_TENDER, by)
    if held.status != _Status.PROPOSED:
        raise Refused(_("Nobody has proposed these rules yet."), code="not_now")
    involved = {seat.person_id for seat in (held.drafted_by, held.proposed_by) if seat}
    if by.person_id in involved:
        raise Refused(_("Somebody else than who wrote or proposed these rules decides on them."), code="second_person")
    return held
