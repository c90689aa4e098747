"""A ceiling as it was published, in words."""

from django.utils.translation import gettext as _

from core.templatetags.ui import price, quantity
from selection.ranking import Ceiling


def as_published(ceiling: Ceiling | None, unit: str) -> str:
    """The amount and what it is for, as 6.60 / 7 tablet; a dash where there is none."""
    if ceiling is None:
        return "–"
    if ceiling.units == 1:
        return _("%(price)s / %(unit)s") % {"price": price(ceiling.price), "unit": unit}
    return _("%(price)s / %(units)s %(unit)s") % {
        "price": price(ceiling.price),
        "units": quantity(ceiling.units),
        "unit": unit,
    }
