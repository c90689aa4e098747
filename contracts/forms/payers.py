"""Who pays and who is paid, for what and from when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Region
from accounts.permissions import OrganisationKind
from contracts.actions import PayeeTerms, PayerTerms
from contracts.models import PayeeRow, PayerRow, PayerRule


class RuleRowForm(forms.Form):
    """For what a row speaks, and in which rule: one that the agency has, or by its own field a new one."""

    if_empty = {
        "institution": _("No hospital is registered yet. A registrar registers hospitals first."),
        "payer": _("No payer is registered yet. A registrar registers payers first."),
    }

    rule = forms.ChoiceField(
        label=_("Rule"), required=False, help_text=_("Contracts name a rule; “central” is the ordinary one.")
    )
    new_rule = forms.CharField(
        label=_("Name of a new rule"),
        required=False,
        max_length=40,
        help_text=_("Only where this row begins another rule than those above."),
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

    def __init__(self, agency: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = PayerRule.objects.filter(agency=agency).values_list("code", flat=True)
        self.fields["rule"].choices = [(code, code) for code in dict.fromkeys((PayerRule.ORDINARY, *codes))]

    @property
    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        new = said.pop("new_rule").strip()
        return said | {"rule": new or said["rule"], "begins_rule": bool(new)}


class PayerForm(RuleRowForm):
    who = forms.ChoiceField(label=_("Who pays"), choices=PayerRow.Who)
    payer = forms.ModelChoiceField(
        label=_("Named payer"),
        required=False,
        queryset=Organisation.objects.standing().of_kind(OrganisationKind.PAYER),
    )
    field_order = ("who", "payer")

    @property
    def terms(self) -> PayerTerms:
        return PayerTerms(**self.facts)


class PayeeForm(RuleRowForm):
    whom = forms.ChoiceField(label=_("Who is paid"), choices=PayeeRow.Whom)
    field_order = ("whom",)

    @property
    def terms(self) -> PayeeTerms:
        return PayeeTerms(**self.facts)
