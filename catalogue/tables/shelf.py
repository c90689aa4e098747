"""The list of what stands on shelves."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import Permission
from accounts.rules import WARNED_AHEAD
from catalogue.models import ShelfDocument
from catalogue.validity import DocumentKind
from core.tables import Column, Empty, Filter, Table


def _naming(rows: Any, text: str) -> QuerySet:
    return rows.filter(Q(number__icontains=text) | Q(reference__iexact=text))


class ShelfTable(Table):
    """Documents; what ends first stands first."""

    name = "shelf"
    caption = _("Shelf")
    key = "reference"
    default_sort = "-reference"
    filters = (
        Filter("q", forms.CharField(label=_("Number or reference")), _naming),
        Filter("kind", forms.ChoiceField(label=_("Kind"), choices=DocumentKind), "kind"),
        Filter("until", forms.DateField(label=_("Ends until")), "valid_until__lte"),
    )
    empty = Empty(
        _("The shelf is empty"),
        _("Put licences, approvals and reports here once: bids and listings use them, and their end is told ahead."),
    )

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column("reference", _("Reference"), kind="reference", sort="reference"),
            Column("kind", _("Kind"), value="get_kind_display"),
            Column("number", pgettext_lazy("of a document", "Number"), sort="number"),
            Column("supplier", _("Supplier"), value="supplier.name"),
            Column("products", _("Products"), value=self._products),
            Column("until", _("Last day"), value="valid_until", kind="date"),
            Column("status", _("Status"), value=self._word, kind="status", tone=self._tone),
            Column("file", _("File"), value="document_name", url=self._file),
            Column("act", _("Action"), kind="act", value=self._act_word, url=self._act_url),
            Column("off", _("Off the shelf"), kind="act", value=self._off_word, url=self._off_url),
        )

    def _products(self, row: ShelfDocument) -> Any:
        named = [str(use.product) for use in row.uses.all()]
        return str(_(", ")).join(named) if named else _("the company")

    def _left(self, row: ShelfDocument) -> int | None:
        return (row.valid_until - self.today).days if row.valid_until and self.today else None

    def _word(self, row: ShelfDocument) -> Any:
        left = self._left(row)
        if row.withdrawn_at:
            return _("off the shelf")
        if left is None or left > WARNED_AHEAD[0]:
            return _("in force")
        return _("ended") if left < 0 else _("ends in %(days)s days") % {"days": left}

    def _tone(self, row: ShelfDocument) -> str:
        left = self._left(row)
        if row.withdrawn_at:
            return "quiet"
        if left is None or left > WARNED_AHEAD[0]:
            return "good"
        return "bad" if left < WARNED_AHEAD[-1] else "warn"

    def _file(self, row: ShelfDocument) -> str:
        return reverse("catalogue:shelf-file", args=[row.reference]) if row.document_name else ""

    def _lacks_file(self, row: ShelfDocument) -> bool:
        own = self.request.seat.may(Permission.BID) and row.supplier_id in self.request.seat.lineage
        return own and not row.document_name and not row.withdrawn_at

    def _act_word(self, row: ShelfDocument) -> Any:
        if self._lacks_file(row):
            return _("Attach the file")
        return _("Put the next one there") if self._act_url(row) else ""

    def _act_url(self, row: ShelfDocument) -> str:
        if self._lacks_file(row):
            return reverse("catalogue:attach-to-document", args=[row.reference])
        left = self._left(row)
        own = self.request.seat.may(Permission.BID) and row.supplier_id in self.request.seat.lineage
        ends = own and left is not None and left <= WARNED_AHEAD[0] and not row.withdrawn_at
        return f"{reverse('catalogue:add-to-shelf')}?after={row.reference}" if ends else ""

    def _off_word(self, row: ShelfDocument) -> Any:
        return _("Take it off the shelf") if self._off_url(row) else ""

    def _off_url(self, row: ShelfDocument) -> str:
        may = any(self.request.seat.may(one) for one in (Permission.BID, Permission.IMPORT_CATALOGUE))
        return reverse("catalogue:take-document-off", args=[row.reference]) if may and not row.withdrawn_at else ""
