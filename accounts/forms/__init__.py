"""Shape and validation of what people enter about organisations, seats and themselves."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, UsernameField
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import passwords
from accounts.actions import BankDetails, Basis, Evidence, Tie
from accounts.models import Filing, Organisation, Region, Seat
from accounts.models.filings import AffiliationKind
from accounts.permissions import ROLES, SYSTEM_MAY, OrganisationKind
from core.errors import Refused

SEVERAL = 5  # regions of one name that a refusal tells


def roles_of(kind: str) -> list[tuple[str, Any]]:
    """The roles that exist in one kind of organisation, as choices."""
    return [(role.code, role.name) for role in ROLES.values() if kind in role.kinds]


class SignInForm(AuthenticationForm):
    """Django's own form, whose first field is an e-mail address here."""

    username = UsernameField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autofocus": True})
    )

    def clean(self) -> dict[str, Any]:
        email, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if email and password:
            self.user_cache = passwords.person_with(self.request, email, password)
            if self.user_cache is None:
                raise self.get_invalid_login_error()
        return self.cleaned_data


class RegionInput(forms.TextInput):
    """A text field that offers provinces, and what lies in those of the agency, while one types."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        offered = f"{(attrs or {}).get('id', name)}_offered"
        field = super().render(name, value, {**(attrs or {}), "list": offered, "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', Region.objects.offered())
        return format_html('{}<datalist id="{}">{}</datalist>', field, offered, options)


class RegionField(forms.CharField):
    """A region by its code, its full name, or a short name that no other region has."""

    widget = RegionInput

    def __init__(self, **kwargs: Any) -> None:
        note = _("Name or six-digit code: a province, or a city or county with the names before it.")
        super().__init__(**{"label": _("Region"), "max_length": 120, "help_text": note, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Region):
            return value.full_name
        return Region.objects.filter(code=value).values_list("full_name", flat=True).first() or value

    def clean(self, value: Any) -> Region | None:
        text = super().clean(value)
        found = list(Region.objects.named(text)[:SEVERAL]) if text else []
        if text and len(found) != 1:
            names = gettext(", ").join(str(region) for region in found)
            several = _("Several regions have this name: %(names)s.")
            raise forms.ValidationError(several % {"names": names} if found else _("No region has this code or name."))
        return found[0] if found else None


class OrganisationForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind)
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As on the business licence."))
    credit_code = forms.CharField(
        label=_("Unified social credit code"), max_length=30, help_text=_("18 characters; the last is a check digit.")
    )
    region = RegionField()


class BankAccountForm(forms.Form):
    bank = forms.CharField(label=_("Bank"), max_length=100, help_text=_("With its branch, as on the bank's letter."))
    holder = forms.CharField(label=_("Name of the account"), max_length=200)
    number = forms.CharField(
        label=_("Account number"),
        max_length=60,
        help_text=_("Blanks and dashes do not matter. It is shown to payers."),
        widget=forms.TextInput({"data-secret": ""}),
    )

    @property
    def details(self) -> BankDetails:
        return BankDetails(**self.cleaned_data)


class FilingForm(forms.Form):
    """What every filing has: a day and the document that says so."""

    day = forms.DateField(label=_("From"), help_text=_("As the document says; today or earlier."))
    document = forms.FileField(
        label=_("Document"),
        max_length=200,
        help_text=_("PDF, OFD or picture, at most 10 megabytes."),
        widget=forms.FileInput({"accept": ".pdf,.ofd,.jpg,.jpeg,.png"}),
    )

    @property
    def basis(self) -> Basis:
        file = self.cleaned_data["document"]
        return Basis(self.cleaned_data["day"], Evidence(file.name, file.read()))

    @property
    def given(self) -> dict[str, Any]:
        """What is filed, as its action takes it."""
        return {"basis": self.basis}


class RenamingForm(FilingForm):
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As on the business licence."))
    licence = forms.CharField(
        label=_("Licence"),
        max_length=60,
        required=False,
        help_text=_("Number of the licence under which it works. The credit code stays for life."),
    )
    field_order = ("name", "licence")

    @property
    def given(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"], "licence": self.cleaned_data["licence"], "basis": self.basis}


class TieForm(FilingForm):
    """How this organisation belongs, or no longer belongs, together with another."""

    kind = forms.ChoiceField(label=_("How"), choices=AffiliationKind)
    other = forms.CharField(
        label=_("The other organisation"), max_length=30, help_text=_("Its unified social credit code.")
    )
    comes_first = forms.BooleanField(
        label=_("This organisation is the holder"),
        required=False,
        initial=True,
        help_text=_("Only of a holder and its contract maker."),
    )
    field_order = ("kind", "other", "comes_first")

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean_other(self) -> Organisation:
        return organisation_by_code(self.cleaned_data["other"])

    @property
    def given(self) -> dict[str, Any]:
        two = (self.organisation, self.cleaned_data["other"])
        first, second = two if self.cleaned_data["comes_first"] else reversed(two)
        return {"tie": Tie(self.cleaned_data["kind"], first, second), "basis": self.basis}


class AffiliationForm(TieForm):
    share = forms.DecimalField(
        label=_("Share"),
        max_digits=5,
        decimal_places=2,
        required=False,
        help_text=_("Of the other, where the document says so."),
        widget=forms.NumberInput({"data-unit": "%"}),
    )
    field_order = (*TieForm.field_order, "share")

    @property
    def given(self) -> dict[str, Any]:
        return super().given | {"share": self.cleaned_data["share"]}


class SuccessionForm(FilingForm):
    """Who took the place of an organisation, or from whom it came."""

    kind = forms.ChoiceField(
        label=_("What happened"),
        choices=[(kind.value, kind.label) for kind in (*Filing.SUCCESSIONS, Filing.Kind.SPLIT)],
    )
    other = forms.CharField(
        label=_("The other organisation"), max_length=30, help_text=_("Its unified social credit code.")
    )
    field_order = ("kind", "other")

    def clean_other(self) -> Organisation:
        return organisation_by_code(self.cleaned_data["other"])

    @property
    def given(self) -> dict[str, Any]:
        return {"kind": self.cleaned_data["kind"], "other": self.cleaned_data["other"], "basis": self.basis}


class LiquidationForm(FilingForm):
    """Who acts for an organisation until its end."""

    if_empty = {"administrator": _("Nobody has a seat in this organisation. Invite the person first.")}

    administrator = forms.ModelChoiceField(
        label=_("Administrator"),
        queryset=Seat.objects.none(),
        help_text=_("Invite the person first. All other seats end, but for who opens or evaluates."),
    )
    field_order = ("administrator",)

    def __init__(self, organisation: Organisation, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = Seat.objects.current(today).filter(organisation=organisation)
        self.fields["administrator"].queryset = seats.select_related("person", "organisation")

    @property
    def given(self) -> dict[str, Any]:
        return {"administrator": self.cleaned_data["administrator"], "basis": self.basis}


def organisation_by_code(text: str) -> Organisation:
    """The organisation with this code. ValidationError where nobody has it."""
    found = Organisation.objects.filter(credit_code=text.strip().upper()).first()
    if found is None:
        raise forms.ValidationError(_("Nobody is registered under this code."))
    return found


class InvitationForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    email = forms.EmailField(label=_("E-mail address"))
    roles = forms.MultipleChoiceField(
        label=_("Roles"), widget=forms.CheckboxSelectMultiple, help_text=_("What the person will do here.")
    )

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = roles_of(organisation.kind)


class SystemForm(forms.Form):
    name = forms.CharField(label=_("Name of the system"), max_length=60)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), widget=forms.CheckboxSelectMultiple, help_text=_("Only roles that are open to programs.")
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Within a year; then it is confirmed anew."),
    )

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_of(organisation.kind)
        self.fields["roles"].choices = [(code, name) for code, name in roles if ROLES[code].permissions <= SYSTEM_MAY]


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


class ChangePasswordForm(PasswordChangeForm):
    """Django's own form, in which a session that somebody else took cannot try passwords as often as it likes."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        try:
            passwords.person_with(self.request, self.user.email, self.cleaned_data["old_password"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from None
        return super().clean_old_password()


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
