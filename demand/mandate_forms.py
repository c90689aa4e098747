"""Mandates as people type them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.documents import ACCEPTED, Paper
from accounts.models import Organisation
from catalogue.models import Item
from core.spreadsheets import Limits, SpreadsheetError, read_rows
from demand.actions import MandatePlan
from demand.models import Mandate

MOST_INSTITUTIONS = 2000
LIMITS = Limits(bytes=2**20, rows=MOST_INSTITUTIONS, columns=20, unpacked=16 * 2**20, elements=100_000, texts=50_000)
MOST_TOLD = 50  # lines that are not known


class GiveMandateForm(forms.Form):
    """A mandate of the seat's institution; where others are listed it is for them too."""

    reports = forms.BooleanField(label=gettext_lazy("It reports the need"), required=False)
    signs = forms.BooleanField(label=gettext_lazy("It signs contracts"), required=False, initial=True)
    pays = forms.BooleanField(label=gettext_lazy("It pays"), required=False)
    goods = forms.ChoiceField(
        label=gettext_lazy("Goods"), required=False, choices=[("", gettext_lazy("all goods")), *Item.Kind.choices]
    )
    first_year = forms.IntegerField(
        label=gettext_lazy("First year"),
        min_value=2000,
        max_value=2200,
        help_text=gettext_lazy("Whose need it covers."),
    )
    last_year = forms.IntegerField(label=gettext_lazy("Last year"), min_value=2000, max_value=2200)
    institutions = forms.CharField(
        label=gettext_lazy("Institutions"),
        required=False,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One a line, by credit code or full name, typed or copied from a spreadsheet. Left empty: yours alone."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Institutions from a file"),
        required=False,
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        help_text=gettext_lazy("CSV or XLSX, the same in each row. Its institutions come after those above."),
    )
    document = forms.FileField(
        label=gettext_lazy("Document"),
        max_length=200,
        help_text=gettext_lazy("PDF, OFD or picture, at most 10 megabytes."),
        widget=forms.FileInput({"accept": ACCEPTED}),
    )

    def __init__(self, giver: Organisation, year: int, *args: Any) -> None:
        super().__init__(*args, initial={"first_year": year, "last_year": year + 1, "signs": True})
        self.giver = giver
        self.listed: list[Organisation] = []

    def clean(self) -> None:
        """Find the institution of every line, and tell each line of which nobody is known."""
        super().clean()
        typed = self.cleaned_data.get("institutions", "").splitlines()
        lines = {
            "institutions": [(number, line.split("\t")) for number, line in enumerate(typed, start=1) if line.strip()],
            "file": self._uploaded(),
        }
        known = _known({cell.strip() for rows in lines.values() for _number, cells in rows for cell in cells})
        for name, rows in lines.items():
            faults = []
            for number, cells in rows:
                found = next((known[cell.strip()] for cell in cells if cell.strip() in known), None)
                if found:
                    self.listed.append(found)
                elif number:
                    text = " ".join(cells).strip()[:100]
                    told = {"number": number, "text": text}
                    faults.append(_("Line %(number)d: no institution is known as “%(text)s”.") % told)
            if faults:
                self.add_error(name, faults[:MOST_TOLD])

    @property
    def asked(self) -> dict[str, Any]:
        """What the action takes."""
        file, said = self.cleaned_data["document"], dict(self.cleaned_data)
        said["goods"] = said["goods"] or None
        return {
            "plan": MandatePlan(**{name: said[name] for name in MandatePlan.__dataclass_fields__}),
            "institutions": self.listed or [self.giver],
            "paper": Paper(file.name, file.read()),
        }

    def _uploaded(self) -> list[tuple[int, list[str]]]:
        """The rows of the file. The headings, as row 0, may name an institution; where they do not, nothing is told."""
        file = self.cleaned_data.get("file")
        if not file:
            return []
        try:
            sheet = read_rows(file, file.name, limits=LIMITS)
            rows = [(number, list(row.values())) for number, row in sheet]
            return [(0, list(sheet.header)), *rows]
        except SpreadsheetError as error:
            self.add_error("file", str(error))
            return []


class SignMandatesForm(forms.Form):
    """The mandates that wait for the agency, of which some or all are signed in one act."""

    if_empty = {"mandates": gettext_lazy("No mandate waits for the agency’s signature.")}

    mandates = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Mandates"),
        queryset=Mandate.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Read the document of each first."),
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["mandates"].queryset = Mandate.objects.waiting().with_people()
        self.fields["mandates"].label_from_instance = lambda mandate: f"{mandate.reference} {mandate.giver.name}"


class EndMandateForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("The other side reads it.")
    )


def _known(texts: set[str]) -> dict[str, Organisation]:
    """Institutions by the credit codes and names that stand among these."""
    hospitals = Organisation.objects.standing().of_kind(Organisation.Kind.HOSPITAL)
    by_name = {one.name: one for one in hospitals.filter(name__in=texts)}
    return by_name | {one.credit_code: one for one in hospitals.filter(credit_code__in=texts)}
