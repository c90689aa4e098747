"""How people read what proposals say: the columns of the import template in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalogue.models import Adjustment

TONES = {"proposed": "warn", "asked": "warn", "accepted": "good", "refused": "bad", "withdrawn": "quiet"}
LABELS: dict[str, Any] = {
    "kind": _("Kind"),
    "item_name": _("Name"),
    "strength": _("Strength or specification"),
    "form": _("Dosage form"),
    "route": _("Route"),
    "base_unit": _("Counted in"),
    "fill": _("Fill"),
    "national_code": _("National code"),
    "approval_no": _("Approval number"),
    "standard_code": _("Standard code"),
    "maker": _("Maker"),
    "holder": _("Marketing authorisation holder"),
    "brand": _("Brand"),
    "pack_size": _("Base units in one pack"),
    "pack_unit": _("Unit of the pack"),
    "packaging": _("Packaging"),
    "source": _("Source"),
}
ADDED = tuple(LABELS)


@dataclass(frozen=True)
class Said:
    """One thing that is to be so, and what the catalogue said of it when it was proposed."""

    label: Any
    before: str
    after: str


def said_by(adjustment: Adjustment) -> Iterator[Said]:
    """What a proposal says, in the order of the form; what a file said in further columns stands last."""
    order = [*(name for name in LABELS if name in adjustment.said), *(n for n in adjustment.said if n not in LABELS)]
    for name in order:
        yield Said(LABELS.get(name, name), adjustment.before.get(name, ""), adjustment.said[name])


def who_acts(adjustment: Adjustment) -> Any:
    """Who must act next; nobody where it is decided."""
    if adjustment.status == Adjustment.Status.PROPOSED:
        return _("the agency")
    return adjustment.organisation.name if adjustment.is_open else "–"
