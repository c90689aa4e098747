"""Coming in: somebody applies without an account, is asked back, reviewed by one person and decided on by another."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.actions.seats import digest_of, invite, permit, register_organisation
from accounts.documents import Paper
from accounts.licensing import LicenceKind, missing_licences
from accounts.models import Application, ApplicationLicence, Organisation, Region, Seat, Verb
from accounts.permissions import Permission
from accounts.rules import clean_account_number, clean_uscc, first_end
from core.actions import action
from core.clock import legal_date
from core.errors import Denied, Fault, Refused
from core.events import record
from core.models import Event
from core.moves import move
from core.outbox import queue
from core.references import next_reference
from core.workdays import working_calendar

MOST_LICENCES = 6
_Status, _Advice = Application.Status, Application.Advice


@dataclass(frozen=True)
class Statement:
    """What an applicant says of itself. The bank account is where it wants to be paid, and may be left out."""

    kind: str
    name: str
    credit_code: str
    region: Region
    size: str
    representative: str
    contact_name: str
    contact_phone: str
    contact_email: str
    bank: str = ""
    bank_holder: str = ""
    bank_number: str = ""


@dataclass(frozen=True)
class GivenLicence:
    """A licence with its file; without one, of a licence given before: the file stays."""

    kind: str
    number: str
    valid_until: date | None
    paper: Paper | None


@action
def apply(
    *,
    statement: Statement,
    licences: Sequence[GivenLicence],
    language: str = "",
    renews: Organisation | None = None,
    by: Seat | None = None,
    now: datetime,
) -> Application:
    """Ask to be admitted; an organisation that is registered asks to be admitted anew, by one who manages its people.

    The secret link by which the applicant follows it is mailed, and kept nowhere. Refused with every fault of what was
    said and of the licences, which depend on the kind of applicant.
    """
    said = _checked(statement, licences, {}, legal_date(now))
    if renews is not None:
        _require_own(renews, said, by)
    nonce = secrets.token_hex(16)
    application = Application.objects.create(
        reference=next_reference("application", "AP", now),
        renews=renews,
        language=language,
        nonce=nonce,
        secret_hash=digest_of(link_secret(nonce)),
        applied_at=now,
        waits_since=now,
        **said,
    )
    _give(application, licences, {}, now)
    parties = [renews.pk] if renews else []
    record(Verb.APPLIED, application.reference, by=by, now=now, organisations=parties, name=application.name)
    queue("accounts.tasks.tell_applicant", application.pk, now=now)
    return application


@action
def correct_application(
    *, application: Application, statement: Statement, licences: Sequence[GivenLicence], now: datetime
) -> Application:
    """Correct an application that was asked back, and send it again. A licence that is not named any more is replaced.

    Conflict where it is not with the applicant any more.
    """
    held = _held(application)
    known = {(one.kind, one.number): one for one in held.licences.filter(replaced_at=None)}
    said = _checked(statement, licences, known, legal_date(now))
    if held.renews is not None and said["credit_code"] != held.renews.credit_code:
        raise Refused(_("The credit code stays: it is that of the organisation."), field="credit_code", code="stays")
    changed = sorted(name for name, value in said.items() if getattr(held, name) != value)
    move(held, _Status.SUBMITTED, waits_since=now, **said)
    if _give(held, licences, known, now):
        changed.append("licences")
    record(Verb.APPLICATION_CORRECTED, held.reference, by=None, now=now, what=", ".join(changed) or "–")
    return held


@action
def withdraw_application(*, application: Application, now: datetime) -> Application:
    """Take an application back before it is decided."""
    held = _held(application)
    move(held, _Status.WITHDRAWN, waits_since=now)
    record(Verb.APPLICATION_WITHDRAWN, held.reference, by=None, now=now)
    return held


@action
def send_link_again(*, reference: str, email: str, now: datetime) -> None:
    """Mail the link of an application to its contact once more. Whether there is such a one, nobody is told."""
    found = Application.objects.filter(reference=reference.strip().upper(), contact_email__iexact=email.strip())
    for application in found:
        queue("accounts.tasks.tell_applicant", application.pk, now=now)


@action
def return_application(*, application: Application, question: str, by: Seat, now: datetime) -> Application:
    """Ask back: the applicant corrects or adds something, and it begins again with a first look."""
    permit(by, Permission.MANAGE_ORGANISATIONS)
    held, question = _held(application), question.strip()
    if not question:
        raise Refused(_("Say what is to be corrected or added."), field="question", code="required")
    cleared: dict[str, Any] = {"reviewed_at": None, "reviewed_by": None, "advice": _Advice.NONE, "review_note": ""}
    move(held, _Status.RETURNED, question=question, returned_at=now, returned_by=by, waits_since=now, **cleared)
    record(Verb.APPLICATION_RETURNED, held.reference, by=by, now=now, question=question)
    queue("accounts.tasks.tell_applicant", held.pk, now=now)
    return held


@action
def review_application(*, application: Application, advice: str, note: str, by: Seat, now: datetime) -> Application:
    """The first look: recommend that an application be admitted or refused; another person decides.

    Of one that was asked back and stays unanswered only a refusal can be recommended.
    """
    permit(by, Permission.MANAGE_ORGANISATIONS)
    held, note = _held(application), note.strip()
    if advice not in (_Advice.ADMIT, _Advice.REFUSE):
        raise Refused(_("Choose one of the values offered."), field="advice", code="invalid_choice")
    if advice == _Advice.REFUSE and not note:
        raise Refused(_("Give the reason, for the record."), field="note", code="required")
    if advice == _Advice.ADMIT and held.status == _Status.RETURNED:
        raise Refused(_("It was asked back: the applicant has to answer first."), field="advice", code="not_now")
    facts = {"reviewed_at": now, "reviewed_by": by, "advice": advice, "review_note": note, "waits_since": now}
    move(held, _Status.REVIEWED, **facts)
    told: dict[str, Any] = {"advice": _Advice(advice).label, "note": note}
    record(Verb.APPLICATION_REVIEWED, held.reference, by=by, now=now, **told)
    return held


@action
def refuse_application(*, application: Application, reason: str, by: Seat, now: datetime) -> Application:
    """Decide, as another person than the one who looked first, that an applicant is not admitted."""
    held = _to_decide(application, by)
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    move(held, _Status.REFUSED, decided_at=now, decided_by=by, reason=reason.strip(), waits_since=now)
    record(Verb.APPLICATION_REFUSED, held.reference, by=by, now=now, reason=held.reason)
    queue("accounts.tasks.tell_applicant", held.pk, now=now)
    return held


@action
def admit_application(*, application: Application, by: Seat, now: datetime) -> Application:
    """Decide, as another person than the one who looked first, that an applicant takes part: its organisation is
    registered and its contact invited as its first administrator, in one act. Everybody may object for some days.

    Conflict where the organisation is registered already; one that is admitted anew must not have ended.
    """
    held, today = _to_decide(application, by), legal_date(now)
    licences = list(held.licences.filter(replaced_at=None).defer("document"))
    if any(one.valid_until and one.valid_until < today for one in licences):
        raise Refused(_("A licence has ended since: ask back for the one in force."), code="licence_ended")
    if held.renews is None:
        organisation = _registered(held, licences, by=by, now=now)
    else:
        organisation = Organisation.objects.select_for_update(no_key=True).get(pk=held.renews.pk)
        if organisation.ended_on:
            raise Refused(_("%(name)s has ended.") % {"name": organisation.name}, code="ended")
    Organisation.objects.filter(pk=organisation.pk).update(size=held.size)
    until = working_calendar().add(today, settings.ADMISSION_OBJECTION_DAYS)
    facts = {"organisation": organisation, "objections_until": until, "waits_since": now}
    facts["admitted_until"] = first_end(licence.valid_until for licence in licences)
    move(held, _Status.ADMITTED, decided_at=now, decided_by=by, **facts)
    told: dict[str, Any] = {"name": held.name, "application": held.reference, "day": until.isoformat()}
    public: dict[str, Any] = {"audience": Event.Audience.PUBLIC, "organisations": [organisation.pk]}
    record(Verb.ADMITTED, organisation.credit_code, by=by, now=now, **public, **told)
    record(Verb.ADMITTED, held.reference, by=by, now=now, organisations=[organisation.pk], **told)
    queue("accounts.tasks.tell_applicant", held.pk, now=now)
    return held


def link_secret(nonce: str) -> str:
    """The secret of the link by which an applicant follows its application. Only the platform can make it."""
    return _secret("accounts.applications.link", nonce)


def invitation_secret(nonce: str) -> str:
    """The secret of the link by which an admitted applicant takes its seat."""
    return _secret("accounts.applications.invitation", nonce)


def _secret(purpose: str, nonce: str) -> str:
    return urlsafe_b64encode(salted_hmac(purpose, nonce, algorithm="sha256").digest()).decode().rstrip("=")


def _registered(held: Application, licences: Sequence[ApplicationLicence], *, by: Seat, now: datetime) -> Organisation:
    trade = [one.number for one in licences if one.kind != LicenceKind.BUSINESS]
    organisation = register_organisation(
        kind=held.organisation_kind,
        name=held.name,
        credit_code=held.credit_code,
        region=held.region,
        licence=trade[0] if trade else "",
        by=by,
        now=now,
    )
    invite(
        email=held.contact_email,
        name=held.contact_name,
        organisation=organisation,
        roles=["administrator"],
        secret=invitation_secret(held.nonce),
        by=by,
        now=now,
    )
    return organisation


def _held(application: Application) -> Application:
    """The application as it is now, held until commit."""
    rows = Application.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("renews", "region", "reviewed_by").get(pk=application.pk)


def _to_decide(application: Application, by: Seat) -> Application:
    permit(by, Permission.MANAGE_ORGANISATIONS)
    held = _held(application)
    if held.reviewed_by is not None and held.reviewed_by.person_id == by.person_id:
        raise Refused(_("Somebody else than the person who looked first decides."), code="second_person")
    return held


def _require_own(renews: Organisation, said: dict[str, Any], by: Seat | None) -> None:
    if by is None or not by.may(Permission.MANAGE_SEATS) or by.organisation_id != renews.pk:
        raise Denied(Permission.MANAGE_SEATS)
    if said["credit_code"] != renews.credit_code:
        raise Refused(_("The credit code stays: it is that of the organisation."), field="credit_code", code="stays")
    if Application.objects.filter(renews=renews, status__in=Application.OPEN).exists():
        raise Refused(_("Another application of the organisation waits already."), code="pending")


def _checked(
    statement: Statement, licences: Sequence[GivenLicence], known: dict[Any, ApplicationLicence], today: date
) -> dict[str, Any]:
    """What was said in its plain form. Refused with every fault of it and of its licences."""
    said: dict[str, Any] = {name: getattr(statement, name) for name in statement.__dataclass_fields__}
    said |= {name: value.strip() for name, value in said.items() if isinstance(value, str)}
    faults = [*_of_statement(said), *_of_licences(said["kind"], licences, known, today)]
    if faults:
        raise Refused(faults[0].message, faults=faults)
    return said


def _of_statement(said: dict[str, Any]) -> Iterable[Fault]:
    for name in ("name", "representative", "contact_name", "contact_phone", "contact_email", "size"):
        if not said[name]:
            yield Fault(_("This is missing."), name, code="required")
    try:
        said["credit_code"] = clean_uscc(said["credit_code"])
    except ValueError as error:
        wrong = _("Check the unified social credit code: %(why)s.") % {"why": error}
        yield Fault(wrong, "credit_code", code="invalid")
    given = [said[name] for name in ("bank", "bank_holder", "bank_number")]
    if any(given) and not all(given):
        yield Fault(_("Give bank, name and number of the account, or none of them."), "bank_number", code="required")
    if said["bank_number"]:
        try:
            said["bank_number"] = clean_account_number(said["bank_number"])
        except ValueError:
            wrong = _("Enter the number of the account: 8 to 34 digits or letters.")
            yield Fault(wrong, "bank_number", code="invalid")


def _of_licences(
    kind: str, licences: Sequence[GivenLicence], known: dict[Any, ApplicationLicence], today: date
) -> Iterable[Fault]:
    seen: set[tuple[str, str]] = set()
    for number, one in enumerate(licences, start=1):
        if not one.number.strip():
            yield Fault(_("Enter the number of the licence."), "number", number, code="required")
        if one.valid_until is not None and one.valid_until < today:
            yield Fault(
                _("This licence has ended: give the one in force."), "valid_until", number, code="licence_ended"
            )
        if one.paper is None and _key(one) not in known:
            yield Fault(_("Attach the licence as a file."), "document", number, code="required")
        if one.paper is not None and not one.paper.fits:
            wrong = _("Attach a PDF, an OFD or a picture, at most 10 megabytes.")
            yield Fault(wrong, "document", number, code="document")
        if _key(one) in seen:
            yield Fault(_("This licence stands there twice."), "number", number, code="twice")
        seen.add(_key(one))
    if len(licences) > MOST_LICENCES:
        yield Fault(_("Give at most %(most)s licences.") % {"most": MOST_LICENCES}, code="out_of_range")
    for group in missing_licences(kind, [one.kind for one in licences]):
        words = _(" or ").join(str(licence.label) for licence in group)
        yield Fault(_("A licence is missing: %(licence)s.") % {"licence": words}, code="licence_missing")


def _key(one: GivenLicence) -> tuple[str, str]:
    return one.kind, one.number.strip()


def _give(
    application: Application, licences: Sequence[GivenLicence], known: dict[Any, ApplicationLicence], now: datetime
) -> bool:
    """Write down the licences that are new or say something else; the others are replaced. Whether any was."""
    stays = {key: one for key, one in known.items() if _unchanged(one, licences)}
    gone = [one.pk for key, one in known.items() if key not in stays]
    ApplicationLicence.objects.filter(pk__in=gone).update(replaced_at=now)
    made = [_licence(application, one, known, now) for one in licences if _key(one) not in stays]
    ApplicationLicence.objects.bulk_create(made)
    return bool(gone or made)


def _unchanged(one: ApplicationLicence, licences: Sequence[GivenLicence]) -> bool:
    same = (given for given in licences if _key(given) == (one.kind, one.number))
    return any(given.paper is None and given.valid_until == one.valid_until for given in same)


def _licence(
    application: Application, given: GivenLicence, known: dict[Any, ApplicationLicence], now: datetime
) -> ApplicationLicence:
    before = known.get(_key(given))
    paper = given.paper or (Paper(before.document_name, bytes(before.document)) if before else Paper("", b""))
    return ApplicationLicence(
        application=application,
        kind=given.kind,
        number=given.number.strip(),
        valid_until=given.valid_until,
        document_name=paper.name,
        document=paper.content,
        sha256=paper.sha256,
        given_at=now,
    )
