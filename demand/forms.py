"""Demand windows and reports as people type them, on a page or in a spreadsheet."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from accounts.permissions import OrganisationKind
from catalogue.models import Item
from core.errors import Fault, Refused
from core.grids import GridRow, grid_of
from core.spreadsheets import SpreadsheetError, read_rows
from demand.actions import ReportedLine, WindowPlan
from demand.models import DemandEntry, DemandLine, DemandWindow

NUMBER_COLUMN = gettext_lazy("Line")
QUANTITY_COLUMN = gettext_lazy("Quantity a year")
LONGEST_NUMBER = 13


class OpenWindowForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    year = forms.IntegerField(label=gettext_lazy("Year whose need is reported"))
    opens_on = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput)
    closes_on = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput,
        help_text=gettext_lazy("Hospitals report until its end."),
    )
    items = forms.CharField(
        label=gettext_lazy("Items"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "References of the catalogue such as I-12, or code prefixes, one a line or copied from a column."
        ),
    )
    like = forms.ModelChoiceField(
        label=gettext_lazy("Items of an earlier window"),
        queryset=DemandWindow.objects.none(),
        required=False,
        help_text=gettext_lazy("Its items come first, those above are added."),
    )
    hospitals = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Hospitals"),
        queryset=Organisation.objects.standing().of_kind(OrganisationKind.HOSPITAL),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text=gettext_lazy("Choose none to ask all hospitals."),
    )

    def __init__(self, agency: Organisation, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"year": today.year + 1, "opens_on": today}, **kwargs)
        self.fields["like"].queryset = DemandWindow.objects.filter(agency=agency)

    def clean_items(self) -> list[Item]:
        """The items in the order in which they were given; a national code may stand for several."""
        asked = dict.fromkeys(self.cleaned_data["items"].replace(",", " ").split())
        found: dict[str, list[Item]] = {name: [] for name in asked}
        for item in Item.objects.filter(Q(reference__in=asked) | Q(code_prefix__in=asked)):
            found[item.reference if item.reference in found else item.code_prefix].append(item)
        unknown = [name for name, items in found.items() if not items]
        if unknown:
            message = _("The catalogue has no %(references)s.")
            raise forms.ValidationError(message % {"references": ", ".join(unknown[:10])})
        return [item for items in found.values() for item in items]

    def clean_hospitals(self) -> list[Organisation]:
        chosen = list(self.cleaned_data["hospitals"])
        return chosen or list(Organisation.objects.standing().of_kind(OrganisationKind.HOSPITAL))

    @property
    def asked(self) -> dict[str, Any]:
        """What the action takes. The items of the earlier window come first, each item once."""
        earlier = self.cleaned_data["like"]
        lines = earlier.lines.select_related("item") if earlier else ()
        plan = {name: self.cleaned_data[name] for name in ("title", "year", "opens_on", "closes_on")}
        return {
            "plan": WindowPlan(**plan),
            "items": list(dict.fromkeys([*(line.item for line in lines), *self.cleaned_data["items"]])),
            "hospitals": self.cleaned_data["hospitals"],
        }


class UnlockDemandForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("Kept for the record.")
    )
    closes_on = forms.DateField(
        label=gettext_lazy("New last day"),
        required=False,
        widget=forms.DateInput,
        help_text=gettext_lazy("Needed where the old one is over."),
    )


class UploadForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("The filled-in template, XLSX or CSV."))


class ReportRow(GridRow):
    """One line of a window. Left empty it is no need."""

    quantity = forms.IntegerField(label=gettext_lazy("Quantity a year"), required=False, min_value=0)

    @property
    def row_label(self) -> str:
        return str(self.row.item)

    @property
    def row_cells(self) -> list[dict[str, Any]]:
        return [
            {"label": _("Line"), "value": self.row.number, "numeric": True},
            {"label": _("Form"), "value": self.row.item.form},
            {"label": _("Unit"), "value": self.row.item.base_unit},
        ]

    @property
    def reported(self) -> ReportedLine:
        return ReportedLine(self.row.number, self.cleaned_data["quantity"] or 0, self.row.number)


def report_grid(lines: Sequence[DemandLine], entries: dict[int, int], data: Any = None) -> Any:
    """The lines of a window with what was reported so far (by primary key of the item)."""
    return grid_of(ReportRow, lines, data, [{"quantity": entries.get(line.item_id)} for line in lines])


def template_header() -> list[str]:
    return [str(NUMBER_COLUMN), _("Item"), _("Strength"), _("Form"), _("Unit"), str(QUANTITY_COLUMN)]


def template_rows(lines: Sequence[DemandLine], entries: dict[int, int]) -> list[list[Any]]:
    """The rows of the template, with what was reported so far."""
    return [
        [
            line.number,
            line.item.name,
            line.item.strength,
            line.item.form,
            line.item.base_unit,
            entries.get(line.item_id, ""),
        ]
        for line in lines
    ]


def read_report(file: Any) -> list[ReportedLine]:
    """A filled-in template as reported lines. Refused with all its faults, each with row and column."""
    faults: list[Fault] = []
    sheet = read_rows(file, file.name, on_error=lambda error: faults.extend(error.faults))
    absent = [str(column) for column in (NUMBER_COLUMN, QUANTITY_COLUMN) if str(column) not in sheet.header]
    if absent:
        raise SpreadsheetError(_("The column “%(column)s” is missing. Use the template.") % {"column": absent[0]})
    lines = []
    for row, cells in sheet:
        number = _whole(cells[str(NUMBER_COLUMN)], str(NUMBER_COLUMN), row, faults)
        quantity = _whole(cells[str(QUANTITY_COLUMN)] or "0", str(QUANTITY_COLUMN), row, faults)
        if number is not None and quantity is not None:
            lines.append(ReportedLine(number, quantity, row))
    if faults:
        raise Refused(_("Nothing was reported. Correct the file and upload it again."), faults=faults)
    return lines


def entries_of(window: DemandWindow, hospital: Organisation) -> dict[int, int]:
    """What a hospital has reported so far: quantities by primary key of the item."""
    entries = DemandEntry.objects.filter(report__window=window, report__hospital=hospital)
    return dict(entries.values_list("item", "quantity"))


def _whole(text: str, column: str, row: int, faults: list[Fault]) -> int | None:
    plain = text.replace(",", "")
    if plain.isascii() and plain.isdigit() and len(plain) <= LONGEST_NUMBER:
        return int(plain)
    faults.append(Fault(_("Enter a whole number instead of “%(text)s”.") % {"text": text[:30]}, column, row))
    return None
