"""The queue of proposals to change the catalogue: what waits longest first, and for whom."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalogue.models import Adjustment
from catalogue.presentation.adjustments import TONES, who_acts
from core.tables import Column, Empty, Filter, Table


def _naming(rows: Any, text: str) -> QuerySet:
    return rows.filter(
        Q(reference__iexact=text)
        | Q(bundle__iexact=text)
        | Q(organisation__name__icontains=text)
        | Q(item__name__icontains=text)
        | Q(product__item__name__icontains=text)
        | Q(said__item_name__icontains=text)
    )


class AdjustmentTable(Table):
    name = "adjustments"
    caption = _("Proposals to change the catalogue")
    key = "reference"
    default_sort = "waits"
    filters = (
        Filter("q", forms.CharField(label=_("Thing, proposer or reference")), _naming),
        Filter("status", forms.ChoiceField(label=_("Status"), choices=Adjustment.Status), "status"),
        Filter("kind", forms.ChoiceField(label=_("Kind"), choices=Adjustment.Kind), "kind"),
    )
    empty = Empty(
        _("Nothing is proposed"),
        _("Suppliers and hospitals propose what is missing, wrong or to be withdrawn; an officer answers each."),
    )

    def __init__(self, request: HttpRequest, source: QuerySet, *, now: datetime) -> None:
        super().__init__(request, source)
        self.now = now

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column("reference", _("Reference"), kind="reference", url="get_absolute_url", sort="reference"),
            Column("about", _("Thing"), value="about"),
            Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
            Column("by", _("Proposer"), value="organisation.name", sort="organisation__name"),
            Column(
                "status", _("Status"), value="get_status_display", kind="status", tone=lambda row: TONES[row.status]
            ),
            Column("acts", _("Who must act"), value=who_acts),
            Column("age", _("Days waiting"), value=self._age, kind="quantity"),
            Column("waits", _("Since"), value="waits_since", kind="instant", sort="waits_since"),
            Column("bundle", _("Together")),
        )

    def _age(self, row: Adjustment) -> int | None:
        return (self.now - row.waits_since).days if row.is_open else None
