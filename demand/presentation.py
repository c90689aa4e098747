"""What the pages of demand show."""

from typing import Any

from django.utils.translation import gettext as _

from demand.models import DemandWindow

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
