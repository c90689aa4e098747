"""Many rows in one form: lines that people type or paste, or those of a file."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.spreadsheets import SpreadsheetError

MOST_TOLD = 20  # lines with faults


class LinesForm(forms.Form):
    """The file counts where there is one. What is wrong is told at the field that the lines came in, by their numbers.

    Who inherits says what the fields are called (``says``: label of the lines, what helps with them, label of the file)
    and reads them (``read``).
    """

    says: ClassVar[tuple[str | Promise, str | Promise, str | Promise]]
    most_told: ClassVar[int] = MOST_TOLD

    lines = forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"})
    )
    file = forms.FileField(
        required=False,
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        help_text=gettext_lazy("CSV or XLSX, at most 10,000 rows, with the same headings."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines, file = self.fields["lines"], self.fields["file"]
        lines.label, lines.help_text, file.label = self.says

    def read(self, text: str, file: Any) -> list[tuple[int, str]]:
        """Keep what the text or the file says, and answer with what is wrong by the number of its line; 0 for what is
        wrong with all of it. SpreadsheetError where the file cannot be read."""
        raise NotImplementedError

    def clean(self) -> None:
        super().clean()
        file = self.cleaned_data.get("file")
        name = "file" if file else "lines"
        try:
            found = self.read(self.cleaned_data.get("lines", ""), file)
        except SpreadsheetError as error:
            self.add_error(name, str(error))
            return
        told = [
            _("Line %(number)d: %(text)s") % {"number": number, "text": text} if number else text
            for number, text in found[: self.most_told]
        ]
        if len(found) > self.most_told:
            told.append(_("And %(count)d more.") % {"count": len(found) - self.most_told})
        if told:
            self.add_error(name, told)
