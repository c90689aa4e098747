"""How organisations look, and what is filed of them."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Affiliation, Filing, Organisation, OrganisationVersion, Seat
from accounts.permissions import Permission
from core.clock import legal_date

TONES = {Filing.Status.PROPOSED: "warn", Filing.Status.CONFIRMED: "good", Filing.Status.DECLINED: "quiet"}

EFFECTS = {
    Filing.Kind.RENAMING: (
        gettext_lazy("From %(day)s %(before)s is called %(name)s. Lists show the new name at once."),
        gettext_lazy("Documents of earlier days keep the name of their day; search finds both."),
    ),
    Filing.Kind.AFFILIATION: (
        gettext_lazy("From %(day)s %(before)s and %(other)s belong together."),
        gettext_lazy(
            "Where both bid in one lot, the officer is told so after the opening. The rules say what follows."
        ),
    ),
    Filing.Kind.SEPARATION: (
        gettext_lazy("%(day)s is the last day on which %(before)s and %(other)s belong together."),
        gettext_lazy("Lots whose bids closed until then keep what was known of them."),
    ),
}


def organisation_facts(organisation: Organisation) -> list[dict[str, Any]]:
    """Who it is, in two columns."""
    return [
        {"label": _("Unified social credit code"), "value": organisation.credit_code, "note": _("for life")},
        {"label": _("Licence"), "value": organisation.licence or None},
        {"label": _("Region"), "value": organisation.region.full_name},
        {"label": _("Registered"), "value": str(legal_date(organisation.registered_at))},
    ]


def versions(organisation: Organisation, seat: Seat) -> list[dict[str, Any]]:
    """The names that it has had, the latest first; who keeps or watches the register is led to the documents."""
    rows = organisation.versions.select_related("filing").defer("filing__document").order_by("-valid_from")
    return [{"version": one, "url": _url(one, seat)} for one in rows]


def _url(version: OrganisationVersion, seat: Seat) -> str:
    return version.filing.get_absolute_url() if version.filing and reads_filings(seat) else ""


def reads_filings(seat: Seat) -> bool:
    return seat.may(Permission.MANAGE_ORGANISATIONS) or seat.reads_the_trail


def may_decide(filing: Filing, seat: Seat) -> bool:
    """Whether the seat is a second person for what was filed."""
    waits = filing.status == Filing.Status.PROPOSED and seat.may(Permission.MANAGE_ORGANISATIONS)
    return waits and filing.proposed_by.person_id != seat.person_id


def filing_facts(filing: Filing) -> list[dict[str, Any]]:
    """What was filed, by whom, and what became of it."""
    found = [
        {"label": _("Organisation"), "value": filing.organisation.name, "url": filing.organisation.get_absolute_url()},
        {"label": _("What"), "value": filing.get_kind_display()},
        {"label": _("From"), "value": str(filing.day)},
        *_saying(filing),
        {
            "label": _("Document"),
            "value": filing.document_name,
            "url": reverse("accounts:filing-document", args=[filing.reference]),
            "note": f"SHA-256 {filing.sha256}",
        },
        _act(_("Filed"), filing.proposed_by, filing.proposed_at),
    ]
    if filing.confirmed_by:
        found.append(_act(_("Confirmed"), filing.confirmed_by, filing.confirmed_at))
    if filing.declined_by:
        found.append(_act(_("Declined"), filing.declined_by, filing.declined_at, filing.decline_reason))
    return found


def _saying(filing: Filing) -> list[dict[str, Any]]:
    """What a filing of its kind says."""
    if filing.kind != Filing.Kind.RENAMING:
        return _of_two(filing)
    before = filing.organisation.name_on(filing.day - timedelta(days=1))
    return [
        {"label": _("Name"), "value": filing.name, "note": _("before: %(name)s") % {"name": before}},
        {"label": _("Licence"), "value": filing.licence or None},
    ]


def _of_two(filing: Filing) -> list[dict[str, Any]]:
    return [
        {"label": _("With"), "value": filing.other.name, "url": filing.other.get_absolute_url()},
        {"label": _("How"), "value": filing.get_affiliation_display()},
        *([{"label": _("Share"), "value": filing.share, "unit": "%"}] if filing.share else []),
    ]


def affiliations(organisation: Organisation, seat: Seat) -> list[dict[str, Any]]:
    """With whom an organisation belongs together, and did, for who keeps or watches the register."""
    rows = Affiliation.objects.visible_to(seat).filter(Q(organisation=organisation) | Q(other=organisation))
    found = rows.select_related("organisation", "other", "filing").defer("filing__document")
    return [{"row": row, "other": row.other if row.organisation_id == organisation.pk else row.organisation}
            for row in found]  # fmt: skip


def _act(label: str, seat: Seat, at: Any, note: str = "") -> dict[str, Any]:
    return {"label": label, "value": f"{seat.signature}, {legal_date(at)}", "note": note}


def confirming(filing: Filing) -> dict[str, Any]:
    """The question before a filing becomes true."""
    other = filing.other.name if filing.other else ""
    names = {"before": filing.organisation.name, "name": filing.name, "other": other, "day": filing.day}
    return {
        "title": _("Confirm the filing"),
        "reference": filing.reference,
        "lead": f"{filing.organisation.name}: {filing.get_kind_display()}",
        "effects": [str(effect) % names for effect in EFFECTS[Filing.Kind(filing.kind)]],
        "submit": _("Confirm"),
        "warning": _("Hold it against the document first: this cannot be undone."),
    }
