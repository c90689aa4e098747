"""What an opener brings: a key file and its code, used once and dropped."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST_KEY_FILE = 16 * 1024


class CodeInput(forms.TextInput):
    """A code in plain sight while it is typed, and never sent back."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, None, attrs)


class KeyFileForm(forms.Form):
    key_file = forms.FileField(
        label=_("Key file"), help_text=_("The file that you saved when you made your key for this tender.")
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=CodeInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("16 letters and digits in groups of four."),
    )

    def clean_key_file(self) -> bytes:
        """The file's bytes; a key file is small, so whatever is large is none."""
        uploaded = self.cleaned_data["key_file"]
        if uploaded.size > LARGEST_KEY_FILE:
            raise forms.ValidationError(_("This is not an opener's key file."))
        content: bytes = uploaded.read()
        return content
