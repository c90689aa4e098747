"""What happens to organisations: one registrar files it with its document, another confirms or declines it."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.seats import permit
from accounts.models import Filing, Seat, Verb
from accounts.permissions import Permission
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Refused
from core.events import record
from core.moves import move
from core.references import next_reference

LARGEST_DOCUMENT = 10 * 1024 * 1024
_NAME_LENGTH = 200


@dataclass(frozen=True)
class Evidence:
    """The document that says so, as it was uploaded."""

    file_name: str
    content: bytes


@dataclass(frozen=True)
class Basis:
    """Of what a filing says: from which day it holds, and by which document."""

    day: date
    evidence: Evidence


@action
def decline_filing(*, filing: Filing, reason: str, by: Seat, now: datetime) -> Filing:
    """Leave everything as it is, and say why; whoever filed something may take it back so."""
    held = hold(filing, by)
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    move(held, Filing.Status.DECLINED, declined_at=now, declined_by=by, decline_reason=reason.strip())
    told: dict[str, Any] = {"filing": held.reference, "reason": reason.strip()}
    record(Verb.FILING_DECLINED, held.organisation.credit_code, by=by, now=now, **told)
    return held


def file(filing: Filing, basis: Basis, *, by: Seat, now: datetime) -> Filing:
    """Write down what is filed. Nothing is true of it yet."""
    permit(by, Permission.MANAGE_ORGANISATIONS)
    if basis.day > legal_date(now):
        raise Refused(
            _("Choose a day that has come: what is filed holds today."), field="day", code="date_out_of_range"
        )
    content = basis.evidence.content
    if not 0 < len(content) <= LARGEST_DOCUMENT:
        raise Refused(_("Attach the document, at most 10 megabytes."), field="document", code="document")
    filing.reference = next_reference("filing", "OF", now)
    filing.day = basis.day
    filing.document_name = basis.evidence.file_name[-_NAME_LENGTH:]
    filing.document, filing.sha256 = content, hashlib.sha256(content).hexdigest()
    filing.proposed_at, filing.proposed_by = now, by
    try:
        with transaction.atomic():
            filing.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("The same is filed already and waits for a second person."), code="pending") from None
    told: dict[str, Any] = {"filing": filing.reference, "day": basis.day.isoformat()}
    told["what"] = Filing.Kind(filing.kind).label
    record(Verb.FILING_PROPOSED, filing.organisation.credit_code, by=by, now=now, **told)
    return filing


def hold(filing: Filing, by: Seat) -> Filing:
    """The filing as it is now, held until commit; Conflict where somebody has decided it."""
    permit(by, Permission.MANAGE_ORGANISATIONS)
    rows = Filing.objects.select_for_update(of=("self",), no_key=True).defer("document")
    held = rows.select_related("organisation", "other", "administrator__person", "proposed_by").get(pk=filing.pk)
    if held.status != Filing.Status.PROPOSED:
        raise Conflict(_("This is decided already."), code="already_done")
    return held
