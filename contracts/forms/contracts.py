"""Terms of a contract, who delivers, and reasons."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.forms import RegionField
from accounts.models import Organisation
from accounts.permissions import OrganisationKind
from catalogue.models import Product
from contracts.actions import ContractTerms, DistributionTerms
from contracts.models import Contract, ContractProduct, PayerRule
from contracts.rules import LATEST_ARRIVAL_DAYS, LONGEST_CAP, MOST_DELAY, PAYMENT_LIMIT


class TermsForm(forms.Form):
    starts_on = forms.DateField(label=_("First day of orders"))
    ends_on = forms.DateField(label=_("Last day of orders"))
    payment_rule = forms.ChoiceField(label=_("Payment is due by"), choices=Contract.DueBy)
    payment_days = forms.IntegerField(
        label=_("Days from acceptance"),
        required=False,
        min_value=0,
        max_value=365,
        initial=PAYMENT_LIMIT,
        help_text=_("Calendar days, holidays count; empty for the end of the next month."),
        widget=forms.NumberInput({"data-unit": _("days")}),
    )
    payment_cap = forms.IntegerField(
        label=_("At the latest"),
        min_value=1,
        max_value=LONGEST_CAP,
        initial=PAYMENT_LIMIT,
        help_text=_("Calendar days from acceptance, whatever the rule says. Above 30 only with the policy's name."),
        widget=forms.NumberInput({"data-unit": _("days")}),
    )
    cap_policy = forms.CharField(
        label=_("Policy that allows more than 30 days"),
        required=False,
        max_length=200,
        help_text=_("Its title and number."),
    )
    payer_rule = forms.CharField(
        label=_("Rule of who pays"),
        required=False,
        max_length=40,
        initial=PayerRule.ORDINARY,
        help_text=_("Its name on the page “Who pays whom”. It is read for each debt on its first day."),
    )
    minimum_shelf_life = forms.IntegerField(
        label=_("Remaining life on delivery"),
        min_value=0,
        max_value=3650,
        initial=180,
        help_text=_("A batch that expires sooner cannot be delivered."),
        widget=forms.NumberInput({"data-unit": _("days")}),
    )
    latest_arrival_days = forms.IntegerField(
        label=_("Latest arrival"),
        min_value=0,
        max_value=365,
        initial=LATEST_ARRIVAL_DAYS,
        help_text=_("After the last day of orders; then what was not delivered closes itself."),
        widget=forms.NumberInput({"data-unit": _("days")}),
    )
    agreed_delay = forms.IntegerField(
        label=_("Agreed delay"),
        min_value=0,
        max_value=MOST_DELAY,
        initial=0,
        help_text=_("How late a delivery may be before the hospital may close what was not sent."),
        widget=forms.NumberInput({"data-unit": _("working days")}),
    )
    maximum_percent = forms.IntegerField(
        label=_("Maximum"),
        required=False,
        min_value=100,
        max_value=1000,
        help_text=_("The most a hospital may buy, in percent of its agreed volume. Empty: no maximum."),
        widget=forms.NumberInput({"data-unit": "%"}),
    )

    @property
    def terms(self) -> ContractTerms:
        return ContractTerms(**self.cleaned_data)


class DelivererForm(forms.Form):
    """Who delivers where and what, from a day on."""

    deliverer = forms.ModelChoiceField(
        label=_("Who delivers"),
        queryset=Organisation.objects.none(),
        help_text=_("Yourself, or the distributor that confirms, ships and invoices for you."),
    )
    area = RegionField(label=_("Area"), required=False, help_text=_("Empty: everywhere."))
    product = forms.ModelChoiceField(
        label=_("Product"), queryset=Product.objects.none(), required=False, empty_label=_("all of the contract")
    )
    valid_from = forms.DateField(label=_("From"))

    def __init__(self, contract: Contract, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Organisation.objects.filter(Q(pk=contract.supplier_id) | Q(kind=OrganisationKind.DISTRIBUTOR))
        self.fields["deliverer"].queryset = choices
        versions = ContractProduct.objects.filter(line__contract=contract).values("product_version__product")
        self.fields["product"].queryset = Product.objects.filter(pk__in=versions).select_related("item", "maker")

    @property
    def terms(self) -> DistributionTerms:
        return DistributionTerms(**self.cleaned_data)


class LastDayForm(forms.Form):
    last_day = forms.DateField(label=_("Last day"))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("The other side reads it."), widget=forms.Textarea({"rows": 3})
    )
