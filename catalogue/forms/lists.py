"""Lists, editions and their entries as people type, paste or upload them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import RegionField
from catalogue.actions.lists import EditionFacts
from catalogue.forms.entries import Entered, as_text, entered, typed_lines, uploaded_lines
from catalogue.forms.lines import LinesForm
from catalogue.models import CatalogueList, EditionEntry

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


class EntriesForm(LinesForm):
    """Entries for a draft: ``entered`` says what the lines mean once they are read."""

    says = (
        gettext_lazy("Entries"),
        gettext_lazy(
            "One a line, typed or copied from a spreadsheet: a name with its strength, a national code or its"
            " beginning, an approval number, or a number of the catalogue such as I-12 or PD-7. With headings in the"
            " first line the other columns are read too: class, restriction, payment standard, units, note."
        ),
        gettext_lazy("Entries from a file"),
    )
    most_told = 50

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

    def read(self, text: str, file: Any) -> list[tuple[int, str]]:
        lines = list(uploaded_lines(file)) if file else typed_lines(text)
        self.entered = entered(lines, self.of, self.cleaned_data.get("entry_class", ""))
        if not self.entered.faults and len(self.as_text()) > LONGEST:
            return [(0, _("This is too much for one page: send it in two parts."))]
        return self.entered.faults

    def as_text(self) -> str:
        """What was read, as lines that the form reads as the same."""
        return as_text(self.entered.rows)


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
