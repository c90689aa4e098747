"""Lists, editions and their entries as people type, paste or upload them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import RegionField
from catalogue.actions.lists import EditionFacts
from catalogue.forms.entries import Entered, as_text, entered, typed_lines, uploaded_lines
from catalogue.models import CatalogueList, EditionEntry
from core.spreadsheets import SpreadsheetError

MOST_TOLD = 50  # lines with faults
LONGEST = 2_000_000  # characters that a page can send


class BeginListForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=CatalogueList.Kind)
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200, help_text=gettext_lazy("As the document calls it.")
    )
    region = RegionField(required=False)
    supplements = forms.ModelChoiceField(
        label=gettext_lazy("Supplements"),
        queryset=CatalogueList.objects.all(),
        required=False,
        empty_label=gettext_lazy("No other list"),
        help_text=gettext_lazy("For what a province adds to a national list of the same kind."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].help_text = gettext_lazy("Leave it empty for a list of the whole country.")


class EditionForm(forms.Form):
    """What an edition says of itself."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    source = forms.CharField(
        label=gettext_lazy("Document"), max_length=300, help_text=gettext_lazy("Who issued it, its number and day.")
    )
    valid_from = forms.DateField(
        label=gettext_lazy("Takes effect on"),
        help_text=gettext_lazy("The edition before holds until the day before."),
    )

    @property
    def facts(self) -> EditionFacts:
        return EditionFacts(**{name: self.cleaned_data[name] for name in ("title", "source", "valid_from")})


class DraftEditionForm(EditionForm):
    empty = forms.BooleanField(
        label=gettext_lazy("Begin without entries"),
        required=False,
        help_text=gettext_lazy(
            "Otherwise all entries of the edition before are taken over, and you change what changes."
        ),
    )


class EntriesForm(forms.Form):
    """Entries for a draft: ``entered`` says what the lines mean once they are read."""

    lines = forms.CharField(
        label=gettext_lazy("Entries"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One a line, typed or copied from a spreadsheet: a name with its strength, a national code or its"
            " beginning, an approval number, or a number of the catalogue such as I-12 or PD-7. With headings in the"
            " first line the other columns are read too: class, restriction, payment standard, units, note."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Entries from a file"),
        required=False,
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        help_text=gettext_lazy("CSV or XLSX, at most 10,000 rows, with the same headings."),
    )
    entry_class = forms.ChoiceField(
        label=gettext_lazy("Class of lines that say none"), choices=EditionEntry.Class, required=False
    )
    whole = forms.BooleanField(
        label=gettext_lazy("This is the whole edition"),
        required=False,
        help_text=gettext_lazy("Entries of the draft that are not among these are removed."),
    )

    def __init__(self, of: CatalogueList, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of, self.entered = of, Entered()
        if not of.entries_say.has_classes:
            del self.fields["entry_class"]

    def clean(self) -> None:
        """Read the lines; what is wrong with them is told at the field they came in."""
        super().clean()
        file, name = self.cleaned_data.get("file"), "lines"
        try:
            if file:
                name, lines = "file", list(uploaded_lines(file))
            else:
                lines = typed_lines(self.cleaned_data.get("lines", ""))
        except SpreadsheetError as error:
            self.add_error(name, str(error))
            return
        self.entered = entered(lines, self.of, self.cleaned_data.get("entry_class", ""))
        faults = [self._told(number, text) for number, text in self.entered.faults]
        more = [_("And %(count)d more.") % {"count": len(faults) - MOST_TOLD}] * (len(faults) > MOST_TOLD)
        if faults:
            self.add_error(name, [*faults[:MOST_TOLD], *more])
        elif len(self.as_text()) > LONGEST:
            self.add_error(name, _("This is too much for one page: send it in two parts."))

    def as_text(self) -> str:
        """What was read, as lines that the form reads as the same."""
        return as_text(self.entered.rows)

    def _told(self, number: int, text: str) -> str:
        return _("Line %(number)d: %(text)s") % {"number": number, "text": text} if number else text


class ProposeEditionForm(forms.Form):
    removal_reason = forms.CharField(
        label=gettext_lazy("Why entries are left out"),
        max_length=300,
        help_text=gettext_lazy("The reviewer reads it beside the entries that are removed."),
    )

    def __init__(self, removed: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not removed:
            del self.fields["removal_reason"]


class PublishEditionForm(forms.Form):
    """How many entries the reviewer has seen removed stands in the form, as the page had it."""

    removed = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.BooleanField(label=gettext_lazy("I have looked through what is added, removed and changed"))

    def __init__(self, removed: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"removed": removed}, **kwargs)


class AskBackForm(forms.Form):
    question = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=300,
        help_text=gettext_lazy("What should be mended or answered. Who prepared the edition reads it."),
    )


class DiscardEditionForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("Kept for the record.")
    )
