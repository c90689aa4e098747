"""What openers type about their keys, apart from what never leaves their machines."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LoseKeyForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept for the record."))
