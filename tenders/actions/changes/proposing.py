"""Proposing: the first of two people. Nothing changes yet, and nobody outside the agency learns of it."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record
from tenders.actions.changes.checks import check_amendment, check_extension, terms_of
from tenders.actions.preparation import lock_tender, tell_other_officers
from tenders.duties import permit
from tenders.keylist import current_openers, fingerprint
from tenders.models import Change, Tender, Verb
from tenders.rules.changes import NoticeTerms, differences, to_json

Kind = Change.Kind


@action
def propose_extension(*, tender: Tender, deadline: datetime, reason: str, by: Seat, now: datetime) -> Change:
    """Propose a later deadline, before the published one has come. Bids need not be sealed again."""
    tender = _held(tender, by)
    check_extension(tender, deadline, at=now)
    return _propose(tender, Kind.EXTENSION, reason, by, now, deadline=deadline)


@action
def propose_amendment(
    *, tender: Tender, terms: NoticeTerms, reason: str, deadline: datetime | None = None, by: Seat, now: datetime
) -> Change:
    """Propose another notice as a whole, and a later deadline with it where the days before it are too few.

    Refused with every fault at once; the row of a fault is the number of its lot or criterion. Volumes stay as
    they were frozen. The key list is the openers' as they are now: after a lost key the successor's is in it.
    """
    tender = _held(tender, by)
    terms = replace(terms, keys=fingerprint(tender, current_openers(tender)))
    check_amendment(tender, terms, deadline, at=now)
    changed = [asdict(one) for one in differences(terms_of(tender), terms)]
    return _propose(
        tender, Kind.AMENDMENT, reason, by, now, deadline=deadline, body=to_json(terms), differences=changed
    )


@action
def propose_cancellation(*, tender: Tender, reason: str, by: Seat, now: datetime) -> Change:
    """Propose to cancel a published tender of which no lot is awarded."""
    tender = _held(tender, by)
    if not tender.may_be_cancelled():
        raise Refused(_("A tender with an awarded lot, or that has ended, is not cancelled."), code="not_now")
    return _propose(tender, Kind.CANCELLATION, reason, by, now)


def _held(tender: Tender, by: Seat) -> Tender:
    """The published tender, held until commit, if ``by`` may change it."""
    permit(tender, by, Permission.PUBLISH_TENDER)
    tender = lock_tender(tender)
    if tender.status != Tender.Status.PUBLISHED:
        raise Refused(_("Only a published tender is extended, amended or cancelled by two people."), code="not_now")
    return tender


def _propose(tender: Tender, kind: Change.Kind, reason: str, by: Seat, now: datetime, **facts: Any) -> Change:
    if not reason.strip():
        raise Refused(_("Give the reason: it is published."), field="reason", code="required")
    columns: dict[str, Any] = {"deadline_before": tender.deadline, "terms_before": tender.terms, **facts}
    change = Change(
        tender=tender,
        number=tender.changes.count() + 1,
        kind=kind,
        reason=reason.strip(),
        proposed_at=now,
        proposed_by=by,
        **columns,
    )
    try:
        with transaction.atomic():
            change.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("A proposal of this kind waits already. It is decided first."), code="pending") from None
    record(Verb.CHANGE_PROPOSED, tender.reference, by=by, now=now, kind=change.get_kind_display(), reason=change.reason)
    text = gettext_noop("A change of %(title)s is proposed and waits for a second person.")
    path = reverse("tenders:change", args=[tender.reference, change.number])
    tell_other_officers(tender, text, path, about=f"change:{change.pk}", by=by, now=now)
    return change
