"""Lists of changes of prices."""

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.converting import told_steps
from catalogue.models import PriceChange, PriceLine
from catalogue.tables.items import item_url
from catalogue.tables.prices import shown_to
from core.tables import Column, Empty, Filter, Table

TONES = {"proposed": "warn", "returned": "info", "confirmed": "good", "refused": "bad"}


def tone(change: PriceChange) -> str:
    return TONES.get(change.status, "quiet")


class PriceChangeTable(Table):
    """Changes of prices, the latest first."""

    name = "price-changes"
    caption = _("Changes of prices")
    default_sort = "-proposed"
    columns = (
        Column(
            "reference",
            _("Change"),
            kind="reference",
            url=lambda change: reverse("catalogue:price-change", args=[change.reference]),
        ),
        Column("act", _("What it is"), value="get_act_display", sort="act"),
        Column("status", _("Status"), value="get_status_display", kind="status", tone=tone, sort="status"),
        Column("reason", _("Reason"), kind="prose"),
        Column("source", _("Source")),
        Column("proposed", _("Proposed"), value="proposed_at", kind="instant", sort="proposed_at"),
        Column("by", _("By"), value="proposed_by.person.name"),
        Column("decided", _("Decided"), value="decided_at", kind="instant"),
    )
    filters = (
        Filter("status", forms.ChoiceField(label=_("Status"), choices=PriceChange.Status), "status"),
        Filter("act", forms.ChoiceField(label=_("What it is"), choices=PriceChange.Act), "act"),
    )
    empty = Empty(
        _("No change of prices yet"),
        _("Propose a price on the page of its item, or upload a file; another person then confirms it here."),
    )


def per(line: PriceLine) -> str:
    """What the price is for: 28 片 or 1 支."""
    return f"{line.units} {line.item.base_unit}".strip()


def unrounded(line: PriceLine) -> str:
    """What a guide price was before it was rounded, where that is another."""
    if line.unrounded is None or line.unrounded == line.price:
        return ""
    return gettext("before rounding: %(price)s") % {"price": f"{line.unrounded.normalize():f}"}


class PriceLineTable(Table):
    """The prices of a change."""

    name = "lines"
    caption = _("Prices of the change")
    page_size = 100
    default_sort = "number"
    columns = (
        Column("number", pgettext_lazy("of a table", "Row"), kind="number", sort="number"),
        Column("item", _("Item"), url=lambda line: item_url(line.item)),
        Column("of", _("Of"), value=lambda line: line.product.maker if line.product else _("any maker")),
        Column("kind", _("Kind"), value="get_kind_display", note="get_guide_class_display"),
        Column("held", _("Before"), kind="price", unit=settings.CURRENCY),
        Column("price", _("Price"), kind="price", unit=settings.CURRENCY),
        Column("per", _("Per"), value=per),
        Column("how", _("How it follows"), value=lambda line: told_steps(line.steps), note=unrounded, kind="prose"),
        Column("region", _("Region"), value="region.full_name"),
        Column("hospital", _("Hospital"), value=lambda line: line.hospital or _("every hospital")),
        Column("from", _("From"), value="valid_from", kind="date"),
        Column("to", _("To"), value="valid_to", kind="date"),
        Column("shown", _("Shown to"), value=lambda line: shown_to(line) or _("everybody")),
    )
    empty = Empty(_("No price"))


class FallingTable(Table):
    """Listings that a change lets fall."""

    name = "falling"
    caption = _("Listings that fall")
    exports = ()
    key = "line.number"
    columns = (
        Column("item", _("Item"), value="entry.item"),
        Column("of", _("Of"), value="entry.product.maker"),
        Column("region", _("Region"), value="entry.region.full_name"),
        Column("before", _("Now"), value="entry.price", kind="price", unit=settings.CURRENCY),
        Column("after", _("Then"), value="price", kind="price", unit=settings.CURRENCY),
        Column("from", _("From"), value="day", kind="date"),
    )
    empty = Empty(_("No listing costs more"))
