"""What the pages of demand show."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import Permission
from demand.models import DemandWindow, Mandate
from demand.tables import MANDATE_TONES

MOST_NAMES = 20


def lock_context(window: DemandWindow) -> dict[str, Any]:
    """What locking a window will do, and which hospitals would be left out."""
    if not window.has_need:
        return {"window": window, "nothing": _("No hospital has reported any need yet; there is nothing to lock.")}
    missing = list(window.asked().filter(reported_at=None)[:MOST_NAMES])
    absent = window.asked_count - window.reported_count
    names = _(", ").join(hospital.name for hospital in missing)
    return {
        "window": window,
        "effects": [
            _("The numbers of the hospitals that have reported (%(reported)d) become the basis of tenders.")
            % {"reported": window.reported_count},
            _("Hospitals can no longer report, unless you unlock with a reason."),
        ],
        "parties": [{"label": _("Not reported: %(n)d") % {"n": absent}, "value": names}] if absent else [],
        "warning": _("Hospitals that have not reported get no volume in the tenders.") if absent else "",
    }


def mandate_context(mandate: Mandate, seat: Seat, today: date) -> dict[str, Any]:
    """What the page of a mandate shows, and which acts it offers."""
    entrusted = {_("report"): mandate.reports, _("sign"): mandate.signs, _("pay"): mandate.pays}
    facts = [
        {"label": _("Institution"), "value": mandate.giver.name},
        {"label": _("Entrusts the agency to"), "value": _(", ").join(name for name, said in entrusted.items() if said)},
        {"label": _("Goods"), "value": mandate.get_goods_display() or _("all goods")},
        {"label": _("Years of need"), "value": f"{mandate.first_year} – {mandate.last_year}"},
        {"label": _("Signed by"), "value": mandate.given_by.person.name},
        {"label": "SHA-256", "value": mandate.sha256},
    ]
    if mandate.signed_by:
        facts.append({"label": _("Signed for the agency by"), "value": mandate.signed_by.person.name})
    if mandate.end_reason:
        facts.append({"label": _("Reason"), "value": mandate.end_reason})
    signs = seat.may(Permission.SIGN_MANDATE)
    may_end = signs and (seat.of_the_agency or mandate.giver_id in seat.lineage)
    return {
        "mandate": mandate,
        "facts": facts,
        "institutions": mandate.institutions.order_by("name"),
        "tone": MANDATE_TONES[mandate.status],
        "has_run_out": mandate.has_run_out(today),
        "may_sign": signs and seat.of_the_agency and mandate.status == Mandate.Status.GIVEN,
        "may_withdraw": may_end and mandate.status == Mandate.Status.GIVEN,
        "may_revoke": may_end and mandate.status == Mandate.Status.IN_FORCE,
    }
