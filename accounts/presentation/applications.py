"""How applications and admissions look: what was said, who must act, what an act will do."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.licensing import ApplicantKind
from accounts.models import AdmissionObjection, Application, Organisation, Seat
from accounts.permissions import OrganisationKind, Permission
from core.clock import legal_date

_Status = Application.Status
TONES = {
    _Status.SUBMITTED: "warn",
    _Status.RETURNED: "info",
    _Status.REVIEWED: "warn",
    _Status.ADMITTED: "good",
    _Status.REFUSED: "bad",
    _Status.WITHDRAWN: "quiet",
}
_ACTS: dict[str, Promise] = {
    _Status.SUBMITTED: gettext_lazy("a registrar, for a first look"),
    _Status.REVIEWED: gettext_lazy("another registrar, to decide"),
    _Status.RETURNED: gettext_lazy("the applicant"),
}
_NEXT: dict[str, Promise] = {
    _Status.SUBMITTED: gettext_lazy(
        "The procurement agency looks through it. You are written to when it asks back or decides."
    ),
    _Status.RETURNED: gettext_lazy("Correct below what is asked for, and send it again."),
    _Status.REVIEWED: gettext_lazy("It was looked through. A second person decides."),
    _Status.ADMITTED: gettext_lazy("You are admitted. The mail of the decision has the link for the first sign-in."),
    _Status.REFUSED: gettext_lazy("You were not admitted, for the reason below. You can apply again at any time."),
    _Status.WITHDRAWN: gettext_lazy("It is withdrawn. You can apply again at any time."),
}
_KINDS = {
    OrganisationKind.SUPPLIER: ApplicantKind.COMPANY,
    OrganisationKind.DISTRIBUTOR: ApplicantKind.DISTRIBUTOR,
    OrganisationKind.HOSPITAL: ApplicantKind.HOSPITAL,
}


def who_acts(application: Application) -> Any:
    """Who must act now; nothing where it is decided."""
    return _ACTS.get(application.status, "")


def tone_of_admitted(application: Application) -> str:
    organisation = application.organisation
    held = organisation is None or organisation.ended_on or organisation.restriction
    return "bad" if held else "good"


def begin_renewal(organisation: Organisation, seat: Seat) -> dict[str, Any]:
    """What a renewal begins with: what was said last, or what the register knows."""
    last = Application.objects.filter(organisation=organisation).order_by("-pk").first()
    names = ("kind", "size", "representative", "contact_name", "contact_phone", "contact_email")
    said = {name: getattr(last, name) for name in names} if last else {}
    known = {"name": organisation.name, "credit_code": organisation.credit_code, "region": organisation.region_id}
    kind = _KINDS.get(OrganisationKind(organisation.kind), "")
    person = {"contact_name": seat.person.name, "contact_email": seat.person.email}
    return {"kind": kind, "size": organisation.size, **person, **said, **known}


def own_page(application: Application, form: Any, secret: str) -> dict[str, Any]:
    """What whoever has the link of an application is shown: its own number of the account by its end alone."""
    return {
        "application": application,
        "form": form,
        "secret": secret,
        "tone": TONES[_Status(application.status)],
        "next": _NEXT[application.status],
        "facts": [*_said(application), *_licences(application, linked=False)],
        "may_withdraw": application.status in Application.OPEN,
    }


def page(application: Application, seat: Seat) -> dict[str, Any]:
    """The agency's page: what was said, what else is known under the code, and what the seat may do."""
    registers = seat.may(Permission.MANAGE_ORGANISATIONS)
    return {
        "application": application,
        "tone": TONES[_Status(application.status)],
        "who_acts": who_acts(application),
        "facts": [*_said(application), *_decided(application)],
        "licences": _licences(application),
        "duplicates": duplicates(application) if registers else [],
        "acts": acts(application, seat),
    }


def acts(application: Application, seat: Seat) -> list[str]:
    """What a seat may do to an application as it stands."""
    if not seat.may(Permission.MANAGE_ORGANISATIONS):
        return []
    if application.status == _Status.SUBMITTED:
        return ["review", "return"]
    if application.status == _Status.RETURNED:
        return ["review"]
    own = application.reviewed_by is not None and application.reviewed_by.person_id == seat.person_id
    if application.status == _Status.REVIEWED:
        return ["return"] if own else ["admit", "refuse", "return"]
    return []


def duplicates(application: Application) -> list[dict[str, str]]:
    """What else is known under the credit code: the organisation that has it, and other applications that are open."""
    known = Organisation.objects.filter(credit_code=application.credit_code).exclude(pk=application.renews_id)
    found = [
        {"text": _("This code is registered already: %(name)s.") % {"name": one.name}, "url": one.get_absolute_url()}
        for one in known.exclude(pk=application.organisation_id)
    ]
    same = Q(credit_code=application.credit_code, status__in=Application.OPEN)
    others = Application.objects.filter(same).exclude(pk=application.pk).order_by("pk")[:5]
    return found + [
        {
            "text": _("%(reference)s is open with the same code: %(name)s.") % {"reference": one, "name": one.name},
            "url": one.get_absolute_url(),
        }
        for one in others
    ]


def admitting(application: Application) -> dict[str, Any]:
    """The question before somebody is admitted."""
    if application.renews_id:
        first = _("%(name)s is admitted anew, with the licences that it gave.")
    else:
        first = _("%(name)s is registered under %(code)s; %(contact)s is invited by mail as its first administrator.")
    names = {
        "name": application.name,
        "code": application.credit_code,
        "contact": f"{application.contact_name} ({application.contact_email})",
    }
    return {
        "title": _("Admit %(name)s") % names,
        "reference": application.reference,
        "effects": [first % names, _("It is published, and everybody who is signed in may object for some days.")],
        "warning": "  ".join(one["text"] for one in duplicates(application)),
        "submit": _("Admit"),
    }


def objection_facts(objection: AdmissionObjection) -> list[dict[str, Any]]:
    """What was objected by whom, and what was answered."""
    found = [
        {"label": _("Admission"), "value": objection.application.reference, "note": objection.application.name},
        _act(_("Objected"), objection.raised_by, objection.raised_at),
        {"label": _("Reason"), "value": objection.reason},
    ]
    if objection.answered_by:
        found.append(_act(_("Answered"), objection.answered_by, objection.answered_at))
        found.append({"label": _("Answer"), "value": objection.answer})
    return found


def _said(one: Application) -> list[dict[str, Any]]:
    account = f"{one.bank}, {one.bank_holder}, {one.masked_number}" if one.bank else None
    contact = f"{one.contact_name}, {one.contact_phone}, {one.contact_email}"
    return [
        {"label": _("What it is"), "value": one.get_kind_display()},
        {"label": _("Unified social credit code"), "value": one.credit_code},
        {"label": _("Region"), "value": one.region.full_name},
        {"label": _("Size"), "value": one.get_size_display()},
        {"label": _("Legal representative"), "value": one.representative},
        {"label": _("Contact"), "value": contact},
        {"label": _("Bank account"), "value": account},
        {"label": _("Applied"), "value": str(legal_date(one.applied_at))},
        *([{"label": _("Asked back"), "value": one.question}] if one.question else []),
        *([{"label": _("Reason"), "value": one.reason}] if one.reason else []),
    ]


def _decided(one: Application) -> list[dict[str, Any]]:
    found = []
    if one.reviewed_by:
        note = f"{one.get_advice_display()}. {one.review_note}"
        found.append(_act(_("First look"), one.reviewed_by, one.reviewed_at, note))
    if one.decided_by:
        found.append(_act(_("Decided"), one.decided_by, one.decided_at))
    if one.organisation:
        url = one.organisation.get_absolute_url()
        found.append({"label": _("Organisation"), "value": one.organisation.name, "url": url})
        found.append({"label": _("Objections until"), "value": str(one.objections_until)})
        last_day = str(one.admitted_until) if one.admitted_until else _("without end")
        found.append({"label": _("Admitted until"), "value": last_day})
    return found


def _licences(application: Application, *, linked: bool = True) -> list[dict[str, Any]]:
    rows = application.licences.filter(replaced_at=None).defer("document")
    return [
        {
            "label": licence.get_kind_display(),
            "value": licence.number,
            "note": str(licence.valid_until) if licence.valid_until else _("without end"),
            "url": reverse("accounts:licence-document", args=[application.reference, licence.sha256]) if linked else "",
        }
        for licence in rows
    ]


def _act(label: str, seat: Seat, at: Any, note: str = "") -> dict[str, Any]:
    return {"label": label, "value": f"{seat.signature}, {legal_date(at)}", "note": note}
