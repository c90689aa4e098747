"""What applicants type, and what the agency answers."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.actions import GivenLicence, Statement
from accounts.actions.applications import MOST_LICENCES
from accounts.documents import ACCEPTED, Paper
from accounts.forms import FilingForm, RegionField
from accounts.licensing import ApplicantKind, LicenceKind
from accounts.models import Application, Filing, Organisation
from accounts.models.organisations import OrganisationSize
from accounts.rules import ACCOUNT_NUMBER_LENGTH

_PARTS = ("kind", "number", "valid_until", "document")


class ApplicationForm(forms.Form):
    """Who applies, how it is reached and paid, and its licences, each with a file. Of an application that was asked
    back it begins with what was said, and a licence keeps its file unless another is chosen."""

    kind = forms.ChoiceField(label=_("What you are"), choices=ApplicantKind)
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As on the business licence."))
    credit_code = forms.CharField(
        label=_("Unified social credit code"), max_length=30, help_text=_("18 characters; the last is a check digit.")
    )
    region = RegionField()
    size = forms.ChoiceField(
        label=_("Size"),
        choices=[(size.value, size.label) for size in OrganisationSize if size],
        help_text=_("As you declare it, by the national standard. Small and medium suppliers are protected by law."),
    )
    representative = forms.CharField(label=_("Legal representative"), max_length=100)
    contact_name = forms.CharField(
        label=_("Contact person"), max_length=100, help_text=_("Becomes the first administrator once you are admitted.")
    )
    contact_phone = forms.CharField(label=_("Telephone"), max_length=30)
    contact_email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The link by which you follow the application goes there.")
    )
    bank = forms.CharField(
        label=_("Bank"), max_length=100, required=False, help_text=_("With its branch, as on the bank's letter.")
    )
    bank_holder = forms.CharField(label=_("Name of the account"), max_length=200, required=False)
    bank_number = forms.CharField(
        label=_("Account number"),
        max_length=ACCOUNT_NUMBER_LENGTH + 20,
        required=False,
        help_text=_("Two of your own people confirm it after the admission."),
        widget=forms.TextInput({"data-secret": ""}),
    )

    _places = range(1, MOST_LICENCES + 1)

    def __init__(self, *args: Any, application: Application | None = None, **kwargs: Any) -> None:
        known = list(application.licences.filter(replaced_at=None).defer("document")) if application else []
        begin = {name: getattr(application, name) for name in Statement.__dataclass_fields__} if application else {}
        begin |= kwargs.pop("initial", None) or {}
        super().__init__(*args, initial=begin, **kwargs)
        for place in self._places:
            before = known[place - 1] if place <= len(known) else None
            self._add_licence(place, before)

    def _add_licence(self, place: int, before: Any) -> None:
        first = place == 1
        kept = _("Kept: %(file)s. Choose a file only to replace it.") % {"file": before.document_name} if before else ""
        made: dict[str, forms.Field] = {
            "kind": forms.ChoiceField(
                label=_("Licence"), choices=[("", "—"), *LicenceKind.choices], required=first, initial=""
            ),
            "number": forms.CharField(label=pgettext_lazy("of a document", "Number"), max_length=60, required=first),
            "valid_until": forms.DateField(
                label=_("Last day"), required=False, help_text=_("Empty where it is valid without end.")
            ),
            "document": forms.FileField(
                label=_("File"),
                max_length=200,
                required=False,
                help_text=kept or _("PDF, OFD or picture, at most 10 megabytes."),
                widget=forms.FileInput({"accept": ACCEPTED}),
            ),
        }
        for part, field in made.items():
            self.fields[f"licence_{part}_{place}"] = field
            if before is not None and part != "document":
                self.initial[f"licence_{part}_{place}"] = getattr(before, part)

    @property
    def of_applicant(self) -> Iterator[BoundField]:
        return (self[name] for name in list(ApplicationForm.base_fields)[:6])

    @property
    def of_contact(self) -> Iterator[BoundField]:
        return (self[name] for name in list(ApplicationForm.base_fields)[6:9])

    @property
    def of_bank(self) -> Iterator[BoundField]:
        return (self[name] for name in list(ApplicationForm.base_fields)[9:])

    @property
    def of_licences(self) -> list[list[BoundField]]:
        return [[self[f"licence_{part}_{place}"] for part in _PARTS] for place in self._places]

    @property
    def statement(self) -> Statement:
        return Statement(**{name: self.cleaned_data[name] for name in Statement.__dataclass_fields__})

    @property
    def licences(self) -> list[GivenLicence]:
        """Those of the places in which a kind is chosen."""
        rows = ([self.cleaned_data.get(f"licence_{part}_{place}") for part in _PARTS] for place in self._places)
        return [
            GivenLicence(kind, number, last_day, Paper(file.name, file.read()) if file else None)
            for kind, number, last_day, file in rows
            if kind
        ]


class LostLinkForm(forms.Form):
    reference = forms.CharField(
        label=_("Reference"), max_length=20, help_text=_("Such as AP-2026-0001, as it was shown to you.")
    )
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The one that you gave in the application."))


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("What is to be corrected or added"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReviewForm(forms.Form):
    advice = forms.ChoiceField(
        label=_("Recommendation"), choices=[(one.value, one.label) for one in Application.Advice if one]
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For whoever decides; needed where you recommend a refusal."),
    )


class ObjectionForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Kept for the record."),
    )


class AnswerForm(forms.Form):
    UPHELD, DISMISSED = "upheld", "dismissed"

    result = forms.ChoiceField(
        label=_("Result"),
        choices=(
            (DISMISSED, _("dismissed: the admission stands")),
            (UPHELD, _("upheld: the organisation is suspended at once")),
        ),
    )
    answer = forms.CharField(label=_("Answer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))

    @property
    def given(self) -> dict[str, Any]:
        return {"upheld": self.cleaned_data["result"] == self.UPHELD, "answer": self.cleaned_data["answer"]}


class MeasureForm(FilingForm):
    """What the agency puts upon an organisation, or takes from it."""

    kind = forms.ChoiceField(label=_("What"))
    field_order = ("kind",)

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in Filing.MEASURES]

    @property
    def given(self) -> dict[str, Any]:
        return {"kind": self.cleaned_data["kind"], "basis": self.basis}
