"""After an admission: everybody may object for some days, and its end is told ahead."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.measures import restrict
from accounts.actions.seats import permit
from accounts.models import AdmissionObjection, Application, Seat, Verb
from accounts.models.organisations import Restriction
from accounts.permissions import Permission
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from core.moves import move
from core.references import next_reference

_Status = AdmissionObjection.Status


@action
def object_to_admission(*, application: Application, reason: str, by: Seat, now: datetime) -> AdmissionObjection:
    """Say why an organisation should not have been admitted, until the last day for it. Whoever was admitted does not.

    Conflict while another objection of the same seat waits for its answer.
    """
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    if application.objections_until is None or legal_date(now) > application.objections_until:
        raise Refused(_("The time for objections is over."), code="objections_over")
    if application.organisation_id in by.lineage:
        raise Refused(_("An organisation does not object to its own admission."), code="own_admission")
    objection = AdmissionObjection(
        reference=next_reference("admission_objection", "AO", now),
        application=application,
        reason=reason.strip(),
        raised_at=now,
        raised_by=by,
    )
    try:
        with transaction.atomic():
            objection.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("Your objection waits for its answer already."), code="pending") from None
    record(Verb.ADMISSION_OBJECTED, application.reference, by=by, now=now, objection=objection.reference)
    return objection


@action
def answer_admission_objection(
    *, objection: AdmissionObjection, upheld: bool, answer: str, by: Seat, now: datetime
) -> AdmissionObjection:
    """Answer an objection, as another person than the one who admitted. Who is upheld has the organisation suspended at
    once: a filing of two people then removes it or sets it free."""
    permit(by, Permission.MANAGE_ORGANISATIONS)
    application = objection.application
    admitted = application.decided_by
    if by.person_id in (objection.raised_by.person_id, admitted.person_id if admitted else None):
        raise Refused(_("Somebody else answers: neither who admitted nor who objects."), code="second_person")
    if not answer.strip():
        raise Refused(_("Answer the objection."), field="answer", code="required")
    status = _Status.UPHELD if upheld else _Status.DISMISSED
    move(objection, status, answered_at=now, answered_by=by, answer=answer.strip())
    told: dict[str, Any] = {"objection": objection.reference, "result": status.label, "answer": objection.answer}
    parties = [objection.raised_by.organisation_id, *_of(application)]
    record(Verb.ADMISSION_ANSWERED, application.reference, by=by, now=now, organisations=parties, **told)
    organisation = application.organisation
    if upheld and organisation and not organisation.restriction and not organisation.ended_on:
        restrict(organisation, Restriction.SUSPENDED, objection.reference, legal_date(now), by=by, now=now)
    return objection


@action
def note_admission_ends(*, application: Application, days: int, now: datetime) -> None:
    """Note which warning of the end of an admission was given, so that it is given once."""
    Application.objects.filter(pk=application.pk).update(warned_days=days)
    last_day = application.admitted_until.isoformat() if application.admitted_until else ""
    told = {"application": application.reference, "last_day": last_day}
    record(
        Verb.ADMISSION_ENDS,
        application.reference,
        by=None,
        now=now,
        audience=Event.Audience.AGENCY,
        organisations=_of(application),
        **told,
    )


def _of(application: Application) -> list[int]:
    """The organisation that was admitted, once there is one."""
    return [application.organisation_id] if application.organisation_id else []
