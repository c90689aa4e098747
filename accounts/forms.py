"""Shape and validation of what people enter about organisations, seats and themselves."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Region
from accounts.permissions import ROLES, OrganisationKind


def roles_of(kind: str) -> list[tuple[str, Any]]:
    """The roles that exist in one kind of organisation, as choices."""
    return [(role.code, role.name) for role in ROLES.values() if kind in role.kinds]


class SignInForm(AuthenticationForm):
    """Django's own form, whose first field is an e-mail address here."""

    username = UsernameField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autofocus": True}))


class OrganisationForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind)
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As on the business licence."))
    credit_code = forms.CharField(
        label=_("Unified social credit code"), max_length=30, help_text=_("18 characters; the last is a check digit.")
    )
    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.all())
    bank_account = forms.CharField(
        label=_("Bank account"), max_length=40, required=False, help_text=_("Suppliers only: where payments go.")
    )


class InvitationForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    email = forms.EmailField(label=_("E-mail address"))
    roles = forms.MultipleChoiceField(
        label=_("Roles"), widget=forms.CheckboxSelectMultiple, help_text=_("What the person will do here.")
    )

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = roles_of(organisation.kind)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Kept for the record."))


class AcceptInvitationForm(forms.Form):
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. If you have an account already, its password."),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class CredentialField(forms.JSONField):
    """What the browser says of a passkey, written into a hidden field by static/js/passkey-forms.js."""

    widget = forms.HiddenInput


class PasskeyForm(forms.Form):
    credential = CredentialField()


class NewPasskeyForm(PasskeyForm):
    label = forms.CharField(
        label=_("Name of the passkey"),
        max_length=60,
        help_text=_("So that you know it again: the phone, computer or security key that holds it."),
    )
    field_order = ("label",)


class ProofForm(forms.Form):
    """Either a passkey's answer or a code."""

    credential = CredentialField(required=False)
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Six digits from your app, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["code"].required = not (data or {}).get("credential")


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class SetUpCodesForm(forms.Form):
    code = forms.CharField(
        label=_("Code that the app shows now"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class TokenForm(forms.Form):
    label = forms.CharField(label=_("What it is for"), max_length=60)
