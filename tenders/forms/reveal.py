"""What officers type after lost keys."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PostponeForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Published, with who had not come."))


class CallForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Published with the call."))
    due_at = forms.DateTimeField(
        label=_("Seeds are due before"),
        widget=forms.DateTimeInput,
        help_text=_(
            "At least 24 hours after the call is published; the openers need time before that to make their keys."
        ),
    )
