"""What a supplier types or uploads for its shelf."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.documents import ACCEPTED, Paper
from accounts.models import Seat
from catalogue.actions.shelf import ShelfRow
from catalogue.forms.shelf_files import rows_of
from catalogue.models import Product, ProductVersion
from catalogue.validity import DocumentKind


def own_products(seat: Seat, day: date) -> Any:
    """What the seat's supplier offers, as a field offers it."""
    offered = ProductVersion.objects.current().offered_by(seat.organisation_id, day, dealers=True)
    return Product.objects.filter(pk__in=offered.values("product")).select_related("item", "maker")


def _file(required: bool) -> forms.FileField:
    return forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        required=required,
        help_text=gettext_lazy("PDF, OFD or picture, at most 10 megabytes."),
        widget=forms.FileInput({"accept": ACCEPTED}),
    )


class AttachForm(forms.Form):
    document = _file(required=True)

    @property
    def paper(self) -> Paper:
        file = self.cleaned_data["document"]
        return Paper(file.name, file.read())


class ShelfForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=DocumentKind)
    number = forms.CharField(label=pgettext_lazy("of a document", "Number"), max_length=80)
    valid_from = forms.DateField(label=gettext_lazy("From"), required=False)
    valid_until = forms.DateField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty where it is valid without end.")
    )
    products = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Products"),
        queryset=Product.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("Choose none where it is of the company as a whole."),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)
    document = _file(required=False)

    def __init__(self, seat: Seat, day: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["products"].queryset = own_products(seat, day)

    @property
    def row(self) -> ShelfRow:
        given = dict(self.cleaned_data)
        file, products = given.pop("document"), tuple(given.pop("products"))
        return ShelfRow(**given, products=products, paper=Paper(file.name, file.read()) if file else None)


class ShelfFileForm(forms.Form):
    """A spreadsheet of documents: kind, number, days, and products by their reference or national code."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        help_text=gettext_lazy(
            "CSV or XLSX with the columns kind, number, valid_from, valid_until and products: references such as PD-12"
            " or national codes, with blanks between them. Their files are attached afterwards."
        ),
    )

    @property
    def documents(self) -> list[ShelfRow]:
        """What the file holds. Refused row by row where a row cannot be read."""
        file = self.cleaned_data["file"]
        return rows_of(file, file.name)
