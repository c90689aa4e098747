"""Documents of a tender as officers attach them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.documents import ACCEPTED, NAME_LENGTH, Paper
from tenders.models import TenderDocument


class AttachDocumentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=TenderDocument.Kind)
    document = forms.FileField(
        label=_("File"),
        max_length=NAME_LENGTH,
        help_text=_("PDF, OFD or picture, at most 10 megabytes."),
        widget=forms.FileInput({"accept": ACCEPTED}),
    )

    @property
    def paper(self) -> Paper:
        file = self.cleaned_data["document"]
        return Paper(file.name, file.read())
