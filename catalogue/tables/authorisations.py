"""Lists of letters of authorisation."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.as_of import DayField
from catalogue.models import Authorisation
from catalogue.rules import fold
from core.querysets import holding
from core.tables import Column, Empty, Filter, Table

IN_FORCE = (("yes", _("in force today")), ("no", _("not in force")))


class AuthorisationTable(Table):
    """Letters by which one supplier may offer what another makes."""

    name = "authorisations"
    caption = _("Authorisations")
    default_sort = "-from"
    columns = (
        Column("reference", _("Reference"), kind="reference"),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
        Column("supplier", _("Supplier"), value="supplier.name", sort="supplier__name"),
        Column("of", _("Products of"), value="maker", sort="maker__name"),
        Column("product", _("This product alone"), value="product"),
        Column("from", _("From"), value="valid_from", kind="date", sort="valid_from"),
        Column("to", _("Last day"), value="valid_to", kind="date", sort="valid_to"),
        Column("evidence", _("Letter"), note="end_reason"),
    )
    empty = Empty(
        _("No authorisation yet"),
        _("A maker's own products need none. A sole agent, or a dealer, is recorded on the page of a product."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.filters = (
            Filter("q", forms.CharField(label=_("Supplier, maker or reference")), _naming),
            Filter("kind", forms.ChoiceField(label=_("Kind"), choices=Authorisation.Kind), "kind"),
            Filter("force", forms.ChoiceField(label=_("In force"), choices=IN_FORCE), self._in_force),
            Filter("on", DayField(today=today), lambda letters, day: letters.in_force(day)),
        )

    def _in_force(self, letters: Any, answer: str) -> QuerySet:
        return letters.filter(holding(self.today) if answer == "yes" else ~holding(self.today))


def _naming(letters: Any, text: str) -> QuerySet:
    return letters.filter(
        Q(reference__iexact=text) | Q(supplier__name__icontains=text) | Q(maker__name_key__contains=fold(text))
    )


def _end_of(letter: Authorisation) -> str:
    return "" if letter.ended_at else reverse("catalogue:end-authorisation", args=[letter.reference])


class EditableAuthorisationTable(AuthorisationTable):
    """The same, with the way to end one."""

    columns = (
        *AuthorisationTable.columns,
        Column("end", _("End"), value=lambda letter: "" if letter.ended_at else _("End"), url=_end_of),
    )
