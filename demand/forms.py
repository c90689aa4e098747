"""Demand windows and reports as people type them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from accounts.permissions import OrganisationKind
from catalogue.meaning import meant
from catalogue.models import Item
from core.grids import Grid, GridRow, Written
from core.spreadsheets import Limits, SpreadsheetError, read_rows
from demand.actions import MOST_ITEMS, ReportedLine, WindowPlan
from demand.models import DemandEntry, DemandWindow

LIMITS = Limits(bytes=2**20, rows=MOST_ITEMS, columns=50, unpacked=16 * 2**20, elements=200_000, texts=50_000)
MOST_TOLD = 50  # lines that are not known


@dataclass(frozen=True)
class AskedLine:
    """A line of the list of items: where the person finds it, and its cells."""

    field: str
    number: int
    cells: tuple[str, ...]
    may_be_headings: bool = False

    @property
    def fault(self) -> str:
        text = " ".join(cell.strip() for cell in self.cells if cell.strip())
        return _("Line %(number)d: the catalogue has no “%(text)s”.") % {"number": self.number, "text": text[:100]}


class OpenWindowForm(forms.Form):
    if_empty = {
        "like": gettext_lazy("There is no earlier window yet."),
        "hospitals": gettext_lazy("No hospital is registered yet. A registrar registers hospitals first."),
    }

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
            "One a line, typed or copied from a spreadsheet: a name with its strength, a national code or the beginning"
            " of codes, an approval number, or a number of the catalogue such as I-12. A name alone is taken with all"
            " its strengths."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Items from a file"),
        required=False,
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        help_text=gettext_lazy("CSV or XLSX, the same in each row. Its items come after those above."),
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
        self.items: list[Item] = []

    def clean(self) -> None:
        """Find the items of every line, and answer each line of which nobody can tell what it means."""
        super().clean()
        lines = [*self._typed(), *self._uploaded()]
        unknown: dict[str, list[str]] = {}
        for line, items in zip(lines, meant(line.cells for line in lines), strict=True):
            self.items += items
            if not items and not line.may_be_headings:
                unknown.setdefault(line.field, []).append(line.fault)
        for name, faults in unknown.items():
            more = _("And %(count)d more.") % {"count": len(faults) - MOST_TOLD}
            self.add_error(name, faults[:MOST_TOLD] + [more] * (len(faults) > MOST_TOLD))

    def _typed(self) -> Iterator["AskedLine"]:
        for number, line in enumerate(self.cleaned_data.get("items", "").splitlines(), start=1):
            if line.strip():
                yield AskedLine("items", number, tuple(line.split("\t")))

    def _uploaded(self) -> Iterator["AskedLine"]:
        """The rows of the file. The first may be its headings: then it means nothing."""
        file = self.cleaned_data.get("file")
        if not file:
            return
        try:
            sheet = read_rows(file, file.name, limits=LIMITS)
            yield AskedLine("file", sheet.header_row, sheet.header, may_be_headings=True)
            yield from (AskedLine("file", number, tuple(row.values())) for number, row in sheet)
        except SpreadsheetError as error:
            self.add_error("file", str(error))

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
            "items": list(dict.fromkeys([*(line.item for line in lines), *self.items])),
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


class ReportRow(GridRow):
    """One line of a window. Left empty it is no need."""

    quantity = forms.IntegerField(label=gettext_lazy("Quantity a year"), required=False, min_value=0)

    @property
    def row_label(self) -> str:
        return str(self.thing.item)

    @property
    def row_cells(self) -> list[dict[str, Any]]:
        return [
            {"label": _("Line"), "value": self.thing.number, "numeric": True},
            {"label": _("Form"), "value": self.thing.item.form},
            {"label": _("Unit"), "value": self.thing.item.base_unit},
        ]

    def written(self, heading: str | Promise) -> list[Written]:
        item = self.thing.item
        return [
            Written(heading, item.name, also=(str(item),)),
            Written(_("Strength"), item.strength),
            Written(_("Form"), item.form),
            Written(_("Unit"), item.base_unit),
        ]

    def unit_of(self, name: str) -> str:
        return str(self.thing.item.base_unit)


class ReportForm(Grid):
    """The lines of a window with what was reported so far (by primary key of the item)."""

    row = ReportRow
    caption = gettext_lazy("Demand by item")
    heading = gettext_lazy("Item")
    whole = True
    key_headings = (gettext_lazy("Line"),)

    def __init__(self, window: DemandWindow, hospital: Organisation, *args: Any) -> None:
        self.whose = hospital.credit_code
        lines, entries = list(window.lines.select_related("item")), entries_of(window, hospital)
        initial = {f"quantity-{line.number}": entries.get(line.item_id) for line in lines}
        super().__init__(lines, *args, draft=f"demand/{window.reference}", initial=initial)

    @property
    def lines(self) -> list[ReportedLine]:
        return [
            ReportedLine(row.thing.number, row.cleaned_data["quantity"] or 0, place)
            for place, row in enumerate(self.taken, start=1)
        ]


def entries_of(window: DemandWindow, hospital: Organisation) -> dict[int, int]:
    """What a hospital has reported so far: quantities by primary key of the item."""
    entries = DemandEntry.objects.filter(report__window=window, report__hospital=hospital)
    return dict(entries.values_list("item", "quantity"))
