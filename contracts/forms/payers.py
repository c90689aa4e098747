"""Who pays, for what and from when."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Region
from accounts.permissions import OrganisationKind
from contracts.actions import PayerTerms
from contracts.models import PayerRow, PayerRule


class PayerForm(forms.Form):
    rule = forms.CharField(
        label=_("Rule"),
        required=False,
        max_length=40,
        initial=PayerRule.ORDINARY,
        help_text=_("Contracts name a rule; “central” is the ordinary one. A new name begins a new rule."),
    )
    who = forms.ChoiceField(label=_("Who pays"), choices=PayerRow.Who)
    payer = forms.ModelChoiceField(
        label=_("Named payer"), required=False, queryset=Organisation.objects.standing().of_kind(OrganisationKind.PAYER)
    )
    region = forms.ModelChoiceField(
        label=_("For a region"), required=False, queryset=Region.objects.all(), help_text=_("And all that lies in it.")
    )
    institution = forms.ModelChoiceField(
        label=_("For a hospital"),
        required=False,
        queryset=Organisation.objects.standing().of_kind(OrganisationKind.HOSPITAL),
    )
    product_list = forms.CharField(
        label=_("For a list of products"),
        required=False,
        max_length=40,
        help_text=_("Its code. It matches nothing until the catalogue keeps lists."),
    )
    valid_from = forms.DateField(label=_("First day"))
    valid_to = forms.DateField(label=_("Last day"), required=False, help_text=_("Empty: until somebody ends it."))

    @property
    def terms(self) -> PayerTerms:
        return PayerTerms(**self.cleaned_data)
